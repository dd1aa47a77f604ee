"""Put several lists together, each party once, although one publisher repeats another's list.

The US Consolidated Screening List repeats OFAC's lists with the same uid. A party that only one of them holds is
always kept. For a party that both hold, the publisher's own list wins, unless the repeating list is of a later day
and knows a name that the publisher's own snapshot does not have yet.
"""

from __future__ import annotations

import hashlib
from collections import Counter

from sekisho.feeds.manifest import Manifest, Snapshot
from sekisho.model.listed import ListedParty


def combine(parts: list[Snapshot], missing: tuple[str, ...] = ()) -> Snapshot:
    """Combine snapshots into one; the manifest's ``as_of`` is the latest day of its parts."""
    if len(parts) == 1 and not missing:
        return parts[0]
    chosen: dict[str, tuple[ListedParty, Manifest]] = {}
    for part in parts:
        for party in part.parties:
            there = chosen.get(party.uid)
            if there is None or _prefer(party, part.manifest, *there):
                chosen[party.uid] = (party, part.manifest)
    parties = tuple(party for _, (party, _) in sorted(chosen.items()))
    return Snapshot(parties, _manifest(parties, parts, missing))


def _prefer(new: ListedParty, of_new: Manifest, old: ListedParty, of_old: Manifest) -> bool:
    own_new, own_old = of_new.list == new.source, of_old.list == old.source
    if own_new == own_old:
        return of_new.as_of > of_old.as_of
    own, repeated = (new, old) if own_new else (old, new)
    of_own, of_repeated = (of_new, of_old) if own_new else (of_old, of_new)
    repeated_wins = of_repeated.as_of > of_own.as_of and not _tokens(repeated) <= _tokens(own)
    return own_new != repeated_wins


def _tokens(party: ListedParty) -> set[tuple[str, ...]]:
    return {tuple(sorted(name.text.casefold().replace(",", " ").split())) for name in party.names}


def _manifest(parties: tuple[ListedParty, ...], parts: list[Snapshot], missing: tuple[str, ...]) -> Manifest:
    held = tuple(part.manifest for part in parts)
    digest = hashlib.sha256("\n".join(f"{m.list} {m.content_sha256}" for m in held).encode()).hexdigest()
    tally: Counter[str] = Counter()
    for one in held:
        tally.update({f"list:{one.list}": one.parties})
    return Manifest(
        list="all",
        as_of=max(one.as_of for one in held),
        retrieved=max(one.retrieved for one in held),
        format="combined",
        reader="combined/1",
        content_sha256=digest,
        title="All lists in force",
        counts={"parties": len(parties), "names": sum(len(party.names) for party in parties), **tally},
        missing=missing,
        parts=held,
    )
