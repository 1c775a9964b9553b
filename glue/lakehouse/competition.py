"""Parents and duplicates: which of the rows offered for a key is loaded, which waits, and which has lost.

Offers are the good rows of the batch's files and the rows parked by earlier runs. All offers of a key, and the row
that the table has for it, stand in one total order: recency column, the file's time, its key (bytewise), sheet, row.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import reduce
from operator import and_
from typing import Final

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F  # noqa: N812, Spark's own convention
from pyspark.sql.types import ArrayType, StringType

from lakehouse.contract import Contract, Parent
from lakehouse.schema import ANOMALIES, ORIGIN, ROW_ID, value_fields

# What is to be done with an offer.
UPSERT: Final = "upsert"  # It becomes the table's row of its key.
KEPT: Final = "kept"  # It is the table's row already: an earlier attempt at this file loaded it.
DUPLICATE: Final = "duplicate"
PARK: Final = "park"  # It waits for its parents.
EXPIRE: Final = "expire"  # It has waited too long.


def offers_of(rows: DataFrame, parked: DataFrame | None, contract: Contract) -> DataFrame:
    """The rows that compete: good rows from files, and parked ones.

    `parked_at` tells that a row is in the pending table, `from_file` that it is in one of the batch's files; both
    holds for a row of a file that an earlier attempt parked.
    """
    columns = [*_value_names(contract), ANOMALIES, *(field.name for field in ORIGIN), "raw"]
    incoming = rows.select(*columns)
    if parked is None:
        return incoming.select("*", F.lit(None).cast("timestamp").alias("parked_at"), F.lit(True).alias("from_file"))
    waiting = parked.select(*columns, F.col("_parked_at").alias("parked_at"), F.lit(False).alias("from_file"))
    known = parked.select(
        *(F.col(name).alias(f"known{name}") for name in ROW_ID), F.col("_parked_at").alias("parked_at")
    )
    again = reduce(and_, (F.col(name).eqNullSafe(F.col(f"known{name}")) for name in ROW_ID))
    seen = incoming.join(known, again, "left").select(*columns, "parked_at", F.lit(True).alias("from_file"))
    mine = incoming.select(*(F.col(name).alias(f"known{name}") for name in ROW_ID))
    return seen.unionByName(waiting.join(mine, again, "left_anti"))


def decide(
    offers: DataFrame,
    table: DataFrame | None,
    parents: Mapping[str, DataFrame | None],
    contract: Contract,
    now: datetime,
) -> DataFrame:
    """Every offer with its `action`, and with the rules of the parents that it `lacks`.

    Args:
        offers: from `offers_of`.
        table: the dataset's rows so far; None where there are none.
        parents: the parents' rows by dataset; None for one that has none.
        contract: the dataset's contract.
        now: the run's clock, by which rows that wait expire.
    """
    ordered = offers.withColumn("place", _place(contract))
    complete = _with_parents(ordered, parents, contract)
    standing = _with_standing(complete, table, contract)
    ready = F.size("lacks") == 0
    differs = ~_same(_value_names(contract), "standing")
    again = F.col("standing").isNotNull() & _same(ROW_ID, "standing")
    # A row read again from the same place is new only if the contract reads it differently now.
    wins = F.col("standing").isNull() | (differs & ((F.col("place") > F.col("standing.place")) | again))
    of_key = Window.partitionBy(*contract.key)
    of_wait = Window.partitionBy(*contract.key, *_parent_columns(contract))
    best = F.max(F.when(ready, F.struct("place", wins.alias("wins")))).over(of_key)
    ranked = standing.select(
        "*",
        ready.alias("ready"),
        again.alias("again"),
        best.alias("best"),
        F.max(F.when(~ready, F.col("place"))).over(of_wait).alias("best_waiting"),
    )
    replaced = F.coalesce(F.col("best.wins"), F.lit(False))
    is_best = F.col("ready") & F.col("place").eqNullSafe(F.col("best.place"))
    beaten = F.coalesce(F.col("place") <= F.greatest(F.col("best.place"), F.col("standing.place")), F.lit(False))
    expired = ~F.col("from_file") & (F.col("parked_at") <= F.lit(now - timedelta(days=contract.pending_for_days)))
    action = (
        F.when(is_best & replaced, UPSERT)
        .when(F.col("again") & ~replaced, KEPT)
        .when(F.col("ready") | beaten | (F.col("place") < F.col("best_waiting")), DUPLICATE)
        .when(expired, EXPIRE)
        .otherwise(PARK)
    )
    return ranked.select(*offers.columns, "lacks", action.alias("action"))


def _value_names(contract: Contract) -> list[str]:
    return [field.name for field in value_fields(contract)]


def _parent_columns(contract: Contract) -> list[str]:
    return sorted({column for parent in contract.parents for column in parent.columns})


def _place(contract: Contract) -> Column:
    """A row's place in the order of its key; the greatest survives. Structs compare field by field, text bytewise."""
    recency = [] if contract.recency is None else [F.col(contract.recency)]
    # The version comes last: a row parked long ago may be of an older content of the same key.
    return F.struct(*recency, "_source_time", "_source_file", "_source_sheet", "_source_row", "_source_version")


def _with_parents(offers: DataFrame, parents: Mapping[str, DataFrame | None], contract: Contract) -> DataFrame:
    """Adds `lacks`: the rules of the parents that are not there."""
    rules: list[Column] = []
    found = offers
    for number, parent in enumerate(contract.parents):
        rows, here = parents[parent.dataset], f"parent{number}"
        if rows is None:
            found = found.withColumn(here, F.lit(False))
        else:
            found = found.join(_keys(rows, parent, here), list(parent.columns), "left")
        # As with SQL's foreign keys, a row that names no parent lacks none.
        named = reduce(and_, (F.col(column).isNotNull() for column in parent.columns))
        rules.append(F.when(named & ~F.coalesce(F.col(here), F.lit(False)), parent.rule))
    lacks = F.array_compact(F.array(*rules)) if rules else F.array()
    return found.select(*offers.columns, lacks.cast(ArrayType(StringType())).alias("lacks"))


def _keys(rows: DataFrame, parent: Parent, here: str) -> DataFrame:
    renamed = (F.col(theirs).alias(ours) for ours, theirs in parent.columns.items())
    return rows.select(*renamed, F.lit(True).alias(here))


def _with_standing(offers: DataFrame, table: DataFrame | None, contract: Contract) -> DataFrame:
    """Adds `standing`: what the table has for the row's key, and null if it has nothing."""
    names = dict.fromkeys([*_value_names(contract), *ROW_ID])
    if table is None:
        types = {field.name: field.dataType for field in (*value_fields(contract), *ORIGIN)}
        fields = [F.lit(None).cast(types[name]).alias(name) for name in names]
        place = F.lit(None).cast(offers.schema["place"].dataType).alias("place")
        nothing = F.when(F.lit(False), F.struct(place, *fields))
        return offers.withColumn("standing", nothing)
    # First down to the keys that are offered, so that a large table is scanned but not shuffled.
    wanted = table.join(F.broadcast(offers.select(*contract.key).distinct()), list(contract.key), "left_semi")
    standing = wanted.select(*contract.key, F.struct(_place(contract).alias("place"), *names).alias("standing"))
    return offers.join(standing, list(contract.key), "left")


def _same(names: "list[str] | tuple[str, ...]", other: str) -> Column:
    return reduce(and_, (F.col(name).eqNullSafe(F.col(f"{other}.{name}")) for name in names))
