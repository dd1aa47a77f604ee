"""Cells of Japanese tables where numbered parts run on in one string: 「（一）　銃砲…（二）　爆発物…」.

A number opens a part when a full-width space follows it; a mention (「（三十一）に掲げるもの」) has none.
"""

from __future__ import annotations

import re

from sekisho.classify.kanji import NUMERAL
from sekisho.feeds.texts.jp_law import Clause

_PART = re.compile(rf"（(?P<outer>{NUMERAL})）　|(?P<inner>[０-９]+(?:の[０-９]+)*)　")


def cell(text: str, line: int) -> Clause:
    """Split one cell into its opening words and its numbered parts."""
    opening = _PART.split(text, maxsplit=1)[0] if _PART.search(text) else text
    root = Clause("", opening.strip(), line)
    marks = list(_PART.finditer(text))
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    for mark, end in zip(marks, ends, strict=False):
        words = text[mark.end() : end].strip()
        if mark["outer"]:
            root.children.append(Clause(f"（{mark['outer']}）", words, line))
        else:
            (root.children[-1] if root.children else root).children.append(Clause(mark["inner"], words, line))
    return root
