"""The flat form of transfers: one row an item, one column a fact, named as in the catalogue (``docs/bulk.md``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Literal, Protocol, TypeAlias

from sekisho.law.facts import Fact, FactType
from sekisho.law.pack import Pack
from sekisho.law.probes import claim_names
from sekisho.law.rule import Text
from sekisho.law.view import PARTIES
from sekisho.model.problem import Problem
from sekisho.model.transfer import Authorisation, Transfer, Value

Kind: TypeAlias = Literal["row", "fact", "named", "claim", "rate", "licences", "orders", "own"]
"""``row`` names a row, ``own`` is the user's and is handed through; the others state facts."""

REQUIRED = ("act", "day", "from", "to")
OWN = "x."
RATE = re.compile(r"^rates\.[A-Z]{3}$")
NONE = "none"
MORE = "?"

FORMS: Mapping[str, str] = {
    "bool": "true or false",
    "choice": "one of the values",
    "text": "text",
    "date": "a day: 2026-11-20",
    "number": "a number",
    "share": "a number from 0 to 1",
    "money": '"48000000 JPY", or a number in the law\'s currency',
    "measure": "text",
    "place": "ISO 3166-1 code of two letters",
    "places": "codes joined by ;",
    "set": "values joined by ;",
    "codes": "list codes joined by ;",
    "entries": "rows joined by ;",
    "hs": "HS code of two to six digits",
}


@dataclass(frozen=True, slots=True)
class FlatColumn:
    """One column that a table of transfers may have; ``form`` tells how its cells are written."""

    name: str
    kind: Kind
    type: FactType | Literal["json"]
    form: str
    says: Text
    fact: Fact | None = None

    @property
    def required(self) -> bool:
        """Whether a table without it cannot be decided."""
        return self.name in REQUIRED

    def as_json(self) -> dict[str, object]:
        """Give the column as JSON."""
        return {
            "column": self.name,
            "kind": self.kind,
            "type": self.type,
            "form": self.form,
            "required": self.required,
            "values": list(self.fact.values) if self.fact else [],
            "says": dict(self.says),
        }


class CellReading(Protocol):
    """Reads what stands in cells, in the words of the transfer file; made anew in every process."""

    @property
    def packs(self) -> Sequence[Pack]:
        """The laws asked."""

    def cell(self, column: FlatColumn, written: object, act: str = "") -> tuple[Value, tuple[Problem, ...]]:
        """Read one cell: its value, None for unknown, and what is wrong with it."""

    def standing(
        self, column: FlatColumn, value: Value, act: str
    ) -> Sequence[tuple[tuple[date, date], tuple[Problem, ...]]]:
        """The windows of days in which rows of a control list stand there, and what is wrong in the others."""

    def licences(self, written: object, act: str = "") -> tuple[tuple[Authorisation, ...], tuple[Problem, ...]]:
        """Read a cell of held licences."""

    def transfer(self, rows: Sequence[Mapping[str, object]], number: int) -> Transfer:
        """Make a transfer of all its rows as row ``number`` states it; BadInput with every problem."""


def flat_columns(packs: Iterable[Pack]) -> dict[str, FlatColumn]:
    """Every column that a table may have for these laws, by name; ``rates.CUR`` and ``x.`` columns come beside."""
    found: dict[str, FlatColumn] = {}

    def add(name: str, kind: Kind, kind_of: FactType | Literal["json"], form: str, says: Text) -> None:
        found.setdefault(name, FlatColumn(name, kind, kind_of, form, says))

    add("id", "row", "text", "text or number", {"en": "your own name for the row", "ja": "行の識別名"})
    add(
        "transfer",
        "row",
        "text",
        "text or number; the same for all lines of one order",
        {
            "en": "lines with the same name are one transfer and their values are added",
            "ja": "同一取引の行をまとめる名称",
        },
    )
    for pack in packs:
        for fact in pack.facts.values():
            if not fact.derived and fact.type != "entries" and fact.type in FORMS:  # tables within a row are not flat
                form = FORMS[fact.type] + (f": {', '.join(fact.values)}" if fact.values else "")
                found.setdefault(fact.id, FlatColumn(fact.id, "fact", fact.type, form, fact.says, fact))
        entries = pack.facts[f"items.entries.{pack.id}"]
        found[entries.id] = FlatColumn(entries.id, "fact", "entries", FORMS["entries"], entries.says, entries)
        for claim in claim_names(pack):
            says = {"en": f"exemption '{claim}' is invoked", "ja": f"特例「{claim}」を主張する"}
            add(f"claim.{claim}", "claim", "bool", "true or false; true when one of its facts is stated", says)
    for party in PARTIES:
        says = {"en": f"there is such a party ({party})", "ja": f"当事者の有無（{party}）"}
        add(f"{party}.named", "named", "bool", "true or false; true when one of its facts is stated", says)
    add(
        "authorisations",
        "licences",
        "json",
        "JSON: a list of the [[authorisations]] of a transfer file",
        {"en": "licences held", "ja": "保有許可"},
    )
    add(
        "earlier_orders",
        "orders",
        "json",
        "JSON: a list of the [[earlier_orders]] of a transfer file",
        {"en": "earlier orders of the same end user", "ja": "同一需要者の従前の受注"},
    )
    return found


def column_named(name: str, columns: Mapping[str, FlatColumn]) -> FlatColumn | None:
    """The column called ``name``, those that the laws cannot list included; None when there is no such column."""
    if name in columns:
        return columns[name]
    if RATE.match(name):
        currency = name.removeprefix("rates.")
        says = {"en": f"price of one {currency}", "ja": f"{currency} の換算レート"}
        return FlatColumn(name, "rate", "money", '"150 JPY", or a number in the law\'s currency', says)
    if name.startswith(OWN) and len(name) > len(OWN):
        return FlatColumn(name, "own", "text", "anything", {"en": "your own, handed through", "ja": "任意の列"})
    if name.startswith("items.entries."):
        says = {"en": "classification under a law that is not asked", "ja": "対象外の法令の該非判定"}
        return FlatColumn(name, "own", "entries", FORMS["entries"], says)
    return None


def column_problems(
    names: Sequence[str], columns: Mapping[str, FlatColumn], table: str, *, day_given: bool = False
) -> list[Problem]:
    """What is wrong with the columns of a table: unknown ones with the nearest right one, missing ones."""
    problems = []
    for name in names:
        if column_named(name, columns) is None:
            near = get_close_matches(name, columns, n=1, cutoff=0.6) or _by_last_word(name, columns)
            hint = f"did you mean '{near[0]}'?" if near else "see 'sekisho facts --columns'"
            hint += f"; a column of your own is called '{OWN}{name}'"
            problems.append(Problem("column-unknown", f"{table} {name}", f"no fact is called '{name}'", hint))
    for name in REQUIRED:
        if name not in names and not (name == "day" and day_given):
            ask = columns[name].says["en"]
            problems.append(Problem("column-missing", f"{table} {name}", f"column '{name}' is missing", ask))
    return problems


def _by_last_word(name: str, columns: Mapping[str, FlatColumn]) -> list[str]:
    """``hs`` means ``items.hs``."""
    return [known for known in columns if known.rpartition(".")[2] == name.rpartition(".")[2]]
