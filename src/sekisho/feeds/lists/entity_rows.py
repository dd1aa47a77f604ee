"""One row of the Entity List may name several entities: subordinate institutions, affiliated entities.

Each of them is listed and must be found by its own name, so each becomes a party of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from sekisho.feeds.lists.entity_text import NUMBER, EntityText, addresses, cut_name, take_apart, trim
from sekisho.feeds.lists.entity_words import PLACE
from sekisho.feeds.lists.reading import clean

_INSTITUTION = re.compile(r"(?:^|\n|(?<=\.)\s)\s*Subordinate institutions?\b:?[ \n]*", re.IGNORECASE)
_AFFILIATED = re.compile(r"^\s*Affiliated entities:\s*", re.IGNORECASE)
_FOLLOWING = re.compile(rf"[,;]\s*and the following {NUMBER} subordinate (?:entities|institutions):\s*", re.IGNORECASE)
_APPLY = re.compile(r"\s*The following addresses apply to the entity and (?:to )?the [^:]*:\s*", re.IGNORECASE)
_INCLUDE = re.compile(r",?\s+(?:and )?to include the following (?!\w* ?alias)[^.:\n]*[.:]?(?=\s|$)", re.IGNORECASE)
_DESCRIBED = re.compile(r"^\s*The following ([^:]*?) entities:", re.IGNORECASE)
_KINDS_OF_PLANT = re.compile(r"^(?:nuclear reactors|fuel reprocessing|heavy water)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RowText:
    """What one row says: its entities, the first being the row's own; ``part_of`` says the first is a part too.

    ``shared`` are addresses that the row gives to everything since the last row that opened an entity of its own.
    """

    entities: tuple[EntityText, ...]
    part_of: bool = False
    shared: tuple[str, ...] = ()


def read_row(text: str) -> RowText:
    """Read the text of one row."""
    text = text.strip()
    apply = _APPLY.search(text)
    shared: tuple[str, ...] = ()
    if apply is not None:
        shared = addresses(text[apply.end() :])
        text = text[: apply.start()].rstrip()
        if not text:
            return RowText((), True, shared)
    if described := _DESCRIBED.match(text):
        return RowText((EntityText(trim(described[1])),), False, shared)
    if affiliated := _AFFILIATED.match(text):
        found = [take_apart(_INCLUDE.sub(".\n\n", one)) for one in _lines(text[affiliated.end() :])]
        return RowText(tuple(found), True, shared)
    if following := _FOLLOWING.search(text):
        parts = [take_apart(one) for one in _items(text[following.end() :])]
        return RowText((take_apart(text[: following.start()]), *parts), False, shared)
    opening, *institutions = _INSTITUTION.split(text)
    found = [take_apart(_INCLUDE.sub(".\n\n", one)) for one in (opening, *institutions) if one.strip()]
    if shared and opening.strip():
        found = [replace(one, addresses=(*one.addresses, *shared)) for one in found]
        shared = ()
    return RowText(tuple(found), not opening.strip(), shared)


def _lines(text: str) -> list[str]:
    """Group lines into entities: aliases and the address that follows them belong to the line before."""
    found: list[str] = []
    for line in (line.strip() for line in text.split("\n")):
        if not clean(line):
            continue
        held = found[-1] if found else ""
        unfinished = held.rstrip().endswith((";", "; and", ":", ","))
        last = held.rsplit("\n", 1)[-1]
        lacks_address = last.startswith("—") and not cut_name(last)[1]
        if held and (line.startswith("—") or unfinished):
            found[-1] = f"{held}\n{'' if line.startswith('—') else '—'}{line}"
        elif held and lacks_address and PLACE.search(line.partition(",")[0]):
            found[-1] = f"{held}\n\n{line}"
        else:
            found.append(line)
    return found


def _items(text: str) -> list[str]:
    """Group dashed items into entities: as many items as "the following two aliases" says belong to the one before."""
    found: list[str] = []
    owed = 0
    for item in re.split(r"(?:^|\n)\s*—", text):
        if not item.strip():
            continue
        if owed and found:
            found[-1] += f"\n—{item}"
            owed -= 1
        elif not _KINDS_OF_PLANT.match(item):
            found.append(item)
        if match := re.search(rf"the following ({NUMBER}) alias", item):
            owed = _WORDS.get(match[1].lower(), 0) or (int(match[1]) if match[1].isdigit() else 1)
    return [re.sub(r";\s*(?:and)?\s*$", "", one) for one in found]


_WORDS = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], start=1
    )
}
