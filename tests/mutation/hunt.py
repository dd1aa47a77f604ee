"""Run the golden cases against mutants of a pack: which are told from the real one, and which survive."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cached_property

from mutation.pack_mutants import Mutant
from sekisho.app.law_test import Variant, try_variant
from sekisho.law.book import Book, _atom, book_on
from sekisho.law.evaluate import Evaluation
from sekisho.law.kleene import Truth, all_of
from sekisho.law.rule import Condition, Rule
from sekisho.law.view import view_of

WINDOW = timedelta(days=2)
ONE_RULE = frozenset({"condition", "operator", "amount", "value"})
"""Faults that show only where the rule's own answer changes."""


@dataclass
class Seen:
    """One variant on the real pack: the evaluations of its items, with every rule asked that a decision asks."""

    variant: Variant
    _atoms: dict[tuple[str, str, str], Truth] = field(default_factory=dict)

    @cached_property
    def book(self) -> Book:
        assert self.variant.transfer is not None
        return book_on(self.variant.pack, self.variant.transfer.day)

    @cached_property
    def evaluations(self) -> tuple[Evaluation, ...]:
        transfer = self.variant.transfer
        assert transfer is not None
        views = (view_of(self.variant.pack, transfer, item) for item in transfer.items)
        return tuple(Evaluation(self.book, view) for view in views)

    @cached_property
    def asked(self) -> frozenset[str]:
        """The rules that a decision and the search for contradictions ask."""
        tried = try_variant(self.variant)
        decisions = tried.answer.decisions if tried.answer is not None else ()
        found = {step[0] for decision in decisions for step in decision.trace}
        for evaluation in self.evaluations:
            for row in self.book.by_effect.get("contradiction", ()):
                evaluation.rule(row)
            found |= {step[0] for step in evaluation.trace()}
        return frozenset(found)

    def changes(self, mutant: Mutant, real: Rule, rule: Rule) -> bool:
        """Whether the answer of the one mutated rule is another than on the real pack."""
        assert self.variant.transfer is not None
        day = self.variant.transfer.day
        version, changed = real.on(day), rule.on(day)
        if version is changed or version is None or changed is None or rule.id not in self.asked:
            return False
        row = self.book.rules[rule.id]
        claim = (Condition(f"claim.{rule.claim}", "is", True),) if rule.lift_kind == "claimed" else ()
        for evaluation in self.evaluations:
            truth = all_of(self.test(evaluation, condition) for condition in (*claim, *changed.when))
            if truth is True and changed.certainty == "U":
                truth = None
            if truth is not evaluation.rule(row):
                return True
        return False

    def test(self, evaluation: Evaluation, condition: Condition) -> Truth:
        atom = _atom(self.variant.pack, condition, self.book.first_day)
        fact = condition.fact
        value = evaluation.term(fact) if atom.is_term else evaluation.view.facts.get(fact)
        return None if value is None else atom.test(value, atom.arg)


@dataclass(frozen=True)
class Suite:
    """The variants of a pack, so that each mutant meets only those that can tell it."""

    seen: tuple[Seen, ...]

    @staticmethod
    def of(variants: Sequence[Variant]) -> Suite:
        """Run every variant once; every one must pass on the real pack."""
        kept = tuple(Seen(one) for one in variants if one.transfer is not None)
        for one in kept:
            tried = try_variant(one.variant)
            assert tried.passed, (one.variant.id, tried.mismatches)
        return Suite(kept)

    def told(self, mutant: Mutant) -> Variant | None:
        """The first variant that comes out otherwise with the mutant; None when it survives."""
        for one in self.seen:
            variant = one.variant
            if self._may_tell(one, mutant):
                pack = replace(mutant.pack, tables=variant.pack.tables)
                if not try_variant(variant, pack).passed:
                    return variant
        return None

    @staticmethod
    def _may_tell(one: Seen, mutant: Mutant) -> bool:
        assert one.variant.transfer is not None
        if mutant.day is not None:
            return abs(one.variant.transfer.day - mutant.day) <= WINDOW
        if mutant.kind in ONE_RULE:
            return one.changes(mutant, one.variant.pack.rules[mutant.rule], mutant.pack.rules[mutant.rule])
        return mutant.rule in one.asked

    def survivors(self, hunted: Iterable[Mutant]) -> list[Mutant]:
        """The mutants that no variant tells from the real pack."""
        return [mutant for mutant in hunted if self.told(mutant) is None]
