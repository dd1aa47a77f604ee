"""OFAC's SDN and consolidated lists in XML (``sdn.xml``, ``consolidated.xml``).

The same shape serves both; which list it is shows from the programmes. The file states how many entries it has.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sekisho.feeds.lists import dates
from sekisho.feeds.lists.draft import Draft
from sekisho.feeds.lists.ofac_terms import NON_SDN_PROGRAMMES, TYPES, Links, enter, linked_to
from sekisho.feeds.lists.opening import Source
from sekisho.feeds.lists.reading import Format, Reading
from sekisho.feeds.lists.xml_stream import Node, Records
from sekisho.model.listed import ListedParty, NameKind

SDN, CONSOLIDATED = "us:sdn", "us:ofac-cons"
_AKA: dict[str, NameKind] = {"a.k.a.": "alias", "f.k.a.": "former", "n.k.a.": "alias"}
_ENTRY = {
    "": "uid firstName lastName title sdnType remarks",
    "programList": "program",
    "idList/id": "uid idType idNumber idCountry issueDate expirationDate",
    "akaList/aka": "uid type category lastName firstName",
    "addressList/address": "uid address1 address2 address3 city stateOrProvince postalCode country",
    "nationalityList/nationality": "uid country mainEntry",
    "citizenshipList/citizenship": "uid country mainEntry",
    "dateOfBirthList/dateOfBirthItem": "uid dateOfBirth mainEntry",
    "placeOfBirthList/placeOfBirthItem": "uid placeOfBirth mainEntry",
    "vesselInfo": "callSign vesselType vesselFlag vesselOwner tonnage grossRegisteredTonnage",
}


def _known() -> frozenset[str]:
    paths = {"sdnEntry", "publshInformation", "publshInformation/Publish_Date", "publshInformation/Record_Count"}
    for inside, leaves in _ENTRY.items():
        base = "sdnEntry" + (f"/{inside}" if inside else "")
        parts = base.split("/")
        paths.update("/".join(parts[:end]) for end in range(1, len(parts) + 1))
        paths.update(f"{base}/{leaf}" for leaf in leaves.split())
    return frozenset(paths)


KNOWN = _known()


def read(files: Sequence[Source], reading: Reading) -> Iterator[ListedParty]:
    """Read one XML file of OFAC."""
    links = Links()
    parties: list[ListedParty] = []
    for source in files:
        records = Records(source, frozenset({"sdnEntry", "publshInformation"}), KNOWN)
        for node in records:
            if node.tag == "publshInformation":
                _published(node, reading)
                continue
            reading.read += 1
            party = _party(node, records.unread, reading, links, f"{source.name} entry {reading.read}")
            if party is not None:
                links.learn(party)
                parties.append(party)
        if records.root != "sdnList":
            says = f"the root element is <{records.root}>, not <sdnList>"
            reading.problem("list.format", source.name, says, "is this another format?")
    yield from settle(parties, reading, links)


def settle(parties: list[ListedParty], reading: Reading, links: Links) -> Iterator[ListedParty]:
    """Decide which of OFAC's two lists was read, and give the parties their links and final ids.

    An entry may stand on both lists with one number, under different measures, so the ids differ.
    """
    beyond = sum(1 for party in parties if NON_SDN_PROGRAMMES.intersection(party.programmes))
    found = CONSOLIDATED if parties and beyond * 2 > len(parties) else SDN
    reading.facts["list"] = found
    target = reading.list_id or found
    prefix = "ofac" if target == SDN else "ofac-cons"
    for party in parties:
        mine = links.of(party.uid)
        if prefix != "ofac":
            mine = tuple(replace(link, owner=_moved(link.owner), owned=_moved(link.owned)) for link in mine)
        uid = party.uid if prefix == "ofac" else _moved(party.uid)
        yield replace(party, uid=uid, source=target, links=mine)


def _moved(uid: str) -> str:
    return uid.replace("ofac:", "ofac-cons:", 1)


def _published(node: Node, reading: Reading) -> None:
    day = dates.american_day(node.text("Publish_Date"))
    if day is not None:
        reading.facts["published"] = day.isoformat()
    reading.facts["declared"] = node.text("Record_Count")


def _party(
    node: Node, unread: list[tuple[str, Node]], reading: Reading, links: Links, where: str
) -> ListedParty | None:
    top = node.values()
    number = top.get("uid", "")
    last, first = top.get("lastName", ""), top.get("firstName", "")
    if not number.isdigit() or not (last or first):
        reading.problem("list.entry", where, "the entry has no uid or no name", "the file is damaged; fetch it again")
        return None
    draft = Draft(reading)
    draft.type = TYPES.get(top.get("sdnType", "").lower(), "unknown")
    if draft.type == "unknown":
        reading.note(f"type not known: {top.get('sdnType', '')}")
    draft.name(printed_name(last, first), "primary", parts=(("family", last), ("given", first)) if first else ())
    uid = f"ofac:{number}"
    for part in node.children():
        _section(draft, part, uid, links)
    draft.add("title", top.get("title", ""))
    draft.add("remarks", top.get("remarks", ""))
    for name in linked_to(top.get("remarks", "")):
        if draft.type != "person":
            links.want(uid, name, "Linked To")
    for path, odd in unread:
        text = odd.text()
        if text:
            reading.note(f"element not known: {path}")
            draft.more(path.removeprefix("sdnEntry/"), text)
    return draft.finish(uid, SDN)


def printed_name(last: str, first: str) -> str:
    """Write a name as OFAC prints it: ``LAST, First``."""
    return f"{last}, {first}" if last and first else last or first


def _section(draft: Draft, part: Node, uid: str, links: Links) -> None:
    tag = part.tag
    if tag == "programList":
        for program in part.children("program"):
            draft.add("programmes", program.text())
    elif tag == "akaList":
        for aka in part.children("aka"):
            draft.reading.tally["aka"] += 1
            _alias(draft, aka.values())
    elif tag == "addressList":
        for address in part.children("address"):
            found = address.values()
            lines = ("address1", "address2", "address3", "city", "stateOrProvince", "postalCode")
            draft.address(
                *(found.get(line, "") for line in lines),
                country=found.get("country", ""),
                city=found.get("city", ""),
                postcode=found.get("postalCode", ""),
            )
    elif tag == "idList":
        for item in part.children("id"):
            found = item.values()
            said = [("issued", "issueDate"), ("expires", "expirationDate")]
            note = "; ".join(f"{word} {found[key]}" for word, key in said if found.get(key))
            enter(draft, found.get("idType", ""), found.get("idNumber", ""), found.get("idCountry", ""), note)
    elif tag == "dateOfBirthList":
        for item in _main_first(part):
            draft.birth(item.text("dateOfBirth"))
    elif tag == "placeOfBirthList":
        for item in _main_first(part):
            draft.add("places_of_birth", item.text("placeOfBirth"))
    elif tag in ("nationalityList", "citizenshipList"):
        for item in _main_first(part):
            draft.citizenship(item.text("country"))
    elif tag == "vesselInfo":
        vessel(draft, part.values(), uid, links)


def _main_first(part: Node) -> list[Node]:
    return sorted(part.children(), key=lambda item: item.text("mainEntry") == "false")


def _alias(draft: Draft, found: dict[str, str]) -> None:
    kind = _AKA.get(found.get("type", ""))
    if kind is None:
        draft.reading.note(f"alias type not known: {found.get('type', '')}")
    last, first = found.get("lastName", ""), found.get("firstName", "")
    weak = found.get("category", "") == "weak"
    parts = (("family", last), ("given", first)) if first else ()
    draft.name(printed_name(last, first), kind or "alias", "weak" if weak else "strong", parts)


def vessel(draft: Draft, found: dict[str, str], uid: str, links: Links) -> None:
    """Enter what is said of a vessel: call sign, type, flag, owner, tonnages."""
    draft.identifier("call-sign", found.get("callSign", ""))
    draft.more("vessel type", found.get("vesselType", ""))
    flag = found.get("vesselFlag", "")
    if flag and flag != "None Identified":
        draft.country(flag, "flag")
    draft.more("flag", flag)
    draft.more("vessel owner", found.get("vesselOwner", ""))
    if found.get("vesselOwner"):
        links.want(uid, found["vesselOwner"], "Vessel owner")
    draft.more("tonnage", found.get("tonnage", ""))
    draft.more("gross registered tonnage", found.get("grossRegisteredTonnage", ""))


FORMAT = Format("ofac-xml", 1, read, SDN, "OFAC's SDN or consolidated list, XML as published")
