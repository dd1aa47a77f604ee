"""The Entity List out of the eCFR XML of 15 CFR part 744, Supplement No. 4.

The same file holds the Unverified List (Supplement No. 6) and the Military End-User List (Supplement No. 7): the list
that is asked for says which supplement is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sekisho.feeds.lists import dates
from sekisho.feeds.lists.draft import Draft
from sekisho.feeds.lists.entity_rows import read_row
from sekisho.feeds.lists.entity_text import EntityText
from sekisho.feeds.lists.entity_words import address_country
from sekisho.feeds.lists.opening import Source
from sekisho.feeds.lists.reading import Format, Reading, clean
from sekisho.feeds.lists.uids import UidMaker
from sekisho.feeds.lists.xml_stream import Node, Records
from sekisho.model.listed import ListedAddress, ListedParty, OwnershipLink
from sekisho.model.problem import BadInput, Problem

LIST = "us:entity-list"
# list -> number of the supplement, prefix of ids, columns after the country
SUPPLEMENTS = {
    LIST: ("4", "bis-el", ("entity", "requirement", "policy", "citation")),
    "us:uvl": ("6", "bis-uvl", ("entity", "citation")),
    "us:meu": ("7", "bis-meu", ("entity", "citation")),
}
_DAY = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}|[A-Z][a-z]+ \d{1,2}, \d{4}")
_CITATION = re.compile(rf"\d+ FR [\d,]*\d,? ?(?:{_DAY.pattern})")


def read(files: Sequence[Source], reading: Reading) -> Iterator[ListedParty]:
    """Read the supplement that holds the list asked for."""
    list_id = reading.list_id or LIST
    if list_id not in SUPPLEMENTS:
        hint = f"it holds {', '.join(SUPPLEMENTS)}"
        raise BadInput([Problem("list.format", list_id, "part 744 does not hold this list", hint)])
    number, prefix, columns = SUPPLEMENTS[list_id]
    for source in files:
        found = False
        for node in Records(source, frozenset({"DIV9"}), mixed=True):
            if re.match(rf"Supplement No\. {number} to Part 744\b", node.attrs.get("N", "")):
                found = True
                yield from _supplement(node, source.name, reading, list_id, prefix, columns)
        if not found:
            says = f"Supplement No. {number} to Part 744 is not in the file"
            reading.problem("list.format", source.name, says, "the eCFR XML of title 15, part 744, holds it")


def _supplement(
    node: Node, name: str, reading: Reading, list_id: str, prefix: str, columns: tuple[str, ...]
) -> Iterator[ListedParty]:
    rows = [row for row in _rows(node) if row.child("TD") is not None]
    footnotes = dict(_footnotes(rows))
    maker = UidMaker(prefix)
    heading = ""
    family: list[ListedParty] = []  # the entity of its own that was opened last, and its parts
    for number, row in enumerate(rows, start=1):
        cells = row.children("TD")
        if len(cells) == 1:
            continue
        where = f"{name} row {number}"
        if len(cells) != len(columns) + 1:
            says = f"the row has {len(cells)} cells, not {len(columns) + 1}"
            reading.problem("list.entry", where, says, "the file is damaged, or the publisher changed the table")
            continue
        heading = clean(re.sub(r"\(continued\)", "", cells[0].flat(), flags=re.IGNORECASE)) or heading
        found = dict(zip(columns, cells[1:], strict=True))
        if clean(found["entity"].flat()) in ("", "[Reserved]"):
            reading.note("a row without an entity")
            continue
        reading.read += 1
        if not heading:
            reading.problem("list.entry", where, "no country stands above this row", "the file is damaged")
            continue
        marks: list[str] = []
        text = _marked(found["entity"], marks)
        told = read_row(re.sub(r" ?\[fn \d+\]", "", text))
        if not told.part_of:
            yield from family
            family = []
        if told.shared:
            family = [_with_addresses(party, told.shared, reading) for party in family]
        for entry in told.entities:
            parent = family[0].uid if family else ""
            draft = _draft(entry, heading, found, reading)
            _footnoted(draft, marks, footnotes)
            draft.more("entry as printed", clean(text))
            uid = maker.make(draft.countries[0] if draft.countries else "", entry.name, *draft.citations)
            if parent:
                _inherit(draft, family[0])
                draft.links.append(OwnershipLink(parent, uid, None, "listed as a part or affiliate of it"))
            family.append(draft.finish(uid, list_id))
    yield from family


def _inherit(draft: Draft, head: ListedParty) -> None:
    """Fill what a continued row leaves blank from the entity it belongs to."""
    draft.licence_requirement = draft.licence_requirement or head.licence_requirement
    draft.licence_policy = draft.licence_policy or head.licence_policy
    draft.listed_on = draft.listed_on or head.listed_on
    for citation in head.citations if not draft.citations else ():
        draft.add("citations", citation)
    for label, text in head.extra:
        if label.startswith("footnote "):
            draft.more(label, text)


def _with_addresses(party: ListedParty, shared: tuple[str, ...], reading: Reading) -> ListedParty:
    draft = Draft(reading, addresses=list(party.addresses), countries=list(party.countries))
    for address in shared:
        _address(draft, address)
    return replace(party, addresses=tuple(draft.addresses), countries=tuple(draft.countries))


def _rows(node: Node) -> Iterator[Node]:
    for child in node.children():
        if child.tag == "TR":
            yield child
        else:
            yield from _rows(child)


def _footnotes(rows: list[Node]) -> Iterator[tuple[str, str]]:
    for row in rows:
        cells = row.children("TD")
        if len(cells) == 1 and (match := re.match(r"\s*(\d+)\s+(.*)", cells[0].flat(), re.S)):
            yield match[1], clean(match[2])


def _marked(cell: Node, seen: list[str]) -> str:
    """Give a cell's text with its footnote marks written as ``[fn 3]`` and collected."""
    pieces: list[str] = []

    def walk(node: Node) -> None:
        for part in node.parts:
            if isinstance(part, str):
                pieces.append(part)
            elif part.tag == "br":
                pieces.append("\n")
            elif part.tag == "sup" and (number := clean(part.flat())).isdigit():
                seen.append(number)
                pieces.append(f" [fn {number}]")
            else:
                walk(part)

    walk(cell)
    return "".join(pieces)


