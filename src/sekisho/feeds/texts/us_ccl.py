"""The US Commerce Control List: Supplement No. 1 to 15 CFR part 774, as the eCFR publishes it in XML."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

from sekisho.classify.definitions import definitions
from sekisho.classify.references import references
from sekisho.classify.tree import ControlList, Entry, Note, ReadingReport
from sekisho.feeds.texts.check import check
from sekisho.feeds.texts.draft import Draft, DraftNote
from sekisho.feeds.texts.us_annex import annex, preface_notes
from sekisho.feeds.texts.us_inline import words
from sekisho.feeds.texts.us_items import WHOLE, ItemsReader
from sekisho.feeds.texts.us_notes import hang, notes_of
from sekisho.feeds.texts.us_sections import cut, reasons
from sekisho.feeds.texts.xml_safe import line_of, parse_xml
from sekisho.model.problem import BadInput, Problem

LIST_ID = "us-ccl"
_CHAPTER = re.compile(r"(?:Category (?P<category>\d)|Part (?P<part>\d)|Annex to Category (?P<annex>\d))")
_HEADING = re.compile(r"^(?P<id>\d[A-E][0-9Y]\d\d)\b[\s.]*(?P<text>.*)$", re.DOTALL)


@dataclass(slots=True)
class _Raw:
    id: str
    heading: str
    line: int
    elements: list[Element] = field(default_factory=list)


@dataclass(slots=True)
class _Cut:
    """The supplement cut into entries, chapter notes and annexes."""

    entries: list[_Raw] = field(default_factory=list)
    annexes: list[_Raw] = field(default_factory=list)
    preface: list[Note] = field(default_factory=list)


def read_us_ccl(source: bytes | Path, version: date | None = None, *, where: str = "") -> ControlList:
    """Read the list; ``version`` is the day of the text (the eCFR does not print it in the file).

    Raises ``BadInput`` with every problem and its line when the file is no such list or was damaged.
    """
    data = source if isinstance(source, bytes) else source.read_bytes()
    where = where or (LIST_ID if isinstance(source, bytes) else source.name)
    cut_up = _cut_entries(_supplement(parse_xml(data, where), where))
    problems: list[Problem] = []
    entries, notes = [], len(cut_up.preface)
    for raw in cut_up.entries:
        entry, found, count = _entry(raw, where)
        entries.append(entry)
        problems += found
        notes += count
    annexes = [annex(raw.id, raw.heading, raw.elements, raw.line) for raw in cut_up.annexes]
    followed = references(entries)
    report = ReadingReport(
        entries=len(entries),
        nodes=len({(node.line, node.label) for entry in (*entries, *annexes) for node in entry.walk()}),
        notes=notes,
        references=len(followed),
        unresolved=tuple(one for one in followed if not one.resolved),
    )
    read = ControlList(
        id=LIST_ID,
        version=version,
        sha256=hashlib.sha256(data).hexdigest(),
        entries=tuple(entries),
        annexes=tuple(annexes),
        definitions=definitions(entries, cut_up.preface),
        preface=tuple(cut_up.preface),
        references=followed,
        report=report,
    )
    problems += check(read, where, at_least=0.995)
    if problems:
        raise BadInput(problems)
    return read


def _supplement(root: Element, where: str) -> Element:
    for element in root.iter():
        if element.tag == "DIV9" and "Supplement No. 1 to Part 774" in (element.get("N") or ""):
            return element
    says = "there is no Supplement No. 1 to Part 774 in this file"
    hint = "take title 15, part 774, appendix 'Supplement No. 1 to Part 774' as XML from the eCFR"
    raise BadInput([Problem("text.not-this-list", where, says, hint)])


def _cut_entries(supplement: Element) -> _Cut:
    cut_up, here, chapter = _Cut(), None, ""
    for element in supplement:
        text = words(element)
        if found := _starts_entry(element, text):
            here = _Raw(found["id"], found["text"], line_of(element))
            cut_up.entries.append(here)
        elif element.tag == "HD1" and (opened := _CHAPTER.match(text)):
            here, chapter = None, _chapter(opened, chapter)
            if opened["annex"]:
                here = _Raw(f"annex-{opened['annex']}", text, line_of(element))
                cut_up.annexes.append(here)
        elif element.tag == "HD1" and re.match(r"[A-E]\. ", text):
            here, chapter = None, f"{chapter.rstrip('ABCDE.')}.{text[0]}"
        elif text.startswith("EAR99"):
            here = None
        elif here is None:
            cut_up.preface += preface_notes(chapter, element)
        elif not (here.id.startswith("annex") and element.tag == "HD2"):
            here.elements.append(element)
    return cut_up


def _starts_entry(element: Element, text: str) -> re.Match[str] | None:
    bold = len(element) > 0 and element[0].tag == "B" and not (element.text or "").strip()
    return _HEADING.match(text) if bold and element.tag in {"FP-2", "FP-1"} else None


def _chapter(opened: re.Match[str], before: str) -> str:
    if opened["part"]:
        return f"{before.partition('.')[0]}.{opened['part']}"
    return opened["category"] or before


def _entry(raw: _Raw, where: str) -> tuple[Entry, list[Problem], int]:
    parts = cut(raw.elements)
    root = Draft(raw.id, raw.id, [raw.heading], raw.id, raw.line)
    root.introduced = "Items:" if parts.has_items else ""
    reader = ItemsReader(root, where)
    for element in parts.notes:
        for note in notes_of(list(element), raw.id):
            reader.notes += 1
            hang(note, root, {raw.id: root})
    scope = "\n".join(text for title, texts in parts.sections if title == "ECCN Controls" for text in texts)
    if scope:
        reader.note(DraftNote("note", "ECCN Controls", [scope], (raw.id,)))
    if any(words(element).startswith(WHOLE) for element in parts.items) or parts.items_words.startswith(WHOLE):
        parts.sections.append(("Items", [WHOLE]))
    if parts.items_words:
        reader.opening(parts.items_words, parts.items_line)
    for element in parts.items:
        reader.read(element)
    entry = Entry(
        id=raw.id,
        root=root.freeze(),
        category=raw.id[0],
        group=raw.id[1],
        reasons=reasons(parts),
        requirements=tuple(parts.requirements),
        sections=tuple((title, "\n".join(texts)) for title, texts in parts.sections),
    )
    return entry, reader.problems, reader.notes
