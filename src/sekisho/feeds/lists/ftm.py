"""Entities in the FollowTheMoney format, JSON lines: the open form in which many lists are republished.

Both layouts are read: entities that point to each other by id, and entities nested in each other. What is a party
becomes one; addresses, documents, sanctions and ownerships become part of the parties they belong to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from sekisho.feeds.lists import dates
from sekisho.feeds.lists.draft import Draft
from sekisho.feeds.lists.ftm_words import (
    COUNTRIES,
    DROPPED,
    IDENTIFIERS,
    LINKS,
    NAMES,
    PARTIES,
    REMARKS,
    tail_or_registration,
)
from sekisho.feeds.lists.opening import Source
from sekisho.feeds.lists.reading import Format, Reading, clean
from sekisho.model.listed import ListedParty, OwnershipLink
from sekisho.model.problem import BadInput, Problem

LIST = "ftm"
LONGEST_LINE = 16 << 20
Entity = dict[str, Any]


@dataclass(slots=True)
class _Parts:
    """What belongs to other entities, by the id it belongs to."""

    by_owner: dict[str, list[Entity]] = field(default_factory=dict)
    by_id: dict[str, Entity] = field(default_factory=dict)

    def attach(self, owner: str, part: Entity) -> None:
        self.by_owner.setdefault(owner, []).append(part)


def lines(source: Source, reading: Reading) -> Iterator[tuple[str, Entity]]:
    """Yield place and content of each line that is an entity; other lines are problems."""
    for number, line in enumerate(_split(source), start=1):
        if not line.strip():
            continue
        where = f"{source.name}:{number}"
        try:
            entity = msgspec.json.decode(line)
        except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
            hint = "one JSON object a line; the file is damaged or was cut off"
            reading.problem("list.json", where, f"not sound JSON: {error}", hint)
            continue
        if not _is_entity(entity):
            says = "this is no FollowTheMoney entity: id, schema and properties are needed"
            reading.problem("list.format", where, says, "is this another format?")
            continue
        yield where, entity


def _split(source: Source) -> Iterator[bytes]:
    held = b""
    for chunk in source.chunks():
        pieces = (held + chunk).split(b"\n")
        held = pieces.pop()
        if len(held) > LONGEST_LINE:
            raise BadInput([Problem("list.bomb", source.name, "one line never ends", "one JSON object a line")])
        yield from pieces
    yield held


def _is_entity(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and isinstance(value.get("id"), str)
        and bool(value["id"].strip())
        and isinstance(value.get("schema"), str)
        and isinstance(value.get("properties"), dict)
    )


def read(files: Sequence[Source], reading: Reading) -> Iterator[ListedParty]:
    """Read the entities in two passes: what belongs to parties first, then the parties."""
    parts = _Parts()
    for source in files:
        for _, entity in lines(source, reading):
            _gather(entity, parts)
    again = Reading()  # the problems of the first pass are not told twice
    for source in files:
        for where, entity in lines(source, again):
            if entity["schema"] not in PARTIES:
                continue
            if entity.get("target") is False:
                reading.tally["not targets"] += 1
                continue
            reading.read += 1
            party = _party(entity, where, parts, reading)
            if party is not None:
                yield party
    if not reading.read and not reading.problems:
        names = ", ".join(sorted(source.name for source in files))
        reading.problem("list.format", names, "there is no party in the file", "is this another format?")


def _values(entity: Mapping[str, Any], name: str) -> list[Any]:
    value = entity["properties"].get(name, [])
    return value if isinstance(value, list) else [value]


def _texts(entity: Mapping[str, Any], name: str) -> list[str]:
    return [clean(str(value)) for value in _values(entity, name) if isinstance(value, (str, int, float))]


def _ids(entity: Mapping[str, Any], name: str) -> list[str]:
    return [value["id"] if _is_entity(value) else str(value) for value in _values(entity, name)]


def _gather(entity: Entity, parts: _Parts) -> None:
    schema = entity["schema"]
    if schema in PARTIES:
        return
    if schema == "Address":
        parts.by_id[entity["id"]] = entity
    holders = ("holder", "entity", "subject", *LINKS.get(schema, ()))
    for name in holders:
        for owner in _ids(entity, name):
            parts.attach(owner, entity)


def _nested(entity: Entity) -> Iterator[Entity]:
    for values in entity["properties"].values():
        for value in values if isinstance(values, list) else [values]:
            if _is_entity(value):
                yield value


def _party(entity: Entity, where: str, parts: _Parts, reading: Reading) -> ListedParty | None:
    draft = Draft(reading, type=PARTIES[entity["schema"]])
    _names(draft, entity)
    if not draft.names:
        reading.problem("list.entry", where, f"entity {entity['id'][:80]} has no name", "it cannot be screened")
        return None
    uid = f"ftm:{entity['id']}"
    for name in ("birthDate", "incorporationDate"):
        for text in _texts(entity, name):
            draft.birth(text)
    for text in _texts(entity, "birthPlace"):
        draft.add("places_of_birth", text)
    for name in ("nationality", "citizenship"):
        for text in _texts(entity, name):
            draft.citizenship(text.upper() if len(text) == 2 else text)
    for name in COUNTRIES:
        for text in _texts(entity, name):
            draft.country(text.upper() if len(text) == 2 else text)
    for text in _texts(entity, "address"):
        draft.address(text=text)
    for identifier in _texts(entity, "addressEntity"):
        if identifier in parts.by_id:
            _part(draft, parts.by_id[identifier], uid)
    for name, kind in IDENTIFIERS.items():
        for text in _texts(entity, name):
            draft.identifier(kind or tail_or_registration(entity["schema"]), text, "", name)
    for name in REMARKS:
        for text in _texts(entity, name):
            draft.add("remarks", text)
    for text in _texts(entity, "position"):
        draft.add("title", text)
    draft.gender = next(iter(_texts(entity, "gender")), "")
    for part in (*_nested(entity), *parts.by_owner.get(entity["id"], ())):
        _part(draft, part, uid)
    for name in entity["properties"]:
        if name not in DROPPED:
            for text in _texts(entity, name):
                draft.more(name, text)
    for name in ("datasets", "referents"):
        held = entity.get(name)
        if isinstance(held, list):
            draft.more(name, ", ".join(str(one) for one in held))
    draft.more("schema", entity["schema"])
    return draft.finish(uid, reading.list_id or LIST)


def _names(draft: Draft, entity: Entity) -> None:
    caption = clean(str(entity.get("caption") or ""))
    names = _texts(entity, "name")
    first, last = _texts(entity, "firstName"), _texts(entity, "lastName")
    parts = (("family", last[0]), ("given", first[0])) if len(first) == 1 and len(last) == 1 else ()
    primary = caption if caption in names or not names else names[0]
    if primary and (names or entity["schema"] != "Address"):
        draft.name(primary, "primary", parts=parts)
    for prop, (kind, strength) in NAMES.items():
        for text in _texts(entity, prop):
            if text != primary:
                draft.name(text, kind, strength)


def _part(draft: Draft, part: Entity, uid: str) -> None:
    schema = part["schema"]
    if schema == "Address":
        whole = next(iter(_texts(part, "full")), "")
        pieces = [next(iter(_texts(part, key)), "") for key in ("street", "street2", "city", "region", "postalCode")]
        country = next(iter([*_texts(part, "country"), ""]))
        country = country.upper() if len(country) == 2 else country
        draft.address(*pieces, country=country, city=pieces[2], postcode=pieces[4], text=whole or None)
    elif schema in ("Identification", "Passport"):
        kind = "passport" if schema == "Passport" else "national-id"
        said = [*_texts(part, "type"), *(f"issued {text}" for text in _texts(part, "startDate"))]
        said += [f"expires {text}" for text in _texts(part, "endDate")]
        country = next(iter([*_texts(part, "country"), ""]))
        for number in _texts(part, "number"):
            draft.identifier(kind, number, country.upper() if len(country) == 2 else country, "; ".join(said))
    elif schema == "Sanction":
        _sanction(draft, part)
    elif schema == "Ownership":
        _ownership(draft, part, uid)
    elif schema in LINKS:
        ends = [end for name in LINKS[schema] for end in _ids(part, name) if f"ftm:{end}" != uid]
        said = [*_texts(part, "role"), *_texts(part, "relationship"), *_texts(part, "status")]
        draft.more(schema, "; ".join([*(f"ftm:{end}" for end in ends), *said]))


def _sanction(draft: Draft, part: Entity) -> None:
    for name in ("program", "programId"):
        for text in _texts(part, name):
            draft.add("programmes", text)
    days = [dates.day(text) for name in ("listingDate", "startDate") for text in _texts(part, name)]
    known = [day for day in days if day is not None]
    if known:
        draft.listed_on = min([*known, *([draft.listed_on] if draft.listed_on else [])])
    for text in (*_texts(part, "authority"), *_texts(part, "authorityId")):
        draft.add("citations", text)
    for name in ("reason", "provisions", "status", "endDate", "duration"):
        for text in _texts(part, name):
            draft.more(f"sanction {name}", text)


def _ownership(draft: Draft, part: Entity, uid: str) -> None:
    told = next(iter(_texts(part, "percentage")), "")
    said = "; ".join([*_texts(part, "role"), *([told] if told and _share(told) is None else [])])
    for owner in _ids(part, "owner") or [uid.removeprefix("ftm:")]:
        for owned in _ids(part, "asset") or [uid.removeprefix("ftm:")]:
            link = OwnershipLink(f"ftm:{owner}", f"ftm:{owned}", _share(told), said)
            if uid in (link.owner, link.owned) and link.owner != link.owned and link not in draft.links:
                draft.links.append(link)


def _share(text: str) -> float | None:
    try:
        share = float(text.replace("%", "").replace(",", ".").strip())
    except ValueError:
        return None
    return share if 0 <= share <= 100 else None


FORMAT = Format("ftm", 1, read, LIST, "FollowTheMoney entities, JSON lines")
