"""From a pack's TOML to conditions: one table a path, atoms as inline tables.

    [[path]]
    path = "3A001.a.5.a.3"
    hash = "0f1e2d3c4b5a6978"
    all = [
      { fact = "resolution", at-least = "12 bit", below = "14 bit", words = ["12 bit or more", "less than 14 bit"] },
      { fact = "sample_rate", above = "400 MSPS", words = ["greater than 400 MSPS"] },
    ]

Operators on a measured fact: above, at-least, below, at-most, equals. On the others: is (true, false, a value or a list
of values). ``kind``, ``ref`` and ``opaque`` stand for themselves; ``all``, ``any`` and ``not`` combine.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sekisho.classify.conditions import (
    All,
    AnyOf,
    Bound,
    Condition,
    EntryConditions,
    Is,
    Not,
    OfKind,
    Opaque,
    Part,
    Path,
    Ref,
)
from sekisho.classify.facts import Catalogue, Fact
from sekisho.classify.kinds import Kinds
from sekisho.classify.paths import steps
from sekisho.classify.span import INF, Span
from sekisho.classify.written import Unreadable, quantity
from sekisho.model.problem import Problem

OPERATORS = ("above", "at-least", "below", "at-most", "equals")
PARTS: Mapping[str, Part] = {"": "", "some": "some", "all": "all", "covers": "covers"}
_META = {"path", "hash", "en", "ja", "note", "notes", "excluded"}


class Writer:
    """Reads condition tables against a catalogue and kinds; faults gather in ``problems``."""

    def __init__(self, catalogue: Catalogue, kinds: Kinds, problems: list[Problem]) -> None:
        self.catalogue, self.kinds, self.problems = catalogue, kinds, problems

    def entry(self, table: Mapping[str, Any], where: str) -> EntryConditions | None:
        """Read a whole file; None when it has no usable root."""
        rows = table.get("path", ())
        flat: list[tuple[str, Mapping[str, Any], Condition]] = []
        for row in rows:
            path = str(row.get("path", ""))
            place = f"{where} [{path}]"
            if not path or any(path == other for other, *_ in flat):
                self._problem("conditions.path", place, "a path is missing or stands twice")
                continue
            flat.append((path, row, self.condition(row, place)))
        if not flat or flat[0][0] != str(table.get("entry", "")):
            self._problem("conditions.root", where, "the first path must be the entry itself", "Write its scope there.")
            return None
        root = _nest(flat, 0, str(table.get("list", "")))[0]
        for path in _empty(root, True):
            self._problem("conditions.empty", f"{where} [{path}]", "nothing is asked here, so anything would be listed",
                          "Write a condition, or name the kind at the root.")  # fmt: skip
        return EntryConditions(
            str(table.get("list", "")),
            str(table["entry"]),
            root,
            str(table.get("version", "")),
            str(table.get("row", "")),
        )

    def condition(self, row: Mapping[str, Any], where: str) -> Condition:
        """Read the condition that stands in a table: its ``all``, ``any`` and ``not`` hold together."""
        parts: list[Condition] = []
        for key, value in row.items():
            if key == "all":
                parts.extend(self.condition(part, where) for part in value)
            elif key == "any":
                parts.append(AnyOf(tuple(self.condition(part, where) for part in value)))
            elif key == "not":
                inner = value if isinstance(value, Sequence) else [value]
                parts.extend(Not(self.condition(part, where)) for part in inner)
        if "fact" in row:
            parts.append(self._fact_atom(row, where))
        elif "kind" in row:
            names = (row["kind"],) if isinstance(row["kind"], str) else tuple(row["kind"])
            for name in names:
                if name not in self.kinds:
                    near = ", ".join(self.kinds.nearest(name))
                    self._problem("conditions.kind", where, f"there is no kind {name!r}", f"Near: {near}")
            parts.append(OfKind(names, _words(row), row.get("at", "")))
        elif "ref" in row:
            parts.append(Ref(row["ref"], _words(row), row.get("at", "")))
        elif "opaque" in row:
            parts.append(Opaque(str(row["opaque"]), _words(row), row.get("at", "")))
        elif not parts and not set(row) <= _META:
            self._problem("conditions.atom", where, f"nothing to test in {dict(row)!r}")
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _fact_atom(self, row: Mapping[str, Any], where: str) -> Condition:
        name = str(row["fact"])
        if name not in self.catalogue:
            near = ", ".join(self.catalogue.nearest(name))
            self._problem("conditions.fact", where, f"there is no fact {name!r}", f"Near: {near}")
            return Opaque(f"unknown fact {name}")
        fact = self.catalogue[name]
        if fact.is_quantity:
            return self._bound(fact, row, where)
        wanted = row.get("is", True)
        if isinstance(wanted, bool):
            if fact.type == "choice":
                self._problem("conditions.is", where, f"{name} is a choice", f"One of: {', '.join(fact.values)}.")
            return Is(name, wanted, _words(row), row.get("at", ""))
        values = frozenset([wanted] if isinstance(wanted, str) else wanted)
        if fact.type == "choice" and not values <= set(fact.values):
            self._problem("conditions.is", where, f"{name} has no value {sorted(values - set(fact.values))}")
        return Is(name, values, _words(row), row.get("at", ""), any_of=fact.type == "cas" or fact.several)

    def _bound(self, fact: Fact, row: Mapping[str, Any], where: str) -> Condition:
        low, high, low_open, high_open = -INF, INF, False, False
        shown: list[tuple[str, str]] = []
        for operator in OPERATORS:
            if operator not in row:
                continue
            text = str(row[operator])
            shown.append((operator, text))
            try:
                value = quantity(text, fact.dimension)
            except Unreadable as bad:
                self._problem("conditions.value", where, f"{fact.name}: {bad.says}", bad.hint)
                continue
            if operator in {"above", "at-least", "equals"}:
                low, low_open = value.low, operator == "above"
            if operator in {"below", "at-most", "equals"}:
                high, high_open = value.high, operator == "below"
        if not shown:
            self._problem("conditions.operator", where, f"{fact.name} is compared with nothing", ", ".join(OPERATORS))
        part = PARTS.get(str(row.get("part", "some" if fact.type == "range" else "")))
        if part is None:
            self._problem("conditions.part", where, f"part {row['part']!r} is unknown", ", ".join(filter(None, PARTS)))
        bounds = Span(low, high, low_open, high_open)
        return Bound(fact.name, bounds, tuple(shown), _words(row), row.get("at", ""), part or "")

    def _problem(self, code: str, where: str, says: str, hint: str = "") -> None:
        self.problems.append(Problem(code, where, says, hint))


def _words(row: Mapping[str, Any]) -> tuple[str, ...]:
    words = row.get("words", ())
    return (words,) if isinstance(words, str) else tuple(words)


def is_below(list_id: str, path: str, root: str) -> bool:
    """Whether ``path`` is a paragraph under ``root`` ("3A001.a.5" under "3A001.a"; "6(i)ホ(一)" under "6(i)")."""
    if path == root or not path.startswith(root):
        return False
    top = steps(list_id, root)
    return steps(list_id, path)[: len(top)] == top


def _nest(flat: list[tuple[str, Mapping[str, Any], Condition]], at: int, list_id: str) -> tuple[Path, int]:
    path, row, condition = flat[at]
    below: list[Path] = []
    at += 1
    while at < len(flat) and is_below(list_id, flat[at][0], path):
        child, at = _nest(flat, at, list_id)
        below.append(child)
    says = {key: str(row[key]) for key in ("en", "ja") if key in row}
    return Path(path, condition, str(row.get("hash", "")), says, tuple(below), str(row.get("note", "")),
                tuple(row.get("excluded", ()))), at  # fmt: skip


def _empty(path: Path, open_above: bool) -> Iterable[str]:
    """Paragraphs at the end of a branch on which no condition stands."""
    is_open = open_above and isinstance(path.condition, All) and not path.condition.parts
    if not path.below and is_open:
        yield path.path
    for child in path.below:
        yield from _empty(child, is_open)
