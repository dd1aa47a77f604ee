"""What a person decided about a hit, remembered with who, when, why and on what it rested.

A judgement is about one party of the user's books and one listed party. It holds as long as what it rested on holds: when
the listed record or the party changes in a field that mattered, the hit is open again and says what changed. Remarks,
order and spelling of the same values do not matter. Pure: who, when and the records are arguments.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sekisho.model.listed import ListedParty
from sekisho.screen.facts import normal_identifier
from sekisho.screen.query import Asked

Verdict = Literal["confirmed", "cleared", "unsure"]
Scope = Literal["always", "transfer"]
State = Literal["open", "waiting", "confirmed", "cleared", "unsure", "reopened"]
IDENTITY = ("type", "names", "births", "countries", "addresses", "identifiers")
EFFECT = ("programmes", "concerns", "licence_requirement")
Values = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision of one person. ``moment`` is ISO 8601; ``transfer`` is needed where the scope is one transfer.

    ``listed_values`` and ``party_values`` are the fields it rests on, as they stood, in a plain form.
    """

    party: str
    uid: str
    source: str
    verdict: Verdict
    who: str
    moment: str
    why: str
    evidence: tuple[str, ...] = ()
    scope: Scope = "always"
    transfer: str = ""
    listed_values: Values = field(default_factory=dict)
    party_values: Values = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Give the judgement as a JSON-ready dictionary."""
        return {
            "party": self.party,
            "uid": self.uid,
            "list": self.source,
            "verdict": self.verdict,
            "who": self.who,
            "when": self.moment,
            "why": self.why,
            "evidence": list(self.evidence),
            "scope": self.scope,
            "transfer": self.transfer,
        }


@dataclass(frozen=True, slots=True)
class Change:
    """A field that mattered and differs now: of the listed record or of the party."""

    side: Literal["listed", "party"]
    field: str
    gone: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a hit stands: its state, the judgement it rests on, what changed since, who must still look."""

    state: State
    judgement: Judgement | None = None
    changes: tuple[Change, ...] = ()
    note: str = ""


def listed_values(party: ListedParty, verdict: Verdict) -> Values:
    """Give the fields of a listed record on which a judgement rests: identity; for a confirmed hit its effect too."""
    values: Values = {
        "type": (party.type,),
        "names": _plain(name.text for name in party.names),
        "births": tuple(sorted({f"{birth.earliest}/{birth.latest}" for birth in party.births})),
        "countries": tuple(sorted({*party.countries, *(one.country for one in party.addresses)} - {""})),
        "addresses": _plain(one.text for one in party.addresses),
        "identifiers": tuple(sorted({":".join(normal_identifier(one)) for one in party.identifiers})),
    }
    if verdict == "confirmed":
        values |= {
            "programmes": tuple(sorted(party.programmes)),
            "concerns": tuple(sorted(party.concerns)),
            "licence_requirement": _plain([party.licence_requirement]),
        }
    return values


def party_values(asked: Asked) -> Values:
    """Give the fields of the user's own party on which a judgement rests."""
    return {
        "type": (asked.type,),
        "names": _plain(asked.names),
        "births": tuple(sorted({f"{birth.earliest}/{birth.latest}" for birth in asked.births})),
        "countries": tuple(sorted(set(asked.countries))),
        "addresses": _plain(asked.addresses),
        "identifiers": tuple(sorted({":".join(normal_identifier(one)) for one in asked.identifiers})),
    }


def judge(
    asked: Asked,
    listed: ListedParty,
    verdict: Verdict,
    *,
    who: str,
    moment: str,
    why: str,
    evidence: tuple[str, ...] = (),
    transfer: str = "",
) -> Judgement:
    """Make a judgement bound to both records as they stand; with ``transfer`` it holds for that transfer only."""
    if not who.strip() or not why.strip():
        raise ValueError("a judgement needs who decided and why")
    return Judgement(
        party=party_key(asked),
        uid=listed.uid,
        source=listed.source,
        verdict=verdict,
        who=who.strip(),
        moment=moment,
        why=why.strip(),
        evidence=evidence,
        scope="transfer" if transfer else "always",
        transfer=transfer,
        listed_values=listed_values(listed, verdict),
        party_values=party_values(asked),
    )


