"""CSV as RFC 4180 has it, in UTF-8. The csv module's strict mode refuses what a lenient reader would silently mend."""

import csv
import io
from collections.abc import Iterator

from lakehouse.readers.sheet import Sheet, UnreadableError

# A cell may be as long as its file: the module's limit of 128 KiB guards against open quotes, which strict mode finds.
LONGEST_CELL = 2**31 - 1


def read_csv(content: bytes) -> Iterator[Sheet]:
    """The one table of a CSV file.

    Raises:
        UnreadableError: it is not UTF-8, has no header, or a quote is open or misplaced.
    """
    text = decode(content)
    csv.field_size_limit(LONGEST_CELL)
    records = _records(text)
    header = next(records, None)
    if header is None:
        raise UnreadableError("it has no header")
    yield Sheet(None, header, records)


def decode(content: bytes) -> str:
    """The text of a file, without its byte order mark."""
    try:
        return content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise UnreadableError(f"it is not UTF-8: byte {error.start + 1} is 0x{content[error.start]:02x}") from error


def _records(text: str) -> Iterator[list[str]]:
    # newline="": line ends inside quotes stay as they are; the csv module takes LF, CRLF and CR for ends of records.
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        try:
            record = next(lines)
        except StopIteration:
            return
        except csv.Error as error:
            if str(error) == "unexpected end of data":
                raise UnreadableError("a quote is opened and never closed") from error
            raise UnreadableError(f"line {lines.line_num} is not CSV: {error}") from error
        if len(record) > 1 or (record and record[0].strip()):
            yield record
