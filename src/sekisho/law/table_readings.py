"""What a table or an article of a Japanese text names: countries, tariff headings, customs chapters."""

from __future__ import annotations

import re

from sekisho.law.numerals import number
from sekisho.law.statute import plain_words

_N = "[〇一二三四五六七八九十0-9]+"
_HEADING = re.compile(rf"第(?P<code>{_N}・{_N}(?:・{_N})?)(?:項|号)")
_CHAPTERS = re.compile(rf"第(?P<first>{_N})類(?:から第(?P<last>{_N})類まで)?")


def names_in(text: str) -> tuple[str, ...]:
    """The names of a list such as 「アルゼンチン、オーストラリア及びベルギー」 or "Chile, Japan and Peru", in order.

    What stands in brackets is left out.
    """
    if not re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", text):
        parts = re.split(r",|;|\n|\band\b", re.sub(r"\([^()]*\)", "", text))
        return tuple(dict.fromkeys(name for part in parts if (name := part.strip(" .-*\t"))))
    flat = re.sub(r"\([^()]*\)", "", plain_words(text.replace("\n", "、")))
    return tuple(dict.fromkeys(name for part in re.split(r"、|,|及び|並びに", flat) if (name := part.strip("。 "))))


def headings_in(text: str) -> dict[str, set[str]]:
    """HS headings and subheadings as digits: those named, those taken out, those of which only a part is meant.

    「第八五・四二項（第八五四二・九〇号を除く。）」 includes 8542 and excludes 854290. A heading with 「…に限る。」
    is meant in part, and what that bracket names is no heading of the list.
    """
    plain = plain_words(text)
    found: dict[str, set[str]] = {"include": set(), "exclude": set(), "partly": set()}
    at = 0
    last = ""
    while at < len(plain):
        if plain[at] == "(":
            inner, at = _bracket(plain, at)
            codes = {_digits(one["code"]) for one in _HEADING.finditer(inner)}
            if re.search(r"を除く。?$", inner):
                found["exclude"] |= codes
            elif re.search(r"に限る。?$", inner) and last:
                found["include"].discard(last)
                found["partly"].add(last)
            continue
        heading = _HEADING.match(plain, at)
        if heading:
            last = _digits(heading["code"])
            found["include"].add(last)
            at = heading.end()
        else:
            at += 1
    return found


def _bracket(text: str, at: int) -> tuple[str, int]:
    depth = 0
    for end in range(at, len(text)):
        depth += (text[end] == "(") - (text[end] == ")")
        if depth == 0:
            return text[at + 1 : end], end + 1
    return text[at + 1 :], len(text)


def _digits(code: str) -> str:
    """八四・五六 is 8456: two digits a part, printed without their zeros only in a chapter."""
    return "".join(str(number(part) or 0).zfill(2) for part in code.split("・"))


def chapters_in(text: str) -> set[str]:
    """Customs chapters: 「第二五類から第四〇類まで、第六三類」 is 25 to 40 and 63."""
    found: set[str] = set()
    for one in _CHAPTERS.finditer(plain_words(text)):
        first, last = number(one["first"]), number(one["last"] or one["first"])
        if first is not None and last is not None:
            found |= {f"{chapter:02d}" for chapter in range(int(first), int(last) + 1)}
    return found
