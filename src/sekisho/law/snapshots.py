"""Machine-made rows of a pack (a requirement table, a country chart) with the day of the text that they come from.

A snapshot is read only when a decision needs it. Snapshots of different days must not be joined: what one text calls
a set of places the other may have emptied. A row may say that it holds on another day too (``days``), because a
later text was compared with it or declared; ``needs_snapshots`` of a rule asks for that, row by row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Snapshot:
    """``count`` rows read from ``source`` as it stood on ``as_of``; ``load`` gives them, checked against ``sha256``.

    ``overlays`` names the days of later texts whose rows replace or confirm some of these, with their hashes.
    """

    id: str
    as_of: date
    source: str
    sha256: str
    count: int
    load: Callable[[], tuple[Row, ...]]
    overlays: tuple[tuple[date, str], ...] = ()

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The rows, overlaid."""
        return self.load()

    @property
    def days(self) -> tuple[date, ...]:
        """The days of the texts that the rows come from."""
        return tuple(dict.fromkeys((self.as_of, *(day for day, _ in self.overlays))))


def one_day(snapshots: Iterable[Snapshot]) -> date | None:
    """Give the day on which all of ``snapshots`` were taken, or None when they differ."""
    days = {snapshot.as_of for snapshot in snapshots}
    return days.pop() if len(days) == 1 else None
