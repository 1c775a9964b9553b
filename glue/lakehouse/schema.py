"""The columns of a dataset's tables, as Spark types."""

from typing import Final

from pyspark.sql.types import (
    ArrayType,
    DataType,
    DateType,
    DecimalType,
    LongType,
    StringType,
    StructField,
    StructType,
    TimestampType,
)

from lakehouse.contract import ColumnType, Contract

MONEY: Final = DecimalType(12, 2)
# A file's time keeps the nanoseconds that file systems know, which a timestamp would round away: two versions of a
# row may differ in nothing else.
TIME: Final = DecimalType(20, 9)

SPARK_TYPES: Final[dict[ColumnType, DataType]] = {
    "integer": LongType(),
    "string": StringType(),
    "money": MONEY,
    "timestamp": TimestampType(),
    "date": DateType(),
}

RESCUED: Final = "_rescued"
ANOMALIES: Final = "anomalies"
# Which row of which file this is; together they name a row for ever.
ROW_ID: Final = ("_source_file", "_source_version", "_source_sheet", "_source_row")


def _field(name: str, type_: DataType, comment: str) -> StructField:
    return StructField(name, type_, nullable=True, metadata={"comment": comment} if comment else None)


ORIGIN: Final = (
    _field("_source_file", StringType(), "The key of the file in the raw zone."),
    _field("_source_version", StringType(), "The MD5 of the file's content."),
    _field("_source_time", TIME, "The file's time, in seconds since the epoch."),
    _field("_source_sheet", StringType(), "The sheet of a workbook; null for other files."),
    _field("_source_row", LongType(), "The number of the row in its file or sheet; the first below the header is 1."),
)
RUN: Final = (
    _field("_run_id", StringType(), "The batch that loaded the row."),
    _field("_ingested_at", TimestampType(), "When it was loaded."),
)


def value_fields(contract: Contract) -> list[StructField]:
    """What a row says: the contract's columns, and what else the file had."""
    return [
        *(_field(column.name, SPARK_TYPES[column.type], column.description) for column in contract.columns),
        _field(RESCUED, StringType(), "Columns that the contract does not know, as JSON."),
    ]


def flag_fields() -> list[StructField]:
    """What is odd about a row that is loaded all the same."""
    return [_field(ANOMALIES, ArrayType(StringType()), "What is odd about the row.")]


def main_schema(contract: Contract) -> StructType:
    """The dataset's table."""
    *columns, rescued = value_fields(contract)
    derived = [_field(each.column, MONEY, each.description) for each in contract.derived]
    return StructType([*columns, *derived, rescued, *flag_fields(), *ORIGIN, *RUN])


def pending_schema(contract: Contract) -> StructType:
    """Rows that wait for their parents."""
    return StructType(
        [
            *value_fields(contract),
            *flag_fields(),
            *ORIGIN,
            _field("_run_id", StringType(), "The batch that parked the row."),
            _field("_parked_at", TimestampType(), "When it was parked first."),
            _field("raw", StringType(), "The row as it was in its file, as JSON."),
        ]
    )


def rejects_schema() -> StructType:
    """Rows that broke a rule; the same for every dataset."""
    return StructType(
        [
            _field("raw", StringType(), "The row as it was in its file, as JSON."),
            _field("rule_ids", ArrayType(StringType()), "All the rules that it broke."),
            _field("source_file", StringType(), "The key of the file in the raw zone."),
            _field("source_version", StringType(), "The MD5 of the file's content."),
            _field("sheet", StringType(), "The sheet of a workbook; null for other files."),
            _field("row", LongType(), "The number of the row in its file or sheet; the first below the header is 1."),
            _field("run_id", StringType(), "The batch that rejected the row."),
            _field("rejected_at", TimestampType(), "When it was rejected."),
            _field("day", DateType(), "The day on which it was rejected, in UTC."),
        ]
    )


def intake_schema(contract: Contract) -> StructType:
    """What comes from reading files: rows, good and rejected, and one verdict a file."""
    return StructType(
        [
            _field("verdict", StringType(), ""),
            *value_fields(contract),
            *flag_fields(),
            *ORIGIN,
            _field("raw", StringType(), ""),
            _field("rule_ids", ArrayType(StringType()), ""),
        ]
    )
