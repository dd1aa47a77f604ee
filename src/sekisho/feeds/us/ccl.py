"""Take the Commerce Control List apart: eCFR XML of Supplement No. 1 to 15 CFR part 774, entry by entry.

Nothing is interpreted here. An entry keeps its requirement table as cells, the requirement paragraphs that stand in
prose, the lines of licence exceptions and its paragraphs, all as printed on one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sekisho.feeds.lists.opening import Source
from sekisho.feeds.lists.reading import clean
from sekisho.feeds.lists.xml_stream import Node, Records
from sekisho.model.problem import BadInput, Problem

ECCN = r"\d[A-E]\d{3}"
_HEADING = re.compile(rf"^({ECCN})\b")
_PARAGRAPH = re.compile(r"^([a-z](?:\.(?:\d{1,2}|[a-z]))*)\.?\s")
_FLAG = re.compile(
    r"^(LVS|GBS|TSR|APP|NAC/ACA|HBM|IEC|AIA|ACM|LPP|ENC|STA|Special conditions for STA):?\s*(.*)$", re.IGNORECASE
)
_AFTER_FLAGS = re.compile(r"^(List of Items|Related Controls?|Related Definitions?|Items:|Unit:)", re.IGNORECASE)


@dataclass
class Entry:
    """One entry. ``cells`` are the rows of its requirement table, ``prose`` the paragraphs that state requirements."""

    code: str
    heading: str
    reasons: str = ""
    cells: list[list[str]] = field(default_factory=list)
    prose: list[str] = field(default_factory=list)
    flags: dict[str, list[str]] = field(default_factory=dict)
    paragraphs: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)  # the first lines, to tell why an entry has no requirement
    listed: bool = False  # the list of items has begun


def read_entries(path: Path) -> list[Entry]:
    """Give every entry in the order of the list; BadInput when the file is none or a table has a new shape."""
    source = Source(path.name, path)
    problems: list[Problem] = []
    entries: list[Entry] = []
    for node in Records(source, frozenset({"DIV9"}), mixed=True):
        if not node.attrs.get("N", "").startswith("Supplement No. 1 to Part 774"):
            continue
        for element in node.children():
            _place(element, entries, problems, path.name)
    if not entries:
        hint = "it is the eCFR XML of title 15, part 774, Supplement No. 1"
        problems.append(Problem("ccl-form", path.name, "no entry of the Commerce Control List is in the file", hint))
    if problems:
        raise BadInput(problems)
    return entries


def _place(element: Node, entries: list[Entry], problems: list[Problem], name: str) -> None:
    """Add one element of the list to the entry that it belongs to."""
    text = clean(element.flat())
    heading = _HEADING.match(text) if element.tag in ("FP-1", "FP-2") else None
    if heading and _bold_heading(element, heading[1]):
        # Eight headings run on into the words "License Requirements"; what follows belongs to the entry all the same.
        entries.append(Entry(heading[1], re.sub(r"\s*License Requirements?\s*$", "", text)))
        return
    if not entries:
        return
    entry = entries[-1]
    tables = list(_tables(element))
    if tables:
        for table in tables:
            _table(table, entry, problems, name)
    elif element.tag in ("P", "FP", "FP-1", "FP-2"):
        _line(entry, text)
    elif element.tag == "NOTE":
        entry.notes.append(text)


def _bold_heading(element: Node, code: str) -> bool:
    return any(clean(bold.flat()).startswith(code) for bold in _all(element, "B"))


def _all(node: Node, tag: str) -> Iterator[Node]:
    for child in node.children():
        if child.tag == tag:
            yield child
        yield from _all(child, tag)


def _tables(element: Node) -> Iterator[Node]:
    if element.tag == "TABLE":
        yield element
    yield from _all(element, "TABLE")


def _table(table: Node, entry: Entry, problems: list[Problem], name: str) -> None:
    heads = [clean(head.flat()) for head in _all(table, "TH")]
    if not heads or not heads[0].startswith("Control(s)"):
        return  # a table of the entry's own technical matter, such as coating processes
    for row in _all(table, "TR"):
        cells = [clean(cell.flat()) for cell in row.children("TD")]
        while len(cells) > 2 and not cells[-1]:
            cells.pop()
        if len(cells) > 2:
            says = f"a requirement row has {len(cells)} cells: {' | '.join(cells)[:120]}"
            problems.append(Problem("ccl-table", f"{name} {entry.code}", says, "the table has a new shape"))
        elif cells:
            entry.cells.append(cells)


def _line(entry: Entry, text: str) -> None:
    if len(entry.body) < 6:
        entry.body.append(text)
    if re.match(r"Reasons? for Control", text):
        entry.reasons = text.partition(":")[2].strip()
        return
    flag = _FLAG.match(text)
    if flag and not entry.listed:
        entry.flags.setdefault(flag[1].upper(), []).append(flag[2])
        return
    if entry.flags and not entry.listed and not _AFTER_FLAGS.match(text):
        entry.flags[next(reversed(entry.flags))].append(text)
    entry.listed = entry.listed or _AFTER_FLAGS.match(text) is not None
    if _states_requirement(text) and not entry.flags:
        entry.prose.append(text)
    text = text.removeprefix("Items:").lstrip()
    paragraph = _PARAGRAPH.match(text)
    if paragraph and text[0].islower():
        # Where the text begins at a.1, paragraph a is there all the same.
        parts = paragraph[1].split(".")
        for number in range(1, len(parts) + 1):
            path = ".".join(parts[:number])
            if path not in entry.paragraphs:
                entry.paragraphs.append(path)


def _states_requirement(text: str) -> bool:
    return (
        re.match(r"^(?:Control(?:\(s\)|s)?:? ?|Country Chart\. ?)*[A-Z]{2}(?: and [A-Z]{2})? appl(?:y|ies) to", text)
        is not None
    )
