"""Reads the files of a batch on the executors: a file is one task's work, many small files share a task.

A file is read by Python, not by Spark's readers: theirs do not know a row's number, mend open quotes silently and
guess types. The price is that a file is held in one worker's memory (about ten times its size while its rows are
judged), so files up to some 100 MB are fine, larger ones should come in parts.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.types import ArrayType, DataType, DateType, DecimalType, LongType, StringType, TimestampType

from lakehouse.contract import Contract
from lakehouse.file_rows import FileRow, read_file
from lakehouse.judge import Judge
from lakehouse.schema import intake_schema
from lakehouse.sources import Source
from lakehouse.storage import GoneError, read_object
from lakehouse.verdict import Verdict

if TYPE_CHECKING:
    import pyarrow as pa

# Judging a row costs more than shipping a task: about two seconds of work.
BYTES_A_TASK = 4 * 1024 * 1024
ROWS_A_BATCH = 10_000


def read_files(
    spark: SparkSession, raw: str, sources: Sequence[Source], contract: Contract, now: datetime
) -> DataFrame:
    """Rows and verdicts of the files (`schema.intake_schema`), not read before an action asks for them."""
    tasks = share_out(sources, spark.sparkContext.defaultParallelism)
    schema = intake_schema(contract)
    types = [field.dataType for field in schema]
    names = schema.names

    def read(batches: Iterable["pa.RecordBatch"]) -> Iterator["pa.RecordBatch"]:
        judge = Judge(contract, now)
        for batch in batches:
            for task in batch.column(0).to_pylist():
                for source in tasks[task]:
                    rows, verdict = read_file(source, _content(raw, source), contract, judge)
                    yield from _record_batches(source, rows, verdict, names, types)

    if not tasks:
        return spark.createDataFrame([], schema)
    return spark.range(0, len(tasks), 1, len(tasks)).mapInArrow(read, schema)


def share_out(sources: Sequence[Source], least: int) -> list[list[Source]]:
    """Shares files out to tasks of about the same size; at least so many tasks, as far as there are files."""
    size = sum(source.size for source in sources)
    count = min(len(sources), max(least, -(-size // BYTES_A_TASK)))
    tasks: list[list[Source]] = [[] for _ in range(count)]
    weights = [0] * count
    for source in sorted(sources, key=lambda each: (-each.size, each.key)):
        lightest = weights.index(min(weights))
        tasks[lightest].append(source)
        weights[lightest] += source.size + 1
    return tasks


def _content(raw: str, source: Source) -> bytes | None:
    try:
        return read_object(f"{raw}/{source.key}", source.version_id)
    except GoneError:
        return None


def _record_batches(
    source: Source, rows: list[FileRow], verdict: Verdict, names: list[str], types: list[DataType]
) -> Iterator["pa.RecordBatch"]:
    import pyarrow as pa

    arrow = [_arrow(pa, type_) for type_ in types]

    def batch(records: Iterable[Sequence[Any]]) -> "pa.RecordBatch":
        columns = zip(*records, strict=True)
        return pa.RecordBatch.from_arrays(
            [pa.array(column, type_) for column, type_ in zip(columns, arrow, strict=True)], names=names
        )

    remaining = iter(rows)
    while chunk := list(itertools.islice(remaining, ROWS_A_BATCH)):
        yield batch(_record(source, row) for row in chunk)
    yield batch([[verdict.to_json(), *[None] * (len(names) - 1)]])


def _record(source: Source, row: FileRow) -> list[Any]:
    """A row in the order of `schema.intake_schema`."""
    judged = row.judged
    origin = [source.key, source.version, source.time, row.sheet, row.number]
    return [None, *judged.values, row.rescued, judged.anomalies, *origin, row.raw, judged.broken or None]


def _arrow(pa: Any, type_: DataType) -> Any:
    simple: dict[type[DataType], Callable[[], Any]] = {
        StringType: pa.string,
        LongType: pa.int64,
        DateType: pa.date32,
        TimestampType: lambda: pa.timestamp("us", tz="UTC"),
    }
    match type_:
        case DecimalType():
            return pa.decimal128(type_.precision, type_.scale)
        case ArrayType():
            return pa.list_(_arrow(pa, type_.elementType))
        case _:
            return simple[type(type_)]()
