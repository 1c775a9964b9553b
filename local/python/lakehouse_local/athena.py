"""Answers Athena's queries with DuckDB, over tables as the Glue catalog describes them.

    python -m lakehouse_local.athena '{"endpoint", "region"}'

Requests: `references` (`{"sql", "database"}`) names the tables that a query reads, `query` (the same and `tables`, what
the catalog says of each, or null) runs it, `describe` (`{"location"}`) reads a Delta table's log for the crawler.
It ends with its parent.
"""

import importlib
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import duckdb
from sqlglot import exp

from lakehouse_local.lines import Lines
from lakehouse_local.results import athena_type, value_text
from lakehouse_local.sql import QueryError, TableName, parse, references, to_duckdb
from lakehouse_local.tables import CatalogTable, define, describe_delta, literal, missing


def extension(name: str) -> Path:
    """The file of a DuckDB extension, as its wheel from PyPI carries it."""
    package = importlib.import_module(f"duckdb_extension_{name}")
    assert package.__file__ is not None
    return Path(package.__file__).parent / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"


def connect(endpoint: str, region: str) -> duckdb.DuckDBPyConnection:
    """A DuckDB that reads the emulator's S3 and nothing else."""
    connection = duckdb.connect(config={"autoinstall_known_extensions": False, "autoload_known_extensions": False})
    for name in ("httpfs", "delta"):
        connection.execute(f"LOAD {literal(str(extension(name)))}")
    address = urlsplit(endpoint)
    connection.execute(
        "CREATE SECRET emulator (TYPE s3, PROVIDER config, KEY_ID 'test', SECRET 'test', URL_STYLE 'path', "
        f"ENDPOINT {literal(address.netloc)}, REGION {literal(region)}, "
        f"USE_SSL {str(address.scheme == 'https').lower()})"
    )
    # Trino divides integers to integers, and knows no zone but the one that a value carries.
    connection.execute("SET integer_division = true")
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def athena_error(error: duckdb.Error) -> QueryError:
    """DuckDB's error under the name that Athena would give it."""
    text = str(error).splitlines()[0]
    codes: dict[type[duckdb.Error], str] = {
        duckdb.BinderException: "COLUMN_NOT_FOUND" if "Referenced column" in text else "SYNTAX_ERROR",
        duckdb.CatalogException: "FUNCTION_NOT_FOUND" if "Function" in text else "SYNTAX_ERROR",
        duckdb.ParserException: "SYNTAX_ERROR",
        duckdb.ConversionException: "INVALID_CAST_ARGUMENT",
    }
    return QueryError(f"{codes.get(type(error), 'GENERIC_INTERNAL_ERROR')}: {text}")


def table_of(name: TableName, given: dict[str, Any] | None) -> CatalogTable:
    """The catalog's answer for a name."""
    if given is None:
        raise missing(name)
    return CatalogTable(
        database=name.database,
        name=name.name,
        location=given["location"],
        format=given["format"],
        columns=[(each["name"], each["type"]) for each in given["columns"]],
        partition_keys=[(each["name"], each["type"]) for each in given["partitionKeys"]],
    )


class Athena:
    """The engine; each method answers the request of its name."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def references(self, sql: str, database: str) -> list[dict[str, str]]:
        """The tables that a query reads."""
        return [{"database": name.database, "name": name.name} for name in references(parse(sql), database)]

    def query(self, sql: str, database: str, tables: list[dict[str, Any] | None]) -> dict[str, Any]:
        """Columns and rows, all values as text; `tables` in the order in which `references` named them."""
        statement = parse(sql)
        named = references(statement, database)
        for (name, places), given in zip(named.items(), tables, strict=True):
            define(self._connection, table_of(name, given))
            for place in places:
                place.set("catalog", None)
                place.set("db", exp.to_identifier(name.database, quoted=True))
                place.set("this", exp.to_identifier(name.name, quoted=True))
        try:
            answer = self._connection.execute(to_duckdb(statement))
            rows = answer.fetchall()
        except duckdb.Error as error:
            raise athena_error(error) from error
        return {
            "columns": [{"name": name, "type": athena_type(str(kind))} for name, kind, *_ in answer.description or []],
            "rows": [[value_text(value) for value in row] for row in rows],
        }

    def describe(self, location: str) -> dict[str, Any] | None:
        """A Delta table's columns and version."""
        return describe_delta(self._connection, location)


def main(settings: str) -> None:
    """Serves until the parent closes the pipe."""
    given = json.loads(settings)
    lines = Lines()
    athena = Athena(connect(given["endpoint"], given["region"]))
    methods: dict[str, Callable[..., object]] = {
        "references": athena.references,
        "query": athena.query,
        "describe": athena.describe,
    }
    lines.tell("ready")
    for request in lines.requests():
        method = methods.get(request.method)
        if method is None:
            lines.refuse(request, "UnknownMethod", f"The local Athena knows no method {request.method!r}")
            continue
        try:
            lines.reply(request, method(**request.params))
        except QueryError as error:
            lines.refuse(request, "QueryError", str(error))
        except duckdb.Error as error:
            lines.refuse(request, "QueryError", str(athena_error(error)))


if __name__ == "__main__":
    main(sys.argv[1])
