"""Lists of entries and paragraphs as the Commerce Control List writes them: ``3A001.a.1 to a.3, b and .z``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

ENTRY = r"\d[A-E]\d{3}"
# Longest first: an entry with a paragraph, an entry, a product group, a paragraph of the entry named last.
_TOKEN = re.compile(
    rf"(?:ECCNs? )?({ENTRY})(?:\.([a-z](?:\.(?:\d{{1,2}}|[a-z]))*))?"
    r"|\b(\d[A-E])\b"
    r"|(?<![\w.])\.?([a-z](?:\.(?:\d{1,2}|[a-z]))*)(?![\w])"
    r"|(?<![\w.])\.(\d{1,2})\b"
)
_RANGE = re.compile(r"^\s*(?:to|through)\s*$")
_JOINING = re.compile(r"^[\s,;.]*(?:(?:and|or|only|as well as)[\s,]*)*$")


@dataclass(frozen=True, slots=True)
class Named:
    """Paths (``3A001.b.2``, ``2B001``, ``3B``) found in a text and what is left of it without them."""

    paths: tuple[str, ...]
    rest: str


def tidy(text: str) -> str:
    """Straighten quotes and the spaces that the print puts into paths (``9A515 .g``, ``z. 1.b``, ``#. b``)."""
    text = text.translate(str.maketrans("“”’‘", "\"\"''"))
    text = re.sub(rf"({ENTRY}) \.(?=[a-z])", r"\1.", text)
    text = re.sub(rf"({ENTRY})\. (?=[a-z]\b)", r"\1.", text)
    text = re.sub(r"\b([a-z])\. (?=\d)", r"\1.", text)
    text = re.sub(r" \.and \.", " and .", text)
    return re.sub(r"entireentry", "entire entry", text)


def whole_list(text: str, entry: str, known: Sequence[str]) -> tuple[str, ...] | None:
    """Give the paths when ``text`` is nothing but a list of paths; None when it says more than that."""
    found = list_of(text, entry, known)
    return found.paths if found.paths and not found.rest.strip(" ,.;") else None


def list_of(text: str, entry: str, known: Sequence[str]) -> Named:
    """Find the paths in ``text``; a bare paragraph belongs to the entry named before it, or to ``entry``.

    A range of entries (``2B001 to 2B009``) is written out from the entries ``known``, one of paragraphs by its
    letters or numbers. Single letters count as paragraphs only where a list of paths is being read.
    """
    paths: list[str] = []
    rest: list[str] = []
    last = entry
    position = 0
    pending_range = False
    for token in _TOKEN.finditer(text):
        between = text[position : token.start()]
        if token[4] and not _reads_on(between, paths, token[0]):
            continue  # the article "a", or a letter in running text
        joined = bool(paths) and position > 0
        if joined and _RANGE.match(between):
            pending_range = True
        elif not (joined and _JOINING.match(between)):
            rest.append(between)
        if token[1]:
            last = token[1]
            path = f"{token[1]}.{token[2]}" if token[2] else token[1]
        elif token[3]:
            last = path = token[3]
        elif token[5]:
            path = f"{paths[-1].rpartition('.')[0]}.{token[5]}" if paths else f"{last}.{token[5]}"
        else:
            path = f"{last}.{token[4]}"
        if pending_range:
            paths += _between(paths[-1], path, known)
            pending_range = False
        else:
            paths.append(path)
        position = token.end()
    rest.append(text[position:])
    return Named(tuple(dict.fromkeys(paths)), " ".join(part.strip() for part in rest if part.strip(" ,.;")))


def _reads_on(between: str, paths: Sequence[str], token: str) -> bool:
    if token.startswith("."):
        return True
    return bool(paths) and bool(_JOINING.match(between) or _RANGE.match(between)) and bool(between.strip(" "))


def _between(first: str, last: str, known: Sequence[str]) -> list[str]:
    """The paths after ``first`` up to ``last``."""
    if "." not in first and "." not in last:
        return [code for code in known if first < code <= last and code[:2] == first[:2]]
    head, _, start = first.rpartition(".")
    _, _, end = last.rpartition(".")
    if start.isdigit() and end.isdigit():
        return [f"{head}.{number}" for number in range(int(start) + 1, int(end) + 1)]
    return [f"{head}.{chr(letter)}" for letter in range(ord(start) + 1, ord(end) + 1)]