def party_key(asked: Asked) -> str:
    """Give the key of a party: its own, or a digest of what is known of it where the user has none."""
    if asked.key:
        return asked.key
    text = json.dumps(party_values(asked), sort_keys=True, ensure_ascii=False)
    return "name:" + hashlib.sha256(text.encode()).hexdigest()[:20]


def standing(
    judgements: Iterable[Judgement],
    asked: Asked,
    listed: ListedParty,
    *,
    transfer: str = "",
    four_eyes: frozenset[str] = frozenset(),
    merged_parties: Mapping[str, str] | None = None,
    merged_listed: Mapping[str, str] | None = None,
) -> Standing:
    """Tell how a hit stands now.

    ``four_eyes`` names the lists for which two people must agree. ``merged_parties`` and ``merged_listed`` map keys that
    are gone to those they went into, so that a judgement survives a merge of records and a new id on the list.
    """
    key, uid = party_key(asked), listed.uid
    mine = [
        one
        for one in judgements
        if _followed(one.party, merged_parties) == key
        and _followed(one.uid, merged_listed) == uid
        and (one.scope == "always" or (transfer and one.transfer == transfer))
    ]
    if not mine:
        return Standing("open")
    latest: dict[tuple[str, str], list[Judgement]] = {}
    for one in sorted(mine, key=lambda j: j.moment):
        latest.setdefault((one.party, one.uid), []).append(one)
    last = [group[-1] for group in latest.values()]
    newest = max(last, key=lambda j: j.moment)
    if len({one.verdict for one in last}) > 1:
        return Standing("reopened", newest, (), "records that were merged had been judged differently")
    if not all(one.listed_values and one.party_values for one in last):
        return Standing("reopened", newest, (), "what the judgement rested on has been erased")
    changes = _changes(last, asked, listed)
    if changes:
        return Standing("reopened", newest, changes, "what the judgement rested on has changed")
    if listed.source in four_eyes and newest.verdict != "unsure":
        people = {one.who for group in latest.values() for one in _tail(group, newest.verdict)}
        if len(people) < 2:
            return Standing("waiting", newest, (), f"a second person must look; {newest.who} has judged")
    return Standing(newest.verdict, newest)


def _tail(group: list[Judgement], verdict: Verdict) -> list[Judgement]:
    """Give the judgements at the end that agree with the last and rest on the same values."""
    agreeing: list[Judgement] = []
    for one in reversed(group):
        if one.verdict != verdict or one.listed_values != group[-1].listed_values:
            break
        agreeing.append(one)
    return agreeing


def _changes(judged: list[Judgement], asked: Asked, listed: ListedParty) -> tuple[Change, ...]:
    verdict = judged[0].verdict
    now = (("listed", listed_values(listed, verdict)), ("party", party_values(asked)))
    found = []
    for side, values in now:
        for name, present in values.items():
            before: set[str] = set()
            rested = False
            for one in judged:
                held = one.listed_values if side == "listed" else one.party_values
                if name in held:
                    rested = True
                    before |= set(held[name])
            if not rested:
                continue
            gone, new = before - set(present), set(present) - before
            if gone and len(judged) > 1 and not new:
                continue  # a merge may keep fewer values; nothing has been learnt
            if gone or new:
                found.append(
                    Change("listed" if side == "listed" else "party", name, tuple(sorted(gone)), tuple(sorted(new)))
                )
    return tuple(found)


def _followed(key: str, merged: Mapping[str, str] | None) -> str:
    met = {key}
    while merged and key in merged and merged[key] not in met:
        key = merged[key]
        met.add(key)
    return key


def _plain(texts: Iterable[str]) -> tuple[str, ...]:
    """Write names and addresses so that case, punctuation and order do not matter."""
    return tuple(sorted({" ".join(sorted(re.findall(r"[^\W_]+", text.casefold()))) for text in texts if text.strip()}))
