"""Parties that count as listed through their owners."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from sekisho.law.ownership import affiliated

LISTS = ("us:entity-list", "us:sdn")
ENTITY = frozenset({"us:entity-list/all"})


def owner(share: str | None, listed: Any, name: str = "", of: str = "") -> dict[str, Any]:
    row: dict[str, Any] = {"owners.name": name, "owners.of": of}
    if share is not None:
        row["owners.share"] = Decimal(share)
    if listed is not None:
        row["owners.listed"] = frozenset(listed)
    return row


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ([], set()),
        ([owner("0.5", ENTITY), owner("0.5", [])], {"us:entity-list/all"}),
        ([owner("0.4999", ENTITY), owner("0.5001", [])], set()),
        ([owner("0.30", ENTITY), owner("0.25", ENTITY), owner("0.45", [])], {"us:entity-list/all"}),
        ([owner("0.30", ENTITY), owner("0.25", ["us:sdn"]), owner("0.45", [])], {"us:entity-list/all", "us:sdn"}),
        ([owner("0.60", ["eu:fsf"]), owner("0.40", [])], set()),  # a list of another law
        ([owner("0.30", ENTITY)], {"?"}),  # nobody is named for 70 %
        ([owner("0.30", ENTITY), owner("0.30", None), owner("0.40", [])], {"?"}),  # not screened
        ([owner("0.30", ENTITY), owner("0.19", None), owner("0.51", [])], set()),  # not screened, too small
        ([owner(None, ENTITY), owner("0.40", [])], {"?"}),  # share not known
    ],
)
def test_shares_of_listed_owners_are_added_up(rows: list[dict[str, Any]], codes: set[str]) -> None:
    assert affiliated(rows, LISTS) == codes


def test_an_owner_that_is_half_owned_itself_counts() -> None:
    chain = [owner("0.6", [], "holding"), owner("0.4", []), owner("0.5", ENTITY, of="holding")]
    chain.append(owner("0.5", [], of="holding"))
    assert affiliated(chain, LISTS) == ENTITY
    weak = [owner("0.6", [], "holding"), owner("0.4", []), owner("0.49", ENTITY, of="holding")]
    weak.append(owner("0.51", [], of="holding"))
    assert affiliated(weak, LISTS) == frozenset()


def test_a_circle_of_owners_ends() -> None:
    rows = [owner("0.6", [], "a"), owner("0.6", [], "b", of="a"), owner("0.6", [], "a", of="b")]
    assert affiliated(rows, LISTS) == {"?"}
