"""Terms that a list defines in its own notes: 'sample rate' is ..., 'main storage' means ..."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sekisho.classify.tree import Definition, Entry, Note

_QUOTED = r"['‘“\"](?P<term>[^'’”\"\n]{2,80}?)['’”\"]"
_DEFINES = re.compile(
    r"(?:^|(?<=[.;:\n(]\s)|(?<=[.;:\n])|(?<=,\s))(?:\d{1,2}\.\s+)?(?:(?:[Aa]n?|[Tt]he)\s+)?"
    rf"{_QUOTED}(?:\s*\([^)]{{1,60}}\))?\s*(?:[^.;:\n]{{0,40}}?\s)?"
    r"(?P<verb>means?|is\s+defined\s+as|are\s+defined\s+as|refers?\s+to|denotes?|is|are)\b(?P<rest>[^\n]*)",
    re.MULTILINE,
)


def definitions(entries: Iterable[Entry], preface: Iterable[Note] = ()) -> tuple[Definition, ...]:
    """Collect the terms defined in notes and in "Related Definitions"; the same term and scope counts once."""
    found: dict[tuple[str, str], Definition] = {}
    for definition in _all(entries, preface):
        found.setdefault((definition.term.casefold(), definition.scope), definition)
    return tuple(found.values())


def _all(entries: Iterable[Entry], preface: Iterable[Note]) -> Iterator[Definition]:
    for note in preface:
        yield from defined_in(note.text, note.about[0] if note.about else "")
    for entry in entries:
        yield from defined_in(entry.section("Related Definitions"), entry.id)
        for node in entry.walk():
            for note in node.notes:
                if note.kind in ("technical-note", "note"):
                    yield from defined_in(note.text, node.path)


def defined_in(text: str, scope: str) -> Iterator[Definition]:
    """The terms that ``text`` defines, each with its sentence."""
    for found in _DEFINES.finditer(text):
        sentence = re.split(r"(?<=[a-z)])\.\s", found[0].lstrip(" .;:(\n"), maxsplit=1)[0]
        yield Definition(found["term"].strip(" ,"), " ".join(sentence.split()), scope)
