"""A control list as a tree of values: entries, nodes, notes, how siblings join, and what the words refer to.

A reader in ``feeds.texts`` makes one ``ControlList`` out of a publisher's text; everything above works on these
values and never on the text file. The same shapes hold for every list: a node is one numbered paragraph.

Hashes: a ``Node.hash`` is 16 hexadecimal digits over its path, its own words and the notes that hang on it (not its
children), after ``canonical`` has evened out typography. A condition bound to ``(path, hash)`` is stale as soon as a
word that it rests on changes, and stays good when a publisher only swaps a dash or a kind of space.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

Join = Literal["and", "or", "none", ""]
NoteKind = Literal["note", "technical-note", "nota-bene", "licence-note", "table", "text"]
Effect = Literal["excludes", "includes", "defines", "refers", ""]

HASH_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Connective:
    """How the children of a node join: ``and`` (all of them), ``or`` (any), ``none`` (none may hold), ``""`` untold.

    ``words`` are the words of the text that justify the reading ("having any of the following", "; and"),
    ``doubt`` says what speaks against it ("the last child but one ends in 'and'"), "" when nothing does.
    """

    join: Join = ""
    words: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A note, technical note, N.B. or table that hangs on a node, an entry or a chapter.

    ``label`` is the printed heading ("Note 2 to paragraph 0A501.a"), ``about`` the path that the note speaks of
    (more than one when it says so), ``effect`` what it does to it: excludes, includes, defines, refers or "".
    """

    kind: NoteKind
    label: str
    text: str
    about: tuple[str, ...] = ()
    effect: Effect = ""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Words that take something out of a paragraph again; ``source`` is "text" or the label of the note."""

    words: str
    source: str


@dataclass(frozen=True, slots=True)
class Definition:
    """A term as the list defines it; ``scope`` is the path where the definition holds, "" for the whole list.

    ``words`` is the sentence that defines it, as printed.
    """

    term: str
    words: str
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention of another paragraph of the same list: from the node ``source`` to the path ``target``.

    ``resolved`` is false when the list has no such paragraph; ``words`` is the mention as printed. ``former`` marks a
    mention of a paragraph of an entry that the list has emptied ("formerly 9A018.c"): it leads to the bare entry.
    """

    source: str
    target: str
    words: str
    resolved: bool
    former: bool = False


