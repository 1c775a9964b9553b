"""The job's arguments, files and shares of work."""

import json
from decimal import Decimal
from typing import Any

import pytest
from contracts import contract_json
from hypothesis import given
from hypothesis import strategies as st
from lakehouse.arguments import parse_arguments
from lakehouse.errors import AccountingError, ArgumentsError
from lakehouse.intake import share_out
from lakehouse.report import Fates, file_report
from lakehouse.sources import Source, parse_sources
from lakehouse.verdict import Verdict

ARGUMENTS = {
    "JOB_NAME": "job",
    "contract": json.dumps(contract_json("products")),
    "raw": "s3://raw",
    "processed": "s3://processed/processed/",
    "files": "s3://processed/runs/b-1/files.json",
    "report": "s3://processed/runs/b-1/reports/products.json",
    "batch": "b-1",
    "mode": "incremental",
}


def argv(**changes: str | None) -> list[str]:
    given = {**ARGUMENTS, **changes}
    return ["job.py", *(word for name, value in given.items() if value is not None for word in (f"--{name}", value))]


def test_arguments_are_typed() -> None:
    parsed = parse_arguments(argv())
    assert (parsed.contract.name, parsed.raw, parsed.processed, parsed.batch, parsed.mode) == (
        "products",
        "s3://raw",
        "s3://processed/processed",
        "b-1",
        "incremental",
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"batch": None},
            "The job's arguments are unusable: the following arguments are required: --batch. "
            "The workflow passes them.",
        ),
        ({"mode": "all"}, "--mode is 'all'; it must be one of incremental, full."),
        ({"raw": "/tmp/raw"}, "--raw must be an s3:// URI, not '/tmp/raw'."),
    ],
)
def test_unusable_arguments_are_told(changes: dict[str, str | None], message: str) -> None:
    with pytest.raises(ArgumentsError) as refused:
        parse_arguments(argv(**changes))
    assert str(refused.value) == message


def entry(**changes: Any) -> dict[str, Any]:
    return {
        "key": "raw/products/a.csv",
        "dataset": "products",
        "versionId": "v1",
        "version": "0" * 32,
        "size": 5,
        "time": "1743500000.1234567891",
        "status": "fresh",
        **changes,
    }


def test_a_job_takes_the_fresh_files_of_its_dataset() -> None:
    files = [entry(), entry(key="b", dataset="orders"), entry(key="c", status="skipped"), entry(key="d", dataset=None)]
    assert parse_sources(json.dumps({"files": files}).encode(), "products") == [
        Source("raw/products/a.csv", "0" * 32, "v1", 5, Decimal("1743500000.123456789"))
    ]


def test_an_unusable_list_of_files_is_told() -> None:
    with pytest.raises(ArgumentsError, match="has the time 'now', which is no number of seconds"):
        parse_sources(json.dumps({"files": [entry(time="now")]}).encode(), "products")


@given(st.lists(st.integers(0, 10**8), max_size=40), st.integers(1, 8))
def test_every_file_is_some_task_s_and_no_task_is_idle(sizes: list[int], least: int) -> None:
    sources = [Source(f"f{place}", "", None, size, Decimal(0)) for place, size in enumerate(sizes)]
    tasks = share_out(sources, least)
    assert sorted(source.key for task in tasks for source in task) == sorted(source.key for source in sources)
    assert all(tasks)
    assert len(tasks) >= min(least, len(sources))


def test_rows_unaccounted_for_fail_the_run() -> None:
    verdict = Verdict("raw/products/a.csv", "v", "accepted", rows_in=5, rejected=1)
    assert file_report(verdict, Fates(loaded=2, duplicate=1, pending=1))["loaded"] == 2
    with pytest.raises(AccountingError) as failed:
        file_report(verdict, Fates(loaded=2, duplicate=1))
    assert str(failed.value).startswith(
        "raw/products/a.csv has 5 rows, but 2 loaded, 1 duplicate, 1 rejected and 0 pending ones: 4 in all."
    )
