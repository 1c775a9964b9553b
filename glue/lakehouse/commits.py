"""What a batch writes: the main table first, then rejects, then rows that wait.

Each commit alone leaves a state from which the batch can be run again, and none is made where nothing changes.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import reduce
from operator import and_

from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F  # noqa: N812, Spark's own convention

from lakehouse.contract import Contract
from lakehouse.idempotence import State, commit, commit_once
from lakehouse.schema import ROW_ID, main_schema, pending_schema, rejects_schema
from lakehouse.tables import Table


def changed_rows(
    upserts: DataFrame, shares: DataFrame | None, contract: Contract, batch: str, now: datetime
) -> DataFrame:
    """The rows of the main table that a batch writes, whole; of those that only get another share, key and share."""
    loaded = upserts.withColumns({"_run_id": F.lit(batch), "_ingested_at": F.lit(now)})
    if shares is None:
        return loaded.select(*main_schema(contract).names, F.lit(True).alias("is_upsert"))
    return shares.join(loaded, list(contract.key), "left").select(*main_schema(contract).names, "is_upsert")


def merge_main(spark: SparkSession, table: Table, changes: DataFrame, contract: Contract, batch: str) -> State:
    """Inserts, updates and shares in one commit.

    The table is not pruned by partition: the day of a key may have moved, and its old row must be found.
    """
    whole = {name: f"new.{name}" for name in main_schema(contract).names}
    shares = {each.column: f"new.{each.column}" for each in contract.derived}

    def write() -> None:
        merge = table.delta(spark).alias("old").merge(changes.alias("new"), _equal(contract.key))
        merge = merge.whenMatchedUpdate("new.is_upsert", set=dict(whole))
        if shares:
            merge = merge.whenMatchedUpdate(set=dict(shares))
        merge.whenNotMatchedInsert("new.is_upsert", values=dict(whole)).execute()

    return commit_once(spark, table, batch, write)


def replace_main(spark: SparkSession, table: Table, changes: DataFrame, contract: Contract, batch: str) -> State:
    """Makes the table exactly the given rows, in one commit."""
    rows = changes.drop("is_upsert")
    if contract.partition_by:
        rows = rows.repartition(*contract.partition_by)
    return commit_once(spark, table, batch, lambda: rows.write.format("delta").mode("overwrite").save(table.path))


def add_rejects(spark: SparkSession, table: Table, rejects: DataFrame, batch: str, now: datetime) -> State | None:
    """Adds rejected rows (`ROW_ID`, `raw`, `rule_ids`) that are not there yet, whatever batch brought them."""
    rows = rejects.select(
        "raw",
        "rule_ids",
        *(F.col(ours).alias(theirs) for ours, theirs in zip(ROW_ID, REJECT_ID, strict=True)),
        F.lit(batch).alias("run_id"),
        F.lit(now).alias("rejected_at"),
        F.lit(now.date()).alias("day"),
    )

    def write() -> None:
        merge = table.delta(spark).alias("old").merge(rows.alias("new"), _equal(REJECT_ID))
        merge.whenNotMatchedInsert(values={name: f"new.{name}" for name in rejects_schema().names}).execute()

    return commit(spark, table, batch, write)


REJECT_ID = ("source_file", "source_version", "sheet", "row")


def move_pending(
    spark: SparkSession, table: Table, parked: DataFrame, left: DataFrame, contract: Contract, batch: str, now: datetime
) -> State | None:
    """Parks rows, and lets go of those that were loaded, beaten, or have waited too long."""
    columns = pending_schema(contract).names
    moves = (
        parked.withColumns({"_run_id": F.lit(batch), "_parked_at": F.lit(now)})
        .select(*columns, F.lit(True).alias("is_parked"))
        .unionByName(left.select(*ROW_ID, F.lit(False).alias("is_parked")), allowMissingColumns=True)
    )

    def write() -> None:
        merge = table.delta(spark).alias("old").merge(moves.alias("new"), _equal(ROW_ID))
        merge = merge.whenMatchedDelete("not new.is_parked")
        merge.whenNotMatchedInsert("new.is_parked", values={name: f"new.{name}" for name in columns}).execute()

    return commit(spark, table, batch, write)


def replace_pending(
    spark: SparkSession, table: Table, parked: DataFrame, contract: Contract, batch: str, now: datetime
) -> State | None:
    """Makes the pending table exactly the rows that wait now."""
    rows = parked.withColumns({"_run_id": F.lit(batch), "_parked_at": F.lit(now)})
    whole = rows.select(*pending_schema(contract).names)
    return commit(spark, table, batch, lambda: whole.write.format("delta").mode("overwrite").save(table.path))


def _equal(names: Sequence[str]) -> Column:
    return reduce(and_, (F.col(f"old.{name}").eqNullSafe(F.col(f"new.{name}")) for name in names))
