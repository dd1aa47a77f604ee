"""How each list stands: version, age, counts, stale or not, and what was refused last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sekisho.feeds import snapshots
from sekisho.feeds.importing import refusal
from sekisho.feeds.manifest import Manifest, Refusal
from sekisho.feeds.publishers import Publisher, publishers
from sekisho.model.problem import BadInput


@dataclass(frozen=True, slots=True)
class Standing:
    """One list. ``age`` counts days from the list's own day, ``None`` when there is no snapshot.

    ``problem`` tells why the snapshot cannot be read at all.
    """

    list: str
    publisher: Publisher
    manifest: Manifest | None
    age: int | None
    stale: bool
    snapshots: int
    refused: Refusal | None
    problem: str = ""

    @property
    def in_force(self) -> bool:
        """Whether parties are screened against this list."""
        return self.manifest is not None


def standings(home: Path, today: date, as_of: date | None = None) -> list[Standing]:
    """Tell how every list stands that was imported, refused, or is fetched by default."""
    known = publishers(home)
    there = snapshots.list_ids(home)
    wanted = [one for one in known if not known[one].manual and not known[one].optional]
    refused = [one for one in known if refusal(one, home) is not None]
    names = sorted({*there, *wanted, *refused})
    return [_standing(one, known.get(one), there, home, today, as_of) for one in names]


def _standing(
    list_id: str, known: Publisher | None, there: tuple[str, ...], home: Path, today: date, as_of: date | None
) -> Standing:
    who = known or Publisher(id=list_id, title=list_id, format="", manual=True)
    turned_away = refusal(list_id, home)
    if list_id not in there:
        return Standing(list_id, who, None, None, True, 0, turned_away)
    try:
        all_held = snapshots.manifests(list_id, home)
        held = snapshots.manifest(list_id, as_of, home=home)
    except BadInput as error:
        return Standing(list_id, who, None, None, True, 0, turned_away, str(error))
    age = ((as_of or today) - date.fromisoformat(held.as_of)).days
    return Standing(list_id, who, held, age, age > who.stale_after_days, len(all_held), turned_away)
