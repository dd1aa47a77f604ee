"""The use case: screen the parties of a transfer, and state as facts what follows: on which lists each party stands.

A hit that nobody has judged is not a fact. While one is open, or a list that the law asks about was not screened, the
party's ``listed`` stays open, and the answer says what would close it. Cleared hits are out, confirmed ones are in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sekisho.law.operators import MORE
from sekisho.law.pack import Pack
from sekisho.law.view import PARTIES
from sekisho.model.listed import ListedParty, PartyType
from sekisho.model.transfer import Transfer, Value
from sekisho.screen.index import Index
from sekisho.screen.judgement import Judgement, Standing, party_key, standing
from sekisho.screen.query import Answer, Asked
from sekisho.screen.search import THRESHOLD, screen

OPEN = frozenset({"open", "waiting", "unsure", "reopened"})


@dataclass(frozen=True, slots=True)
class PartyScreening:
    """One party of the transfer: its hits with how each stands, the codes that are settled, and whether any is open."""

    section: str
    answer: Answer
    standings: tuple[Standing, ...]
    listed: frozenset[str]
    open: bool

    @property
    def key(self) -> str:
        """Give the key under which the party's judgements are remembered."""
        return party_key(self.answer.asked)


@dataclass(frozen=True, slots=True)
class TransferScreening:
    """The transfer with its ``listed`` facts filled in, and what they rest on."""

    transfer: Transfer
    parties: tuple[PartyScreening, ...]
    not_screened: tuple[str, ...]  # lists that the law asks about and that are not imported


def screen_transfer(
    transfer: Transfer,
    packs: Sequence[Pack],
    index: Index,
    judgements: Iterable[Judgement] = (),
    *,
    name: str = "",
    four_eyes: frozenset[str] = frozenset(),
    threshold: float = THRESHOLD,
) -> TransferScreening:
    """Screen every party that is named; ``name`` is the transfer's own, for judgements that hold for it only."""
    known = tuple(judgements)
    sources = frozenset(index.about.get("sources", {}))
    missing = tuple(sorted(code for code in lists_asked(packs) if not _screened(code, sources)))
    facts: dict[str, Value] = dict(transfer.facts)
    found = []
    for section in PARTIES:
        party = party_of(section, transfer.facts)
        if party is None:
            continue
        answer = screen(index, party, threshold)
        standings = tuple(standing(known, party, hit.party, transfer=name, four_eyes=four_eyes) for hit in answer.hits)
        settled = frozenset(
            code
            for hit, how in zip(answer.hits, standings, strict=True)
            if how.state == "confirmed"
            for code in codes_of(hit.party)
        )
        is_open = any(how.state in OPEN for how in standings) or answer.more > 0
        stated = transfer.facts.get(f"{section}.listed")
        own = stated if isinstance(stated, frozenset) else frozenset()
        doubt = {MORE} if is_open or (missing and not isinstance(stated, frozenset)) else set()
        facts[f"{section}.listed"] = frozenset({*own, *settled, *doubt})
        found.append(PartyScreening(section, answer, standings, settled, is_open))
    return TransferScreening(replace(transfer, facts=facts), tuple(found), missing)


def party_of(section: str, facts: Mapping[str, Value]) -> Asked | None:
    """Make the party to be screened of a section's facts; None when it has no name."""
    name = facts.get(f"{section}.name")
    if not isinstance(name, str) or not name.strip():
        return None
    country = facts.get(f"{section}.country")
    kind: PartyType = "person" if section == "recipient" else "unknown"
    return Asked((name,), kind, countries=(country,) if isinstance(country, str) and len(country) == 2 else ())


def codes_of(party: ListedParty) -> tuple[str, ...]:
    """Give the list codes that the law knows a listed party by: the list, with its letters of concern where it has them."""
    return tuple(f"{party.source}/{letter}" for letter in party.concerns) or (party.source,)


def lists_asked(packs: Iterable[Pack]) -> frozenset[str]:
    """Give the lists (without codes) that rules of the packs ask about."""
    return frozenset(
        code.partition("/")[0]
        for pack in packs
        for rule in pack.rules.values()
        for version in rule.versions
        for condition in version.when
        if condition.fact.endswith(".listed") and isinstance(condition.arg, list)
        for code in condition.arg
    )


def _screened(code: str, sources: frozenset[str]) -> bool:
    return any(source == code or source.startswith(code + ":") for source in sources)
