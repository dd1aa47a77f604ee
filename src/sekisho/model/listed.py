"""A party on a published list, as the list gives it: nothing that a decision needs is dropped.

Every reader in ``feeds`` makes these values and ``screen`` compares against them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

PartyType = Literal["person", "organisation", "vessel", "aircraft", "unknown"]
NameStrength = Literal["strong", "weak"]
NameKind = Literal["primary", "alias", "former"]


@dataclass(frozen=True, slots=True)
class ListedName:
    """One name as printed; ``strength`` is ``weak`` where the publisher marks the alias as low quality.

    ``script`` is an ISO 15924 code ("Latn", "Arab") or "" when the publisher does not tell; ``parts`` keeps
    the publisher's own division (``(("family", "KIM"), ("given", "Chol"))``) when there is one.
    """

    text: str
    kind: NameKind = "primary"
    strength: NameStrength = "strong"
    script: str = ""
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A birth or founding date, or a range of them, as exact as it was published (ISO 8601, may be "1961")."""

    earliest: str
    latest: str
    text: str = ""
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class ListedAddress:
    """A postal address; ``country`` is ISO 3166-1 alpha-2 or "" when the text names none."""

    text: str
    country: str = ""
    city: str = ""
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number issued to the party: ``kind`` from a closed vocabulary (passport, national-id, tax, registration,
    imo, mmsi, call-sign, aircraft-serial, aircraft-tail, swift, lei, duns, website, email, phone, other).
    """

    kind: str
    value: str
    country: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class OwnershipLink:
    """``owner`` holds ``share`` (0 to 100 per cent, None when not published) of ``owned``; both are party ids."""

    owner: str
    owned: str
    share: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ListedParty:
    """One entry of one list. ``uid`` is stable across versions of that list (``"ofac:7157"``)."""

    uid: str
    source: str  # list id: "us:sdn", "us:entity-list", "eu:fsf", "un:sc", "jp:feul" ...
    type: PartyType
    names: tuple[ListedName, ...]
    births: tuple[PartialDate, ...] = ()
    places_of_birth: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    citizenships: tuple[str, ...] = ()  # as published; shown, never scored
    addresses: tuple[ListedAddress, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    programmes: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()  # METI: B, C, M, N, CW
    listed_on: date | None = None
    remarks: str = ""
    licence_requirement: str = ""
    licence_policy: str = ""
    citations: tuple[str, ...] = ()
    links: tuple[OwnershipLink, ...] = ()
    gender: str = ""
    title: str = ""
    extra: tuple[tuple[str, str], ...] = field(default=())
