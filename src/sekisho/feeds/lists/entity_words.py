"""Words that tell a name from an address in the running text of the Entity List."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sekisho.feeds.lists import places

_LEGAL_FORMS = (
    "ltd limited inc incorporated llc co company corp corporation sa sas sarl srl gmbh ag kg jsc ojsc pjsc cjsc plc "
    "pte pty pvt private sdn bhd fze fzc fzco fz fzllc dmcc jlt kk as ao ooo oao zao pao pt lda sl bv nv spa llp lp "
    "kft doo oy oyj ab aps sti san tic jr sr ii iii est ip eood ood ad dd sia uab ou sro ltda eirl cv sab rl lc"
)
_LEGAL = frozenset(_LEGAL_FORMS.split())
_INITIALS = frozenset("salckrpezodhbvnu")
BODY = re.compile(
    r"\b(?:universit|academ|institut|laborator|facult|department|ministry|division|subsidiary|corporation|company|"
    r"enterprise|bureau|(?:plant|factory|npo|works|shipyard|lab)\b|branch|federation of|subordinate|"
    r"joint[- ]stock|joint venture|group of)",
    re.IGNORECASE,
)
PLACE = re.compile(
    r"\d|\b(?:street|st|road|rd|avenue|ave|building|bldg|district|zone|park|city|floor|room|suite|unit|box|lane|square|"
    r"village|town|province|region|oblast|block|plaza|tower|highway|boulevard|blvd|quarter|campus|airport|port|county|"
    r"prospekt|prospect|ulitsa|ul|str|shosse|lu|center|centre|estate|apt|flat|house|no|near|proezd|pereulok)\b",
    re.IGNORECASE,
)
_COMMON = frozenset(
    ["the", "and", "for", "of", "trading", "company", "group", "international", "general", "technology", "electronics"]
)


def is_legal_form(word: str) -> bool:
    """Tell whether ``word`` is a legal form (``Ltd.``, ``S.A.``, ``JSC``)."""
    bare = word.lower().strip(" .,)(")
    letters = bare.split(".")
    return bare in _LEGAL or (len(letters) > 1 and "".join(letters) in _LEGAL)


def legal_prefix(piece: str) -> int:
    """Tell how much of ``piece`` is a legal form at its start: the index where it ends, 0 when there is none.

    A bracket right behind the form belongs to the name ("Ltd. (a subordinate institute of CETC-7)").
    """
    end = 0
    for match in re.finditer(r"\s*([A-Za-z][\w-]*(?:\.[A-Za-z]\b)*\.?)", piece):
        if match.start() != end:
            break
        word = match[1]
        initial = word.rstrip(".").lower() in _INITIALS and word.endswith(".")
        joins = end > 0 and word.lower() in {"de", "et", "al"}
        if not (is_legal_form(word) or initial or joins):
            break
        end = match.end()
    if not end or not any(is_legal_form(word) or "." in word for word in piece[:end].split()):
        return 0
    if bracket := re.match(r"\s*\([^()]*\)", piece[end:]):
        end += bracket.end()
    return end + len(piece[end:]) - len(piece[end:].lstrip(" ."))


def share_word(name: str, others: Iterable[str]) -> bool:
    """Tell whether ``name`` shares a word of its own with one of ``others``."""
    mine = {word for word in re.findall(r"\w{2,}", name.lower()) if word not in _LEGAL and word not in _COMMON}
    return any(mine & set(re.findall(r"\w{2,}", other.lower())) for other in others)


def address_country(text: str) -> str:
    """Give the code of the country that stands last in an address, with or without a postcode behind it."""
    pieces = [piece for piece in text.strip(" .;,").split(",") if piece.strip()]
    for end in range(len(pieces), max(0, len(pieces) - 3), -1):
        for width in (2, 1):
            if end - width < 0:
                continue
            bare = re.sub(r"\b[\w-]*\d[\w-]*\b", "", ",".join(pieces[end - width : end])).strip(" .-")
            if len(bare) > 2 and (code := places.country_code(bare)):
                return code
    if not pieces:
        return ""
    words = re.sub(r"[\s.\d-]+$", "", pieces[-1]).split()
    for size in range(min(3, len(words)), 0, -1):
        name = " ".join(words[-size:]).strip(".")
        if len(name) > 3 and name[0].isupper() and (code := places.country_code(name)):
            return code
    return ""
