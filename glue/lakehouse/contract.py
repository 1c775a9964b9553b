"""A dataset's contract: the JSON of the job's `--contract` argument, checked once and typed from there on."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, get_args

from lakehouse.errors import ArgumentsError

ColumnType = Literal["integer", "string", "money", "timestamp", "date"]
RuleKind = Literal["not_null", "above", "at_least", "one_of", "between"]


@dataclass(frozen=True)
class Column:
    """A column of the dataset. A file may lack it if `optional`; it is computed if `derived_from` is set."""

    name: str
    type: ColumnType
    nullable: bool
    optional: bool
    description: str
    derived_from: str | None


@dataclass(frozen=True)
class Rule:
    """A hard rule on one column; which of the bounds are set depends on its kind."""

    id: str
    kind: RuleKind
    column: str
    value: Decimal | None = None
    values: tuple[str, ...] = ()
    since: datetime | None = None
    until_days_after_now: float = 0.0


@dataclass(frozen=True)
class Parent:
    """A dataset that rows of this one belong to; `columns` maps this dataset's columns to the parent's."""

    dataset: str
    columns: Mapping[str, str]
    rule: str


@dataclass(frozen=True)
class Allocation:
    """A column that holds each row's share of the total of its group's parent row."""

    column: str
    description: str
    group: str
    weight: tuple[str, str]
    parent: str
    total: str


@dataclass(frozen=True)
class Contract:
    """What a dataset promises."""

    name: str
    description: str
    columns: tuple[Column, ...]
    rules: tuple[Rule, ...]
    key: tuple[str, ...]
    recency: str | None
    partition_by: tuple[str, ...]
    parents: tuple[Parent, ...]
    derived: tuple[Allocation, ...]
    max_reject_rate: float
    pending_for_days: float

    @property
    def column_names(self) -> tuple[str, ...]:
        """The names of the columns that files may bring, in the contract's order."""
        return tuple(column.name for column in self.columns)


class _Reader:
    """Takes fields off a JSON object, and complains with the path of the one that is wrong."""

    def __init__(self, value: Any, path: str) -> None:
        if not isinstance(value, dict):
            raise ArgumentsError(f"The contract's {path or 'JSON'} must be an object, not {value!r}.")
        self._value = dict(value)
        self._path = path

    def take(self, name: str, kind: type | tuple[type, ...], default: Any = ...) -> Any:
        """The field's value, of the type wanted."""
        where = f"{self._path}.{name}" if self._path else name
        if name not in self._value:
            if default is ...:
                raise ArgumentsError(f'The contract lacks "{where}".')
            return default
        value = self._value.pop(name)
        if value is None and default is None:
            return None
        # In Python a bool is an int; in a contract it is not.
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise ArgumentsError(f'The contract\'s "{where}" has an unusable value: {value!r}.')
        return value

    def choice(self, name: str, choices: tuple[str, ...]) -> Any:
        """The field's value, one of the choices."""
        value = self.take(name, str)
        if value not in choices:
            where = f"{self._path}.{name}" if self._path else name
            raise ArgumentsError(f'The contract\'s "{where}" is {value!r}; it must be one of {", ".join(choices)}.')
        return value

    def objects(self, name: str) -> "list[_Reader]":
        """The objects of a list."""
        where = f"{self._path}.{name}" if self._path else name
        return [_Reader(each, f"{where}[{place}]") for place, each in enumerate(self.take(name, list))]

    def names(self, name: str) -> tuple[str, ...]:
        """The texts of a list."""
        values = self.take(name, list)
        if not all(isinstance(each, str) for each in values):
            raise ArgumentsError(f'The contract\'s "{name}" must be a list of names, not {values!r}.')
        return tuple(values)

    def done(self) -> None:
        """Nothing may be left: a field that nobody reads is a promise that nobody keeps."""
        if self._value:
            where = f" in {self._path}" if self._path else ""
            raise ArgumentsError(
                f"The contract has fields that this program does not know{where}: {', '.join(self._value)}."
            )


