"""What every format is read into: tables of cells under a header. A CSV file has one, a workbook one a sheet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any


class UnreadableError(Exception):
    """The file cannot be used as a whole; the message says why, for the people who sent it."""


@dataclass(frozen=True)
class Sheet:
    """A header and the rows under it, wholly empty ones left out; reading on may raise UnreadableError.

    A row may have fewer cells than the header. One with more is broken; which cells those are, only the format knows.
    """

    name: str | None
    header: Sequence[str]
    rows: Iterator[Sequence[Any]]
