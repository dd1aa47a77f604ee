"""Annex I of the EU dual-use regulation: the text layout of 2021 and Formex XML, one door for both."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from pathlib import Path

from sekisho.classify.definitions import definitions
from sekisho.classify.references import references
from sekisho.classify.tree import ControlList, Definition, Entry, ReadingReport
from sekisho.feeds.texts.check import check
from sekisho.feeds.texts.eu_layout import lines
from sekisho.feeds.texts.eu_outline import Outline
from sekisho.model.problem import BadInput, Problem

LIST_ID = "eu-annex-1"
_TERM = re.compile(r'^"(?P<term>[^"]{2,80})"(?:\s*\([^)]{1,40}\))*\s*,?\s*(?=\S)', re.MULTILINE)


def read_eu_annex1(source: bytes | Path, version: date | None = None, *, where: str = "") -> ControlList:
    """Read the list; ``version`` is the day of the text, which neither rendition states reliably.

    Raises ``BadInput`` with every problem and its line when the file is no such list or was damaged.
    """
    data = source if isinstance(source, bytes) else source.read_bytes()
    where = where or (LIST_ID if isinstance(source, bytes) else source.name)
    outline = Outline(where)
    terms: tuple[Definition, ...] = ()
    if data.lstrip()[:1] == b"<":
        from sekisho.feeds.texts.eu_formex import formex_lines

        for line in formex_lines(data, where):
            outline.take(line)
    else:
        text = _decode(data, where)
        terms = _terms(text)
        for line in lines(text):
            outline.take(line)
    entries = tuple(Entry(draft.path, draft.freeze(), draft.path[0], draft.path[1]) for draft in outline.entries)
    if not entries:
        says = "no entry (0A001, 3A001 ...) was found"
        raise BadInput([Problem("text.not-this-list", where, says, "give Annex I as layout text or Formex XML")])
    followed = references(entries)
    preface = tuple(note.freeze() for note in outline.preface if note.blocks)
    report = ReadingReport(
        entries=len(entries),
        nodes=sum(1 for entry in entries for _ in entry.walk()),
        notes=outline.notes,
        references=len(followed),
        unresolved=tuple(one for one in followed if not one.resolved),
    )
    read = ControlList(
        id=LIST_ID,
        version=version,
        sha256=hashlib.sha256(data).hexdigest(),
        entries=entries,
        definitions=(*terms, *definitions(entries)),
        preface=preface,
        references=followed,
        report=report,
    )
    problems = [*outline.problems, *check(read, where, at_least=0.98)]
    if problems:
        raise BadInput(problems)
    return read


def _decode(data: bytes, where: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        says = f"byte {error.start} is not UTF-8"
        raise BadInput([Problem("text.encoding", where, says, "the file is damaged or in another encoding")]) from None


def _terms(text: str) -> tuple[Definition, ...]:
    """The terms of the chapter "Definitions": each from its quoted head to the next."""
    start, end = text.find("DEFINITIONS OF TERMS USED IN THIS ANNEX\n"), text.find("\n0A")
    chapter = text[start:end] if 0 <= start < end else ""
    heads = list(_TERM.finditer(chapter))
    ends = [head.start() for head in heads[1:]] + [len(chapter)]
    found = []
    for head, stop in zip(heads, ends, strict=False):
        words = re.sub(r"\n\s*\d+\s*\n\f?.*DEFINITIONS OF TERMS\s*\n", "\n", chapter[head.start() : stop])
        found.append(Definition(head["term"], " ".join(words.split()), ""))
    return tuple(found)
