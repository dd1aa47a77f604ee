"""The EU list's outline: lines with a column become entries, paragraphs and notes.

The numbering alternates letters and digits level by level, so a number mostly has one possible place; where it has
several, the column decides. Notes carry lists of their own: while one is open, a number that continues its list and
stands in its column belongs to the note.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from sekisho.classify.mentions import mentions
from sekisho.classify.steps import next_step, rank
from sekisho.classify.tree import NoteKind
from sekisho.feeds.texts.draft import Draft, DraftNote
from sekisho.model.problem import Problem

LineKind = Literal["entry", "number", "note", "words", "continued", "chapter"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: ``label`` is the code, number or note heading at its beginning, ``column`` where it is."""

    kind: LineKind
    label: str
    text: str
    column: int
    line: int


@dataclass(slots=True)
class _Open:
    """A note that is open: where its heading stands and the lists inside it as (last number, column)."""

    note: DraftNote
    column: int
    plural: bool
    lists: list[tuple[str, int]] = field(default_factory=list)
    text: str = ""

    def takes(self, own: str, column: int) -> int | None:
        """The distance in columns at which the number goes on with a list of the note, None when it does not."""
        for last, at in reversed(self.lists):
            if next_step(last) == own and abs(column - at) <= 4:
                return abs(column - at)
        announced = self.text.rstrip().endswith(":") or (self.plural and not self.lists)
        if own in ("a", "1") and announced and column >= self.column - 2:
            return 0
        return None

    def add(self, own: str, column: int) -> None:
        """Remember the number."""
        while self.lists and not (next_step(self.lists[-1][0]) == own and abs(column - self.lists[-1][1]) <= 4):
            if own in ("a", "1") and column > self.lists[-1][1] - 3:
                break
            self.lists.pop()
        if self.lists and next_step(self.lists[-1][0]) == own:
            self.lists[-1] = (own, column)
        else:
            self.lists.append((own, column))


