"""The outcomes of a decision and the interval between the best and the worst that is still possible."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias

Outcome: TypeAlias = Literal[
    "prohibited", "licence-required", "incomplete", "covered", "exempt", "no-licence", "not-subject"
]

OUTCOMES: tuple[Outcome, ...] = (
    "prohibited",
    "licence-required",
    "incomplete",
    "covered",
    "exempt",
    "no-licence",
    "not-subject",
)
"""Worst first. ``incomplete`` is never an end of an interval: it says that the interval is open."""

RANK: dict[Outcome, int] = {outcome: len(OUTCOMES) - 1 - place for place, outcome in enumerate(OUTCOMES)}
"""Higher is worse."""

MAY_SHIP: frozenset[Outcome] = frozenset({"covered", "exempt", "no-licence", "not-subject"})


def worst(outcomes: Iterable[Outcome]) -> Outcome:
    """Give the worst outcome; of none, ``not-subject``."""
    return max(outcomes, key=RANK.__getitem__, default="not-subject")


def settle(at_least: Outcome, at_most: Outcome) -> Outcome:
    """Name the interval: its lower bound once that forbids shipping, ``incomplete`` while it is open."""
    if RANK[at_least] >= RANK["licence-required"] or at_least == at_most:
        return at_least
    return "incomplete"
