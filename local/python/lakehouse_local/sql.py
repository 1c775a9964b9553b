"""Athena's SQL (Trino's dialect) as DuckDB's, and the tables that it names. What has no equal is refused by name."""

import re
from dataclasses import dataclass

import sqlglot
from sqlglot import exp
from sqlglot.errors import ParseError, TokenError

# Joda's letters, which Trino's format_datetime uses, as strftime's.
JODA = {
    "yyyy": "%Y",
    "yy": "%y",
    "MMMM": "%B",
    "MMM": "%b",
    "MM": "%m",
    "dd": "%d",
    "HH": "%H",
    "hh": "%I",
    "mm": "%M",
    "ss": "%S",
    "SSS": "%g",
    "EEEE": "%A",
    "EEE": "%a",
    "DDD": "%j",
    "a": "%p",
}


class QueryError(Exception):
    """A query that Athena would not run, or that this stand-in for it can't; the message begins with Athena's code."""


@dataclass(frozen=True)
class TableName:
    """A table of the catalog."""

    database: str
    name: str


def parse(sql: str) -> exp.Query:
    """Parses one statement that only reads."""
    try:
        statements = [each for each in sqlglot.parse(sql, read="athena") if each is not None]
    except (ParseError, TokenError) as error:
        # sqlglot underlines the place with terminal codes.
        message = re.sub(r"\x1b\[\d+m", "", str(error)).splitlines()[0]
        raise QueryError(f"SYNTAX_ERROR: {message}") from error
    if len(statements) != 1:
        raise QueryError(f"INVALID_REQUEST: Athena runs one statement at a time, and here are {len(statements)}.")
    statement = statements[0]
    if not isinstance(statement, exp.Query):
        raise QueryError(
            f"NOT_SUPPORTED: The local Athena only reads (SELECT, WITH); this is a {statement.key.upper()}."
        )
    return statement


def references(statement: exp.Expr, database: str) -> dict[TableName, list[exp.Table]]:
    """Every table of the catalog that the statement names, with the places where it does."""
    found: dict[TableName, list[exp.Table]] = {}
    for table in statement.find_all(exp.Table):
        if not isinstance(table.this, exp.Identifier) or is_common_table(table):
            continue
        if table.args.get("version") is not None:
            raise QueryError(f"NOT_SUPPORTED: The local Athena has no time travel ({table.sql(dialect='trino')}).")
        name = TableName((table.db or database).lower(), table.name.lower())
        found.setdefault(name, []).append(table)
    return found


def is_common_table(table: exp.Table) -> bool:
    """Whether the name is one of a WITH around it, not the catalog's."""
    if table.db:
        return False
    scope = table.parent
    while scope is not None:
        with_ = scope.args.get("with_") or scope.args.get("with")
        if isinstance(with_, exp.With) and any(
            cte.alias.lower() == table.name.lower() and cte is not table.find_ancestor(exp.CTE)
            for cte in with_.expressions
        ):
            return True
        scope = scope.parent
    return False


def joda_to_strftime(pattern: str) -> str:
    """A Joda pattern as strftime's; what strftime has no letter for is refused."""
    result = []
    for match in re.finditer(r"'([^']*)'|(([A-Za-z])\3*)|(.)", pattern, re.DOTALL):
        quoted, letters, _, other = match.groups()
        if letters is not None:
            if letters not in JODA:
                raise QueryError(f"NOT_SUPPORTED: The local Athena's format_datetime knows no '{letters}' ({pattern}).")
            result.append(JODA[letters])
        else:
            # Two quotes are one.
            result.append((other if quoted is None else quoted or "'").replace("%", "%%"))
    return "".join(result)


def replace_function(node: exp.Expr) -> exp.Expr:
    """Functions of Trino that sqlglot leaves as they are."""
    if not isinstance(node, exp.Anonymous):
        return node
    name = node.name.lower()
    arguments = node.expressions
    if name == "at_timezone" and len(arguments) == 2:
        return exp.AtTimeZone(this=arguments[0], zone=arguments[1])
    if name == "format_datetime" and len(arguments) == 2:
        pattern = arguments[1]
        if not pattern.is_string:
            raise QueryError("NOT_SUPPORTED: The local Athena's format_datetime takes its pattern as a literal.")
        return exp.func("strftime", arguments[0], exp.Literal.string(joda_to_strftime(pattern.name)))
    return node


def name_columns(statement: exp.Query) -> None:
    """Gives the columns that are expressions Trino's names for them, `_col0` and so on."""
    first = statement
    while isinstance(first, exp.SetOperation | exp.Subquery):
        first = first.this
    for index, column in enumerate(first.expressions):
        if not isinstance(column, exp.Alias | exp.Column | exp.Star | exp.Dot):
            column.replace(exp.alias_(column.copy(), f"_col{index}"))


def to_duckdb(statement: exp.Query) -> str:
    """The statement in DuckDB's dialect."""
    translated = statement.copy()
    name_columns(translated)
    return translated.transform(replace_function).sql(dialect="duckdb")
