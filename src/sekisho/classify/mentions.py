"""Mentions of paragraphs in the words of an English list: "3A001.b.2 or b.3", ".a of this entry", "paragraph a.1".

A mention is what is printed; whether the paragraph exists is decided against a list in ``classify.references``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_STEP = r"(?:\d{1,3}|[a-z]{1,2}|i{2,3}|iv|vi{1,3}|ix|xi{1,3})(?![a-zA-Z0-9])"
_STEPS = rf"(?:\.(?!n\.e\.s){_STEP}|\.\s(?=[a-z]\.\d){_STEP}|\({_STEP}\))"
_FULL = re.compile(rf"(?<![\w.])(?P<entry>\d[A-E][0-9Y]\d\d)(?P<steps>{_STEPS}*)")
_COMPACT = re.compile(r"(?<![\w.])(?P<entry>\d[A-E][0-9Y]\d\d)(?P<steps>[a-z](?:\.?\d+\.?[a-z]?)*(?:\.\d+)?)(?![\w])")
_JOINER = re.compile(
    r"\.?[ ]*(?:,[ ]*(?:and|or|and/or|to|through)|,|;|\band/or\b|\band\b|\bor\b|\bto\b|\bthrough\b|[-–])[ ]*"
)
_NEXT = re.compile(rf"(?!n\.e\.s)(?:\.{_STEP}(?:\.{_STEP})*|[a-z](?:\.{_STEP})+)(?![\w])")
_NOT_OWN = re.compile(r"\.?\s*(?:of Note\b|above\b|paragraphs?\b|ECCNs?\b)")  # steps of a note, or every .z at once
_PARAGRAPH = re.compile(rf"\b(?:sub)?(?:paragraphs?|items?)\s+(?P<steps>\.?[a-z](?:\.{_STEP})*)\.?(?![\w(])")
_OWN = re.compile(rf"(?<![\w.])(?P<steps>\.[a-z](?:\.{_STEP})*)(?![\w(])")


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention: the words as printed and the paths it can mean, the likeliest first."""

    words: str
    candidates: tuple[str, ...]
    at: int


def mentions(text: str, entry: str = "") -> Iterator[Mention]:
    """Find every mention in ``text``; ``entry`` is the entry that relative mentions (".a") belong to."""
    taken: list[tuple[int, int]] = []
    for found in _FULL.finditer(text):
        if _inside(found.start(), taken):
            continue
        base = [found["entry"], *_steps(found["steps"])]
        if len(base) == 1 and (compact := _COMPACT.match(text, found.start())):
            base = [compact["entry"], *re.findall(r"[a-z]+|\d+", compact["steps"])]
            found = compact
        yield Mention(found[0].strip(), (".".join(base),), found.start())
        more, end = _continued(text, found.end(), base)
        yield from more
        taken.append((found.start(), end))
    for pattern in (_PARAGRAPH, _OWN) if entry else ():
        for found in pattern.finditer(text):
            if _inside(found.start("steps"), taken) or _NOT_OWN.match(text, found.end("steps")):
                continue
            base = [entry, *_steps(found["steps"])]
            yield Mention(found[0].strip(), (".".join(base),), found.start())
            more, end = _continued(text, found.end("steps"), base)
            yield from more
            taken.append((found.start("steps"), end))


def _inside(at: int, taken: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in taken)


def _continued(text: str, end: int, base: list[str]) -> tuple[list[Mention], int]:
    """The mentions that go on from one before ("3A001.b.2, b.3 or .c"), and where they end."""
    out = []
    while (joiner := _JOINER.match(text, end)) and (found := _NEXT.match(text, joiner.end())):
        end = found.end()
        out.append(Mention(found[0], _relative(base, _steps(found[0])), found.start()))
    return out, end


def _relative(base: list[str], steps: list[str]) -> tuple[str, ...]:
    """Paths that ``steps`` can mean after ``base``: from the entry down, or in place of the end of ``base``."""
    entry, *before = base
    ways = [[entry, *steps]] if steps[0].isalpha() else []
    for depth in range(len(before) - 1, -1, -1):
        if before[depth].isdigit() == steps[0].isdigit() and (depth > 0 or steps[0].isdigit()):
            ways.append([entry, *before[:depth], *steps])
    if not ways:
        ways.append([entry, *before, *steps])
    return tuple(dict.fromkeys(".".join(way) for way in ways))


def _steps(text: str) -> list[str]:
    return re.findall(r"[a-z]+|\d+", text)
