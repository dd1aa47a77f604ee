"""Count what a list holds, so that a manifest can say it and an assertion can hold it to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sekisho.model.listed import ListedParty


def counts(parties: Iterable[ListedParty]) -> dict[str, int]:
    """Count ``parties``: totals, and by type, source, name strength and script.

    Keys: ``parties``, ``names``, ``names:alias``, ``names:weak``, ``names:former``, ``births``, ``addresses``,
    ``identifiers``, ``links``, ``type:<type>``, ``source:<list id>``, ``script:<ISO 15924>``. What is not there is
    left out, except ``parties`` and ``names``.
    """
    tally: Counter[str] = Counter(parties=0, names=0)
    for party in parties:
        count_one(party, tally)
    return dict(sorted(tally.items()))


def count_one(party: ListedParty, tally: Counter[str]) -> None:
    """Add one party to ``tally``."""
    tally["parties"] += 1
    tally["names"] += len(party.names)
    tally[f"type:{party.type}"] += 1
    tally[f"source:{party.source}"] += 1
    for name in party.names:
        if name.kind != "primary":
            tally[f"names:{name.kind}"] += 1
        if name.strength == "weak":
            tally["names:weak"] += 1
        if name.script:
            tally[f"script:{name.script}"] += 1
    for field in ("births", "addresses", "identifiers", "links"):
        held = len(getattr(party, field))
        if held:
            tally[field] += held
