"""A list without its text: every path with the hash of its words, how it joins, and the numeric words.

This is what the packs ship (``packs/us/lists/us-ccl.paths.jsonl``). It is made by machine out of one edition and holds
facts only: numbering, reasons for control, numbers with their units. The user's own copy of the text adds the words.

The first line is the edition, every further line one path::

    {"list": "us-ccl", "version": "2026-06-24", "sha256": "…", "entries": 638, "paths": 6291}
    {"p": "3A001.a.5.a.1", "h": "…", "n": ["8 bit or more", "less than 10 bit"]}

Keys: ``p`` path, ``h`` hash, ``j`` how the children join, ``r`` 1 for a number kept empty, ``n`` numeric words, ``c``
reasons for control (entries only).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from sekisho.classify.numeric_words import numeric_words
from sekisho.classify.paths import steps
from sekisho.classify.tree import ControlList, Node
from sekisho.model.problem import BadInput, Problem


@dataclass(frozen=True, slots=True)
class Row:
    """One path: ``words`` are its numeric words, ``reasons`` those of an entry."""

    path: str
    hash: str
    join: str = ""
    reserved: bool = False
    words: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Skeleton:
    """One edition of one list without its text."""

    list: str
    version: date | None
    sha256: str
    rows: tuple[Row, ...] = field(default=())

    @cached_property
    def by_path(self) -> dict[str, Row]:
        """Every row by its path."""
        return {row.path: row for row in self.rows}

    @cached_property
    def entries(self) -> dict[str, tuple[Row, ...]]:
        """The rows of each entry, its own first, by the entry's id, in the order of the list."""
        held: dict[str, list[Row]] = {}
        for row in self.rows:
            held.setdefault(steps(self.list, row.path)[0], []).append(row)
        return {entry: tuple(rows) for entry, rows in held.items()}


def skeleton(read: ControlList) -> Skeleton:
    """Take the words away from a list."""
    reasons = {entry.id: entry.reasons for entry in read.entries}
    rows = tuple(_row(node, read.id, reasons) for entry in read.entries for node in entry.walk())
    return Skeleton(read.id, read.version, read.sha256, rows)


def to_jsonl(held: Skeleton) -> bytes:
    """Write a skeleton as the packs ship it; the same list gives the same bytes."""
    head = {
        "list": held.list,
        "version": held.version.isoformat() if held.version else "",
        "sha256": held.sha256,
        "entries": len(held.entries),
        "paths": len(held.rows),
    }
    lines = [head, *(_plain(row) for row in held.rows)]
    return "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines).encode()


def from_jsonl(data: bytes, where: str) -> Skeleton:
    """Read a shipped skeleton; raises ``BadInput`` when it is damaged or its counts do not agree."""
    try:
        head, *lines = (msgspec.json.decode(line) for line in data.splitlines() if line)
        version = date.fromisoformat(head["version"]) if head["version"] else None
        rows = tuple(
            Row(
                line["p"],
                line["h"],
                line.get("j", ""),
                bool(line.get("r")),
                tuple(line.get("n", ())),
                tuple(line.get("c", ())),
            )
            for line in lines
        )
        held = Skeleton(head["list"], version, head["sha256"], rows)
        if len(rows) != head["paths"] or len(held.entries) != head["entries"]:
            raise ValueError(f"{len(rows)} paths of {len(held.entries)} entries; the head says {head['paths']}")
    except (msgspec.DecodeError, KeyError, ValueError, TypeError) as error:
        says, hint = f"this list of paths cannot be read: {error}", "install the pack again"
        raise BadInput([Problem("text.skeleton", where, says, hint)]) from None
    return held


def read_skeleton(path: Path) -> Skeleton:
    """Read a shipped skeleton from its file."""
    return from_jsonl(path.read_bytes(), path.name)


def _row(node: Node, list_id: str, reasons: dict[str, tuple[str, ...]]) -> Row:
    words = numeric_words(node.text, japanese=list_id.startswith("jp"))
    return Row(node.path, node.hash, node.connective.join, node.reserved, words, reasons.get(node.path, ()))


def _plain(row: Row) -> dict[str, Any]:
    line: dict[str, Any] = {"p": row.path, "h": row.hash}
    optional = {"j": row.join, "r": int(row.reserved), "n": row.words, "c": row.reasons}
    return line | {key: value for key, value in optional.items() if value}
