"""How sure a legal row is, and where it stands in the law."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

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
    at_ja: str = ""  # the place in Japanese where it is more than articles and tables

    def __str__(self) -> str:
        return f"{self.source} {self.at}"


@dataclass(frozen=True, slots=True)
class Binding:
    """What a row is tied to in the official text: ``words`` stand at ``at`` in ``source`` and mean ``value``.

    Without words it only tells whence a value comes that the row's own citation does not hold; such a source has no
    text. ``reads`` names what else is read there and compared with the row: ``places`` (members of a place set),
    ``headings`` or ``chapters`` (a tariff scope), ``rows`` (the rows of ``list``). ``where`` is file and row.
    """

    source: str
    at: str
    words: str = ""
    value: Any = None
    reads: str = ""
    list: str = ""
    where: str = ""
