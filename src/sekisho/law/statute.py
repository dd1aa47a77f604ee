"""The text of a Japanese law as a reader keeps it (Markdown), by place: 第四条第一項第五号, 附則第三項, 別表第三.

It serves to find the words that a rule is bound to. Nothing of the text is kept in a pack.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sekisho.law.numerals import number

_N = "[0-9〇一二三四五六七八九十百]+"
_BRANCHED = rf"{_N}(?:の{_N})*"
_WIDE = "[０-９]+(?:の[０-９]+)*"
_ARTICLE = re.compile(rf"^\*\*第(?P<number>{_N})条(?P<branch>(?:の{_N})*)(?:\([^)]*\))?\*\*\s*(?P<text>.*)$")
_PARAGRAPH = re.compile(r"^\*\*(?P<number>[0-9]+)\*\*\s*(?P<text>.*)$")
_TABLE = re.compile(rf"^\*\*別表(?:第(?P<number>{_BRANCHED}))?\*\*$")
_ITEM = re.compile(
    rf"^(?P<indent> *)- (?:(?P<label>{_BRANCHED}|{_WIDE}|[ァ-ヶ]|（(?:{_BRANCHED}|{_WIDE})）)　)?(?P<text>.*)$"
)
_CELL_PART = re.compile(rf"（({_BRANCHED})）　")
_STEP = re.compile(
    rf"(?P<table>別表(?:第(?P<table_n>{_N}(?:の{_N}(?!{_N}|の項))*)(?!{_N}|号))?)|(?P<suppl>附則)"
    rf"|第(?P<article>{_N})条(?P<article_b>(?:の{_N})*)|第(?P<paragraph>{_N})項"
    rf"|第(?P<item>{_N})号(?P<item_b>(?:の{_N})*)|の?(?P<row>{_BRANCHED})の項"
    rf"|\((?P<label>{_BRANCHED})\)|(?P<kana>[ァ-ヶ])|(?P<bare>{_BRANCHED})|[ 、]+"
)

_HEADING = re.compile(r"^#{1,6}\s+(?P<title>.*[A-Za-z].*)$")

Place = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Provision:
    """One line of a law. ``path`` is its place in plain form: ``("a4", "p1", "i5", "イ")``."""

    path: Place
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Statute:
    """A law's text; ``edition`` and ``promulgated`` are what its head says."""

    id: str
    title: str
    edition: date | None
    promulgated: date | None
    provisions: tuple[Provision, ...]

    def at(self, place: str) -> tuple[Provision, ...]:
        """Give the lines at ``place`` and below it; an empty place is the whole text. None found: an empty tuple.

        Numbers may be written 第四条 or 第4条; a paragraph that is the only or first one may be left out.
        """
        wanted = path_of(place)
        return self._under_heading(place) if wanted is None else self.below(wanted)

    def below(self, wanted: Place) -> tuple[Provision, ...]:
        """Give the lines at a place in plain form and below it. ``i2`` of a table may be its second row."""
        found = tuple(one for one in self.provisions if _lies_at(one.path, wanted))
        if not found and wanted and wanted[0].startswith("t") and wanted[-1].startswith("i"):
            row = (*wanted[:-1], f"r{wanted[-1][1:]}")
            found = tuple(one for one in self.provisions if _lies_at(one.path, row))
        return found

    def _under_heading(self, place: str) -> tuple[Provision, ...]:
        """In a text with headings in Latin letters the place is the beginning of a heading: ``Article 5``."""
        wanted = re.compile(rf"^#{re.escape(_title(place))}(?![a-z0-9-])")
        return tuple(one for one in self.provisions if one.path and wanted.match(one.path[0]))

    def table(self, place: str) -> dict[str, tuple[str, ...]]:
        """Give the rows of a table by their number (``3-2``), each with its cells."""
        wanted = path_of(place)
        rows: dict[str, tuple[str, ...]] = {}
        for one in self.provisions:
            if wanted and len(one.path) == len(wanted) + 1 and one.path[: len(wanted)] == wanted:
                last = one.path[-1]
                if last.startswith("r"):
                    rows[last[1:]] = tuple(cell.strip() for cell in one.text.split("|"))
        return rows


def cell_parts(cell: str) -> dict[str, str]:
    """Split a cell into its numbered parts: 「（一）　…（一の二）　…」 gives ``{"1": ..., "1-2": ...}``."""
    pieces = _CELL_PART.split(cell)
    return {_plain(label): words.strip() for label, words in zip(pieces[1::2], pieces[2::2], strict=True)}


def joined(provisions: Iterable[Provision]) -> str:
    """The words of several lines in one string."""
    return "\n".join(one.text for one in provisions)