@dataclass(frozen=True, slots=True)
class Node:
    """One numbered paragraph: ``path`` is canonical ("3A001.a.5.a"), ``own`` its last step ("a").

    ``label`` is the number as printed ("a.5.a."), ``line`` the line of the source file (for problems), ``reserved``
    marks a number that the list keeps empty. ``text`` holds the words without the label; superscripts stand as ``^3``.
    """

    path: str
    own: str
    text: str
    hash: str
    label: str = ""
    connective: Connective = Connective()
    notes: tuple[Note, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    children: tuple[Node, ...] = ()
    reserved: bool = False
    line: int = 0

    def walk(self) -> Iterator[Node]:
        """Give this node and everything below it in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Requirement:
    """One row of the reasons for control: what it applies to and where, both as printed."""

    reason: str
    applies_to: str
    target: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the list: its own words are ``root`` (path = ``id``), its paragraphs the children of ``root``.

    ``category`` is the list's chapter ("3"), ``group`` its product group ("A" to "E", "" where there is none).
    ``sections`` are the entry's other printed parts as (title, text) pairs: Related Controls, LVS, STA and so on.
    """

    id: str
    root: Node
    category: str = ""
    group: str = ""
    reasons: tuple[str, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    sections: tuple[tuple[str, str], ...] = ()

    @property
    def heading(self) -> str:
        """The entry's own words."""
        return self.root.text

    def walk(self) -> Iterator[Node]:
        """Give the entry's heading and every paragraph in the order of the text."""
        return self.root.walk()

    def section(self, title: str) -> str:
        """The text of a printed part by its title, "" when the entry has none."""
        return "\n".join(text for name, text in self.sections if name.casefold() == title.casefold())


@dataclass(frozen=True, slots=True)
class ReadingReport:
    """What a reader counted, kept with the list so that a later edition can be compared with it."""

    entries: int
    nodes: int
    notes: int
    references: int
    unresolved: tuple[Reference, ...] = ()

    @property
    def resolved_share(self) -> float:
        """The share of internal references that lead somewhere, 0 to 1 (1 when there are none)."""
        return 1.0 if not self.references else 1 - len(self.unresolved) / self.references


@dataclass(frozen=True)
class ControlList:
    """A whole list in one edition. ``version`` is the day of the text, ``sha256`` that of the publisher's bytes.

    ``id`` is "us-ccl", "eu-annex-1", "jp-table-1", "jp-feo" or "jp-goods". ``annexes`` are numbered tables that the
    entries point to and that are no entries themselves (the US list of explosives); ``preface`` holds the notes of
    chapters, with the chapter they speak of ("5.2") in ``about``.
    """

    id: str
    version: date | None
    sha256: str
    entries: tuple[Entry, ...]
    annexes: tuple[Entry, ...] = ()
    definitions: tuple[Definition, ...] = ()
    preface: tuple[Note, ...] = ()
    references: tuple[Reference, ...] = ()
    report: ReadingReport = field(default=ReadingReport(0, 0, 0, 0))

    @cached_property
    def _entries(self) -> dict[str, Entry]:
        return {entry.id: entry for entry in (*self.entries, *self.annexes)}

    @cached_property
    def _nodes(self) -> dict[str, Node]:
        return {node.path: node for node in self.walk()}

    @cached_property
    def _references_from(self) -> dict[str, tuple[Reference, ...]]:
        found: dict[str, list[Reference]] = {}
        for reference in self.references:
            found.setdefault(reference.source, []).append(reference)
        return {path: tuple(references) for path, references in found.items()}

    def walk(self) -> Iterator[Node]:
        """Give every node of every entry, then of every annex, in the order of the text."""
        for entry in (*self.entries, *self.annexes):
            yield from entry.walk()

    def entry(self, entry_id: str) -> Entry | None:
        """The entry or annex with this id, None when the list has none."""
        return self._entries.get(entry_id)

    def node(self, path: str) -> Node | None:
        """The node at this canonical path (an entry's id gives its heading), None when there is none."""
        return self._nodes.get(path)

    def references_from(self, path: str) -> tuple[Reference, ...]:
        """The mentions of other paragraphs in the words and notes of the node at ``path``."""
        return self._references_from.get(path, ())


_EVEN = str.maketrans(
    {
        "‘": "'", "’": "'", "′": "'", "“": '"', "”": '"', "″": '"',
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-", "⁻": "-",
        "\u00ad": None, "\u200b": None, "\ufeff": None,
    }
)  # fmt: skip

_RAISED = re.compile(r"[⁺⁻]?[⁰¹²³⁴-⁹]+")
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")


def canonical(text: str) -> str:
    """Even out what publishers vary without meaning: width, quotes, dashes, kinds and runs of space."""
    raised = _RAISED.sub(lambda found: "^" + found[0].translate(_LOWERED), text)
    evened = unicodedata.normalize("NFKC", raised.translate(_EVEN)).translate(_EVEN)
    return re.sub(r"\s+", " ", evened).strip()


def words_hash(*words: str) -> str:
    """Hash words after ``canonical``; 16 hexadecimal digits of SHA-256."""
    joined = "\x1f".join(canonical(word) for word in words)
    return hashlib.sha256(joined.encode()).hexdigest()[:HASH_DIGITS]


def node_hash(path: str, text: str, notes: tuple[Note, ...] = ()) -> str:
    """Hash what a condition on this paragraph rests on: its path, its words and the notes that hang on it."""
    parts = [path, text]
    for note in notes:
        parts += [note.kind, note.label, note.text]
    return words_hash(*parts)
