"""The Spark plans against models in plain Python, on hundreds of random keys at once: a plan is one run of Spark."""

import random
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from contracts import contract
from house import House, csv, order
from lakehouse.allocation import allocate
from lakehouse.competition import decide
from lakehouse.schema import main_schema, pending_schema
from model import Offer, Standing, decide_key, even_shares
from pyspark.sql import SparkSession

NOW = datetime(2025, 6, 1, tzinfo=UTC)
ITEMS = contract("order_items")
KEYS = 400


def instant(minute: int) -> datetime:
    return datetime(2025, 4, 1, tzinfo=UTC) + timedelta(minutes=minute)


def random_row(dice: random.Random, key: int) -> dict[str, Any]:
    """A row of order_items whose fields tie with those of others now and then."""
    at = instant(dice.randrange(2))
    return {
        "id": key,
        "order_id": dice.choice([1, 2, 3]),
        "user_id": dice.choice([100, 200]),
        "product_id": dice.choice([1, 2]),
        "add_to_cart_order": 1,
        "reordered": 0,
        "order_timestamp": at,
        "date": at.date(),
        "anomalies": [],
        "_source_file": dice.choice(["raw/a.csv", "raw/B.csv", "raw/ä.csv"]),
        "_source_version": dice.choice(["1", "2"]),
        "_source_time": Decimal(dice.choice(["1", "1.000000001"])),
        "_source_sheet": dice.choice([None, "s"]),
        "_source_row": dice.randrange(1, 3),
    }


def place(row: dict[str, Any]) -> tuple[Any, ...]:
    # Nulls come first; text compares by its bytes.
    sheet = (row["_source_sheet"] is not None, row["_source_sheet"] or "")
    return (
        row["order_timestamp"],
        row["_source_time"],
        row["_source_file"].encode(),
        sheet,
        row["_source_row"],
        row["_source_version"],
    )


def row_id(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in ("_source_file", "_source_version", "_source_sheet", "_source_row"))


def values(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row.get(name) for name in ITEMS.column_names)


def test_what_becomes_of_an_offer_is_what_the_law_says(spark: SparkSession) -> None:
    dice = random.Random(20250401)
    offers: dict[int, list[dict[str, Any]]] = {}
    table: dict[int, dict[str, Any]] = {}
    for key in range(KEYS):
        drawn = [random_row(dice, key) for _ in range(dice.randrange(1, 6))]
        offers[key] = list({row_id(row): row for row in drawn}.values())
        for row in offers[key]:
            row["parked_at"] = dice.choice([None, NOW - timedelta(days=1), NOW - timedelta(days=7)])
            row["from_file"] = row["parked_at"] is None or dice.random() < 0.2
        if dice.random() < 0.6:
            table[key] = dice.choice([random_row(dice, key), dict(offers[key][0])])
    names = pending_schema(ITEMS).names[:-3]
    types = {field.name: field.dataType.simpleString() for field in pending_schema(ITEMS)}
    listed = [row for rows in offers.values() for row in rows]
    schema = ",".join(f"`{name}` {types[name]}" for name in names) + ",raw string,parked_at timestamp,from_file boolean"
    given = spark.createDataFrame(
        [tuple(row.get(name) for name in names) + ("", row["parked_at"], row["from_file"]) for row in listed],
        schema,
    )
    main = main_schema(ITEMS)
    standing = spark.createDataFrame([tuple(row.get(name) for name in main.names) for row in table.values()], main)
    parents = {
        "orders": spark.createDataFrame([(1,), (2,)], "order_id bigint"),
        "products": spark.createDataFrame([(1,)], "product_id bigint"),
    }
    decided = decide(given, standing, parents, ITEMS, NOW).collect()
    got = {(row["id"], *(row[name] for name in names if name.startswith("_source"))): row for row in decided}
    assert len(got) == len(listed)
    seen = set()
    for key, rows in offers.items():
        known = table.get(key)
        models = [
            Offer(
                place=place(row),
                row_id=row_id(row),
                values=values(row),
                parents=(row["order_id"], row["product_id"]),
                ready=row["order_id"] in (1, 2) and row["product_id"] == 1,
                expired=not row["from_file"] and row["parked_at"] <= NOW - timedelta(days=7),
            )
            for row in rows
        ]
        there = Standing(place(known), row_id(known), values(known)) if known else None
        for row, action in zip(rows, decide_key(models, there), strict=True):
            found = got[(key, *(row[name] for name in names if name.startswith("_source")))]
            assert found["action"] == action, (rows, known)
            lacks = [
                *(["orphan_order_id"] if row["order_id"] == 3 else []),
                *(["orphan_product_id"] if row["product_id"] == 2 else []),
            ]
            assert found["lacks"] == lacks
            seen.add(action)
    assert seen == {"upsert", "kept", "duplicate", "park", "expire"}


