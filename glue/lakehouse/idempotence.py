"""At most one effective commit of a batch on what it saw of a table.

Every commit of the main table carries a Delta transaction: the batch is its application, the table's version on which
the batch decided is its number. When a batch commits, one of three things holds:

- none stored: the batch has not committed here. It commits.
- a lower number stored: an earlier attempt of the batch committed, and this attempt has decided on what is there
  since. It commits what is still to be changed (nothing, after a plain crash: then no commit is tried at all).
- the same or a higher number stored: another attempt of the batch, still alive when this one began, committed after
  this one had decided. Delta makes the commit a no-op, and the attempt ends with an error: its decisions are stale,
  and running the batch again is safe.

The commit carries a mark of its own, by which the attempt knows that the next version is its own and no other's.

What is decided is itself idempotent: a row read again from the same place of the same file version changes nothing.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

from pyspark.sql import SparkSession

from lakehouse.errors import ConcurrentCommitError
from lakehouse.storage import GoneError, read_object
from lakehouse.tables import Table

# What MERGE takes no options for. Its source is cached and made of pinned versions, so it need not be copied again.
WRITING = {
    "spark.sql.parquet.compression.codec": "zstd",
    "spark.databricks.delta.merge.materializeSource": "none",
}


@dataclass(frozen=True)
class State:
    """What a commit left: the table's version, and how many rows it has there."""

    version: int
    rows: int


def commit_once(spark: SparkSession, table: Table, batch: str, write: Callable[[], None]) -> State:
    """Runs a commit of the main table under the guard.

    Raises:
        ConcurrentCommitError: the version that follows the one decided on is not this attempt's.
    """
    guard = {
        "spark.databricks.delta.write.txnAppId": batch,
        "spark.databricks.delta.write.txnVersion": str(table.version),
    }
    with settings(spark, guard):
        state = commit(spark, table, batch, write)
    if state is None:
        raise ConcurrentCommitError(
            f"The table {table.name} was at version {table.version} when batch {batch} decided what to change, but "
            f"version {table.version + 1} is not its own: another writer was there. Make sure that one job writes to "
            f"the table at a time, then run the batch again."
        )
    return state


def commit(spark: SparkSession, table: Table, batch: str, write: Callable[[], None]) -> State | None:
    """Runs a commit; None where it made none, since nothing was left to be changed."""
    mark = f"{batch} {uuid4()}"
    with settings(spark, {"spark.databricks.delta.commitInfo.userMetadata": mark, **WRITING}):
        write()
    version = table.version + 1
    try:
        actions = read_object(f"{table.path}/_delta_log/{version:020}.json").splitlines()
    except GoneError:
        return None
    info = next(action["commitInfo"] for action in map(json.loads, actions) if "commitInfo" in action)
    if info.get("userMetadata") != mark:
        return None
    return State(version, _rows_after(table.rows_before, info["operationMetrics"]))


def _rows_after(before: int, metrics: Mapping[str, str]) -> int:
    """How many rows a table has after a commit, from what the commit says of itself."""
    if "numTargetRowsInserted" in metrics:
        return before + int(metrics["numTargetRowsInserted"]) - int(metrics["numTargetRowsDeleted"])
    return int(metrics["numOutputRows"])


@contextmanager
def settings(spark: SparkSession, values: Mapping[str, str]) -> Iterator[None]:
    """Settings of the session for the time of a commit: what MERGE takes no options for."""
    before = {name: spark.conf.get(name, None) for name in values}
    for name, value in values.items():
        spark.conf.set(name, value)
    try:
        yield
    finally:
        for name, old in before.items():
            if old is None:
                spark.conf.unset(name)
            else:
                spark.conf.set(name, old)
