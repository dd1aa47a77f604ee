"""A Japanese law as both renditions carry it: articles, paragraphs, items in items, and tables.

The Markdown reader and the e-Gov XML reader make these values; ``jp_lists`` makes control lists out of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from sekisho.classify.kanji import NUMERAL, branched, kanji

_DELETED = re.compile(rf"(?P<first>{NUMERAL})(?:及び|から)(?P<last>{NUMERAL})(?:まで)?")


@dataclass(slots=True)
class Clause:
    """A numbered piece of text with what is below it; ``label`` as printed ("十の二", "イ", "（一）", "１", "")."""

    label: str
    text: str
    line: int = 0
    children: list[Clause] = field(default_factory=list)

    def last(self) -> Clause:
        """The piece that was read last in this subtree."""
        return self.children[-1].last() if self.children else self


@dataclass(slots=True)
class Article:
    """An article: ``label`` "第二条の二", and its paragraphs (項) in order."""

    label: str
    caption: str = ""
    line: int = 0
    paragraphs: list[Clause] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """A table of the law: ``title`` "別表第一", rows of cells."""

    title: str
    line: int = 0
    rows: list[list[Clause]] = field(default_factory=list)


@dataclass(slots=True)
class LawText:
    """A whole law in one edition: main provisions and tables, without supplementary provisions (附則)."""

    law_id: str
    title: str
    version: date | None = None
    articles: list[Article] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)


def deleted_labels(label: str) -> list[str]:
    """The labels of a deleted run ("七から十まで" is 七, 八, 九, 十); the label itself when it is a single one."""
    found = _DELETED.fullmatch(label)
    first, last = (branched(found["first"]), branched(found["last"])) if found else (None, None)
    if not first or not last or not (first + last).isdigit():
        return [label]
    return [kanji(number) for number in range(int(first), int(last) + 1)]
