"""Excel workbooks (.xlsx): cells as typed. The reader works on bytes, without Excel and without a temporary file."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from lakehouse.readers.sheet import Sheet, UnreadableError

HALF_A_MILLISECOND = timedelta(microseconds=500)


def read_workbook(content: bytes) -> Iterator[Sheet]:
    """The sheets of a workbook that have any cells.

    Raises:
        UnreadableError: the content is no workbook, or a broken one.
    """
    # Imported where it is needed: a job that meets no workbook runs without the package.
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

    # The package reads other formats too, by their content; the name of this file promises one of them.
    if not zipfile.is_zipfile(io.BytesIO(content)):
        raise UnreadableError("it is no .xlsx workbook")
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for sheet in workbook.sheets_metadata:
            if sheet.typ == SheetTypeEnum.WorkSheet:
                cells = workbook.get_sheet_by_name(sheet.name).to_python(skip_empty_area=True)
                rows = (row for row in cells if any(cell != "" for cell in row))
                header = next(rows, None)
                if header is not None:
                    yield _sheet(sheet.name, header, rows)
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableError(f"it is a broken workbook: {error}") from error


def _sheet(name: str, header: Sequence[Any], rows: Iterator[Sequence[Any]]) -> Sheet:
    names = [str(cell) for cell in header]
    while names and not names[-1].strip():
        names.pop()
    return Sheet(name, names, (_row(row, len(names)) for row in rows))


def _row(row: Sequence[Any], width: int) -> list[Any]:
    cells = [_cell(cell) for cell in row]
    # All rows of a sheet are as wide as its widest; only what is filled beyond the header is too much.
    while len(cells) > width and cells[-1] is None:
        cells.pop()
    return cells


def _cell(value: Any) -> Any:
    if value == "":
        return None
    if isinstance(value, datetime) and value.microsecond:
        # Excel keeps instants as days in a double, good to about a millisecond.
        rounded = value + HALF_A_MILLISECOND
        return rounded.replace(microsecond=rounded.microsecond // 1000 * 1000)
    return value
