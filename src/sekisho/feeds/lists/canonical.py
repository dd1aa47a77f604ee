"""The canonical content of a snapshot: one party a line, ``uid`` first, defaults left out, in byte order.

The same parties always give the same bytes, so a content hash tells whether a list has changed. The lines are plain
JSON, one :class:`~sekisho.model.listed.ListedParty` each, and any tool can read them.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable
from dataclasses import MISSING, fields, is_dataclass
from typing import Any

import msgspec

from sekisho.model.listed import ListedParty

_DECODER = msgspec.json.Decoder(ListedParty)
_ENCODER = msgspec.json.Encoder()


def _plan(kind: type) -> tuple[tuple[str, Any], ...]:
    plan = []
    for one in fields(kind):
        default = one.default_factory() if one.default_factory is not MISSING else one.default
        plan.append((one.name, default))
    return tuple(plan)


_PLANS: dict[type, tuple[tuple[str, Any], ...]] = {}


def as_plain(value: Any) -> Any:
    """Turn a party (or a value inside it) into JSON-ready data, leaving out what equals its default."""
    kind = type(value)
    if kind is tuple:
        return [as_plain(item) for item in value]
    if not is_dataclass(kind):
        return value
    plan = _PLANS.get(kind)
    if plan is None:
        plan = _PLANS[kind] = _plan(kind)
    plain = {}
    for name, default in plan:
        held = getattr(value, name)
        if held != default:
            plain[name] = as_plain(held)
    return plain


def encode(party: ListedParty) -> bytes:
    """Encode one party as its canonical line, without the line end."""
    return _ENCODER.encode(as_plain(party))


def decode(line: bytes | memoryview) -> ListedParty:
    """Decode one canonical line; a wrong one raises ``msgspec.ValidationError`` or ``msgspec.DecodeError``."""
    return _DECODER.decode(line)


def decode_all(content: bytes) -> tuple[ListedParty, ...]:
    """Decode a whole snapshot.

    The collector rests meanwhile: it would walk through hundreds of thousands of new values again and again, and finds
    nothing, since parties hold no cycles. This halves the time.
    """
    resting = gc.isenabled()
    gc.disable()
    try:
        return tuple(_DECODER.decode_lines(content))
    finally:
        if resting:
            gc.enable()


def content_of(parties: Iterable[ListedParty]) -> bytes:
    """Give the canonical content of ``parties``: one line each, the lines in byte order."""
    return b"".join(sorted(encode(party) + b"\n" for party in parties))


class _Uid(msgspec.Struct):
    uid: str


_UIDS = msgspec.json.Decoder(_Uid)


def uids_of(content: bytes) -> frozenset[str]:
    """Read only the ids of a snapshot's content."""
    return frozenset(one.uid for one in _UIDS.decode_lines(content))


def find(content: bytes, uid: str) -> ListedParty | None:
    """Find one party in a snapshot's content by halving, without decoding the rest; None when it is not there."""
    wanted = b'{"uid":' + _ENCODER.encode(uid) + b","
    low, high = 0, len(content)
    while low < high:
        start = content.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = content.find(b"\n", start)
        line = content[start : end if end >= 0 else len(content)]
        if line.startswith(wanted):
            return decode(line)
        if line < wanted:
            low = start + len(line) + 1
        else:
            high = start
    return None
