"""A pack made ready for one stretch of days in which the law does not change: the rules in force, resolved."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sekisho.law.kleene import Truth
from sekisho.law.operators import OPERATORS
from sekisho.law.pack import Pack
from sekisho.law.rule import REQUIREMENTS, Condition, Effect, Rule, Version
from sekisho.law.sets import EntrySet
from sekisho.model.certainty import Certainty
from sekisho.model.money import parse_money

# Lifts are tried in this order and the first that holds names the outcome.
LIFT_ORDER = {"covered": 0, "exempt": 1, "no-licence": 2, "not-subject": 3}


@dataclass(frozen=True, slots=True)
class Atom:
    """One distinct test of the book; rules share atoms, so each is answered once for an item."""

    condition: Condition
    test: Callable[[Any, Any], Truth]
    arg: Any
    is_term: bool
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class RuleInForce:
    """A rule with the version of the day and the numbers of its atoms."""

    rule: Rule
    version: Version
    atoms: tuple[int, ...]

    @property
    def id(self) -> str:
        """The rule's id."""
        return self.rule.id


@dataclass(frozen=True, slots=True)
class Book:
    """The law of a pack between two of its boundaries."""

    pack: Pack
    first_day: date
    atoms: tuple[Atom, ...]
    rules: dict[str, RuleInForce]
    by_effect: dict[Effect, tuple[RuleInForce, ...]]
    requirements: tuple[RuleInForce, ...]
    lifts_of: dict[str, tuple[RuleInForce, ...]]
    terms: dict[str, tuple[RuleInForce, ...]]


def book_on(pack: Pack, day: date) -> Book:
    """Give the book of the stretch in which ``day`` lies; made once for each stretch."""
    books: dict[int, Book] = pack.__dict__.setdefault("_books", {})
    number = bisect_right(pack.boundaries, day)
    if number not in books:
        books[number] = _compile(pack, day)
    return books[number]


def _compile(pack: Pack, day: date) -> Book:
    atoms: list[Atom] = []
    numbers: dict[tuple[str, str, str], int] = {}

    def number_of(condition: Condition) -> int:
        key = (condition.fact, condition.op, repr(condition.arg))
        if key not in numbers:
            numbers[key] = len(atoms)
            atoms.append(_atom(pack, condition, day))
        return numbers[key]

    in_force: dict[str, RuleInForce] = {}
    for rule in pack.rules.values():
        version = rule.on(day)
        if version is None:
            continue
        conditions = version.when
        if rule.lift_kind == "claimed":
            conditions = (Condition(f"claim.{rule.claim}", "is", True), *conditions)
        in_force[rule.id] = RuleInForce(rule, version, tuple(number_of(condition) for condition in conditions))
    by_effect: dict[Effect, list[RuleInForce]] = {}
    for row in in_force.values():
        by_effect.setdefault(row.rule.effect, []).append(row)
    lifts: dict[str, list[RuleInForce]] = {}
    for row in by_effect.get("lift", []):
        for target in row.rule.lifts:
            lifts.setdefault(target, []).append(row)
    return Book(
        pack=pack,
        first_day=pack.boundaries[max(bisect_right(pack.boundaries, day) - 1, 0)],
        atoms=tuple(atoms),
        rules=in_force,
        by_effect={effect: tuple(rows) for effect, rows in by_effect.items()},
        requirements=tuple(row for row in in_force.values() if row.rule.effect in REQUIREMENTS),
        lifts_of={
            target: tuple(sorted(rows, key=lambda row: LIFT_ORDER.get(row.rule.outcome or "", 9)))
            for target, rows in lifts.items()
        },
        terms={
            name: tuple(in_force[rule.id] for rule in rules if rule.id in in_force)
            for name, rules in pack.terms.items()
        },
    )


def _atom(pack: Pack, condition: Condition, day: date) -> Atom:
    """Resolve the argument for the day; a place set that is not known that day leaves the test unknown."""
    operator = OPERATORS[condition.op]
    arg: Any = condition.arg
    certainty: Certainty = "V"
    if isinstance(arg, str) and arg in pack.places and operator.shape in ("list-or-set", "entry-set"):
        span = pack.places[arg].on(day)
        arg, certainty = (span.members, span.certainty) if span else (None, "U")
    elif operator.shape == "list-or-set":
        arg = pack.scopes[arg] if isinstance(arg, str) else frozenset(arg)
    elif operator.shape == "entry-set":
        arg = pack.entry_sets.get(arg, EntrySet("", {}, frozenset()))
    elif operator.shape == "codes":
        arg = tuple(arg)
    elif operator.shape == "quantity" and isinstance(arg, str):
        arg = parse_money(arg)
    test = operator.test if arg is not None else _unknown
    return Atom(condition, test, arg, condition.fact in pack.terms, certainty)


def _unknown(_value: Any, _arg: Any) -> Truth:
    return None
