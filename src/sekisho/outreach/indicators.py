"""Indicators with evidence: from single findings to whether an element is sufficient, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sekisho.law.kleene import Truth
from sekisho.outreach.elements import Element


@dataclass(frozen=True, slots=True)
class Indicator:
    """One thing that is looked at. ``scale`` tells in words what each step from 0 to ``top`` means."""

    id: str
    element: Element
    says: dict[str, str]
    weight: float
    top: int
    critical: bool
    scale: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """A finding: the step on the indicator's scale, its source, its day, who rated it."""

    indicator: str
    step: int
    source: str
    day: date
    rater: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sufficiency:
    """When an element counts as sufficient: ``met`` on 0..100, and the step that a critical indicator must exceed."""

    met: float = 60.0
    critical_above: int = 1
    fresh_days: int = 731


@dataclass(frozen=True, slots=True)
class ElementScore:
    """``score`` is 0..100 over the indicators with evidence; ``low`` and ``high`` bound it over those without.

    ``confidence`` is the share of the indicators' weight with fresh evidence; it never falls when evidence is added.
    """

    element: Element
    score: float | None
    low: float
    high: float
    confidence: float
    sufficient: Truth
    failing_critical: tuple[str, ...]
    missing: tuple[str, ...]
    stale: tuple[str, ...]


def score_element(
    element: Element, indicators: Iterable[Indicator], evidence: Sequence[Evidence], rule: Sufficiency, day: date
) -> ElementScore:
    """Score one element on ``day``. What has no evidence may be anything: it is decided when that cannot matter."""
    mine = [indicator for indicator in indicators if indicator.element == element]
    newest = _newest(evidence, day)
    total = sum(indicator.weight for indicator in mine) or 1.0
    known = [(indicator, newest[indicator.id]) for indicator in mine if indicator.id in newest]
    missing = tuple(indicator.id for indicator in mine if indicator.id not in newest)
    earned = sum(indicator.weight * found.step / indicator.top for indicator, found in known)
    weight = sum(indicator.weight for indicator, _ in known)
    stale = tuple(found.indicator for _, found in known if (day - found.day).days > rule.fresh_days)
    fresh = sum(indicator.weight for indicator, found in known if found.indicator not in stale)
    low, high = 100 * earned / total, 100 * (earned + total - weight) / total
    failing = tuple(
        indicator.id for indicator, found in known if indicator.critical and found.step <= rule.critical_above
    )
    open_critical = any(indicator.critical and indicator.id in missing for indicator in mine)
    sufficient: Truth
    if failing or high < rule.met or not mine:
        sufficient = False if mine else None
    elif low >= rule.met and not open_critical:
        sufficient = True
    else:
        sufficient = None
    return ElementScore(
        element,
        100 * earned / weight if weight else None,
        low,
        high,
        fresh / total,
        sufficient,
        failing,
        missing,
        stale,
    )


def _newest(evidence: Sequence[Evidence], day: date) -> dict[str, Evidence]:
    """The latest finding for each indicator up to ``day``."""
    newest: dict[str, Evidence] = {}
    for found in sorted(evidence, key=lambda one: one.day):
        if found.day <= day:
            newest[found.indicator] = found
    return newest
