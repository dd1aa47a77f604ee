"""Rules that can never hold, lifts that never meet what they lift, rules that contradict, and silence.

Worked out for each stretch of days in which the law stays the same, and told once with the days.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sekisho.law.book import book_on
from sekisho.law.checks.finding import span_words
from sekisho.law.domains import Reference
from sekisho.law.explain import condition_words
from sekisho.law.pack import Pack
from sekisho.law.reach import Reach
from sekisho.law.rule import REQUIREMENTS, Condition
from sekisho.model.problem import Problem


@dataclass
class _Told:
    """Over which stretches something was found, and what was found first."""

    first: date
    end: date | None
    what: Any
    stretches: set[date] = field(default_factory=set)


class Dead:
    """Goes through the stretches of a pack and gathers what never holds, never meets, contradicts or stays silent."""

    def __init__(self, pack: Pack, reference: Reference) -> None:
        self.pack = pack
        self.reference = reference
        self.in_force: dict[str, set[date]] = {}
        self.dead: dict[str, _Told] = {}
        self.meeting: dict[tuple[str, str], bool] = {}
        self.conflicts: dict[tuple[str, str], _Told] = {}
        self.silent: dict[str, _Told] = {}

    def problems(self, done: Callable[[int, int], None] = lambda number, total: None) -> Iterator[Problem]:
        """Go through all stretches; ``done`` is told how many of how many are through."""
        days = self.pack.boundaries
        for number, day in enumerate(days):
            until = days[number + 1] if number + 1 < len(days) else None
            with Reach(book_on(self.pack, day), self.reference, until) as reach:
                self._stretch(reach, day)
            done(number + 1, len(days))
        yield from self._dead_problems()
        yield from self._lift_problems()
        yield from self._conflict_problems()
        yield from self._silence_problems()

    def _stretch(self, reach: Reach, day: date) -> None:
        book = reach.book
        for row in book.rules.values():
            self.in_force.setdefault(row.id, set()).add(day)
            core = reach.core(row)
            if core:
                self._tell(self.dead, row.id, day, reach.until, (book, core))
        for target, lifts in book.lifts_of.items():
            if target in book.rules:
                for lift in lifts:
                    pair = (lift.id, target)
                    self.meeting[pair] = self.meeting.get(pair, False) or reach.together([lift, book.rules[target]])
        for requirement in book.requirements:
            for basis in book.by_effect.get("no-licence", ()):
                if basis.rule.about == requirement.rule.about:
                    facts = reach.example([requirement, basis], book.lifts_of.get(requirement.id, ()))
                    if facts is not None:
                        self._tell(self.conflicts, (requirement.id, basis.id), day, reach.until, facts)
        for row in book.by_effect.get("subject", ()):
            facts = reach.example([row], [*book.requirements, *book.by_effect.get("no-licence", ())])
            if facts is not None:
                self._tell(self.silent, row.id, day, reach.until, facts)

    def _tell(self, told: dict[Any, _Told], key: Any, day: date, until: date | None, what: Any) -> None:
        found = told.setdefault(key, _Told(day, until, what))
        found.stretches.add(day)
        if found.end == day:
            found.end = until

    def _dead_problems(self) -> Iterator[Problem]:
        for rule_id, told in self.dead.items():
            rule = self.pack.rules[rule_id]
            book, core = told.what
            atoms = [book.atoms[number] for number in core]
            said = " and ".join(repr(condition_words(self.pack, atom.condition, "en")) for atom in atoms)
            whole = told.stretches == self.in_force[rule_id]
            days = "" if whole else f" {span_words(told.first, told.end)}"
            what = f"the rule can never hold{days}"
            only = atoms[0] if len(atoms) == 1 else None
            if only is not None and only.is_term and not book.terms.get(only.condition.fact):
                says = f"{what}: no row gives the term '{only.condition.fact}' on these days"
                hint = "end or begin the rule with the rows of the term, or give the term a row for these days"
                yield Problem("rule-before-term", rule.where, says, hint)
            elif only is not None and only.arg is None:
                says = f"{what}: the set '{only.condition.arg}' has no span on these days"
                hint = "give the set a span for these days, if need be with certainty K"
                yield Problem("rule-before-set", rule.where, says, hint)
            elif not whole:
                says = f"{what}: {said} cannot be met"
                yield Problem("rule-partly-dead", rule.where, says, "correct the dates or the conditions")
            elif only is not None:
                yield Problem("rule-never", rule.where, f"{what}: no value meets {said}", "correct the condition")
            elif len({atom.condition.fact for atom in atoms}) == 1:
                hint = "these conditions are about one fact; write the one that is meant, or two rules"
                yield Problem("rule-contradiction", rule.where, f"{what}: {said} exclude each other", hint)
            else:
                hint = "correct the conditions, or take the rule out"
                yield Problem("rule-unreachable", rule.where, f"{what}: {said} exclude each other", hint)

    def _lift_problems(self) -> Iterator[Problem]:
        for rule in self.pack.rules.values():
            met = {target: self.meeting[rule.id, target] for target in rule.lifts if (rule.id, target) in self.meeting}
            if met and not any(met.values()):
                says = "its conditions and those of what it lifts exclude each other"
                yield Problem("lift-nothing", rule.where, says, "correct the conditions or what it lifts")
                continue
            for target in rule.lifts_written:
                if met.get(target) is False:
                    says = f"it never meets {target}: their conditions exclude each other"
                    yield Problem("lift-idle", rule.where, says, f"take '{target}' out of 'lifts'")

    def _conflict_problems(self) -> Iterator[Problem]:
        by_basis: dict[str, list[tuple[str, _Told]]] = {}
        for (requirement, basis), told in self.conflicts.items():
            by_basis.setdefault(basis, []).append((requirement, told))
        for basis, pairs in by_basis.items():
            first = pairs[0][1]
            says = f"it says that nothing is needed where {_listed([name for name, _ in pairs])} requires it"
            days = span_words(first.first, first.end)
            hint = f"lift the one or narrow the other; {days}, for instance when {_in_words(first.what)}"
            yield Problem("rules-conflict", self.pack.rules[basis].where, says, hint)

    def _silence_problems(self) -> Iterator[Problem]:
        for subject, told in self.silent.items():
            says = (
                f"the law attaches, nothing is required and no rule says why {span_words(told.first, told.end)},"
                f" for instance when {_in_words(told.what)}"
            )
            yield Problem("rules-gap", self.pack.rules[subject].where, says, "write the rule of effect 'no-licence'")


MOST_FACTS = 12


def _in_words(facts: Mapping[str, Any]) -> str:
    """Facts as a reader of the file would write them; claims not made and licences not held go without saying."""
    stated = {
        fact: value
        for fact, value in facts.items()
        if not (fact.startswith(("claim.", "held.", "bulk.")) and value is False)
    }
    groups: dict[str, list[str]] = {}
    for fact, value in stated.items():
        groups.setdefault(f"{re.sub(r'[0-9]+$', '*', fact)} = {_written(value)}", []).append(fact)
    said = [
        one if len(names) > 1 or not one.split(" ")[0].endswith("*") else f"{names[0]} = {one.split(' = ', 1)[1]}"
        for one, names in groups.items()
    ]
    return ", ".join(said[:MOST_FACTS]) + (
        f" and {len(said) - MOST_FACTS} facts more" if len(said) > MOST_FACTS else ""
    )


def _written(value: Any) -> str:
    if isinstance(value, frozenset):
        return f"[{', '.join(sorted(map(str, value)))}]"
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:3])
    return shown if len(names) <= 3 else f"{shown} or {len(names) - 3} other rules"


def twin_problems(pack: Pack) -> Iterator[Problem]:
    """Two rules that say the same: the same effect on the same conditions on the same days."""
    seen: dict[Any, list[tuple[str, Any]]] = {}
    for rule in pack.rules.values():
        for version in rule.versions:
            key = (rule.effect, rule.about, rule.term, rule.lifts, rule.claim, repr(rule.details), _key(version.when))
            for other, period in seen.get(key, ()):
                if other != rule.id and period.overlaps(version.period):
                    says = f"it says the same as {other}: the same effect under the same conditions"
                    yield Problem("rules-twice", rule.where, says, "take one of them out")
            seen.setdefault(key, []).append((rule.id, version.period))
    alike: dict[Any, list[tuple[str, Any]]] = {}
    for rule in pack.rules.values():
        for version in rule.versions if rule.effect in REQUIREMENTS else ():
            same = (rule.about, _key(version.when))
            for other, period in alike.get(same, ()):
                if other != rule.id and period.overlaps(version.period) and pack.rules[other].details != rule.details:
                    says = f"it requires under the same conditions what {other} requires"
                    yield Problem("rules-twice", rule.where, says, "make one rule of the two")
            alike.setdefault(same, []).append((rule.id, version.period))


def _key(when: Sequence[Condition]) -> tuple[str, ...]:
    return tuple(sorted(f"{one.fact} {one.op} {one.arg!r}" for one in when))
