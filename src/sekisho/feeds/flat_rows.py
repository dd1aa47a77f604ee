"""Read the cells and rows of a flat table with the reader of transfer files, so that both mean the same."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property, partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from sekisho.app.flat import MORE, NONE, REQUIRED, FlatColumn, column_named, flat_columns
from sekisho.feeds.packs import load_pack
from sekisho.feeds.toml_lines import Lines
from sekisho.feeds.transfer_file import TransferReader
from sekisho.law.pack import Pack
from sekisho.law.probes import TECHNOLOGY_ACTS
from sekisho.law.view import PARTIES
from sekisho.model.money import Money
from sekisho.model.problem import BadInput, Problem
from sekisho.model.transfer import Authorisation, Facts, Item, Transfer, Value

KNOWN_EMPTY = ("none", "[]")


class FlatReading:
    """Cells and rows of tables for some laws (``sekisho.app.flat.CellReading``)."""

    def __init__(self, packs: Sequence[Pack]) -> None:
        self.packs = list(packs)

    @cached_property
    def columns(self) -> Mapping[str, FlatColumn]:
        """Every column these laws know."""
        return flat_columns(self.packs)

    @cached_property
    def _reader(self) -> TransferReader:
        return TransferReader("", self.packs, Lines(""))

    def cell(self, column: FlatColumn, written: object, act: str = "") -> tuple[Value, tuple[Problem, ...]]:
        """Read one cell; blank is unknown, ``none`` and ``[]`` a set known to be empty, ``?`` more than is known."""
        if _blank(written):
            return None, ()
        reader = self._fresh(act)
        value = self._cell(reader, column, written)
        return value, tuple(reader.problems)

    def standing(
        self, column: FlatColumn, value: Value, act: str
    ) -> Sequence[tuple[tuple[date, date], tuple[Problem, ...]]]:
        """The windows of days in which every row of ``value`` stands in its list, and the faults of the others."""
        law = column.name.rpartition(".")[2]
        pack = next(pack for pack in self.packs if pack.id == law)
        rows = {path: row for name in pack.entry_lists(act) for path, row in pack.lists.get(name, {}).items()}
        found = [rows[path] for path in value if path in rows] if isinstance(value, frozenset) else []
        ends = {day for row in found for day in (row.start, row.end) if day is not None}
        days = sorted({date.min, date.max, *ends})
        windows = []
        for first, last in pairwise(days):
            gone = [row.path for row in found if not row.exists_on(first)]
            says = f"'{', '.join(gone)}' does not stand in the list on that day"
            problem = Problem("entry-day", column.name, says, "use the row of that day")
            windows.append(((first, last), (problem,) if gone else ()))
        return windows

    def licences(self, written: object, act: str = "") -> tuple[tuple[Authorisation, ...], tuple[Problem, ...]]:
        """Read a cell of held licences: JSON text, or the lists and structures of Parquet."""
        if _blank(written):
            return (), ()
        reader = self._fresh(act)
        found = tuple(reader.authorisations(_nested(reader, written, "authorisations")))
        return found, tuple(reader.problems)

    def transfer(self, rows: Sequence[Mapping[str, object]], number: int) -> Transfer:
        """Make a transfer of ``rows``, its items, with the facts that row ``number`` states for the whole."""
        row = rows[number]
        act = row.get("act")
        reader = self._fresh(act.strip().lower() if isinstance(act, str) else "")
        facts = self._facts(reader, row)
        for name in REQUIRED:
            if facts.get(name) is None and not _noted(reader, name):
                reader.wrong("key-missing", name, f"'{name}' is missing", "")
        day = facts.get("day")
        reader.day = day if isinstance(day, date) else None
        quiet = self._fresh("") if len(rows) > 1 else reader
        items = tuple(
            self._item(reader if place == number else quiet, one, f"row {place + 1}") for place, one in enumerate(rows)
        )
        orders = row.get("earlier_orders")
        transfer = Transfer(
            day=reader.day or date.min,
            facts=facts,
            items=items,
            authorisations=()
            if _blank(row.get("authorisations"))
            else tuple(reader.authorisations(_nested(reader, row["authorisations"], "authorisations"))),
            earlier_orders=() if _blank(orders) else tuple(reader.orders(_nested(reader, orders, "earlier_orders"))),
            claims=self._claims(reader, row),
            rates=self._rates(reader, row),
        )
        reader.contradictions(transfer)
        if reader.problems:
            raise BadInput(reader.problems)
        return transfer

    def _fresh(self, act: str) -> TransferReader:
        reader = self._reader if act == self._reader.act else TransferReader("", self.packs, Lines(""))
        reader.problems = []
        reader.act, reader.day = act, None
        return reader

    def _cell(self, reader: TransferReader, column: FlatColumn, written: Any) -> Value:
        name, fact = column.name, column.fact
        if column.kind in ("named", "claim"):
            return _truth(reader, name, written)
        if column.type == "money":
            money = self._money(reader, name, written)
            if column.kind == "rate" and money is not None and money.amount <= 0:
                reader.wrong("rate-form", name, f"{written!r} is no rate", 'write "150 JPY"')
                return None
            return money
        if column.kind == "row" or fact is None:
            return str(written)
        if fact.is_set:
            return self._set(reader, column, written)
        if column.type == "bool" and isinstance(written, str):
            written = {"true": True, "false": False}.get(written.strip().lower(), written)
        if column.type == "hs" and isinstance(written, int) and not isinstance(written, bool):
            # A table that holds HS codes as numbers has lost their first zero.
            written = f"{written:0{len(str(written)) + len(str(written)) % 2}d}"
        return reader.value(fact, written.strip() if isinstance(written, str) else written, name)

    def _set(self, reader: TransferReader, column: FlatColumn, written: Any) -> Value:
        fact = column.fact
        assert fact is not None
        parts = written.split(";") if isinstance(written, str) else written
        if not isinstance(parts, list | tuple):
            reader.wrong("type-list", column.name, f"{written!r} is no list", 'join values by ";", or write none')
            return None
        stated = [part.strip() if isinstance(part, str) else part for part in parts]
        stated = [part for part in stated if part != ""]
        if isinstance(written, str) and stated in ([NONE], ["[]"]) and not (stated == [NONE] and NONE in fact.values):
            return frozenset()
        known = [part for part in stated if part != MORE]
        if column.type == "entries":
            value: Value = reader.paths(known, column.name, fact.id.rpartition(".")[2])
        else:
            value = reader.value(fact, known, column.name)
        if isinstance(value, frozenset) and len(known) < len(stated):
            return value | {MORE}
        return value

    def _money(self, reader: TransferReader, name: str, written: Any) -> Money | None:
        number = written
        if isinstance(written, str) and written.strip().replace(".", "", 1).isdecimal():
            number = Decimal(written.strip())
        if isinstance(number, bool) or not isinstance(number, int | float | Decimal):
            return reader.money(written, name)
        currencies = {pack.currency for pack in self.packs}
        if len(currencies) > 1:
            hint = f"the laws asked count in {', '.join(sorted(currencies))}"
            reader.wrong("money-currency", name, f"{written} has no currency", f'write "{written} USD"; {hint}')
            return None
        amount = Decimal(str(number))
        return reader.money(f"{amount:f} {currencies.pop()}" if amount.is_finite() else str(amount), name)

    def _facts(self, reader: TransferReader, row: Mapping[str, object]) -> dict[str, Value]:
        facts: dict[str, Value] = {}
        stated: dict[str, object] = {}
        for name, written in row.items():
            column = column_named(name, self.columns)
            if column is None or _blank(written):
                continue
            stated[name] = written
            if column.kind == "fact" and not name.startswith("items.") and not name.startswith("claim."):
                value = self._cell(reader, column, written)
                if value is not None:
                    facts[name] = value
        for party in PARTIES:
            facts.update(self._party(reader, party, stated))
        sections = {
            section: {
                name.rpartition(".")[2]: value for name, value in stated.items() if name.startswith(f"{section}.")
            }
            for section in ("exporter", "recipient")
        }
        reader.own_staff(sections, facts)
        return facts

    def _party(self, reader: TransferReader, party: str, stated: Mapping[str, object]) -> dict[str, Value]:
        own = f"{party}.named"
        said = [name for name in stated if name.startswith(f"{party}.") and name != own]
        named: Value = bool(said)
        if own in stated:
            named = _truth(reader, own, stated[own])
            if named is False and said:
                reader.wrong(
                    "contradiction", own, f"there is no {party}, yet {said[0]} is stated", "correct one of them"
                )
        if named:
            return {own: True}
        if party == "end_user":
            return {own: False}
        act = stated.get("act")
        if party == "recipient" and isinstance(act, str) and act.strip().lower() in TECHNOLOGY_ACTS:
            return {}
        return {own: False, f"{party}.listed": frozenset(), f"{party}.activities": frozenset()}

    def _item(self, reader: TransferReader, row: Mapping[str, object], fallback: str) -> Item:
        facts: dict[str, Value] = {}
        for name, written in row.items():
            column = self.columns.get(name)
            if name.startswith("items.") and column is not None and not _blank(written):
                value = self._cell(reader, column, written)
                if value is not None:
                    facts[name] = value
        return Item(str(facts.get("items.name") or row.get("id") or fallback), facts)

    def _claims(self, reader: TransferReader, row: Mapping[str, object]) -> dict[str, Facts]:
        found: dict[str, dict[str, Value]] = {}
        refused: set[str] = set()
        for name, written in row.items():
            column = self.columns.get(name)
            if column is None or _blank(written) or not name.startswith("claim."):
                continue
            claim, _, key = name.removeprefix("claim.").partition(".")
            value = self._cell(reader, column, written)
            if column.kind == "claim":
                if value is True:
                    found.setdefault(claim, {})
                elif value is False:
                    refused.add(claim)
            elif value is not None:
                found.setdefault(claim, {})[key] = value
        for claim in refused & set(found):
            reader.wrong(
                "contradiction",
                f"claim.{claim}",
                f"'{claim}' is not invoked, yet its facts are stated",
                "leave them out",
            )
        return {claim: facts for claim, facts in found.items() if claim not in refused}

    def _rates(self, reader: TransferReader, row: Mapping[str, object]) -> dict[str, Decimal]:
        table: dict[str, str] = {}
        for name, written in row.items():
            if name.startswith("rates.") and not _blank(written):
                money = self._money(reader, name, written)
                if money is not None:
                    table[name.removeprefix("rates.")] = f"{money.amount:f} {money.currency}"
        return reader.rates(table)


def _blank(written: object) -> bool:
    return written is None or (isinstance(written, str) and not written.strip())


def _noted(reader: TransferReader, name: str) -> bool:
    return any(problem.where.split()[-1:] == [name] for problem in reader.problems)


def _truth(reader: TransferReader, name: str, written: object) -> bool | None:
    plain = written.strip().lower() if isinstance(written, str) else written
    if plain in (True, "true"):
        return True
    if plain in (False, "false"):
        return False
    reader.wrong("type-bool", name, f"{written!r} is neither true nor false", "write true or false, or leave it blank")
    return None


def _nested(reader: TransferReader, written: object, name: str) -> object:
    """The tables in a cell: JSON text, or what Parquet holds as lists and structures."""
    if not isinstance(written, str):
        return _plain(written)
    try:
        return json.loads(written, parse_float=Decimal)
    except (json.JSONDecodeError, RecursionError) as error:
        reader.wrong("cell-json", name, f"not readable as JSON: {error}", f'write [{{"law": "jp", ...}}] in {name}')
        return []


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items() if one is not None}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


def read_laws(names: Sequence[str], rows: str = "") -> FlatReading:
    """Load the laws named, with the user's own table rows in the file ``rows``, and give their reader of cells."""
    extra: dict[str, Any] = {}
    if rows:
        from sekisho.feeds.pack_data import read_rows

        extra = read_rows(Path(rows))
    return FlatReading(
        [
            load_pack(name, extra={table: lines for table, lines in extra.items() if table.startswith(f"{name}:")})
            for name in names
        ]
    )


def laws_reader(names: Sequence[str], rows: str = "") -> partial[FlatReading]:
    """A reader of cells yet to be made: it can be sent to another process."""
    return partial(read_laws, tuple(names), rows)
