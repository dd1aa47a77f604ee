"""Small tables of the distinct values of a column: each is read once, and rows that differ in no answer share a code."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

import duckdb

from sekisho.law.column_layers import text
from sekisho.law.probes import Probe
from sekisho.model.problem import Problem
from sekisho.model.transfer import Value

Key: TypeAlias = tuple[str | None, ...]
Window: TypeAlias = tuple[date, date]
"""Days from the first to the last, which is not counted."""
ALWAYS: Window = (date.min, date.max)
BATCH = 20_000
FEW = 64
"""Keys that are written out in a query rather than joined from a table."""
REFUSED = 2_147_483_648
"""Codes from here on stand for values that were refused; what is over tells which fault it is."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a key stands for in a window of days: an answer, or what is wrong with it."""

    answer: Hashable
    problems: Sequence[Problem] = ()
    window: Window = ALWAYS


Reading: TypeAlias = Callable[[Key], Sequence[Entry]]


@dataclass(slots=True)
class Lookup:
    """The distinct keys of some columns with their codes; ``classes`` holds what each code stands for.

    Code 0 is that of no value. ``problems`` says what is wrong with each refused key.
    """

    name: str
    keys: tuple[str, ...]
    classes: list[Hashable]
    problems: list[Sequence[Problem]] = field(default_factory=list)
    windows: bool = False
    codes: dict[str, int] | None = field(default_factory=dict)

    @property
    def bits(self) -> int:
        """How many bits a code takes."""
        return (len(self.classes) - 1).bit_length()

    @property
    def code(self) -> str:
        """The code of a row in SQL; a few keys are written out, many are joined."""
        if self.codes is None:
            return f"coalesce({self.name}.code, 0)"
        if not self.codes:
            return "0"
        keys = ", ".join(text(key) for key in self.codes)
        codes = ", ".join(str(code) for code in self.codes.values())
        return f"coalesce([{codes}][list_position([{keys}], {self.keys[0]})], 0)"

    def join(self, day: str) -> str:
        """The join to rows, where there are many keys; ``day`` is their column of days."""
        if self.codes is not None:
            return ""
        equal = "IS NOT DISTINCT FROM" if len(self.keys) > 1 else "="
        same = " AND ".join(f"{self.name}.k{place} {equal} {key}" for place, key in enumerate(self.keys))
        within = f" AND {day} >= {self.name}.first AND {day} < {self.name}.last" if self.windows else ""
        return f"LEFT JOIN {self.name} ON {same}{within}"


def look_up(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    relation: str,
    keys: Sequence[str],
    read: Reading,
    nothing: Hashable,
    given: str = "",
) -> Lookup:
    """Read every distinct key of ``relation`` into a table called ``name``; ``nothing`` answers for no value at all.

    ``given`` is SQL that tells which rows have a key; without it those whose first key is not NULL.
    """
    lookup = Lookup(name, tuple(keys), [nothing])
    codes: dict[Hashable, int] = {nothing: 0}
    heads = ", ".join(f"k{place} VARCHAR" for place in range(len(keys)))
    connection.execute(f"CREATE OR REPLACE TABLE {name} ({heads}, first DATE, last DATE, code UINTEGER)")
    for batch in _distinct(connection, relation, keys, given):
        rows: list[tuple[object, ...]] = []
        for key in batch:
            for entry in read(key):
                lookup.windows = lookup.windows or entry.window != ALWAYS
                if entry.problems:
                    code = REFUSED + len(lookup.problems)
                    lookup.problems.append(entry.problems)
                else:
                    code = codes.setdefault(entry.answer, len(codes))
                if code == len(lookup.classes):
                    lookup.classes.append(entry.answer)
                rows.append((*key, *entry.window, code))
        insert(connection, name, rows)
        if lookup.codes is not None:
            lookup.codes |= {str(row[0]): int(str(row[-1])) for row in rows}
        if len(keys) > 1 or lookup.windows or (lookup.codes is not None and len(lookup.codes) > FEW):
            lookup.codes = None
    return lookup


