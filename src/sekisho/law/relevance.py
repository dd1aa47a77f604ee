"""Which stated facts can still matter once a few are known: an export asks for no researcher's employer.

A rule of which one test fails is false whatever else is unknown, and so are the terms that only such rules give. What
is left tells which probes an answer may rest on; in columns, all others are left out of a row's code, so that far
fewer codes have to be decided. Nothing is assumed of facts that are not known here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sekisho.law.columns import ASKED, Columns
from sekisho.law.kleene import Truth
from sekisho.law.rule import REQUIREMENTS
from sekisho.law.stretches import Row, Variant


@dataclass(slots=True)
class _Book:
    """One stretch: the wording in force of each rule, the rules and terms as bits of whole numbers."""

    wordings: list[tuple[Row, Variant]]
    using: dict[int, int] = field(default_factory=dict)
    giving: dict[str, int] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    unsettled: int = 0


class Relevance:
    """Answers for one compiled law; what depends on the stretch alone is worked out once."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.law = columns.law
        self._books: dict[int, _Book] = {}

    def probes(self, stretch: int, known: Mapping[str, Truth]) -> set[str]:
        """The columns of the probes that may matter when those in ``known`` are answered so."""
        book = self._book(stretch)
        answers = {number: known[probe] for number, probe in self.columns.plain_tests.items() if probe in known}
        dead = self._dead(book, answers)
        tests: set[int] = set()
        waiting = list(self._asked(book, dead))
        seen: set[int] = set()
        while waiting:
            rule = waiting.pop()
            if rule in seen or dead >> rule & 1:
                continue
            seen.add(rule)
            for number in book.wordings[rule][1].tests:
                test = self.law.tests[number]
                if test.is_term:
                    waiting.extend(_bits(book.giving.get(test.condition.fact, 0)))
                tests.add(number)
        return {probe for number in tests for probe in self.columns.test_probes[number]} | self.columns.always

    def _dead(self, book: _Book, answers: dict[int, Truth]) -> int:
        """The rules that are false, terms followed from the ground up."""
        answers = dict(answers)
        dead = _either(book.using.get(number, 0) for number, truth in answers.items() if truth is False)
        for level in self.columns.term_levels:
            unsure = 0
            for number, users in book.using.items():
                if answers.get(number) is not True:
                    unsure |= users
            for term in level:
                rows = book.giving.get(term, 0)
                if not rows & ~dead:
                    truth: Truth = False
                elif rows & ~(unsure | book.unsettled):
                    truth = True
                else:
                    continue
                for number in self.columns.term_tests.get(term, ()):
                    answer = self._asked_of(number, truth)
                    answers[number] = answer
                    if answer is False:
                        dead |= book.using.get(number, 0)
        return dead

    def _asked_of(self, number: int, truth: Truth) -> Truth:
        test = self.law.tests[number]
        atom = next(atom for atom in test.atoms if atom is not None)
        return atom.test(truth, atom.arg)

    def _asked(self, book: _Book, dead: int) -> Iterator[int]:
        """The rules that the answer tells of: what no requirement can meet any more is left out."""
        subject = any(
            row.rule.effect == "subject" and not dead >> place & 1 for place, (row, _) in enumerate(book.wordings)
        )
        met = {
            row.id
            for place, (row, _) in enumerate(book.wordings)
            if subject and row.rule.effect in REQUIREMENTS and not dead >> place & 1
        }
        about = {self.law.rows[rule_id].rule.about for rule_id in met}
        for place, (row, _) in enumerate(book.wordings):
            effect = row.rule.effect
            if effect not in ASKED or dead >> place & 1:
                continue
            if effect in REQUIREMENTS and row.id not in met:
                continue
            if effect == "lift" and not met.intersection(row.rule.lifts):
                continue
            if effect == "licence" and row.rule.about not in about:
                continue
            yield place

    def _book(self, stretch: int) -> _Book:
        if stretch not in self._books:
            wordings = [
                (row, variant) for row in self.law.rows.values() for variant in row.variants if stretch in variant.books
            ]
            book = _Book(wordings)
            for place, (row, variant) in enumerate(wordings):
                book.numbers[row.id] = place
                for number in variant.tests:
                    book.using[number] = book.using.get(number, 0) | 1 << place
                if row.rule.effect == "term":
                    book.giving[row.rule.term] = book.giving.get(row.rule.term, 0) | 1 << place
                if variant.unsettled:
                    book.unsettled |= 1 << place
            self._books[stretch] = book
        return self._books[stretch]


def _bits(number: int) -> Iterator[int]:
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest


def _either(numbers: Iterable[int]) -> int:
    result = 0
    for number in numbers:
        result |= number
    return result
