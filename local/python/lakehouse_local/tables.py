"""Tables of the Glue catalog as DuckDB reads them: Delta tables, and JSON lines with partition projection."""

# ruff: noqa: S608 - Names and texts enter the SQL through quote() and literal().
import json
from dataclasses import dataclass
from typing import Any

import duckdb

from lakehouse_local.sql import QueryError, TableName

# Hive's names of types, as the catalog has them, that DuckDB spells otherwise.
DUCKDB_TYPES = {
    "string": "VARCHAR",
    "binary": "BLOB",
    "int": "INTEGER",
    "timestamp": "TIMESTAMP",
}
# Spark's names, as Delta's log has them, that Hive spells otherwise.
HIVE_TYPES = {
    "long": "bigint",
    "integer": "int",
    "short": "smallint",
    "byte": "tinyint",
    "timestamp_ntz": "timestamp",
}


@dataclass(frozen=True)
class CatalogTable:
    """What the catalog says of a table."""

    database: str
    name: str
    location: str
    format: str
    columns: list[tuple[str, str]]
    partition_keys: list[tuple[str, str]]


def quote(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def split_types(text: str) -> list[str]:
    """The parts of `a:int,b:array<string>` or `string,bigint`, without cutting inside brackets."""
    parts, depth, current = [], 0, ""
    for letter in text:
        depth += (letter in "<(") - (letter in ">)")
        if letter == "," and depth == 0:
            parts.append(current)
            current = ""
        else:
            current += letter
    return [*parts, current]


def duckdb_type(hive: str) -> str:
    """A Hive type in DuckDB's words."""
    text = hive.strip().lower()
    if text.startswith("array<"):
        return f"{duckdb_type(text[6:-1])}[]"
    if text.startswith("map<"):
        key, value = split_types(text[4:-1])
        return f"MAP({duckdb_type(key)}, {duckdb_type(value)})"
    if text.startswith("struct<"):
        fields = (field.split(":", 1) for field in split_types(text[7:-1]))
        return f"STRUCT({', '.join(f'{quote(name)} {duckdb_type(kind)}' for name, kind in fields)})"
    return DUCKDB_TYPES.get(text, text.upper())


def hive_type(spark: Any) -> str:
    """A type of a Delta schema, which is a name or a JSON object, in Hive's words."""
    if isinstance(spark, str):
        return HIVE_TYPES.get(spark, spark)
    kind = spark["type"]
    if kind == "array":
        return f"array<{hive_type(spark['elementType'])}>"
    if kind == "map":
        return f"map<{hive_type(spark['keyType'])},{hive_type(spark['valueType'])}>"
    fields = (f"{field['name']}:{hive_type(field['type'])}" for field in spark["fields"])
    return f"struct<{','.join(fields)}>"


def nothing(table: CatalogTable) -> str:
    """A relation with the table's columns and no row."""
    columns = ", ".join(
        f"CAST(NULL AS {duckdb_type(kind)}) AS {quote(name)}" for name, kind in table.columns + table.partition_keys
    )
    return f"SELECT {columns} WHERE false"


def json_lines(connection: duckdb.DuckDBPyConnection, table: CatalogTable) -> str:
    """The JSON files below the table's location, with the partition's values from their paths."""
    depth = "*/" * len(table.partition_keys)
    files = f"{table.location.rstrip('/')}/{depth}*"
    if not connection.execute(f"SELECT 1 FROM glob({literal(files)}) LIMIT 1").fetchall():
        return nothing(table)
    columns = ", ".join(f"{literal(name)}: {literal(duckdb_type(kind))}" for name, kind in table.columns)
    keys = ", ".join(f"{literal(name)}: {duckdb_type(kind)}" for name, kind in table.partition_keys)
    partitions = f", hive_partitioning = true, hive_types = {{{keys}}}" if keys else ""
    names = ", ".join(quote(name) for name, _ in table.columns + table.partition_keys)
    return (
        f"SELECT {names} FROM read_json({literal(files)}, format = 'newline_delimited', "
        f"columns = {{{columns}}}{partitions})"
    )


def relation(connection: duckdb.DuckDBPyConnection, table: CatalogTable) -> str:
    """The query that reads the table."""
    if table.format == "delta":
        return f"SELECT * FROM delta_scan({literal(table.location.rstrip('/'))})"
    if table.format == "json":
        return json_lines(connection, table)
    raise QueryError(f"NOT_SUPPORTED: The local Athena reads Delta and JSON tables; {table.name} is {table.format!r}.")


def define(connection: duckdb.DuckDBPyConnection, table: CatalogTable) -> None:
    """Makes the table known under its catalog's names, as it is at this moment."""
    connection.execute(f"CREATE SCHEMA IF NOT EXISTS {quote(table.database)}")
    view = f"{quote(table.database)}.{quote(table.name)}"
    try:
        connection.execute(f"CREATE OR REPLACE VIEW {view} AS {relation(connection, table)}")
    except duckdb.Error as error:
        raise QueryError(f"GENERIC_INTERNAL_ERROR: Table {table.name} at {table.location}: {error}") from error


def missing(name: TableName) -> QueryError:
    """Athena's words for a table that the catalog does not have."""
    return QueryError(f"TABLE_NOT_FOUND: Table 'awsdatacatalog.{name.database}.{name.name}' does not exist")


def describe_delta(connection: duckdb.DuckDBPyConnection, location: str) -> dict[str, Any] | None:
    """Columns and version of a Delta table, from its log; None if there is no log."""
    log = f"{location.rstrip('/')}/_delta_log"
    commits = f"{log}/{'[0-9]' * 20}.json"
    names = connection.execute(f"SELECT max(file) FROM glob({literal(commits)})").fetchone()
    if names is None or names[0] is None:
        return None
    version = int(str(names[0]).rsplit("/", 1)[1].removesuffix(".json"))
    kind = "STRUCT(schemaString VARCHAR, partitionColumns VARCHAR[])"
    found = connection.execute(
        f"SELECT metaData FROM read_json({literal(commits)}, format = 'newline_delimited', filename = true, "
        f"columns = {{metaData: {literal(kind)}}}) WHERE metaData IS NOT NULL ORDER BY filename DESC LIMIT 1"
    ).fetchone()
    if found is None:
        # Old commits were cleaned up, so a checkpoint carries what they said.
        found = connection.execute(
            f"SELECT metaData FROM read_parquet({literal(f'{log}/*.checkpoint*.parquet')}, filename = true, "
            "union_by_name = true) WHERE metaData IS NOT NULL ORDER BY filename DESC LIMIT 1"
        ).fetchone()
    if found is None:
        return None
    schema = json.loads(found[0]["schemaString"])
    return {
        "version": version,
        "partitionColumns": found[0]["partitionColumns"] or [],
        "columns": [
            {
                "name": field["name"],
                "type": hive_type(field["type"]),
                "comment": field.get("metadata", {}).get("comment", ""),
            }
            for field in schema["fields"]
        ],
    }
