"""What happens to files and rows that need no parents: told on the orders."""

import io
import json
import runpy
import sys
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from contracts import ROOT, contract, contract_json
from house import House, csv, order
from lakehouse import job
from lakehouse.errors import ConcurrentCommitError, TableError
from lakehouse.idempotence import State, commit_once
from lakehouse.tables import open_tables
from pyspark.sql import SparkSession

COLUMNS = ("order_id", "total_amount", "date", "_source_file", "_source_row")


def test_each_file_is_accounted_for_and_none_holds_up_another(house: House) -> None:
    good = csv(
        [
            order(1, "10.00"),
            order(1, "11.00", at="2025-04-01T11:00:00"),
            order(2, "-1"),
            order(3, "12,50", user_id="x"),
            order(4, "7.00", date="2025-04-02", shelf="B"),
            order(5, "8.00", at="2025-04-02T23:30:00-01:00"),
        ]
    ).replace("date\n", "date,Shelf\n", 1)
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "2025-04-03"
    for row in (list(order(1)), [1, 6, 100.0, datetime(2025, 4, 3, 8, 15), 9.99, None]):  # noqa: DTZ001
        book.active.append(row)
    saved = io.BytesIO()
    book.save(saved)
    overwritten = house.put("orders", "overwritten.csv", csv([order(90)]))
    files = [
        house.put("orders", "a/good.csv", good),
        house.put("orders", "book [1]*.xlsx", saved.getvalue()),
        house.put("orders", "_header only.csv", "order_num,order_id,user_id,order_timestamp,total_amount\n"),
        house.put("orders", "bad.csv", csv([order(7, "-1"), order(8, "-1"), order(9)])),
        house.put("orders", "no id.csv", "order_num,user_id\n1,2\n"),
        overwritten,
    ]
    house.put("orders", "overwritten.csv", csv([order(91)]))
    report = house.load("orders", *files, batch="b-one")
    assert report.counts("a/good.csv") == (6, 3, 1, 2, 0)
    assert report.file("a/good.csv")["rules"] == {
        "above_total_amount": 1,
        "cast_total_amount": 1,
        "cast_user_id": 1,
    }
    assert report.file("a/good.csv")["unknown_columns"] == ["shelf"]
    assert report.counts("book [1]*.xlsx") == (1, 1, 0, 0, 0)
    assert report.counts("_header only.csv") == (0, 0, 0, 0, 0)
    states = {file["key"].rpartition("/")[2]: (file["status"], file["reason"]) for file in report.document["files"]}
    assert states["_header only.csv"] == ("accepted", None)
    assert states["overwritten.csv"] == ("changed", "the object was overwritten or deleted meanwhile")
    assert states["no id.csv"] == (
        "quarantined",
        'the header lacks the required columns "order_id", "order_timestamp", "total_amount"',
    )
    assert states["bad.csv"][0] == "quarantined"
    assert [sample["row"] for sample in report.file("bad.csv")["sample"]] == [1, 2]
    assert house.rows("orders", *COLUMNS, "_rescued", "anomalies", "_source_sheet", "_run_id", "_ingested_at") == [
        (1, "11.00", "2025-04-01", "raw/orders/a/good.csv", 2, None, [], None, "b-one", "2025-06-01 12:00:00"),
        (
            4,
            "7.00",
            "2025-04-01",
            "raw/orders/a/good.csv",
            5,
            '{"shelf":"B"}',
            ["date_mismatch"],
            None,
            "b-one",
            "2025-06-01 12:00:00",
        ),
        # Its own date is the local one; in UTC the day is the next.
        (
            5,
            "8.00",
            "2025-04-03",
            "raw/orders/a/good.csv",
            6,
            None,
            ["date_mismatch"],
            None,
            "b-one",
            "2025-06-01 12:00:00",
        ),
        (
            6,
            "9.99",
            "2025-04-03",
            "raw/orders/book [1]*.xlsx",
            1,
            None,
            [],
            "2025-04-03",
            "b-one",
            "2025-06-01 12:00:00",
        ),
    ]
    rejects = house.rows("orders_rejects", "row", "rule_ids", "source_file", "sheet", "run_id", "rejected_at", "day")
    common = ("raw/orders/a/good.csv", None, "b-one", "2025-06-01 12:00:00", "2025-06-01")
    assert rejects == [(3, ["above_total_amount"], *common), (4, ["cast_user_id", "cast_total_amount"], *common)]
    raws = [json.loads(raw) for (raw,) in house.rows("orders_rejects", "raw")]
    assert {raw["total_amount"] for raw in raws} == {"-1", "12,50"}
    assert {table["name"]: table["rows"] for table in report.document["tables"]} == {"orders": 4, "orders_rejects": 2}


