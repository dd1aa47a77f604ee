"""Numbers as Japanese statutes write them: 十七, 一〇, 十の二, １, and the Roman numerals used for items (号)."""

from __future__ import annotations

import re
import unicodedata

K = "一二三四五六七八九十百〇"
NUMERAL = rf"[{K}]+(?:の[{K}]+)*"
_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")}
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def number(text: str) -> int | None:
    """Read one kanji or Arabic number ("二十三" and "二三" are both 23); None when it is none."""
    evened = unicodedata.normalize("NFKC", text)
    if evened.isdigit():
        return int(evened)
    if not evened or any(sign not in K for sign in evened):
        return None
    if "十" not in evened and "百" not in evened:
        return int("".join(str(_DIGITS[sign]) for sign in evened))
    total, here = 0, 0
    for sign in evened:
        if sign in "十百":
            total += (here or 1) * (10 if sign == "十" else 100)
            here = 0
        else:
            here = _DIGITS[sign]
    return total + here


def branched(text: str) -> str | None:
    """Read a number with branches: "十の二" and "１０の２" are "10-2"; None when it is none."""
    parts = [number(part) for part in re.split(r"の|-|ノ", text.strip())]
    return None if not parts or None in parts else "-".join(str(part) for part in parts)


def to_roman(text: str) -> str:
    """Write "10-2" as "x-2": the first number Roman, branches Arabic."""
    first, *rest = text.split("-")
    value, out = int(first), ""
    for size, sign in _ROMAN:
        while value >= size:
            out, value = out + sign, value - size
    return "-".join([out, *rest])


def from_roman(text: str) -> str | None:
    """Read "x-2" as "10-2"; None when it is no Roman numeral in its usual form."""
    first, *rest = text.lower().split("-")
    value, at = 0, 0
    for size, sign in _ROMAN:
        while first.startswith(sign, at):
            value, at = value + size, at + len(sign)
    whole = "-".join([str(value), *rest])
    good = at == len(first) and value > 0 and all(part.isdigit() for part in rest) and to_roman(whole) == text.lower()
    return whole if good else None


def kanji(value: int) -> str:
    """Write a number below 100 the way items are numbered: 23 is "二十三"."""
    tens, ones = divmod(value, 10)
    digits = "〇一二三四五六七八九"
    return ("" if tens == 0 else "十" if tens == 1 else digits[tens] + "十") + (
        "" if ones == 0 and tens else digits[ones]
    )
