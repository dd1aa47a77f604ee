"""A listed party while it is being read: values are added as they are met, repeated ones once, in the file's order."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from sekisho.feeds.lists import dates, places
from sekisho.feeds.lists.reading import Reading, clean
from sekisho.feeds.lists.scripts import script
from sekisho.model.listed import (
    Identifier,
    ListedAddress,
    ListedName,
    ListedParty,
    NameKind,
    NameStrength,
    OwnershipLink,
    PartialDate,
    PartyType,
)

_T = TypeVar("_T")


@dataclass(slots=True)
class Draft:
    """The growing entry. Texts are cleaned when they are added; empty ones are left out."""

    reading: Reading
    type: PartyType = "unknown"
    names: dict[tuple[str, NameKind, NameStrength], ListedName] = field(default_factory=dict)
    births: list[PartialDate] = field(default_factory=list)
    places_of_birth: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    citizenships: list[str] = field(default_factory=list)
    addresses: list[ListedAddress] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)
    programmes: list[str] = field(default_factory=list)
    concerns: list[str] = field(default_factory=list)
    listed_on: date | None = None
    remarks: list[str] = field(default_factory=list)
    licence_requirement: str = ""
    licence_policy: str = ""
    citations: list[str] = field(default_factory=list)
    links: list[OwnershipLink] = field(default_factory=list)
    gender: str = ""
    title: list[str] = field(default_factory=list)
    extra: list[tuple[str, str]] = field(default_factory=list)

    def name(
        self,
        text: str,
        kind: NameKind = "alias",
        strength: NameStrength = "strong",
        parts: tuple[tuple[str, str], ...] = (),
    ) -> None:
        """Add one name; ``parts`` is the publisher's own division of it."""
        text = clean(text)
        if text:
            key = (text, kind, strength)
            if key not in self.names or (parts and not self.names[key].parts):
                self.names[key] = ListedName(text, kind, strength, script(text), tuple(p for p in parts if p[1]))

    def country(self, text: str, where: str = "country") -> str:
        """Add a country by name or code and give its code; a name that is not known is noted and kept as text."""
        text = clean(text)
        if not text:
            return ""
        code = places.country_code(text)
        if code:
            _once(self.countries, code)
        else:
            self.reading.note(f"country not known: {text}")
            self.more(where, text)
        return code

    def citizenship(self, text: str) -> None:
        """Add a nationality or citizenship: its code when the country is known, else as printed."""
        text = clean(text)
        if text:
            _once(self.citizenships, places.country_code(text) or text)

    def address(
        self, *pieces: str, country: str = "", city: str = "", postcode: str = "", text: str | None = None
    ) -> None:
        """Add an address: ``pieces`` are joined with the city, postcode and country, or ``text`` is taken whole."""
        country, city, postcode = clean(country), clean(city), clean(postcode)
        code = places.country_code(country) if country else ""
        if text is None:
            kept = [clean(piece) for piece in pieces] + [country]
            text = ", ".join(piece for piece in kept if piece)
        text = clean(text)
        if not text:
            return
        if country:
            code = self.country(country, "address country")
        _once(self.addresses, ListedAddress(text, code, city, postcode))

    def identifier(self, kind: str, value: str, country: str = "", note: str = "") -> None:
        """Add a number issued to the party; ``country`` may be a name."""
        value = clean(value)
        if value:
            code = places.country_code(country) if country else ""
            note = clean(note if code or not country else f"{note}; {country}".strip("; "))
            _once(self.identifiers, Identifier(kind, value, code, note))

    def birth(self, text: str, *, approximate: bool = False) -> None:
        """Add a date of birth or of founding as printed."""
        if clean(text) and clean(text).lower() != "null":
            found = dates.partial(clean(text), approximate=approximate)
            if not found.earliest:
                self.reading.note(f"date not understood: {found.text}")
            _once(self.births, found)

    def more(self, label: str, text: str) -> None:
        """Keep a labelled text that has no field of its own."""
        label, text = clean(label).rstrip(" :-"), clean(text)
        if text:
            _once(self.extra, (label, text))

    def add(self, into: str, text: str) -> None:
        """Add a text to the list field called ``into`` (``programmes``, ``remarks``, ``citations`` ...)."""
        text = clean(text)
        if text:
            _once(getattr(self, into), text)

    def finish(self, uid: str, source: str) -> ListedParty:
        """Make the party."""
        return ListedParty(
            uid=uid,
            source=source,
            type=self.type,
            names=tuple(self.names.values()),
            births=tuple(self.births),
            places_of_birth=tuple(self.places_of_birth),
            countries=tuple(self.countries),
            citizenships=tuple(self.citizenships),
            addresses=tuple(self.addresses),
            identifiers=tuple(self.identifiers),
            programmes=tuple(self.programmes),
            concerns=tuple(self.concerns),
            listed_on=self.listed_on,
            remarks="; ".join(self.remarks),
            licence_requirement=self.licence_requirement,
            licence_policy=self.licence_policy,
            citations=tuple(self.citations),
            links=tuple(self.links),
            gender=self.gender,
            title="; ".join(self.title),
            extra=tuple(self.extra),
        )


def _once(held: list[_T], value: _T) -> None:
    if value not in held:
        held.append(value)
