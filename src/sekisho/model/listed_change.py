"""What changed between two versions of a list: added, removed, changed field by field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from sekisho.model.listed import ListedParty

_FIELDS = tuple(field.name for field in fields(ListedParty) if field.name not in ("uid", "source"))


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a party that changed: the values that are gone and the values that are new.

    A field with one value gives at most one of each; a field with many gives only those that differ. A new order alone
    is a change only for names, where the first is the primary one.
    """

    field: str
    gone: tuple[Any, ...]
    new: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class PartyChange:
    """One party that both versions hold, before and after."""

    before: ListedParty
    after: ListedParty
    fields: tuple[FieldChange, ...]

    @property
    def uid(self) -> str:
        """The id of the party."""
        return self.after.uid


@dataclass(frozen=True, slots=True)
class ListChange:
    """The difference of two versions, each part in the order of ids.

    ``renamed`` pairs a removed with an added party that is probably the same: they share a name and no other party of
    either version has it. Lists without ids of their own give a corrected name a new id.
    """

    added: tuple[ListedParty, ...]
    removed: tuple[ListedParty, ...]
    changed: tuple[PartyChange, ...]
    renamed: tuple[tuple[str, str], ...] = ()


def change(old: Iterable[ListedParty], new: Iterable[ListedParty]) -> ListChange:
    """Compare two versions of a list by id."""
    before = {party.uid: party for party in old}
    after = {party.uid: party for party in new}
    added = tuple(after[uid] for uid in sorted(after.keys() - before.keys()))
    removed = tuple(before[uid] for uid in sorted(before.keys() - after.keys()))
    changed = tuple(
        PartyChange(before[uid], after[uid], field_changes(before[uid], after[uid]))
        for uid in sorted(before.keys() & after.keys())
        if before[uid] != after[uid]
    )
    return ListChange(added, removed, tuple(one for one in changed if one.fields), _renamed(removed, added))


def field_changes(before: ListedParty, after: ListedParty) -> tuple[FieldChange, ...]:
    """Compare two versions of one party field by field."""
    found = []
    for field in _FIELDS:
        one, other = getattr(before, field), getattr(after, field)
        if one == other:
            continue
        if isinstance(one, tuple):
            gone = tuple(value for value in one if value not in other)
            new = tuple(value for value in other if value not in one)
            if not gone and not new and field == "names" and one[:1] != other[:1]:
                gone, new = one[:1], other[:1]
        else:
            gone = (one,) if one else ()
            new = (other,) if other else ()
        if gone or new:
            found.append(FieldChange(field, gone, new))
    return tuple(found)


def _renamed(removed: tuple[ListedParty, ...], added: tuple[ListedParty, ...]) -> tuple[tuple[str, str], ...]:
    def by_name(parties: tuple[ListedParty, ...]) -> dict[str, str]:
        found: dict[str, str] = {}
        for party in parties:
            for key in {" ".join(name.text.casefold().split()) for name in party.names}:
                found[key] = "" if key in found else party.uid
        return found

    old, new = by_name(removed), by_name(added)
    pairs = {(old[key], new[key]) for key in old.keys() & new.keys() if old[key] and new[key]}
    return tuple(sorted(pairs))
