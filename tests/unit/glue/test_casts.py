"""Strict casts: what fits, what is refused."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lakehouse.casts import CastError, is_blank, to_date, to_integer, to_money, to_text, to_timestamp


@pytest.mark.parametrize(
    ("value", "integer"),
    [("12", 12), (" 12 ", 12), ("-3", -3), ("+7", 7), ("007", 7), (12, 12), (12.0, 12), (Decimal("12.00"), 12)]
    + [("9223372036854775807", 2**63 - 1), ("-9223372036854775808", -(2**63))],
)
def test_these_are_integers(value: Any, integer: int) -> None:
    assert to_integer(value) == integer


@pytest.mark.parametrize(
    "value",
    ["12.0", "1e2", "1_000", "1,000", "0x10", "NULL", "N/A", "twelve", "١٢", "9223372036854775808", "- 3", "--3"]
    + [12.5, float("nan"), float("inf"), 1e300, True, date(2025, 4, 1), [1], {"a": 1}, Decimal("1E+400")],
)
def test_these_are_not(value: Any) -> None:
    with pytest.raises(CastError):
        to_integer(value)


@pytest.mark.parametrize(
    ("value", "money"),
    [("12.34", "12.34"), ("12.340", "12.34"), ("12", "12.00"), ("-0.5", "-0.50"), (" 7.1 ", "7.10"), (12, "12.00")]
    + [(0.1 + 0.2, "0.30"), (1e2, "100.00"), (Decimal("3.10"), "3.10"), ("9999999999.99", "9999999999.99")],
)
def test_these_are_money(value: Any, money: str) -> None:
    assert to_money(value) == Decimal(money)
    assert to_money(value).as_tuple().exponent == -2


@pytest.mark.parametrize(
    "value",
    ["12.345", "12,50", "1e2", "$5", "10000000000", "-10000000000.00", "NaN", "Infinity", "1 000", ".", ""]
    + [12.345, float("nan"), 1e10, True, "9" * 100],
)
def test_these_are_no_money(value: Any) -> None:
    with pytest.raises(CastError):
        to_money(value)


@given(st.decimals(min_value="-9999999999.99", max_value="9999999999.99", places=2))
def test_money_survives_being_text(value: Decimal) -> None:
    assert to_money(f"{value:f}") == value


@given(st.decimals(min_value="-9999999999.99", max_value="9999999999.99", places=2))
def test_money_survives_being_a_double(value: Decimal) -> None:
    assert to_money(float(value)) == value


NOON = datetime(2025, 4, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "instant"),
    [
        ("2025-04-01T12:00:00", NOON),
        ("2025-04-01 12:00:00", NOON),
        ("2025-04-01T12:00", NOON),
        ("2025-04-01T12:00:00Z", NOON),
        ("2025-04-01T14:00:00+02:00", NOON),
        ("2025-04-01T14:00+0200", NOON),
        ("2025-04-01 07:30:00-04:30", NOON),
        ("2025-04-01T12:00:00.5", NOON + timedelta(milliseconds=500)),
        ("2025-04-01T12:00:00.123456789Z", NOON + timedelta(microseconds=123456)),
        (" 2025-04-01T12:00:00 ", NOON),
        (datetime(2025, 4, 1, 12), NOON),  # noqa: DTZ001, a typed instant without a zone
        (datetime(2025, 4, 1, 14, tzinfo=timezone(timedelta(hours=2))), NOON),
        (date(2025, 4, 1), datetime(2025, 4, 1, tzinfo=UTC)),
    ],
)
def test_these_are_instants(value: Any, instant: datetime) -> None:
    assert to_timestamp(value) == instant


@pytest.mark.parametrize(
    "value",
    ["2025-04-01", "2025-04-01T12", "01.04.2025 12:00", "2025-13-01T00:00:00", "2025-02-29T00:00:00", "20250401T120000"]
    + ["2025-04-01T24:00:00", "2025-04-01T12:60:00", "2025-04-01T12:00:60", "2025-04-01T12:00:00+02:99", "1743508800"]
    + ["2025-04-01T12:00:00 Europe/Berlin", "0001-01-01T00:00:00+10:00", "2025-04-01T12:00:00.", 45748.5, time(12), 5],
)
def test_these_are_no_instants(value: Any) -> None:
    with pytest.raises(CastError):
        to_timestamp(value)


@given(st.datetimes(timezones=st.timezones()))
def test_an_instant_survives_iso_8601(value: datetime) -> None:
    offset = value.utcoffset()
    if offset is None or offset.total_seconds() % 60:
        return
    try:
        expected = value.astimezone(UTC)
    except OverflowError:
        return
    assert to_timestamp(value.isoformat()) == expected


@pytest.mark.parametrize("value", ["2025-04-01", " 2025-04-01 ", date(2025, 4, 1), NOON.replace(hour=0)])
def test_these_are_days(value: Any) -> None:
    assert to_date(value) == date(2025, 4, 1)


@pytest.mark.parametrize("value", ["2025-04-31", "2025-4-1", "2025-04-01T00:00:00", "today", NOON, 45748])
def test_these_are_no_days(value: Any) -> None:
    with pytest.raises(CastError):
        to_date(value)


def test_null_and_na_in_text_are_values_like_any_other() -> None:
    assert to_text("NULL") == "NULL"
    assert to_text(" N/A ") == "N/A"
    assert not is_blank("NULL")


def test_blanks_and_nothing_are_null() -> None:
    assert is_blank("")
    assert is_blank(" \t ")
    assert is_blank(None)
    assert not is_blank(0)


@pytest.mark.parametrize(
    ("value", "text"), [(12.0, "12"), (12.5, "12.5"), (1e20, "1" + "0" * 20), (True, "true"), ([1, "ä"], '[1,"ä"]')]
)
def test_typed_values_as_text(value: Any, text: str) -> None:
    assert to_text(value) == text
