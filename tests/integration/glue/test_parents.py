"""Rows that belong to others: they wait, compete, expire, and share what their order cost."""

from datetime import timedelta

from house import NOW, House, csv, item, order, product

SHARES = ("id", "order_id", "order_item_total")


def test_items_wait_for_their_parents_and_share_what_the_order_cost(house: House) -> None:
    early = house.put(
        "order_items", "early.csv", csv([item(1, 10), item(2, 10), item(3, 11), item(4, 12, product_id=9)])
    )
    report = house.load("order_items", early)
    assert report.counts() == (4, 0, 0, 0, 4)
    assert {table["name"]: table["rows"] for table in report.document["tables"]} == {
        "order_items": 0,
        "order_items_rejects": 0,
        "order_items_pending": 4,
    }
    house.load("products", house.put("products", "p.csv", csv([product(1), product(2)])))
    house.load("orders", house.put("orders", "o.csv", csv([order(10, "10.01"), order(12, "5.00")])))
    # Without any file of its own; a newer row that waits holds back none.
    newer = house.put("order_items", "newer.csv", csv([item(1, 99, at="2025-04-02T10:00:00"), item(3, 11)]))
    report = house.load("order_items", newer)
    assert report.counts() == (2, 0, 0, 0, 2)
    assert house.rows("order_items", *SHARES) == [(1, 10, "5.01"), (2, 10, "5.00")]
    # Of two parked rows of a key and the same parents the greater waits on.
    waiting = [(1, "raw/order_items/newer.csv"), (3, "raw/order_items/newer.csv"), (4, "raw/order_items/early.csv")]
    assert house.rows("order_items_pending", "id", "_source_file") == waiting
    # Once a greater row is loaded, the lesser that waits is beaten; its file's count stays as it was told.
    greater = house.put("order_items", "greater.csv", csv([item(1, 10, at="2025-04-03T10:00:00"), item(5, 10)]))
    report = house.load("order_items", greater)
    assert report.counts() == (2, 2, 0, 0, 0)
    assert house.rows("order_items", *SHARES) == [(1, 10, "3.34"), (2, 10, "3.34"), (5, 10, "3.33")]
    assert [row[0] for row in house.rows("order_items_pending", "id")] == [3, 4]
    version = house.version("order_items")
    # A corrected order, in a run without items.
    house.load("orders", house.put("orders", "corrected.csv", csv([order(10, "9.00")])))
    report = house.load("order_items")
    assert house.rows("order_items", *SHARES) == [(1, 10, "3.00"), (2, 10, "3.00"), (5, 10, "3.00")]
    assert report.table("order_items")["version"] == version + 1
    # A week after they were parked first, rows that wait are rejected, and once only.
    late = NOW + timedelta(days=7)
    expired = house.load("order_items", now=late)
    assert house.rows("order_items_rejects", "row", "rule_ids", "source_file") == [
        (2, ["orphan_order_id"], "raw/order_items/newer.csv"),
        (4, ["orphan_product_id"], "raw/order_items/early.csv"),
    ]
    assert expired.table("order_items_pending")["rows"] == 0
    assert expired.table("order_items")["version"] == version + 1
    assert house.load("order_items", now=late).versions == expired.versions


def test_where_every_item_has_a_quantity_and_a_price_they_make_its_total(house: House) -> None:
    house.load("products", house.put("products", "p.csv", csv([product(1)])))
    house.load("orders", house.put("orders", "o.csv", csv([order(10, "100.00"), order(11, "100.00")])))
    priced = [item(1, 10, quantity=2, unit_price="1.50"), item(2, 10, quantity=1, unit_price="4.00")]
    priced += [item(3, 11, quantity=1, unit_price="7.00"), item(4, 11, quantity=None, unit_price=None)]
    house.load("order_items", house.put("order_items", "i.csv", csv(priced)))
    assert house.rows("order_items", *SHARES) == [(1, 10, "3.00"), (2, 10, "4.00"), (3, 11, "50.00"), (4, 11, "50.00")]
    # An item moves to another order: both are right again.
    house.load("order_items", house.put("order_items", "moved.csv", csv([item(4, 10)])))
    assert house.rows("order_items", *SHARES) == [(1, 10, "33.34"), (2, 10, "33.33"), (3, 11, "7.00"), (4, 10, "33.33")]
    full = house.load("order_items", house.put("order_items", "f.csv", csv([item(2, 10), item(7, 77)])), mode="full")
    assert full.counts() == (2, 1, 0, 0, 1)
    assert house.rows("order_items", *SHARES) == [(2, 10, "100.00")]
    assert house.rows("order_items_pending", "id") == [(7,)]
