"""A file as a whole: when it is quarantined, what is fine, and how its rows are numbered."""

import hashlib
import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from contracts import contract
from lakehouse.file_rows import FileRow, read_file
from lakehouse.judge import Judge
from lakehouse.sources import Source
from lakehouse.verdict import Verdict

NOW = datetime(2025, 6, 1, tzinfo=UTC)
HEADER = "product_id,department_id,department,product_name"
ROWS = "1,10,Bakery,Bread\n2,10,Bakery,Rolls\n"


def read(
    content: bytes | str, key: str = "raw/products/a.csv", dataset: str = "products"
) -> tuple[list[FileRow], Verdict]:
    data = content.encode() if isinstance(content, str) else content
    source = Source(key, hashlib.md5(data, usedforsecurity=False).hexdigest(), None, len(data), Decimal(1))
    declared = contract(dataset)
    return read_file(source, data, declared, Judge(declared, NOW))


def values(content: bytes | str) -> list[list[Any]]:
    rows, verdict = read(content)
    assert verdict.status == "accepted", verdict.reason
    assert verdict.rows_in == len(rows)
    return [row.judged.values for row in rows]


def reason(content: bytes | str, key: str = "raw/products/a.csv") -> str | None:
    rows, verdict = read(content, key)
    assert verdict.status == "quarantined"
    assert (rows, verdict.rows_in, verdict.rejected, verdict.rules) == ([], 0, 0, {})
    return verdict.reason


GOOD = [[1, 10, "Bakery", "Bread"], [2, 10, "Bakery", "Rolls"]]


@pytest.mark.parametrize(
    "content",
    [
        f"{HEADER}\n{ROWS}",
        f"\ufeff{HEADER}\n{ROWS}",
        f"{HEADER}\n{ROWS}".replace("\n", "\r\n"),
        f"{HEADER}\n{ROWS}".rstrip("\n"),
        f"{HEADER}\n\n1,10,Bakery,Bread\n   \n2,10,Bakery,Rolls\n\n\n",
        f" Product_ID ,DEPARTMENT_ID,department , product_name\n{ROWS}",
        "product_name,department,product_id,department_id\nBread,Bakery,1,10\nRolls,Bakery,2,10\n",
        f'{HEADER}\n1,10,"Bakery",Bread\n" 2 ",10, Bakery ,"Rolls"\n',
    ],
    ids=["plain", "BOM", "CRLF", "no last line end", "blank lines", "header's case and blanks", "order", "quotes"],
)
def test_these_files_hold_the_same_rows(content: str) -> None:
    assert values(content) == GOOD


def test_a_file_with_only_a_header_is_fine() -> None:
    assert values(HEADER) == []


def test_quoted_newlines_belong_to_the_value() -> None:
    rows, _ = read(f'{HEADER}\n1,10,"Bakery\nand more","said ""hi"", twice"\n2,10,Bakery,Rolls\n')
    assert rows[0].judged.values[2:] == ["Bakery\nand more", 'said "hi", twice']
    assert [row.number for row in rows] == [1, 2]


def test_rows_are_numbered_below_the_header_without_blank_lines() -> None:
    rows, _ = read(f"{HEADER}\n\n1,10,Bakery,Bread\n\n2,10,Bakery,Rolls\n")
    assert [row.number for row in rows] == [1, 2]


def test_cells_that_a_line_lacks_are_null() -> None:
    rows, verdict = read(f"{HEADER}\n1,10\n2,10,Bakery,Rolls\n3,10,Bakery,Cake\n")
    assert rows[0].judged.broken == ["not_null_department", "not_null_product_name"]
    assert rows[0].raw == '{"product_id":"1","department_id":"10"}'
    assert verdict.rules == {"not_null_department": 1, "not_null_product_name": 1}


def test_a_line_with_too_many_cells_is_a_rejected_row() -> None:
    rows, verdict = read(f"{HEADER}\n{ROWS}3,10,Bakery,Cake,9\n")
    assert [row.judged.broken for row in rows] == [[], [], ["too_many_cells"]]
    assert verdict.rejected == 1
    assert verdict.sample == [
        {
            "row": 3,
            "rule_ids": ["too_many_cells"],
            "raw": {
                "product_id": "3",
                "department_id": "10",
                "department": "Bakery",
                "product_name": "Cake",
                "_surplus": ["9"],
            },
        }
    ]


def test_unknown_columns_are_kept_as_text_and_told() -> None:
    rows, verdict = read(f"{HEADER}, Shelf ,aisle\n1,10,Bakery,Bread, 7 ,x\n2,10,Bakery,Rolls,,\n")
    assert [row.rescued for row in rows] == ['{"aisle":"x","shelf":"7"}', None]
    assert verdict.unknown_columns == ["aisle", "shelf"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", "it is empty: zero bytes"),
        ("\n\n", "it has no header"),
        (f'{HEADER}\n1,10,"Bakery,Bread\n', "a quote is opened and never closed"),
        (f'{HEADER}\n1,10,"Bak"ery,Bread\n', "line 2 is not CSV: ',' expected after '\"'"),
        (f"{HEADER}\n1,10,Bäckerei,Brot\n".encode("latin-1"), "it is not UTF-8: byte 56 is 0xe4"),
        (f"{HEADER},PRODUCT_ID\n", 'the header names column "product_id" twice'),
        ("product_id,product_name\n", 'the header lacks the required columns "department_id", "department"'),
        (
            "PK\x03\x04",
            'the header lacks the required columns "product_id", "department_id", "department", "product_name"',
        ),
    ],
)
def test_these_files_are_quarantined(content: bytes | str, expected: str) -> None:
    assert reason(content) == expected


