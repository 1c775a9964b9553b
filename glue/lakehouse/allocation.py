"""Columns that share a parent's total over the rows of a group, to the cent.

Where every row of the group has both weight columns the share is their product; else the parent's total is shared
evenly, the odd cents going to the lowest keys, so that the shares add up to the total exactly.

Shares are computed anew for the whole table, on the few columns that they depend on. That is what makes them right
whatever happened: a later row of the group, a row that moved to another group, a corrected parent, also one corrected
in a run that failed before it came to this table.
"""

from collections.abc import Mapping
from functools import reduce
from operator import or_

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F  # noqa: N812, Spark's own convention

from lakehouse.contract import Allocation, Contract
from lakehouse.schema import MONEY


def allocate(
    upserts: DataFrame, table: DataFrame | None, parents: Mapping[str, DataFrame | None], contract: Contract
) -> DataFrame:
    """The keys and shares of the rows to write: all upserts, and those of the table's rows whose share changes.

    `is_upsert` tells which is which.
    """
    shares = [each.column for each in contract.derived]
    inputs = list(dict.fromkeys(name for each in contract.derived for name in (each.group, *each.weight)))
    columns = list(dict.fromkeys([*contract.key, *inputs]))
    rows = upserts.select(
        *columns, *(F.lit(None).cast(MONEY).alias(_old(name)) for name in shares), F.lit(True).alias("is_upsert")
    )
    if table is not None:
        kept = table.join(upserts.select(*contract.key), list(contract.key), "left_anti")
        rows = rows.unionByName(
            kept.select(*columns, *(F.col(name).alias(_old(name)) for name in shares), F.lit(False).alias("is_upsert"))
        )
    for each in contract.derived:
        rows = _share(rows, parents[each.parent], each, contract)
    changed = reduce(or_, (~F.col(name).eqNullSafe(F.col(_old(name))) for name in shares))
    return rows.where(F.col("is_upsert") | changed).select(*contract.key, *shares, "is_upsert")


def _old(share: str) -> str:
    return f"old_{share}"


def _share(rows: DataFrame, parent: DataFrame | None, allocation: Allocation, contract: Contract) -> DataFrame:
    total = F.lit(None).cast(MONEY)
    known = rows
    if parent is not None:
        (theirs,) = (each.columns[allocation.group] for each in contract.parents if each.dataset == allocation.parent)
        totals = parent.select(F.col(theirs).alias(allocation.group), F.col(allocation.total).alias("total"))
        known = rows.join(totals, allocation.group, "left")
        total = F.col("total")
    group = Window.partitionBy(allocation.group)
    quantity, price = (F.col(name) for name in allocation.weight)
    weighted = F.min(quantity.isNotNull() & price.isNotNull()).over(group)
    product = (quantity.cast("decimal(20,0)") * price).cast(MONEY)
    rank = F.row_number().over(group.orderBy(*contract.key))
    share = F.when(weighted, product).otherwise(even_share(total, F.count(F.lit(1)).over(group), rank))
    return known.select(*rows.columns, share.alias(allocation.column))


def even_share(total: Column, count: Column, rank: Column) -> Column:
    """The share of the row with this rank (from 1) of so many rows."""
    cents = (total * 100).cast("bigint")
    odd = cents % count
    whole = (cents - odd) / count
    return ((whole.cast("bigint") + F.when(rank <= odd, 1).otherwise(0)).cast("decimal(14,0)") / 100).cast(MONEY)
