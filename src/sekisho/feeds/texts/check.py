"""Whether a text arrived whole: gaps in the numbering, announced lists that are empty, references that lead nowhere.

Every official text that was read so far passes with no finding but the publisher's own faults, which are named here;
a text that was cut, thinned or mangled does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sekisho.classify.steps import next_step
from sekisho.classify.tree import ControlList, Entry, Node
from sekisho.classify.wording import tail_word
from sekisho.model.problem import Problem

_HINT = "the text was cut or damaged; take it from the publisher again"
_ANNOUNCES = re.compile(r"(?:\bfollowing\b[^.;,]{0,30}|\bas follows)\s*:\s*$", re.IGNORECASE)


def check(read: ControlList, where: str, *, at_least: float = 0.0, gaps: frozenset[str] = frozenset()) -> list[Problem]:
    """Give every sign that the text is not whole.

    ``at_least`` is the share of internal references that must resolve; ``gaps`` names paragraphs that the publisher
    left out of the numbering himself.
    """
    found = [problem for entry in (*read.entries, *read.annexes) for problem in _entry(entry, where, gaps)]
    found += _twice(read.entries, where)
    if read.report.resolved_share < at_least:
        says = (
            f"{len(read.report.unresolved)} of {read.report.references} internal references lead nowhere "
            f"({read.report.resolved_share:.2%} resolve, {at_least:.1%} must)"
        )
        found.append(Problem("text.references", where, says, _HINT))
        found += [
            Problem(
                "text.reference", f"{where} {one.source}", f"'{one.words}' leads to no paragraph {one.target}", _HINT
            )
            for one in read.report.unresolved
        ]
    return found


def _twice(entries: Iterable[Entry], where: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for entry in entries:
        if entry.id in seen:
            at = f"{where}:{entry.root.line} {entry.id}"
            yield Problem("text.entry-twice", at, f"entry {entry.id} is there twice", _HINT)
        seen.add(entry.id)


def _entry(entry: Entry, where: str, gaps: frozenset[str]) -> Iterator[Problem]:
    for node in entry.walk():
        at = f"{where}:{node.line} {node.path}"
        listed = node.children or any(note.kind in ("table", "text") for note in node.notes)
        if not listed and _ANNOUNCES.search(node.text):
            says = f"{node.path} announces a list ('…{node.text[-40:]}') and none comes"
            yield Problem("text.tail-lost", at, says, _HINT)
        yield from _gaps(node, where, gaps)
    last = entry.root
    while last.children:
        last = last.children[-1]
    if last is not entry.root and tail_word(last.text):
        says = f"the last paragraph of {entry.id} ends in '{tail_word(last.text)}', so another should follow"
        yield Problem("text.tail-lost", f"{where}:{last.line} {last.path}", says, _HINT)
    whole = entry.root.children or entry.section("Items") or any(note.label == "Items" for note in entry.root.notes)
    if not whole and (entry.section("Reason for Control") or "(see List of Items Controlled" in entry.root.text):
        says = f"{entry.id} has reasons for control or points to a list of items, and no items follow"
        yield Problem("text.tail-lost", f"{where}:{entry.root.line} {entry.id}", says, _HINT)


def _gaps(node: Node, where: str, gaps: frozenset[str]) -> Iterator[Problem]:
    before = ""
    for child in node.children:
        expected = next_step(before) if before else {True: "1", False: "a"}[child.own.isdigit()]
        missing = f"{node.path}.{expected}"
        if expected and child.own != expected and missing not in gaps and not child.path.endswith(".z"):
            says = f"after {f'{node.path}.{before}' if before else node.path} comes {child.path}; {missing} is missing"
            yield Problem("text.gap", f"{where}:{child.line} {child.path}", says, _HINT)
        before = child.own
