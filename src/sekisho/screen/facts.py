"""What else is known: birth date, country, address and identifiers raise, lower or decide. Visible, like the names.

Each feature is a function of the asked and the listed party that gives points (log-odds to add) and a word of detail, or
None when one side tells nothing. Nationality is no feature: it is shown and never scored.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from sekisho.model.listed import Identifier, ListedParty, PartialDate
from sekisho.screen.letters import ROMANISER
from sekisho.screen.query import Asked

Verdict = tuple[float, str] | None

DECIDING = frozenset(
    {"imo", "mmsi", "passport", "national-id", "tax", "registration", "lei", "swift", "aircraft-serial"}
)
UNIQUE = frozenset({"imo", "lei", "aircraft-serial"})  # one to a party, for life: two of them are two parties
DECIDES = 9.0
BARE = "kind not stated"  # note of a number that was asked without its kind: it can agree, never contradict


def normal_identifier(identifier: Identifier) -> tuple[str, str]:
    """Give kind and bare value: letters and digits only, upper case, leading zeros and the word IMO dropped."""
    value = re.sub(r"[^0-9A-Z]", "", ROMANISER.text(identifier.value).upper())
    if identifier.kind == "imo":
        value = value.removeprefix("IMO")
    return identifier.kind, value.lstrip("0")


def identifiers(asked: Asked, listed: ListedParty) -> Verdict:
    """The same number of the same kind decides that it is the party; another number of a lifelong kind, that it is not.

    Passports and tax numbers change and people hold several: that they differ says nothing.
    """
    theirs = {normal_identifier(one): one for one in listed.identifiers if one.kind in DECIDING}
    mine = {normal_identifier(one): one for one in asked.identifiers if one.kind in DECIDING}
    for key in mine.keys() & theirs.keys():
        here, there = mine[key], theirs[key]
        same_issuer = not here.country or not there.country or here.country == there.country
        if len(key[1]) >= 5 and same_issuer:
            return DECIDES, f"same:{key[0]} {there.value}"
    for kind in sorted(UNIQUE):
        ours = [value for (one, value), told in mine.items() if one == kind and told.note != BARE]
        others = [value for one, value in theirs if one == kind]
        if ours and others:
            return -DECIDES, f"other:{kind} {ours[0]} / {others[0]}"
    return None


def _span(day: PartialDate) -> tuple[str, str]:
    low, high = day.earliest or day.latest, day.latest or day.earliest
    return low + "-01-01"[len(low) - 4 :] if len(low) < 10 else low, high + "-12-31"[len(high) - 4 :] if len(
        high
    ) < 10 else high


def birth_date(asked: Asked, listed: ListedParty) -> Verdict:
    """The same day of birth speaks strongly for, the same year somewhat; years apart speak strongly against.

    Dates that the publisher calls approximate are widened by a year; day and month exchanged still count for something.
    """
    if not asked.births or not listed.births:
        return None
    best: tuple[float, str] = (-99.0, "")
    for mine in asked.births:
        low, high = _span(mine)
        for theirs in listed.births:
            best = max(best, _birth(low, high, theirs, mine))
    return best


def _birth(low: str, high: str, theirs: PartialDate, mine: PartialDate) -> tuple[float, str]:
    start, end = _span(theirs)
    told = f"{mine.earliest} / {theirs.earliest}" + ("" if theirs.latest == theirs.earliest else f"..{theirs.latest}")
    loose = theirs.approximate or mine.approximate
    if low == high == start == end and not loose:
        return 3.0, told
    if low <= end and start <= high:
        exact = low[:4] == high[:4] == start[:4] == end[:4]
        return (1.5 if exact and not loose else 0.8), told
    if low == high and start == end and low[:4] == start[:4] and low[5:7] == start[8:] and low[8:] == start[5:7]:
        return 1.2, told
    apart = min(abs(int(low[:4]) - int(end[:4])), abs(int(start[:4]) - int(high[:4])))
    if apart == 0:
        return -1.0, told
    if apart <= (2 if loose else 1):
        return (-0.3 if loose else -1.5), told
    return -4.0, told


def country(asked: Asked, listed: ListedParty) -> Verdict:
    """A country of residence, seat or flag in common speaks a little for; none in common, a little against."""
    theirs = {*listed.countries, *(one.country for one in listed.addresses)} - {""}
    mine = set(asked.countries) - {""}
    if not theirs or not mine:
        return None
    common = mine & theirs
    if common:
        return 0.7, "+".join(sorted(common))
    return -0.8, f"{'+'.join(sorted(mine))} / {'+'.join(sorted(theirs))}"


def _place_words(text: str) -> set[str]:
    words = re.findall(r"[a-z0-9]+", ROMANISER.text(text).lower())
    return {word for word in words if len(word) > 2 or word.isdigit()}


def address(asked: Asked, listed: ListedParty) -> Verdict:
    """An address that shares most of its words and a number speaks for; a different one says nothing (firms move)."""
    best = 0.0
    where = ""
    for mine in map(_place_words, asked.addresses):
        for theirs in listed.addresses:
            words = _place_words(theirs.text)
            if not mine or len(words) < 3:
                continue
            common = mine & words
            share = len(common) / min(len(mine), len(words))
            if share > best and len(common) >= 2 and any(word.isdigit() for word in common):
                best, where = share, theirs.text
    if best < 0.5:
        return None
    return 2.0 * best, where


@dataclass(frozen=True, slots=True)
class FactFeature:
    """One reason outside the name. ``most`` is the most that it can raise the points."""

    function: Callable[[Asked, ListedParty], Verdict]
    most: float

    @property
    def name(self) -> str:
        """Give the name under which the feature is shown."""
        return self.function.__name__


FACTS: tuple[FactFeature, ...] = (
    FactFeature(identifiers, DECIDES),
    FactFeature(birth_date, 3.0),
    FactFeature(country, 0.7),
    FactFeature(address, 2.0),
)


def most_raise(asked: Asked) -> float:
    """Give the points that facts other than identifiers can add to this party: names are sought that much lower."""
    return 3.0 * bool(asked.births) + 0.7 * bool(asked.countries) + 2.0 * bool(asked.addresses)
