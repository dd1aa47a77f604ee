"""Decide every row of an opened table under one law: codes, then answers for each code, then answers for each row."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import duckdb

from sekisho.app.bulk import ANSWER, answer_row
from sekisho.app.decide import decide_transfer
from sekisho.app.flat import CellReading, flat_columns
from sekisho.law.book import book_on
from sekisho.law.column_layers import text
from sekisho.law.columns import compile_books
from sekisho.law.pack import Pack
from sekisho.model.problem import BadInput, Problem
from sekisho.store.lookups import ALWAYS, Lookup, insert
from sekisho.store.rowamounts import add_amounts
from sekisho.store.rowfields import RowFields, check_rows, row_plan
from sekisho.store.rowlicences import add_licences
from sekisho.store.rowplan import RowPlan
from sekisho.store.tables import Table, quoted

TO_DECIDE, REFUSED, APART = 0, 1, 2
"""States of a row: a code answers it, it is refused, the interpreter answers it."""
NO_DAY, BEFORE_PACK = -1, -2
QUICK_PLANNING = "join_order,filter_pushdown,filter_pullup,statistics_propagation,common_subexpressions"
"""Optimisers that cost more on a thousand columns than they save."""
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
        self.has_apart = False
        self._days: Lookup | None = None

    def decide(self, heard: Heard) -> None:
        """Read the values, code the rows and decide every code."""
        heard("reading values", 0.0)
        days = self._read_days()
        law = compile_books([book_on(self.pack, day) for day in days])
        day = f"days_{self.mark}.the_date" if self.on is None else f"DATE '{self.on.isoformat()}'"
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
        states = self._code_rows()
        heard("deciding", 0.0)
        self._decide_codes(law.query(f"answers_{self.mark}", "sid"))
        if REFUSED in states:
            self._tell_refused()
        self._tell_contradictions()
        self.connection.execute(f"CREATE OR REPLACE TABLE apart_{self.mark} ({_heads()})")
        self.has_apart = APART in states
        if self.has_apart:
            self._one_by_one()

    def answered(self, further: Mapping[str, str]) -> str:
        """SQL of the rows with their answers; ``further`` names more columns of the table with their SQL."""
        words = self.plan.word_names()
        same = " AND ".join(f"d.{word} = r.{word}" for word in ["stretch", *words])
        told = ", ".join(f"d.{column}" for column in ANSWER)
        named = "".join(f", r.{name}" for name in further)
        coded = self.plan.rows({"the_day": "the_day", **further})
        sql = (
            f"SELECT r.row_number, r.the_day, {told}{named} FROM ({coded}) r "
            f"JOIN decided_{self.mark} d ON {same} WHERE r.state = {TO_DECIDE} AND d.contradiction = ''"
        )
        if self.has_apart:
            told = ", ".join(f"a.{column}" for column in ANSWER)
            named = "".join(f", {how} AS {name}" for name, how in further.items())
            sql += (
                f" UNION ALL SELECT a.row_number, a.the_day, {told}{named} FROM apart_{self.mark} a "
                f"JOIN {self.table.relation} t ON t.row_number = a.row_number"
            )
        return sql

    # ── days ──

    def _read_days(self) -> list[date]:
        """The first days of the stretches in which rows lie, and a table of the stretch of each day."""
        if self.on is not None:
            if self.on < self.pack.start:
                says, hint = f"{self.on} lies before the pack begins", f"'{self.pack.id}' answers from {self.pack.start}"
                raise BadInput([Problem("day-before-pack", "--on", says, hint)])
            return [self.on]
        column = quoted("day")
        kind = self.table.columns["day"]
        key = f"CAST({column} AS DATE)" if kind == "DATE" or kind.startswith("TIMESTAMP") else f"CAST({column} AS VARCHAR)"
        lookup = Lookup(f"days_{self.mark}", (key,), [None])
        boundaries = self.pack.boundaries
        found: dict[int, date] = {}
        rows: list[tuple[object, date | None, int]] = []
        for (written,) in self.connection.execute(
            f"SELECT DISTINCT {key} FROM {self.table.relation} WHERE {key} IS NOT NULL"
        ).fetchall():
            day, problems = self._day(written)
            if day is None:
                lookup.problems += [((written,), ALWAYS, problem) for problem in problems]
                rows.append((written, None, NO_DAY))
                continue
            number = bisect_right(boundaries, day) if day >= self.pack.start else BEFORE_PACK
            if number >= 0:
                found.setdefault(number, day)
            rows.append((written, day, number))
        order = {number: place for place, number in enumerate(sorted(found))}
        typed = "DATE" if key.endswith("DATE)") else "VARCHAR"
        self.connection.execute(
            f"CREATE OR REPLACE TABLE {lookup.name} (k0 {typed}, the_date DATE, number INTEGER)"
        )
        insert(self.connection, lookup.name, [(key, day, order.get(number, number)) for key, day, number in rows])
        self._days = lookup
        return [found[number] for number in sorted(found)] or [self.pack.start]

    def _day(self, written: object) -> tuple[date | None, Sequence[Problem]]:
        if isinstance(written, date):
            return written, ()
        value, problems = self.reading.cell(flat_columns(self.reading.packs)["day"], written)
        return (value, problems) if isinstance(value, date) else (None, problems)

    def _join_days(self, fields: RowFields) -> None:
        plan = fields.plan
        plan.cells["the_day"] = plan.day
        if self._days is None:
            plan.cells["stretch"] = "0"
            return
        plan.joins.append(self._days.join(""))
        plan.cells["stretch"] = f"coalesce({self._days.name}.number, {NO_DAY})"
        begins = f"the pack '{self.pack.id}' answers from {self.pack.start} on"
        says = "the day lies before the pack begins"
        plan.refuse("day", "day-before-pack", says, begins, f"stretch = {BEFORE_PACK}")
        fact = fields.columns["day"].fact
        ask = fact.ask.get("en", "") if fact else ""
        plan.refuse("day", "key-missing", "'day' is missing", ask, f"NOT {fields.filled('day')}")
        plan.unread.append(f"stretch = {NO_DAY}")

    # ── codes and answers ──

    def _code_rows(self) -> set[int]:
        """Make the table of codes that occur, with the number of their rows; gives the states that occur."""
        words = ", ".join(["stretch", "state", *self.plan.word_names()])
        self.connection.execute(
            f"CREATE OR REPLACE TABLE codes_{self.mark} AS SELECT row_number() OVER () AS sid, * FROM "
            f"(SELECT {words}, count(*) AS rows FROM ({self.plan.rows()}) GROUP BY ALL)"
        )
        states = self.connection.execute(f"SELECT DISTINCT state FROM codes_{self.mark}").fetchall()
        return {int(state) for (state,) in states}

    def _decide_codes(self, query: str) -> None:
        codes = f"(SELECT * FROM codes_{self.mark} WHERE state = {TO_DECIDE})"
        self.connection.execute(f"SET disabled_optimizers = '{QUICK_PLANNING}'")
        try:
            self.connection.execute(f"CREATE OR REPLACE TABLE answers_{self.mark} AS {self.plan.answers(codes)}")
            self.connection.execute(
                f"CREATE OR REPLACE TABLE decided_{self.mark} AS "
                f"SELECT c.*, a.* EXCLUDE (sid) FROM {codes} c JOIN ({query}) a USING (sid)"
            )
        finally:
            self.connection.execute("SET disabled_optimizers = ''")
        self.connection.execute(f"DROP TABLE answers_{self.mark}")

    # ── rows that no code answers ──

    def _tell_refused(self) -> None:
        """Write every fault of every refused row."""
        name = self._row_name()
        lookups = [*self.plan.lookups, *([("day", self._days)] if self._days and self._days.problems else [])]
        for column, lookup in lookups:
            if not lookup.problems:
                continue
            faults = f"{lookup.name}_faults"
            heads = ", ".join(f"k{place} VARCHAR" for place in range(len(lookup.keys)))
            self.connection.execute(
                f"CREATE OR REPLACE TABLE {faults} ({heads}, first DATE, last DATE, fault VARCHAR, says VARCHAR, hint VARCHAR)"
            )
            rows = [(*key, *window, one.code, one.says, one.hint) for key, window, one in lookup.problems]
            insert(self.connection, faults, rows)
            days = self._days.join("") if self._days is not None and lookup is not self._days else ""
            joined = lookup.join(self.plan.day, "JOIN", faults)
            self.connection.execute(
                f"INSERT INTO refused SELECT t.row_number, {name}, {text(column)}, fault, says, hint "
                f"FROM {self.table.relation} t {days} {joined}"
            )
        for refusal in self.plan.refusals:
            told = ", ".join(text(part) for part in (refusal.column, refusal.code, refusal.says, refusal.hint))
            self.connection.execute(
                f"INSERT INTO refused SELECT row_number, {name}, {told} FROM {self.plan.relation()} "
                f"WHERE {refusal.condition}"
            )

    def _tell_contradictions(self) -> None:
        """Rows whose facts the law itself holds to exclude each other are refused too."""
        found = self.connection.execute(
            f"SELECT DISTINCT unnest(string_split(contradiction, ';')) FROM decided_{self.mark} WHERE contradiction <> ''"
        ).fetchall()
        words = self.plan.word_names()
        same = " AND ".join(f"d.{word} = r.{word}" for word in ["stretch", *words])
        for (rule_id,) in found:
            rule = self.pack.rules[rule_id]
            facts = dict.fromkeys(condition.fact for version in rule.versions for condition in version.when)
            told = [text(next(iter(facts), "")), text("contradiction"), text(rule.says["en"])]
            told.append(text(f"look at {', '.join(facts)}"))
            rows = self.plan.rows({"row_name": self._row_name()})
            self.connection.execute(
                f"INSERT INTO refused SELECT r.row_number, r.row_name, {', '.join(told)} FROM ({rows}) r "
                f"JOIN decided_{self.mark} d ON {same} WHERE r.state = {TO_DECIDE} "
                f"AND list_contains(string_split(d.contradiction, ';'), {text(rule_id)})"
            )

    def _row_name(self) -> str:
        return f"CAST({quoted('id')} AS VARCHAR)" if "id" in self.table.columns else "NULL"

    def _one_by_one(self) -> None:
        """Rows with what SQL does not hold exactly: the interpreter decides them."""
        numbers = f"SELECT row_number FROM ({self.plan.rows()}) WHERE state = {APART}"
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