class Outline:
    """Builds entries out of lines; ``entries`` and ``problems`` are the result."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.entries: list[Draft] = []
        self.preface: list[DraftNote] = []
        self.problems: list[Problem] = []
        self.notes = 0
        self._columns: dict[str, int] = {}
        self._known: dict[str, Draft] = {}
        self._here: Draft | None = None
        self._open: _Open | None = None
        self._chapter = ""

    def take(self, line: Line) -> None:
        """Take the next line."""
        if line.kind == "chapter":
            self._chapter, self._here, self._open = line.label, None, None
            if line.text:
                self.preface.append(DraftNote("text", line.text, [], (line.label,)))
        elif line.kind == "entry":
            self._entry(line)
        elif line.kind == "note":
            self._note(line)
        elif line.kind == "number":
            self._number(line)
        elif line.kind == "words":
            self._words(line)

    def _entry(self, line: Line) -> None:
        if line.label in self._known:
            says = f"entry {line.label} is there twice"
            self.problems.append(Problem("text.entry-twice", f"{self.where}:{line.line} {line.label}", says))
        entry = Draft(line.label, line.label, [line.text], line.label, line.line)
        entry.introduced = "the numbers of a list"
        self.entries.append(entry)
        self._known = {line.label: entry}
        self._columns = {line.label: line.column}
        self._here, self._open = entry, None

    def _note(self, line: Line) -> None:
        kind: NoteKind = "note"
        if line.label.lower().startswith("technical"):
            kind = "technical-note"
        elif line.label.upper().startswith("N.B"):
            kind = "nota-bene"
        note = DraftNote(kind, line.label.rstrip(": "), [line.text] if line.text else [])
        inner = self._open is not None and line.column > self._open.column + 3
        if inner and self._open is not None and self._open.lists:  # a note inside a note's list
            self._open.note.blocks.append(f"{line.label} {line.text}".strip())
            self._open.text = line.text
            return
        self._hang(note, line)
        self._open = _Open(note, line.column, "notes" in line.label.lower(), text=line.text)

    def _hang(self, note: DraftNote, line: Line) -> None:
        self.notes += 1
        if self._here is None:
            note.about = (self._chapter,)
            self.preface.append(note)
            return
        entry = self._here.path.split(".")[0]
        named = [path for path in _speaks_of(line.text, entry) if path in self._known]
        targets = [self._known[path] for path in named] or [self._above(line.column)]
        note.about = tuple(target.path for target in targets)
        for target in targets:
            target.notes.append(note)

    def _above(self, column: int) -> Draft:
        """The paragraph that a note in this column belongs to: the nearest one that stands left of it."""
        assert self._here is not None
        parts = self._here.path.split(".")
        for depth in range(len(parts), 0, -1):
            path = ".".join(parts[:depth])
            if self._columns.get(path, 0) < column - 2:
                return self._known[path]
        return self._known[parts[0]]

    def _number(self, line: Line) -> None:
        own = line.label.rstrip(".").lower()
        main = self._places(own, line)
        taken = self._open.takes(own, line.column) if self._open else None
        if taken is not None and (not main or not self._main_wins(main[0], taken, line)):
            assert self._open is not None
            self._open.add(own, line.column)
            self._open.note.blocks.append(f"{line.label} {line.text}".strip())
            self._open.text = line.text
        elif main:
            self._add(main[0][1], own, line)
        elif skipped := self._skips(own, line):
            last = skipped.children[-1]
            says = f"after {last.path} comes {skipped.path}.{own}; {next_step(last.own)} is missing"
            hint = "the text was cut or damaged; take it from the publisher again"
            self.problems.append(Problem("text.gap", f"{self.where}:{line.line} {last.path}", says, hint))
            self._add(skipped, own, line)
        elif self._open is not None:  # a number out of its column: the end of a list that a page break tore off
            _continue(self._open.note.blocks, f"{line.label} {line.text}".strip())
            self._open.text = line.text
            if self._open.lists and next_step(self._open.lists[-1][0]) == own:
                self._open.lists[-1] = (own, self._open.lists[-1][1])
        else:
            self._words(Line("words", "", f"{line.label} {line.text}".strip(), line.column, line.line))

    def _main_wins(self, place: tuple[int, Draft], taken: int, line: Line) -> bool:
        """Both the note's list and the outline could go on: the outline wins left of the note, or when nearer."""
        assert self._open is not None
        if line.column < self._open.column - 2:
            return True
        distance, parent = place
        first = not parent.children
        return not first and distance < taken

    def _places(self, own: str, line: Line) -> list[tuple[int, Draft]]:
        """The paragraphs under which the number may stand next, the likeliest first, with the distance in columns."""
        if self._here is None:
            return []
        found = []
        parts = self._here.path.split(".")
        for depth in range(len(parts), 0, -1):
            parent = self._known[".".join(parts[:depth])]
            if parent.children:
                last = parent.children[-1]
                if next_step(last.own) == own:
                    found.append((abs(line.column - self._columns[last.path]), parent))
            elif own in ("a", "1") and self._fits(parent, own):
                expected = self._columns[parent.path] + 7
                found.append((max(0, abs(line.column - expected) - 3), parent))
        return sorted(found, key=lambda place: place[0])

    def _skips(self, own: str, line: Line) -> Draft | None:
        """The paragraph whose list goes on here with numbers left out: the same kind of number in the same column."""
        if self._here is None or (self._open is not None and line.column > self._open.column - 2):
            return None
        parts = self._here.path.split(".")
        for depth in range(len(parts), 0, -1):
            parent = self._known[".".join(parts[:depth])]
            last = parent.children[-1] if parent.children else None
            if last is None or last.own.isdigit() != own.isdigit() or abs(line.column - self._columns[last.path]) > 5:
                continue
            before, here = rank(last.own), rank(own)
            if before is not None and here is not None and here > before:
                return parent
        return None

    def _fits(self, parent: Draft, own: str) -> bool:
        if parent.path == parent.own:
            return True
        announced = parent.text.rstrip().endswith(":") or "following" in parent.text[-60:]
        return announced and parent.own.isdigit() == own.isalpha()

    def _add(self, parent: Draft, own: str, line: Line) -> None:
        node = Draft(f"{parent.path}.{own}", own, [line.text] if line.text else [], line.label, line.line)
        node.reserved = re.fullmatch(r"(?:Not used|Reserved|\[Reserved\])[.;]?(?: or| and)?", line.text) is not None
        parent.children.append(node)
        self._known[node.path] = node
        self._columns[node.path] = line.column
        self._here, self._open = node, None

    def _words(self, line: Line) -> None:
        if self._open is not None:
            if self._here is not None and self._back_in_text(line):
                self._here.words.append(line.text)
                return
            _continue(self._open.note.blocks, line.text)
            self._open.text = line.text
        elif self._here is not None:
            self._here.words.append(line.text)
            if re.fullmatch(r"(?:and|or)[.;]?", line.text):
                return
        elif line.text:
            if not self.preface or self.preface[-1].kind != "text":
                self.preface.append(DraftNote("text", "", [], (self._chapter,)))
            self.preface[-1].blocks.append(line.text)

    def _back_in_text(self, line: Line) -> bool:
        """Words left of an open note: the paragraph went on after the note was set in."""
        return False if self._open is None else line.column < self._open.column - 8


def _continue(blocks: list[str], text: str) -> None:
    if not blocks:
        blocks.append(text)
    elif blocks[-1].endswith("-") and text[:1].islower():
        blocks[-1] = f"{blocks[-1]}{text}"
    else:
        blocks[-1] = f"{blocks[-1]} {text}"


def _speaks_of(text: str, entry: str) -> list[str]:
    head = re.split(
        r"(?<=\s)(?:do|does|is|are|includes?|controls?|applies|apply|only|means)\b|['\":]", text, maxsplit=1
    )[0]
    opening = re.match(r"(?:for\s+the\s+purposes?\s+of\s+|in\s+)?(?=\d[A-E]\d{3})", text, re.IGNORECASE)
    if opening is None:
        return []
    found = [mention.candidates[0] for mention in mentions(head, entry)]
    return [path for path in found if path.split(".")[0] == entry]
