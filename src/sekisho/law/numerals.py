"""Numbers in Japanese legal prose: 百万円, 二〇〇万円, １億２,５００万円, 百分の二十五, 令和九年四月十三日.

Numbers that count or measure are read; numbers that only point (第四条の二, 一六の項, （五）) are passed over. A string
that is no well-formed numeral is nothing, never a guess.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

_DIGIT = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "億": 10**8, "兆": 10**12}
_SIGNS = "0-9〇零一二三四五六七八九十百千万億兆"
_ERA = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}

UNITS = (
    *("円", "ドル", "ユーロ", "年", "箇月", "か月", "ヶ月", "カ月", "月", "週間", "日", "時間"),
    *("キロメートル", "ミリメートル", "マイクロメートル", "メートル", "キログラム", "グラム", "トン", "リットル"),
    *("パーセント", "%", "倍", "割", "件", "人", "社", "歳", "箇国", "か国", "回"),
)
"""What may follow a number that counts; longer words are tried first."""

_UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
_NUMBER = rf"[{_SIGNS}](?:[{_SIGNS},]|[.・](?=[{_SIGNS}]))*"
_PIECE = re.compile(
    rf"(?P<era>明治|大正|昭和|平成|令和)(?P<year>元|[{_SIGNS}]+)年(?P<month>[{_SIGNS}]+)月(?P<day>[{_SIGNS}]+)日"
    rf"|(?P<law>(?:明治|大正|昭和|平成|令和)(?:元|[{_SIGNS}]+)年)"
    rf"|(?P<ordinal>第(?P<at>{_NUMBER})(?:条|項|号|類|章|節|款|部|編)?)"
    rf"|(?P<branch>の(?P<twig>[{_SIGNS}]+))"
    rf"|(?P<label>\((?:{_NUMBER})(?:の[{_SIGNS}]+)*\)|{_NUMBER}(?:の[{_SIGNS}]+)*の項)"
    rf"|(?P<below>{_NUMBER})分の(?P<above>{_NUMBER})"
    rf"|(?P<number>{_NUMBER})(?P<unit>{_UNIT})"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that counts: ``value`` with its ``unit`` as printed, and the ``words`` it was read from."""

    value: Decimal
    unit: str
    words: str


def number(text: str) -> Decimal | None:
    """Read one numeral that fills ``text``; None when it is not well formed."""
    plain = unicodedata.normalize("NFKC", text).strip().replace(",", "").replace("・", ".")
    if not re.fullmatch(rf"[{_SIGNS}.]+", plain):
        return None
    total, least = Decimal(0), None
    rest = plain
    for part in re.findall(r"[^万億兆]*[万億兆]|[^万億兆]+", rest):
        scale = _LARGE.get(part[-1], 1)
        value = _below_ten_thousand(part[:-1] if part[-1] in _LARGE else part, grouped=scale > 1 or least is not None)
        if value is None or (least is not None and scale >= least):
            return None
        total, least = total + value * scale, scale
    return total


def _below_ten_thousand(text: str, *, grouped: bool) -> Decimal | None:
    """Read 三百五十, 二〇〇, 1250.5; within a grouped numeral (…万…) the part stays below ten thousand."""
    if not text:
        return None
    if not any(sign in _SMALL for sign in text):
        digits = "".join(str(_DIGIT.get(sign, sign)) for sign in text)
        if not re.fullmatch(r"\d+(?:\.\d+)?", digits):
            return None
        value = Decimal(digits)
        return value if not grouped or value < 10**4 else None
    total, least, pending = 0, None, ""
    for sign in text:
        if sign not in _SMALL:
            pending += str(_DIGIT.get(sign, sign))
            continue
        if (least is not None and _SMALL[sign] >= least) or not re.fullmatch(r"[1-9]?", pending):
            return None
        total, least, pending = total + int(pending or 1) * _SMALL[sign], _SMALL[sign], ""
    if not re.fullmatch(r"[1-9]?", pending):
        return None
    return Decimal(total + int(pending or 0))


def day(text: str) -> date | None:
    """Read 令和九年四月十三日, alone or as part of ``text``; None unless there is exactly one valid day."""
    found = days(text)
    return found[0] if len(found) == 1 else None


def days(text: str) -> tuple[date, ...]:
    """Give every date in ``text``, in order; a day that the calendar does not have is left out."""
    return tuple(made for found in _pieces(text) if found["era"] and (made := _day(found)) is not None)


def _day(found: re.Match[str]) -> date | None:
    year = 1 if found["year"] == "元" else number(found["year"])
    month, of_month = number(found["month"]), number(found["day"])
    if year is None or month is None or of_month is None or year < 1:
        return None
    try:
        return date(_ERA[found["era"]] + int(year), int(month), int(of_month))
    except ValueError:
        return None


def quantities(text: str) -> tuple[Quantity, ...]:
    """Give every number in ``text`` that counts or measures, in order. 百分の二十五 is 0.25, 二割 is 0.2."""
    found: list[Quantity] = []
    for piece in _pieces(text):
        if piece["below"]:
            below, above = number(piece["below"]), number(piece["above"])
            if below and above is not None:
                found.append(Quantity(above / below, "分の", piece[0]))
        elif piece["number"]:
            value = number(piece["number"])
            if value is not None:
                value = value / 10 if piece["unit"] == "割" else value
                found.append(Quantity(value, piece["unit"], piece[0]))
    return tuple(found)


def _pieces(text: str) -> Iterator[re.Match[str]]:
    """Walk through ``text``. A branch takes only what can be one numeral: 第六十九条の八五億円 is 条の八, 五億円."""
    plain = unicodedata.normalize("NFKC", text)
    at, pointing = 0, False
    while found := _PIECE.search(plain, at):
        pointing = pointing and found.start() == at
        if found["branch"] and not pointing:
            at = found.start() + 1
            continue
        yield found
        at = found.end()
        if found["branch"]:
            at = found.start("twig") + _classical_length(found["twig"])
        pointing = bool(found["ordinal"] or found["branch"])


def _classical_length(text: str) -> int:
    """How much of the beginning of ``text`` is one numeral in the style of 二十三, in which 二三 is two numerals."""
    for size in range(len(text), 1, -1):
        head = text[:size]
        if (
            not any(sign in _LARGE for sign in head)
            and any(sign in _SMALL for sign in head)
            and number(head) is not None
        ):
            return size
    return 1
