"""What the screening benchmarks measure on: real lists, labelled pairs, variants made from them, clean names.

Everything is divided once, by SHA-256, into a development half (weights and word lists were chosen on it) and a
held-out half (only reported): listed parties by their uid, labelled pairs by their two names, transliterations by
their Latin word. Clean names come from other locales for development than for the report.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import os
import random
import re
import xml.etree.ElementTree as ET
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from sekisho.model.listed import ListedName, ListedParty, PartyType

SHARED = Path(os.environ.get("SEKISHO_SHARED_DATA") or Path(__file__).parents[3] / "shared" / "data")
TYPES: dict[str, PartyType] = {
    "Individual": "person", "Entity": "organisation", "Vessel": "vessel", "Aircraft": "aircraft",
    "Person": "person", "Company": "organisation", "Organization": "organisation",
}  # fmt: skip
REPORT_LOCALES = (
    "en_US", "de_DE", "fr_FR", "es_MX", "it_IT", "ru_RU", "ja_JP", "zh_CN", "ko_KR", "ar_SA", "tr_TR", "pl_PL",
)  # fmt: skip
DEVELOPMENT_LOCALES = (
    "en_GB", "de_AT", "fr_CA", "es_ES", "pt_BR", "uk_UA", "bg_BG", "zh_TW", "he_IL", "fa_IR", "az_AZ", "nl_NL",
)  # fmt: skip


def held_out(key: str) -> bool:
    """Tell to which half a thing belongs; the key is all that decides."""
    return hashlib.sha256(key.encode()).digest()[0] % 2 == 1


def us_list() -> list[ListedParty]:
    """Read the US Consolidated Screening List of 2026-07-31 (25,921 entries)."""
    told = json.load(gzip.open(SHARED / "parties/us-csl-2026-07/screening-list.json.gz"))
    return [
        ListedParty(
            uid=f"us:{number}",
            source="us:csl",
            type=TYPES.get(row.get("t", ""), "unknown"),
            names=tuple(ListedName(name) for name in (row["n"], *row.get("a", ()))),
        )
        for number, row in enumerate(told["entries"])
    ]


def ofac_list() -> list[ListedParty]:
    """Read the OFAC SDN list of 2024-05-07 (14,966 entries) with names and the strength of aliases."""
    root = ET.parse(gzip.open(SHARED / "parties/ofac-2024-05/sdn.xml.gz")).getroot()
    ns = root.tag[: root.tag.index("}") + 1]

    def name(node: ET.Element) -> str:
        return ", ".join(part for part in (node.findtext(ns + "lastName"), node.findtext(ns + "firstName")) if part)

    made = []
    for entry in root.iter(ns + "sdnEntry"):
        names = [ListedName(name(entry))]
        for alias in entry.iter(ns + "aka"):
            weak = alias.findtext(ns + "category") == "weak"
            names.append(ListedName(name(alias), "alias", "weak" if weak else "strong"))
        kind = TYPES[entry.findtext(ns + "sdnType") or ""]
        made.append(
            ListedParty(uid=f"ofac:{entry.findtext(ns + 'uid')}", source="us:sdn", type=kind, names=tuple(names))
        )
    return made


def list_of(names: int) -> list[ListedParty]:
    """Take parties of the OFAC list, in an order given by hashes, until they have ``names`` names."""
    chosen: list[ListedParty] = []
    count = 0
    for party in sorted(ofac_list(), key=lambda p: hashlib.sha256(b"size" + p.uid.encode()).digest()):
        if count >= names:
            break
        chosen.append(party)
        count += len(party.names)
    return chosen


@dataclass(frozen=True)
class Labelled:
    """A labelled pair of names."""

    kind: PartyType
    asked: str
    listed: str
    match: bool
    held_out: bool


def labelled_pairs() -> list[Labelled]:
    """Read the 826 labelled pairs."""
    with (SHARED / "matching/name-pairs/cases.csv").open(encoding="utf-8") as file:
        return [
            Labelled(
                TYPES.get(row["schema"], "vessel" if row["schema"] == "Vessel" else "unknown"),
                row["name1"],
                row["name2"],
                row["is_match"] == "true",
                held_out(row["name1"] + "|" + row["name2"]),
            )
            for row in csv.DictReader(file)
        ]


@dataclass(frozen=True)
class Variant:
    """A changed name with the party it was made from and the change."""

    text: str
    uid: str
    change: str
    kind: PartyType


def transliterations(half: bool) -> dict[str, dict[str, list[str]]]:
    """Read Latin word -> writings in other scripts, by script, of one half."""
    made: dict[str, dict[str, list[str]]] = {}
    for path in sorted((SHARED / "matching/transliteration").glob("wd_*_80.tsv.gz")):
        table: dict[str, list[str]] = defaultdict(list)
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                latin, letters, times = line.rstrip("\n").split("\t")
                if held_out(latin) == half and int(times) >= 2 and len(latin) > 2:
                    table[latin].append(letters.replace(" ", ""))
        made[path.name.split("_")[1]] = dict(table)
    return made


FORMS = re.compile(
    r"[\s,]+(?:co\.?,?\s+ltd|ltd|llc|l\.l\.c|inc|corp|corporation|company|limited|gmbh|s\.?a|jsc|plc|co|fze|group)\.?$",
    re.I,
)


def variants(parties: list[ListedParty], count: int, half: bool, seed: int = 7) -> list[Variant]:
    """Make ``count`` variants, as people and systems write names, of parties of one half."""
    draw = random.Random(seed)
    tables = transliterations(half)
    pool = [p for p in parties if held_out(p.uid) == half and p.type in ("person", "organisation", "vessel")]
    draw.shuffle(pool)
    plain = {word for table in tables.values() for word in table}
    writable = [
        (party, name)
        for party in pool
        if party.type == "person"
        for name in party.names
        if name.strength == "strong" and len(name.text.split()) > 1 and all(w in plain for w in _words(name.text))
    ]
    made: list[Variant] = []
    changes = (
        "typo",
        "two-typos",
        "order",
        "initial",
        "dropped",
        "joined",
        "parted",
        "script",
        "script",
        "exact",
        "middle",
    )
    turn = 0
    at = 0
    while len(made) < count:
        party = pool[at % len(pool)]
        at += 1
        change = changes[turn % len(changes)]
        name = draw.choice(party.names)
        if change == "script":
            party, name = draw.choice(writable)
        if name.strength == "weak" and party.type == "person":
            continue
        text = _changed(name.text, party.type, change, draw, tables)
        if text and len(text) > 3:
            made.append(Variant(text, party.uid, change, party.type))
            turn += 1
        elif at % 7 == 0:
            turn += 1
    return made


def _words(text: str) -> list[str]:
    return [re.sub(r"[^a-z]", "", word.lower()) for word in text.split()]


def _typo(word: str, draw: random.Random) -> str:
    place = draw.randrange(1, len(word) - 1)
    other = draw.choice("abcdefghijklmnopqrstuvwxyz")
    return draw.choice(
        (
            word[:place] + word[place + 1 :],
            word[:place] + other + word[place:],
            word[:place] + other + word[place + 1 :],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        )
    )


def _changed(
    text: str, kind: PartyType, change: str, draw: random.Random, tables: dict[str, dict[str, list[str]]]
) -> str | None:
    family, _, given = text.partition(", ")
    natural = f"{given} {family}".strip() if kind == "person" else text
    words = natural.split()
    long = [place for place, word in enumerate(words) if len(word) > 4 and word.isascii() and word.isalpha()]
    if change == "exact":
        return natural
    if change in ("typo", "two-typos"):
        if len(long) < (1 if change == "typo" else 2):
            return None
        for place in draw.sample(long, 1 if change == "typo" else 2):
            words[place] = _typo(words[place].lower(), draw)
        return " ".join(words)
    if change == "order":
        if len(words) < 2 or kind != "person":
            return None
        draw.shuffle(words)
        return " ".join(words)
    if change == "initial":
        if kind != "person" or len(words) < 3:
            return None
        place = draw.randrange(len(words) - 1)
        words[place] = words[place][:1] + "."
        return " ".join(words)
    if change == "dropped":
        shorter = FORMS.sub("", text)
        return shorter if kind == "organisation" and shorter != text and len(shorter) > 4 else None
    if change == "joined":
        if len(words) < 2:
            return None
        place = draw.randrange(len(words) - 1)
        return " ".join(words[:place] + [words[place] + words[place + 1].lower()] + words[place + 2 :])
    if change == "parted":
        longer = [place for place in long if len(words[place]) >= 8]
        if not longer:
            return None
        place = draw.choice(longer)
        cut = draw.randrange(3, len(words[place]) - 3)
        words[place] = words[place][:cut] + " " + words[place][cut:]
        return " ".join(words)
    if change == "middle":
        if kind != "person" or len(words) < 4:
            return None
        del words[draw.randrange(1, len(words) - 1)]
        return " ".join(words)
    if kind != "person":
        return None
    script = draw.choice(sorted(tables))
    table = tables[script]
    plain = _words(natural)
    if not all(word in table for word in plain):
        return None
    joint = {"chinese": "·", "japanese": "・", "katakana": "・"}.get(script, " ")
    return joint.join(draw.choice(table[word]) for word in plain)


@dataclass(frozen=True)
class Hidden:
    """An alias taken out of the list, to be asked for."""

    text: str
    uid: str
    kind: PartyType


def hide_aliases(parties: list[ListedParty], half: bool, seed: int = 11) -> tuple[list[ListedParty], list[Hidden]]:
    """Take one strong alias out of every party of one half that has two names or more."""
    draw = random.Random(seed)
    left: list[ListedParty] = []
    hidden: list[Hidden] = []
    for party in parties:
        aliases = [name for name in party.names[1:] if name.strength == "strong" and name.text != party.names[0].text]
        if held_out(party.uid) != half or not aliases or party.type == "aircraft":
            left.append(party)
            continue
        gone = draw.choice(aliases)
        rest = tuple(name for name in party.names if name.text != gone.text)
        left.append(ListedParty(uid=party.uid, source=party.source, type=party.type, names=rest))
        hidden.append(Hidden(gone.text, party.uid, party.type))
    return left, hidden


def clean_names(locales: tuple[str, ...], count: int, seed: int) -> list[tuple[str, PartyType]]:
    """Make names of nobody in particular: four of five are persons, one of five a company."""
    from faker import Faker

    made: list[tuple[str, PartyType]] = []
    for locale in locales:
        fake = Faker(locale)
        fake.seed_instance(seed)
        for number in range(-(-count // len(locales))):
            made.append((fake.company(), "organisation") if number % 5 == 4 else (fake.name(), "person"))
    random.Random(seed).shuffle(made)
    return made[:count]


def million(names: int, parties: list[ListedParty], seed: int = 3) -> list[ListedParty]:
    """Add invented parties made of real lists' words, with misspellings, until there are ``names`` names."""
    draw = random.Random(seed)
    words: dict[PartyType, list[list[str]]] = {"person": [], "organisation": []}
    have = 0
    for party in parties:
        have += len(party.names)
        kind: PartyType = "person" if party.type == "person" else "organisation"
        words[kind].extend(name.text.replace(",", " ").split() for name in party.names)
    made = list(parties)
    number = 0
    while have < names:
        kind = "person" if draw.random() < 0.6 else "organisation"
        size = draw.choice((2, 3, 3, 4)) if kind == "person" else draw.choice((2, 3, 4, 5))
        picked = []
        for place in range(size):
            row = draw.choice(words[kind])
            word = row[min(place, len(row) - 1)]
            if len(word) > 4 and word.isalpha() and draw.random() < 0.08:
                word = _typo(word.lower(), draw)
            picked.append(word)
        made.append(ListedParty(uid=f"made:{number}", source="made", type=kind, names=(ListedName(" ".join(picked)),)))
        number += 1
        have += 1
    return made
