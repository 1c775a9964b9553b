"""The formats that files come in, by the end of their names. A format is a module, and a line of the table here."""

from collections.abc import Callable, Iterator
from typing import Final

from lakehouse.readers.csv_file import read_csv
from lakehouse.readers.sheet import Sheet, UnreadableError
from lakehouse.readers.workbook import read_workbook

Reader = Callable[[bytes], Iterator[Sheet]]

READERS: Final[dict[str, Reader]] = {
    ".csv": read_csv,
    ".xlsx": read_workbook,
}

__all__ = ["READERS", "Reader", "Sheet", "UnreadableError", "reader_for"]


def reader_for(key: str) -> Reader:
    """The reader for a file of this name, whatever the case of its extension.

    Raises:
        UnreadableError: no format has such names.
    """
    name = key.rpartition("/")[2].lower()
    # The longest ending decides, so that `.csv.gz` is not taken for another `.gz`.
    for ending in sorted(READERS, key=len, reverse=True):
        if name.endswith(ending):
            return READERS[ending]
    known = ", ".join(sorted(READERS))
    raise UnreadableError(f'"{name}" has an extension that is not read here; known are {known}')
