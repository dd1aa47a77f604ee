"""Tests, terms and rules as columns, in the order in which terms rest on each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sekisho.law.column_layers import Layers, either, every
from sekisho.law.probes import NotInColumns, Opening
from sekisho.law.stretches import Row, Stretches, Variant


@dataclass(frozen=True, slots=True)
class RuleColumns:
    """Where the answers stand: rule id to column, term to column, and the terms from the ground up."""

    rules: Mapping[str, str]
    terms: Mapping[str, str]
    term_levels: tuple[tuple[str, ...], ...]

    def __getitem__(self, rule_id: str) -> str:
        return self.rules[rule_id]


def rules_sql(law: Stretches, opening: Opening, asked: Iterable[Row], layers: Layers) -> RuleColumns:
    """Add a column ``a`` for each test, ``t`` for each term and ``r`` for each rule that ``asked`` needs."""
    wanted = _wanted(law, asked)
    numbers = {rule_id: f"r{number}" for number, rule_id in enumerate(law.rows)}
    terms = {name: f"t{number}" for number, name in enumerate(law.terms)}
    done: set[int] = set()
    levels = _levels(law, wanted)
    deepest = max(levels.values(), default=0)
    term_levels: list[tuple[str, ...]] = []
    written: set[str] = set()
    for level in range(deepest + 1):
        rows = [row for row in wanted if levels[row.id] == level]
        tests = dict.fromkeys(number for row in rows for number in row.tests if number not in done)
        done.update(tests)
        layers.add({f"a{n}": opening.test(law.tests[n], terms.get(law.tests[n].condition.fact, "")) for n in tests})
        layers.add({numbers[row.id]: _rule(row) for row in rows})
        ready = [
            name
            for name in dict.fromkeys(row.rule.term for row in wanted if row.rule.effect == "term")
            if name not in written and all(levels[row.id] <= level for row in law.terms[name])
        ]
        empty = [] if level else [name for name, parts in law.terms.items() if not parts]
        layers.add({terms[name]: either(numbers[row.id] for row in law.terms[name]) for name in [*ready, *empty]})
        written.update(ready)
        term_levels.append(tuple(ready))
    return RuleColumns(numbers, terms, tuple(term_levels))


def _rule(row: Row) -> str:
    """The wording in force holds."""
    return either(variant.gated(_wording(variant)) for variant in row.variants)


def _wording(variant: Variant) -> str:
    """All tests hold; an unsettled row that would hold is unknown (evaluate: ``Evaluation.rule``)."""
    holds = every(f"a{number}" for number in variant.tests)
    return f"NULLIF({holds}, TRUE)" if variant.unsettled else holds


def _wanted(law: Stretches, asked: Iterable[Row]) -> list[Row]:
    """The rules asked for and, through their terms, every rule they rest on; in the order of the law."""
    found: set[str] = set()
    waiting = list(asked)
    while waiting:
        row = waiting.pop()
        if row.id in found:
            continue
        found.add(row.id)
        for number in row.tests:
            if law.tests[number].is_term:
                waiting.extend(law.terms[law.tests[number].condition.fact])
    return [row for row in law.rows.values() if row.id in found]


def _levels(law: Stretches, wanted: Iterable[Row]) -> dict[str, int]:
    """How many terms lie below each rule; a circle of terms has no columnar form."""
    levels: dict[str, int] = {}
    path: set[str] = set()

    def level(row: Row) -> int:
        if row.id in levels:
            return levels[row.id]
        if row.id in path:
            raise NotInColumns(f"{row.id}: a circle of terms")
        path.add(row.id)
        below = [
            level(part)
            for number in row.tests
            if law.tests[number].is_term
            for part in law.terms[law.tests[number].condition.fact]
        ]
        path.discard(row.id)
        has_term = any(law.tests[number].is_term for number in row.tests)
        levels[row.id] = max(below, default=0) + 1 if has_term else 0
        return levels[row.id]

    for row in wanted:
        level(row)
    return levels
