"""The numeric words of a paragraph: numbers with their comparators and units as printed, which are facts.

They ship without the text ("resolution of 8 bit or more, but less than 10 bit" gives "8 bit or more", "less than
10 bit"), so that a threshold can be shown beside its path where nobody has a copy of the list.
"""

from __future__ import annotations

import re

from sekisho.classify.tree import canonical

_BEFORE = (
    r"(?:(?:greater|more|less|better|worse|higher|lower|larger|smaller|longer|shorter|fewer|equal|exceeding|exceeds?|"
    r"above|below|over|under|within|between|from|to|than|or|and|not|at|least|most|up|no|of|but|approximately|minimum|"
    r"maximum|\((?:better|lower|higher)\))\s+){0,7}"
)
_NUMBER = r"[±+-]?\d+(?:[.,]\d+|(?:[ ,]\d{3})+)*(?:\s?[x×]\s?10(?:\^-?\d+)?)?(?:\^-?\d+)?\s?%?"
_NO_UNIT = (
    r"(?:a|an|along|and|any|anywhere|as|at|but|by|each|exceeding|for|from|having|if|in|is|less|measured|more|not|of|on|"
    r"or|over|per cent|than|that|the|to|under|up|using|when|where|which|with|within|without)\b"
)
_UNIT = rf"(?:\s?(?!{_NO_UNIT})(?:[A-Za-zµμΩ°][\w°/().^·*%-]{{0,14}}))"
_AFTER = r"(?:,?\s+or\s+(?:more|less|greater|higher|lower|better|above|below|fewer|longer|shorter|larger|smaller))?"
_CAS = r"(?<![\d-])\d{2,7}-\d\d-\d(?![\d-])"
_ENGLISH = re.compile(rf"{_CAS}|(?<![\w.]){_BEFORE}(?<![\w.]){_NUMBER}{_UNIT}{{0,2}}{_AFTER}", re.IGNORECASE)
_NO_QUANTITY = re.compile(r"\b\d[A-E]\d{3}|CFR|^\d{3}$|\bparts?\b|\bthrough\b")  # codes and citations
_K = "〇一二三四五六七八九十百千万億兆"
_KANJI_NUMBER = rf"(?:プラスマイナス|マイナス|零下)?[{_K}]+(?:[・、][{_K}]+)*(?:分の[{_K}]+(?:[・、][{_K}]+)*)?"
_JAPANESE = re.compile(
    rf"{_KANJI_NUMBER}[^、。（）{_K}]{{0,24}}?(?:以上|以下|未満|以内|を超え|超(?!電導|音波|高|合金|塑性|微|え)|を下回)"
)


def numeric_words(text: str, *, japanese: bool = False) -> tuple[str, ...]:
    """The numeric phrases of a paragraph in their order, each once."""
    if japanese:
        found = [match[0] for match in _JAPANESE.finditer(text)]
    else:
        found = [_trim(match[0]) for match in _ENGLISH.finditer(canonical(text))]
    kept = (
        words for words in found if re.search(r"[\d〇一二三四五六七八九十]", words) and not _NO_QUANTITY.search(words)
    )
    return tuple(dict.fromkeys(kept))


def _trim(words: str) -> str:
    """Cut connecting words off the front that belong to the sentence and not to the number."""
    parts = words.split()
    while parts and parts[0].lower() in {"and", "or", "of", "but", "to", "at"} and parts[1:2] != ["least"]:
        parts.pop(0)
    trimmed = " ".join(parts).strip(" ,;.")
    while trimmed.endswith(")") and trimmed.count(")") > trimmed.count("("):
        trimmed = trimmed[:-1]
    return trimmed
