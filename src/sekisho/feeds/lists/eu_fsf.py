"""The EU's consolidated financial sanctions list, XML 1.1 ("full sanctions file").

An entity that two programmes list stands twice under one reference number, with other names and measures; the second
id then bears the programme. Names come in the languages of the Union, so one spelling may be printed many times.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from sekisho.feeds.lists import dates
from sekisho.feeds.lists.draft import Draft
from sekisho.feeds.lists.opening import Source
from sekisho.feeds.lists.reading import Format, Reading
from sekisho.feeds.lists.xml_stream import Node, Records
from sekisho.model.listed import ListedParty, NameKind, PartialDate, PartyType

LIST = "eu:fsf"
_SUMMARY = "regulationSummary remark"
_INSIDE = {
    "": "remark regulation subjectType nameAlias citizenship birthdate identification address",
    "regulation": "publicationUrl remark",
    "subjectType": "",
    "nameAlias": _SUMMARY,
    "citizenship": _SUMMARY,
    "birthdate": _SUMMARY,
    "identification": _SUMMARY,
    "address": f"{_SUMMARY} contactInfo",
}
_WHERE = "regulationLanguage logicalId"
_LAND = f"countryIso2Code countryDescription region {_WHERE}"
_ATTRIBUTES = {
    "sanctionEntity": "designationDate designationDetails unitedNationId euReferenceNumber logicalId",
    "nameAlias": f"firstName middleName lastName wholeName function gender title nameLanguage strong {_WHERE}",
    "citizenship": _LAND,
    "birthdate": f"{_LAND} circa calendarType city zipCode birthdate dayOfMonth monthOfYear year place yearRangeFrom "
    "yearRangeTo",
    "identification": f"{_LAND} diplomatic identificationTypeCode identificationTypeDescription issueDate issuedBy "
    "knownExpired knownFalse latinNumber nameOnDocument number reportedLost revokedByIssuer validFrom validTo",
    "address": f"{_LAND} asAtListingTime city place poBox street zipCode",
    "subjectType": "code classificationCode",
}
ATTRIBUTES = {tag: frozenset(names.split()) for tag, names in _ATTRIBUTES.items()}
_TYPES: dict[str, PartyType] = {"person": "person", "enterprise": "organisation", "P": "person", "E": "organisation"}
_GENDER = {"M": "male", "F": "female"}
_WEAK = re.compile(r"low[- ]quality", re.IGNORECASE)
_FORMER = re.compile(r"formerly|former name|maiden name|f\.k\.a|previously", re.IGNORECASE)
_KINDS = {
    "passport": "passport",
    "regnumber": "registration",
    "tradelic": "registration",
    "fiscalcode": "tax",
    "id": "national-id",
    "ssn": "national-id",
    "drivinglicence": "national-id",
    "travelcardid": "passport",
    "birthcert": "national-id",
    "nationcert": "national-id",
    "electionid": "national-id",
    "residentperm": "national-id",
    "imo": "imo",
    "swiftbic": "swift",
}
_CONTACT = {"PHONE": "phone", "FAX": "phone", "WEB": "website", "EMAIL": "email"}


def _known() -> frozenset[str]:
    paths = {"sanctionEntity"}
    for inside, leaves in _INSIDE.items():
        base = f"sanctionEntity/{inside}".rstrip("/")
        paths.update((base, *(f"{base}/{leaf}" for leaf in leaves.split())))
    return frozenset(paths)


KNOWN = _known()


def read(files: Sequence[Source], reading: Reading) -> Iterator[ListedParty]:
    """Read the full file."""
    used: Counter[str] = Counter()
    for source in files:
        records = Records(source, frozenset({"sanctionEntity"}), KNOWN)
        for node in records:
            reading.read += 1
            party = _party(node, records.unread, reading, f"{source.name} entity {reading.read}", used)
            if party is not None:
                yield party
        if records.root != "export":
            says = f"the root element is <{records.root}>, not <export>"
            reading.problem("list.format", source.name, says, "is this another format?")
        day = dates.day(records.root_attrs.get("generationDate", "")[:10])
        if day is not None:
            reading.facts["published"] = day.isoformat()


def _party(
    node: Node, unread: list[tuple[str, Node]], reading: Reading, where: str, used: Counter[str]
) -> ListedParty | None:
    number = node.attrs.get("euReferenceNumber", "") or node.attrs.get("logicalId", "")
    if not number or node.child("nameAlias") is None:
        reading.problem("list.entry", where, "the entity has no reference number or no name", "fetch the file again")
        return None
    draft = Draft(reading)
    for part in (node, *node.children()):
        odd = part.attrs.keys() - ATTRIBUTES.get(part.tag, part.attrs.keys())
        for name in sorted(odd):
            reading.note(f"attribute not known: {part.tag}/@{name}")
            draft.more(f"{part.tag} {name}", part.attrs[name])
    for part in node.children():
        reading.tally[part.tag] += 1
        _section(draft, part)
    draft.listed_on = dates.day(node.attrs.get("designationDate", "")) or draft.listed_on
    draft.more("designation details", node.attrs.get("designationDetails", ""))
    draft.more("United Nations id", node.attrs.get("unitedNationId", ""))
    for path, odd_node in unread:
        text = odd_node.text() or " ".join(odd_node.attrs.values())
        reading.note(f"element not known: {path}")
        draft.more(path.partition("/")[2], text)
    uid = f"eu:{number}"
    used[uid] += 1
    if used[uid] > 1:
        uid = f"{uid}:{draft.programmes[0] if draft.programmes else used[uid]}"
    return draft.finish(uid, reading.list_id or LIST)


def _section(draft: Draft, part: Node) -> None:
    tag, held = part.tag, part.attrs
    if tag == "remark":
        draft.add("remarks", part.text())
    elif tag == "regulation":
        draft.add("programmes", held.get("programme", ""))
        draft.add("citations", f"{held.get('numberTitle', '')} {part.text('publicationUrl')}")
        if draft.listed_on is None:
            draft.listed_on = dates.day(held.get("publicationDate", ""))
    elif tag == "subjectType":
        draft.type = _TYPES.get(held.get("code", "")) or _TYPES.get(held.get("classificationCode", ""), "unknown")
        if draft.type == "unknown":
            draft.reading.note(f"type not known: {held.get('code', '')}")
    elif tag == "nameAlias":
        _name(draft, part)
    elif tag == "citizenship":
        draft.citizenship(_land(held))
        _remarks(draft, part, "citizenship")
    elif tag == "birthdate":
        _birth(draft, part)
    elif tag == "identification":
        _identification(draft, part)
    elif tag == "address":
        _address(draft, part)


def _land(held: dict[str, str]) -> str:
    code = held.get("countryIso2Code", "")
    return "" if code in ("", "00") else code


def _remarks(draft: Draft, part: Node, label: str) -> None:
    for remark in part.children("remark"):
        draft.more(label, remark.text())


def _name(draft: Draft, part: Node) -> None:
    held = part.attrs
    said = " ".join(remark.text() for remark in part.children("remark"))
    kind: NameKind = "former" if _FORMER.search(said) else ("alias" if draft.names else "primary")
    weak = held.get("strong", "true") == "false" or bool(_WEAK.search(said))
    whole = held.get("wholeName", "")
    keys = (("family", "lastName"), ("given", "firstName"), ("middle", "middleName"))
    parts = tuple((key, held.get(name, "").strip()) for key, name in keys if held.get(name, "").strip())
    if not draft.names and kind != "primary":
        kind = "primary"
    draft.name(whole, kind, "weak" if weak else "strong", parts if len(parts) > 1 else ())
    draft.add("title", held.get("title", ""))
    draft.add("title", held.get("function", ""))
    draft.gender = draft.gender or _GENDER.get(held.get("gender", ""), "")
    if said:
        draft.more(f"name {whole}", said)


def _birth(draft: Draft, part: Node) -> None:
    held = part.attrs
    about = held.get("circa") == "true"
    islamic = held.get("calendarType", "GREGORIAN") != "GREGORIAN"
    start, end = held.get("yearRangeFrom", ""), held.get("yearRangeTo", "")
    if held.get("birthdate"):
        draft.birth(held["birthdate"], approximate=about)
    elif start or end:
        low, high = dates.iso(start), dates.iso(end)
        text = f"{start} to {end}".strip()
        found = PartialDate("", "", f"{text} (calendar: {held['calendarType']})", about)
        draft.births.append(found if islamic else PartialDate(low, high, text, about))
    elif held.get("year"):
        pieces = [held["year"], *(held[key].zfill(2) for key in ("monthOfYear", "dayOfMonth") if held.get(key))]
        text = "-".join(pieces)
        if islamic:
            draft.births.append(PartialDate("", "", f"{text} (calendar: {held['calendarType']})", about))
        else:
            draft.birth(text, approximate=about)
    pieces = [held.get(key, "") for key in ("place", "city", "region", "zipCode")]
    if _land(held):
        pieces.append(held.get("countryDescription", "") or held["countryIso2Code"])
    draft.add("places_of_birth", ", ".join(piece for piece in pieces if piece))
    _remarks(draft, part, "birth")


def _identification(draft: Draft, part: Node) -> None:
    held = part.attrs
    code = held.get("identificationTypeCode", "")
    flags = ("diplomatic", "knownExpired", "knownFalse", "reportedLost", "revokedByIssuer")
    said = [held.get("identificationTypeDescription", ""), *(flag for flag in flags if held.get(flag) == "true")]
    keys = ("nameOnDocument", "issuedBy", "issueDate", "validFrom", "validTo", "region")
    said.extend(f"{key} {held[key]}" for key in keys if held.get(key))
    said.extend(remark.text() for remark in part.children("remark"))
    kind = _KINDS.get(code, "other")
    if kind == "other" and code != "other":
        draft.reading.note(f"identifier type not known: {code}")
    note = "; ".join(text for text in said if text)
    number = held.get("number", "")
    if kind == "imo" and (match := re.search(r"\b(\d{7})\b", number)):
        number = match[1]
    draft.identifier(kind, number, _land(held), note)
    if held.get("latinNumber") and held["latinNumber"] != number:
        draft.identifier(kind, held["latinNumber"], _land(held), note)


def _address(draft: Draft, part: Node) -> None:
    held = part.attrs
    box = held.get("poBox", "")
    if box and "box" not in box.lower():
        box = f"PO Box {box}"
    pieces = [held.get("street", ""), box, held.get("zipCode", ""), held.get("city", "")]
    pieces += [held.get("place", ""), held.get("region", "")]
    country = held.get("countryDescription", "") if _land(held) else ""
    text = ", ".join(piece.strip() for piece in [*pieces, country] if piece.strip())
    draft.address(text=text, country=_land(held), city=held.get("city", ""), postcode=held.get("zipCode", ""))
    if held.get("asAtListingTime") == "true":
        draft.more("address", f"{text}: as at the time of listing")
    for contact in part.children("contactInfo"):
        key = contact.attrs.get("key", "")
        note = "Fax" if key == "FAX" else ""
        draft.identifier(_CONTACT.get(key, "other"), contact.attrs.get("value", ""), "", note or key.capitalize())
    _remarks(draft, part, "address")


FORMAT = Format("eu-fsf", 1, read, LIST, "the EU's consolidated financial sanctions list, XML 1.1")
