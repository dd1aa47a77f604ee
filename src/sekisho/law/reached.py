"""Derived facts of the destination and of requirement tables, for packs that have them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sekisho.law.kleene import Truth, all_of
from sekisho.law.operators import OPERATORS, resolved
from sekisho.law.pack import Pack
from sekisho.law.requirements import (
    Reached,
    Requirement,
    entries_by_code,
    marker_on,
    open_facts,
    reaches,
    reaching,
    reasons_at,
    rows_by_entry,
)
from sekisho.law.rule import Condition
from sekisho.model.transfer import Value

Facts = dict[str, Value]
Asks = dict[str, tuple[str, ...]]
DERIVED = (
    *("requirement", "requirement.reasons", "requirement.controls", "requirement.columns"),
    *("requirement.listed", "requirement.none"),
)


def add_destination(pack: Pack, facts: Facts, asks: Asks) -> None:
    """``destination``: the place as the law counts it.

    For a deemed export it may be a person's citizenship (``deemed_destination``); a territory may go with another
    country's row (``treated_as``); a place that the law's tables do not know stays unknown until it is stated.
    """
    asked = "to"
    if facts.get("act") == "deemed-export" and pack.deemed_destination:
        asked = pack.deemed_destination
    place = facts.get(asked)
    if isinstance(place, str):
        place = pack.treated_as.get(place, place)
        known = pack.places.get(pack.destinations)
        span = known.on(facts["day"]) if known is not None and isinstance(facts.get("day"), date) else None  # type: ignore[arg-type]
        if span is not None and place not in span.members:
            asked, place = "to_treated_as", facts.get("to_treated_as")
    facts.pop("destination", None)
    if isinstance(place, str):
        facts["destination"] = place
    else:
        asks["destination"] = (asked,)


def add_requirements(pack: Pack, day: date, facts: Facts, asks: Asks) -> None:
    """``requirement``: the rows of the item's entries; ``requirement.reasons``: those that bite at the destination.

    ``requirement.controls`` and ``requirement.columns`` are the reasons and columns of the rows that reach the item,
    whatever the destination; ``requirement.listed`` tells whether it is on the list at all.
    """
    use = pack.requirements
    if use is None:
        return
    classified = f"items.entries.{use.law}"
    paths = facts.get(classified)
    if not isinstance(paths, frozenset):
        asks.update(dict.fromkeys(DERIVED, (classified,)))
        return
    place = facts.get("destination")
    reached = rows_reached(pack, paths, facts, place if isinstance(place, str) else None)
    marker = marker_on(pack, use, day, use.same_day)
    facts["requirement"] = reached  # type: ignore[assignment]
    facts["requirement.reasons"] = reasons_at(reached, marker)
    facts["requirement.controls"] = reaching(reached, lambda row: row.reason)
    facts["requirement.columns"] = reaching(reached, lambda row: row.target if row.kind == "column" else "")
    facts["requirement.none"] = bool(reached.elsewhere)
    facts["requirement.listed"] = any(path.partition(".")[0] not in pack.unlisted for path in paths)
    wanted = dict.fromkeys(open_facts(reached, marker, lambda row: _asked(pack, row, classified)))
    if reached.elsewhere:
        wanted[classified] = None
    opened = tuple(one for fact in wanted for one in asks.get(fact, (fact,)))
    if opened:
        asks.update(dict.fromkeys(DERIVED, opened))


def rows_reached(pack: Pack, paths: frozenset[str], facts: Facts, place: str | None) -> Reached:
    """Give the rows of the entries of ``paths``, each with whether it reaches them; ``facts`` answer words."""
    assert pack.requirements is not None
    table = rows_by_entry(pack, pack.requirements.table)
    made_for = facts.get(f"items.for_entries.{pack.requirements.law}")
    rows: list[tuple[Requirement, Truth]] = []
    elsewhere: set[str] = set()
    for code, own in entries_by_code(paths):
        if code not in table and code not in pack.unlisted:
            elsewhere.add(code)
        for row in table.get(code, ()):
            truth = reaches(
                row,
                own,
                made_for if isinstance(made_for, frozenset) else None,
                lambda row: _in_words(pack, row, facts),
                table,
            )
            if truth is not False:
                rows.append((row, truth))
    return Reached(tuple(rows), place, frozenset(elsewhere))


def _in_words(pack: Pack, row: Requirement, facts: Facts) -> Truth:
    """Answer a condition in words by the question that the pack binds to the row."""
    conditions = pack.row_questions.get(row.hash)
    return None if conditions is None else all_of(_holds(condition, facts) for condition in conditions)


def _holds(condition: Condition, facts: Facts) -> Truth:
    value = facts.get(condition.fact)
    return None if value is None else OPERATORS[condition.op].test(value, resolved(condition))


def _asked(pack: Pack, row: Requirement, classified: str) -> Sequence[str]:
    """The facts that decide whether a row reaches the item."""
    asked: list[str] = []
    if row.words:
        asked += [condition.fact for condition in pack.row_questions.get(row.hash, ())] or [f"row.{row.hash}"]
    if row.of or row.of_except or row.of_maybe:
        asked.append(classified.replace("items.entries", "items.for_entries"))
    if row.include or row.exclude or row.maybe:
        asked.append(classified)
    return asked
