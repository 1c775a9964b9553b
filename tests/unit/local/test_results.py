"""Values and types as Athena's results have them."""

import datetime
from decimal import Decimal

import pytest
from lakehouse_local.results import athena_type, value_text
from lakehouse_local.tables import duckdb_type, hive_type


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, None),
        (True, "true"),
        (12, "12"),
        (12.0, "12.0"),
        (1.5e10, "1.5E10"),
        (1e7, "1.0E7"),
        (0.0001, "1.0E-4"),
        (float("nan"), "NaN"),
        (Decimal("3.00"), "3.00"),
        (Decimal("1E+2"), "100"),
        (datetime.date(2025, 4, 1), "2025-04-01"),
        (datetime.datetime(2025, 4, 1, 12), "2025-04-01 12:00:00.000"),  # noqa: DTZ001 - Without a zone on purpose.
        (datetime.datetime(2025, 4, 1, 12, 0, 0, 500_000, datetime.UTC), "2025-04-01 12:00:00.500 UTC"),
        (["a", None], "[a, null]"),
        ({"rule": 2}, "{rule=2}"),
    ],
)
def test_a_value_is_text_as_athena_writes_it(value: object, text: str | None) -> None:
    assert value_text(value) == text


@pytest.mark.parametrize(
    ("duckdb", "athena"),
    [
        ("DECIMAL(12,2)", "decimal"),
        ("HUGEINT", "bigint"),
        ("VARCHAR[]", "array"),
        ("MAP(VARCHAR, BIGINT)", "map"),
        ("TIMESTAMP WITH TIME ZONE", "timestamp with time zone"),
    ],
)
def test_a_type_has_athenas_name(duckdb: str, athena: str) -> None:
    assert athena_type(duckdb) == athena


def test_nested_hive_types_are_understood() -> None:
    assert duckdb_type("map<string,array<struct<a:int,b:decimal(12,2)>>>") == (
        'MAP(VARCHAR, STRUCT("a" INTEGER, "b" DECIMAL(12,2))[])'
    )


def test_delta_types_become_hives() -> None:
    spark = {"type": "map", "keyType": "string", "valueType": {"type": "array", "elementType": "long"}}
    assert hive_type(spark) == "map<string,array<bigint>>"
