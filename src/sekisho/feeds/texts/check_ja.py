"""Whether a Japanese text arrived whole: numbering without gaps, promised items present, parentheses closed."""

from __future__ import annotations

from collections.abc import Iterator

from sekisho.classify.kanji import branched
from sekisho.classify.steps import may_follow
from sekisho.classify.tree import ControlList, Node
from sekisho.classify.wording_ja import announced, announces, balanced
from sekisho.model.problem import Problem

_HINT = "the text was cut or damaged; take it from e-Gov again"


def check(read: ControlList, where: str, *, at_least: float) -> list[Problem]:
    """Give every sign that the text is not whole; ``at_least`` is the share of references that must resolve."""
    found = [problem for entry in read.entries for node in entry.walk() for problem in _node(node, where)]
    found += _entries(read, where)
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


def _node(node: Node, where: str) -> Iterator[Problem]:
    at = f"{where}:{node.line} {node.path}"
    if not balanced(node.text):
        yield Problem("text.tail-lost", at, f"a parenthesis of {node.path} does not close", _HINT)
    if not node.text and not node.children and not node.notes:
        yield Problem("text.tail-lost", at, f"{node.path} has no words", _HINT)
    if (announces(node.text) or announced(node.text)) and not node.children and not node.notes:
        says = f"{node.path} announces items ('…{node.text[-30:]}') and none come"
        yield Problem("text.tail-lost", at, says, _HINT)
    before = ""
    for child in node.children:
        if not may_follow(before, child.own):
            says = (
                f"{child.path} cannot follow {node.path}{before}" if before else f"{node.path} begins with {child.path}"
            )
            yield Problem("text.gap", at, says, _HINT)
        before = child.own
    named = announced(node.text)
    if named and node.children:
        owns = {_even(child.own) for child in node.children}
        for label in named:
            if _even(label) not in owns and _kind(label) == _kind(node.children[0].own):
                says = f"{node.path} names {label} ('…{node.text[-30:]}') and there is no such item below"
                yield Problem("text.tail-lost", at, says, _HINT)


def _entries(read: ControlList, where: str) -> Iterator[Problem]:
    before = ""
    for entry in read.entries:
        if not may_follow(before, entry.id):
            says = f"{entry.id} cannot follow {before or 'the beginning'}"
            yield Problem("text.gap", f"{where}:{entry.root.line} {entry.id}", says, _HINT)
        before = entry.id


def _even(label: str) -> str:
    inner = label.strip("（）()")
    return branched(inner) or inner


def _kind(label: str) -> str:
    if label[0] in "（(":
        return "round"
    return "kana" if "ァ" <= label[0] <= "ヶ" else "number"
