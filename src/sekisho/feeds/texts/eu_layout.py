"""Annex I in its text layout: pages set in columns, with page heads, page numbers and "continued" lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from sekisho.feeds.texts.eu_outline import Line, LineKind

_PAGE_HEAD = re.compile(r"^\s*(?:CATEGORY \d\b.*|DEFINITIONS OF TERMS|Notes|PART \d\b.*)\s*$")
_APART = re.compile(r"^\s*(?:TECHNICAL NOTE ON |TABLE [-–] )")
_EXPONENTS = re.compile(r"^\s*-?\d{1,3}(?:\s+-?\d{1,2})*\s*$")
_CONTINUED = re.compile(r"^\s*(?P<path>\d[A-E]\d{3}[\w.]*|Notes? \d*)\s+continued\s*$", re.IGNORECASE)
_ENTRY = re.compile(r"^(?P<code>\d[A-E]\d{3})(?=\s)\s*(?P<text>.*)$")
_GROUP = re.compile(r"^\s{0,3}(?P<group>\d[A-E]\d?)\s{2,}\S")
_CATEGORY = re.compile(r"^CATEGORY (?P<category>\d)\s*[-–—]?\s*(?P<title>[A-Z].*)$")
_NOTE = re.compile(
    r"^(?P<indent>\s*)(?P<label>Technical Notes?(?: to [\w. ]{1,40})?:?|Technical Note \d+:?|Notes?:|Note \d+:|"
    r"Footnote \d+:|N\.?\s?B\.?\s?\d*\.?:?|Nota bene:?|Note to the Cryptography Note:)(?:\s+(?P<text>.*))?$"
)
_NUMBER = re.compile(r"^(?P<indent>\s*)(?P<label>[a-z]{1,2}|\d{1,3})\.(?:\s+(?P<text>\S.*))?$")
_LOOSE_NUMBER = re.compile(r"^(?P<indent>\s*)(?P<label>\d{1,2}|[a-z])\s{3,}(?P<text>[A-Z'].*)$")
_END = re.compile(r"^\s*\d{4} UPDATE OF THE EU CONTROL LIST")
_POWER = re.compile(r"(?<=[x×])\s?10\s?(?P<power>-?\d{1,2})(?=\s?[^\d\s,.]|\s|$)")


def lines(text: str) -> Iterator[Line]:
    """Cut the list into lines; everything before category 0 and after the list is passed over."""
    chapter = ""
    for number, raw in _raised(text.split("\n")):
        words = raw.strip()
        if _END.match(raw):
            return
        if found := _CATEGORY.match(words):
            if found["category"] != chapter.partition(".")[0] and "..." not in words:
                chapter = found["category"]
                yield Line("chapter", chapter, words, 0, number)
            continue
        if chapter and _APART.match(raw):
            yield Line("chapter", chapter, words, 0, number)
        elif chapter and words and not _PAGE_HEAD.match(raw):
            yield from _one(raw, words, number)


def _raised(raws: list[str]) -> Iterator[tuple[int, str]]:
    """Put exponents that the layout set on a line of their own back into their words; drop page numbers."""
    exponents: list[re.Match[str]] = []
    held, footnote = (0, ""), ""
    for number, page_line in enumerate(raws, 1):
        raw = page_line.lstrip("\x0c").expandtabs()
        if re.fullmatch(r"\d{1,2}", page_line):  # the number of a footnote, whose words follow
            footnote = f"Footnote {page_line}: "
            continue
        if footnote and raw.strip():
            indent = len(raw) - len(raw.lstrip())
            raw, footnote = f"{raw[:indent]}{footnote}{raw.strip()}", ""
        if _EXPONENTS.match(raw):
            following = next((line for line in raws[number:] if line.strip()), "\x0c")
            exponents = [] if following.startswith("\x0c") else list(re.finditer(r"-?\d+", raw))
            continue
        if exponents and raw.strip():
            if re.search(r"10\s?-$", held[1].rstrip()):  # "10 -" at the end of a line: the exponent is negative
                held = (held[0], f"{held[1].rstrip().rstrip('-').rstrip()}^-{exponents[0][0]}")
            else:
                raw = _raise(raw, exponents)
            exponents = []
        if held[0]:
            yield held
        held = (number, raw)
    yield held


def _raise(raw: str, exponents: list[re.Match[str]]) -> str:
    """Set the exponents, in their order, behind the powers of ten and units that stand nearest to their columns."""
    powers = [(found.end(), 0) for found in re.finditer(r"(?<![\d.,])10(?!\d)", raw)]
    units = [(found.end(), 8) for found in re.finditer(r"\b(?:[ckm]?m|M|V)(?=[ ;,.)-])", raw)]
    columns = [exponent.start() for exponent in exponents]
    ways = combinations(sorted(powers + units), len(columns))
    costs = [(sum(abs(at - c) + extra for (at, extra), c in zip(way, columns, strict=True)), way) for way in ways]
    cost, best = min(costs, default=(10**6, ()))
    places = [at for at, _ in best] if cost <= 20 * len(columns) else columns
    for exponent, at in reversed(list(zip(exponents, places, strict=True))):
        raw = f"{raw[:at].rstrip()}^{exponent[0]}{raw[at:]}"
    return raw


def _one(raw: str, words: str, number: int) -> Iterator[Line]:
    if found := _CONTINUED.match(raw):
        yield Line("continued", found["path"], "", 0, number)
    elif found := _ENTRY.match(raw):
        opened = _NUMBER.match(found["text"])
        yield Line("entry", found["code"], "" if opened else even(found["text"]), 0, number)
        if opened:  # 4E001 has no words of its own: its first paragraph stands on the same line
            yield Line("number", opened["label"], even(opened["text"] or ""), raw.index(found["text"]), number)
    elif found := _GROUP.match(raw):
        yield Line("chapter", found["group"], words, 0, number)
    elif (found := _NOTE.match(raw)) or (found := _NUMBER.match(raw)) or (found := _LOOSE_NUMBER.match(raw)):
        kind: LineKind = "note" if found.re is _NOTE else "number"
        yield Line(kind, found["label"], even(found["text"] or ""), len(found["indent"]), number)
    else:
        yield Line("words", "", even(words), len(raw) - len(raw.lstrip()), number)


def even(text: str) -> str:
    """Even out runs of spaces and write powers of ten, which the layout flattens ("x 106"), as ``x 10^6``."""
    spaced = " ".join(text.split())
    return _POWER.sub(lambda found: f" 10^{found['power']}", spaced)
