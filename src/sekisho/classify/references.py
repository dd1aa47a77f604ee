"""Cross-references: every mention in a list's words, followed to its paragraph or told to lead nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sekisho.classify.mentions import mentions
from sekisho.classify.tree import Entry, Reference


def references(entries: Iterable[Entry]) -> tuple[Reference, ...]:
    """Follow every mention in paragraphs, notes and printed parts; the same mention in one node counts once."""
    held = tuple(entries)
    known = {node.path for entry in held for node in entry.walk()}
    emptied = {entry.id for entry in held if not entry.root.children}
    return tuple(found for entry in held for found in _of(entry, known, emptied))


def _of(entry: Entry, known: set[str], emptied: set[str]) -> Iterator[Reference]:
    seen: set[tuple[str, str]] = set()
    for source, text in _texts(entry):
        for mention in mentions(text, entry.id):
            target = next((path for path in mention.candidates if path in known), mention.candidates[0])
            if target == source or (source, target) in seen:
                continue
            seen.add((source, target))
            former = target not in known and target.split(".")[0] in emptied
            yield Reference(source, target, mention.words, target in known or former, former)


def _texts(entry: Entry) -> Iterator[tuple[str, str]]:
    for node in entry.walk():
        yield node.path, node.text
        for note in node.notes:
            yield node.path, f"{note.label} {note.text}"
    for row in entry.requirements:
        yield entry.id, f"{row.applies_to} {row.target}"
    for title, text in entry.sections:
        yield entry.id, f"{title}: {text}"
