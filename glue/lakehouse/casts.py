"""Strict casts: a value of a file to a value of a column's type, or a refusal. Nothing is ever guessed or nulled.

A value is text (CSV, and text cells of other formats) or typed (what a workbook, JSON or Parquet says it is). The
results are int, str, Decimal with two places, datetime with UTC, and date.
"""

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

from lakehouse.contract import ColumnType

INTEGER = re.compile(r"[+-]?[0-9]{1,19}")
MONEY = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
TIMESTAMP = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,9}))?)?"
    r"(?:(Z)|([+-])([0-9]{2}):?([0-9]{2})?)?"
)
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LOWEST, HIGHEST = -(2**63), 2**63 - 1
MONEY_LIMIT = Decimal(10) ** 10
CENT = Decimal("0.01")


class CastError(Exception):
    """The value does not fit the type."""


def is_blank(value: Any) -> bool:
    """Whether a cell says nothing: an absent one, or text without a character that is not blank."""
    return value is None or (isinstance(value, str) and not value.strip())


def to_text(value: Any) -> str:
    """A value as text: numbers without a needless fraction, instants in ISO 8601, lists and objects as JSON."""
    match value:
        case str():
            return value.strip()
        case bool():
            return "true" if value else "false"
        case float():
            number = from_double(value)
            whole = number.to_integral_value()
            return f"{whole if whole == number else number:f}"
        case datetime() | date() | time():
            return value.isoformat()
        case bytes():
            raise CastError
        case list() | dict():
            return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
        case _:
            return str(value)


def from_double(value: float) -> Decimal:
    """A double at 15 digits, which is what it is sure to carry: 0.1 + 0.2 is 0.3."""
    number = Decimal(format(value, ".15g"))
    if not number.is_finite():
        raise CastError
    return number


def to_integer(value: Any) -> int:
    """A 64-bit integer. Text has no fraction; a typed 12.0 is 12."""
    match value:
        case bool():
            raise CastError
        case int():
            number = value
        case str():
            text = value.strip()
            if not INTEGER.fullmatch(text):
                raise CastError
            number = int(text)
        case float() | Decimal():
            exact = from_double(value) if isinstance(value, float) else value
            if not exact.is_finite() or exact != exact.to_integral_value():
                raise CastError
            number = int(exact)
        case _:
            raise CastError
    if not LOWEST <= number <= HIGHEST:
        raise CastError
    return number


def to_money(value: Any) -> Decimal:
    """A decimal(12,2). More places are fine if they are zeros; an exponent in text is not."""
    match value:
        case bool():
            raise CastError
        case int() | Decimal():
            number = Decimal(value)
        case float():
            number = from_double(value)
        case str():
            text = value.strip()
            if not MONEY.fullmatch(text) or len(text) > 64:
                raise CastError
            number = Decimal(text)
        case _:
            raise CastError
    if not number.is_finite() or abs(number) >= MONEY_LIMIT:
        raise CastError
    cents = number.quantize(CENT)
    if cents != number:
        raise CastError
    return cents


def to_timestamp(value: Any) -> datetime:
    """An instant, to the microsecond. Without an offset it is UTC; a text that is only a date is none."""
    match value:
        case datetime():
            return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
        case date():
            # A workbook shows midnight as a date: it is typed, so nothing is guessed here.
            return datetime.combine(value, time(0), UTC)
        case str():
            return _timestamp_of(value.strip())
        case _:
            raise CastError


def _timestamp_of(text: str) -> datetime:
    found = TIMESTAMP.fullmatch(text)
    if found is None:
        raise CastError
    day, clock, second, fraction, _zulu, sign, hours, minutes = found.groups()
    try:
        instant = datetime.fromisoformat(f"{day}T{clock}:{second or '00'}.{(fraction or '')[:6]:0<6}")
        if sign is None:
            return instant.replace(tzinfo=UTC)
        if int(minutes or 0) > 59:
            raise CastError
        offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
        return instant.replace(tzinfo=timezone(-offset if sign == "-" else offset)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise CastError from error


def to_date(value: Any) -> date:
    """A calendar day. A typed instant is one only at midnight."""
    match value:
        case datetime():
            if value.time() != time(0):
                raise CastError
            return value.date()
        case date():
            return value
        case str():
            text = value.strip()
            if not DATE.fullmatch(text):
                raise CastError
            try:
                return date.fromisoformat(text)
            except ValueError as error:
                raise CastError from error
        case _:
            raise CastError


CASTS: dict[ColumnType, Callable[[Any], Any]] = {
    "integer": to_integer,
    "string": to_text,
    "money": to_money,
    "timestamp": to_timestamp,
    "date": to_date,
}
