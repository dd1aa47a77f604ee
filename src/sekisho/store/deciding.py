"""Decide every row of an opened table under one law: codes, then answers for each code, then answers for each row."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from sekisho.app.bulk import ANSWER, answer_row
from sekisho.app.decide import decide_transfer
from sekisho.app.flat import CellReading, flat_columns
from sekisho.law.book import book_on
from sekisho.law.column_layers import text
from sekisho.law.columns import Columns, compile_books
from sekisho.law.pack import Pack
from sekisho.model.problem import BadInput, Problem
from sekisho.store.contexts import write_contexts
from sekisho.store.lookups import Entry, Key, Lookup, insert, look_up
from sekisho.store.rowamounts import add_amounts
from sekisho.store.rowfields import RowFields, check_rows, row_plan
from sekisho.store.rowlicences import add_licences
from sekisho.store.rowplan import RowPlan
from sekisho.store.tables import Table, own_columns, quoted

TO_DECIDE, REFUSED, APART = 0, 1, 2
"""States of a row: a code answers it, it is refused, the interpreter answers it."""
EVERY_BIT = (1 << 64) - 1
NO_DAY, BEFORE_PACK = -1, -2
"""Stretches of rows whose day is not known, or lies before the pack."""
Heard = Callable[[str, float], None]


class LawOnRows:
    """One law on one table. After ``decide`` the answers wait in ``answered`` and the faults in table ``refused``."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, table: Table, reading: CellReading, pack: Pack, on: date | None
    ) -> None:
        self.connection = connection
        self.table = table
        self.reading = reading
        self.pack = pack
        self.on = on
        self.mark = pack.id.replace("-", "_")
        self.plan: RowPlan
        self.handed: tuple[str, ...] = ()
        self.has_apart = False
        self._days: Lookup | None = None

    def decide(self, scratch: Path, heard: Heard) -> None:
        """Read the values, code the rows and decide every code."""
        heard("reading values", 0.0)
        days = self._read_days()
        law = compile_books([book_on(self.pack, day) for day in days])
        day = f"{self._days.name}_dates.the_date" if self._days else f"DATE '{self.on.isoformat()}'"  # type: ignore[union-attr]
        fields = RowFields(self.connection, self.table, self.reading, law, day)
        self._join_days(fields)
        self.plan = row_plan(fields)
        check_rows(fields)
        add_amounts(fields)
        add_licences(fields)
        if "earlier_orders" in self.table.columns:
            self.plan.apart.append(fields.filled("earlier_orders"))
        fields.write_constants()
        heard("coding rows", 0.0)
        states = self._code_rows(scratch / f"coded-{self.mark}.parquet", law)
        heard("deciding", 0.0)
        self._decide_codes(law.query(f"answers_{self.mark}", "sid"))
        if REFUSED in states:
            self._tell_refused()
        self._tell_contradictions()
        self.connection.execute(f"CREATE OR REPLACE TABLE apart_{self.mark} ({_heads()})")
        self.has_apart = APART in states
        if self.has_apart:
            self._one_by_one()

    def answered(self) -> str:
        """SQL of the rows with their answers and the columns of ``HANDED``."""
        handed = ", ".join(["r.row_number", "r.the_day", *(f"r.{name}" for name in self.handed)])
        told = ", ".join(f"d.{column}" for column in ANSWER)
        sql = (
            f"SELECT {handed}, {told} FROM coded_{self.mark} r JOIN decided_{self.mark} d ON {self._same()} "
            f"WHERE r.state = {TO_DECIDE} AND d.contradiction = ''"
        )
        if self.has_apart:
            handed = ", ".join(["r.row_number", "a.the_day", *(f"r.{name}" for name in self.handed)])
            told = ", ".join(f"a.{column}" for column in ANSWER)
            sql += (
                f" UNION ALL SELECT {handed}, {told} FROM apart_{self.mark} a "
                f"JOIN coded_{self.mark} r ON r.row_number = a.row_number"
            )
        return sql

    def _same(self) -> str:
        return " AND ".join(f"d.{word} = r.{word}" for word in ["stretch", *self.plan.word_names()])

    # ── days ──

    def _read_days(self) -> list[date]:
        """The first days of the stretches in which rows lie, and a table of the stretch of each day."""
        if self.on is not None:
            if self.on < self.pack.start:
                says, hint = (
                    f"{self.on} lies before the pack begins",
                    f"'{self.pack.id}' answers from {self.pack.start}",
                )
                raise BadInput([Problem("day-before-pack", "--on", says, hint)])
            return [self.on]
        kind, cell = self.table.columns["day"], quoted("day")
        key = f"CAST(CAST({cell} AS DATE) AS VARCHAR)" if kind.startswith("TIMESTAMP") else f"CAST({cell} AS VARCHAR)"
        column = flat_columns(self.reading.packs)["day"]

        def read(key: Key) -> list[Entry]:
            value, problems = self.reading.cell(column, key[0])
            return [Entry(value, problems)]

        lookup = look_up(
            self.connection, f"days_{self.mark}", self.table.relation, [cell if kind == "VARCHAR" else key], read, None
        )
        boundaries = self.pack.boundaries
        found: dict[int, date] = {}
        rows: list[tuple[int, date, int]] = []
        for code, day in enumerate(lookup.classes):
            if isinstance(day, date):
                number = bisect_right(boundaries, day) if day >= self.pack.start else BEFORE_PACK
                rows.append((code, day, number))
                if number != BEFORE_PACK:
                    found.setdefault(number, day)
        order = {number: place for place, number in enumerate(sorted(found))}
        dates = f"{lookup.name}_dates"
        self.connection.execute(f"CREATE OR REPLACE TABLE {dates} (code UINTEGER, the_date DATE, number INTEGER)")
        insert(self.connection, dates, [(code, day, order.get(number, number)) for code, day, number in rows])
        self._days = lookup
        return [found[number] for number in sorted(found)] or [self.pack.start]

    def _join_days(self, fields: RowFields) -> None:
        plan = fields.plan
        plan.cells["the_day"] = plan.day
        if self._days is None:
            plan.cells["stretch"] = "0"
            return
        dates = f"{self._days.name}_dates"
        plan.add_lookup("day", self._days)
        plan.joins.append(f"LEFT JOIN {dates} ON {dates}.code = {self._days.code}")
        plan.cells["stretch"] = f"coalesce({dates}.number, {NO_DAY})"
        begins = f"the pack '{self.pack.id}' answers from {self.pack.start} on"
        says = "the day lies before the pack begins"
        plan.refuse("day", "day-before-pack", says, begins, f"stretch = {BEFORE_PACK}")
        fact = fields.columns["day"].fact
        ask = fact.ask.get("en", "") if fact else ""
        plan.refuse("day", "key-missing", "'day' is missing", ask, f"NOT {fields.filled('day')}")

    # ── codes and answers ──

    def _code_rows(self, file: Path, law: Columns) -> set[int]:
        """Write the code of every row beside what names it, and make the table of codes; gives the states."""
        further = {
            "row_name": _as_text(self.table, "id"),
            "row_to": _as_text(self.table, "to"),
            "row_entries": _as_text(self.table, f"items.entries.{self.pack.id}"),
        } | {f"own_{place}": quoted(name) for place, name in enumerate(own_columns(self.table))}
        self.handed = tuple(further)
        whole, contexts = f"whole_{self.mark}", f"contexts_{self.mark}"
        self.connection.execute(f"COPY ({self.plan.rows(further)}) TO {text(str(file))} (FORMAT parquet)")
        self.connection.execute(f"CREATE VIEW {whole} AS SELECT * FROM read_parquet({text(str(file))})")
        write_contexts(self.connection, self.plan, law, whole, contexts)
        words = self.plan.word_names()
        cut = ", ".join(
            f"r.{word} & coalesce(c.m{place}, {EVERY_BIT}::UBIGINT) AS {word}" for place, word in enumerate(words)
        )
        on = f"c.stretch = r.stretch AND c.context = r.w0 & {self.plan.context_mask}"
        self.connection.execute(
            f"CREATE VIEW coded_{self.mark} AS SELECT r.* REPLACE ({cut}) FROM {whole} r LEFT JOIN {contexts} c ON {on}"
        )
        grouped = ", ".join(["stretch", "state", *words])
        self.connection.execute(
            f"CREATE OR REPLACE TABLE codes_{self.mark} AS SELECT row_number() OVER () AS sid, * FROM "
            f"(SELECT {grouped}, count(*) AS rows FROM coded_{self.mark} GROUP BY ALL)"
        )
        states = self.connection.execute(f"SELECT DISTINCT state FROM codes_{self.mark}").fetchall()
        return {int(state) for (state,) in states}

    def _decide_codes(self, query: str) -> None:
        codes = f"(SELECT * FROM codes_{self.mark} WHERE state = {TO_DECIDE})"
        self.connection.execute(f"CREATE OR REPLACE TABLE answers_{self.mark} AS {self.plan.answers(codes)}")
        self.connection.execute(
            f"CREATE OR REPLACE TABLE decided_{self.mark} AS "
            f"SELECT c.*, a.* EXCLUDE (sid) FROM {codes} c JOIN ({query}) a USING (sid)"
        )
        self.connection.execute(f"DROP TABLE answers_{self.mark}")

    # ── rows that no code answers ──

    def _tell_refused(self) -> None:
        """Write every fault of every refused row."""
        words = f"fault_words_{self.mark}"
        self.connection.execute(
            f"CREATE OR REPLACE TABLE {words} (mark VARCHAR, cell VARCHAR, fault VARCHAR, says VARCHAR, hint VARCHAR)"
        )
        insert(self.connection, words, self.plan.fault_words())
        self.connection.execute(
            f"INSERT INTO refused SELECT r.row_number, r.row_name, w.cell, w.fault, w.says, w.hint FROM "
            f"(SELECT row_number, row_name, unnest(string_split(faults, ';')) AS mark FROM coded_{self.mark} "
            f"WHERE state = {REFUSED}) r JOIN {words} w USING (mark)"
        )

    def _tell_contradictions(self) -> None:
        """Rows whose facts the law itself holds to exclude each other are refused too."""
        found = self.connection.execute(
            f"SELECT DISTINCT unnest(string_split(contradiction, ';')) FROM decided_{self.mark} WHERE contradiction <> ''"
        ).fetchall()
        for (rule_id,) in found:
            rule = self.pack.rules[rule_id]
            facts = dict.fromkeys(condition.fact for version in rule.versions for condition in version.when)
            told = [next(iter(facts), ""), "contradiction", rule.says["en"], f"look at {', '.join(facts)}"]
            self.connection.execute(
                f"INSERT INTO refused SELECT r.row_number, r.row_name, {', '.join(map(text, told))} "
                f"FROM coded_{self.mark} r JOIN decided_{self.mark} d ON {self._same()} WHERE r.state = {TO_DECIDE} "
                f"AND list_contains(string_split(d.contradiction, ';'), {text(rule_id)})"
            )

    def _one_by_one(self) -> None:
        """Rows with what SQL does not hold exactly: the interpreter decides them."""
        numbers = f"SELECT row_number FROM coded_{self.mark} WHERE state = {APART}"
        rows = self._fetch(f"SELECT * FROM {self.table.relation} WHERE row_number IN ({numbers})")
        decided: list[tuple[object, ...]] = []
        refused: list[tuple[object, ...]] = []
        for row in rows:
            lines = self._lines_with(row)
            place = next(number for number, line in enumerate(lines) if line["row_number"] == row["row_number"])
            try:
                transfer = self.reading.transfer(lines, place)
                answer = decide_transfer([self.pack], transfer, "row")
            except BadInput as bad:
                name = None if row.get("id") is None else str(row["id"])
                refused += [
                    (row["row_number"], name, one.where.split()[-1] if one.where else "", one.code, one.says, one.hint)
                    for one in bad.problems
                ]
                continue
            told = answer_row(answer.decisions[place])
            decided.append((row["row_number"], transfer.day, *(told[column] for column in ANSWER)))
        insert(self.connection, f"apart_{self.mark}", decided)
        insert(self.connection, "refused", refused)

    def _lines_with(self, row: dict[str, Any]) -> list[dict[str, Any]]:
        order = row.get("transfer")
        if order is None:
            return [self._as_of(row)]
        found = self._fetch(
            f"SELECT * FROM {self.table.relation} WHERE CAST({quoted('transfer')} AS VARCHAR) = {text(str(order))} "
            "ORDER BY row_number"
        )
        return [self._as_of(line) for line in found]

    def _as_of(self, row: dict[str, Any]) -> dict[str, Any]:
        return row if self.on is None else {**row, "day": self.on}

    def _fetch(self, query: str) -> list[dict[str, Any]]:
        result = self.connection.execute(query)
        names = [str(one[0]) for one in result.description or ()]
        return [dict(zip(names, values, strict=True)) for values in result.fetchall()]


def _heads() -> str:
    columns = ", ".join(f"{column} {'BOOLEAN' if column == 'conflict' else 'VARCHAR'}" for column in ANSWER)
    return f"row_number BIGINT, the_day DATE, {columns}"


def _as_text(table: Table, column: str) -> str:
    if column not in table.columns:
        return "NULL::VARCHAR"
    kind, cell = table.columns[column], quoted(column)
    if kind == "VARCHAR":
        return cell
    return f"array_to_string({cell}, ';')" if kind == "VARCHAR[]" else f"CAST({cell} AS VARCHAR)"
