"""How sure a legal row is, and where it stands in the law."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

Certainty: TypeAlias = Literal["V", "S", "K", "U"]

CERTAINTIES: tuple[Certainty, ...] = ("V", "S", "K", "U")
"""From surest to least: V primary text checked, S secondary source, K general knowledge, U unsettled."""


def weakest(tags: Iterable[Certainty]) -> Certainty:
    """Give the least certain of ``tags``; of none, ``V``."""
    return max(tags, key=CERTAINTIES.index, default="V")


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a source: ``source`` is an id of the pack's ``sources.toml``, ``at`` the article or table."""

    source: str
    at: str

    def __str__(self) -> str:
        return f"{self.source} {self.at}"
