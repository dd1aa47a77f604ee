"""A value that may be known only within bounds, in base units, and what a threshold says of it.

``at_least 8`` against ``[12, 12]`` is true, against ``[4, 6]`` false, against ``[4, 12]`` unknown (None): Kleene logic.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from sekisho.law.kleene import Truth

INF = math.inf


@dataclass(frozen=True, slots=True)
class Span:
    """All values from ``low`` to ``high``; an end is ``open`` when it is not itself meant. One value: both ends."""

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False

    @staticmethod
    def exact(value: float) -> Span:
        """The span that holds one value only."""
        return Span(value, value)

    @property
    def is_exact(self) -> bool:
        """Whether one value only is meant."""
        return self.low == self.high

    @property
    def is_empty(self) -> bool:
        """Whether no value fits."""
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))

    def within(self, bounds: Span) -> bool:
        """Whether every value of this span lies in ``bounds``."""
        low = self.low > bounds.low or (self.low == bounds.low and (self.low_open or not bounds.low_open))
        high = self.high < bounds.high or (self.high == bounds.high and (self.high_open or not bounds.high_open))
        return low and high

    def meets(self, bounds: Span) -> bool:
        """Whether some value of this span lies in ``bounds``."""
        return not self.and_(bounds).is_empty

    def and_(self, other: Span) -> Span:
        """The values that lie in both."""
        if self.low != other.low:
            low = max((self, other), key=lambda s: s.low)
            low_end, low_open = low.low, low.low_open
        else:
            low_end, low_open = self.low, self.low_open or other.low_open
        if self.high != other.high:
            high = min((self, other), key=lambda s: s.high)
            high_end, high_open = high.high, high.high_open
        else:
            high_end, high_open = self.high, self.high_open or other.high_open
        return Span(low_end, high_end, low_open, high_open)

    def inside(self, bounds: Span) -> Truth:
        """Read this span as one value that is not exactly known: is it in ``bounds``?"""
        if self.within(bounds):
            return True
        return None if self.meets(bounds) else False

    def times(self, factor: float) -> Span:
        """Scale by a positive factor."""
        return Span(self.low * factor, self.high * factor, self.low_open, self.high_open)
