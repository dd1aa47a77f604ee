"""A quantity of which only the bounds are known."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Span:
    """A number that is at least ``low`` and at most ``high`` (both included), such as a share in part unknown."""

    low: Decimal
    high: Decimal

    def __str__(self) -> str:
        return f"{self.low:f}" if self.low == self.high else f"{self.low:f} to {self.high:f}"
