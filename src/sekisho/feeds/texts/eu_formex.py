"""Annex I in Formex 4, the XML of the EU Official Journal: numbered paragraphs (NP) nested in lists and tables.

The nesting gives the columns that the outline builder needs; headings of notes and entry codes are told by their words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from sekisho.feeds.texts.eu_outline import Line
from sekisho.feeds.texts.xml_safe import line_of, parse_xml
from sekisho.model.problem import BadInput, Problem

_COLUMN = 7
_ENTRY = re.compile(r"^(?P<code>\d[A-E]\d{3})(?:\s+(?P<text>.*))?$", re.DOTALL)
_CATEGORY = re.compile(r"^(?:PART [IVX]+\s*[-–—]?\s*)?CATEGORY\s+(?P<category>\d)\b", re.IGNORECASE)
_GROUP = re.compile(r"^(?P<group>\d[A-E]\d?)\s+[A-Z]")
_NOTE = re.compile(
    r"^(?P<label>Technical Notes?(?: \d+| to [\w. ]{1,40})?\s*:?|Notes?(?: \d+)?\s*:|"
    r"N\.?\s?B\.?\s?\d*\.?:?|Nota bene\s*:?)"
    r"(?:\s+(?P<text>.*))?$",
    re.DOTALL,
)
_LABEL = re.compile(r"^\(?(?P<label>[a-z]{1,2}|\d{1,3})[.)]+$")
_STRUCTURE = {"GR.SEQ", "CONTENTS", "ANNEX", "DIV", "ENUMERATION", "PARAG", "TITLE", "TI", "STI", "P", "ALINEA", "TXT"}
_LISTS = {"LIST", "ITEM", "NP", "DLIST", "TBL", "CORPUS", "ROW", "CELL", "GR.NOTES", "GR.ANNOTATION", "ANNOTATION"}
_BLOCKS = _STRUCTURE | _LISTS
_SILENT = {"BIB.INSTANCE", "NOTE", "TOC", "IE", "INCL.ELEMENT"}
_ROOTS = {"ANNEX", "CONS.ANNEX", "ACT", "CONS.ACT", "GENERAL", "DOC"}


def formex_lines(data: bytes, where: str) -> Iterator[Line]:
    """Cut the annex into lines; everything before category 0 is passed over."""
    root = parse_xml(data, where)
    if root.tag not in _ROOTS and not any(element.tag == "NP" for element in root.iter()):
        says = f"this XML (<{root.tag}>) is no Formex annex"
        raise BadInput([Problem("text.not-this-list", where, says, "take Annex I as Formex from EUR-Lex")])
    begun = False
    for line in _walk(root, 0):
        begun = begun or (line.kind == "chapter" and line.label == "0") or line.kind == "entry"
        if begun:
            yield line


def _walk(element: Element, depth: int) -> Iterator[Line]:
    if element.tag in _SILENT:
        return
    if element.tag == "NP":
        yield from _numbered(element, depth)
    elif element.tag == "ROW":
        yield from _row(element, depth)
    elif any(child.tag in _BLOCKS for child in element):
        before = _words_of(element.text)
        if before:
            yield from _text(before, depth, line_of(element))
        inner = depth + 1 if element.tag in ("ITEM",) and not _has_number(element) else depth
        for child in element:
            yield from _walk(child, inner)
            after = _words_of(child.tail)
            if after:
                yield from _text(after, depth, line_of(child))
    else:
        words = _inline(element)
        if words:
            yield from _text(words, depth, line_of(element))


def _numbered(element: Element, depth: int) -> Iterator[Line]:
    """A numbered paragraph: NO.P, TXT, then what hangs below it."""
    number = element.find("NO.P")
    label = _inline(number) if number is not None else ""
    text = element.find("TXT")
    words = _inline(text) if text is not None else ""
    below = [child for child in element if child is not number and child is not text]
    if entry := _ENTRY.match(label):
        yield Line("entry", entry["code"], words, 0, line_of(element))
        depth = 0
    elif found := _LABEL.match(label):
        yield Line("number", found["label"], words, depth * _COLUMN + _COLUMN, line_of(element))
    elif note := _NOTE.match(f"{label} {words}".strip()):
        yield Line("note", note["label"], note["text"] or "", depth * _COLUMN + _COLUMN, line_of(element))
    else:
        yield Line("words", "", f"{label} {words}".strip(), depth * _COLUMN + _COLUMN, line_of(element))
    for child in below:
        yield from _walk(child, depth + 1)


def _row(element: Element, depth: int) -> Iterator[Line]:
    """A table row: a code in the first cell opens an entry, a number a paragraph, the last cell holds the words."""
    cells = [cell for cell in element if cell.tag == "CELL"]
    filled = [cell for cell in cells if _inline(cell)]
    first = _inline(filled[0]) if filled else ""
    entry, number = _ENTRY.fullmatch(first), _LABEL.match(first)
    if len(filled) > 1 and (entry or number):
        column = cells.index(filled[0]) * _COLUMN
        parts = [line for cell in filled[1:] for line in _walk(cell, depth)]
        words = parts.pop(0).text if parts and parts[0].kind == "words" else ""
        if entry:
            yield Line("entry", entry["code"], words, 0, line_of(element))
        elif number:
            yield Line("number", number["label"], words, column, line_of(element))
        yield from parts
    else:
        for cell in cells:
            yield from _walk(cell, depth)


def _text(words: str, depth: int, line: int) -> Iterator[Line]:
    column = depth * _COLUMN + _COLUMN
    if found := _CATEGORY.match(words):
        yield Line("chapter", found["category"], words, 0, line)
    elif found := _ENTRY.match(words):
        yield Line("entry", found["code"], found["text"] or "", 0, line)
    elif found := _GROUP.match(words):
        yield Line("chapter", found["group"], words, 0, line)
    elif found := _NOTE.match(words):
        yield Line("note", found["label"], found["text"] or "", column, line)
    else:
        yield Line("words", "", words, column, line)


def _has_number(element: Element) -> bool:
    return any(child.tag == "NP" for child in element)


def _inline(element: Element | None) -> str:
    return "" if element is None else _words_of(_gather(element))


def _gather(element: Element) -> str:
    if element.tag in _SILENT:
        return ""
    out = element.text or ""
    for child in element:
        inner = _gather(child)
        if child.tag == "HT" and (child.get("TYPE") or "").upper() == "SUP":
            out = f"{out.rstrip()}^{inner.strip()}"
        elif child.tag == "HT" and (child.get("TYPE") or "").upper() == "SUB":
            out = out.rstrip() + inner.strip()
        elif child.tag in ("QUOT.START", "QUOT.END"):
            out += _quote(child)
        elif child.tag in _BLOCKS:
            out += f" {inner} "
        else:
            out += inner
        out += child.tail or ""
    return out


def _quote(element: Element) -> str:
    try:
        return chr(int(element.get("CODE") or "22", 16))
    except ValueError:
        return '"'


def _words_of(text: str | None) -> str:
    return " ".join((text or "").split())
