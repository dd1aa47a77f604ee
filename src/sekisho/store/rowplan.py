"""From a row of a table to a code: which values it has, as far as the law of its day can tell them apart.

Each stated fact becomes a field of a few bits; the fields packed into whole numbers are the row's code. Rows with one
code get one answer, so the law is asked once for each code that occurs and not once for each row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sekisho.law.column_layers import either
from sekisho.law.pack import Pack
from sekisho.store.lookups import REFUSED, Lookup
from sekisho.store.tables import Table

WORD = 63
"""Bits packed into one number."""


@dataclass(frozen=True, slots=True)
class Field:
    """A part of the code: SQL of its value in a row, its bits, and what it answers.

    ``table`` names the table of answers by code and stretch; else ``answers`` gives each probe's SQL with ``{}`` for
    the value.
    """

    code: str
    bits: int
    table: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    probes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A fault that SQL itself finds: the column it is told of, code, words, remedy, and when a row has it."""

    column: str
    code: str
    says: str
    hint: str
    condition: str


@dataclass(slots=True)
class RowPlan:
    """How the rows of one table are coded for one law."""

    table: Table
    pack: Pack
    day: str
    joins: list[str] = field(default_factory=list)
    cells: dict[str, str] = field(default_factory=dict)
    sums: dict[str, str] = field(default_factory=dict)
    after: dict[str, str] = field(default_factory=dict)
    joins_after: list[str] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    lookups: list[tuple[str, Lookup]] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    """SQL of rows that are refused and whose faults are told by a lookup of its own."""
    apart: list[str] = field(default_factory=list)
    """SQL of rows that only the interpreter decides, one by one."""

    @property
    def words(self) -> list[list[tuple[Field, int]]]:
        """The fields with their places in each number."""
        found: list[list[tuple[Field, int]]] = [[]]
        place = 0
        for one in self.fields:
            if one.bits and place + one.bits > WORD:
                found.append([])
                place = 0
            found[-1].append((one, place))
            place += one.bits
        return found

    def add_lookup(self, column: str, lookup: Lookup) -> str:
        """Join a lookup of ``column`` to the rows and give the SQL of its code."""
        self.joins.append(lookup.join(self.day))
        self.cells[f"{lookup.name}_code"] = f"coalesce({lookup.name}.code, 0)"
        if lookup.problems:
            self.lookups.append((column, lookup))
        return f"{lookup.name}_code"

    def refuse(self, column: str, code: str, says: str, hint: str, condition: str) -> None:
        """Refuse the rows of which ``condition`` holds."""
        self.refusals.append(Refusal(column, code, says, hint, condition))

    def word_names(self) -> list[str]:
        """The columns of the code."""
        return [f"w{number}" for number in range(len(self.words))]

    def rows(self, extra: Mapping[str, str] | None = None) -> str:
        """SQL of every row: number, stretch, code, and ``state``: 0 to decide, 1 refused, 2 for the interpreter."""
        words = [
            " | ".join(
                ["0::UBIGINT", *(f"(CAST({one.code} AS UBIGINT) << {place})" for one, place in word if one.bits)]
            )
            for word in self.words
        ]
        faults = [*(refusal.condition for refusal in self.refusals), *self.unread]
        faults += [f"{lookup.name}_code = {REFUSED}" for _, lookup in self.lookups if lookup.problems]
        state = f"CASE WHEN {either(faults)} THEN 1 WHEN {either(self.apart)} THEN 2 ELSE 0 END"
        columns = {"row_number": "row_number", "stretch": "stretch", "state": state} | {
            name: word for name, word in zip(self.word_names(), words, strict=True)
        }
        columns |= extra or {}
        return f"SELECT {', '.join(f'{sql} AS {name}' for name, sql in columns.items())} FROM {self.relation()}"

    def relation(self) -> str:
        """The rows with everything joined to them, in three layers: cells, sums of the row, sums of its transfer."""
        sql = f"(SELECT t.*{_named(self.cells)} FROM {self.table.relation} t {' '.join(self.joins)})"
        if self.sums:
            sql = f"(SELECT *{_named(self.sums)} FROM {sql})"
        if self.after:
            sql = f"(SELECT *{_named(self.after)} FROM {sql} {' '.join(self.joins_after)})"
        return sql

    def answers(self, codes: str) -> str:
        """SQL of what the probes answer for the codes in a table with ``sid``, ``stretch`` and the words."""
        columns: list[str] = []
        joins: list[str] = []
        for number, word in enumerate(self.words):
            for one, place in word:
                value = f"((s.w{number} >> {place}) & {(1 << one.bits) - 1})" if one.bits else "0"
                columns += [f"{sql.format(value)} AS {name}" for name, sql in one.answers.items()]
                if one.table:
                    columns += [f"{one.table}.{probe} AS {probe}" for probe in one.probes]
                    on = f"{one.table}.stretch = s.stretch AND {one.table}.code = {value}"
                    joins.append(f"JOIN {one.table} ON {on}")
        listed = "".join(f", {column}" for column in columns)
        return f"SELECT s.sid, s.stretch{listed} FROM {codes} s {' '.join(joins)}"


def _named(columns: Mapping[str, str]) -> str:
    return "".join(f", {sql} AS {name}" for name, sql in columns.items())
