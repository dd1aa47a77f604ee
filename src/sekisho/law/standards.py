"""Derived facts of knowledge: each law has its own standard, and the standards contain each other.

What is known there is reason to know, and what there is reason to know is suspected; what is not even suspected is
not known. The standards stay facts of their own, because the laws differ in which of them they ask for.
"""

from __future__ import annotations

from sekisho.law.operators import MORE
from sekisho.model.transfer import Value

STANDARDS = ("knowledge.knows", "knowledge.reason_to_know", "knowledge.suspects")
"""From the strictest to the widest."""


def add_knowledge(facts: dict[str, Value]) -> None:
    """Complete ``knowledge.*``: a purpose that the papers state is known, and each wider standard holds it too."""
    purposes = facts.get("end_use.purposes")
    if isinstance(purposes, frozenset) and "knowledge.knows" not in facts:
        facts["knowledge.knows"] = purposes
    narrower: frozenset[str] = frozenset()
    for number, standard in enumerate(STANDARDS):
        stated = facts.get(standard)
        if isinstance(stated, frozenset):
            narrower |= stated - {MORE}
            facts[standard] = stated | narrower
        else:
            bounds = [bound for wider in STANDARDS[number + 1 :] if (bound := _whole(facts.get(wider))) is not None]
            if bounds:
                # Nothing is known that is not suspected: what is suspected may be known, and no more.
                may_be = frozenset.intersection(*bounds) - narrower
                facts[standard] = narrower | {f"{one}{MORE}" for one in may_be}
            elif narrower:
                facts[standard] = narrower | {MORE}


def _whole(stated: Value) -> frozenset[str] | None:
    return stated if isinstance(stated, frozenset) and MORE not in stated else None