def test_shares_add_up_to_the_cent_whatever_changed(spark: SparkSession) -> None:
    dice = random.Random(7)
    rows: list[dict[str, Any]] = []
    totals = {group: dice.randrange(1, 100_000) for group in range(200)}
    for group in totals:
        weighted = dice.random()
        for _ in range(dice.randrange(1, 8)):
            known = dice.random() < weighted
            rows.append(
                {"group": group, "quantity": dice.randrange(1, 9) if known else None, "price": dice.randrange(9999)}
            )
    for key, row in enumerate(dice.sample(rows, len(rows))):
        row["id"] = key
        row["new"] = dice.random() < 0.3
        row["old"] = None if row["new"] else dice.randrange(1000)
    main = main_schema(ITEMS)

    def whole(row: dict[str, Any]) -> tuple[Any, ...]:
        cells = {
            "id": row["id"],
            "order_id": row["group"],
            "quantity": row["quantity"],
            "unit_price": Decimal(row["price"]) / 100,
            "order_item_total": None if row["old"] is None else Decimal(row["old"]) / 100,
        }
        return tuple(cells.get(name) for name in main.names)

    upserts = spark.createDataFrame([whole(row) for row in rows if row["new"]], main)
    # An upsert replaces what the table has under its key.
    table = spark.createDataFrame([whole({**row, "old": 5}) for row in rows], main)
    kept = spark.createDataFrame([whole(row) for row in rows if not row["new"]], main)
    parent = spark.createDataFrame(
        [(g, Decimal(c) / 100) for g, c in totals.items()], "order_id bigint, total_amount decimal(12,2)"
    )
    replaced = table.join(upserts.select("id"), "id", "left_semi").select(*main.names)
    shares = allocate(upserts, kept.unionByName(replaced), {"orders": parent}, ITEMS).collect()
    found = {row["id"]: (row["order_item_total"], row["is_upsert"]) for row in shares}
    for group, total in totals.items():
        members = sorted((row for row in rows if row["group"] == group), key=lambda row: int(row["id"]))
        if all(row["quantity"] is not None for row in members):
            wanted = [row["quantity"] * row["price"] for row in members]
        else:
            wanted = even_shares(total, len(members))
            assert sum(wanted) == total
        for row, cents in zip(members, wanted, strict=True):
            if row["new"] or cents != row["old"]:
                assert found[row["id"]] == (Decimal(cents) / 100, row["new"])
            else:
                assert row["id"] not in found


def test_the_table_depends_on_the_files_alone_not_on_their_order_or_batches(
    spark: SparkSession, house: House, tmp_path: Any
) -> None:
    dice = random.Random(11)
    totals = iter(range(1, 1000))
    files = [
        house.put(
            "orders",
            f"{number}.csv",
            csv(
                order(dice.randrange(6), f"{next(totals)}.00", at=f"2025-04-0{dice.randrange(1, 4)}T10:00:00")
                for _ in range(5)
            ),
            time=f"17435000{dice.randrange(10, 12)}.5",
        )
        for number in range(5)
    ]
    content = ("order_id", "total_amount", "order_timestamp", "date", "_source_file", "_source_row")
    house.load("orders", *files)
    expected = house.rows("orders", *content)
    shuffled = House(spark, tmp_path / "other")
    again = [shuffled.put("orders", file.key.rpartition("/")[2], file.content, str(file.time)) for file in files]
    dice.shuffle(again)
    shuffled.load("orders", *again[:2])
    shuffled.load("orders", *again[1:])
    version = shuffled.version("orders")
    report = shuffled.load("orders", *again[:3])
    assert shuffled.rows("orders", *content) == expected
    assert shuffled.version("orders") == version
    assert all(file["loaded"] + file["duplicate"] == 5 for file in report.document["files"])
