"""Which laws may attach to a transfer, from what is stated of places, goods and persons.

A law governs what leaves its places, what passes through them and what persons established there do; a law that
follows goods also reaches what originates in its places wherever it is. What is not stated may be so: an unknown
origin leaves a law that follows goods open, an unknown route or exporter leaves the laws of unnamed places open.
Silence is read otherwise in one case only: when every item is stated to originate in the exporter's country with no
foreign part and no foreign technology, an unnamed route opens nothing, and the law of no other place is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sekisho.law.kleene import Truth, all_of, any_of
from sekisho.law.legs import legs_of
from sekisho.law.rule import Text
from sekisho.model.transfer import Item, Transfer

ORIGINS = (("items.parts", "parts.origin"), ("items.made_with", "made_with.origin"))


@dataclass(frozen=True, slots=True)
class Law:
    """A law that is known of, whether or not a pack for it is at hand.

    ``places`` are the places that it governs (ISO 3166-1 alpha-2). ``follows_goods`` tells that it reaches goods of
    its origin abroad; ``persons`` names the fact by which it reaches a person anywhere.
    """

    id: str
    title: Text
    places: frozenset[str]
    follows_goods: bool = False
    persons: str = ""


@dataclass(frozen=True, slots=True)
class Nexus:
    """How one law may attach: ``truth`` is None while it may; ``why`` names the facts, ``asks`` the unknown ones.

    ``law`` is the id of a known law, the code of a place whose law is not known of, or ``?`` for an unnamed place.
    """

    law: str
    truth: Truth
    why: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()


def nexus_of(laws: Mapping[str, Law], transfer: Transfer) -> tuple[Nexus, ...]:
    """Give every law that attaches or may attach, known laws first, in order of their ids."""
    touched = dict(_touched(transfer))
    domestic = is_domestic(transfer)
    found: list[Nexus] = []
    for law in sorted(laws.values(), key=lambda law: law.id):
        nexus = _of_law(law, transfer, touched)
        if nexus.truth is not False:
            found.append(nexus)
    governed = frozenset().union(*(law.places for law in laws.values())) if laws else frozenset()
    for place in sorted(touched):
        if place not in governed:
            found.append(Nexus(place, True, (touched[place],)))
    unnamed = () if domestic is True else tuple(_unnamed(transfer))
    if unnamed:
        found.append(Nexus("?", None, (), unnamed))
    return tuple(found)


def _of_law(law: Law, transfer: Transfer, touched: Mapping[str, str]) -> Nexus:
    why = [fact for place, fact in touched.items() if place in law.places]
    asks: list[str] = []
    if law.follows_goods:
        for item in transfer.items:
            for fact, follows in _follows(law, item):
                if follows is True:
                    why.append(fact)
                elif follows is None:
                    asks.append(fact)
    if law.persons and transfer.facts.get(law.persons) == "yes":
        why.append(law.persons)
    truth: Truth = True if why else None if asks else False
    return Nexus(law.id, truth, tuple(dict.fromkeys(why)), () if why else tuple(dict.fromkeys(asks)))


def _touched(transfer: Transfer) -> Iterator[tuple[str, str]]:
    """The places that a transfer leaves or passes and where its exporter is, each with the fact that says so."""
    exporter = transfer.facts.get("exporter.country")
    if isinstance(exporter, str):
        yield exporter, "exporter.country"
    for leg in legs_of(transfer):
        via = leg.get("via")
        if isinstance(via, frozenset):
            yield from ((place, "via") for place in sorted(via))
        leaves = leg.get("from")
        if isinstance(leaves, str):
            yield leaves, "from"


def _unnamed(transfer: Transfer) -> Iterator[str]:
    """The facts that would name a place whose law may attach, and are not stated."""
    if transfer.facts.get("exporter.country") is None:
        yield "exporter.country"
    if any(leg.get("via") is None for leg in legs_of(transfer)):
        yield "via"


def _follows(law: Law, item: Item) -> Iterator[tuple[str, Truth]]:
    """Whether the goods, a part of them or what they were made with come from a place of the law."""
    origin = item.facts.get("items.origin")
    yield "items.origin", None if origin is None else origin in law.places
    for rows_fact, origin_fact in ORIGINS:
        rows = item.facts.get(rows_fact)
        if not isinstance(rows, tuple):
            yield rows_fact, None
            continue
        yield (
            rows_fact,
            any_of(None if row.get(origin_fact) is None else row[origin_fact] in law.places for row in rows),
        )


def is_domestic(transfer: Transfer) -> Truth:
    """Whether every item originates in the exporter's country, with no foreign part and no foreign technology."""
    home = transfer.facts.get("exporter.country")
    if not isinstance(home, str):
        return None
    return all_of(truth for item in transfer.items for truth in _all_from(home, item))


def _all_from(home: str, item: Item) -> Iterator[Truth]:
    origin = item.facts.get("items.origin")
    yield None if origin is None else origin == home
    for rows_fact, origin_fact in ORIGINS:
        rows = item.facts.get(rows_fact)
        if not isinstance(rows, tuple):
            yield None
            continue
        yield from (None if row.get(origin_fact) is None else row[origin_fact] == home for row in rows)
