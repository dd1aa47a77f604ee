"""What OFAC's labels mean (``packs/lists/ofac_labels.toml``), and how a labelled value enters a draft.

The same labels stand in the XML, in the remarks of the CSV files and in the US Consolidated Screening List.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache

from sekisho.feeds.lists.draft import Draft
from sekisho.feeds.lists.reading import clean
from sekisho.feeds.packs import packs_root
from sekisho.model.listed import ListedParty, OwnershipLink, PartyType

TYPES: dict[str, PartyType] = {
    "individual": "person",
    "entity": "organisation",
    "vessel": "vessel",
    "aircraft": "aircraft",
}
# Programmes that only the non-SDN lists use, or nearly so; most entries of the consolidated file carry one.
NON_SDN_PROGRAMMES = frozenset({"NS-PLC", "UKRAINE-EO13662", "CMIC-EO13959", "FSE-IR", "FSE-SY", "561-Related", "MBS"})
_IMO = re.compile(r"(?:IMO\s*)?(\d{7})", re.IGNORECASE)
_COUNTRY_LABELS = frozenset({"Nationality of Registration", "Registration Country"})


@cache
def labels() -> dict[str, str]:
    """Give each label and its meaning: a kind of identifier, or ``statement``."""
    with (packs_root() / "lists" / "ofac_labels.toml").open("rb") as file:
        return {label: kind for kind, group in tomllib.load(file).items() for label in group}


@cache
def label_pattern() -> re.Pattern[str]:
    """Match a label at the start of a text: the longest first."""
    known = [*labels(), "Digital Currency Address"]
    options = "|".join(re.escape(label) for label in sorted(known, key=len, reverse=True))
    return re.compile(rf"({options})(?=[\s:\-]|$)")


def bare_label(label: str) -> str:
    """Strip what OFAC prints after a label ("Secondary sanctions risk:", "Additional Sanctions Information -")."""
    return clean(label).rstrip(" :-")


def enter(draft: Draft, label: str, value: str, country: str = "", note: str = "") -> None:
    """Enter one labelled value where it belongs: identifier, gender, founding date, country or statement."""
    label, value = bare_label(label), clean(value)
    if not value:
        return
    kind = labels().get(label, "")
    if label == "Gender":
        draft.gender = value.lower()
    elif label == "Organization Established Date":
        draft.birth(value)
    elif kind == "statement":
        if label in _COUNTRY_LABELS:
            draft.country(value)
        draft.more(label, f"{value} ({country})" if country else value)
    elif label == "Vessel Registration Identification" and (match := _IMO.fullmatch(value)):
        draft.identifier("imo", match[1], country, note)
    elif kind:
        draft.identifier(kind, value, country, "; ".join(text for text in (label, note) if text))
    else:
        if not label.startswith("Digital Currency Address"):
            draft.reading.note(f"identifier type not known: {label}")
        draft.identifier("other", value, country, "; ".join(text for text in (label, note) if text))


def linked_to(remarks: str) -> list[str]:
    """List the names in OFAC's "(Linked To: A; Linked To: B)"; a name may itself hold brackets."""
    found: list[str] = []
    for match in re.finditer(r"\(Linked To: ", remarks):
        depth, end = 1, match.end()
        while end < len(remarks) and depth:
            depth += {"(": 1, ")": -1}.get(remarks[end], 0)
            end += 1
        inside = remarks[match.end() : end - 1 if not depth else end]
        found.extend(clean(part) for part in inside.split("; Linked To: "))
    return [name for name in found if name]


class Links:
    """Turns names that OFAC links a party to into ids, once the whole list is read.

    OFAC does not say what the link is nor any share, so ``share`` is None. An entry whose remarks link it to a
    person or company may be owned by it; a person is not owned, so a person's links stay in the remarks.
    """

    def __init__(self) -> None:
        self._wanted: dict[str, list[tuple[str, str]]] = {}
        self._holders: dict[str, str] = {}

    def want(self, uid: str, name: str, note: str) -> None:
        """Remember that ``uid`` is linked to the party called ``name``."""
        self._wanted.setdefault(uid, []).append((clean(name), note))

    def learn(self, party: ListedParty) -> None:
        """Remember the names of ``party``; a name that two parties share points to neither, unless primary."""
        for name in party.names:
            key = name.text.casefold()
            if name.kind == "primary":
                there = self._holders.get(key)
                self._holders[key] = "" if there and not there.startswith("~") else party.uid
            elif name.strength == "strong" and key not in self._holders:
                self._holders[key] = f"~{party.uid}"

    def of(self, uid: str) -> tuple[OwnershipLink, ...]:
        """Give the links of one party whose other end is on the list."""
        found = []
        for name, note in self._wanted.get(uid, ()):
            owner = self._holders.get(name.casefold(), "").removeprefix("~")
            if owner and owner != uid:
                found.append(OwnershipLink(owner, uid, None, note))
        return tuple(dict.fromkeys(found))
