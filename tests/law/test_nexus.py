"""Which laws attach to a transfer: places, goods, persons, and what silence leaves open."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sekisho.law.nexus import Law, is_domestic, nexus_of
from sekisho.model.transfer import Item, Transfer

LAWS = {
    "aa": Law("aa", {"en": "A", "ja": "A"}, frozenset({"AA"})),
    "bb": Law("bb", {"en": "B", "ja": "B"}, frozenset({"BB", "B2"}), follows_goods=True, persons="exporter.b_persons"),
}
HOME: dict[str, Any] = {"from": "AA", "exporter.country": "AA", "via": frozenset()}
OWN: dict[str, Any] = {"items.origin": "AA", "items.parts": (), "items.made_with": ()}


def attaching(facts: dict[str, Any], item: dict[str, Any]) -> dict[str, Any]:
    transfer = Transfer(date(2026, 1, 1), facts, (Item("x", item),))
    return {nexus.law: nexus.truth for nexus in nexus_of(LAWS, transfer)}


def test_an_item_of_the_country_itself_opens_no_other_law() -> None:
    assert attaching(HOME, OWN) == {"aa": True}
    without_route = {key: value for key, value in HOME.items() if key != "via"}
    assert attaching(without_route, OWN) == {"aa": True}


@pytest.mark.parametrize("unknown", ["items.origin", "items.parts", "items.made_with"])
def test_what_is_not_stated_of_the_goods_leaves_the_law_that_follows_goods_open(unknown: str) -> None:
    item = {key: value for key, value in OWN.items() if key != unknown}
    assert attaching(HOME, item) == {"aa": True, "bb": None}


@pytest.mark.parametrize(
    ("change", "truth"),
    [
        ({"items.origin": "BB"}, True),
        ({"items.origin": "ZZ"}, False),
        ({"items.parts": ({"parts.origin": "B2"},)}, True),
        ({"items.parts": ({"parts.name": "a pump"},)}, None),
        ({"items.parts": ({"parts.origin": "ZZ"},)}, False),
        ({"items.made_with": ({"made_with.origin": "BB"},)}, True),
    ],
)
def test_goods_parts_and_technology(change: dict[str, Any], truth: bool | None) -> None:
    assert attaching(HOME, {**OWN, **change}).get("bb", False) is truth


def test_places_on_the_way_and_the_exporters_own_law() -> None:
    assert attaching({**HOME, "via": frozenset({"BB"})}, OWN) == {"aa": True, "bb": True}
    assert attaching({**HOME, "exporter.country": "BB"}, OWN)["bb"] is True
    assert attaching({**HOME, "exporter.b_persons": "yes"}, OWN) == {"aa": True, "bb": True}


def test_a_place_whose_law_is_not_known_of_is_named() -> None:
    assert attaching({**HOME, "via": frozenset({"TH"})}, OWN) == {"aa": True, "TH": True}


def test_an_unnamed_route_or_exporter_leaves_unnamed_laws_open() -> None:
    foreign = {**OWN, "items.origin": "ZZ"}
    assert attaching({"from": "AA", "exporter.country": "AA"}, foreign) == {"aa": True, "?": None}
    assert attaching({"from": "AA", "via": frozenset()}, OWN) == {"aa": True, "?": None}


def test_legs_are_routes_of_their_own() -> None:
    legs = ({"legs.from": "AA", "legs.via": frozenset()}, {"legs.from": "BB", "legs.via": frozenset({"TH"})})
    assert attaching({**HOME, "legs": legs}, OWN) == {"aa": True, "bb": True, "TH": True}


def test_domestic_is_unknown_without_the_exporter_and_false_with_one_foreign_part() -> None:
    def domestic(facts: dict[str, Any], item: dict[str, Any]) -> bool | None:
        return is_domestic(Transfer(date(2026, 1, 1), facts, (Item("x", OWN), Item("y", item))))

    assert domestic(HOME, OWN) is True
    assert domestic({"from": "AA"}, OWN) is None
    assert domestic(HOME, {**OWN, "items.parts": ({"parts.origin": "BB"},)}) is False
    assert domestic(HOME, {}) is None


@pytest.mark.parametrize("gone", ["via", "exporter.country", "items.origin", "items.parts", "items.made_with"])
def test_taking_a_fact_away_takes_no_law_away(gone: str) -> None:
    """Where the goods are not wholly of the country itself, every law stays or an unnamed one stands for it."""
    facts = {**HOME, "via": frozenset({"TH"}), "exporter.country": "BB"}
    item = {"items.origin": "ZZ", "items.parts": ({"parts.origin": "B2"},), "items.made_with": ()}
    before = attaching(facts, item)
    after = attaching({k: v for k, v in facts.items() if k != gone}, {k: v for k, v in item.items() if k != gone})
    assert set(before) <= set(after) or "?" in after
