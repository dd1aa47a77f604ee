"""Screening again after a change, and only what the change can touch.

The score of a pair depends on nothing but the pair (``lexicon``), so after a list change only pairs with an added, changed
or removed record can differ, and after a change of customers only pairs with those. Both give exactly what screening
everything anew would give; the tests hold them to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sekisho.model.listed import ListedParty
from sekisho.model.listed_change import ListChange
from sekisho.screen.index import Index, build
from sekisho.screen.judgement import party_key
from sekisho.screen.query import Asked, Hit
from sekisho.screen.search import THRESHOLD, screen

Kind = Literal["new", "gone", "score"]
ALL = 1_000_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is known of one pair: a party of the user's books and a listed one, with the score."""

    party: str
    uid: str
    source: str
    score: float
    name: str
    matched: str

    @property
    def pair(self) -> tuple[str, str, str]:
        """Give the pair's key."""
        return self.party, self.source, self.uid


@dataclass(frozen=True, slots=True)
class OutcomeChange:
    """One outcome that is different now: a new hit, a hit that is gone, another score or another matching name."""

    kind: Kind
    before: Outcome | None
    after: Outcome | None

    @property
    def pair(self) -> tuple[str, str, str]:
        """Give the pair's key."""
        one = self.after or self.before
        assert one is not None
        return one.pair


def outcome(asked: Asked, hit: Hit) -> Outcome:
    """Give the outcome of a hit."""
    return Outcome(party_key(asked), hit.party.uid, hit.party.source, hit.score, hit.name, hit.matched)


def outcomes(
    index: Index, parties: Iterable[Asked], threshold: float = THRESHOLD
) -> dict[tuple[str, str, str], Outcome]:
    """Screen parties and give every outcome by its pair."""
    found = {}
    for asked in parties:
        for hit in screen(index, asked, threshold, most=ALL).hits:
            one = outcome(asked, hit)
            found[one.pair] = one
    return found


def touched_by(change: ListChange) -> tuple[frozenset[tuple[str, str]], tuple[ListedParty, ...]]:
    """Give the (list, id) of records whose former outcomes no longer hold, and the records to be asked about anew."""
    old = {(party.source, party.uid) for party in change.removed}
    old |= {(one.before.source, one.uid) for one in change.changed}
    return frozenset(old), (*change.added, *(one.after for one in change.changed))


def after_list_change(
    change: ListChange,
    parties: Iterable[Asked],
    former: Mapping[tuple[str, str, str], Outcome],
    threshold: float = THRESHOLD,
) -> tuple[OutcomeChange, ...]:
    """Hold what is new or changed on the list against all parties, and tell every outcome that differs."""
    old, fresh = touched_by(change)
    held = {pair: one for pair, one in former.items() if (one.source, one.uid) in old}
    now = outcomes(build(fresh), parties, threshold) if fresh else {}
    return differences(held, now)


def after_party_change(
    index: Index,
    changed: Sequence[Asked],
    gone: Iterable[str],
    former: Mapping[tuple[str, str, str], Outcome],
    threshold: float = THRESHOLD,
) -> tuple[OutcomeChange, ...]:
    """Hold changed and new parties against the whole list; ``gone`` are keys of parties that no longer exist."""
    keys = {party_key(asked) for asked in changed} | set(gone)
    held = {pair: one for pair, one in former.items() if one.party in keys}
    return differences(held, outcomes(index, changed, threshold))


def differences(
    before: Mapping[tuple[str, str, str], Outcome], after: Mapping[tuple[str, str, str], Outcome]
) -> tuple[OutcomeChange, ...]:
    """Tell every pair whose outcome differs, in the order of pairs."""
    changes = []
    for pair in sorted(before.keys() | after.keys()):
        old, new = before.get(pair), after.get(pair)
        if old is None:
            changes.append(OutcomeChange("new", None, new))
        elif new is None:
            changes.append(OutcomeChange("gone", old, None))
        elif abs(old.score - new.score) > 1e-6 or old.matched != new.matched or old.name != new.name:
            changes.append(OutcomeChange("score", old, new))
    return tuple(changes)


def applied(
    former: Mapping[tuple[str, str, str], Outcome], changes: Iterable[OutcomeChange]
) -> dict[tuple[str, str, str], Outcome]:
    """Give the outcomes after the changes."""
    now = dict(former)
    for change in changes:
        if change.after is None:
            now.pop(change.pair, None)
        else:
            now[change.pair] = change.after
    return now