def test_the_greatest_row_of_a_key_survives_and_equal_values_change_nothing(house: House, spark: SparkSession) -> None:
    first = house.put("orders", "first.csv", csv([order(1), order(2), order(3)]), time="1743500100")
    house.load("orders", first)
    tables = {name: house.version(name) for name in ("orders", "orders_rejects")}
    loaded = house.rows("orders", *COLUMNS, "_run_id")
    # The same values, from a newer file; and an older file with other values.
    same = house.put("orders", "same.csv", csv([order(1), order(2)]), time="1743500200")
    late = house.put("orders", "late.csv", csv([order(3, "99.00")]), time="1743500000")
    report = house.load("orders", same, late)
    assert report.counts("same.csv") == (2, 0, 2, 0, 0)
    assert report.counts("late.csv") == (1, 0, 1, 0, 0)
    assert {name: house.version(name) for name in tables} == tables
    assert house.rows("orders", *COLUMNS, "_run_id") == loaded
    # A newer row wins, also on another day: its key is there once.
    before = {name: spark.conf.get(name, None) for name in ("spark.sql.parquet.compression.codec",)}
    moved = house.put(
        "orders", "moved.csv", csv([order(1, "5.00", at="2025-04-03T10:00:00"), order(4)]), time="1743500001"
    )
    report = house.load("orders", moved)
    assert report.counts() == (2, 2, 0, 0, 0)
    assert [row[:3] for row in house.rows("orders", *COLUMNS)] == [
        (1, "5.00", "2025-04-03"),
        (2, "10.00", "2025-04-01"),
        (3, "10.00", "2025-04-01"),
        (4, "10.00", "2025-04-01"),
    ]
    assert report.versions == {"orders": tables["orders"] + 1, "orders_rejects": tables["orders_rejects"]}
    assert {name: spark.conf.get(name, None) for name in before} == before
    detail = spark.sql(f"DESCRIBE DETAIL delta.`{house.path('orders')}`").collect()[0]
    assert (detail["minReaderVersion"], detail["partitionColumns"]) == (1, ["date"])
    files = [Path(name.removeprefix("file://")) for name in house.table("orders").inputFiles()]
    assert all(".zstd.parquet" in file.name for file in files)