def test_more_rejects_than_the_contract_allows_quarantine_a_file() -> None:
    half = f"{HEADER}\n1,10,Bakery,Bread\nx,10,Bakery,Rolls\n"
    assert read(half)[1].status == "accepted"
    assert reason(f"{half}y,,Bakery,Cake\n") == (
        "2 of its 3 rows broke rules, more than the share of 0.5 that is allowed: "
        "cast_product_id (2), not_null_department_id (1)"
    )
    assert [each["row"] for each in read(f"{half}y,,Bakery,Cake\n")[1].sample] == [2, 3]


@pytest.mark.parametrize("key", ["raw/products/a.txt", "raw/products/a", "raw/products/csv", "raw/products/a.csv.bak"])
def test_an_unknown_extension_is_quarantined(key: str) -> None:
    assert "has an extension that is not read here" in (reason(f"{HEADER}\n{ROWS}", key) or "")


def test_an_extension_may_be_in_capitals() -> None:
    assert read(f"{HEADER}\n{ROWS}", "raw/products/sub/A.CSV")[1].rows_in == 2


def test_an_object_that_changed_or_went_is_left_for_the_next_batch() -> None:
    source = Source("raw/products/a.csv", "0" * 32, None, 1, Decimal(1))
    declared = contract("products")
    for content in (None, b"another"):
        rows, verdict = read_file(source, content, declared, Judge(declared, NOW))
        assert (rows, verdict.status) == ([], "changed")


ORDER_HEADER = ["order_num", "order_id", "user_id", "order_timestamp", "total_amount", "date"]


def workbook(sheets: dict[str, list[list[Any]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read_orders(sheets: dict[str, list[list[Any]]]) -> tuple[list[FileRow], Verdict]:
    return read(workbook(sheets), "raw/orders/2025-04.xlsx", "orders")


def test_a_workbook_s_cells_are_taken_as_typed() -> None:
    at = datetime(2025, 4, 1, 11, 27)  # noqa: DTZ001, Excel knows no zones
    rows, verdict = read_orders(
        {
            "2025-04-01": [ORDER_HEADER, [1, 10, 100.0, at, 12.34, at.date()]],
            "empty": [],
            "notes": [["nothing to see"]],
            "2025-04-02": [
                ORDER_HEADER,
                [None] * 6,
                ["2", " 11 ", 100, "2025-04-02T00:00:00Z", 0.1 + 0.2, None],
                [3, 12, 100, date(2025, 4, 2), "5.00", "x"],
            ],
        }
    )
    assert verdict.status == "accepted", verdict.reason
    assert [(row.sheet, row.number, row.judged.broken, row.judged.anomalies) for row in rows] == [
        ("2025-04-01", 1, [], []),
        ("2025-04-02", 1, [], []),
        ("2025-04-02", 2, [], ["date_mismatch"]),
    ]
    assert rows[0].judged.values == [1, 10, 100, at.replace(tzinfo=UTC), Decimal("12.34"), at.date()]
    assert rows[1].judged.values[4] == Decimal("0.30")
    assert rows[2].judged.values[3] == datetime(2025, 4, 2, tzinfo=UTC)


def test_rejected_rows_of_a_workbook_are_kept_as_json() -> None:
    at = datetime(2025, 4, 1, 11, 27)  # noqa: DTZ001, Excel knows no zones
    rows, _ = read_orders(
        {
            "s": [
                ORDER_HEADER,
                [1, 10, 100.5, at, 12.34],
                [2, 11, 100, at, 1.5, None, 7],
                [3, 12, 1, at, 1],
                [4, 13, 1, at, 1],
            ]
        }
    )
    assert [row.judged.broken for row in rows] == [["cast_user_id"], ["too_many_cells"], [], []]
    assert json.loads(rows[0].raw or "")["order_timestamp"] == "2025-04-01T11:27:00"


def test_every_sheet_with_rows_must_have_the_required_columns() -> None:
    _, verdict = read_orders({"good": [ORDER_HEADER], "bad": [ORDER_HEADER[:4], [1, 2, 3, "x"]]})
    assert (verdict.status, verdict.reason) == (
        "quarantined",
        'sheet "bad": the header lacks the required column "total_amount"',
    )


@pytest.mark.parametrize("content", [b"order_num,order_id\n", b"PK\x03\x04 and so on", workbook({"a": [[1]]})[:-200]])
def test_what_is_no_whole_workbook_is_quarantined(content: bytes) -> None:
    _, verdict = read(content, "raw/orders/a.xlsx", "orders")
    assert verdict.status == "quarantined"
