"""A listed party as JSON and back, so that an index carries whole records and reads one only when it is needed."""

from __future__ import annotations

import msgspec

from sekisho.model.listed import ListedParty

_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(ListedParty)


def party_to_json(party: ListedParty) -> bytes:
    """Write a party."""
    return _ENCODER.encode(party)


def party_from_json(text: bytes) -> ListedParty:
    """Read what ``party_to_json`` wrote."""
    return _DECODER.decode(text)
