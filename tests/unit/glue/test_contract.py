"""The contract as a job argument: strict, with the place of what is wrong."""

import json
from typing import Any

import pytest
from contracts import contract, contract_json
from lakehouse.contract import parse_contract
from lakehouse.errors import ArgumentsError


@pytest.mark.parametrize("dataset", ["products", "orders", "order_items"])
def test_the_contracts_of_the_house_are_understood(dataset: str) -> None:
    assert contract(dataset).name == dataset


def without(field: str) -> dict[str, Any]:
    declared = contract_json("orders")
    del declared[field]
    return declared


@pytest.mark.parametrize(
    ("declared", "message"),
    [
        (without("key"), 'The contract lacks "key".'),
        (
            contract_json("orders", key=["nobody"]),
            'The contract of orders names "nobody" in key, which is no column of it.',
        ),
        (contract_json("orders", extra=1), "The contract has fields that this program does not know: extra."),
        (
            contract_json("orders", maxRejectRate="0.5"),
            "The contract's \"maxRejectRate\" has an unusable value: '0.5'.",
        ),
        (
            contract_json("orders", rules=[{"id": "a", "kind": "below", "column": "user_id"}]),
            "The contract's \"rules[0].kind\" is 'below'; "
            "it must be one of not_null, above, at_least, one_of, between.",
        ),
        (
            contract_json("order_items", parents=[]),
            'The derived column "order_item_total" of order_items takes its total from "orders" by "order_id", '
            "which is no parent of it by that column.",
        ),
    ],
)
def test_a_bad_contract_is_refused_with_its_place(declared: dict[str, Any], message: str) -> None:
    with pytest.raises(ArgumentsError) as refused:
        parse_contract(json.dumps(declared))
    assert str(refused.value) == message


def test_a_contract_that_is_no_json_is_refused() -> None:
    with pytest.raises(ArgumentsError, match="The contract is not JSON"):
        parse_contract("{")
