"""A run of a dataset's job, in the order in which it happens: open, read, decide, account, commit, report."""

import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from pyspark import StorageLevel
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F  # noqa: N812, Spark's own convention

from lakehouse.allocation import allocate
from lakehouse.arguments import Arguments, parse_arguments
from lakehouse.commits import add_rejects, changed_rows, merge_main, move_pending, replace_main, replace_pending
from lakehouse.competition import DUPLICATE, EXPIRE, KEPT, PARK, UPSERT, decide, offers_of
from lakehouse.errors import AccountingError
from lakehouse.idempotence import State
from lakehouse.intake import read_files
from lakehouse.report import Fates, TableReport, file_report, report_json
from lakehouse.schema import ROW_ID
from lakehouse.sources import Source, parse_sources
from lakehouse.storage import read_object, write_object
from lakehouse.tables import Table, Tables, open_tables, parent_rows
from lakehouse.verdict import Verdict


def main(argv: Sequence[str]) -> None:
    """What the datasets' scripts call."""
    arguments = parse_arguments(argv)
    run(SparkSession.builder.getOrCreate(), arguments, datetime.now(UTC))


def run(spark: SparkSession, arguments: Arguments, now: datetime) -> None:
    """Loads the batch's files of one dataset and writes the report.

    Raises:
        ArgumentsError: the list of files is unusable.
        TableError: a table does not fit the contract.
        AccountingError: rows are unaccounted for.
        ConcurrentCommitError: another writer was there.
            With each of them nothing is reported, and running the batch again is safe.
    """
    began = time.monotonic()
    contract, batch = arguments.contract, arguments.batch

    def log(phase: str) -> None:
        line = f"{contract.name} {batch} {time.monotonic() - began:6.2f} s: {phase}"
        print(line, file=sys.stderr, flush=True)

    sources = parse_sources(read_object(arguments.files), contract.name)
    tables = open_tables(spark, arguments.processed, contract)
    log(f"{len(sources)} files; table at version {tables.main.version}")
    with _caching() as cached:
        intake = cached(read_files(spark, arguments.raw, sources, contract, now))
        verdicts = _verdicts(intake, sources)
        log(_told(verdicts))
        # Without a file that can be read, a full load would leave an empty table.
        full = arguments.mode == "full"
        if not full or any(verdict.status == "accepted" for verdict in verdicts):
            plan = _plan(spark, arguments, tables, intake, cached, now)
            log(f"decided: {_counted(plan.counts)}")
            files = [file_report(verdict, plan.fates(verdict.key)) for verdict in verdicts]
            rejected = sum(verdict.rejected for verdict in verdicts)
            states = _commit(spark, arguments, tables, plan, _Rejects(intake, rejected), now)
            changed = [name for name, state in states.items() if state is not None]
            log(f"committed to {', '.join(changed) or 'nothing'}")
        else:
            files = [file_report(verdict, Fates()) for verdict in verdicts]
            states = {}
    left = [_table_report(table, states.get(table.name)) for table in tables.all()]
    write_object(arguments.report, report_json(contract.name, batch, files, left, seconds=time.monotonic() - began))
    log("reported: " + ", ".join(f"{table.name} has {table.rows} rows at version {table.version}" for table in left))


@dataclass(frozen=True)
class Decision:
    """What a number of offers have in common."""

    file: str | None
    from_file: bool
    was_parked: bool
    action: str


@dataclass(frozen=True)
class _Plan:
    """What is to be written, decided once and cached, and how many rows of each kind there are."""

    decided: DataFrame
    shares: DataFrame | None
    counts: Mapping[Decision, int]
    changes: int

    def count(self, *actions: str, **having: bool) -> int:
        """How many offers have one of these actions, and are as wanted."""
        return sum(
            count
            for each, count in self.counts.items()
            if each.action in actions and all(getattr(each, name) == wanted for name, wanted in having.items())
        )

    def fates(self, key: str) -> Fates:
        """What became of the good rows of a file."""
        found = Counter[str]()
        for each, count in self.counts.items():
            if each.from_file and each.file == key:
                found[each.action] += count
        return Fates(loaded=found[UPSERT] + found[KEPT], duplicate=found[DUPLICATE], pending=found[PARK])


@dataclass(frozen=True)
class _Rejects:
    """The rows that broke rules, and how many there are."""

    rows: DataFrame
    count: int


