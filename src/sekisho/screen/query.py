"""What is asked, and what is answered: values without behaviour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sekisho.model.listed import Identifier, ListedParty, PartialDate, PartyType

How = Literal["same", "spelt-alike", "says-same", "other-script", "parted", "initial"]
HOWS: tuple[How, ...] = ("same", "spelt-alike", "says-same", "other-script", "parted", "initial")


@dataclass(frozen=True, slots=True)
class Asked:
    """A party to be screened: its names (any may match) and what else is known of it.

    ``countries`` are ISO 3166-1 alpha-2 codes of residence, seat or flag; a person's nationality is not asked and never
    counts. ``key`` is the party's id in the user's own books; judgements are remembered under it.
    """

    names: tuple[str, ...]
    type: PartyType = "unknown"
    births: tuple[PartialDate, ...] = ()
    countries: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """One feature that counted: its name, its value (0 to 1), and the points (log-odds) it added."""

    feature: str
    value: float
    points: float
    detail: str = ""

    def as_json(self) -> dict[str, Any]:
        """Give the reason as a JSON-ready dictionary."""
        told: dict[str, Any] = {
            "feature": self.feature,
            "value": round(self.value, 3),
            "points": round(self.points, 2),
        }
        return told | {"detail": self.detail} if self.detail else told


@dataclass(frozen=True, slots=True)
class Pair:
    """Words of the asked name that stand for words of the listed name, how, and how alike they are (0 to 1)."""

    asked: str
    listed: str
    how: How
    alike: float


@dataclass(frozen=True, slots=True)
class Hit:
    """One listed party that the asked party may be.

    ``score`` is 0 to 1, never 1; ``matched`` the listed name that fits best, ``asked_name`` the asked name it fits.
    ``decided`` tells when an identifier settles it: ``same``, ``other`` or "".
    """

    party: ListedParty
    matched: str
    asked_name: str
    score: float
    points: float
    reasons: tuple[Reason, ...]
    pairs: tuple[Pair, ...]
    left_asked: tuple[str, ...]
    left_listed: tuple[str, ...]
    decided: str = ""

    @property
    def name(self) -> str:
        """Give the party's primary name."""
        return self.party.names[0].text if self.party.names else ""


@dataclass(frozen=True, slots=True)
class Answer:
    """All hits of one asked party, best first; ``more`` counts those beyond the number asked for."""

    asked: Asked
    hits: tuple[Hit, ...]
    more: int = 0