def test_a_retry_after_a_crash_counts_as_if_nothing_had_happened(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [
        house.put("orders", "a.csv", csv([order(1), order(2, "-1"), order(3)])),
        house.put("orders", "b.csv", csv([order(1), order(3, "3.00")])),
    ]

    def crash(*_: object) -> None:
        raise RuntimeError("the machine went away")

    with monkeypatch.context() as patched:
        patched.setattr(job, "add_rejects", crash)
        with pytest.raises(RuntimeError, match="the machine went away"):
            house.load("orders", *files, batch="b-crashed")
    version = house.version("orders")
    report = house.load("orders", *files, batch="b-again")
    assert report.counts("a.csv") == (3, 0, 2, 1, 0)
    assert report.counts("b.csv") == (2, 2, 0, 0, 0)
    assert house.version("orders") == version
    again = house.load("orders", *files, batch="b-again")
    assert again.document["files"] == report.document["files"]
    assert again.versions == report.versions
    assert house.rows("orders_rejects", "row", "run_id") == [(2, "b-again")]


def test_full_makes_the_table_exactly_what_the_files_hold(house: House) -> None:
    house.load("orders", house.put("orders", "old.csv", csv([order(1), order(2)])))
    broken = house.put("orders", "broken.csv", "")
    new = house.put("orders", "new.csv", csv([order(2, "1.00", at="2024-01-01T00:00:00"), order(3)]), time="1")
    untouched = house.load("orders", broken, mode="full")
    assert (untouched.file("broken.csv")["status"], untouched.table("orders")["rows"]) == ("quarantined", 2)
    report = house.load("orders", new, broken, mode="full")
    assert report.counts("new.csv") == (2, 2, 0, 0, 0)
    assert [row[:2] for row in house.rows("orders", *COLUMNS)] == [(2, "1.00"), (3, "10.00")]
    assert report.table("orders")["version"] == untouched.table("orders")["version"] + 1


def test_a_new_optional_column_widens_the_table_and_another_type_is_refused(house: House) -> None:
    house.load("orders", house.put("orders", "a.csv", csv([order(1)])))
    columns = contract_json("orders")["columns"]
    coupon = {"name": "coupon", "type": "string", "nullable": True, "optional": True, "description": "It's a code."}
    wider = contract("orders", columns=[*columns, coupon])
    report = house.load("orders", house.put("orders", "b.csv", csv([order(2, coupon="X1")])), declared=wider)
    assert report.table("orders")["schema_changed"]
    assert house.rows("orders", "order_id", "coupon") == [(1, None), (2, "X1")]
    texts = [{**column, "type": "string"} if column["name"] == "user_id" else column for column in columns]
    with pytest.raises(TableError) as refused:
        house.load("orders", declared=contract("orders", columns=texts))
    assert str(refused.value) == (
        'The column "user_id" of the table orders is bigint, but the contract makes it string. '
        "A column's type cannot change: give the new column another name, or take the change back."
    )


def test_a_stale_attempt_of_a_batch_cannot_commit(house: House, spark: SparkSession) -> None:
    stale = open_tables(spark, house.path("").rstrip("/"), contract("products")).main

    def insert() -> None:
        spark.sql(f"INSERT INTO delta.`{stale.path}` (product_id) VALUES (1)")

    def delete() -> None:
        spark.sql(f"DELETE FROM delta.`{stale.path}`")

    assert commit_once(spark, stale, "b-1", insert) == State(stale.version + 1, rows=1)
    for batch in ("b-1", "b-2"):
        with pytest.raises(ConcurrentCommitError, match="version 1 is not its own: another writer was there"):
            commit_once(spark, stale, batch, delete if batch == "b-1" else insert)
    # Of b-1, which had committed, nothing more came through.
    assert house.table("products").count() == 2


def test_the_script_runs_as_glue_runs_it(
    house: House, spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = house.put("products", "p.csv", "product_id,department_id,department,product_name\n1,2,Bakery,Bread\n")
    house.load("products", file, batch="b-1")
    folder = f"file://{tmp_path}"
    arguments = {
        "JOB_NAME": "products",
        "contract": json.dumps(contract_json("products")),
        "raw": folder,
        "processed": f"{folder}/processed",
        "files": f"{folder}/runs/b-1/files.json",
        "report": f"{folder}/runs/b-1/again.json",
        "batch": "b-1",
        "mode": "incremental",
    }
    monkeypatch.setattr(
        sys, "argv", ["x", *(word for name, value in arguments.items() for word in (f"--{name}", value))]
    )
    runpy.run_path(str(ROOT / "glue" / "product_etl.py"), run_name="__main__")
    report = json.loads((tmp_path / "runs/b-1/again.json").read_text())
    assert [(each["loaded"], each["status"]) for each in report["files"]] == [(1, "accepted")]
    assert SparkSession.getActiveSession() is spark
