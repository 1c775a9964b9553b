"""Athena's SQL as DuckDB's."""

import pytest
from lakehouse_local.sql import QueryError, TableName, joda_to_strftime, parse, references, to_duckdb


def translated(sql: str) -> str:
    return to_duckdb(parse(sql))


@pytest.mark.parametrize(
    ("athena", "duckdb"),
    [
        ("SELECT at_timezone(ts, 'Europe/Berlin') AS t FROM x", "SELECT ts AT TIME ZONE 'Europe/Berlin' AS t FROM x"),
        ("SELECT format_datetime(ts, 'yyyy-MM-dd''T''HH:mm') AS t", "SELECT STRFTIME(ts, '%Y-%m-%dT%H:%M') AS t"),
        ("SELECT count(*), a, b + 1 FROM x", "SELECT COUNT(*) AS _col0, a, b + 1 AS _col2 FROM x"),
        ("SELECT 1 UNION ALL SELECT 2", "SELECT 1 AS _col0 UNION ALL SELECT 2"),
    ],
)
def test_a_query_is_translated(athena: str, duckdb: str) -> None:
    assert translated(athena) == duckdb


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("DROP TABLE x", "NOT_SUPPORTED: The local Athena only reads (SELECT, WITH); this is a DROP."),
        ("SELECT 1; SELECT 2", "INVALID_REQUEST: Athena runs one statement at a time, and here are 2."),
        (
            "SELECT format_datetime(ts, 'w') FROM x",
            "NOT_SUPPORTED: The local Athena's format_datetime knows no 'w' (w).",
        ),
    ],
)
def test_what_has_no_equal_is_refused_by_name(sql: str, message: str) -> None:
    with pytest.raises(QueryError) as refusal:
        translated(sql)
    assert str(refusal.value) == message


def test_a_broken_query_is_a_syntax_error() -> None:
    with pytest.raises(QueryError, match=r"^SYNTAX_ERROR: "):
        parse("SELECT FROM WHERE (")


def test_tables_are_named_once_with_their_database_but_not_those_of_a_with() -> None:
    sql = """WITH recent AS (SELECT * FROM orders WHERE id > (SELECT max(id) FROM Other.Marks))
             SELECT * FROM recent JOIN orders ON true CROSS JOIN UNNEST(tags) AS t (tag)"""
    assert set(references(parse(sql), "lake")) == {TableName("lake", "orders"), TableName("other", "marks")}


def test_a_with_may_have_the_name_of_the_table_it_reads() -> None:
    sql = "WITH orders AS (SELECT * FROM orders) SELECT * FROM orders"
    [(name, places)] = references(parse(sql), "lake").items()
    assert (name, len(places)) == (TableName("lake", "orders"), 1)


def test_a_quoted_text_in_a_pattern_stays() -> None:
    assert joda_to_strftime("yyyy'T'HH''%") == "%YT%H'%%"
