"""What of a foreign-made item comes from the law's own places: parts that count, technology and plant it was made with.

``content.share`` is the value of the parts that would need a licence to this destination, over the value of the item:
a span, because a part whose classification or value is not known may count in full or not at all. It is worked out
for each destination and never stored, for the destination decides what counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sekisho.law.kleene import Truth
from sekisho.law.operators import MORE
from sekisho.law.pack import Pack
from sekisho.law.reached import rows_reached
from sekisho.law.requirements import MAYBE, marker_on, reasons_at
from sekisho.model.money import Money
from sekisho.model.span import Span
from sekisho.model.transfer import Facts, Value

ZERO, ONE = Decimal(0), Decimal(1)
Asks = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Origin:
    """The rows of one kind that come from the law's places, and whether there may be more of them."""

    rows: tuple[tuple[Facts, bool], ...]  # the second: surely of that origin
    more: bool


def add_content(pack: Pack, day: date, rates: Mapping[str, Decimal], facts: dict[str, Value], asks: Asks) -> None:
    """``content.share``, ``content.entries``, ``made.technology`` and ``made.plant`` for a law that counts content."""
    if pack.content is None:
        return
    parts = _from(facts.get("items.parts"), "parts.origin", pack.content.origin)
    facts["content.entries"] = _entries(parts, "parts", pack.id)
    if MORE in facts["content.entries"]:  # type: ignore[operator]
        asks["content.entries"] = ("items.parts",)
    share = _share(pack, day, rates, facts, parts)
    if share is not None:
        facts["content.share"] = share
    if share is None or share.low != share.high:
        asks["content.share"] = ("items.parts", "items.value")
    made = _from(facts.get("items.made_with"), "made_with.origin", pack.content.origin)
    for name, whats in (("technology", ("technology", "software")), ("plant", ("plant", "component"))):
        chosen = tuple(
            (row, sure and row.get("made_with.what") in whats)
            for row, sure in made.rows
            if row.get("made_with.what") in (*whats, None)
        )
        found = _entries(_Origin(chosen, made.more), "made_with", pack.id)
        facts[f"made.{name}"] = found
        if any(code.endswith(MORE) for code in found):
            asks[f"made.{name}"] = ("items.made_with",)


def _from(rows: Value, origin: str, places: frozenset[str]) -> _Origin:
    if not isinstance(rows, tuple):
        return _Origin((), True)
    own = tuple((row, row.get(origin) is not None) for row in rows if row.get(origin) in places or not row.get(origin))
    return _Origin(own, False)


def _entries(found: _Origin, section: str, law: str) -> frozenset[str]:
    """The entries of the rows; with ``?`` where a row may not be of that origin, ``?`` alone where one is unknown."""
    codes: set[str] = {MORE} if found.more else set()
    for row, sure in found.rows:
        entries = row.get(f"{section}.entries.{law}")
        if not isinstance(entries, frozenset):
            codes.add(MORE)
        else:
            codes |= {code if sure else f"{code}{MORE}" for code in entries}
    return frozenset(codes)


def _share(
    pack: Pack, day: date, rates: Mapping[str, Decimal], facts: Mapping[str, Value], parts: _Origin
) -> Span | None:
    if not parts.rows:
        return Span(ZERO, ONE) if parts.more else Span(ZERO, ZERO)
    whole = _own(facts.get("items.value"), pack.currency, rates)
    if whole is None or whole == 0:
        # Parts that cannot count are none of any whole.
        counted = [_counts(pack, day, facts, row) for row, _ in parts.rows]
        return Span(ZERO, ZERO) if all(one is False for one in counted) and not parts.more else None
    low = high = ZERO
    for row, sure in parts.rows:
        counts = _counts(pack, day, facts, row)
        value = _own(row.get("parts.value"), pack.currency, rates)
        if counts is False:
            continue
        if value is None:
            high = ONE
        else:
            low += value / whole if counts and sure else ZERO
            high += value / whole
    return Span(min(low, ONE), ONE if parts.more else min(high, ONE))


def _counts(pack: Pack, day: date, facts: Mapping[str, Value], row: Facts) -> Truth:
    """Whether the part, shipped alone to the destination, would need a licence."""
    assert pack.requirements is not None and pack.content is not None
    entries = row.get(f"parts.entries.{pack.id}")
    place = facts.get("destination")
    if not isinstance(entries, frozenset):
        return None
    if place in _members(pack, pack.content.every_part, day):
        return True
    listed = any(path.partition(".")[0] not in pack.unlisted for path in entries)
    if place in _members(pack, pack.content.listed_parts, day) and listed:
        return True
    reached = rows_reached(pack, entries, {}, place if isinstance(place, str) else None)
    reasons = reasons_at(reached, marker_on(pack, pack.requirements, day, pack.requirements.same_day))
    if any(not reason.endswith(MAYBE) for reason in reasons):
        return True
    return None if reasons or (place is None and listed) else False


def _members(pack: Pack, name: str, day: date) -> frozenset[str]:
    places = pack.places.get(name)
    span = places.on(day) if places is not None else None
    return span.members if span is not None else frozenset()


def _own(amount: Value, currency: str, rates: Mapping[str, Decimal]) -> Decimal | None:
    converted = amount.converted(currency, rates) if isinstance(amount, Money) else None
    return converted.amount if converted is not None and not converted.at_least else None