def _plan(
    spark: SparkSession, arguments: Arguments, tables: Tables, intake: DataFrame, cached: "_Cache", now: datetime
) -> _Plan:
    contract = arguments.contract
    anew = arguments.mode == "full" or tables.main.empty
    table = None if anew else tables.main.rows(spark)
    waiting = tables.pending
    parked = None if waiting is None or waiting.empty or arguments.mode == "full" else waiting.rows(spark)
    parents = {each.dataset: parent_rows(spark, arguments.processed, each.dataset) for each in contract.parents}
    good = intake.where("verdict is null and rule_ids is null")
    decided = cached(decide(offers_of(good, parked, contract), table, parents, contract, now))
    was_parked = F.col("parked_at").isNotNull().alias("was_parked")
    counting = decided.groupBy(F.col("_source_file").alias("file"), "from_file", was_parked, "action").count()
    if not contract.derived:
        counts = _counts(counting)
        changes = sum(count for each, count in counts.items() if each.action == UPSERT)
        return _Plan(decided, None, counts, changes)
    shares = cached(allocate(decided.where(F.col("action") == UPSERT), table, parents, contract))
    # Both are counted by one job.
    writing = shares.groupBy().count().select(F.lit(None), F.lit(False), F.lit(False), F.lit(SHARE), "count")
    both = _counts(counting.union(writing))
    counts = {each: count for each, count in both.items() if each.action != SHARE}
    return _Plan(decided, shares, counts, sum(both.values()) - sum(counts.values()))


SHARE = "share"


def _counts(counting: DataFrame) -> dict[Decision, int]:
    return {Decision(*row[:4]): row[4] for row in counting.collect()}


def _commit(
    spark: SparkSession, arguments: Arguments, tables: Tables, plan: _Plan, broken: _Rejects, now: datetime
) -> dict[str, State | None]:
    """Writes what was decided; the tables' new states by their names, where they changed."""
    contract, batch = arguments.contract, arguments.batch
    action = F.col("action")
    full = arguments.mode == "full"
    states: dict[str, State | None] = {}
    if full or plan.changes:
        changes = changed_rows(plan.decided.where(action == UPSERT), plan.shares, contract, batch, now)
        write = replace_main if full or tables.main.empty else merge_main
        states[tables.main.name] = write(spark, tables.main, changes, contract, batch)
    expired = plan.count(EXPIRE)
    if broken.count or expired:
        rejects = broken.rows.where("rule_ids is not null").select(*ROW_ID, "raw", "rule_ids")
        late = plan.decided.where(action == EXPIRE).select(*ROW_ID, "raw", F.col("lacks").alias("rule_ids"))
        both = rejects.unionByName(late) if expired else rejects
        states[tables.rejects.name] = add_rejects(spark, tables.rejects, both, batch, now)
    if tables.pending is None:
        return states
    parked = plan.decided.where((action == PARK) & F.col("parked_at").isNull())
    if full:
        states[tables.pending.name] = replace_pending(spark, tables.pending, parked, contract, batch, now)
    elif plan.count(PARK, was_parked=False) or plan.count(UPSERT, KEPT, DUPLICATE, EXPIRE, was_parked=True):
        left = plan.decided.where((action != PARK) & F.col("parked_at").isNotNull())
        states[tables.pending.name] = move_pending(spark, tables.pending, parked, left, contract, batch, now)
    return states


def _verdicts(intake: DataFrame, sources: Sequence[Source]) -> list[Verdict]:
    verdicts = [Verdict.from_json(row["verdict"]) for row in intake.where("verdict is not null").collect()]
    if sorted(verdict.key for verdict in verdicts) != sorted(source.key for source in sources):
        raise AccountingError(f"{len(sources)} files were given, but {len(verdicts)} were judged. Run the batch again.")
    return verdicts


def _told(verdicts: Sequence[Verdict]) -> str:
    states = Counter[str](verdict.status for verdict in verdicts)
    rows = sum(verdict.rows_in for verdict in verdicts)
    rejected = sum(verdict.rejected for verdict in verdicts)
    return f"read {rows} rows, {rejected} rejected; files: {_counted(states)}"


def _counted(counts: "Mapping[Decision, int] | Mapping[str, int]") -> str:
    sums = Counter[str]()
    for each, count in counts.items():
        sums[each if isinstance(each, str) else each.action] += count
    return ", ".join(f"{count} {name}" for name, count in sorted(sums.items())) or "nothing"


def _table_report(table: Table, state: State | None) -> TableReport:
    return TableReport(
        name=table.name,
        location=table.path,
        version=state.version if state else table.version,
        rows=state.rows if state else table.rows_before,
        schema_changed=table.schema_changed,
    )


class _Cache:
    """Keeps data that is used more than once, until the end of the run."""

    def __init__(self) -> None:
        self._kept: list[DataFrame] = []

    def __call__(self, data: DataFrame) -> DataFrame:
        self._kept.append(data)
        return data.persist(StorageLevel.MEMORY_AND_DISK)

    def clear(self) -> None:
        """Lets go of all of it."""
        for data in self._kept:
            data.unpersist()


@contextmanager
def _caching() -> Iterator[_Cache]:
    cache = _Cache()
    try:
        yield cache
    finally:
        cache.clear()
