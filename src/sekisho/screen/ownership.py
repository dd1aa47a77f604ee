"""The 50 % rule over the graph of holdings: what listed parties hold together, directly and through others.

A party owned to half or more, in sum, by listed parties is treated as listed itself, and then its own holdings count in
full (31 CFR 589.411 and OFAC's guidance of 2014-08-13; 15 CFR 744.11 as amended in 2025 follows the same arithmetic).
Shares that are not known make an interval, never a zero: the verdict is ``yes``, ``no`` or ``unknown`` with the holdings
that would settle it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sekisho.model.listed import OwnershipLink

Verdict = Literal["yes", "no", "unknown"]


@dataclass(frozen=True, slots=True)
class Step:
    """One holding that counts: the owner holds ``share`` per cent (None: not known) of the owned."""

    owner: str
    owned: str
    share: float | None
    owner_listed: bool


@dataclass(frozen=True, slots=True)
class Owned:
    """What listed parties hold of one party: between ``at_least`` and ``at_most`` per cent.

    ``through`` are the holdings that count, in the order of the chain towards the party; ``unknown`` those whose share
    is not known. ``verdict`` is for the threshold that was asked.
    """

    party: str
    at_least: float
    at_most: float
    verdict: Verdict
    through: tuple[Step, ...]
    unknown: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Holdings:
    """The graph: who holds how much of whom. Several statements of one holding count as the largest known."""

    owners: dict[str, dict[str, float | None]]
    differing: tuple[tuple[str, str, tuple[float, ...]], ...]


def holdings(links: Iterable[OwnershipLink]) -> Holdings:
    """Put links of lists and of the user's own register together."""
    told: dict[tuple[str, str], list[float | None]] = defaultdict(list)
    for link in links:
        if link.owner != link.owned:
            told[(link.owner, link.owned)].append(link.share)
    owners: dict[str, dict[str, float | None]] = defaultdict(dict)
    differing = []
    for (owner, owned), shares in sorted(told.items()):
        known = sorted({share for share in shares if share is not None})
        owners[owned][owner] = known[-1] if known else None
        if len(known) > 1:
            differing.append((owner, owned, tuple(known)))
    return Holdings(dict(owners), tuple(differing))


def owned_by_listed(
    graph: Holdings, listed: frozenset[str], threshold: float = 50.0, more_than: bool = False
) -> dict[str, Owned]:
    """Tell, for every party of the graph that listed parties may hold, how much and whether the rule reaches it.

    ``threshold`` is per cent; ``more_than`` asks for more than it (the United Kingdom's test) instead of at least it.
    """

    def reached(share: float) -> bool:
        return share > threshold + 1e-9 if more_than else share >= threshold - 1e-9

    surely, perhaps = set(listed), set(listed)
    bounds: dict[str, tuple[float, float]] = {}
    while True:
        grown = False
        for owned, owners in graph.owners.items():
            low, high = _bounds(owners, surely, perhaps)
            if bounds.get(owned) != (low, high):
                bounds[owned] = (low, high)
                grown = True
            if reached(low) and owned not in surely:
                surely.add(owned)
                grown = True
            if reached(high) and owned not in perhaps:
                perhaps.add(owned)
                grown = True
        if not grown:
            break
    found = {}
    for owned, (low, high) in bounds.items():
        if high <= 0 or owned in listed:
            continue
        verdict: Verdict = "yes" if reached(low) else "unknown" if reached(high) else "no"
        steps = _chain(graph, owned, perhaps, listed)
        unknown = tuple(step for step in steps if step.share is None)
        found[owned] = Owned(owned, round(low, 6), round(high, 6), verdict, steps, unknown)
    return found


def _bounds(owners: dict[str, float | None], surely: set[str], perhaps: set[str]) -> tuple[float, float]:
    """Give the least and the most that counted owners can hold together."""
    known_low = sum(share for owner, share in owners.items() if share is not None and owner in surely)
    known_high = sum(share for owner, share in owners.items() if share is not None and owner in perhaps)
    known_all = sum(share for share in owners.values() if share is not None)
    open_shares = any(share is None and owner in perhaps for owner, share in owners.items())
    high = known_high + max(0.0, 100.0 - known_all) if open_shares else known_high
    return min(known_low, 100.0), min(high, 100.0)


def _chain(graph: Holdings, party: str, counted: set[str], listed: frozenset[str]) -> tuple[Step, ...]:
    steps: list[Step] = []
    waiting, met = [party], {party}
    while waiting:
        owned = waiting.pop()
        for owner, share in sorted(graph.owners.get(owned, {}).items()):
            if owner not in counted:
                continue
            steps.append(Step(owner, owned, share, owner in listed))
            if owner not in met and owner not in listed:
                met.add(owner)
                waiting.append(owner)
    return tuple(reversed(steps))
