"""Can these rows of law hold together, when every fact is known? A book as clauses, asked of a satisfiability solver.

Every fact is one of its classes (``domains``), every test is true, false or neither for each class, a row is true
when all its tests are, a term when a row of it is. Facts are taken to be independent of each other: what is found
impossible is impossible; what is found possible may still be prevented by something outside the tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from pysat.solvers import Solver

from sekisho.law.book import Book, RuleInForce
from sekisho.law.domains import Domain, Reference, domains_of

SOLVER = "minisat22"


class Reach:
    """Answers for one book; ``until`` is the first day on which the law differs again (None: never).

    The book must hold no circle of terms. Close it when done (``with``).
    """

    def __init__(self, book: Book, reference: Reference, until: date | None = None) -> None:
        self.book = book
        self.until = until
        self.domains: Mapping[str, Domain] = domains_of(book, reference, until)
        self._solver = Solver(name=SOLVER)
        self._last = 0
        self._classes: dict[str, list[int]] = {}
        self._atoms: dict[int, tuple[int, int]] = {}
        self._rows: dict[str, tuple[int, int]] = {}
        self._terms: dict[str, tuple[int, int]] = {}
        for domain in self.domains.values():
            self._add_domain(domain)
        for row in book.rules.values():
            self._row(row)
        self._subject = self._any([self._row(row)[0] for row in book.by_effect.get("subject", ())])
        refused = [self._row(row)[0] for row in book.by_effect.get("contradiction", ())]
        self._accepted = -self._any(refused)

    def __enter__(self) -> Reach:
        return self

    def __exit__(self, *_: object) -> None:
        self._solver.delete()

    # ---- questions

    def example(
        self, holds: Iterable[RuleInForce], fails: Iterable[RuleInForce] = (), *, subject: bool = True
    ) -> Mapping[str, Any] | None:
        """Give facts that make all of ``holds`` true and all of ``fails`` false, whatever the other facts are.

        With ``subject`` the law must attach. Files that the law refuses as contradictory do not count. None when
        there are no such facts.
        """
        wanted = [self._row(row)[0] for row in holds] + [self._row(row)[1] for row in fails]
        goal = self._all([*wanted, *([self._subject] if subject else [])])
        if not self._solver.solve(assumptions=[goal, self._accepted]):
            return None
        true = {number for number in self._solver.get_model() or () if number > 0}
        fixed = {
            fact: [variable if variable in true else -variable for variable in variables]
            for fact, variables in self._classes.items()
        }
        for fact in sorted(fixed, key=_plainness):  # leave out every fact that does not matter
            rest = [literal for other, literals in fixed.items() if other != fact for literal in literals]
            if not self._solver.solve(assumptions=[-goal, *rest]):
                del fixed[fact]
        return {fact: self._value(fact, literals) for fact, literals in sorted(fixed.items(), key=_last_plainness)}

    def together(self, rows: Iterable[RuleInForce]) -> bool:
        """Whether the tests of all these rows can be true at once, certain or not."""
        tests = [self._atom(number)[0] for row in rows for number in row.atoms]
        return bool(self._solver.solve(assumptions=tests))

    def core(self, row: RuleInForce) -> tuple[int, ...]:
        """Give tests of ``row`` that cannot hold together, each of them needed for that; none when they can."""
        wanted = {self._atom(number)[0]: number for number in row.atoms}
        if self._solver.solve(assumptions=list(wanted)):
            return ()
        kept = list(self._solver.get_core() or wanted)
        for variable in list(kept):
            rest = [one for one in kept if one != variable]
            if not self._solver.solve(assumptions=rest):
                kept = rest
        return tuple(number for variable, number in wanted.items() if variable in kept)

    def _value(self, fact: str, literals: Sequence[int]) -> Any:
        domain = self.domains[fact]
        chosen = [value for literal, (_, value) in zip(literals, domain.classes, strict=True) if literal > 0]
        return frozenset(chosen) if domain.is_set else chosen[0]

    # ---- clauses; a pair of variables says "is true" and "is false", and both may be off

    def _new(self) -> int:
        self._last += 1
        return self._last

    def _any(self, parts: Sequence[int]) -> int:
        """A variable that is on exactly when one of ``parts`` is."""
        whole = self._new()
        self._solver.add_clause([-whole, *parts])
        for part in parts:
            self._solver.add_clause([-part, whole])
        return whole

    def _all(self, parts: Sequence[int]) -> int:
        """A variable that is on exactly when all of ``parts`` are."""
        return -self._any([-part for part in parts])

    def _add_domain(self, domain: Domain) -> None:
        variables = [self._new() for _ in domain.classes]
        self._classes[domain.fact] = variables
        if not domain.is_set:
            self._solver.add_clause(variables)
            for place, one in enumerate(variables):
                for other in variables[place + 1 :]:
                    self._solver.add_clause([-one, -other])
        for place, number in enumerate(domain.atoms):
            truths = [answers[place] for answers, _ in domain.classes]
            pairs = list(zip(variables, truths, strict=True))
            inside = [variable for variable, truth in pairs if truth is True]
            outside = [variable for variable, truth in pairs if truth is False]
            op = self.book.atoms[number].condition.op
            if not domain.is_set:
                self._atoms[number] = (self._any(inside), self._any(outside))
            elif op == "all_in":
                beyond = [-variable for variable, truth in pairs if truth is not True]
                filled = self._any(variables)
                self._atoms[number] = (self._all([filled, *beyond]), self._any([-filled, *outside]))
            else:
                has = self._any(inside)
                lacks = self._all([-variable for variable, truth in pairs if truth is not False])
                self._atoms[number] = (lacks, has) if op in ("none_of", "none_in") else (has, lacks)

    def _atom(self, number: int) -> tuple[int, int]:
        if number not in self._atoms:
            atom = self.book.atoms[number]
            on, off = self._term(atom.condition.fact)
            parts = {True: on, False: off}
            answers = {truth: atom.test(truth, atom.arg) for truth in (True, False)}
            self._atoms[number] = (
                self._any([parts[truth] for truth, answer in answers.items() if answer is True]),
                self._any([parts[truth] for truth, answer in answers.items() if answer is False]),
            )
        return self._atoms[number]

    def _term(self, name: str) -> tuple[int, int]:
        if name not in self._terms:
            rows = [self._row(row) for row in self.book.terms[name]]
            self._terms[name] = (self._any([on for on, _ in rows]), self._all([off for _, off in rows]))
        return self._terms[name]

    def _row(self, row: RuleInForce) -> tuple[int, int]:
        """The variables of a row. An unsettled row (U) is never true."""
        if row.id not in self._rows:
            atoms = [self._atom(number) for number in row.atoms]
            on = self._any([]) if row.version.certainty == "U" else self._all([on for on, _ in atoms])
            self._rows[row.id] = (on, self._any([off for _, off in atoms]))
        return self._rows[row.id]


_FIRST = ("act", "from", "to", "items.entries", "items.hs", "end_user", "end_use")


def _plainness(fact: str) -> tuple[int, str]:
    """The facts that a reader would name first come last, so that the others are left out first."""
    place = next((number for number, start in enumerate(_FIRST) if fact.startswith(start)), len(_FIRST))
    return -place, fact


def _last_plainness(item: tuple[str, Any]) -> tuple[int, str]:
    place, fact = _plainness(item[0])
    return -place, fact
