"""OFAC's lists as the CSV trio: ``sdn.csv``, ``alt.csv``, ``add.csv`` (and ``sdn_comments.csv``).

The files have no header and are told apart by their number of fields: 12 primary, 5 other names, 6 addresses,
2 further comments. ``-0-`` means empty. Weak aliases, dates of birth, numbers and links stand in the remarks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sekisho.feeds.lists.draft import Draft
from sekisho.feeds.lists.ofac_terms import TYPES, Links, enter, label_pattern
from sekisho.feeds.lists.ofac_xml import SDN, settle, vessel
from sekisho.feeds.lists.opening import Source
from sekisho.feeds.lists.reading import Format, Reading, clean
from sekisho.feeds.lists.tables import csv_rows
from sekisho.model.listed import ListedParty, NameKind

PRIMARY, OTHER_NAMES, ADDRESSES, COMMENTS = 12, 5, 6, 2
LONGEST_REMARKS = 995  # the primary file cuts remarks off at 1,000 characters
_KINDS: dict[str, NameKind] = {"aka": "alias", "fka": "former", "nka": "alias"}
_QUOTED = re.compile(r"(a\.k\.a\.|f\.k\.a\.|n\.k\.a\.) '(.*)'$")
_COUNTRY = re.compile(r" \(([^()]+)\)$")
_ISSUED = re.compile(
    r"(?: \(([^()]+)\))?((?: (?:issued|expires) (?:\d{1,2} )?(?:[A-Z][a-z]{2} )?\d{4}(?: to [^;]*)?)*)$"
)
Rows = dict[str, list[tuple[str, list[str]]]]


def read(files: Sequence[Source], reading: Reading) -> Iterator[ListedParty]:
    """Read the primary file together with what belongs to it."""
    primary: Rows = {}
    names: Rows = {}
    addresses: Rows = {}
    comments: dict[str, str] = {}
    seen: set[int] = set()
    for source in files:
        width = 0
        for line, row in csv_rows(source):
            where = f"{source.name}:{line}"
            width = width or len(row)
            if len(row) != width or width not in (PRIMARY, OTHER_NAMES, ADDRESSES, COMMENTS):
                says = f"the row has {len(row)} fields" + (f", the first had {width}" if len(row) != width else "")
                reading.problem("list.csv", where, says, "OFAC's files have 12, 5, 6 or 2; this one is damaged")
                continue
            row = ["" if cell.strip() == "-0-" else clean(cell) for cell in row]
            if not row[0].isdigit():
                reading.problem("list.entry", where, f"'{row[0][:40]}' is not an entry number", "damaged; fetch again")
                continue
            if width == COMMENTS:
                comments[row[0]] = comments.get(row[0], "") + row[1]
            else:
                into = {PRIMARY: primary, OTHER_NAMES: names, ADDRESSES: addresses}[width]
                into.setdefault(row[0], []).append((where, row))
        if width:
            seen.add(width)
    _complete(seen, primary, names, addresses, reading)
    reading.tally["alt rows"] = sum(map(len, names.values()))
    reading.tally["add rows"] = sum(map(len, addresses.values()))
    links = Links()
    parties: list[ListedParty] = []
    for number, rows in primary.items():
        where, row = rows[0]
        reading.read += len(rows)
        if len(rows) > 1:
            reading.problem("list.entry", rows[1][0], f"entry {number} stands twice", "the file is damaged")
        if not row[1]:
            reading.problem("list.entry", where, f"entry {number} has no name", "the file is damaged; fetch it again")
            continue
        party = _party(row, names.get(number, []), addresses.get(number, []), comments.get(number, ""), reading, links)
        links.learn(party)
        parties.append(party)
    yield from settle(parties, reading, links)


def _complete(seen: set[int], primary: Rows, names: Rows, addresses: Rows, reading: Reading) -> None:
    if PRIMARY not in seen:
        hint = "name sdn.csv (or cons_prim.csv) with it"
        reading.problem("list.incomplete", "ofac-csv", "the primary file with 12 fields is missing", hint)
        return
    lacking = [name for width, name in ((OTHER_NAMES, "alt.csv"), (ADDRESSES, "add.csv")) if width not in seen]
    if lacking:
        reading.facts["incomplete"] = " and ".join(lacking)
    for rows, what in ((names, "name"), (addresses, "address")):
        for number in rows.keys() - primary.keys():
            where = rows[number][0][0]
            says = f"this {what} belongs to entry {number}, which the primary file does not have"
            reading.problem("list.entry", where, says, "the files are of different days; fetch all of them again")


def _party(
    row: list[str],
    names: list[tuple[str, list[str]]],
    addresses: list[tuple[str, list[str]]],
    comment: str,
    reading: Reading,
    links: Links,
) -> ListedParty:
    number, name, kind, programmes, title, call_sign, vessel_type, tonnage, gross, flag, owner, remarks = row
    uid = f"ofac:{number}"
    draft = Draft(reading)
    draft.type = TYPES.get(kind.lower(), "unknown") if kind else "organisation"
    draft.name(name, "primary", parts=_parts(name) if draft.type == "person" else ())
    for _, (_, _, how, text, said) in names:
        if how not in _KINDS:
            reading.note(f"alias type not known: {how}")
        parts = _parts(text) if draft.type == "person" else ()
        draft.name(text, _KINDS.get(how, "alias"), parts=parts)
        draft.more(f"name {text}", said)
    for _, (_, _, street, city, country, said) in addresses:
        draft.address(street, city, country=country, city=city)
        draft.more("address remark", said)
    for programme in programmes.replace("] [", ";").strip("[]").split(";"):
        draft.add("programmes", programme)
    draft.add("title", title)
    found = {"callSign": call_sign, "vesselType": vessel_type, "tonnage": tonnage.replace(",", "")}
    found |= {"grossRegisteredTonnage": gross.replace(",", ""), "vesselFlag": flag, "vesselOwner": owner}
    vessel(draft, found, uid, links)
    if len(remarks) >= LONGEST_REMARKS and not comment:
        reading.note("remarks are cut off where the file of comments is missing or has no row")
    read_remarks(draft, remarks + comment, uid, links)
    return draft.finish(uid, SDN)


def _parts(name: str) -> tuple[tuple[str, str], ...]:
    family, comma, given = name.partition(", ")
    return (("family", family), ("given", given)) if comma else ()


def read_remarks(draft: Draft, remarks: str, uid: str, links: Links) -> None:
    """Read what the CSV puts into the remarks; what is not recognised stays as remarks, in order."""
    text = remarks.strip()
    left = []
    for piece in _pieces(text.removesuffix(".")):
        if piece not in draft.title and not _known_piece(draft, piece, uid, links):
            left.append(piece)
    draft.add("remarks", "; ".join(left))


def _pieces(text: str) -> Iterator[str]:
    held = ""
    for piece in text.split("; "):
        held = f"{held}; {piece}" if held else piece
        match = re.search(r"[afn]\.k\.a\. '", held)
        if match and "'" not in held[match.end() :]:
            continue
        yield clean(held)
        held = ""
    if held:
        yield clean(held)


def _known_piece(draft: Draft, piece: str, uid: str, links: Links) -> bool:
    bare = re.sub(r"^[Aa]lt\. ", "", piece)
    if match := _QUOTED.match(bare):
        kind: NameKind = "former" if match[1] == "f.k.a." else "alias"
        parts = _parts(match[2]) if draft.type == "person" else ()
        draft.name(match[2], kind, "weak", parts)
    elif bare.startswith("DOB "):
        draft.birth(bare[4:])
    elif bare.startswith("POB "):
        draft.add("places_of_birth", bare[4:])
    elif bare.startswith("nationality "):
        draft.citizenship(bare[12:])
    elif bare.startswith("citizen "):
        draft.citizenship(bare[8:])
    elif bare.startswith("Linked To: "):
        draft.add("remarks", f"(Linked To: {bare[11:]})")
        if draft.type != "person":
            links.want(uid, bare[11:], "Linked To")
    else:
        return _labelled(draft, bare)
    return True


def _labelled(draft: Draft, piece: str) -> bool:
    match = label_pattern().match(piece)
    if match is None:
        return False
    label = match[1]
    rest = piece[match.end() :].lstrip(" :-")
    if label == "Digital Currency Address":
        currency, _, rest = rest.partition(" ")
        label = f"{label} - {currency}"
    tail = _ISSUED.search(rest)
    country = note = ""
    if tail is not None:
        country, note = tail[1] or "", clean(tail[2])
        rest = rest[: tail.start()]
    enter(draft, label, rest, country, re.sub(r"(?<=\d) (?=expires)", "; ", note))
    return True


FORMAT = Format("ofac-csv", 1, read, SDN, "OFAC's CSV files: sdn.csv, alt.csv, add.csv (or cons_prim.csv ...)")
