"""A listed party as JSON and back, so that an index carries whole records and reads one only when it is needed."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from sekisho.model.listed import Identifier, ListedAddress, ListedName, ListedParty, OwnershipLink, PartialDate

_ROWS: dict[str, Any] = {
    "names": ListedName,
    "births": PartialDate,
    "addresses": ListedAddress,
    "identifiers": Identifier,
    "links": OwnershipLink,
}
_FIELDS = tuple(ListedParty.__dataclass_fields__)
_PARTS = {name: tuple(made.__dataclass_fields__) for name, made in _ROWS.items()}


def party_to_json(party: ListedParty) -> bytes:
    """Write a party; empty fields are left out."""
    told: dict[str, Any] = {}
    for name in _FIELDS:
        value = getattr(party, name)
        if not value:
            continue
        if name in _ROWS:
            parts = _PARTS[name]
            value = [[getattr(row, part) for part in parts] for row in value]
        elif isinstance(value, date):
            value = value.isoformat()
        told[name] = value
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def party_from_json(text: bytes) -> ListedParty:
    """Read what ``party_to_json`` wrote."""
    told = json.loads(text)
    for name, value in told.items():
        if name in _ROWS:
            told[name] = tuple(_ROWS[name](*(_frozen(part) for part in row)) for row in value)
        elif name == "listed_on":
            told[name] = date.fromisoformat(value)
        elif isinstance(value, list):
            told[name] = _frozen(value)
    told.setdefault("names", ())
    told.setdefault("type", "unknown")
    return ListedParty(**told)


def _frozen(value: Any) -> Any:
    return tuple(_frozen(part) for part in value) if isinstance(value, list) else value
