"""The books of several stretches of days laid over each other, so that one query decides rows of them all.

What changes from stretch to stretch is which version of a rule is in force, what a named set holds and how certain a
row is; these become columns of a small table with one row for each stretch. A rule that is not in force is false.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sekisho.law.book import LIFT_ORDER, Atom, Book, RuleInForce
from sekisho.law.column_layers import text
from sekisho.law.pack import Pack
from sekisho.law.rule import REQUIREMENTS, Condition, Effect, Rule
from sekisho.model.certainty import CERTAINTIES, Certainty, weakest


@dataclass(frozen=True, slots=True)
class Test:
    """One distinct condition; ``atoms`` resolve it in each book (None where no rule in force asks it)."""

    condition: Condition
    is_term: bool
    atoms: tuple[Atom | None, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """A wording of a rule: its tests and whether it is unsettled. ``gate`` is its column, empty if always in force."""

    tests: tuple[int, ...]
    unsettled: bool
    books: frozenset[int]
    gate: str

    def gated(self, sql: str) -> str:
        """The condition, as far as this wording is in force."""
        return f"({self.gate} AND {sql})" if self.gate else sql


@dataclass(frozen=True, slots=True)
class Row:
    """A rule over the stretches: its wordings and the rank of its own weakest tag (a number or a column)."""

    rule: Rule
    variants: tuple[Variant, ...]
    certain: str

    @property
    def id(self) -> str:
        """The rule's id."""
        return self.rule.id

    @property
    def tests(self) -> tuple[int, ...]:
        """Every test of any wording."""
        return tuple(dict.fromkeys(number for variant in self.variants for number in variant.tests))


@dataclass(frozen=True)
class Stretches:
    """The law of ``pack`` in several stretches: ``tests`` and ``rows`` over all, ``columns`` what differs."""

    pack: Pack
    books: tuple[Book, ...]
    tests: tuple[Test, ...]
    rows: Mapping[str, Row]
    columns: Mapping[str, tuple[str, ...]]

    @cached_property
    def by_effect(self) -> Mapping[Effect, tuple[Row, ...]]:
        """The rows of each effect in the order of the pack."""
        found: dict[Effect, list[Row]] = {}
        for row in self.rows.values():
            found.setdefault(row.rule.effect, []).append(row)
        return {effect: tuple(rows) for effect, rows in found.items()}

    @cached_property
    def requirements(self) -> tuple[Row, ...]:
        """What needs a licence or is prohibited."""
        return tuple(row for row in self.rows.values() if row.rule.effect in REQUIREMENTS)

    @cached_property
    def lifts_of(self) -> Mapping[str, tuple[Row, ...]]:
        """The lifts of each requirement in the order in which they are tried."""
        found: dict[str, list[Row]] = {}
        for row in self.by_effect.get("lift", ()):
            for target in row.rule.lifts:
                found.setdefault(target, []).append(row)
        return {
            target: tuple(sorted(rows, key=lambda row: LIFT_ORDER.get(row.rule.outcome or "", 9)))
            for target, rows in found.items()
        }

    @cached_property
    def terms(self) -> Mapping[str, tuple[Row, ...]]:
        """The rows that give each term."""
        return {
            name: tuple(self.rows[rule.id] for rule in rules if rule.id in self.rows)
            for name, rules in self.pack.terms.items()
        }

    def values(self) -> str:
        """SQL of the small table: the number of each stretch and what differs there."""
        heads = ", ".join(["stretch", *self.columns])
        lines = (
            "(" + ", ".join([str(number), *(cells[number] for cells in self.columns.values())]) + ")"
            for number in range(len(self.books))
        )
        return f"(SELECT * FROM (VALUES {', '.join(lines)}) AS stretches({heads}))"


def lay_over(books: Sequence[Book]) -> Stretches:
    """Lay the books of one pack over each other."""
    pack = books[0].pack
    numbers: dict[tuple[str, str, str], int] = {}
    resolved: list[list[Atom | None]] = []
    for place, book in enumerate(books):
        for atom in book.atoms:
            key = _key(atom)
            if key not in numbers:
                numbers[key] = len(resolved)
                resolved.append([None] * len(books))
            resolved[numbers[key]][place] = atom
    tests = tuple(_test(atoms) for atoms in resolved)
    columns: dict[str, tuple[str, ...]] = {}
    rows: dict[str, Row] = {}
    for rule in pack.rules.values():
        found = {place: book.rules[rule.id] for place, book in enumerate(books) if rule.id in book.rules}
        if found:
            rows[rule.id] = _row(rule, found, books, numbers, columns)
    return Stretches(pack, tuple(books), tests, rows, columns)


def _key(atom: Atom) -> tuple[str, str, str]:
    return atom.condition.fact, atom.condition.op, repr(atom.condition.arg)


def _test(atoms: Iterable[Atom | None]) -> Test:
    found = tuple(atoms)
    first = next(atom for atom in found if atom is not None)
    return Test(first.condition, first.is_term, found)


def _row(
    rule: Rule,
    found: Mapping[int, RuleInForce],
    books: Sequence[Book],
    numbers: Mapping[tuple[str, str, str], int],
    columns: dict[str, tuple[str, ...]],
) -> Row:
    wordings: dict[tuple[tuple[int, ...], bool], list[int]] = {}
    tags: list[Certainty] = ["V"] * len(books)
    for place, row in found.items():
        atoms = [books[place].atoms[number] for number in row.atoms]
        tests = tuple(numbers[_key(atom)] for atom in atoms)
        wordings.setdefault((tests, row.version.certainty == "U"), []).append(place)
        tags[place] = weakest([row.version.certainty, *(atom.certainty for atom in atoms)])
    variants = []
    for (tests, unsettled), places in wordings.items():
        cells = tuple("TRUE" if place in places else "FALSE" for place in range(len(books)))
        gate = "" if len(places) == len(books) else _column(columns, "v", cells)
        variants.append(Variant(tests, unsettled, frozenset(places), gate))
    ranks = tuple(str(CERTAINTIES.index(tag)) for tag in tags)
    used = {ranks[place] for place in found}
    return Row(rule, tuple(variants), used.pop() if len(used) == 1 else _column(columns, "k", ranks))


def _column(columns: dict[str, tuple[str, ...]], letter: str, cells: tuple[str, ...]) -> str:
    """The column with these cells; equal ones are shared."""
    for name, known in columns.items():
        if known == cells and name.startswith(letter):
            return name
    name = f"{letter}{len(columns)}"
    columns[name] = cells
    return name


def in_list(values: Iterable[str]) -> str:
    """Texts as a list in SQL."""
    return f"[{', '.join(text(value) for value in values)}]"
