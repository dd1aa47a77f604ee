"""Take one entry of the Entity List apart: the publisher prints name, aliases and addresses as one running text.

The text always begins with the name. Where aliases follow, the word "a.k.a." ends the name; where none do, the name
ends at the first comma that does not introduce a legal form. The cut is a reading aid and can be wrong where a name
itself holds commas, so the whole text is kept beside it by the caller.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sekisho.feeds.lists.entity_words import BODY, PLACE, address_country, is_legal_form, legal_prefix, share_word
from sekisho.feeds.lists.reading import clean

NUMBER = (
    r"(?:\d+|[a-z]+teen|twenty(?:[- ]?[a-z]+)?|thirty(?:[- ]?[a-z]+)?|eleven|twelve|"
    r"one|two|three|four|five|six|seven|eight|nine|ten)"
)
_MANY = (
    rf"(?:(?:as|and|including)\s+)?(?:the\s+following\s+(?=the))?(?:the\s+)?(?:{NUMBER}\s+)?(?:following|follow|(?=alias))(?:\s+{NUMBER}\b)?"
    r"(?:\s+(?:known|other|additional))?\s*(?:ali\w+|names?|acronyms?|entit(?:y|ies))?"
)
_MARK = re.compile(
    rf"[,;:.]?\s*(?P<open>[(\[])?\s*(?:\b(?:(?P<now>a\.?\s?k\.?\s?a\.?(?!\w)|also known as)|"
    rf"(?P<was>f\.?k\.?a\.?(?!\w)|formerly known as|formerly(?=,|\s+the))|"
    rf"(?P<doing>d\.?/?b\.?/?a\.?(?!\w)|doing business as))"
    rf"\s?[,:]?(?:\s*(?P<many>(?:and\s+)?{_MANY}(?:,?\s+(?:and|including)[^:\n]*)?\s*[:;,]?))?|"
    rf"(?P<bare>(?:and\s+)?the\s+following\s+{NUMBER}\s+alias(?:es)?:))\s*",
    re.IGNORECASE,
)
_ITEM = re.compile(r"(?:^|\n|(?<=[;:])|(?<= and)|(?<= or))\s*(?:—|–|--?(?=\s?\w))\s*")
_SEE = re.compile(
    r"[\s,;.]*\(?\s*see\s+(?:also\s+)?(?:the\s+)?(?:alternat|additional|other|also)[^()]*\)?\.?\s*$", re.IGNORECASE
)
_RUN_ON = re.compile(r"(?<=[\w)'\"”])\.\s+(?=\S)|,?\s+(?=P\.?\s?O\.? ?Box)")


@dataclass(frozen=True, slots=True)
class EntityText:
    """An entry taken apart; each alias is its text and whether it is a former name."""

    name: str
    aliases: tuple[tuple[str, bool], ...] = ()
    addresses: tuple[str, ...] = ()
    remark: str = ""


def take_apart(text: str) -> EntityText:
    """Take the text of one entry apart; lines are told apart by line ends, as printed."""
    text = text.strip()
    remark = ""
    if match := _SEE.search(text):
        remark = clean(match[0]).strip(" ,;.()")
        text = text[: match.start()]
    mark = _MARK.search(text)
    while mark is not None and not text[: mark.start()].strip(" ,;("):
        mark = _MARK.search(text, mark.end())
    if mark is None:
        name, rest = cut_name(text)
        return EntityText(name, (), addresses(rest), remark)
    name = trim(text[: mark.start()])
    before: tuple[str, ...] = ()
    head, address = cut_name(name)
    if address_country(address) and any(map(str.isdigit, address)):  # "a.k.a." stands behind the address
        name, before = head, addresses(address)
    aliases: list[tuple[str, bool]] = []
    rest = text[mark.start() :]
    while (mark := _MARK.match(rest)) is not None and mark.end():
        inside, rest = _group(rest[mark.end() :]) if mark["open"] else ("", rest[mark.end() :])
        if mark["open"]:
            found = _in_brackets(inside)
        else:
            found, rest = _aliases(rest, bool(mark["many"] or mark["bare"]), name)
        aliases.extend((alias, bool(mark["was"])) for alias in found)
    return EntityText(name, tuple(dict.fromkeys(aliases)), (*before, *addresses(rest)), remark)


def _group(text: str) -> tuple[str, str]:
    """Split at the bracket that closes the one just opened; without one, at the first line end."""
    depth = 1
    for spot, letter in enumerate(text):
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(letter, 0)
        if depth == 0:
            return text[:spot], text[spot + 1 :]
    line, _, rest = text.partition("\n")
    return line, rest


def _in_brackets(text: str) -> list[str]:
    pieces = [piece for part in text.split(";") for piece in re.split(r"\b[af]\.k\.a\.?,?", part)]
    found: list[str] = []
    for piece in pieces:
        rest = _ITEM.sub("", piece.strip())
        while rest:
            name, rest = cut_name(rest)
            halves = re.split(r",?\s+and\s+", name) if len(pieces) == 1 and ";" not in text and "," in text else [name]
            found.extend(trim(half) for half in halves)
    return _names(found)


def _aliases(text: str, many: bool, name: str) -> tuple[list[str], str]:
    if _ITEM.match(text) or (many and _ITEM.search(text[:120])):
        return _listed(text)
    if many and ";" in text[:200] and not PLACE.search(trim(text.partition(";")[0])):
        return _listed(text)
    alias, rest = _cut_run_on(text)
    found = [alias]
    while True:  # "a.k.a., UM Airlines, UM Air, Building Negin": what shares a word with the name is a name
        piece, more = cut_name(rest)
        bare = re.sub(r"^(?:and|or)\s+", "", piece)
        if not bare or PLACE.search(bare) or address_country(bare) or not share_word(bare, [name, *found]):
            break
        found.append(bare)
        rest = more
    return [one for one in found if one], rest


def _listed(text: str) -> tuple[list[str], str]:
    """Read "—A;\\n—B; and\\n—C.\\n\\n address": an item ends with its line, a semicolon, or the next dash."""
    parts: list[str] = []
    for item in _ITEM.split(text):
        parts.extend(re.split(r";(?!\s*(?:and\s*)?$)", item) if "\n\n" not in item else [item])
    parts = [part for part in parts if part.strip(" ;,\n") not in {"", "and", "or"}]
    found: list[str] = []
    for number, part in enumerate(parts):
        line, _, below = part.strip().partition("\n")
        plain = address_country(line) and PLACE.search(line)
        alias, more = _cut_run_on(line, whole=True)
        if not more and plain and number == 0:
            alias, more = cut_name(line)
        if more or below.strip() or (plain and number):
            if plain and not more and number:  # an address, not one more alias
                alias, more = "", line
            after = "; ".join(parts[number + 1 :])
            found.append(alias)
            return _names(found), "\n\n".join(piece for piece in (more, below, after) if piece.strip())
        found.append(alias)
    return _names(found), ""


def _names(found: list[str]) -> list[str]:
    return [name for name in found if any(map(str.isalnum, name)) and name.lower() not in {"and", "or"}]


def _cut_run_on(text: str, *, whole: bool = False) -> tuple[str, str]:
    """Cut an alias off a line that runs on into an address ("More Shipyard. 1 Desantnikov Street, ...").

    With ``whole`` the line is the alias unless an address plainly follows in it.
    """
    plain, plain_rest = (trim(text), "") if whole else cut_name(text)
    for match in _RUN_ON.finditer(text):
        head, rest = text[: match.start()], text[match.end() :]
        last = re.split(r"[\s.]", head)[-1]
        abbreviated = len(last) < 3 and not is_legal_form(last)
        if abbreviated or head.count("(") > head.count(")"):
            continue
        first, comma, _ = rest.partition(",")
        numbered = re.match(r"\S*\d|P\.?\s?O", rest) or PLACE.search(first)
        if address_country(rest.partition(";")[0]) or (comma and numbered):
            return (trim(head + "."), rest) if len(head) < len(plain) else (plain, plain_rest)
    return plain, plain_rest


def cut_name(text: str) -> tuple[str, str]:
    """Cut a name off the front of ``text``: up to the first comma that begins an address."""
    text = text.strip()
    commas = [match.start() for match in re.finditer(r",(?=\s|\d)", text)] + [len(text)]
    semicolon = text.find(";")
    if 0 <= semicolon < commas[0]:
        return trim(text[:semicolon]), text[semicolon + 1 :]
    open_ends = [spot for spot in commas if text.count("(", 0, spot) <= text.count(")", 0, spot)] or commas
    for index, spot in enumerate(open_ends):
        following = text[spot + 1 : open_ends[index + 1]] if index + 1 < len(open_ends) else text[spot + 1 :]
        if following and (taken := legal_prefix(following)):
            left = following[taken:]
            if left.strip() and not _names_a_body(left):  # "Co., Ltd. No. 9 Fengde Road": the address follows the form
                cut = spot + 1 + taken
                return trim(text[:cut]), text[cut:].lstrip(" ,")
            continue
        if not following or not _names_a_body(following):
            return trim(text[:spot]), text[spot + 1 :]
    return trim(text), ""


def _names_a_body(piece: str) -> bool:
    bare = re.sub(r"^\s*\d+(?:th|st|nd|rd)?\s|\([^()]*\)", " ", piece)
    return bool(BODY.search(bare)) and not PLACE.search(bare)


def addresses(text: str) -> tuple[str, ...]:
    """Split the addresses at the end of an entry."""
    found: list[str] = []
    text = re.sub(r"^\s*(?:Alt(?:ernate)?\.?\s+)?Address(?:es)?(?: for [^:]*)?:", "", text)
    for piece in re.split(r";(?:\s*and\b,?)?|\n\s*\n|(?<=[a-z.]),?\s+and\s*\n|\n?\s*Alt(?:ernate)? Address:", text):
        found.extend(_split_at_countries(clean(piece)))
    return tuple(dict.fromkeys(address for address in found if len(address) > 1))


def _split_at_countries(text: str) -> list[str]:
    found: list[str] = []
    start = 0
    for match in re.finditer(r",?\s+and,?\s+(?=[A-Z0-9#(])", text):
        if address_country(text[start : match.start()]):
            found.append(text[start : match.start()])
            start = match.end()
    found.append(text[start:])
    return [trim(re.sub(r"^(?:and|or)\s+", "", piece.strip(" ,;"))) for piece in found]


def trim(text: str) -> str:
    """Strip what joins a piece to its neighbours: commas, "and", a full stop that is not part of a legal form."""
    text = clean(text)
    text = re.sub(r"(?:[;,]\s*|\s+)(?:and|or)$", "", text).strip(" ,;:—–")
    text = re.sub(r"^(?:and|or)\s+(?=[A-Z0-9“\"'])", "", text)
    last = text.rsplit(" ", 1)[-1]
    capitals = last[:-1].isupper() and "." not in last[:-1]  # "LLC." ends a sentence, "Ltd." and "S.A." do not
    if text.endswith(".") and (capitals or not is_legal_form(last) or len(last) > 6):
        text = text[:-1]
    if text.count(")") > text.count("(") and text.endswith(")"):
        text = text[:-1]
    return text.strip(" ,;")
