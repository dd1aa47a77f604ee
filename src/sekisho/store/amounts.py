"""Amounts of money as columns: parsed, converted by the rates of the row, and compared exactly in decimals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sekisho.law.column_layers import text
from sekisho.law.kleene import Truth
from sekisho.law.operators import above, at_least, at_most, below
from sekisho.law.probes import Probe, known, rate_missing
from sekisho.model.money import Money

AMOUNT = "DECIMAL(18, 4)"
WIDE = "DECIMAL(22, 4)"
RATE_TYPE = "DECIMAL(16, 6)"
PLAIN = r"[0-9]{1,14}(\.[0-9]{1,4})?( [A-Z]{3})?"
"""Amounts that SQL reads itself; every other spelling is read once by the reader of transfer files."""
BARE = r"[0-9]{1,14}(\.[0-9]{1,4})? [A-Z]{3}"

LINE, WHOLE, OF_ITEM = "items.value", "contract_value", "items.contract_value"
MONEY_COLUMNS = (LINE, WHOLE, OF_ITEM)
COMPARED: dict[Callable[[Any, Any], Truth], str] = {at_least: ">=", above: ">", at_most: "<=", below: "<"}


@dataclass(frozen=True, slots=True)
class Cell:
    """Where an amount stands in SQL: its number and its currency, NULL when it is not stated."""

    amount: str
    currency: str


def fits(money: Money) -> bool:
    """Whether SQL holds the amount exactly."""
    return money.amount == round(money.amount, 4) and abs(money.amount) < Decimal(10) ** 14


def rate_fits(rate: Decimal) -> bool:
    """Whether SQL holds the rate exactly."""
    return rate == round(rate, 6) and rate < Decimal(10) ** 10


def number_sql(cell: str, kind: str) -> tuple[str, str]:
    """A cell of numbers as an exact decimal, and whether it is not one that SQL holds exactly."""
    amount = f"TRY_CAST({cell} AS {AMOUNT})"
    inexact = f"({cell} IS NOT NULL AND ({amount} IS NULL OR {cell} < 0 OR CAST({amount} AS {kind}) <> {cell}))"
    return amount, inexact


def text_sql(cell: str, currency: str | None) -> tuple[Cell, str]:
    """A cell of text, where it is written plainly; and whether it is."""
    plain = f"regexp_full_match({cell}, {text(PLAIN if currency else BARE)})"
    named = f"right({cell}, 1) >= 'A'" if currency else "TRUE"
    digits = f"CASE WHEN {named} THEN left({cell}, length({cell}) - 4) ELSE {cell} END"
    amount = f"CASE WHEN {plain} THEN CAST({digits} AS {AMOUNT}) END"
    unit = f"CASE WHEN {named} THEN right({cell}, 3) ELSE {text(currency or '')} END"
    return Cell(amount, f"CASE WHEN {plain} THEN {unit} END"), plain


@dataclass(frozen=True, slots=True)
class Converting:
    """How a row's amounts become amounts of the law: ``over`` divides both sides of every comparison."""

    currency: str
    rates: Mapping[str, str]
    base: str

    @property
    def over(self) -> str:
        """The price of one unit of the law's currency in the base of the row's rates; 1 where it is not given."""
        return f"coalesce(NULLIF({self._rate(text(self.currency))}, 0), 1)" if self.rates else f"1::{RATE_TYPE}"

    def amount(self, cell: Cell) -> str:
        """The amount times ``over``; NULL when a rate is missing."""
        own = f"CASE WHEN {cell.currency} = {text(self.currency)} THEN"
        if not self.rates:
            return f"{own} {cell.amount} END"
        # The cast keeps DuckDB from multiplying two 64-bit decimals into a third.
        wide, priced = f"CAST({cell.amount} AS {WIDE})", f"{self._rate(text(self.currency))} > 0"
        return f"{own} {wide} * {self.over} WHEN {priced} THEN {wide} * {self._rate(cell.currency)} END"

    def _rate(self, currency: str) -> str:
        """The rate of a currency in the base of the row; the base itself is 1."""
        stated = " ".join(f"WHEN {text(name)} THEN {column}" for name, column in self.rates.items())
        return f"coalesce(CASE {currency} {stated} END, CASE WHEN {currency} = {self.base} THEN 1::{RATE_TYPE} END)"


def compared(probe: Probe, exact: str, floor: str, converting: Converting) -> str:
    """SQL of one test: against the exact amount where there is one, else against what it is at least.

    A sum of which a part is unknown can only be found above a line (operators: ``at_most``, ``below``).
    """
    if probe.test is known:
        return f"CASE WHEN {exact} IS NOT NULL OR {floor} IS NOT NULL THEN TRUE END"
    arg = next(arg for arg in probe.args if arg is not None)
    limit = f"{arg.amount:f}::{WIDE} * {converting.over}" if converting.rates else f"{arg.amount:f}::{AMOUNT}"
    sign = COMPARED[probe.test]
    beyond = ">" if probe.test in (above, at_most) else ">="
    found = "FALSE" if probe.test in (at_most, below) else "TRUE"
    return f"CASE WHEN {exact} IS NOT NULL THEN {exact} {sign} {limit} WHEN {floor} {beyond} {limit} THEN {found} END"


def in_columns(probes: Iterable[Probe]) -> bool:
    """Whether SQL has a comparison for every test."""
    return all(probe.test in COMPARED or probe.test in (known, rate_missing) for probe in probes)
