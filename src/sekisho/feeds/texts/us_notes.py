"""Notes of the US list: what kind, about which paragraph, and one value for each numbered part."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from sekisho.classify.mentions import mentions
from sekisho.classify.tree import NoteKind
from sekisho.feeds.texts.draft import Draft, DraftNote
from sekisho.feeds.texts.us_inline import words
from sekisho.feeds.texts.us_sections import table_rows

_START = re.compile(
    r"^(?P<label>(?:Heading |Control |Technical |Licen[sc]e (?:Requirements?|Exceptions?) )?Notes?\b[^:.]{0,80}?[:.]|"
    r"N\.?B\.?[^:]{0,40}:)\s*",
    re.IGNORECASE,
)
_PART = re.compile(r"^(?P<number>\d{1,2})\.\s+(?=\S)")
_SPEAKS_OF = re.compile(
    r"^(?:\(?\d{1,2}[.)]\s*)?(?:for\s+(?:the\s+)?purposes?\s+of\s+|in\s+)?(?:ECCNs?\s+|paragraphs?\s+|the\s+control\s+of\s+)?(?=\d[A-E])",
    re.IGNORECASE,
)

_PREDICATE = re.compile(
    r"(?<=\s)(?:do|does|is|are|includes?|controls?|applies|apply|for|if|when|means|an?|the)\b|['“:]", re.IGNORECASE
)


def starts_note(text: str) -> bool:
    """Whether a paragraph of words opens with the heading of a note."""
    return _START.match(text) is not None


def notes_of(source: list[Element] | str, entry: str) -> list[DraftNote]:
    """Make the notes of one NOTE element (its children), or of one paragraph that opens with a note's heading."""
    label, blocks = _blocks(source)
    kind = _kind(label)
    lead, parts = _numbered(blocks) if re.search(r"notes", label, re.IGNORECASE) else ([], [])
    if not parts:
        return [_note(kind, label, blocks, entry)] if blocks or isinstance(source, str) else []
    one = re.sub(r"(?i)notes", lambda found: found[0][:-1], label, count=1).rstrip(": ")
    return [_note(kind, f"{one} ({number})", [*lead, *body], entry) for number, body in parts]


def hang(note: DraftNote, here: Draft, known: dict[str, Draft]) -> None:
    """Hang a note on every paragraph it names, or else on the one before it."""
    named = [known[path] for path in note.about if path in known]
    if not named:
        note.about = (here.path,)
    for node in named or [here]:
        node.notes.append(note)


def _blocks(source: list[Element] | str) -> tuple[str, list[str]]:
    if isinstance(source, str):
        found = _START.match(source)
        assert found is not None
        rest = source[found.end() :].strip()
        return found["label"].strip(), [rest] if rest else []
    label, blocks = "", []
    for child in source:
        if child.tag == "HED":
            label = words(child)
        elif child.tag == "DIV":
            blocks.append("\n".join(" | ".join(row) for row in table_rows(child)))
        else:
            blocks.append(words(child))
    if len(label) > 60 and ":" in label:  # a heading that swallowed the first words
        label, rest = label.split(":", 1)
        label, blocks = f"{label}:", [rest.strip(), *blocks]
    return label, [block for block in blocks if block]


def _numbered(blocks: list[str]) -> tuple[list[str], list[tuple[str, list[str]]]]:
    lead: list[str] = []
    parts: list[tuple[str, list[str]]] = []
    for block in blocks:
        found = _PART.match(block)
        if found and int(found["number"]) == len(parts) + 1:
            parts.append((found["number"], [block[found.end() :]]))
        else:
            (parts[-1][1] if parts else lead).append(block)
    return lead, parts


def _kind(label: str) -> NoteKind:
    low = label.lower()
    if low.startswith("technical"):
        return "technical-note"
    if low.startswith("n.b"):
        return "nota-bene"
    if low.startswith(("license", "licence", "control")):
        return "licence-note"
    return "note" if "note" in low else "text"


def _note(kind: NoteKind, label: str, blocks: list[str], entry: str) -> DraftNote:
    about = _about(label, entry) or _about_text("\n".join(blocks), entry)
    return DraftNote(kind, label.rstrip(": "), blocks, about)


def _about(label: str, entry: str) -> tuple[str, ...]:
    if re.match(r"heading note", label, re.IGNORECASE):
        return (entry,)
    _, _, tail = label.partition(" to ")
    tail = tail or label.partition(" for ")[2]
    return _own(tail, entry)


def _about_text(text: str, entry: str) -> tuple[str, ...]:
    first = text.split("\n", 1)[0]
    if re.match(r"this (?:entry|ECCN)\b", first, re.IGNORECASE):
        return (entry,)
    found = _SPEAKS_OF.match(first)
    if found is None:
        return ()
    head = _PREDICATE.split(first[found.end() :], maxsplit=1)[0]
    return _own(head, entry)


def _own(text: str, entry: str) -> tuple[str, ...]:
    found = [mention.candidates[0] for mention in mentions(text, entry)]
    return tuple(dict.fromkeys(path for path in found if path.split(".")[0] == entry))
