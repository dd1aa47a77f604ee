"""Three-valued logic: ``True``, ``False`` and ``None`` for unknown (Kleene's strong connectives)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

Truth: TypeAlias = bool | None


def all_of(truths: Iterable[Truth]) -> Truth:
    """Conjunction: one False decides; otherwise one unknown leaves it unknown."""
    result: Truth = True
    for truth in truths:
        if truth is False:
            return False
        if truth is None:
            result = None
    return result


def any_of(truths: Iterable[Truth]) -> Truth:
    """Disjunction: one True decides; otherwise one unknown leaves it unknown."""
    result: Truth = False
    for truth in truths:
        if truth is True:
            return True
        if truth is None:
            result = None
    return result


def negate(truth: Truth) -> Truth:
    """Negation; unknown stays unknown."""
    return None if truth is None else not truth
