"""What is known of an item: the facts that count, those that follow from its kinds, and those derived from others."""

from __future__ import annotations

from typing import Literal

from sekisho.classify.conditions import Value
from sekisho.classify.derive import derive
from sekisho.classify.item import Item, Stated, read_value, show_raw
from sekisho.classify.library import Library
from sekisho.model.problem import BadInput, Problem


def known_facts(library: Library, item: Item, *, also_unconfirmed: bool = False) -> dict[str, Stated]:
    """The facts that count, with those derived from them. Raises ``BadInput`` when a derivation contradicts one."""
    stated = {name: fact for name, fact in item.facts.items() if fact.counts or also_unconfirmed}
    values: dict[str, Value] = {name: fact.value for name, fact in stated.items()}
    groups = {
        group: tuple({name: fact.value for name, fact in row.items()} for row in rows)
        for group, rows in item.groups.items()
    }
    problems: list[Problem] = []
    for name, implied in implied_facts(library, item).items():
        if name not in values:
            values[name], stated[name] = implied.value, implied
        elif values[name] != implied.value and isinstance(implied.value, bool):
            problems.append(
                Problem("fact.contradiction", f"{item.name} {name}",
                        f"{name} is stated otherwise than {implied.where} implies", "Correct the fact or the kind.")
            )  # fmt: skip
    if library.catalogue.derived:
        made = derive(values, groups, library.catalogue, library.when, problems, item.name)
        for name, of in made.items():
            stated[name] = Stated(name, values[name], "", "derived", ", ".join(of))
    if problems:
        raise BadInput(problems)
    return stated


def implied_facts(library: Library, item: Item) -> dict[str, Stated]:
    """The facts that follow from the stated kinds; with several kinds, those that follow from each of them."""
    return _of_kinds(library, item, "implies")


def expected_facts(library: Library, item: Item) -> dict[str, Stated]:
    """The facts that are usual for the stated kinds. They decide nothing; they only guide what is asked."""
    return _of_kinds(library, item, "expects")


def _of_kinds(library: Library, item: Item, what: Literal["implies", "expects"]) -> dict[str, Stated]:
    found: dict[str, Stated] = {}
    named: list[set[str]] = []
    for kind in item.kinds:
        names: set[str] = set()
        for above in sorted(library.kinds.above(kind), key=lambda name: (name != kind, name)):
            row = library.kinds[above]
            for name, raw in (row.implies if what == "implies" else row.expects).items():
                names.add(name)
                value = read_value(library.catalogue[name], raw)
                if value is not None and name not in found:
                    found[name] = Stated(name, value, show_raw(raw), "derived", f"kind {above}")
        named.append(names)
    return {name: fact for name, fact in found.items() if all(name in names for names in named)}
