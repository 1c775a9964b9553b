"""Where the contract's columns are in a file: its header, matched with the contract once a sheet."""

from collections.abc import Sequence
from dataclasses import dataclass

from lakehouse.contract import Contract
from lakehouse.readers.sheet import UnreadableError


@dataclass(frozen=True)
class Layout:
    """The header's names as they are compared, and where to find what."""

    names: tuple[str, ...]
    # Where each of the contract's columns is, in the contract's order; None where the file lacks an optional one.
    places: tuple[int | None, ...]
    # Where the columns are that the contract does not know.
    unknown: tuple[tuple[int, str], ...]


def lay_out(header: Sequence[str], contract: Contract) -> Layout:
    """Matches a header with the contract, in any order, whatever the case and the blanks around the names.

    Raises:
        UnreadableError: it names a column twice, or lacks a required one.
    """
    # A column without a name is data too: it is called by its place.
    names = tuple(name.strip().lower() or f"column_{place}" for place, name in enumerate(header, 1))
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise UnreadableError(f"the header names {_listed(twice)} twice")
    places = {name: place for place, name in enumerate(names)}
    missing = [column.name for column in contract.columns if not column.optional and column.name not in places]
    if missing:
        raise UnreadableError(f"the header lacks the required {_listed(missing)}")
    known = set(contract.column_names)
    return Layout(
        names=names,
        places=tuple(places.get(name) for name in contract.column_names),
        unknown=tuple((place, name) for name, place in places.items() if name not in known),
    )


def _listed(names: Sequence[str]) -> str:
    return f"column{'s' if len(names) > 1 else ''} " + ", ".join(f'"{name}"' for name in names)
