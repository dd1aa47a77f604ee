"""Parties that count as listed because listed parties own them (a rule of half, such as the affiliates rule)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from sekisho.law.operators import MORE
from sekisho.law.sets import is_under
from sekisho.model.transfer import Facts, Value

HALF = Decimal("0.5")
DEEPEST = 12
"""Levels of ownership that are followed."""


def add_affiliates(
    parties: Sequence[str], lists: Sequence[str], facts: dict[str, Value], asks: dict[str, tuple[str, ...]]
) -> None:
    """``parties.affiliated``: codes of ``lists`` that reach a party through its owners; ``?`` while it may be more.

    An owner counts when it is listed itself or is owned by half or more by owners that count; their shares are added
    up, directly and through each other, and half or more makes the party count. The codes are those of the owners.
    """
    found: set[str] = set()
    unknown: list[str] = []
    for party in parties:
        if facts.get(f"{party}.named") is False and party != "end_user":
            continue
        rows = facts.get(f"{party}.owners")
        if not isinstance(rows, tuple):
            unknown.append(f"{party}.owners")
            continue
        codes = affiliated(rows, lists)
        found |= codes - {MORE}
        if MORE in codes:
            unknown.append(f"{party}.owners")
    if unknown:
        found.add(MORE)
        asks["parties.affiliated"] = tuple(unknown)
    facts["parties.affiliated"] = frozenset(found)


def affiliated(rows: Sequence[Facts], lists: Sequence[str]) -> frozenset[str]:
    """The codes that reach the party whose owners are ``rows``; ``?`` when unknown shares or lists may add some."""
    if not rows:
        return frozenset()
    by_owned: dict[str, list[Facts]] = {}
    for row in rows:
        by_owned.setdefault(str(row.get("owners.of") or ""), []).append(row)
    return _reaching("", by_owned, lists, 0)


def _reaching(owned: str, by_owned: Mapping[str, Sequence[Facts]], lists: Sequence[str], depth: int) -> frozenset[str]:
    if depth >= DEEPEST:
        return frozenset({MORE})
    sure, possible, stated = Decimal(0), Decimal(0), Decimal(0)
    codes: set[str] = set()
    for row in by_owned.get(owned, ()):
        share = row.get("owners.share")
        own = frozenset(_codes(row, lists))
        name = row.get("owners.name")
        if not own - {MORE} and isinstance(name, str) and name and name in by_owned:
            own |= _reaching(name, by_owned, lists, depth + 1)
        if isinstance(share, Decimal):
            stated += share
        if own - {MORE}:
            codes |= own - {MORE}
            sure += share if isinstance(share, Decimal) else 0
            possible += share if isinstance(share, Decimal) else 1
        elif MORE in own:
            codes.add(MORE)
            possible += share if isinstance(share, Decimal) else 1
    # Owners that nobody named may be listed too.
    possible += max(Decimal(1) - stated, Decimal(0))
    if sure >= HALF:
        return frozenset(codes) | (frozenset({MORE}) if possible > sure else frozenset())
    return frozenset({MORE}) if possible >= HALF else frozenset()


def _codes(row: Facts, lists: Sequence[str]) -> Iterator[str]:
    listed = row.get("owners.listed")
    if not isinstance(listed, frozenset):
        yield MORE
        return
    for code in listed:
        if code == MORE or any(is_under(code, name) for name in lists):
            yield code
