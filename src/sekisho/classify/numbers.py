"""Numbers as they are written: 1,500; 3 500 and 1,3 in the EU's way; 5 × 10^13; 一、三〇〇; 五〇万; five; full width.

Everything is read exactly (``Fraction``). ``EU`` reads the comma as a decimal mark; the plain style reads "1,500" as
fifteen hundred and "1,3" as one point three, because three digits after a comma are thousands in English text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Style = Literal["plain", "eu", "ja"]

_DIGITS = {**{c: i for i, c in enumerate("〇一二三四五六七八九")}, "零": 0}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "億": 10**8, "兆": 10**12}
WORDS: dict[str, int | Fraction] = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "twenty": 20, "fifty": 50, "hundred": 100, "half": Fraction(1, 2),
}  # fmt: skip

_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_DASHES = {ord(c): "-" for c in "‐‑‒–—−﹣－"}
_KANJI = r"[〇一二三四五六七八九零十百千万億兆][〇一二三四五六七八九零十百千万億兆、]*(?:・[〇一二三四五六七八九零]+)?"
_POWER_TAIL = (
    r"(?:\s*[x×X・·*]\s*10\s*(?:\^\s*|\*\*\s*)?\(?(?P<exp>[-+]?\s?\^?\d{1,3})\)?|[eE](?P<exp2>[-+]?\d{1,2})(?![\w.]))?"
)
_PLAIN = re.compile(
    r"(?P<sign>(?<![\w.,)])[-+]\s?)?"
    r"(?P<body>\d{1,3}(?:,\d{3})+(?![\d])(?:\.\d+)?|\d{1,3}(?: \d{3})+(?![\d,.])(?:[.,]\d+)?"
    r"|\d+(?:[.,]\d+)?|(?<![\d\w])\.\d+)" + _POWER_TAIL
)
_EU = re.compile(
    r"(?P<sign>(?<![\w.,)])[-+]\s?)?(?P<body>\d{1,3}(?: \d{3})+(?!\d)(?:,\d+)?|\d+(?:[.,]\d+)?)" + _POWER_TAIL
)
_BARE_POWER = re.compile(r"(?<![\w.])(?<![x×X*·])(?<![x×X*·] )10\s?\^\s?\(?(?P<exp>[-+]?\d{1,3})\)?")
_JAPANESE = re.compile(
    rf"(?P<both>プラスマイナス)?(?P<sign>マイナス|零下|負の)?(?P<kanji>{_KANJI})"
    rf"(?:の(?P<exp>マイナス)?(?P<expn>{_KANJI})乗|分の(?P<part>{_KANJI}))?"
)
_MILLION = re.compile(r" (thousand|million|billion)\b", re.IGNORECASE)
_MILLIONS = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_INSIDE_CODE = re.compile(r"[A-Za-z]\.?$")
_CODE = re.compile(r"\d[A-E]\d{3}")
_WORD = re.compile(r"\b(?P<word>" + "|".join(WORDS) + r")\b", re.IGNORECASE)


# "一秒につき三ギガ以上": a prefix that stands for a number, because what is counted comes later.
_SCALED = re.compile(r"(テラ|ギガ|メガ)(?=以上|以下|未満|を超|の)")
_SCALES = {"テラ": Fraction(10**12), "ギガ": Fraction(10**9), "メガ": Fraction(10**6)}


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text: its exact value and the characters it fills (``start`` to before ``end``)."""

    value: Fraction
    start: int
    end: int
    spelled: bool = False  # written as a word ("five axes"), which is weaker evidence of a quantity


def even(text: str) -> tuple[str, list[int]]:
    """Even out width, dashes and superscripts; the list gives for each new character its place in ``text``."""
    out: list[str] = []
    places: list[int] = []
    raised = False
    for place, char in enumerate(text):
        if char in "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺":
            new = ("" if raised else "^") + char.translate(_SUPERSCRIPT)
            raised = True
        else:
            raised = False
            new = unicodedata.normalize("NFKC", char.translate(_DASHES)).translate(_DASHES)
            if char in "\u00ad\u200b\ufeff":
                new = ""
        out.append(new)
        places.extend([place] * len(new))
    places.append(len(text))
    return "".join(out), places


