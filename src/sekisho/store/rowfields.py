"""Give every fact that the law asks for its field in the code of a row (``sekisho.store.rowplan``)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from decimal import Decimal

import duckdb

from sekisho.app.flat import CellReading, FlatColumn, column_named, flat_columns
from sekisho.law.column_layers import either
from sekisho.law.columns import Columns
from sekisho.law.pack import Pack
from sekisho.law.probes import Probe, claim_names, known
from sekisho.model.money import Money
from sekisho.model.transfer import Value
from sekisho.store.amounts import COMPARED
from sekisho.store.lookups import Answers, Entry, Key, Lookup, look_up
from sekisho.store.rowplan import Field, RowPlan
from sekisho.store.tables import Table, quoted

CHECKED = frozenset({"bool", "choice", "set", "codes", "date", "number", "share", "place", "places", "hs", "entries"})
"""Types whose cells can be wrong; the others hold any text, or money."""
WHOLE_NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "HUGEINT")
FLOATS = ("FLOAT", "DOUBLE")
THE_DAY = "the_day"
"""The column of each row's day."""
TRUTHS = 30
"""Truths of two bits in one field."""


class RowFields:
    """Builds the plan for one table and one law; other modules add amounts and licences to it."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, table: Table, reading: CellReading, law: Columns, day: str
    ) -> None:
        self.connection = connection
        self.table = table
        self.reading = reading
        self.pack: Pack = law.law.pack
        self.stretches = len(law.law.books)
        self.columns = flat_columns(reading.packs)
        self.plan = RowPlan(table, self.pack, day)
        self.probes: dict[str, list[Probe]] = {}
        for probe in law.probes:
            self.probes.setdefault(probe.fact, []).append(probe)
        self.claims = {f"claim.{name}" for name in claim_names(self.pack)}
        self.settling = ("act", "from", "to", f"items.entries.{self.pack.id}")
        self._constants: list[tuple[Probe, Value]] = []
        self._number = 0

    # ── what a cell says ──

    def name(self, letter: str) -> str:
        """A name of its own for a table of this law."""
        self._number += 1
        return f"{letter}{self._number}_{self.pack.id.replace('-', '_')}"

    def key(self, column: str) -> str:
        """A cell as the text by which its value is looked up."""
        kind, cell = self.table.columns[column], quoted(column)
        if kind == "VARCHAR":
            return cell
        if kind == "VARCHAR[]":
            return f"CASE WHEN len({cell}) = 0 THEN '[]' ELSE array_to_string({cell}, ';') END"
        if kind.endswith("[]") or kind.startswith("STRUCT"):
            return f"CAST(to_json({cell}) AS VARCHAR)"
        written = f"CAST({cell} AS VARCHAR)"
        if kind in WHOLE_NUMBERS and self.columns[column].type == "hs":
            # A table that holds HS codes as numbers has lost their first zero.
            return f"CASE WHEN length({written}) % 2 = 1 THEN '0' || {written} ELSE {written} END"
        return f"CAST(CAST({cell} AS DATE) AS VARCHAR)" if kind.startswith("TIMESTAMP") else written

    def filled(self, column: str) -> str:
        """Whether something stands in a cell."""
        cell = quoted(column)
        if self.table.columns[column] == "VARCHAR":
            return f"({cell} IS NOT NULL AND trim({cell}) <> '')"
        return f"({cell} IS NOT NULL)"

    def said(self, fact: str) -> str:
        """Whether a party is named or an exemption invoked: by its own column, else because something is said of it."""
        told = either(
            self.filled(column)
            for column in self.table.columns
            if column != fact and column.startswith(f"{fact.removesuffix('.named')}.")
        )
        return f"coalesce({self._truth(fact)}, {told})" if fact in self.table.columns else told

    def _truth(self, column: str) -> str:
        if self.table.columns[column] == "BOOLEAN":
            return quoted(column)
        return f"(CASE lower(trim({self.key(column)})) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END)"

    def act(self, written: str | None) -> str:
        """The act as the catalogue writes it."""
        value, _ = self.reading.cell(self.columns["act"], written)
        return value if isinstance(value, str) else ""

    # ── fields ──

    def constant(self, probe: Probe, value: Value) -> None:
        """A probe that every row answers alike."""
        self._constants.append((probe, value))

    def stated(self, name: str, probes: Sequence[Probe]) -> None:
        """A field for a column of the table."""
        column, kind = self.columns[name], self.table.columns[name]
        if kind == "BOOLEAN" and column.type == "bool":
            self.boolean(quoted(name), probes)
        elif self.comparable(column) and all(probe.test in COMPARED or probe.test is known for probe in probes):
            self.compared(quoted(name), probes)
        else:
            answers = Answers(probes, self.stretches)
            self.looked_up(name, self.lookup(column, answers.to), answers)

    def looked_up(self, column: str, lookup: Lookup, answers: Answers) -> None:
        """A field for the codes of a lookup."""
        code = self.plan.add_lookup(column, lookup)
        self.field(code, lookup.bits, answers, lookup.classes)

    def lookup(self, column: FlatColumn, answer: Callable[[Value], Hashable]) -> Lookup:
        """The distinct values of a column with their answers."""
        keys = [self.key(column.name)]
        if column.name == "recipient.employer" and {"exporter.name", "exporter.country"} <= set(self.table.columns):
            # Who works for the exporter itself, in Japan, works for a Japanese employer (feeds: ``own_staff``).
            own = f"{keys[0]} = {self.key('exporter.name')} AND {self.key('exporter.country')} = 'JP'"
            keys = [f"CASE WHEN {own} THEN 'japanese' ELSE {keys[0]} END"]
        if column.type == "entries":
            keys.append(self.key("act"))  # the act decides in which lists a row may stand

        def read(key: Key) -> list[Entry]:
            act = self.act(key[1]) if len(key) > 1 else ""
            value, problems = self.reading.cell(column, key[0], act)
            if problems or column.type != "entries":
                return [Entry(answer(value), problems)]
            return [
                Entry(answer(value), problems, window) for window, problems in self.reading.standing(column, value, act)
            ]

        given = f"{keys[0]} IS NOT NULL"
        return look_up(self.connection, self.name("l"), self.table.relation, keys, read, answer(None), given)

    def boolean(self, sql: str, probes: Sequence[Probe]) -> None:
        """A field for a yes-or-no fact."""
        answers = Answers(probes, self.stretches)
        code = f"(CASE WHEN {sql} THEN 1 WHEN NOT {sql} THEN 2 ELSE 0 END)"
        self.field(code, 2, answers, [answers.to(value) for value in (None, True, False)])

    def field(self, code: str, bits: int, answers: Answers, classes: Sequence[Hashable]) -> None:
        """A field with the answers of its classes."""
        table, listed = answers.columns(self.connection, self.name("c"), classes)
        settling = answers.probes[0].fact in self.settling if answers.probes else False

        def settles(value: int, stretch: int) -> dict[str, bool | None]:
            return answers.settled(classes[value], stretch)

        probes = tuple(probe.column for probe in answers.probes)
        self.plan.fields.append(Field(code, bits, table, listed, probes, settles if settling else None))

    def compared(self, cell: str, probes: Sequence[Probe]) -> None:
        """Fields for numbers and days that are compared where they stand."""
        parts = {}
        for probe in probes:
            silence = probe.answer(None, 0)
            if probe.test is known:
                told = f"CASE WHEN {cell} IS NOT NULL THEN TRUE END"
            else:
                arg = next(arg for arg in probe.args if arg is not None)
                limit = f"DATE '{arg.isoformat()}'" if isinstance(arg, date) else f"{Decimal(str(arg)):f}"
                told = f"{cell} {COMPARED[probe.test]} {limit}"
            parts[probe.column] = told if silence is None else f"coalesce({told}, {str(silence).upper()})"
        self.truths(parts)

    def truths(self, parts: Mapping[str, str]) -> None:
        """Fields of two bits for each truth in SQL: 1 true, 2 false, 0 unknown."""
        items = list(parts.items())
        for start in range(0, len(items), TRUTHS):
            some = list(enumerate(items[start : start + TRUTHS]))
            coded = " | ".join(
                f"(CAST(CASE WHEN {sql} THEN 1 WHEN NOT ({sql}) THEN 2 ELSE 0 END AS UBIGINT) << {2 * place})"
                for place, (_, sql) in some
            )
            answers = {
                column: f"CASE ({{}} >> {2 * place}) & 3 WHEN 1 THEN TRUE WHEN 2 THEN FALSE END"
                for place, (column, _) in some
            }
            self.plan.fields.append(Field(f"({coded})", 2 * len(some), "", answers, tuple(answers)))

    def write_constants(self) -> None:
        """A field without bits for what all rows answer alike."""
        for probe, value in self._constants:
            answers = Answers([probe], self.stretches)
            self.field("0", 0, answers, [answers.to(value)])

    def comparable(self, column: FlatColumn) -> bool:
        """Whether cells are numbers or days already, not text."""
        kind = self.table.columns[column.name]
        number = kind in WHOLE_NUMBERS or kind in FLOATS or kind.startswith("DECIMAL")
        return (kind == "DATE" and column.type == "date") or (number and column.type in ("number", "share"))


def row_plan(fields: RowFields) -> RowPlan:
    """Give every fact its field, amounts and licences apart (``store.rowamounts``, ``store.rowlicences``)."""
    early = [fact for fact in fields.settling if fact in fields.probes]
    for fact in dict.fromkeys([*early, *fields.probes]):
        probes = fields.probes[fact]
        if fact.startswith(("held.", "bulk.")) or fact in ("items.value", "total_value"):
            continue
        if fact in fields.claims or fact.endswith(".named"):
            fields.boolean(fields.said(fact), probes)
        elif fact == "day":
            fields.compared(THE_DAY, probes)
        elif fact == "recent_value":
            for probe in probes:  # without earlier orders; rows that have some are decided one by one
                fields.constant(probe, Money(Decimal(0), fields.pack.currency))
        elif fact in fields.table.columns:
            fields.stated(fact, probes)
        else:
            for probe in probes:
                fields.constant(probe, None)
    return fields.plan


def check_rows(fields: RowFields) -> None:
    """Refuse what the reader of transfer files refuses, whether a rule asks for it or not."""
    for column in ("act", "from", "to"):
        fact = fields.columns[column].fact
        hint = fact.ask.get("en", "") if fact else ""
        fields.plan.refuse(column, "key-missing", f"'{column}' is missing", hint, f"NOT {fields.filled(column)}")
    act, start, end = (f"trim({fields.key(column)})" for column in ("act", "from", "to"))
    hint = 'correct from or to, or use act = "in-country-transfer"'
    stays = f"(lower({act}) = 'export' AND {start} = {end})"
    fields.plan.refuse("to", "contradiction", "an export that stays in its country", hint, stays)
    for name in fields.table.columns:
        told = column_named(name, fields.columns)
        if told is None or name == "day":
            continue
        if told.kind in ("named", "claim"):
            _check_said(fields, name)
        elif told.kind == "fact" and fields.comparable(told):
            _check_range(fields, told)
        elif told.kind == "fact" and told.type in CHECKED and name not in fields.probes:
            if (fields.table.columns[name], told.type) != ("BOOLEAN", "bool"):
                lookup = fields.lookup(told, lambda _: ())
                if lookup.problems:
                    fields.plan.add_lookup(name, lookup)


def _check_said(fields: RowFields, name: str) -> None:
    """A yes-or-no column of a party or a claim: it is one of the two, and what is denied is not told about."""
    kind, filled, plain = fields.table.columns[name], fields.filled(name), f"lower(trim({fields.key(name)}))"
    if kind != "BOOLEAN":
        wrong = f"({filled} AND {plain} NOT IN ('true', 'false'))"
        says = f"'{name}' is neither true nor false"
        fields.plan.refuse(name, "type-bool", says, "write true or false, or leave it blank", wrong)
    denied = f"({filled} AND {plain} = 'false')" if kind != "BOOLEAN" else f"({quoted(name)} IS FALSE)"
    told = [
        fields.filled(column)
        for column in fields.table.columns
        if column != name and column.startswith(f"{name.removesuffix('.named')}.")
    ]
    if told:
        says = f"'{name}' is false, yet facts of it are stated"
        fields.plan.refuse(name, "contradiction", says, "correct one of them", f"({denied} AND {either(told)})")


def _check_range(fields: RowFields, column: FlatColumn) -> None:
    if column.type == "date":
        return
    cell = quoted(column.name)
    wrong = [f"{cell} < 0"]
    if column.type == "share":
        wrong.append(f"{cell} > 1")
    if fields.table.columns[column.name] in FLOATS:
        wrong.append(f"NOT isfinite({cell})")
    hint = "a share from 0 to 1 (0.25 for a quarter)" if column.type == "share" else "zero or more"
    fields.plan.refuse(column.name, "number-range", f"'{column.name}' is out of range", hint, either(wrong))
