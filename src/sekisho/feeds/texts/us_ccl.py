"""The US Commerce Control List: Supplement No. 1 to 15 CFR part 774, as the eCFR publishes it in XML."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

from sekisho.classify.references import references
from sekisho.classify.tree import ControlList, Entry, Note, ReadingReport
from sekisho.feeds.texts.draft import Draft, DraftNote
from sekisho.feeds.texts.us_inline import words
from sekisho.feeds.texts.us_items import ItemsReader
from sekisho.feeds.texts.us_notes import hang, notes_of
from sekisho.feeds.texts.us_sections import cut, reasons
from sekisho.feeds.texts.xml_safe import line_of, parse_xml
from sekisho.model.problem import BadInput, Problem

LIST_ID = "us-ccl"
_HEADING = re.compile(r"^(?P<id>\d[A-E][0-9Y]\d\d)\b[\s.]*(?P<text>.*)$", re.DOTALL)


@dataclass(slots=True)
class _Raw:
    id: str
    heading: str
    line: int
    elements: list[Element] = field(default_factory=list)


def read_us_ccl(source: bytes | Path, version: date | None = None) -> ControlList:
    """Read the list; ``version`` is the day of the text (the eCFR does not print it in the file).

    Raises ``BadInput`` with every problem and its line when the file is no such list or was damaged.
    """
    data, where = (source, "us-ccl") if isinstance(source, bytes) else (source.read_bytes(), source.name)
    root = parse_xml(data, where)
    supplement = _supplement(root, where)
    raws, preface = _cut_entries(supplement)
    problems: list[Problem] = []
    entries, notes = [], 0
    for raw in raws:
        entry, found, count = _entry(raw, where)
        entries.append(entry)
        problems += found
        notes += count
    if problems:
        raise BadInput(problems)
    followed = references(entries)
    report = ReadingReport(
        entries=len(entries),
        nodes=len({(node.line, node.label) for entry in entries for node in entry.walk()}),
        notes=notes,
        references=len(followed),
        unresolved=tuple(one for one in followed if not one.resolved),
    )
    return ControlList(
        LIST_ID, version, hashlib.sha256(data).hexdigest(), tuple(entries), (), preface, followed, report
    )


def _supplement(root: Element, where: str) -> Element:
    for element in root.iter():
        if element.tag == "DIV9" and "Supplement No. 1 to Part 774" in (element.get("N") or ""):
            return element
    says = "there is no Supplement No. 1 to Part 774 in this file"
    hint = "take title 15, part 774, appendix 'Supplement No. 1 to Part 774' as XML from the eCFR"
    raise BadInput([Problem("text.not-this-list", where, says, hint)])


def _cut_entries(supplement: Element) -> tuple[list[_Raw], tuple[Note, ...]]:
    raws: list[_Raw] = []
    here: _Raw | None = None
    for element in supplement:
        text = words(element)
        bold = len(element) > 0 and element[0].tag == "B" and not (element.text or "").strip()
        if element.tag in {"FP-2", "FP-1"} and bold and (found := _HEADING.match(text)):
            here = _Raw(found["id"], found["text"], line_of(element))
            raws.append(here)
        elif text.startswith("EAR99") or (element.tag == "HD1" and re.match(r"(Category|Annex|Part) ", text)):
            here = None
        elif element.tag == "HD1" and re.match(r"[A-E]\. ", text):
            here = None
        elif here is not None:
            here.elements.append(element)
    return raws, ()


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
