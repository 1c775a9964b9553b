"""Cast and rules: what a row is rejected for, and what is only odd."""

from datetime import UTC, datetime
from typing import Any

from contracts import contract
from lakehouse.judge import Judge, Judged

NOW = datetime(2025, 6, 1, 12, tzinfo=UTC)
ITEM = {
    "id": "1",
    "order_id": "10",
    "user_id": "100",
    "days_since_prior_order": "",
    "product_id": "5",
    "add_to_cart_order": "1",
    "reordered": "0",
    "order_timestamp": "2025-04-01T10:00:00",
    "date": "2025-04-01",
}
ORDER = {
    "order_num": "1",
    "order_id": "10",
    "user_id": "100",
    "order_timestamp": "2025-04-01T10:00:00",
    "total_amount": "10.00",
}


def judged(dataset: str, row: dict[str, Any], *, too_many_cells: bool = False) -> Judged:
    declared = contract(dataset)
    cells = [row.get(name) for name in declared.column_names]
    return Judge(declared, NOW).judge(cells, too_many_cells=too_many_cells)


def broken(dataset: str, row: dict[str, Any], **changes: Any) -> list[str]:
    return judged(dataset, {**row, **changes}).broken


def test_a_good_row_breaks_nothing() -> None:
    assert broken("order_items", ITEM) == []
    assert broken("orders", ORDER) == []


def test_a_row_carries_every_rule_that_it_broke() -> None:
    row = {"days_since_prior_order": "-1", "product_id": "x", "add_to_cart_order": "0", "reordered": "2", "user_id": ""}
    assert broken("order_items", ITEM, **row) == [
        "cast_product_id",
        "not_null_user_id",
        "at_least_days_since_prior_order",
        "at_least_add_to_cart_order",
        "one_of_reordered",
    ]


def test_what_could_not_be_cast_breaks_the_cast_alone() -> None:
    assert broken("orders", ORDER, total_amount="12,50") == ["cast_total_amount"]


def test_every_column_but_four_must_have_a_value() -> None:
    nothing = dict.fromkeys(ITEM)
    assert broken("order_items", ITEM, **nothing) == [
        f"not_null_{name}"
        for name in ("id", "order_id", "user_id", "product_id", "add_to_cart_order", "reordered", "order_timestamp")
    ]


def test_bounds() -> None:
    assert broken("orders", ORDER, total_amount="0") == ["above_total_amount"]
    assert broken("orders", ORDER, total_amount="0.01") == []
    assert broken("order_items", ITEM, days_since_prior_order="0") == []
    assert broken("order_items", ITEM, quantity="0", unit_price="0") == ["above_quantity"]
    assert broken("order_items", ITEM, quantity="1", unit_price="-0.01") == ["at_least_unit_price"]


def test_an_order_is_from_2000_on_and_at_most_a_day_ahead_of_the_clock() -> None:
    def at(text: str) -> list[str]:
        return broken("orders", ORDER, order_timestamp=text)

    assert at("1999-12-31T23:59:59") == ["between_order_timestamp"]
    assert at("2000-01-01T00:00:00") == []
    assert at("2025-06-02T12:00:00") == []
    assert at("2025-06-02T12:00:00.000001") == ["between_order_timestamp"]


def test_the_day_is_computed_and_another_one_is_an_anomaly() -> None:
    for own, anomalies in [
        ("2025-04-01", []),
        ("2025-04-02", ["date_mismatch"]),
        ("April", ["date_mismatch"]),
        ("", []),
    ]:
        found = judged("orders", {**ORDER, "date": own})
        assert found.broken == []
        assert found.values[-1].isoformat() == "2025-04-01"
        assert found.anomalies == anomalies


def test_the_day_is_that_of_the_instant_in_utc() -> None:
    found = judged("orders", {**ORDER, "order_timestamp": "2025-04-02T01:00:00+02:00"})
    assert found.values[-1].isoformat() == "2025-04-01"


def test_too_many_cells_reject_a_row() -> None:
    assert judged("orders", ORDER, too_many_cells=True).broken == ["too_many_cells"]
