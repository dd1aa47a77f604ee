"""Numbers in legal prose written in Latin letters: ``5,000 crowns``, ``300 km``, ``five years``, ``9 October 2025``.

Digits are read in any language (1,250.5 and 1 250.5), number words and months in English. Numbers that only point
(``Article 4``, ``section 12(3)``, ``(5)``) are passed over.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from sekisho.law.numerals import Quantity

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {word: value for value, word in enumerate(_SMALL)} | {word: 20 + 10 * n for n, word in enumerate(_TENS)}
_WORDS |= {f"{ten}-{one}": _WORDS[ten] + _WORDS[one] for ten in _TENS for one in _SMALL[1:10]}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_UNITS = r"years?|months?|weeks?|days?|hours?|times|per\s?cent|%|kilometres?|kilometers?|km|metres?|kg|tonnes?"
_POINTING = re.compile(
    r"(?:\b(?:arts?|articles?|sections?|sec|paragraphs?|paras?|nos?|annex|table|rows?|items?|part|chapter|schedule|"
    r"regulation|act|law)\.?|[§(])\s*$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_DAY = re.compile(
    r"\b(?P<iso>\d{4}-\d{2}-\d{2})\b|\b(?P<day>\d{1,2})\s+(?P<month>[A-Za-z]+)\s+(?P<year>\d{4})\b"
    r"|\b(?P<month2>[A-Z][a-z]+)\s+(?P<day2>\d{1,2}),\s+(?P<year2>\d{4})\b"
)
_SPACE = "[,\u0020\u00a0\u202f]"
_SPELLED = "|".join(sorted([*_WORDS, *_SCALES], key=len, reverse=True))
_NUMBER = re.compile(
    rf"(?<![\w.,-])(?:(?P<digits>\d{{1,3}}(?:{_SPACE}\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\w-])"
    rf"(?P<scale>\s+million|\s+billion)?|(?P<words>(?:(?:{_SPELLED})\s+)+)(?={_UNITS}))"
    rf"\s*(?P<unit>{_UNITS}|[A-Z]{{3}}\b)?",
    re.IGNORECASE,
)


def latin_days(text: str) -> tuple[date, ...]:
    """Give every date in ``text``, in order."""
    found = []
    for one in _DAY.finditer(text):
        try:
            if one["iso"]:
                found.append(date.fromisoformat(one["iso"]))
            else:
                month = (one["month"] or one["month2"]).lower()
                if month in _MONTHS:
                    year, day = int(one["year"] or one["year2"]), int(one["day"] or one["day2"])
                    found.append(date(year, _MONTHS.index(month) + 1, day))
        except ValueError:
            continue
    return tuple(found)


def latin_quantities(text: str) -> tuple[Quantity, ...]:
    """Give every number in ``text`` that counts or measures, in order; dates and references are passed over."""
    plain = _DAY.sub(lambda one: " " * len(one[0]), text)
    found = []
    for one in _NUMBER.finditer(plain):
        if one["digits"]:
            before = plain[: one.start()]
            if _POINTING.search(before) or (before.rstrip().endswith(" of") and _YEAR.fullmatch(one[0].strip())):
                continue
            value = Decimal(re.sub(_SPACE, "", one["digits"]))
            value *= _SCALES[one["scale"].strip().lower()] if one["scale"] else 1
        else:
            value = Decimal(_spelled(one["words"].lower().split()))
        found.append(Quantity(value, (one["unit"] or "").strip(), one[0].strip()))
    return tuple(found)


def _spelled(words: list[str]) -> int:
    """``two hundred fifty thousand`` is 250000."""
    total = part = 0
    for word in words:
        if word == "hundred":
            part = max(part, 1) * 100
        elif word in _SCALES:
            total, part = total + max(part, 1) * _SCALES[word], 0
        else:
            part += _WORDS[word]
    return total + part