def _draft(entry: EntityText, heading: str, found: dict[str, Node], reading: Reading) -> Draft:
    draft = Draft(reading)
    draft.name(entry.name, "primary")
    for alias, former in entry.aliases:
        if alias != entry.name:
            draft.name(alias, "former" if former else "alias")
    draft.country(heading)
    for address in entry.addresses:
        _address(draft, address)
    draft.add("remarks", entry.remark)
    cited = clean(found["citation"].flat())
    for citation in _CITATION.findall(cited) or [cited]:
        draft.add("citations", citation)
    days = [day for day in map(dates.american_day, _DAY.findall(cited)) if day is not None]
    draft.listed_on = min(days, default=None)
    if "requirement" in found:
        draft.licence_requirement = clean(_marked(found["requirement"], []))
        draft.licence_policy = clean(_marked(found["policy"], []))
    return draft


def _address(draft: Draft, text: str) -> None:
    code = address_country(text)
    draft.addresses.append(ListedAddress(clean(text), code))
    if code:
        draft.country(code)


def _footnoted(draft: Draft, in_entity: list[str], footnotes: dict[str, str]) -> None:
    text = f"{draft.licence_requirement} {draft.licence_policy}"
    for mark in dict.fromkeys([*in_entity, *re.findall(r"\[fn (\d+)\]", text)]):
        draft.more(f"footnote {mark}", footnotes.get(mark, "(its text is not in the file)"))


FORMAT = Format("bis-entity-list", 1, read, LIST, "the BIS Entity List: eCFR XML of 15 CFR part 744")
