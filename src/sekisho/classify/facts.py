"""The catalogue of facts: what may be said of a product, how it is measured, how it is asked, what it is also called.

It is read from ``packs/classification/facts/*.toml``. A fact has one dimension; its ``unit`` is the one that an answer
may be given in without being written out when it counts things, and the one that a question shows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sekisho.classify.units import NONE, Dimension, read_unit
from sekisho.model.problem import Problem

FactType = Literal["quantity", "range", "yes-no", "judgement", "choice", "cas"]
TYPES: tuple[FactType, ...] = ("quantity", "range", "yes-no", "judgement", "choice", "cas")


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a fact follows from others.

    ``how`` is product, quotient, sum, difference, copy, largest, smallest, inverse, at-most, at-least (the other fact
    bounds this one), yes, no, is (a ``value`` of a choice), given (a ``value`` with unit) or none (there is no such thing). ``times`` scales the result and ``plus`` is added to it (in base units). ``when`` is
    a condition on other facts, as written in the pack. With ``group`` the fact is the smallest or largest over the
    rows of that group of the item that meet the condition.
    """

    how: str
    of: tuple[str, ...] = ()
    times: float = 1.0
    plus: float = 0.0
    when: Mapping[str, Any] | None = None
    group: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact. ``says`` and ``ask`` are in English and Japanese; ``judgement`` facts rest on a person's view.

    ``standard`` names the test standard, ``measure`` how it is measured; ``values`` are those of a choice. ``formula``
    holds the numbers of the limit when the fact is a ratio to a limit that the list writes as a formula; ``internal``
    facts are steps of a derivation and are never asked; a ``several`` choice names all that apply (a machine that turns
    and mills), so that one of them is enough. Of a ``downward`` quantity (a depth) the list may say "below" where more
    is meant.
    """

    name: str
    type: FactType
    says: Mapping[str, str]
    ask: Mapping[str, str]
    unit: str = ""
    dimension: Dimension = NONE
    standard: str = ""
    measure: Mapping[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    derive: tuple[Derivation, ...] = ()
    implied_by_kind: tuple[str, ...] = ()
    formula: str = ""
    internal: bool = False
    several: bool = False
    downward: bool = False

    @property
    def is_quantity(self) -> bool:
        """Whether the value is measured or counted."""
        return self.type in {"quantity", "range"}


def fold(name: str) -> str:
    """Even out how a fact or kind is spelled: case, width, dashes, underscores, spaces."""
    return re.sub(r"[\s_\-‐–—./()'\"“”‘’・]+", "", unicodedata.normalize("NFKC", name).casefold())


class Catalogue:
    """All facts by name, with every alias; one alias may stand for several facts told apart by their dimension."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self.facts: dict[str, Fact] = {fact.name: fact for fact in facts}
        self.derived = tuple(fact for fact in self.facts.values() if fact.derive)
        self._spelled: dict[str, list[str]] = {}
        for fact in self.facts.values():
            for spelled in (fact.name, *fact.says.values(), *fact.aliases):
                names = self._spelled.setdefault(fold(spelled), [])
                if fact.name not in names:
                    names.append(fact.name)

    def __getitem__(self, name: str) -> Fact:
        return self.facts[name]

    def __contains__(self, name: object) -> bool:
        return name in self.facts

    def named(self, spelled: str) -> tuple[Fact, ...]:
        """The facts that this name or alias may mean, the one with exactly this name first."""
        if spelled in self.facts:
            return (self.facts[spelled],)
        return tuple(self.facts[name] for name in self._spelled.get(fold(spelled), ()))

    def nearest(self, spelled: str, count: int = 3) -> tuple[str, ...]:
        """The names that come nearest to a misspelled one."""
        from rapidfuzz import fuzz, process

        found = process.extract(fold(spelled), list(self._spelled), scorer=fuzz.WRatio, limit=8, score_cutoff=60)
        names = dict.fromkeys(name for spelling, *_ in found for name in self._spelled[spelling])
        return tuple(names)[:count]


def read_facts(table: Mapping[str, Any], where: str, problems: list[Problem]) -> list[Fact]:
    """Make facts from one parsed TOML file; faults go to ``problems``."""
    facts = []
    for name, row in table.items():
        place = f"{where} [{name}]"
        if not isinstance(row, Mapping):
            problems.append(Problem("facts.row", place, "a fact is a table", f"Write [{name}]."))
            continue
        type_ = row.get("type", "quantity")
        if type_ not in TYPES:
            problems.append(Problem("facts.type", place, f"type {type_!r} is unknown", f"One of: {', '.join(TYPES)}."))
            continue
        unit = str(row.get("unit", ""))
        dimension = NONE
        if unit:
            readings = read_unit(unit)
            if not readings:
                problems.append(Problem("facts.unit", place, f"unit {unit!r} cannot be read"))
                continue
            dimension = readings[0].dimension
        for key in ("en", "ja", "ask_en", "ask_ja"):
            if not row.get(key):
                problems.append(Problem("facts.words", place, f"{key} is missing", "Say it in English and Japanese."))
        facts.append(
            Fact(
                name=name,
                type=type_,
                says={"en": str(row.get("en", "")), "ja": str(row.get("ja", ""))},
                ask={"en": str(row.get("ask_en", "")), "ja": str(row.get("ask_ja", ""))},
                unit=unit,
                dimension=dimension,
                standard=str(row.get("standard", "")),
                measure={k[-2:]: str(row[k]) for k in ("measure_en", "measure_ja") if k in row},
                aliases=tuple(row.get("aliases", ())),
                values=tuple(row.get("values", ())),
                derive=tuple(_derivation(d) for d in row.get("derive", ())),
                implied_by_kind=tuple(row.get("kinds", ())),
                formula=str(row.get("formula", "")),
                internal=bool(row.get("internal", False)),
                several=bool(row.get("several", False)),
                downward=bool(row.get("downward", False)),
            )
        )
    return facts


def _derivation(row: Mapping[str, Any]) -> Derivation:
    of = row.get("of", ())
    return Derivation(
        how=row["how"],
        of=(of,) if isinstance(of, str) else tuple(of),
        times=float(row.get("times", 1)),
        plus=float(row.get("plus", 0)),
        when=row.get("when"),
        group=str(row.get("group", "")),
        value=str(row.get("value", "")),
    )
