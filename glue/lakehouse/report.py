"""`runs/{batch}/reports/{dataset}.json`: what the job did, for the steps of the run that come after it."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from lakehouse.errors import AccountingError
from lakehouse.verdict import Verdict


@dataclass(frozen=True)
class Fates:
    """What became of a file's good rows."""

    loaded: int = 0
    duplicate: int = 0
    pending: int = 0


@dataclass(frozen=True)
class TableReport:
    """A table as the job left it."""

    name: str
    location: str
    version: int
    rows: int
    schema_changed: bool


def file_report(verdict: Verdict, fates: Fates) -> dict[str, Any]:
    """A file's line of the report.

    Raises:
        AccountingError: the rows that were read are not the rows that something became of.
    """
    accounted = fates.loaded + fates.duplicate + verdict.rejected + fates.pending
    if accounted != verdict.rows_in:
        raise AccountingError(
            f"{verdict.key} has {verdict.rows_in} rows, but {fates.loaded} loaded, {fates.duplicate} duplicate, "
            f"{verdict.rejected} rejected and {fates.pending} pending ones: {accounted} in all. Nothing was reported; "
            f"the file stays in the raw zone. This is a defect of the job: keep the file and its log."
        )
    return {
        "key": verdict.key,
        "version": verdict.version,
        "status": verdict.status,
        "reason": verdict.reason,
        "sample": verdict.sample,
        "rows_in": verdict.rows_in,
        "loaded": fates.loaded,
        "duplicate": fates.duplicate,
        "rejected": verdict.rejected,
        "pending": fates.pending,
        "rules": verdict.rules,
        "unknown_columns": verdict.unknown_columns,
    }


def report_json(
    dataset: str, batch: str, files: Sequence[dict[str, Any]], tables: Sequence[TableReport], seconds: float
) -> bytes:
    """The document: the same bytes for the same facts."""
    document = {
        "dataset": dataset,
        "batch": batch,
        "files": sorted(files, key=lambda file: file["key"]),
        "tables": [asdict(table) for table in tables],
        "seconds": round(seconds, 3),
    }
    return json.dumps(document, ensure_ascii=False).encode()
