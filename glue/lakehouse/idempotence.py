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

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from uuid import uuid4

from pyspark.sql import SparkSession

from lakehouse.errors import ConcurrentCommitError
from lakehouse.storage import GoneError, read_object
from lakehouse.tables import Table

COMPRESSION = {"spark.sql.parquet.compression.codec": "zstd"}


def commit_once(spark: SparkSession, table: Table, batch: str, commit: Callable[[], None]) -> int:
    """Runs a commit under the guard; the table's version after it.

    Raises:
        ConcurrentCommitError: the version that follows the one decided on is not this attempt's.
    """
    mark = f"{batch} {uuid4()}"
    guard = {
        "spark.databricks.delta.commitInfo.userMetadata": mark,
        "spark.databricks.delta.write.txnAppId": batch,
        "spark.databricks.delta.write.txnVersion": str(table.version),
    }
    with settings(spark, {**guard, **COMPRESSION}):
        commit()
    version = table.version + 1
    if not _made_by(mark, f"{table.path}/_delta_log/{version:020}.json"):
        raise ConcurrentCommitError(
            f"The table {table.name} was at version {table.version} when batch {batch} decided what to change, but "
            f"version {version} is not its own: another writer was there. Make sure that one job writes to the table "
            f"at a time, then run the batch again."
        )
    return version


def _made_by(mark: str, commit: str) -> bool:
    try:
        return mark.encode() in read_object(commit)
    except GoneError:
        return False


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
