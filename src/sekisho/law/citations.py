"""The place that a citation names, out of its English form: ``art. 4(1)(iii) ro, (iv) ro; Table 3-2``.

What follows a comma goes on where the part before it stands: ``(iv) ro`` above is art. 4(1)(iv) ro. What is no place
(``record keeping``) is kept as it is written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

Place: TypeAlias = tuple[str, ...]

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
_SYLLABLES = "i ro ha ni ho he to chi ri nu ru wo wa ka yo ta re so tsu ne na ra mu u wi no o ku ya ma sa"
_KANA = dict(zip(_SYLLABLES.split(), "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマサ", strict=True))
_WORDS = {
    "third column": "下欄",
    "bracket": "括弧書",
    "sole provision": "本則",
    "annexed table": "別表",
    "table": "別表",
    "notice": "公表",
}
_ARTICLE = re.compile(r"(?:(?P<law>[A-Z]\w+) )?arts?\. (?P<rest>.*)")
_NUMBERED = re.compile(r"(?P<article>\d+(?:-\d+)*)(?P<parts>(?:\([^)]+\))*)(?: (?P<kana>[a-z]{1,3}))?")
_PARTS = re.compile(r"(?P<parts>(?:\([^)]+\))+)(?: (?P<kana>[a-z]{1,3}))?")
_TABLE = re.compile(r"(?:Tables? )?(?P<table>\d)(?P<branches>(?:-\d+)*)(?P<parts>(?:\([^)]+\))*)")
_SUPPLEMENT = re.compile(r"suppl\. prov\. (?P<number>\d+)")
_BREAK = re.compile(r"(; |, | and | to )")
_JOINT = {"; ": "；", ", ": "、", " and ": "及び", " to ": "から"}


@dataclass(frozen=True, slots=True)
class Part:
    """One place of a citation: ``words`` as written, ``path`` in the law cited (None: no place in it).

    ``joint`` stands before it, ``law`` is another law that it names, ``shared`` counts the steps of the part before
    that it goes on from.
    """

    words: str
    path: Place | None
    joint: str = ""
    law: str = ""
    shared: int = 0


def parts_of(at: str) -> tuple[Part, ...]:
    """Take a citation apart."""
    found: list[Part] = []
    joint, before = "", Part("", None)
    for piece in _BREAK.split(at):
        if piece in _JOINT:
            joint = piece
            continue
        before = _part(piece.strip(), joint, before if joint != "; " else Part("", None))
        found.append(before)
    return tuple(found)


def _part(words: str, joint: str, before: Part) -> Part:
    if words.startswith("Table") or (before.path and before.path[0].startswith("t") and _TABLE.fullmatch(words)):
        named = _TABLE.fullmatch(words)
        return Part(words, _table(named) if named else None, joint)
    if supplement := _SUPPLEMENT.fullmatch(words):
        return Part(words, ("s", f"p{supplement['number']}"), joint)
    if words in ("table", "annexed table"):
        return Part(words, ("t",), joint)
    if words == "sole provision":
        return Part(words, (), joint)
    article = _ARTICLE.fullmatch(words)
    law = (article["law"] or "") if article else before.law
    inside = article is not None or (before.path is not None and before.path[:1] != () and before.path[0][0] == "a")
    numbered = _NUMBERED.fullmatch(article["rest"] if article else words)
    if inside and numbered:
        start: Place = (f"a{numbered['article']}",)
        return Part(words, _below(start, numbered["parts"], numbered["kana"]), joint, law)
    if further := _PARTS.fullmatch(words):
        kept = _kept(before.path or (), further["parts"])
        return Part(words, _below(kept, further["parts"], further["kana"]), joint, law, len(kept))
    if words in _KANA and before.path and before.path[-1] in _KANA.values():
        return Part(words, (*before.path[:-1], _KANA[words]), joint, law, len(before.path) - 1)
    return Part(words, None, joint)


def _kept(context: Place, parts: str) -> Place:
    """From where to go on: a roman number replaces the item, an arabic one the paragraph."""
    levels = "ap" if _roman(_inner(parts)[0].partition("-")[0]) else "a"
    return tuple(step for step in context if step[0] in levels)


def _below(start: Place, parts: str, kana: str | None) -> Place | None:
    path = list(start)
    for part in _inner(parts):
        number, _, branch = part.partition("-")
        tail = f"-{branch}" if branch else ""
        if number.isdigit():
            path.append(f"p{number}{tail}")
        elif _roman(number):
            path.append(f"i{_roman(number)}{tail}")
        else:
            return None
    if kana:
        if kana not in _KANA:
            return None
        path.append(_KANA[kana])
    return tuple(path)


def _table(found: re.Match[str]) -> Place:
    """``Table 2-3`` is a table of its own, ``Table 1-16`` row 16 of Table 1 and ``Table 2-34`` row 34 of Table 2."""
    branches = [one for one in found["branches"].split("-") if one]
    row = branches and (found["table"] == "1" or int(branches[0]) > 4)
    name = found["table"] if row else "-".join([found["table"], *branches])
    path = [f"t{name}", *([f"r{'-'.join(branches)}"] if row else [])]
    for part in _inner(found["parts"]):
        path.append(f"({part})" if part[0].isdigit() else f"i{_roman(part)}")
    return tuple(path)


def _inner(parts: str) -> list[str]:
    return re.findall(r"\(([^)]+)\)", parts)


def _roman(text: str) -> int:
    """Read a small roman number; 0 when it is none."""
    if not text or any(letter not in _ROMAN for letter in text):
        return 0
    values = [_ROMAN[letter] for letter in text]
    return sum(-v if v < w else v for v, w in zip(values, [*values[1:], 0], strict=True))


def in_japanese(at: str) -> str:
    """``art. 4(1)(iii) ro`` is 第4条第1項第3号ロ; what is no place stays as written."""
    return "".join(_JOINT.get(part.joint, "") + _japanese(part) for part in parts_of(at))


def _japanese(part: Part) -> str:
    if part.words in _WORDS:
        return _WORDS[part.words]
    if part.path is None:
        return part.words
    return (f"{part.law} " if part.law else "") + "".join(_step(step) for step in part.path[part.shared :])


def _step(step: str) -> str:
    kind, number = step[0], step[1:]
    units = {"a": "条", "p": "項", "i": "号"}
    if kind in units:
        head, *branches = number.split("-")
        return f"第{head}{units[kind]}" + "".join(f"の{one}" for one in branches)
    if kind == "t":
        return "別表" + ("第" + number.replace("-", "の") if number else "")
    if kind == "r":
        return f"の{number.replace('-', 'の')}の項"
    if kind == "s":
        return "附則"
    return f"（{number.strip('()')}）" if step.startswith("(") else step
