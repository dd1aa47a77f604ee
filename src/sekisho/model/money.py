"""Amounts of money, always with their currency."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

_WRITTEN = re.compile(r"^\s*(?P<amount>-?[0-9][0-9_,]*(?:\.[0-9]+)?)\s*(?P<currency>[A-Z]{3})\s*$")


@dataclass(frozen=True, slots=True)
class Money:
    """``amount`` of ``currency`` (ISO 4217); ``at_least`` marks a sum of which a part is not known."""

    amount: Decimal
    currency: str
    at_least: bool = False

    def __str__(self) -> str:
        return f"{'≥ ' if self.at_least else ''}{self.amount:,} {self.currency}"

    def plain(self) -> str:
        """Write the amount as the transfer file does: ``48000000 JPY``."""
        return f"{self.amount:f} {self.currency}"

    def converted(self, currency: str, rates: Mapping[str, Decimal]) -> Money | None:
        """Give the amount in ``currency``; ``rates`` holds the price of one unit of each in one common currency.

        None when a rate is missing: an amount that cannot be compared is unknown, never small.
        """
        if self.currency == currency:
            return self
        own, other = rates.get(self.currency), rates.get(currency)
        if own is None or not other:
            return None
        return Money(self.amount * own / other, currency, self.at_least)


def parse_money(text: str) -> Money | None:
    """Read ``48_000_000 JPY`` or ``1,200.50 USD``; None when it is neither."""
    found = _WRITTEN.match(text)
    if found is None:
        return None
    return Money(Decimal(re.sub(r"[_,]", "", found["amount"])), found["currency"])
