"""The letters a name is written in, as ISO 15924 codes, told from the characters themselves."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_BY_NAME = {
    "LATIN": "Latn",
    "CYRILLIC": "Cyrl",
    "GREEK": "Grek",
    "ARABIC": "Arab",
    "HEBREW": "Hebr",
    "HANGUL": "Hang",
    "HIRAGANA": "Hira",
    "KATAKANA": "Kana",
    "KATAKANA-HIRAGANA": "Kana",
    "CJK": "Hani",
    "IDEOGRAPHIC": "Hani",
    "THAI": "Thai",
    "DEVANAGARI": "Deva",
    "BENGALI": "Beng",
    "TAMIL": "Taml",
    "GEORGIAN": "Geor",
    "ARMENIAN": "Armn",
    "MYANMAR": "Mymr",
    "KHMER": "Khmr",
    "LAO": "Laoo",
    "ETHIOPIC": "Ethi",
    "SINHALA": "Sinh",
    "TIBETAN": "Tibt",
    "MONGOLIAN": "Mong",
    "THAANA": "Thaa",
    "SYRIAC": "Syrc",
    "GURMUKHI": "Guru",
    "GUJARATI": "Gujr",
    "TELUGU": "Telu",
    "KANNADA": "Knda",
    "MALAYALAM": "Mlym",
}


@lru_cache(maxsize=8192)
def _of_letter(letter: str) -> str:
    if not letter.isalpha():
        return ""
    first = unicodedata.name(letter, "").removeprefix("FULLWIDTH ").removeprefix("HALFWIDTH ").partition(" ")[0]
    return _BY_NAME.get(first, "Zyyy")


def script(text: str) -> str:
    """Give the script most letters of ``text`` belong to; kanji with kana is ``Jpan``; no letters give ""."""
    if text.isascii():
        return "Latn" if any(map(str.isalpha, text)) else ""
    tally: dict[str, int] = {}
    for letter in text:
        found = _of_letter(letter)
        if found:
            tally[found] = tally.get(found, 0) + 1
    if not tally:
        return ""
    if "Hira" in tally or ("Kana" in tally and "Hani" in tally):
        return "Jpan"
    return max(tally, key=lambda code: (tally[code], code != "Latn"))
