"""Small tables of the distinct values of a column: each is read once, and rows that differ in no answer share a code."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

import duckdb

from sekisho.law.probes import Probe
from sekisho.model.problem import Problem
from sekisho.model.transfer import Value

Key: TypeAlias = tuple[str | None, ...]
Window: TypeAlias = tuple[date, date]
"""Days from the first to the last, which is not counted."""
ALWAYS: Window = (date.min, date.max)
BATCH = 20_000
REFUSED = 4_294_967_295
"""The code of a value that was refused."""


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

    Code 0 is that of no value. ``problems`` says what is wrong with each refused key, and when.
    """

    name: str
    keys: tuple[str, ...]
    classes: list[Hashable]
    problems: list[tuple[Key, Window, Problem]] = field(default_factory=list)
    windows: bool = False

    @property
    def bits(self) -> int:
        """How many bits a code takes."""
        return (len(self.classes) - 1).bit_length()

    def join(self, day: str, kind: str = "LEFT JOIN", table: str = "") -> str:
        """The join to rows, of this lookup or of a ``table`` with the same keys; ``day`` is the column of days."""
        named = table or self.name
        equal = "IS NOT DISTINCT FROM" if len(self.keys) > 1 else "="
        same = " AND ".join(f"{named}.k{place} {equal} {key}" for place, key in enumerate(self.keys))
        within = f" AND {day} >= {named}.first AND {day} < {named}.last" if self.windows else ""
        return f"{kind} {named} ON {same}{within}"


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
                lookup.problems += [(key, entry.window, problem) for problem in entry.problems]
                code = REFUSED if entry.problems else codes.setdefault(entry.answer, len(codes))
                if code == len(lookup.classes):
                    lookup.classes.append(entry.answer)
                rows.append((*key, *entry.window, code))
        insert(connection, name, rows)
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

    def table(self, connection: duckdb.DuckDBPyConnection, name: str, classes: Sequence[Hashable]) -> None:
        """Write what each code answers in each stretch, one column a probe."""
        heads = ", ".join(f"{probe.column} BOOLEAN" for probe in self.probes)
        connection.execute(f"CREATE OR REPLACE TABLE {name} (code UINTEGER, stretch INTEGER, {heads})")
        rows = []
        for code, answer in enumerate(classes):
            assert isinstance(answer, tuple)
            for stretch in range(self.stretches):
                places = (self._places[number * self.stretches + stretch] for number in range(len(self.probes)))
                rows.append((code, stretch, *(answer[place] for place in places)))
        insert(connection, name, rows)


def _same(arg: object) -> Hashable:
    """What tells arguments apart: their value, or the object where it has none to compare by."""
    try:
        hash(arg)
    except TypeError:
        return id(arg)
    return arg
