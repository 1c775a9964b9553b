"""One file, from bytes to judged rows and a verdict. Pure: what a file means depends on nothing but its content."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lakehouse.casts import CastError, is_blank, to_text
from lakehouse.contract import Contract
from lakehouse.judge import Judge, Judged
from lakehouse.layout import Layout, lay_out
from lakehouse.readers import Sheet, UnreadableError, reader_for
from lakehouse.sources import Source
from lakehouse.verdict import Verdict

SAMPLE_ROWS = 10
SURPLUS = "_surplus"


@dataclass(frozen=True, slots=True)
class FileRow:
    """A row of a file, judged. Its raw cells are kept where somebody will look at them."""

    sheet: str | None
    number: int
    judged: Judged
    rescued: str | None
    raw: str | None


def read_file(source: Source, content: bytes | None, contract: Contract, judge: Judge) -> tuple[list[FileRow], Verdict]:
    """The rows of a file and what became of it; a file that is not accepted has no rows.

    The content is None where the object was gone. Another content than the list's means that the key was overwritten
    after the list was made: the new version is left for the next batch.
    """
    if content is None or hashlib.md5(content, usedforsecurity=False).hexdigest() != source.version:
        return [], Verdict(source.key, source.version, "changed", "the object was overwritten or deleted meanwhile")
    if not content:
        return [], Verdict(source.key, source.version, "quarantined", "it is empty: zero bytes")
    try:
        unknown: dict[str, None] = {}
        rows = [
            row for sheet in reader_for(source.key)(content) for row in _sheet_rows(sheet, contract, judge, unknown)
        ]
    except UnreadableError as error:
        return [], Verdict(source.key, source.version, "quarantined", str(error))
    rejects = [row for row in rows if row.judged.broken]
    rules = Counter(rule for row in rejects for rule in row.judged.broken)
    sample = [_sample(row) for row in rejects[:SAMPLE_ROWS]]
    if len(rejects) > contract.max_reject_rate * len(rows):
        reason = (
            f"{len(rejects)} of its {len(rows)} rows broke rules, "
            f"more than the share of {contract.max_reject_rate:g} that is allowed: "
            + ", ".join(f"{rule} ({count})" for rule, count in rules.most_common())
        )
        return [], Verdict(source.key, source.version, "quarantined", reason, rules={}, sample=sample)
    return rows, Verdict(
        source.key,
        source.version,
        "accepted",
        rows_in=len(rows),
        rejected=len(rejects),
        rules=dict(sorted(rules.items())),
        unknown_columns=sorted(unknown),
        sample=sample,
    )


def _sheet_rows(sheet: Sheet, contract: Contract, judge: Judge, unknown: dict[str, None]) -> Iterator[FileRow]:
    layout: Layout | None = None
    if sheet.name is None:
        layout = _laid_out(sheet, contract, unknown)
    keep_raw = bool(contract.parents)
    for number, cells in enumerate(sheet.rows, 1):
        if layout is None:
            # A sheet without rows may have any header: notes, or a page not filled in yet.
            layout = _laid_out(sheet, contract, unknown)
        surplus = len(cells) > len(layout.names)
        given = [cells[place] if place is not None and place < len(cells) else None for place in layout.places]
        judged = judge.judge(given, too_many_cells=surplus)
        raw = _raw(layout, cells) if judged.broken or keep_raw else None
        yield FileRow(sheet.name, number, judged, _rescued(layout, cells), raw)


def _laid_out(sheet: Sheet, contract: Contract, unknown: dict[str, None]) -> Layout:
    try:
        layout = lay_out(sheet.header, contract)
    except UnreadableError as error:
        if sheet.name is None:
            raise
        raise UnreadableError(f'sheet "{sheet.name}": {error}') from error
    unknown.update((name, None) for _, name in layout.unknown)
    return layout


def _rescued(layout: Layout, cells: Sequence[Any]) -> str | None:
    if not layout.unknown:
        return None
    found = {
        name: _text(cells[place]) for place, name in layout.unknown if place < len(cells) and not is_blank(cells[place])
    }
    # Sorted, so that the same values are the same text whatever the order of the columns was.
    return _json(dict(sorted(found.items()))) if found else None


def _text(cell: Any) -> str:
    try:
        return to_text(cell)
    except CastError:
        return repr(cell)


def _raw(layout: Layout, cells: Sequence[Any]) -> str:
    row: dict[str, Any] = dict(zip(layout.names, cells, strict=False))
    if len(cells) > len(layout.names):
        row[SURPLUS] = list(cells[len(layout.names) :])
    return _json(row)


def _sample(row: FileRow) -> dict[str, Any]:
    place: dict[str, Any] = {"row": row.number} if row.sheet is None else {"sheet": row.sheet, "row": row.number}
    return {**place, "rule_ids": row.judged.broken, "raw": json.loads(row.raw or "null")}


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_text)