def plain_words(text: str) -> str:
    """Words in the form in which they are compared: one width, no spaces."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def path_of(place: str) -> Place | None:
    """Read a place in a law; None when it is not written as one. A lone 一 or イ is an item."""
    plain = unicodedata.normalize("NFKC", place).strip()
    path: list[str] = []
    at = 0
    while at < len(plain):
        found = _STEP.match(plain, at)
        if found is None or found.end() == at:
            return None
        at = found.end()
        step = _step(found)
        if step:
            path.append(step)
    return tuple(path)


def _title(words: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", words).casefold().split())


def _step(found: re.Match[str]) -> str:
    if found["table"]:
        return "t" + (_plain(found["table_n"]) if found["table_n"] else "")
    if found["suppl"]:
        return "s"
    for key, letter in (("article", "a"), ("paragraph", "p"), ("item", "i")):
        if found[key]:
            branch = found[f"{key}_b"] if key != "paragraph" else ""
            return letter + _plain(found[key] + (branch or ""))
    if found["row"]:
        return "r" + _plain(found["row"])
    if found["label"]:
        return f"({_plain(found['label'])})"
    if found["kana"]:
        return found["kana"]
    return "i" + _plain(found["bare"]) if found["bare"] else ""


def _plain(numeral: str) -> str:
    """三十五の二 is ``35-2``."""
    parts = [number(part) for part in numeral.split("の")]
    return "-".join("?" if part is None else str(int(part)) for part in parts)


def _lies_at(path: Place, wanted: Place) -> bool:
    """Whether ``path`` is ``wanted`` or below; first paragraphs may be left out, and any 附則 will do."""
    steps = list(path)
    for step in wanted:
        if steps and steps[0] == "p1" and step != "p1":
            steps.pop(0)
        if not steps or steps.pop(0) != step:
            return False
    return True


def read_statute(text_id: str, markdown: str) -> Statute:
    """Read a law in the Markdown rendition: front matter, articles, items by indent, 附則, tables."""
    head, body_at = _front_matter(markdown)
    reading = _Reading()
    for line, words in enumerate(markdown.splitlines(), 1):
        if line > body_at:
            reading.take(words.rstrip(), line)
    return Statute(
        text_id,
        head.get("title", ""),
        _iso(head.get("last_updated")),
        _iso(head.get("publication_date")),
        tuple(reading.provisions),
    )


def _front_matter(markdown: str) -> tuple[dict[str, str], int]:
    lines = markdown.splitlines()
    if not lines or lines[0].strip() != "---":
        return {}, 0
    head: dict[str, str] = {}
    for line, words in enumerate(lines[1:], 2):
        if words.strip() == "---":
            return head, line
        key, _, value = words.strip().partition(":")
        head.setdefault(key, value.strip().strip('"'))
    return {}, 0


def _iso(written: str | None) -> date | None:
    try:
        return date.fromisoformat(written or "")
    except ValueError:
        return None


class _Reading:
    """Goes through the lines with the place it is at."""

    def __init__(self) -> None:
        self.provisions: list[Provision] = []
        self.part: Place = ()  # () main text, ("s",) supplementary, ("t3",) a table
        self.unit: Place = ()  # article and paragraph
        self.items: list[str] = []

    def take(self, words: str, line: int) -> None:
        marked = unicodedata.normalize("NFKC", words) if words.startswith("**") else words
        if heading := _HEADING.match(words):
            self.part, self.unit, self.items = (f"#{_title(heading['title'])}",), (), []
            return
        if not words.strip() or words.startswith("### "):
            return
        if words.startswith("## "):
            self.part, self.unit, self.items = (("s",) if "附則" in words else ()), (), []
        elif found := _TABLE.match(marked):
            self.part = ("t" + (_plain(found["number"]) if found["number"] else ""),)
            self.unit, self.items = (), []
        elif found := _ARTICLE.match(marked):
            self.unit, self.items = ("a" + _plain(found["number"] + found["branch"]), "p1"), []
            self._add((), words.split("**", 2)[2], line)
        elif found := _PARAGRAPH.match(marked):
            self.unit, self.items = (*self.unit[:-1], f"p{int(found['number'])}"), []
            if not self.unit[:-1]:
                self.unit = (f"p{int(found['number'])}",)
            self._add((), words.split("**", 2)[2], line)
        elif words.startswith("|"):
            self._row(words, line)
        elif found := _ITEM.match(words):
            self._item(found, line)
        else:
            self._add(tuple(self.items), words, line)

    def _add(self, below: Place, text: str, line: int) -> None:
        self.provisions.append(Provision((*self.part, *self.unit, *below), text.strip("　 "), line))

    def _item(self, found: re.Match[str], line: int) -> None:
        depth, label = len(found["indent"]) // 2, found["label"]
        self.items = self.items[:depth]
        if label:
            self.items.append(_label(label))
        self._add(tuple(self.items), found["text"], line)

    def _row(self, words: str, line: int) -> None:
        cells = [cell.strip() for cell in words.strip().strip("|").split("|")]
        if not re.fullmatch(_BRANCHED, cells[0]):
            self._add(tuple(self.items), " | ".join(cells), line)
            return
        row = f"r{_plain(cells[0])}"
        self._add((row,), " | ".join(cells[1:]), line)
        for cell in cells[1:]:
            for part, text in cell_parts(cell).items():
                self._add((row, f"({part})"), text, line)


def _label(label: str) -> str:
    if label.startswith(("(", "（")):
        return f"({_plain(label[1:-1])})"
    return label if re.fullmatch("[ァ-ヶ]", label) else "i" + _plain(label)