def read_kanji(text: str) -> Fraction | None:
    """Read 一二五, 一、三〇〇, 〇・〇二四, 五〇万, 二千五百; None when the characters do not make a number."""
    whole, _, decimals = text.strip("、").partition("・")
    total, section, digits = 0, 0, ""
    for char in whole.replace("、", ""):
        if char in _DIGITS:
            digits += str(_DIGITS[char])
        elif char in _SMALL:
            section += (int(digits) if digits else 1) * _SMALL[char]
            digits = ""
        elif char in _LARGE:
            section += int(digits) if digits else 0
            if not section:
                return None
            total += section * _LARGE[char]
            section, digits = 0, ""
        else:
            return None
    value = Fraction(total + section + (int(digits) if digits else 0))
    if decimals:
        if not all(c in _DIGITS for c in decimals):
            return None
        value += Fraction(int("".join(str(_DIGITS[c]) for c in decimals)), 10 ** len(decimals))
    return value


def _arabic(body: str, style: Style) -> Fraction:
    body = body.replace(" ", "")
    if style == "eu":
        body = body.replace(",", ".")
    elif re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", body):
        body = body.replace(",", "")
    else:
        body = body.replace(",", ".")
    return Fraction(body)


def find_numbers(text: str, style: Style = "plain") -> list[Number]:
    """Every number in ``text`` (already ``even``), in order and without overlap."""
    found: list[Number] = []
    taken = bytearray(len(text) + 1)

    def take(value: Fraction, start: int, end: int, *, spelled: bool = False) -> None:
        if not any(taken[start:end]):
            taken[start:end] = b"\x01" * (end - start)
            found.append(Number(value, start, end, spelled))

    for match in _BARE_POWER.finditer(text):
        take(Fraction(10) ** int(match["exp"]), match.start(), match.end())
    for match in (_EU if style == "eu" else _PLAIN).finditer(text):
        if not match["sign"] and (
            _INSIDE_CODE.search(text, max(0, match.start() - 2), match.start()) or _CODE.match(text, match.start())
        ):
            continue  # "3A001.a.5", "H264": a digit inside a code is no quantity
        value = _arabic(match["body"], style)
        exponent = match["exp"] or match["exp2"]
        if exponent:
            value *= Fraction(10) ** int(exponent.replace(" ", "").replace("^", ""))
        if match["sign"] and "-" in match["sign"]:
            value = -value
        end = match.end()
        large = _LARGE.get(text[end : end + 1])
        million = _MILLION.match(text, end)
        if large:
            value, end = value * large, end + 1
        elif million:
            value, end = value * _MILLIONS[million[1].lower()], million.end()
        take(value, match.start(), end)
    for match in _JAPANESE.finditer(text):
        kanji = match["kanji"].rstrip("、")
        read = read_kanji(kanji)
        if read is None:
            continue
        end = match.start("kanji") + len(kanji)
        if match["expn"]:
            power = read_kanji(match["expn"])
            if power is not None and power.denominator == 1 and power <= 100:
                read, end = read ** (-int(power) if match["exp"] else int(power)), match.end()
        if match["part"]:
            share = read_kanji(match["part"].rstrip("、"))
            if share is not None and read:
                read, end = share / read, match.start("part") + len(match["part"].rstrip("、"))
        scaled = _SCALED.match(text, end)
        if scaled:
            read, end = read * _SCALES[scaled[1]], scaled.end()
        take(-read if match["sign"] and not match["both"] else read, match.start(), end)
    for match in _WORD.finditer(text):
        take(Fraction(WORDS[match["word"].lower()]), match.start(), match.end(), spelled=True)
    return sorted(found, key=lambda number: number.start)
