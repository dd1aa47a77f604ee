"""What a change of law alters: the decisions of the same transfers before and after, told apart and grouped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Changed:
    """One row whose answer differs: outcome, rules and licence types on both sides."""

    row: int
    id: str
    law: str
    to: str
    entries: str
    before: str
    after: str
    rules_before: str
    rules_after: str
    licences_before: str
    licences_after: str

    @property
    def kind(self) -> str:
        """``outcome`` when the outcome changed, else ``licences`` or ``rules``."""
        if self.before != self.after:
            return "outcome"
        return "licences" if self.licences_before != self.licences_after else "rules"


@dataclass(frozen=True, slots=True)
class Impact:
    """All changed rows with their counts by country, item and licence type, and by the way the outcome moved."""

    compared: int
    changed: tuple[Changed, ...]
    moves: Mapping[str, int]
    countries: Mapping[str, int]
    items: Mapping[str, int]
    licences: Mapping[str, int]

    def as_json(self, most: int | None = None) -> dict[str, Any]:
        """Give the impact as JSON, with at most ``most`` rows (all when None)."""
        return {
            "compared": self.compared,
            "changed": len(self.changed),
            "moves": dict(self.moves),
            "countries": dict(self.countries),
            "items": dict(self.items),
            "licences": dict(self.licences),
            "rows": [
                {
                    "row": one.row,
                    "id": one.id,
                    "law": one.law,
                    "to": one.to,
                    "entries": one.entries,
                    "kind": one.kind,
                    "before": one.before,
                    "after": one.after,
                    "rules_before": one.rules_before.split(";") if one.rules_before else [],
                    "rules_after": one.rules_after.split(";") if one.rules_after else [],
                    "licences_before": one.licences_before.split(";") if one.licences_before else [],
                    "licences_after": one.licences_after.split(";") if one.licences_after else [],
                }
                for one in self.changed[:most]
            ],
        }


def impact_of(compared: int, changed: Iterable[Changed]) -> Impact:
    """Group the changed rows. A licence type counts with its sign: ``+individual`` is new, ``-general-bulk`` is gone."""
    rows = tuple(changed)
    licences: Counter[str] = Counter()
    for one in rows:
        before, after = set(one.licences_before.split(";")) - {""}, set(one.licences_after.split(";")) - {""}
        licences.update(f"+{kind}" for kind in after - before)
        licences.update(f"-{kind}" for kind in before - after)
    return Impact(
        compared,
        rows,
        _counted(f"{one.before} → {one.after}" for one in rows if one.before != one.after),
        _counted(one.to or "?" for one in rows),
        _counted(one.entries or "[]" for one in rows),
        dict(licences.most_common()),
    )


def _counted(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items(), key=lambda pair: (-pair[1], pair[0])))