def _distinct(
    connection: duckdb.DuckDBPyConnection, relation: str, keys: Sequence[str], given: str
) -> Iterator[list[Key]]:
    named = ", ".join(f"{key} AS k{place}" for place, key in enumerate(keys))
    cursor = connection.cursor()
    try:
        wanted = given or f"{keys[0]} IS NOT NULL"
        cursor.execute(f"SELECT DISTINCT {named} FROM {relation} WHERE {wanted}")
        while batch := cursor.fetchmany(BATCH):
            yield batch
    finally:
        cursor.close()


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    """Add rows to a table, column by column."""
    for start in range(0, len(rows), BATCH):
        columns = [list(column) for column in zip(*rows[start : start + BATCH], strict=True)]
        connection.execute(f"INSERT INTO {table} SELECT {', '.join('unnest(?)' for _ in columns)}", columns)


class Answers:
    """What probes answer to values: one tuple over all probes and stretches; equal questions are asked once."""

    def __init__(self, probes: Sequence[Probe], stretches: int) -> None:
        self.probes = tuple(probes)
        self.stretches = stretches
        self._asked: list[tuple[Probe, int]] = []
        self._places: list[int] = []
        for probe in self.probes:
            seen: dict[Hashable, int] = {}
            for stretch in range(stretches):
                identity = _same(probe.args[stretch])
                if identity not in seen:
                    seen[identity] = len(self._asked)
                    self._asked.append((probe, stretch))
                self._places.append(seen[identity])

    def to(self, value: Value) -> tuple[bool | None, ...]:
        """The answers that tell values apart."""
        return tuple(probe.answer(value, stretch) for probe, stretch in self._asked)

    def columns(
        self, connection: duckdb.DuckDBPyConnection, name: str, classes: Sequence[Hashable]
    ) -> tuple[str, dict[str, str]]:
        """What each code answers in each stretch: a table called ``name`` for many, else SQL with ``{}`` for the code.

        Gives the table's name, empty where there is none, and the SQL of each probe.
        """
        cells = [[self._cells(number, answer) for answer in classes] for number in range(len(self.probes))]
        if len(classes) * self.stretches <= FEW or all(len(set(one)) == 1 for column in cells for one in column):
            return "", {probe.column: _listed(column) for probe, column in zip(self.probes, cells, strict=True)}
        heads = ", ".join(f"{probe.column} BOOLEAN" for probe in self.probes)
        connection.execute(f"CREATE OR REPLACE TABLE {name} (code UINTEGER, stretch INTEGER, {heads})")
        rows = [
            (code, stretch, *(column[code][stretch] for column in cells))
            for code in range(len(classes))
            for stretch in range(self.stretches)
        ]
        insert(connection, name, rows)
        return name, {}

    def settled(self, answer: Hashable, stretch: int) -> dict[str, bool | None]:
        """What each probe answers in a stretch."""
        return {probe.column: self._cells(number, answer)[stretch] for number, probe in enumerate(self.probes)}

    def _cells(self, number: int, answer: Hashable) -> tuple[bool | None, ...]:
        """The answers of one probe in every stretch."""
        assert isinstance(answer, tuple)
        start = number * self.stretches
        return tuple(answer[place] for place in self._places[start : start + self.stretches])


def _listed(column: Sequence[tuple[bool | None, ...]]) -> str:
    """Answers by code, and by stretch where that matters, written out as lists."""
    truths = {True: "TRUE", False: "FALSE", None: "NULL"}
    if all(len(set(cells)) == 1 for cells in column):
        values = [truths[cells[0]] for cells in column]
        if len(set(values)) == 1:
            return f"CAST({values[0]} AS BOOLEAN)"
        return f"CAST([{', '.join(values)}] AS BOOLEAN[])[{{}} + 1]"
    lists = ", ".join("[" + ", ".join(truths[cell] for cell in cells) + "]" for cells in column)
    return f"CAST([{lists}] AS BOOLEAN[][])[{{}} + 1][s.stretch + 1]"


def _same(arg: object) -> Hashable:
    """What tells arguments apart: their value, or the object where it has none to compare by."""
    try:
        hash(arg)
    except TypeError:
        return id(arg)
    return arg
