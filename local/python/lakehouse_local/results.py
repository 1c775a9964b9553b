"""Values as the text that Athena's GetQueryResults has, and DuckDB's types by Athena's names."""

import datetime
import re
from decimal import Decimal

# https://docs.aws.amazon.com/athena/latest/ug/data-types.html
ATHENA_TYPES = {
    "VARCHAR": "varchar",
    "TINYINT": "tinyint",
    "SMALLINT": "smallint",
    "INTEGER": "integer",
    "BIGINT": "bigint",
    # DuckDB adds up wide; Athena would have stayed at bigint.
    "HUGEINT": "bigint",
    "UBIGINT": "bigint",
    "FLOAT": "real",
    "DOUBLE": "double",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "timestamp",
    "TIMESTAMP WITH TIME ZONE": "timestamp with time zone",
    "BLOB": "varbinary",
    "JSON": "json",
}


def athena_type(duckdb: str) -> str:
    """The name of a column's type."""
    if duckdb.endswith("]"):
        return "array"
    return ATHENA_TYPES.get(duckdb, re.sub(r"\(.*", "", duckdb).lower())


def double_text(value: float) -> str:
    """A double as Java prints it: never without a fraction, with an exponent from ten million on."""
    if value != value or value in (float("inf"), float("-inf")):
        return {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}[str(value)]
    if value == 0 or 1e-3 <= abs(value) < 1e7:
        return repr(value)
    mantissa, exponent = f"{Decimal(repr(value)).normalize():E}".split("E")
    return f"{mantissa if '.' in mantissa else f'{mantissa}.0'}E{int(exponent)}"


def value_text(value: object) -> str | None:
    """A value as text; None is null."""
    match value:
        case None:
            return None
        case bool():
            return str(value).lower()
        case float():
            return double_text(value)
        case Decimal():
            return f"{value:f}"
        case datetime.datetime():
            text = value.strftime("%Y-%m-%d %H:%M:%S.") + f"{value.microsecond // 1000:03d}"
            return text if value.tzinfo is None else f"{text} UTC"
        case list() | tuple():
            return f"[{', '.join(nested_text(each) for each in value)}]"
        case dict():
            return f"{{{', '.join(f'{nested_text(key)}={nested_text(each)}' for key, each in value.items())}}}"
        case bytes():
            return value.hex(" ")
        case _:
            return str(value)


def nested_text(value: object) -> str:
    """A value inside an array or a map, where null is a word."""
    text = value_text(value)
    return "null" if text is None else text
