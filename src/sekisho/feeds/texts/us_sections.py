"""One entry of the US list cut into its printed parts: requirements, exceptions, related controls, items."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from sekisho.classify.tree import Requirement
from sekisho.feeds.texts.us_inline import words
from sekisho.feeds.texts.xml_safe import line_of

_TITLES = (
    (r"Reasons? for Control", "Reason for Control"),
    (r"Controls?(?:\(s\))?", "Controls"),
    (r"ECCN Controls", "ECCN Controls"),
    (r"Country Chart\.?", "Country Chart"),
    (r"License Requirements? Notes?", "License Requirement Notes"),
    (r"License Exceptions? Note", "License Exception Note"),
    (r"License Requirements", "License Requirements"),
    (r"(?:Special )?Reporting(?: Requirements)?", "Reporting Requirements"),
    (r"List Based License Exceptions?.*|License Exceptions?", "License Exceptions"),
    (r"Special Conditions for .{0,40}STA\)?", "Special Conditions for STA"),
    (r"(LVS|GBS|TSR|STA|IEC|AIA|ACM|NAC/ACA|LPP|ACE|APP|ENC|HBM|CIV|TMP|RPL)", ""),
    (r"List of Items Controlled", "List of Items Controlled"),
    (r"Related Controls?", "Related Controls"),
    (r"Related Definitions?", "Related Definitions"),
    (r"Items", "Items"),
)
_TITLE = re.compile("|".join(f"(?P<t{n}>{pattern})" for n, (pattern, _) in enumerate(_TITLES)), re.IGNORECASE)
_OPENS = re.compile(r"a\.\s")
_ROW = re.compile(r"^(?P<reason>[A-Z]{2}(?:\s*(?:,|and|&)\s*[A-Z]{2})*)\s+(?P<scope>appl\w+\s.*)$")


@dataclass(slots=True)
class Parts:
    """The printed parts of one entry, in order; ``items`` are the elements under "Items:"."""

    sections: list[tuple[str, list[str]]] = field(default_factory=list)
    requirements: list[Requirement] = field(default_factory=list)
    notes: list[Element] = field(default_factory=list)
    items: list[Element] = field(default_factory=list)
    items_words: str = ""
    items_line: int = 0
    has_items: bool = False


def cut(elements: list[Element]) -> Parts:
    """Sort the elements after an entry's heading into its parts."""
    parts = Parts()
    printed = any(_title(element)[0] == "Items" for element in elements)
    for element in elements:
        if parts.has_items:
            parts.items.append(element)
            continue
        title, rest = _title(element)
        if title == "Items" or (title == "List of Items Controlled" and _OPENS.match(rest)):
            parts.has_items = True
            parts.items_words, parts.items_line = rest, line_of(element)
        elif not title and not printed and element.tag == "P" and _listing(parts) and _OPENS.match(words(element)):
            parts.has_items = True  # 5A001 and 9C610 go from "Related Controls" to paragraph a. without "Items:"
            parts.items.append(element)
        elif title:
            parts.sections.append((title, [rest] if rest else []))
        elif element.tag == "DIV":
            rows = table_rows(element)
            parts.requirements += _requirements(rows)
            _add(parts, "\n".join(" | ".join(row) for row in rows))
        elif element.tag == "NOTE":
            parts.notes.append(element)
        else:
            _add(parts, words(element))
    return parts


def table_rows(element: Element) -> list[list[str]]:
    """The rows of a printed table as lists of cell words."""
    rows = [[words(cell) for cell in row if cell.tag in {"TD", "TH"}] for row in element.iter("TR")]
    return [row for row in rows if any(row)]


def reasons(parts: Parts) -> tuple[str, ...]:
    """The codes of the line "Reason for Control", in the order printed; "" parts are left out."""
    line = " ".join(text for title, texts in parts.sections if title == "Reason for Control" for text in texts)
    return tuple(dict.fromkeys(re.findall(r"\b[A-Z]{2}\b", line)))


def _listing(parts: Parts) -> bool:
    return any(title == "List of Items Controlled" for title, _ in parts.sections)


def _add(parts: Parts, text: str) -> None:
    if not parts.sections:
        parts.sections.append(("", []))
    if text:
        parts.sections[-1][1].append(text)


def _title(element: Element) -> tuple[str, str]:
    if element.tag not in {"FP", "FP-1", "FP-2", "P", "HD1"}:
        return "", ""
    text = words(element)
    found = _TITLE.match(text)
    if found is None:
        return "", ""
    rest = text[found.end() :]
    marked = len(element) > 0 and not (element.text or "").strip() and element[0].tag in {"I", "E", "B"}
    if rest[:1] != ":" and rest.strip() and not (marked and words(element[0]).rstrip(":. ") == found[0].rstrip(":. ")):
        return "", ""
    number = next(n for n in range(len(_TITLES)) if found[f"t{n}"] is not None)
    return _TITLES[number][1] or found[0].upper(), rest.lstrip(": ").strip()


def _requirements(rows: list[list[str]]) -> list[Requirement]:
    found = []
    for row in rows:
        match = _ROW.match(row[0])
        if match:
            found.append(Requirement(match["reason"], match["scope"], " ".join(row[1:]).strip(" .")))
    return found
