"""The fields of money: the value of the line and of the contract, in the law's currency (view: ``_money``)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sekisho.law.column_layers import either, text
from sekisho.law.probes import Probe, rate_missing
from sekisho.model.money import Money
from sekisho.store.amounts import (
    AMOUNT,
    LINE,
    MONEY_COLUMNS,
    OF_ITEM,
    RATE_TYPE,
    WHOLE,
    Cell,
    Converting,
    compared,
    fits,
    number_sql,
    rate_fits,
    text_sql,
)
from sekisho.store.lookups import Entry, Key, look_up
from sekisho.store.rowfields import FLOATS, WHOLE_NUMBERS, RowFields
from sekisho.store.tables import quoted

APART = "apart"
"""An amount that SQL does not hold exactly: the interpreter decides the row."""


def add_amounts(fields: RowFields) -> None:
    """Parse every amount of the table, refuse what is none, and add the comparisons that the law asks for."""
    cells = {column: _cell(fields, column) for column in MONEY_COLUMNS if column in fields.table.columns}
    converting = _rates(fields)
    probes = [(fact, probe) for fact in (LINE, "total_value") for probe in fields.probes.get(fact, ())]
    nothing = Cell(f"NULL::{AMOUNT}", "NULL::VARCHAR")
    line = cells.get(LINE, nothing)
    whole, of_item = cells.get(WHOLE, nothing), cells.get(OF_ITEM, nothing)
    # The value of these goods over the contract where it is given, else that of the whole contract.
    stated = Cell(
        f"CASE WHEN {of_item.amount} IS NOT NULL THEN {of_item.amount} ELSE {whole.amount} END",
        f"CASE WHEN {of_item.amount} IS NOT NULL THEN {of_item.currency} ELSE {whole.currency} END",
    )
    sums = fields.plan.sums
    sums["over"] = converting.over
    sums["line_value"] = converting.amount(line)
    sums["stated_value"] = converting.amount(stated)
    grouped = "transfer" in fields.table.columns and LINE in cells
    floor = _lines(fields, line, whole, converting, grouped=grouped)
    sums["stated_at_all"] = f"{stated.amount} IS NOT NULL"
    sums["line_at_all"] = f"{line.amount} IS NOT NULL"
    if WHOLE in cells and LINE in cells and not grouped:
        _contradiction(fields, f"({line.currency} = {whole.currency} AND {line.amount} > {whole.amount})")
    _compare(fields, probes, floor, converting)


def _compare(fields: RowFields, probes: Sequence[tuple[str, Probe]], floor: str, converting: Converting) -> None:
    parts: dict[str, str] = {}
    for fact, probe in probes:
        exact, at_all = ("line_value", "line_at_all") if fact == LINE else ("stated_value", "stated_at_all")
        if probe.test is rate_missing:
            parts[probe.column] = f"({at_all} AND {exact} IS NULL)"
        else:
            least = "NULL" if fact == LINE else f"CASE WHEN NOT stated_at_all THEN {floor} END"
            parts[probe.column] = compared(probe, exact, least, converting)
    fields.truths(parts)


def _cell(fields: RowFields, column: str) -> Cell:
    """Where the amount of a column stands; its spellings that SQL does not read are looked up."""
    plan, kind = fields.plan, fields.table.columns[column]
    name = f"m{MONEY_COLUMNS.index(column)}"
    currencies = {pack.currency for pack in fields.reading.packs}
    alone = fields.pack.currency if len(currencies) == 1 else None
    found = Cell(f"{name}_amount", f"{name}_currency")
    if alone and (kind in WHOLE_NUMBERS or kind in FLOATS or kind.startswith("DECIMAL")):
        cell = quoted(column)
        amount, inexact = number_sql(cell, kind)
        wrong = [f"{cell} < 0"] + ([f"NOT isfinite({cell})"] if kind in FLOATS else [])
        plan.refuse(column, "money-form", f"'{column}' is no amount", "an amount is zero or more", either(wrong))
        plan.apart.append(inexact)
        plan.cells[found.amount] = amount
        plan.cells[found.currency] = f"CASE WHEN {cell} IS NOT NULL THEN {text(alone)} END"
        return found
    key = fields.key(column)
    read_here, plain = text_sql(key, alone)

    def read(key: Key) -> list[Entry]:
        value, problems = fields.reading.cell(fields.columns[column], key[0])
        if not isinstance(value, Money):
            return [Entry(None, problems)]
        return [Entry((f"{value.amount:f}", value.currency) if fits(value) else APART, problems)]

    other = f"({fields.filled(column)} AND NOT {plain})"
    lookup = look_up(fields.connection, fields.name("l"), fields.table.relation, [key], read, None, other)
    if len(lookup.classes) == 1 and not lookup.problems:
        plan.cells[found.amount], plan.cells[found.currency] = read_here.amount, read_here.currency
        return found
    code = plan.add_lookup(column, lookup)
    rows = [(number, *one) for number, one in enumerate(lookup.classes) if isinstance(one, tuple)]
    amounts = " ".join(f"WHEN {number} THEN {amount}" for number, amount, _ in rows)
    units = " ".join(f"WHEN {number} THEN {text(str(unit))}" for number, _, unit in rows)
    looked = lookup.code
    plan.cells[found.amount] = (
        f"coalesce({read_here.amount}, CAST(CASE {looked} {amounts} END AS {AMOUNT}))" if rows else read_here.amount
    )
    plan.cells[found.currency] = (
        f"coalesce({read_here.currency}, CASE {looked} {units} END)" if rows else read_here.currency
    )
    plan.apart += [f"{code} = {number}" for number, one in enumerate(lookup.classes) if one == APART]
    return found


def _rates(fields: RowFields) -> Converting:
    """The rates of a row, all in one currency (transfer file: ``rates``)."""
    columns = [name for name in fields.table.columns if name.startswith("rates.")]
    rates: dict[str, str] = {}
    bases: list[str] = []
    for column in columns:
        price, base = _rate(fields, column)
        rates[column.removeprefix("rates.")] = price
        bases.append(base)
    if not columns:
        return Converting(fields.pack.currency, {}, "NULL")
    for one in bases[1:]:
        first = f"coalesce({', '.join(bases)})"
        fields.plan.refuse(
            columns[0],
            "rate-base",
            "rates are given in more than one currency",
            "give all in one currency",
            f"({one} <> {first})",
        )
    return Converting(fields.pack.currency, rates, f"coalesce({', '.join(bases)})")


def _rate(fields: RowFields, column: str) -> tuple[str, str]:
    from sekisho.app.flat import column_named

    described = column_named(column, fields.columns)
    assert described is not None

    def read(key: Key) -> list[Entry]:
        value, problems = fields.reading.cell(described, key[0])
        if not isinstance(value, Money):
            return [Entry(None, problems)]
        return [Entry((f"{value.amount:f}", value.currency) if rate_fits(value.amount) else APART, problems)]

    written = quoted(column)
    key = written if fields.table.columns[column] == "VARCHAR" else f"CAST({written} AS VARCHAR)"
    lookup = look_up(fields.connection, fields.name("l"), fields.table.relation, [key], read, None)
    code = fields.plan.add_lookup(column, lookup)
    table = fields.name("c")
    fields.connection.execute(f"CREATE OR REPLACE TABLE {table} (code UINTEGER, price {RATE_TYPE}, base VARCHAR)")
    for number, one in enumerate(lookup.classes):
        if isinstance(one, tuple):
            fields.connection.execute(f"INSERT INTO {table} VALUES (?, ?, ?)", [number, Decimal(one[0]), one[1]])
        elif one == APART:
            fields.plan.apart.append(f"{code} = {number}")
    fields.plan.joins.append(f"LEFT JOIN {table} ON {table}.code = {lookup.code}")
    fields.plan.cells[f"{table}_price"] = f"{table}.price"
    fields.plan.cells[f"{table}_base"] = f"{table}.base"
    return f"{table}_price", f"{table}_base"


def _lines(fields: RowFields, line: Cell, whole: Cell, converting: Converting, *, grouped: bool) -> str:
    """What the lines of the transfer are worth at least: the contract is worth no less (view: ``_known_part``)."""
    own = "coalesce(line_value, 0)"
    if not grouped:
        return own
    plan, table = fields.plan, fields.name("g")
    order = f"CAST({quoted('transfer')} AS VARCHAR)"
    counted = (
        f"SELECT {order} AS k, {line.currency} AS unit, sum({line.amount}) AS amount, "
        f"sum({own}) AS value, min(over) AS low, max(over) AS high, count(*) AS lines"
    )
    plan.sums["line_value"] = converting.amount(line)
    fields.connection.execute(
        f"CREATE OR REPLACE TABLE {table}_units AS {counted} FROM {plan.relation()} WHERE {order} IS NOT NULL GROUP BY ALL"
    )
    fields.connection.execute(
        f"CREATE OR REPLACE TABLE {table} AS SELECT k, sum(value) AS value, min(low) AS low, max(high) AS high, "
        f"sum(lines) AS lines FROM {table}_units GROUP BY k HAVING sum(lines) > 1"
    )
    fields.connection.execute(f"DELETE FROM {table}_units WHERE k NOT IN (SELECT k FROM {table}) OR unit IS NULL")
    plan.cells["order_name"] = order
    plan.joins_after.append(f"LEFT JOIN {table} ON {table}.k = order_name")
    plan.after["lines_value"] = f"{table}.value"
    plan.after["lines_rates_differ"] = f"coalesce({table}.low <> {table}.high, FALSE)"
    plan.refuse(
        "transfer",
        "rates-differ",
        "the lines of one transfer have different rates",
        "give the same rates in every line",
        "lines_rates_differ",
    )
    if whole.amount != f"NULL::{AMOUNT}":
        plan.joins_after.append(
            f"LEFT JOIN {table}_units ON {table}_units.k = order_name AND {table}_units.unit = {whole.currency}"
        )
        plan.after["lines_amount"] = f"{table}_units.amount"
        alone = f"({line.currency} = {whole.currency} AND {line.amount} > {whole.amount})"
        _contradiction(fields, f"coalesce(lines_amount > {whole.amount}, {alone})")
    return f"coalesce(lines_value, {own})"


def _contradiction(fields: RowFields, condition: str) -> None:
    says = "the lines are worth more than the whole contract"
    fields.plan.refuse(WHOLE, "contradiction", says, "the contract is worth at least its lines", condition)
