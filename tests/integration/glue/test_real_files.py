"""The real files, where they are beside the repository: every row is loaded, every cent is shared."""

from pathlib import Path

import pytest
from house import House, Put

RAW = Path(__file__).resolve().parents[3] / ".." / "shared" / "data" / "raw"


def files(house: House, dataset: str) -> list[Put]:
    return [house.put(dataset, path.name, path.read_bytes()) for path in sorted((RAW / dataset).glob("*.csv"))]


@pytest.mark.skipif(not RAW.is_dir(), reason="the real files are not at ../shared/data/raw")
def test_all_rows_of_the_real_files_are_loaded_and_all_money_is_shared(house: House) -> None:
    house.load("products", *files(house, "products"))
    orders, items = files(house, "orders"), files(house, "order_items")
    for days in (slice(0, 7), slice(7, None)):
        house.load("orders", *orders[days])
        report = house.load("order_items", *items[days])
        assert all(file["rows_in"] == file["loaded"] > 0 for file in report.document["files"])
    assert house.table("products").count() == 1_000
    assert house.table("orders").count() == 5_000
    assert report.table("order_items")["rows"] == sum(len(each.content.splitlines()) - 1 for each in items)
    assert house.rows("order_items", "sum(order_item_total)") == house.rows("orders", "sum(total_amount)")
    again = house.load("order_items", *items[:3])
    assert again.versions == report.versions