def parse_contract(text: str) -> Contract:
    """Reads a contract.

    Raises:
        ArgumentsError: it is no JSON, a field is missing, unknown or of the wrong type, or it names an unknown column.
    """
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise ArgumentsError(f"The contract is not JSON: {error}.") from error
    fields = _Reader(value, "")
    fields.take("title", str)
    contract = Contract(
        name=fields.take("name", str),
        description=fields.take("description", str),
        columns=tuple(_column(each) for each in fields.objects("columns")),
        rules=tuple(_rule(each) for each in fields.objects("rules")),
        key=fields.names("key"),
        recency=fields.take("recency", str, None),
        partition_by=fields.names("partitionBy"),
        parents=tuple(_parent(each) for each in fields.objects("parents")),
        derived=tuple(_allocation(each) for each in fields.objects("derived")),
        max_reject_rate=float(fields.take("maxRejectRate", (int, float))),
        pending_for_days=float(fields.take("pendingForDays", (int, float))),
    )
    fields.done()
    _check_names(contract)
    return contract


def _column(fields: _Reader) -> Column:
    column = Column(
        name=fields.take("name", str),
        type=fields.choice("type", get_args(ColumnType)),
        nullable=fields.take("nullable", bool),
        optional=fields.take("optional", bool),
        description=fields.take("description", str),
        derived_from=fields.take("derivedFrom", str, None),
    )
    fields.done()
    return column


def _rule(fields: _Reader) -> Rule:
    kind: RuleKind = fields.choice("kind", get_args(RuleKind))
    rule = Rule(
        id=fields.take("id", str),
        kind=kind,
        column=fields.take("column", str),
        value=_decimal(fields.take("value", str)) if kind in ("above", "at_least") else None,
        values=fields.names("values") if kind == "one_of" else (),
        since=_instant(fields.take("from", str)) if kind == "between" else None,
        until_days_after_now=float(fields.take("untilDaysAfterNow", (int, float))) if kind == "between" else 0.0,
    )
    fields.done()
    return rule


def _parent(fields: _Reader) -> Parent:
    columns = fields.take("columns", dict)
    if not columns or not all(isinstance(each, str) for each in columns.values()):
        raise ArgumentsError(f"A parent's columns must map column names to column names, not {columns!r}.")
    parent = Parent(dataset=fields.take("dataset", str), columns=columns, rule=fields.take("rule", str))
    fields.done()
    return parent


def _allocation(fields: _Reader) -> Allocation:
    fields.choice("type", ("money",))
    fields.choice("kind", ("allocate",))
    weight = fields.names("weight")
    if len(weight) != 2:
        raise ArgumentsError(f"An allocation's weight must be two columns, not {list(weight)!r}.")
    allocation = Allocation(
        column=fields.take("column", str),
        description=fields.take("description", str, ""),
        group=fields.take("group", str),
        weight=(weight[0], weight[1]),
        parent=fields.take("parent", str),
        total=fields.take("total", str),
    )
    fields.done()
    return allocation


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise ArgumentsError(f"A rule's bound must be a number as text, not {text!r}.") from error


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise ArgumentsError(
            f"A rule's bound must be an instant such as 2000-01-01T00:00:00Z, not {text!r}."
        ) from error
    return instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)


def _check_names(contract: Contract) -> None:
    known = set(contract.column_names)
    used: dict[str, Sequence[str]] = {
        "key": contract.key,
        "recency": [] if contract.recency is None else [contract.recency],
        "partitionBy": contract.partition_by,
        "rules": [rule.column for rule in contract.rules],
        "derivedFrom": [column.derived_from for column in contract.columns if column.derived_from is not None],
        "parents": [column for parent in contract.parents for column in parent.columns],
        "derived": [column for each in contract.derived for column in (each.group, *each.weight)],
    }
    for where, names in used.items():
        for name in names:
            if name not in known:
                raise ArgumentsError(
                    f'The contract of {contract.name} names "{name}" in {where}, which is no column of it.'
                )
    if not contract.key:
        raise ArgumentsError(f"The contract of {contract.name} has no key.")
    parents = {parent.dataset: parent for parent in contract.parents}
    for each in contract.derived:
        if each.parent not in parents or each.group not in parents[each.parent].columns:
            raise ArgumentsError(
                f'The derived column "{each.column}" of {contract.name} takes its total from "{each.parent}" '
                f'by "{each.group}", which is no parent of it by that column.'
            )
