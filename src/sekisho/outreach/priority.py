"""Diversion risk from measurable factors, the order of priority, and how far that order can be trusted.

No factor is a person's or a people's race, culture or religion (``docs/outreach.md`` tells why).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal, TypeAlias

from sekisho.outreach.elements import Category

Risk: TypeAlias = Literal["high", "low", "unknown"]
Bounds: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Factor:
    """A measurable factor with its weight; weights of all factors add up to one."""

    id: str
    weight: float
    says: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of one place: category, factors as bounds in 0..1 (absent: 0 to 1), months since activity."""

    place: str
    category: Category
    factors: Mapping[str, Bounds]
    stated_risk: Risk | None = None
    months_since_activity: int | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """A place in its order; ``low``/``high`` bound the score, ``best``/``worst`` bound the rank."""

    place: str
    category: Category
    risk: Risk
    score: float | None
    low: float
    high: float
    rank: int
    best: int
    worst: int


def score_bounds(standing: Standing, weights: Mapping[str, float]) -> Bounds:
    """The weighted score at the lower and the upper end of what is known."""
    low = sum(weight * standing.factors.get(factor, (0.0, 1.0))[0] for factor, weight in weights.items())
    high = sum(weight * standing.factors.get(factor, (0.0, 1.0))[1] for factor, weight in weights.items())
    return low, high


def risk_of(standing: Standing, weights: Mapping[str, float], threshold: float) -> Risk:
    """High at or above the threshold, low below it, unknown while the bounds lie on both sides of it."""
    if standing.stated_risk is not None:
        return standing.stated_risk
    low, high = score_bounds(standing, weights)
    return "high" if low >= threshold else "low" if high < threshold else "unknown"


RISK_ORDER: Mapping[Risk, int] = {"high": 0, "unknown": 1, "low": 2}
"""An unknown risk is never sorted as a low one."""


def rank(
    standings: Sequence[Standing], factors: Sequence[Factor], threshold: float, swing: float = 0.2
) -> list[Ranked]:
    """Order the places: risk first, then score, category, time since the last activity, and place as last resort.

    The range of each rank is over every combination of weights moved up and down by ``swing`` (then scaled back to
    one) and over both ends of what is uncertain.
    """
    base = {factor.id: factor.weight for factor in factors}
    order = _order(standings, base, threshold)
    best, worst = _ranges(standings, base, threshold, swing)
    ranked = []
    for number, standing in enumerate(order, 1):
        low, high = score_bounds(standing, base)
        exact = all(len(set(standing.factors.get(one, (0.0, 1.0)))) == 1 for one in base)
        ranked.append(
            Ranked(
                standing.place,
                standing.category,
                risk_of(standing, base, threshold),
                round(low, 4) if exact else None,
                round(low, 4),
                round(high, 4),
                number,
                min(best[standing.place], number),
                max(worst[standing.place], number),
            )
        )
    return ranked


def _order(standings: Sequence[Standing], weights: Mapping[str, float], threshold: float) -> list[Standing]:
    def key(standing: Standing) -> tuple[int, float, int, int]:
        low, high = score_bounds(standing, weights)
        stated = standing.stated_risk is not None and not standing.factors
        category = (
            standing.category if isinstance(standing.category, int) else 5 if standing.category == "graduated" else 0
        )
        months = -(standing.months_since_activity or 0)
        return (
            RISK_ORDER[risk_of(standing, weights, threshold)],
            0.0 if stated else -(low + high) / 2,
            category,
            months,
        )

    return sorted(standings, key=key)


def _ranges(
    standings: Sequence[Standing], base: Mapping[str, float], threshold: float, swing: float
) -> tuple[dict[str, int], dict[str, int]]:
    """The best and the worst rank of each place over the moved weights and the ends of the uncertain factors."""
    best = {standing.place: len(standings) for standing in standings}
    worst = dict.fromkeys(best, 1)
    for moves in product((1 - swing, 1 + swing), repeat=len(base)):
        moved = {factor: weight * move for (factor, weight), move in zip(base.items(), moves, strict=True)}
        total = sum(moved.values()) or 1.0
        weights = {factor: weight / total for factor, weight in moved.items()}
        scores = {standing.place: score_bounds(standing, weights) for standing in standings}
        risks = {standing.place: _risks(standing, scores[standing.place], threshold) for standing in standings}
        for standing in standings:
            low, high = scores[standing.place]
            surely, maybe = 0, 0
            for other in standings:
                if other is standing:
                    continue
                surely += _before(
                    risks[other.place], scores[other.place], risks[standing.place], (low, high), sure=True
                )
                maybe += _before(
                    risks[other.place], scores[other.place], risks[standing.place], (low, high), sure=False
                )
            best[standing.place] = min(best[standing.place], surely + 1)
            worst[standing.place] = max(worst[standing.place], maybe + 1)
    return best, worst


def _risks(standing: Standing, bounds: Bounds, threshold: float) -> tuple[int, int]:
    """The risk classes that are possible, as (best place in the order, worst place)."""
    if standing.stated_risk is not None:
        place = RISK_ORDER[standing.stated_risk]
        return place, place
    low, high = bounds
    return (0 if high >= threshold else 2), (2 if low < threshold else 0)


def _before(other_risk: tuple[int, int], other: Bounds, own_risk: tuple[int, int], own: Bounds, *, sure: bool) -> bool:
    """Whether the other place comes before: in every case (``sure``) or in some case."""
    if sure:
        return other_risk[1] < own_risk[0] or (other_risk[1] == own_risk[0] == other_risk[0] and other[0] > own[1])
    return other_risk[0] < own_risk[1] or (other_risk[0] <= own_risk[1] and other[1] >= own[0])
