"""Cast and rules: what can be said of a row by looking at nothing else. Pure Python, run where files are read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from lakehouse.casts import CASTS, CastError, is_blank, to_date
from lakehouse.contract import Column, ColumnType, Contract, Rule

TOO_MANY_CELLS = "too_many_cells"

Check = Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Judged:
    """A row's typed values in the contract's order, the rules that it broke, and what is odd about it."""

    values: list[Any]
    broken: list[str]
    anomalies: list[str]


class Judge:
    """Casts rows and evaluates every rule of a contract on them, at one clock."""

    def __init__(self, contract: Contract, now: datetime) -> None:
        self._columns = [(place, column, CASTS[column.type]) for place, column in enumerate(contract.columns)]
        self._own = [each for each in self._columns if each[1].derived_from is None]
        place_of = {column.name: place for place, column, _ in self._columns}
        types = {column.name: column.type for column in contract.columns}
        self._computed = [
            (place, column, place_of[column.derived_from])
            for place, column, _ in self._columns
            if column.derived_from is not None
        ]
        self._rules = [
            (rule.id, place_of[rule.column], _check(rule, types[rule.column], now)) for rule in contract.rules
        ]

    def judge(self, cells: Sequence[Any], *, too_many_cells: bool = False) -> Judged:
        """Judges a row, given a cell for each of the contract's columns."""
        values: list[Any] = [None] * len(self._columns)
        broken: list[str] = []
        uncast: set[int] = set()
        if too_many_cells:
            broken.append(TOO_MANY_CELLS)
        for place, column, cast in self._own:
            cell = cells[place]
            if is_blank(cell):
                continue
            try:
                values[place] = cast(cell)
            except CastError:
                broken.append(f"cast_{column.name}")
                uncast.add(place)
        anomalies = [self._compute(place, column, source, cells, values) for place, column, source in self._computed]
        for rule, place, check in self._rules:
            # Of a value that could not be cast nothing more can be said.
            if place not in uncast and not check(values[place]):
                broken.append(rule)
        return Judged(values, broken, [each for each in anomalies if each is not None])

    @staticmethod
    def _compute(place: int, column: Column, source: int, cells: Sequence[Any], values: list[Any]) -> str | None:
        instant: datetime | None = values[source]
        values[place] = instant.date() if instant is not None else None
        if is_blank(cells[place]):
            return None
        try:
            same = to_date(cells[place]) == values[place]
        except CastError:
            same = False
        return None if same else f"{column.name}_mismatch"


def _check(rule: Rule, type_: ColumnType, now: datetime) -> Check:
    """The rule as a predicate; a null breaks none but `not_null`."""
    match rule.kind:
        case "not_null":
            return lambda value: value is not None
        case "above":
            bound = rule.value
            return lambda value: value is None or value > bound
        case "at_least":
            bound = rule.value
            return lambda value: value is None or value >= bound
        case "one_of":
            allowed = {CASTS[type_](value) for value in rule.values}
            return lambda value: value is None or value in allowed
        case "between":
            assert rule.since is not None
            since, until = rule.since, now + timedelta(days=rule.until_days_after_now)
            if type_ == "date":
                return lambda value: value is None or since <= datetime.combine(value, time(0), UTC) <= until
            return lambda value: value is None or since <= value <= until
