"""Ask the rules of a book about one item: each atom, term and rule is answered once and remembered."""

from __future__ import annotations

from typing import TypeAlias

from sekisho.law.book import Book, RuleInForce
from sekisho.law.kleene import Truth
from sekisho.law.view import View
from sekisho.model.certainty import CERTAINTIES, Certainty, weakest
from sekisho.model.transfer import Value

TestStep: TypeAlias = tuple[str, str, object, Value, Truth]
"""(fact, operator, argument as written, value seen, answer)."""

TraceStep: TypeAlias = tuple[str, Truth, tuple[TestStep, ...]]
"""(rule, answer, the tests that gave it): all of them when it holds, the unknown ones, or the one that fails."""

_UNASKED = object()


class Evaluation:
    """The answers of one book for one view; not shared between items."""

    __slots__ = ("_memo", "_rules", "_terms", "book", "view")

    def __init__(self, book: Book, view: View) -> None:
        self.book = book
        self.view = view
        self._memo: list[object] = [_UNASKED] * len(book.atoms)
        self._terms: dict[str, Truth] = {}
        self._rules: dict[str, Truth] = {}

    def atom(self, number: int) -> Truth:
        """Answer one test; unknown facts leave it unknown."""
        known = self._memo[number]
        if known is _UNASKED:
            atom = self.book.atoms[number]
            value = self.term(atom.condition.fact) if atom.is_term else self.view.facts.get(atom.condition.fact)
            known = self._memo[number] = None if value is None else atom.test(value, atom.arg)
        return known  # type: ignore[return-value]

    def term(self, name: str) -> Truth:
        """A term is true when one of its rows holds, false when every row fails."""
        if name not in self._terms:
            self._terms[name] = None  # a circle of terms stays unknown; ``law check`` refuses it
            result: Truth = False
            for row in self.book.terms[name]:
                truth = self.rule(row)
                if truth is True:
                    result = True
                    break
                if truth is None:
                    result = None
            self._terms[name] = result
        return self._terms[name]

    def rule(self, row: RuleInForce) -> Truth:
        """A rule holds when all its tests do. An unsettled row (U) that would hold is unknown instead."""
        rule_id = row.rule.id
        if rule_id in self._rules:
            return self._rules[rule_id]
        result: Truth = True
        for number in row.atoms:
            truth = self.atom(number)
            if truth is False:
                result = False
                break
            if truth is None:
                result = None
        if result is True and row.version.certainty == "U":
            result = None
        self._rules[rule_id] = result
        return result

    def failing(self, row: RuleInForce) -> list[int]:
        """Give the atoms of a rule that are false."""
        return [number for number in row.atoms if self.atom(number) is False]

    def unknown_facts(self, row: RuleInForce) -> tuple[str, ...]:
        """The stated facts on which a rule stays unknown, terms and derived facts opened; ``law:ID`` for itself."""
        found: dict[str, None] = {}
        self._collect_unknown(row, found, set())
        return tuple(found)

    def _collect_unknown(self, row: RuleInForce, found: dict[str, None], seen: set[str]) -> None:
        seen.add(row.id)
        pending = [number for number in row.atoms if self.atom(number) is None]
        if not pending and row.version.certainty == "U":
            found[f"law:{row.id}"] = None
        for number in pending:
            atom = self.book.atoms[number]
            fact = atom.condition.fact
            if not atom.is_term:
                found.update(dict.fromkeys(self.view.asks.get(fact, (fact,))))
                continue
            for part in self.book.terms[fact]:
                if self.rule(part) is None and part.id not in seen:
                    self._collect_unknown(part, found, seen)

    def certainty(self, row: RuleInForce) -> Certainty:
        """The weakest tag that this rule's answer rests on: its version, its sets, the surest row of each term."""
        tags: list[Certainty] = [row.version.certainty]
        for number in row.atoms:
            atom = self.book.atoms[number]
            tags.append(atom.certainty)
            if atom.is_term and self.term(atom.condition.fact) is True:
                rows = [part for part in self.book.terms[atom.condition.fact] if self.rule(part) is True]
                tags.append(min((self.certainty(part) for part in rows), key=CERTAINTIES.index))
        return weakest(tags)

    def trace(self) -> tuple[TraceStep, ...]:
        """Every rule in force that was asked, in the order of the pack, with the tests that decided it."""
        steps: list[TestStep | None] = [None] * len(self.book.atoms)

        def step(number: int) -> TestStep:
            made = steps[number]
            if made is None:
                atom = self.book.atoms[number]
                fact = atom.condition.fact
                value = self._terms.get(fact) if atom.is_term else self.view.facts.get(fact)
                made = (fact, atom.condition.op, atom.condition.arg, value, self.atom(number))
                steps[number] = made
            return made

        trace: list[TraceStep] = []
        for rule_id, row in self.book.rules.items():
            truth = self._rules.get(rule_id, _UNASKED)
            if truth is _UNASKED:
                continue
            tests: tuple[TestStep, ...]
            if truth is False:
                tests = (step(next(number for number in row.atoms if self._memo[number] is False)),)
            elif truth is None:
                tests = tuple(step(number) for number in row.atoms if self._memo[number] is not True)
            else:
                tests = tuple(step(number) for number in row.atoms)
            trace.append((rule_id, truth, tests))  # type: ignore[arg-type]
        return tuple(trace)
