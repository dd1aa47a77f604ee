"""The consolidated list of the United Nations Security Council in XML.

Entries are known by their reference number (``QDi.001``); the number called DATAID changes between editions. The
parts of a name come in the order of the list and are not said to be family or given name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sekisho.feeds.lists import dates
from sekisho.feeds.lists.draft import Draft
from sekisho.feeds.lists.opening import Source
from sekisho.feeds.lists.reading import Format, Reading
from sekisho.feeds.lists.xml_stream import Node, Records
from sekisho.model.listed import ListedParty, NameKind, PartialDate

LIST = "un:sc"
_NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_PLACE = "STREET CITY STATE_PROVINCE ZIP_CODE COUNTRY NOTE"
_INSIDE = {
    "": "DATAID VERSIONNUM FIRST_NAME SECOND_NAME THIRD_NAME FOURTH_NAME UN_LIST_TYPE REFERENCE_NUMBER LISTED_ON "
    "GENDER NAME_ORIGINAL_SCRIPT COMMENTS1 SORT_KEY SORT_KEY_LAST_MOD SUBMITTED_ON SUBMITTED_BY NATIONALITY2",
    "NATIONALITY": "VALUE",
    "LIST_TYPE": "VALUE",
    "LAST_DAY_UPDATED": "VALUE",
    "TITLE": "VALUE",
    "DESIGNATION": "VALUE",
    "*_ALIAS": "QUALITY ALIAS_NAME DATE_OF_BIRTH CITY_OF_BIRTH COUNTRY_OF_BIRTH NOTE",
    "*_ADDRESS": _PLACE,
    "*_DATE_OF_BIRTH": "TYPE_OF_DATE DATE YEAR FROM_YEAR TO_YEAR NOTE",
    "*_PLACE_OF_BIRTH": _PLACE,
    "*_DOCUMENT": "TYPE_OF_DOCUMENT TYPE_OF_DOCUMENT2 NUMBER ISSUING_COUNTRY COUNTRY_OF_ISSUE CITY_OF_ISSUE "
    "DATE_OF_ISSUE NOTE",
}
_KINDS = {"passport": "passport", "pasaporte": "passport", "passeport": "passport", "fiscal": "tax", "tax": "tax"}


def _known() -> frozenset[str]:
    paths = set()
    for record in ("INDIVIDUAL", "ENTITY"):
        paths.add(record)
        for inside, leaves in _INSIDE.items():
            base = f"{record}/{inside.replace('*', record)}".rstrip("/")
            paths.update((base, *(f"{base}/{leaf}" for leaf in leaves.split())))
    return frozenset(paths)


KNOWN = _known()


def read(files: Sequence[Source], reading: Reading) -> Iterator[ListedParty]:
    """Read the consolidated list."""
    for source in files:
        records = Records(source, frozenset({"INDIVIDUAL", "ENTITY"}), KNOWN)
        for node in records:
            reading.read += 1
            reading.tally["individuals" if node.tag == "INDIVIDUAL" else "entities"] += 1
            party = _party(node, records.unread, reading, f"{source.name} record {reading.read}")
            if party is not None:
                yield party
        if records.root != "CONSOLIDATED_LIST":
            says = f"the root element is <{records.root}>, not <CONSOLIDATED_LIST>"
            reading.problem("list.format", source.name, says, "is this another format?")
        day = dates.day(records.root_attrs.get("dateGenerated", "")[:10])
        if day is not None:
            reading.facts["published"] = day.isoformat()


def _party(node: Node, unread: list[tuple[str, Node]], reading: Reading, where: str) -> ListedParty | None:
    top = node.values()
    number = top.get("REFERENCE_NUMBER", "")
    parts = tuple((tag.lower(), top[tag]) for tag in _NAMES if top.get(tag))
    if not number or not parts:
        reading.problem("list.entry", where, "the record has no reference number or no name", "fetch the file again")
        return None
    draft = Draft(reading, type="person" if node.tag == "INDIVIDUAL" else "organisation")
    name = " ".join(text for _, text in parts)
    first, *more = [piece.strip() for piece in name.split(";")] if node.tag == "ENTITY" else [name]
    draft.name(first, "primary", parts=parts if draft.type == "person" else ())
    for text in more:
        draft.name(text)
    draft.name(top.get("NAME_ORIGINAL_SCRIPT", ""))
    draft.add("programmes", top.get("UN_LIST_TYPE", ""))
    draft.listed_on = dates.day(top.get("LISTED_ON", "")[:10])
    draft.gender = top.get("GENDER", "").lower()
    draft.add("remarks", top.get("COMMENTS1", ""))
    for part in node.children():
        _section(draft, part)
    for key in ("SUBMITTED_BY", "SUBMITTED_ON", "NATIONALITY2"):
        draft.more(key.lower().replace("_", " "), top.get(key, ""))
    for path, odd in unread:
        if odd.text():
            reading.note(f"element not known: {path}")
            draft.more(path.partition("/")[2], odd.text())
    return draft.finish(f"un:{number}", reading.list_id or LIST)


def _section(draft: Draft, part: Node) -> None:
    tag = part.tag.removeprefix("INDIVIDUAL_").removeprefix("ENTITY_")
    found = part.values()
    if tag == "ALIAS":
        _alias(draft, found)
    elif tag == "NATIONALITY":
        for value in part.children("VALUE"):
            draft.citizenship(value.text())
    elif tag in ("TITLE", "DESIGNATION"):
        for value in part.children("VALUE"):
            draft.add("title", value.text())
    elif tag == "LAST_DAY_UPDATED":
        days = [value.text() for value in part.children("VALUE")]
        draft.more("last updated", max(days, default=""))
    elif tag == "ADDRESS":
        pieces = [found.get(key, "") for key in ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE")]
        draft.address(*pieces, country=found.get("COUNTRY", ""), city=pieces[1], postcode=pieces[3])
        if found.get("NOTE"):
            held = draft.addresses[-1].text if any(pieces) or found.get("COUNTRY") else ""
            draft.more("address note", f"{held}: {found['NOTE']}" if held else found["NOTE"])
    elif tag == "DATE_OF_BIRTH":
        _birth(draft, found)
    elif tag == "PLACE_OF_BIRTH":
        _birthplace(draft, *(found.get(key, "") for key in _PLACE.split()))
    elif tag == "DOCUMENT":
        _document(draft, found)


def _alias(draft: Draft, found: dict[str, str]) -> None:
    quality, note, text = found.get("QUALITY", ""), found.get("NOTE", ""), found.get("ALIAS_NAME", "")
    former = quality == "f.k.a." or bool(re.search(r"(?:previously|formerly) listed as|former", note, re.IGNORECASE))
    kind: NameKind = "former" if former else "alias"
    for piece in re.split(r";\s+", text):
        draft.name(piece, kind, "weak" if quality == "Low" else "strong")
    if quality not in ("", "Good", "Low", "a.k.a.", "f.k.a."):
        draft.reading.note(f"alias quality not known: {quality}")
    if note:
        draft.more(f"alias {text}".strip(), note)
        if match := re.match(r"in \w+ script: (.+)", note):
            draft.name(match[1])
    draft.birth(found.get("DATE_OF_BIRTH", ""))
    _birthplace(draft, found.get("CITY_OF_BIRTH", ""), found.get("COUNTRY_OF_BIRTH", ""))


def _birthplace(draft: Draft, *pieces: str) -> None:
    draft.add("places_of_birth", ", ".join(piece for piece in pieces if piece))


def _birth(draft: Draft, found: dict[str, str]) -> None:
    note = found.get("NOTE", "")
    about = found.get("TYPE_OF_DATE", "") == "APPROXIMATELY" or note.lower().startswith("approx")
    exact = found.get("DATE", "") or found.get("YEAR", "")
    start, end = found.get("FROM_YEAR", ""), found.get("TO_YEAR", "")
    if exact and not start:
        draft.birth(exact[:10], approximate=about)
    elif start or end:
        low, high = dates.iso(start), dates.iso(end)
        draft.births.append(PartialDate(low, high, f"{start} to {end}".strip(), about))
    elif note:
        draft.birth(note, approximate=about)
        return
    if note and not note.lower().startswith("approx"):
        draft.more("birth note", note)


def _document(draft: Draft, found: dict[str, str]) -> None:
    kinds = [text for text in (found.get("TYPE_OF_DOCUMENT", ""), found.get("TYPE_OF_DOCUMENT2", "")) if text]
    country = found.get("ISSUING_COUNTRY", "") or found.get("COUNTRY_OF_ISSUE", "")
    said = [("issued", "DATE_OF_ISSUE"), ("in", "CITY_OF_ISSUE"), ("note:", "NOTE")]
    note = "; ".join([*kinds, *(f"{word} {found[key]}" for word, key in said if found.get(key))])
    known = [kind for word, kind in _KINDS.items() if word in " ".join(kinds).lower()]
    if found.get("NUMBER"):
        draft.identifier(known[0] if known else "national-id", found["NUMBER"], country, note)
    elif note:
        draft.more("document", f"{note}; {country}".strip("; "))


FORMAT = Format("un-xml", 1, read, LIST, "the UN Security Council's consolidated list, XML")
