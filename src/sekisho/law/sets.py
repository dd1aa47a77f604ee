"""The named sets that conditions refer to: places with their history, control entries, tariff scopes.

A set answers membership in three values, because what is asked about may be coarser than the set: heading
84.14 may or may not be in a scope that names 8414.10.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sekisho.law.kleene import Truth
from sekisho.model.certainty import Certainty, Citation
from sekisho.model.period import Period

_DIVIDERS = frozenset("(/.")


@dataclass(frozen=True, slots=True)
class PlaceSpan:
    """The members of a place set during one period."""

    period: Period
    members: frozenset[str]
    cite: Citation
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class PlaceSet:
    """Countries and territories (ISO 3166-1 alpha-2) that a law names, with their history."""

    id: str
    says: Mapping[str, str]
    spans: tuple[PlaceSpan, ...]

    def on(self, day: date) -> PlaceSpan | None:
        """Give the members on ``day``, or None on a day that the pack does not know."""
        return next((span for span in self.spans if day in span.period), None)


@dataclass(frozen=True, slots=True)
class EntrySet:
    """A part of a control list: every path under one of ``members``."""

    id: str
    says: Mapping[str, str]
    members: frozenset[str]

    def contains(self, path: str) -> Truth:
        """True at or below a member; unknown above one (row 5 for a set that holds only 5(18)); else False."""
        coarse = False
        for member in self.members:
            if is_under(path, member):
                return True
            coarse = coarse or is_under(member, path)
        return None if coarse else False


@dataclass(frozen=True, slots=True)
class TariffScope:
    """Goods by HS code: under ``include``, not under ``exclude``; under ``partly`` only some of the goods.

    Codes are digits without points. A code that is coarser than the line that decides is unknown.
    """

    id: str
    says: Mapping[str, str]
    include: tuple[str, ...]
    exclude: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()

    def contains(self, code: str) -> Truth:
        """Tell whether goods of HS ``code`` (two to six digits) lie in the scope."""
        if any(code.startswith(line) for line in self.exclude):
            return False
        if any(code.startswith(line) for line in self.include):
            return None if any(line.startswith(code) for line in self.exclude) else True
        if any(code.startswith(line) or line.startswith(code) for line in self.partly):
            return None
        return None if any(line.startswith(code) for line in self.include) else False


def is_under(path: str, ancestor: str) -> bool:
    """Tell whether ``path`` is ``ancestor`` or lies below it (``6(2)`` is under ``6``, ``16`` is not under ``1``)."""
    return path == ancestor or (path.startswith(ancestor) and path[len(ancestor)] in _DIVIDERS)


def coarse_match(code: str, wanted: Iterable[str]) -> Truth:
    """Match a code such as ``jp:feul/N``; the bare list ``jp:feul`` leaves a wanted ``jp:feul/N`` unknown."""
    result: Truth = False
    for want in wanted:
        if is_under(code, want):
            return True
        if is_under(want, code):
            result = None
    return result
