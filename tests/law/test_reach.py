"""The search for what can hold together, against enumeration on small packs and against another solver on Japan's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import chain, combinations, groupby, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bad_packs import REFERENCE
from sekisho.feeds.packs import load_pack
from sekisho.law.book import Book, book_on
from sekisho.law.domains import OTHER, Reference, domains_of
from sekisho.law.evaluate import Evaluation
from sekisho.law.reach import Reach
from sekisho.law.view import View
from sekisho.model.money import Money
from small_pack import SUBJECT, built, rule

DAY = date(2025, 6, 1)
PURPOSES = ("nuclear", "missile")

# ---- against enumeration: every combination of facts of a small pack

CONDITIONS = {
    "act.is": ['"export"', '"brokering"'],
    "act.in": ['["export", "brokering"]', '["technology"]'],
    "act.is_not": ['"export"'],
    "end_use.purposes.any_of": ['["nuclear"]', '["missile"]', '["nuclear", "missile"]'],
    "end_use.purposes.none_of": ['["nuclear"]', '["nuclear", "missile"]'],
    "items.public_domain.is": ["true", "false"],
    "total_value.at_most": ['"100 JPY"', '"200 JPY"'],
    "total_value.above": ['"100 JPY"'],
    "total_value.below": ['"200 JPY"'],
    "total_value.at_least": ['"200 JPY"'],
    "zz.a.is": ["true", "false"],
    "zz.b.is": ["true", "false"],
}
DEEP = [key for key in CONDITIONS if not key.startswith("zz.")]
FACTS = {
    "act": ["export", "brokering", "technology", "reexport"],
    "end_use.purposes": [frozenset(c) for c in chain.from_iterable(combinations(PURPOSES, n) for n in range(3))],
    "items.public_domain": [True, False],
    "total_value": [Money(Decimal(n), "JPY") for n in (0, 100, 150, 200, 300)],
    "from": ["ZZ"],
}


@st.composite
def whens(draw: st.DrawFn, keys: list[str]) -> str:
    chosen = draw(st.lists(st.sampled_from(keys), min_size=1, max_size=3, unique=True))
    return ", ".join(f"{key} = {draw(st.sampled_from(CONDITIONS[key]))}" for key in chosen)


@st.composite
def small_laws(draw: st.DrawFn) -> tuple[str, ...]:
    rows = [SUBJECT]
    rows += [rule(f"zz.a.{n}", "term", draw(whens(DEEP)), term='"zz.a"') for n in range(draw(st.integers(1, 2)))]
    rows += [
        rule(f"zz.b.{n}", "term", draw(whens([*DEEP, "zz.a.is"])), term='"zz.b"')
        for n in range(draw(st.integers(1, 2)))
    ]
    rows += [rule(f"zz.rule.{n}", "flag", draw(whens(list(CONDITIONS)))) for n in range(3)]
    return tuple(rows)


def book_of(rows: tuple[str, ...]) -> Book:
    made, problems = built(*rows)
    assert made is not None, problems
    return book_on(made, DAY)


def every_view() -> Iterator[View]:
    for values in product(*FACTS.values()):
        yield View(dict(zip(FACTS, values, strict=True)), {})


@settings(max_examples=40, deadline=None)
@given(small_laws())
def test_what_is_found_possible_and_impossible_is_so(rows_written: tuple[str, ...]) -> None:
    book = book_of(rows_written)
    evaluations = [Evaluation(book, view) for view in every_view()]
    with Reach(book, REFERENCE) as reach:
        rows = [book.rules[f"zz.rule.{n}"] for n in range(3)]
        for row in rows:
            holds = any(one.rule(row) is True for one in evaluations)
            assert bool(reach.core(row)) is not holds
            assert reach.together([row]) is holds
        for one, other in product(rows, rows):
            expected = any(e.rule(one) is True and e.rule(other) is False for e in evaluations)
            found = reach.example([one], [other])
            assert (found is not None) is expected
            if found is not None:
                _holds_whatever_else(book, found, one.id, other.id)


def _holds_whatever_else(book: Book, facts: Mapping[str, Any], holds: str, fails: str) -> None:
    """An example names all that matters: the other facts may be anything."""
    open_facts = {fact: values for fact, values in FACTS.items() if fact not in facts}
    for values in product(*open_facts.values()):
        evaluation = Evaluation(book, View({**facts, **dict(zip(open_facts, values, strict=True))}, {}))
        assert evaluation.rule(book.rules[holds]) is True
        assert evaluation.rule(book.rules[fails]) is False


@settings(max_examples=25, deadline=None)
@given(small_laws())
def test_a_core_is_impossible_and_nothing_in_it_is_idle(rows_written: tuple[str, ...]) -> None:
    book = book_of(rows_written)
    evaluations = [Evaluation(book, view) for view in every_view()]
    with Reach(book, REFERENCE) as reach:
        for row in book.rules.values():
            core = reach.core(row)
            if not core:
                continue
            assert set(core) <= set(row.atoms)
            assert not any(all(one.atom(number) is True for number in core) for one in evaluations)
            for left_out in core:
                rest = [number for number in core if number != left_out]
                assert any(all(one.atom(number) is True for number in rest) for one in evaluations)


def test_classes_are_told_apart_by_the_tests_alone() -> None:
    made, _ = built(SUBJECT, rule("zz.metal", "flag", 'items.hs.in = "zz:metals", to.in = "zz:friends"'))
    assert made is not None
    domains = domains_of(book_on(made, DAY), REFERENCE, None)
    metals = dict(domains["items.hs"].classes)
    assert set(metals) == {(True,), (False,), (None,)}
    assert metals[True,].startswith("72") or metals[True,].startswith("7301")
    assert [answers for answers, _ in domains["to"].classes] == [(False,), (True,)], "250 places are two classes"


def test_a_coarse_code_is_neither_inside_nor_outside() -> None:
    made, _ = built(
        SUBJECT,
        rule("zz.in", "flag", 'items.hs.in = "zz:metals", items.hs.is = "73"'),
        rule("zz.out", "flag", 'items.hs.not_in = "zz:metals", items.hs.is = "73"'),
    )
    assert made is not None
    with Reach(book_on(made, DAY), REFERENCE) as reach:
        assert reach.core(reach.book.rules["zz.in"])
        assert reach.core(reach.book.rules["zz.out"])


def test_the_day_of_a_stretch_is_a_fact() -> None:
    made, _ = built(SUBJECT, rule("zz.late", "flag", "day.at_least = 2025-07-01"))
    assert made is not None
    book = book_on(made, DAY)
    with Reach(book, REFERENCE, date(2025, 7, 1)) as reach:
        assert reach.core(book.rules["zz.late"])
    with Reach(book, REFERENCE, date(2025, 7, 2)) as reach:
        assert not reach.core(book.rules["zz.late"])


# ---- against z3, with the meaning of the tests written a second time

z3 = pytest.importorskip("z3", reason="z3-solver is a development dependency")


SCALE, BITS = 10_000, 56


class Oracle:
    """A book in z3, all in bit vectors: a set as one truth for each element, amounts in units of a ten-thousandth."""

    def __init__(self, book: Book, reference: Reference) -> None:
        self.book = book
        self.places = sorted(reference.places | {book.pack.country})
        self.codes = sorted(reference.hs)
        self.solver = z3.SolverFor("QF_BV")
        self.named: dict[tuple[str, Any, bool], Any] = {}
        self.variables: dict[str, Any] = {}

    def possible(self, *claims: Any) -> bool:
        return bool(self.solver.check(*claims) == z3.sat)

    def name(self, kind: str, key: Any, holds: bool, make: Any) -> Any:
        """One boolean for each expression, so that the solver keeps what it has learnt."""
        if (kind, key, holds) not in self.named:
            self.named[kind, key, holds] = z3.Bool(f"{kind} {key} {holds}")
            self.solver.add(self.named[kind, key, holds] == make())
        return self.named[kind, key, holds]

    def row(self, row: Any, *, holds: bool) -> Any:
        def make() -> Any:
            parts = [self.atom(number, holds=holds) for number in row.atoms]
            if not holds:
                return z3.Or(*parts)
            return z3.BoolVal(False) if row.version.certainty == "U" else z3.And(*parts)

        return self.name("row", row.id, holds, make)

    def term(self, name: str, *, holds: bool) -> Any:
        parts = [self.row(row, holds=holds) for row in self.book.terms[name]]
        return z3.Or(*parts) if holds else z3.And(*parts)

    def atom(self, number: int, *, holds: bool) -> Any:
        return self.name("atom", number, holds, lambda: self._atom(number, holds))

    def _atom(self, number: int, holds: bool) -> Any:
        atom = self.book.atoms[number]
        fact_id, op, arg = atom.condition.fact, atom.condition.op, atom.arg
        if atom.is_term:
            return self.term(fact_id, holds=atom.condition.arg is holds)
        if arg is None:
            return z3.BoolVal(False)
        positive = {"is_not": "is", "not_in": "in", "none_of": "any_of", "none_in": "any_in"}
        if op in positive:
            op, holds = positive[op], not holds
        fact = self.book.pack.facts.get(fact_id)
        kind = fact.type if fact else "bool"
        if op in ("at_least", "at_most", "above", "below"):
            variable = self.quantity(fact_id, kind)
            limit = z3.BitVecVal(
                arg.toordinal() if isinstance(arg, date) else int(getattr(arg, "amount", arg) * SCALE), BITS
            )
            answer = {
                "at_least": z3.UGE(variable, limit),
                "at_most": z3.ULE(variable, limit),
                "above": z3.UGT(variable, limit),
                "below": z3.ULT(variable, limit),
            }[op]
            return answer if holds else z3.Not(answer)
        if op in ("any_of", "any_in"):
            elements = self.elements(fact_id, kind)
            if holds:
                return z3.Or(*[flag for text, flag in elements.items() if self.inside(text, arg) is True])
            return z3.And(*[z3.Not(flag) for text, flag in elements.items() if self.inside(text, arg) is not False])
        if op == "all_in":
            elements = self.elements(fact_id, kind)
            some = z3.Or(*elements.values())
            if holds:
                beyond = [flag for text, flag in elements.items() if self.inside(text, arg) is not True]
                return z3.And(some, *[z3.Not(flag) for flag in beyond])
            return z3.Or(z3.Not(some), *[flag for text, flag in elements.items() if self.inside(text, arg) is False])
        assert op in ("is", "in"), op
        values, variable = self.values(fact_id, kind)
        asked = arg if op == "in" else (arg,)
        fit = [place for place, text in enumerate(values) if self.inside(text, asked, exact=True) is holds]
        runs = [[place for _, place in run] for _, run in groupby(enumerate(fit), lambda pair: pair[1] - pair[0])]
        return z3.Or(*[z3.And(z3.UGE(variable, run[0]), z3.ULE(variable, run[-1])) for run in runs])

    def inside(self, text: Any, arg: Any, *, exact: bool = False) -> bool | None:
        """Membership, written a second time: prefixes for tariff lines and list paths."""
        if hasattr(arg, "include"):
            if any(text.startswith(line) for line in arg.exclude):
                return False
            if any(text.startswith(line) for line in arg.include):
                return None if any(line.startswith(text) for line in arg.exclude) else True
            if any(text.startswith(line) or line.startswith(text) for line in arg.partly):
                return None
            return None if any(line.startswith(text) for line in arg.include) else False
        if exact or isinstance(arg, frozenset):
            return text in arg
        members = getattr(arg, "members", arg)
        if any(text == member or (text.startswith(member) and text[len(member)] in "(/.") for member in members):
            return True
        return None if any(member.startswith(text) and member[len(text)] in "(/." for member in members) else False

    def quantity(self, fact_id: str, kind: str) -> Any:
        if fact_id not in self.variables:
            self.variables[fact_id] = z3.BitVec(fact_id, BITS)
            if kind == "share":
                self.solver.add(z3.ULE(self.variables[fact_id], SCALE))
        return self.variables[fact_id]

    def values(self, fact_id: str, kind: str) -> tuple[list[Any], Any]:
        """The values of a fact that has one, and the variable that says which by its place among them."""
        if fact_id not in self.variables:
            fact = self.book.pack.facts.get(fact_id)
            if kind == "bool":
                found: list[Any] = [False, True]
            elif kind in ("place", "hs"):
                found = self.places if kind == "place" else self.codes
            else:
                silent = [fact.missing] if fact and isinstance(fact.missing, str) else []
                found = [*(fact.values if fact else ()), *silent, *([OTHER] if fact and fact.open_values else [])]
            variable = z3.BitVec(fact_id, 14)
            self.solver.add(z3.ULT(variable, len(found)))
            self.variables[fact_id] = (found, variable)
        return self.variables[fact_id]  # type: ignore[no-any-return]

    def elements(self, fact_id: str, kind: str) -> dict[str, Any]:
        """The possible elements of a set, each with the truth that it is in the set."""
        if fact_id not in self.variables:
            texts: list[str] = [*self.book.pack.facts[fact_id].values]
            if kind == "places":
                texts = self.places
            elif kind == "entries":
                texts = [*{path: None for rows in self.book.pack.lists.values() for path in rows}, "?other"]
                members = {member for entries in self.book.pack.entry_sets.values() for member in entries.members}
                texts += sorted(members - set(texts))
            elif kind == "codes":
                atoms = [atom for atom in self.book.atoms if atom.condition.fact == fact_id]
                named = sorted({code for atom in atoms for code in _listed(atom.condition.arg)})
                texts = [*named, *(f"{code}/?" for code in named), "?other"]
            self.variables[fact_id] = {text: z3.Bool(f"{fact_id} has {text}") for text in texts}
        return self.variables[fact_id]  # type: ignore[no-any-return]


def _listed(arg: Any) -> list[str]:
    return (
        [arg] if isinstance(arg, str) else [one for one in arg if isinstance(one, str)] if isinstance(arg, list) else []
    )


@pytest.fixture(scope="module")
def japan() -> tuple[Book, Oracle, Reach]:
    book = book_on(load_pack("jp"), date(2026, 11, 20))
    return book, Oracle(book, REFERENCE), Reach(book, REFERENCE, date(2027, 4, 14))


def test_two_solvers_agree_on_the_rules_of_japan(japan: tuple[Book, Oracle, Reach]) -> None:
    book, oracle, reach = japan
    for row in book.rules.values():
        if row.version.certainty != "U":
            assert oracle.possible(oracle.row(row, holds=True)) is not bool(reach.core(row)), row.id


def test_two_solvers_agree_on_pairs_of_rules(japan: tuple[Book, Oracle, Reach]) -> None:
    book, oracle, reach = japan
    settled = [row for row in book.requirements if row.version.certainty != "U"]
    bases = book.by_effect["no-licence"]
    seen = {True: 0, False: 0}
    for requirement, basis in product(settled, bases):
        ours = reach.together([requirement, basis])
        seen[ours] += 1
        claims = (oracle.row(requirement, holds=True), oracle.row(basis, holds=True))
        assert oracle.possible(*claims) is ours, (requirement.id, basis.id)
    assert min(seen.values()) > 50, "both answers occur"
    for lift in book.by_effect["lift"]:
        for target in lift.rule.lifts[:6]:
            row = book.rules.get(target)
            if row is not None and row.version.certainty != "U":
                claims = (oracle.row(lift, holds=True), oracle.row(row, holds=True))
                assert oracle.possible(*claims) is reach.together([lift, row]), (lift.id, target)


def test_two_solvers_agree_that_nothing_contradicts(japan: tuple[Book, Oracle, Reach]) -> None:
    """Conflicts: a requirement and a basis of one duty, no lift holding, the law attaching, the file not refused."""
    book, oracle, reach = japan
    subject = z3.Or(*[oracle.row(row, holds=True) for row in book.by_effect["subject"]])
    refused = [z3.Not(oracle.row(row, holds=True)) for row in book.by_effect["contradiction"]]
    tried = 0
    for requirement in book.requirements:
        if requirement.version.certainty == "U":
            continue
        lifts = book.lifts_of.get(requirement.id, ())
        fails = [oracle.row(lift, holds=False) for lift in lifts]
        for basis in book.by_effect["no-licence"]:
            if basis.rule.about != requirement.rule.about:
                continue
            tried += 1
            claims = (oracle.row(requirement, holds=True), oracle.row(basis, holds=True), *fails, subject, *refused)
            assert not oracle.possible(*claims), (requirement.id, basis.id)
            assert reach.example([requirement, basis], lifts) is None
    assert tried > 100


def test_the_small_value_tiers_partition_the_destinations(japan: tuple[Book, Oracle, Reach]) -> None:
    """Order art. 4(1)(v): Table 3, Table 3-2 and all others, Table 4 apart; each destination is in exactly one tier."""
    book, oracle, _ = japan
    tiers = []
    for name in ("group-a", "general", "un-embargo"):
        row = book.rules[f"jp.e1.{name}"]
        own = [number for number in row.atoms if _is_about_places(book, number)]
        assert own
        tiers.append(z3.And(*[oracle.atom(number, holds=True) for number in own]))
    places, to = oracle.values("to", "place")
    table_4 = book.pack.places["jp:table-4"].on(book.first_day)
    assert table_4 is not None
    outside = z3.And(*[to != places.index(code) for code in table_4.members])
    for one, other in combinations(tiers, 2):
        assert not oracle.possible(one, other), "two tiers hold at one destination"
    assert not oracle.possible(outside, *[z3.Not(tier) for tier in tiers]), "a destination without a tier"
    for tier in tiers:
        assert oracle.possible(tier)


def test_the_trigger_tiers_partition_the_destinations(japan: tuple[Book, Oracle, Reach]) -> None:
    """The catch-all since 2025-10-09: Group A, UN arms embargo, general; and the bases follow the same tiers."""
    book, oracle, _ = japan
    for names in (
        ("jp.inform.group-a", "jp.catch-all.conv-use.un-embargo", "jp.catch-all.conv-use.specified"),
        ("jp.basis.group-a", "jp.basis.no-trigger.un-embargo", "jp.basis.no-trigger.general"),
    ):
        tiers = []
        for name in names:
            places = [number for number in book.rules[name].atoms if _is_about_places(book, number)]
            tiers.append(z3.And(*[oracle.atom(number, holds=True) for number in places]))
        for one, other in combinations(tiers, 2):
            assert not oracle.possible(one, other), names
        assert not oracle.possible(*[z3.Not(tier) for tier in tiers]), names


def test_no_two_requirements_ask_the_same(japan: tuple[Book, Oracle, Reach]) -> None:
    """No requirement of Japan holds exactly when another of the same duty does."""
    book, oracle, _ = japan
    settled = [row for row in book.requirements if row.version.certainty != "U"]
    for one, other in combinations(settled, 2):
        if one.rule.about == other.rule.about:
            first, second = oracle.row(one, holds=True), oracle.row(other, holds=True)
            assert oracle.possible(first, z3.Not(second)) or oracle.possible(second, z3.Not(first)), (one.id, other.id)


def _is_about_places(book: Book, number: int) -> bool:
    atom = book.atoms[number]
    if not atom.is_term:
        return atom.condition.fact == "to"
    return all(_is_about_places(book, part) for row in book.terms[atom.condition.fact] for part in row.atoms)
