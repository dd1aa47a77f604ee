"""Small faults put into a pack on purpose: a date a day off, an amount one off, an operator turned round.

Each mutant is a pack like the real one but for one spot. The golden cases must tell it from the real one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sekisho.law.pack import Pack
from sekisho.law.rule import Condition, Rule
from sekisho.law.sets import PlaceSet, PlaceSpan
from sekisho.model.money import parse_money
from sekisho.model.period import Period

DAY = timedelta(days=1)

FLIPPED = {
    "is": "is_not",
    "is_not": "is",
    "in": "not_in",
    "not_in": "in",
    "any_of": "none_of",
    "none_of": "any_of",
    "any_in": "none_in",
    "none_in": "any_in",
    "all_in": "any_in",
    "at_least": "above",
    "above": "at_least",
    "at_most": "below",
    "below": "at_most",
}

CLASSES = ("date", "amount", "operator", "condition", "value", "lift", "claim", "detail", "rule")


@dataclass(frozen=True)
class Mutant:
    """One fault: ``kind`` is its class, ``rule`` where it sits (a rule or a place set), ``says`` what was changed.

    ``day`` is the date that was moved, for faults that show on days on which the rule was not asked before.
    """

    kind: str
    rule: str
    says: str
    pack: Pack
    day: date | None = None


def mutants(pack: Pack, kinds: tuple[str, ...] = CLASSES) -> Iterator[Mutant]:
    """Every mutant of ``pack`` of the classes asked, rule by rule."""
    for rule in pack.rules.values():
        if all(version.period.end is not None and version.period.end <= pack.start for version in rule.versions):
            continue
        for kind, says, mutated, day in _of_rule(pack, rule):
            if kind in kinds:
                yield Mutant(kind, rule.id, says, _with(pack, rule.id, mutated), day)
    if "date" in kinds:
        for places in pack.places.values():
            yield from _of_places(pack, places)


def _with(pack: Pack, rule_id: str, mutated: Rule | None) -> Pack:
    rules = {key: value for key, value in pack.rules.items() if key != rule_id or mutated is not None}
    if mutated is not None:
        rules[rule_id] = mutated
    return replace(pack, rules=rules)


Fault = tuple[str, str, Rule | None, date | None]


def _of_rule(pack: Pack, rule: Rule) -> Iterator[Fault]:
    yield "rule", "left out", None, None
    for says, versions, day in _moved_dates(pack.start, rule.versions):
        yield "date", says, replace(rule, versions=versions), day
    for when, numbers in _conditions_in_force(pack, rule).items():
        first = rule.versions[numbers[0]].period.start
        for kind, says, changed in _of_conditions(when):
            versions = tuple(
                replace(version, when=changed) if number in numbers else version
                for number, version in enumerate(rule.versions)
            )
            yield kind, f"from {first}: {says}", replace(rule, versions=versions), None
    for target in rule.lifts if len(rule.lifts) > 1 else ():
        lifts = tuple(other for other in rule.lifts if other != target)
        yield "lift", f"no longer lifts {target}", replace(rule, lifts=lifts), None
    if rule.lift_kind == "claimed":
        yield "claim", "works without being invoked", replace(rule, lift_kind="legal"), None
    for says, details in _of_details(rule.details):
        yield "detail", says, replace(rule, details=details), None


def _conditions_in_force(pack: Pack, rule: Rule) -> dict[tuple[Condition, ...], list[int]]:
    """The different conditions of a rule with the versions that share them."""
    found: dict[tuple[str, ...], tuple[tuple[Condition, ...], list[int]]] = {}
    for number, version in enumerate(rule.versions):
        if version.period.end is None or version.period.end > pack.start:
            key = tuple(repr(condition) for condition in version.when)
            found.setdefault(key, (version.when, []))[1].append(number)
    return {_Conditions(when): numbers for when, numbers in found.values()}


class _Conditions(tuple[Condition, ...]):
    """Conditions as a key: the arguments in them may be lists."""

    def __hash__(self) -> int:
        return hash(repr(self))


def _moved_dates(start: date, versions: tuple[Any, ...]) -> Iterator[tuple[str, tuple[Any, ...], date]]:
    """Each begin and end a day earlier and later; where two periods meet, their common date moves."""
    for number, version in enumerate(versions):
        period: Period = version.period
        follows = versions[number + 1] if number + 1 < len(versions) else None
        meets = follows is not None and follows.period.start == period.end
        if period.end is not None and period.end > start:
            for step, word in ((-DAY, "earlier"), (DAY, "later")):
                end = period.end + step
                moved = [*versions]
                moved[number] = replace(version, period=Period(period.start, end))
                if meets and follows is not None:
                    moved[number + 1] = replace(follows, period=Period(end, follows.period.end))
                if end > period.start:
                    yield f"{period.end} a day {word}", tuple(moved), period.end
        before = versions[number - 1] if number else None
        if period.start > start and not (before is not None and before.period.end == period.start):
            for step, word in ((-DAY, "earlier"), (DAY, "later")):
                moved = [*versions]
                moved[number] = replace(version, period=Period(period.start + step, period.end))
                yield f"{period.start} a day {word}", tuple(moved), period.start


def _of_places(pack: Pack, places: PlaceSet) -> Iterator[Mutant]:
    spans: tuple[PlaceSpan, ...] = tuple(sorted(places.spans, key=lambda span: span.period.start))
    for says, moved, day in _moved_dates(pack.start, spans):
        changed = {**pack.places, places.id: replace(places, spans=moved)}
        yield Mutant("date", places.id, says, replace(pack, places=changed), day)


def _of_conditions(when: tuple[Condition, ...]) -> Iterator[tuple[str, str, tuple[Condition, ...]]]:
    for number, condition in enumerate(when):
        before, after = when[:number], when[number + 1 :]
        named = f"{condition.fact} {condition.op}"
        yield "condition", f"{named} dropped", (*before, *after)
        if isinstance(condition.arg, bool):
            yield (
                "operator",
                f"{named} {not condition.arg}",
                (*before, replace(condition, arg=not condition.arg), *after),
            )
        else:
            flipped = replace(condition, op=FLIPPED[condition.op])
            yield "operator", f"{named} becomes {flipped.op}", (*before, flipped, *after)
        for says, arg in _near(condition.arg):
            yield "amount", f"{named} {says}", (*before, replace(condition, arg=arg), *after)
        if isinstance(condition.arg, list) and len(condition.arg) > 1:
            for value in condition.arg:
                rest = [other for other in condition.arg if other != value]
                yield "value", f"{named} without {value}", (*before, replace(condition, arg=rest), *after)


def _near(arg: Any) -> Iterator[tuple[str, Any]]:
    """The amounts next to ``arg``: one unit of its last digit less and more."""
    if isinstance(arg, bool):
        return
    if isinstance(arg, date):
        yield from ((str(arg + step), arg + step) for step in (-DAY, DAY))
    elif isinstance(arg, int | Decimal):
        exponent = arg.as_tuple().exponent if isinstance(arg, Decimal) else 0
        unit = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
        yield from ((str(arg + step), arg + step) for step in (-unit, unit))
    elif isinstance(arg, str):
        money = parse_money(arg)
        if money is not None:
            for step in (-1, 1):
                text = f"{money.amount + step} {money.currency}"
                yield text, text


def _of_details(details: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for key, value in details.items():
        if isinstance(value, int) and not isinstance(value, bool) and key != "standard_days":
            for step in (-1, 1):
                yield f"{key} = {value + step}", {**details, key: value + step}
