"""The values that a fact may take, as far as the tests of one book can tell them apart.

Two values that every test answers alike are one class. A question about all values (can these tests hold together?)
is then a question about a few classes. The tests themselves are asked, so no meaning is written down twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any, TypeAlias

from sekisho.law.book import Atom, Book
from sekisho.law.facts import Fact
from sekisho.law.kleene import Truth
from sekisho.law.sets import TariffScope
from sekisho.model.money import Money

OTHER = "(another)"
"""Stands for every text and code that no rule names."""

Answers: TypeAlias = tuple[Truth, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """What exists outside a pack: every place code and every HS code (digits only)."""

    places: frozenset[str]
    hs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Domain:
    """The classes of one fact: for each the answers of ``atoms`` (numbers in the book) and one value that gives them.

    Of a set the classes are of its elements, and an answer tells whether such an element lies in the argument.
    """

    fact: str
    atoms: tuple[int, ...]
    classes: tuple[tuple[Answers, Any], ...]
    is_set: bool


def domains_of(book: Book, reference: Reference, until: date | None) -> dict[str, Domain]:
    """Give the domain of each fact that the book asks, terms left out; ``until`` is the first day after the book."""
    asked: dict[str, list[int]] = {}
    for number, atom in enumerate(book.atoms):
        if not atom.is_term:
            asked.setdefault(atom.condition.fact, []).append(number)
    return {fact_id: _domain(book, fact_id, numbers, reference, until) for fact_id, numbers in asked.items()}


def _domain(book: Book, fact_id: str, numbers: list[int], reference: Reference, until: date | None) -> Domain:
    fact = book.pack.facts.get(fact_id)
    atoms = [book.atoms[number] for number in numbers]
    if fact is not None and fact.type in ("table", "rows"):
        return Domain(fact_id, tuple(numbers), tuple((answers, "") for answers in _of_a_table(len(numbers))), False)
    is_set = fact is not None and fact.is_set
    columns = [_column(book, atom, element=is_set) for atom in atoms]
    classes: dict[Answers, Any] = {}
    for value in _values(book, fact, fact_id, atoms, reference, until):
        classes.setdefault(tuple([column(value) for column in columns]), value)
    return Domain(fact_id, tuple(numbers), tuple(classes.items()), is_set)


def _of_a_table(tests: int) -> list[Answers]:
    """Any row of a table may reach any item: every test may hold alone, with all others, or not at all."""
    alone: list[Answers] = [tuple(number == one for number in range(tests)) for one in range(tests)]
    return [(False,) * tests, (True,) * tests, *alone]


def _column(book: Book, atom: Atom, *, element: bool) -> Callable[[Any], Truth]:
    """The answers of one atom, each worked out once for all the books of a pack (tariff codes are thousands)."""
    known: dict[Any, dict[Any, Truth]] = book.pack.__dict__.setdefault("_answers", {})
    resolved = atom.arg if isinstance(atom.arg, frozenset) else ""
    memo = known.setdefault((atom.condition.fact, atom.condition.op, repr(atom.condition.arg), resolved), {})

    def answer(value: Any) -> Truth:
        if value not in memo:
            memo[value] = _answer(atom, value, element=element)
        return memo[value]

    return answer


def _answer(atom: Atom, value: Any, *, element: bool) -> Truth:
    if atom.arg is None:
        return None
    if not element:
        return atom.test(value, atom.arg)
    truth = atom.test(frozenset({value}), atom.arg)
    return not truth if atom.condition.op in ("none_of", "none_in") and truth is not None else truth


def _values(
    book: Book, fact: Fact | None, fact_id: str, atoms: Sequence[Atom], reference: Reference, until: date | None
) -> Iterable[Any]:
    """Values, or elements of values, of which every class has one."""
    named = [text for atom in atoms for text in _texts(atom.condition.arg)]
    if fact is None:  # claim.NAME
        return (True, False)
    match fact.type:
        case "bool":
            return (True, False)
        case "choice":
            silent = (fact.missing,) if isinstance(fact.missing, str) else ()
            return (*fact.values, *silent, *named, *((OTHER,) if fact.open_values else ()))
        case "set":
            return (*fact.values, *((OTHER, *named) if fact.open_values else ()))
        case "place" | "places":
            return sorted(reference.places | {book.pack.country})
        case "hs":
            return _tariff_codes(atoms, reference.hs)
        case "codes":
            return (*named, *(f"{code}/{OTHER}" for code in named), OTHER)
        case "entries":
            return (*(path for rows in book.pack.lists.values() for path in rows), *_members(atoms), OTHER)
        case "date":
            return _days(fact_id, atoms, book, until)
        case "number" | "share" | "money":
            return _amounts(fact, atoms, book.pack.currency)
        case _:
            return (*named, OTHER)


def _tariff_codes(atoms: Sequence[Atom], codes: frozenset[str]) -> list[str]:
    """One code for each way of lying above and below the lines of the scopes; no scope can tell more apart."""
    scopes = [atom.arg for atom in atoms if isinstance(atom.arg, TariffScope)]
    lines = {line for scope in scopes for line in (*scope.include, *scope.exclude, *scope.partly)}
    lines |= {text for atom in atoms if isinstance(atom.arg, frozenset | str) for text in _each(atom.arg)}
    above = {line[:size] for line in lines for size in (2, 4) if size < len(line)}
    kinds: dict[tuple[str, ...], str] = {}
    for code in sorted(codes):
        kind = tuple(code[:size] for size in (2, 4, 6) if size <= len(code) and code[:size] in lines)
        kinds.setdefault((*kind, "/", code if code in above else "", code if code in lines else ""), code)
    return list(kinds.values())


def _each(arg: frozenset[str] | str) -> Iterable[str]:
    return (arg,) if isinstance(arg, str) else arg


def _texts(arg: Any) -> tuple[str, ...]:
    if isinstance(arg, str):
        return (arg,)
    return tuple(one for one in arg if isinstance(one, str)) if isinstance(arg, list | tuple) else ()


def _members(atoms: Sequence[Atom]) -> Iterable[str]:
    return sorted({path for atom in atoms for path in getattr(atom.arg, "members", ())})


def _days(fact_id: str, atoms: Sequence[Atom], book: Book, until: date | None) -> list[date]:
    one = timedelta(days=1)
    named = [atom.arg for atom in atoms if isinstance(atom.arg, date)]
    around = {day + step for day in named for step in (-one, timedelta(0), one)}
    if fact_id != "day":
        return sorted(around)
    last = until - one if until is not None else max([*named, book.first_day]) + one
    return sorted(day for day in around | {book.first_day, last} if book.first_day <= day <= last)


def _amounts(fact: Fact, atoms: Sequence[Atom], currency: str) -> list[Any]:
    """Each threshold, what lies between two, and what lies beyond the last; never below 0, a share never above 1."""
    amounts = {atom.arg.amount if isinstance(atom.arg, Money) else atom.arg for atom in atoms}
    marks = sorted({Decimal(str(one)) for one in amounts if isinstance(one, int | float | Decimal)} | {Decimal(0)})
    between = [(low + high) / 2 for low, high in pairwise(marks)]
    points = sorted({*marks, *between, marks[-1] + 1, *((Decimal(1),) if fact.type == "share" else ())})
    fit = [point for point in points if point >= 0 and (fact.type != "share" or point <= 1)]
    return [Money(point, currency) for point in fit] if fact.type == "money" else list(fit)
