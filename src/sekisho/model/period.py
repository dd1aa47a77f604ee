"""Half-open periods of days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """``start`` is the first day in force, ``end`` the first day no longer in force (None: open)."""

    start: date
    end: date | None = None

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)

    def overlaps(self, other: Period) -> bool:
        """Tell whether one day lies in both."""
        return (other.end is None or self.start < other.end) and (self.end is None or other.start < self.end)


def add_years(day: date, years: int) -> date:
    """Give the same day ``years`` later; 29 February becomes 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
