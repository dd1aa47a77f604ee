"""The US Consolidated Screening List of trade.gov, as CSV and as JSON: thirteen lists of three departments in one.

Each row is one party on one list, so a party on two lists gives two. Rows from OFAC bear OFAC's number; the others
have no lasting id, and theirs is made from country and name (the publisher's ``_id`` changes with every edit).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import msgspec

from sekisho.feeds.lists import dates, places
from sekisho.feeds.lists.draft import Draft
from sekisho.feeds.lists.ofac_terms import TYPES, Links, enter, label_pattern, linked_to
from sekisho.feeds.lists.ofac_xml import vessel
from sekisho.feeds.lists.opening import Source
from sekisho.feeds.lists.reading import Format, Reading, clean
from sekisho.feeds.lists.tables import csv_rows
from sekisho.feeds.lists.uids import UidMaker, slug
from sekisho.model.listed import ListedParty
from sekisho.model.problem import BadInput, Problem

LIST = "us:csl"
# the code in the source's name -> our list, prefix of the ids
SOURCES = {
    "SDN": ("us:sdn", "ofac"),
    "SSI": ("us:ssi", "ofac-ssi"),
    "PLC": ("us:plc", "ofac-plc"),
    "CAP": ("us:capta", "ofac-cap"),
    "CMIC": ("us:cmic", "ofac-cmic"),
    "NS-MBS List": ("us:ns-mbs", "ofac-mbs"),
    "MBS": ("us:ns-mbs", "ofac-mbs"),
    "FSE": ("us:fse", "ofac-fse"),
    "EL": ("us:entity-list", "bis-el"),
    "DPL": ("us:dpl", "bis-dpl"),
    "UVL": ("us:uvl", "bis-uvl"),
    "MEU": ("us:meu", "bis-meu"),
    "DTC": ("us:debarred", "us-dtc"),
    "ISN": ("us:isn", "us-isn"),
}
_FIELDS = (
    "_id id source entity_number type programs name title addresses federal_register_notice start_date end_date "
    "standard_order license_requirement license_policy call_sign vessel_type gross_tonnage gross_registered_tonnage "
    "vessel_flag vessel_owner remarks source_list_url alt_names citizenships dates_of_birth nationalities "
    "places_of_birth source_information_url ids country"
)
KNOWN = frozenset(_FIELDS.split())
_COUNTRY = re.compile(r"(?:^|, )([A-Z]{2})$")
_POSTCODE = re.compile(r"[A-Z0-9][A-Z0-9 -]{2,9}")
_LEADING = re.compile(
    r"(?:([A-Z]{2}), )?(?:(\d{4}(?:-\d\d(?:-\d\d)?)?), )?(?:(\d{4}(?:-\d\d(?:-\d\d)?)?), )?(.*)", re.S
)


def read_csv(files: Sequence[Source], reading: Reading) -> Iterator[ListedParty]:
    """Read the CSV edition."""
    for source in files:
        rows = csv_rows(source)
        header = [clean(cell) for cell in next(rows, (0, []))[1]]
        if not {"source", "name"} <= set(header):
            says = "the first row does not name the columns 'source' and 'name'"
            reading.problem("list.format", source.name, says, "is this another format?")
            return
        _unknown(set(header) - KNOWN, "column", reading)
        yield from _all(_csv_records(rows, header, source, reading), reading)


def _csv_records(
    rows: Iterator[tuple[int, list[str]]], header: list[str], source: Source, reading: Reading
) -> Iterator[tuple[str, dict[str, Any]]]:
    for line, row in rows:
        where = f"{source.name}:{line}"
        if len(row) != len(header):
            says = f"the row has {len(row)} fields, the header {len(header)}"
            reading.problem("list.csv", where, says, "the file is damaged or was cut off; fetch it again")
            continue
        record: dict[str, Any] = dict(zip(header, row, strict=True))
        for field in ("programs", "alt_names", "citizenships", "dates_of_birth", "nationalities", "places_of_birth"):
            record[field] = [part for part in re.split(r";\s+", record.get(field, "")) if part]
        record["addresses"] = [_csv_address(part) for part in re.split(r";\s+", record.get("addresses", "")) if part]
        record["ids"] = list(_csv_ids(record.get("ids", "")))
        yield where, record


def _csv_address(text: str) -> dict[str, str]:
    match = _COUNTRY.search(text.rstrip(" ,"))
    country = match[1] if match and places.country_code(match[1]) else ""
    found = {"text": text, "country": country}
    parts = [part.strip() for part in text.split(",")][: -1 if country else None]
    if len(parts) > 2 and _POSTCODE.fullmatch(parts[-1]) and any(map(str.isdigit, parts[-1])):
        found["postal_code"] = parts[-1]
    return found


def _csv_ids(text: str) -> Iterator[dict[str, str]]:
    held = ""
    for piece in text.split("; "):
        held = f"{held}; {piece}" if held else piece
        body, comma, label = _split_label(held)
        if not comma:
            continue
        match = _LEADING.fullmatch(body)
        held = ""
        if match is not None:
            first, second = match[2] or "", match[3] or ""
            expires, issued = (first, second) if second else (first, "")
            number = match[4]
            yield {
                "type": label,
                "number": number,
                "country": match[1] or "",
                "expiration_date": expires,
                "issue_date": issued,
            }
    if held:
        yield {"type": "other", "number": held}


def _split_label(text: str) -> tuple[str, str, str]:
    for match in re.finditer(r", ", text):
        label = text[match.end() :]
        known = label_pattern().match(label)
        if known is not None and not label[known.end() :].strip(" :-"):
            return text[: match.start()], ", ", label
    return text.rpartition(", ")


def read_json(files: Sequence[Source], reading: Reading) -> Iterator[ListedParty]:
    """Read the JSON edition: an object with ``results``, or the array of results."""
    for source in files:
        try:
            data = msgspec.json.decode(source.content())
        except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
            hint = "it is damaged or was cut off; fetch it again"
            raise BadInput([Problem("list.json", source.name, f"not sound JSON: {error}", hint)]) from None
        results = data.get("results") if isinstance(data, dict) else data
        if not isinstance(results, list):
            reading.problem("list.format", source.name, "there is no array called 'results'", "is this another format?")
            return
        if isinstance(data, dict):
            _published(data, reading)
        yield from _all(_json_records(results, source, reading), reading)


def _published(data: Mapping[str, Any], reading: Reading) -> None:
    told = [str(data.get(key, "")) for key in ("generated_at", "search_performed_at", "sourceGeneratedAt")]
    for part in (*_list(data.get("sources")), *_list(data.get("sources_used"))):
        if isinstance(part, dict):
            told.append(str(part.get("source_last_updated", "")))
    days = [day for day in (dates.day(text[:10]) for text in told) if day is not None]
    if days:
        reading.facts["published"] = max(days).isoformat()
    if isinstance(data.get("total"), int):
        reading.facts["declared"] = str(data["total"])


def _json_records(results: list[Any], source: Source, reading: Reading) -> Iterator[tuple[str, dict[str, Any]]]:
    for index, record in enumerate(results):
        where = f"{source.name} results[{index}]"
        if not isinstance(record, dict):
            reading.problem("list.json", where, "this is not an object", "the file is damaged; fetch it again")
            continue
        _unknown(record.keys() - KNOWN, "field", reading)
        found = dict(record)
        for field in ("programs", "alt_names", "citizenships", "dates_of_birth", "nationalities", "places_of_birth"):
            found[field] = [str(item) for item in _list(record.get(field)) if item]
        found["addresses"] = [item for item in _list(record.get("addresses")) if isinstance(item, dict)]
        found["ids"] = [item for item in _list(record.get("ids")) if isinstance(item, dict)]
        yield where, found


def _list(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def _unknown(names: set[str], what: str, reading: Reading) -> None:
    for name in sorted(names):
        reading.note(f"{what} not known: {name[:80]}")


def _all(records: Iterator[tuple[str, dict[str, Any]]], reading: Reading) -> Iterator[ListedParty]:
    links = Links()
    makers: dict[str, UidMaker] = {}
    parties = []
    for where, record in records:
        reading.read += 1
        party = _party(record, where, reading, links, makers)
        if party is not None:
            links.learn(party)
            parties.append(party)
    for party in parties:
        mine = links.of(party.uid)
        yield replace(party, links=mine) if mine else party


def _party(
    record: Mapping[str, Any], where: str, reading: Reading, links: Links, makers: dict[str, UidMaker]
) -> ListedParty | None:
    source, name = _text(record, "source"), _text(record, "name")
    if not name or not source:
        reading.problem("list.entry", where, "the row has no name or no source", "the file is damaged; fetch it again")
        return None
    list_id, prefix = _source(source, reading)
    draft = Draft(reading)
    draft.type = TYPES.get(_text(record, "type").lower(), "unknown")
    ofac = prefix.startswith("ofac")
    draft.name(name, "primary", parts=_parts(name, draft.type))
    for other in record["alt_names"]:
        text = clean(other) if ofac else re.sub(r"^(?:and|or) ", "", clean(other))
        draft.name(text, parts=_parts(text, draft.type))
    for address in record["addresses"]:
        _address(draft, address)
    draft.country(_text(record, "country"))
    for item in record["ids"]:
        _identifier(draft, item)
    for birth in record["dates_of_birth"]:
        draft.birth(birth)
    for place in record["places_of_birth"]:
        draft.add("places_of_birth", place)
    for country in (*record["nationalities"], *record["citizenships"]):
        draft.citizenship(country)
    for programme in record["programs"]:
        draft.add("programmes", programme)
    draft.add("title", _text(record, "title"))
    draft.add("remarks", _text(record, "remarks"))
    draft.add("citations", _text(record, "federal_register_notice"))
    draft.licence_requirement = _text(record, "license_requirement")
    draft.licence_policy = _text(record, "license_policy")
    draft.listed_on = dates.day(_text(record, "start_date"))
    own_id = "" if _text(record, "entity_number") else "_id"
    for field in ("end_date", "standard_order", own_id):
        draft.more(field.replace("_", " ").strip(), _text(record, field))
    for field in sorted(record.keys() - KNOWN):
        draft.more(field, _text(record, field))
    uid = _uid(record, draft, prefix, makers)
    _vessel(draft, record, uid, links)
    if draft.type not in ("person", "unknown"):
        for other in linked_to(_text(record, "remarks")):
            links.want(uid, other, "Linked To")
    return draft.finish(uid, list_id)


def _text(record: Mapping[str, Any], field: str) -> str:
    value = record.get(field)
    if value is None or isinstance(value, (list, dict)):
        return ""
    return clean(str(value))


def _source(text: str, reading: Reading) -> tuple[str, str]:
    match = re.search(r"\(([^()]+)\)", text)
    found = SOURCES.get(match[1] if match else text)
    if found is None:
        reading.note(f"source not known: {text}")
        return f"us:{slug(match[1] if match else text, 32) or 'other'}", f"us-{slug(match[1] if match else text, 32)}"
    return found


def _parts(name: str, kind: str) -> tuple[tuple[str, str], ...]:
    family, comma, given = name.partition(", ")
    return (("family", family), ("given", given)) if comma and kind == "person" else ()


def _address(draft: Draft, found: Mapping[str, Any]) -> None:
    if "text" in found:
        draft.address(
            text=found["text"],
            country=found["country"],
            postcode=found.get("postal_code", ""),  # which part is the city is not told
        )
        return
    pieces = [_text(found, field) for field in ("address", "city", "state", "postal_code")]
    draft.address(*pieces, country=_text(found, "country"), city=pieces[1], postcode=pieces[3])


def _identifier(draft: Draft, item: Mapping[str, Any]) -> None:
    said = [("issued", "issue_date"), ("expires", "expiration_date")]
    note = "; ".join(f"{word} {_text(item, field)}" for word, field in said if _text(item, field))
    enter(draft, _text(item, "type") or "other", _text(item, "number"), _text(item, "country"), note)


def _vessel(draft: Draft, record: Mapping[str, Any], uid: str, links: Links) -> None:
    found = {"callSign": "call_sign", "vesselType": "vessel_type", "tonnage": "gross_tonnage"}
    found |= {"grossRegisteredTonnage": "gross_registered_tonnage", "vesselFlag": "vessel_flag"}
    found |= {"vesselOwner": "vessel_owner"}
    vessel(draft, {key: _text(record, field) for key, field in found.items()}, uid, links)


def _uid(record: Mapping[str, Any], draft: Draft, prefix: str, makers: dict[str, UidMaker]) -> str:
    number = _text(record, "entity_number")
    if prefix.startswith("ofac") and number.isdigit():
        return f"{prefix}:{number}"
    maker = makers.setdefault(prefix, UidMaker(prefix))
    country = draft.addresses[0].country if draft.addresses else ""
    name = next(iter(draft.names.values())).text
    address = draft.addresses[0].text if draft.addresses else ""
    return maker.make(country, name, _text(record, "start_date"), address)


CSV = Format("csl-csv", 1, read_csv, LIST, "US Consolidated Screening List, trade.gov CSV")
JSON = Format("csl-json", 1, read_json, LIST, "US Consolidated Screening List, trade.gov JSON")
FORMATS = (CSV, JSON)
