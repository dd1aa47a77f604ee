"""What is known about one snapshot of one list: who published it, when, how many, and which assertions held."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import msgspec

from sekisho.model.listed import ListedParty


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file as it was received: its name (never a path), size in bytes as received, and SHA-256 in hex."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class AssertionResult:
    """One assertion on a list: what was asked, what was found, and whether it held."""

    name: str
    expected: str
    found: str
    held: bool


@dataclass(frozen=True, slots=True)
class Manifest:
    """One snapshot of one list.

    ``as_of`` is the day the publisher gives for the list (ISO 8601), ``retrieved`` the moment it was read here
    (UTC). ``content_sha256`` is over the canonical, uncompressed content. ``counts`` holds totals
    (``parties``, ``names``, ``names:weak``, ``type:person``, ``source:us:sdn`` ...). ``notes`` tells what the reader
    met and kept without understanding it fully, with a count. ``parts`` is filled only when a snapshot puts several
    lists together; ``missing`` then names the lists that have no snapshot on the day asked for, which means that
    nothing was compared with them.
    """

    list: str
    as_of: str
    retrieved: str
    format: str
    reader: str
    content_sha256: str
    title: str = ""
    publisher: str = ""
    address: str = ""
    files: tuple[SourceFile, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    assertions: tuple[AssertionResult, ...] = ()
    notes: tuple[str, ...] = ()
    previous: str = ""
    accepted: str = ""
    fictional: bool = False
    missing: tuple[str, ...] = ()
    parts: tuple[Manifest, ...] = ()

    @property
    def snapshot(self) -> str:
        """The snapshot's name: its day and the head of its content hash (``2024-05-07.1a2b3c4d5e6f``)."""
        return f"{self.as_of}.{self.content_sha256[:12]}"

    @property
    def parties(self) -> int:
        """How many listed parties the snapshot holds."""
        return self.counts.get("parties", 0)

    def as_json(self) -> dict[str, Any]:
        """Give the manifest as a JSON-ready dictionary, the snapshot's name included."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        return {"list": plain.pop("list"), "snapshot": self.snapshot, **plain}


@dataclass(frozen=True, slots=True)
class Refusal:
    """The last import of a list that was refused; each problem is code, place, what is wrong, what would be right."""

    list: str
    at: str
    format: str = ""
    address: str = ""
    files: tuple[SourceFile, ...] = ()
    problems: tuple[tuple[str, str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The parties of one list (or of all lists together) as they stood, and where they come from."""

    parties: tuple[ListedParty, ...]
    manifest: Manifest
