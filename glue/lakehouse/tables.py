"""The Delta tables of a dataset: made empty at the first run, widened when the contract gains a column.

They stay readable for Athena (reader version 1: no deletion vectors, no column mapping) and for older programs.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from delta.tables import DeltaTable
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.types import StructField, StructType

from lakehouse.contract import Contract
from lakehouse.errors import TableError
from lakehouse.schema import main_schema, pending_schema, rejects_schema

PROPERTIES = {
    "delta.minReaderVersion": "1",
    "delta.minWriterVersion": "2",
    "delta.enableDeletionVectors": "false",
    # A batch's commit is remembered longer than a batch is retried.
    "delta.setTransactionRetentionDuration": "interval 30 days",
}


@dataclass(frozen=True)
class Table:
    """A table as it was at the start of the run, after it was made or widened."""

    name: str
    path: str
    version: int
    rows_before: int
    schema_changed: bool

    @property
    def empty(self) -> bool:
        """Whether it has no rows."""
        return self.rows_before == 0

    def rows(self, spark: SparkSession) -> DataFrame:
        """The rows of that version: what is decided on must not change while it is decided on."""
        return spark.read.format("delta").option("versionAsOf", self.version).load(self.path)

    def delta(self, spark: SparkSession) -> DeltaTable:
        """The table, to write to."""
        return DeltaTable.forPath(spark, self.path)


@dataclass(frozen=True)
class Tables:
    """A dataset's tables: trusted rows, rejected rows, and rows that wait for parents where it has any."""

    main: Table
    rejects: Table
    pending: Table | None

    def all(self) -> list[Table]:
        """Those that there are."""
        return [self.main, self.rejects, *([self.pending] if self.pending is not None else [])]


def open_tables(spark: SparkSession, processed: str, contract: Contract) -> Tables:
    """Finds or makes a dataset's tables, all of them at the first run, so that the catalog knows them from then on.

    Raises:
        TableError: a table has a column of another type, or other partitions, than the contract.
    """
    name = contract.name
    return Tables(
        main=_open(spark, processed, name, main_schema(contract), contract.partition_by),
        rejects=_open(spark, processed, f"{name}_rejects", rejects_schema(), ("day",)),
        pending=_open(spark, processed, f"{name}_pending", pending_schema(contract), ()) if contract.parents else None,
    )


def parent_rows(spark: SparkSession, processed: str, parent: str) -> DataFrame | None:
    """The rows of a parent's table; None before its first load."""
    path = f"{processed}/{parent}"
    if snapshot(spark, path).version() < 0:
        return None
    return spark.read.format("delta").load(path)


def snapshot(spark: SparkSession, path: str) -> Any:
    """The newest snapshot of a table; its version is -1 where there is none.

    By Delta's own classes: what the public interface offers (history, detail) takes a Spark job for each answer.
    """
    jvm: Any = spark._jvm
    nothing = jvm.scala.Option.apply(None)
    return jvm.org.apache.spark.sql.delta.DeltaLog.forTable(spark._jsparkSession, path).update(False, nothing, nothing)


def _open(spark: SparkSession, processed: str, name: str, schema: StructType, partition_by: Sequence[str]) -> Table:
    path = f"{processed}/{name}"
    found = snapshot(spark, path)
    if found.version() < 0:
        empty = spark.createDataFrame([], schema)
        empty.write.format("delta").partitionBy(*partition_by).options(**PROPERTIES).save(path)
        return Table(name, path, snapshot(spark, path).version(), rows_before=0, schema_changed=False)
    new = _new_fields(name, StructType.fromJson(json.loads(found.schema().json())), schema)
    partitions = json.loads(found.metadata().partitionColumns().mkString('["', '","', '"]')) if partition_by else []
    if partitions != list(partition_by):
        raise TableError(
            f"The table {name} is partitioned by {partitions}, the contract wants {list(partition_by)}. "
            f"Load the dataset into a new table, or take the change of partitionBy back."
        )
    if new:
        _add_columns(spark, path, new)
        found = snapshot(spark, path)
    return Table(name, path, found.version(), _count(spark, found), schema_changed=bool(new))


def _count(spark: SparkSession, found: Any) -> int:
    """The number of rows, from the statistics that every file of these tables has."""
    files = DataFrame(found.allFiles().toDF(), spark)
    (row,) = files.selectExpr("coalesce(sum(cast(get_json_object(stats, '$.numRecords') AS bigint)), 0)").collect()
    return int(row[0])


def _new_fields(name: str, found: StructType, wanted: StructType) -> list[StructField]:
    """The columns that the table lacks. Columns that only the table has stay, and are null in new rows."""
    types = {field.name: field.dataType for field in found}
    for field in wanted:
        if field.name in types and types[field.name] != field.dataType:
            raise TableError(
                f'The column "{field.name}" of the table {name} is {types[field.name].simpleString()}, '
                f"but the contract makes it {field.dataType.simpleString()}. A column's type cannot change: "
                f"give the new column another name, or take the change back."
            )
    return [field for field in wanted if field.name not in types]


def _add_columns(spark: SparkSession, path: str, fields: Sequence[StructField]) -> None:
    def declared(field: StructField) -> str:
        comment = field.metadata.get("comment", "").replace("\\", "\\\\").replace("'", "\\'")
        return f"`{field.name}` {field.dataType.simpleString()} COMMENT '{comment}'"

    spark.sql(f"ALTER TABLE delta.`{path}` ADD COLUMNS ({', '.join(declared(field) for field in fields)})")
