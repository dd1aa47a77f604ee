"""From a row of a table to a code: which values it has, as far as the law of its day can tell them apart.

Each stated fact becomes a field of a few bits; the fields packed into whole numbers are the row's code. Rows with one
code get one answer, so the law is asked once for each code that occurs and not once for each row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sekisho.law.column_layers import either, joined
from sekisho.law.kleene import Truth
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
    settles: Callable[[int, int], Mapping[str, Truth]] | None = None
    """What a value answers in a stretch, for facts known early (``sekisho.store.contexts``)."""


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
    context_mask: int = 0
    """The bits of the first number that tell which other bits can matter."""
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
        self.cells[f"{lookup.name}_code"] = lookup.code
        if lookup.problems:
            self.lookups.append((column, lookup))
        return f"{lookup.name}_code"

    def refuse(self, column: str, code: str, says: str, hint: str, condition: str) -> None:
        """Refuse the rows of which ``condition`` holds."""
        self.refusals.append(Refusal(column, code, says, hint, condition))

    def word_names(self) -> list[str]:
        """The columns of the code."""
        return [f"w{number}" for number in range(len(self.words))]

    def rows(self, further: Mapping[str, str]) -> str:
        """SQL of every row: its number, day, stretch and code, ``state`` and ``faults``, and ``further`` columns.

        ``state`` is 0 to decide, 1 refused, 2 for the interpreter; ``faults`` names what is wrong, joined by ``;``
        (``fault_words``).
        """
        words = {
            name: " | ".join(["0::UBIGINT", *(_placed(one, place) for one, place in word if one.bits)])
            for name, word in zip(self.word_names(), self.words, strict=True)
        }
        marks = [f"CASE WHEN {one.condition} THEN 'r{number}' END" for number, one in enumerate(self.refusals)]
        marks += [
            f"CASE WHEN {lookup.name}_code >= {REFUSED} THEN '{lookup.name}:' || ({lookup.name}_code - {REFUSED}) END"
            for _, lookup in self.lookups
        ]
        wrong = [one.condition for one in self.refusals]
        wrong += [f"{lookup.name}_code >= {REFUSED}" for _, lookup in self.lookups]
        state = f"CASE WHEN {either(wrong)} THEN 1 WHEN {either(self.apart)} THEN 2 ELSE 0 END"
        columns = {"row_number": "row_number", "the_day": "the_day", "stretch": "stretch", "state": state}
        columns |= {"faults": f"CASE WHEN {either(wrong)} THEN {joined(marks)} END", **words, **further}
        return f"SELECT {', '.join(f'{sql} AS {name}' for name, sql in columns.items())} FROM {self.relation()}"

    def fault_words(self) -> list[tuple[str, str, str, str, str]]:
        """What each mark of ``faults`` means: mark, column, code, words, remedy."""
        found = [(f"r{number}", one.column, one.code, one.says, one.hint) for number, one in enumerate(self.refusals)]
        for column, lookup in self.lookups:
            for number, problems in enumerate(lookup.problems):
                found += [(f"{lookup.name}:{number}", column, one.code, one.says, one.hint) for one in problems]
        return found

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
                value = f"CAST((s.w{number} >> {place}) & {(1 << one.bits) - 1} AS BIGINT)" if one.bits else "0"
                columns += [f"{sql.format(value)} AS {name}" for name, sql in one.answers.items()]
                if one.table:
                    columns += [f"{one.table}.{probe} AS {probe}" for probe in one.probes]
                    on = f"{one.table}.stretch = s.stretch AND {one.table}.code = {value}"
                    joins.append(f"JOIN {one.table} ON {on}")
        listed = "".join(f", {column}" for column in columns)
        return f"SELECT s.sid, s.stretch{listed} FROM {codes} s {' '.join(joins)}"


def _named(columns: Mapping[str, str]) -> str:
    return "".join(f", {sql} AS {name}" for name, sql in columns.items())


def _placed(one: Field, place: int) -> str:
    """A field at its place; the code of a refused value, which has no room, is cut."""
    return f"((CAST({one.code} AS UBIGINT) & {(1 << one.bits) - 1}) << {place})"
