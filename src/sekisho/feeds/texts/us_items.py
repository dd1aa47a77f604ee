"""The lettered paragraphs of one US entry: every paragraph gets its path, every note its place."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from sekisho.classify.steps import next_step
from sekisho.feeds.texts.draft import Draft, DraftNote
from sekisho.feeds.texts.us_inline import words
from sekisho.feeds.texts.us_notes import hang, notes_of, starts_note
from sekisho.feeds.texts.us_sections import table_rows
from sekisho.feeds.texts.xml_safe import line_of
from sekisho.model.problem import Problem

_STEP = r"(?:\d{1,3}|[a-z]{1,4})"
_LABEL = re.compile(
    rf"^\.?(?P<first>[a-z]{{1,2}})(?P<rest>(?:\.{_STEP})*)"
    rf"(?:\.\.?(?=[^\w.]|$|[A-Z])\s*|\s+(?=[A-Z“\"'‘\[(])|(?<=\.\d)\s+(?=[a-z]))"
)
_SPAN = re.compile(
    rf"^\.?(?P<first>(?:[a-z]\.?)(?:{_STEP}\.?)*)\s*(?:to|through|and|[-–,])\s*\.?(?P<last>(?:[a-z]\.?)(?:{_STEP}\.?)*)\s*"
    r"(?=\[reserved\])",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^(?P<own>\d{1,3})\.\s+")
_RESERVED = re.compile(r"\[?reserved\]?[.;]?(?:\s*(?:and|or))?", re.IGNORECASE)
WHOLE = "The list of items controlled is contained in the ECCN heading"

# Paragraphs that the official text numbers only through their children: the advanced-computing paragraphs .z
# (3A001.z.1.a stands without z and z.1), and 9A610.w (w.1 follows v). Anywhere else a missing parent is damage.
_UNWRITTEN = re.compile(r"\.z(?:\.\d{1,2})?$|^9A610\.w$")


class ItemsReader:
    """Reads the paragraphs of one entry in order; ``problems`` collects what does not fit."""

    def __init__(self, root: Draft, where: str) -> None:
        self.root = root
        self.where = where
        self.problems: list[Problem] = []
        self.notes = 0
        self._known = {root.path: root}
        self._here = root
        self._open: DraftNote | None = None

    def read(self, element: Element) -> None:
        """Take the next element under "Items:"."""
        if element.tag == "NOTE":
            self._read_note(element)
        elif element.tag == "DIV":
            self.note(DraftNote("table", "", ["\n".join(" | ".join(row) for row in table_rows(element))]))
        elif element.tag == "img":
            self.note(DraftNote("text", "", ["[formula shown as a picture]"]))
        elif element.tag in {"HD1", "HD2", "HD3"}:
            self._open = None
        else:
            self.paragraph(words(element), line_of(element), slanted=_slanted(element))

    def opening(self, text: str, line: int) -> None:
        """Take the words on the line "Items:" itself: paragraph a., or words that control the whole entry."""
        if self._label(text)[0] or _SPAN.match(text) or text.startswith(WHOLE):
            self.paragraph(text, line)
        else:
            self.note(DraftNote("text", "Items", [text], (self.root.path,)))

    def paragraph(self, text: str, line: int, *, slanted: bool = False) -> None:
        """Take one paragraph of words; slanted print after a note goes on with the note, whatever its number."""
        if not text or text.startswith(WHOLE):
            return
        if slanted and self._open is not None and not starts_note(text):
            self._loose(text)
            return
        if starts_note(text):
            for note in notes_of(text, self.root.path):
                self.note(note)
            return
        if span := _SPAN.match(text):
            self._reserve(span["first"], span["last"], text, line)
            return
        steps, label, rest = self._label(text)
        if not steps or not self._place(steps, label, rest, line):
            self._loose(text)

    def note(self, note: DraftNote) -> None:
        """Hang a note and keep it open: words without a number go on with it."""
        self.notes += 1
        hang(note, self._here, self._known)
        self._open = note

    def _read_note(self, element: Element) -> None:
        """Read a NOTE; the publisher sometimes encloses the next paragraph in it (1C001.b, 6A002.a.3): let it out."""
        children = list(element)
        cut = next((at for at in range(len(children)) if self._escapes(children, at)), len(children))
        for note in notes_of(children[:cut], self.root.path):
            self.note(note)
        for child in children[cut:]:
            self.paragraph(words(child), line_of(child), slanted=_slanted(child))

    def _escapes(self, children: list[Element], at: int) -> bool:
        """Whether a child of a NOTE is really a paragraph: upright print, and exactly the next number of the list.

        A list of the note's own ("a.", "b.") is told from it by its first letter, which comes before.
        """
        child = children[at]
        if child.tag != "P" or _slanted(child) or not words(child):
            return False
        steps, _, _ = self._label(words(child))
        here = self._here.path.split(".")[1:]
        if not steps or len(steps) > len(here) or list(steps[:-1]) != here[: len(steps) - 1]:
            return False
        lists_own = len(steps) == 1 and any(words(other).startswith(("a. ", "1. ")) for other in children[:at])
        return next_step(here[len(steps) - 1]) == steps[-1] and not lists_own

    def _label(self, text: str) -> tuple[tuple[str, ...], str, str]:
        if found := _LABEL.match(text):
            steps = (found["first"], *[step for step in found["rest"].split(".") if step])
            return steps, found[0].strip(), text[found.end() :].strip()
        if self._open is None and (found := _NUMBER.match(text)):
            parent = self._numbered_parent(found["own"])
            if parent is not None:
                steps = (*parent.path.split(".")[1:], found["own"])
                return steps, found[0].strip(), text[found.end() :].strip()
        return (), "", text

    def _numbered_parent(self, own: str) -> Draft | None:
        """A bare "1." opens a list under a paragraph that announces one; "2." goes on after "1."."""
        if own == "1":
            return self._here if "following" in self._here.text or self._here is self.root else None
        parent = self._known.get(self._here.path.rpartition(".")[0])
        return parent if parent is not None and self._here.own == str(int(own) - 1) else None

    def _place(self, steps: tuple[str, ...], label: str, text: str, line: int) -> bool:
        path = ".".join([self.root.path, *steps])
        there = self._known.get(path)
        if there is not None and (self._open is not None or not there.reserved):
            if self._open is None:
                self._problem("text.path-twice", line, path, f"paragraph {path} is there twice")
            return False
        if there is not None:  # "i. through w. [Reserved]" and then a real w: the words win
            there.words, there.label, there.line, there.reserved = [text], label, line, False
            self._here, self._open = there, None
            return True
        above = path.rpartition(".")[0]
        parent = self._known.get(above)
        if parent is None:
            if self._open is not None and not _UNWRITTEN.search(above):
                return False
            if not _UNWRITTEN.search(above):
                says = f"paragraph {path} stands without {above}, the one above it"
                self._problem("text.no-parent", line, path, says)
            parent = self._imply(steps[:-1], line)
        self._add(parent, path, steps[-1], label, text, line)
        return True

    def _imply(self, steps: tuple[str, ...], line: int) -> Draft:
        at = self.root
        for step in steps:
            path = f"{at.path}.{step}"
            at = self._known.get(path) or self._add(at, path, step, "", "", line)
            at.introduced = at.introduced or "the number has no words of its own"
        return at

    def _add(self, parent: Draft, path: str, own: str, label: str, text: str, line: int) -> Draft:
        node = Draft(path, own, [text] if text else [], label, line)
        node.reserved = _RESERVED.fullmatch(text) is not None
        parent.children.append(node)
        self._known[path] = node
        self._here, self._open = node, None
        return node

    def _reserve(self, first: str, last: str, text: str, line: int) -> None:
        head, tail = re.findall(_STEP, first.lower()), re.findall(_STEP, last.lower())
        tail = [*head[: len(head) - len(tail)], *tail]
        parent = self._known.get(".".join([self.root.path, *head[:-1]]))
        if parent is None or head[:-1] != tail[:-1]:
            self._problem("text.no-parent", line, first, f"the reserved range {first} to {last} has no place")
            return
        label, own = text.split("[", 1)[0].strip(), head[-1]
        while True:
            path = f"{parent.path}.{own}"
            if path not in self._known:
                self._add(parent, path, own, label, "[Reserved]", line)
            if own == tail[-1] or next_step(own) == "":
                return
            own = next_step(own)

    def _loose(self, text: str) -> None:
        """Words without a number go on with the note or paragraph before them."""
        if self._open is not None:
            self._open.blocks.append(text)
        elif re.fullmatch(r"and|or", text):
            self._here.words.append(text)
        else:
            self.note(DraftNote("text", "", [text]))

    def _problem(self, code: str, line: int, path: str, says: str) -> None:
        self.problems.append(Problem(code, f"{self.where}:{line} {path}", says, "compare with the publisher's text"))


def _slanted(element: Element) -> bool:
    return len(element) > 0 and element[0].tag == "I" and not (element.text or "").strip()
