"""Reviews of conditions: a named reviewer of this installation has compared an entry's conditions with the text.

A review holds for exactly the conditions that were reviewed (by a digest of the pack file) and is withdrawn by a later
one; a changed file is a draft again. Reviews are kept by the installation, never shipped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sekisho.model.problem import Problem


@dataclass(frozen=True, slots=True)
class Review:
    """One signed review of one entry: who, on which day, of which conditions (``digest``), and with what result."""

    list_id: str
    entry: str
    digest: str
    reviewer: str
    on: date
    accepted: bool = True
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        """Give the review as a JSON-ready dictionary."""
        return {
            "list": self.list_id,
            "entry": self.entry,
            "digest": self.digest,
            "reviewer": self.reviewer,
            "on": self.on.isoformat(),
            "accepted": self.accepted,
            "note": self.note,
        }


def read_review(row: Mapping[str, Any], where: str, problems: list[Problem]) -> Review | None:
    """Make a review from stored JSON; a fault goes to ``problems``."""
    try:
        return Review(
            str(row["list"]),
            str(row["entry"]),
            str(row["digest"]),
            str(row["reviewer"]),
            date.fromisoformat(str(row["on"])),
            bool(row.get("accepted", True)),
            str(row.get("note", "")),
        )
    except (KeyError, ValueError) as bad:
        problems.append(Problem("review.row", where, f"this is no review: {bad}", "Remove the line or restore it."))
        return None


def reviewed(reviews: Iterable[Review], digests: Mapping[tuple[str, str], str]) -> dict[str, frozenset[str]]:
    """The entries of each list whose latest review accepted exactly the conditions that are in force now."""
    latest: dict[tuple[str, str], Review] = {}
    for review in reviews:
        latest[(review.list_id, review.entry)] = review
    found: dict[str, set[str]] = {}
    for (list_id, entry), review in latest.items():
        if review.accepted and digests.get((list_id, entry)) == review.digest:
            found.setdefault(list_id, set()).add(entry)
    return {list_id: frozenset(entries) for list_id, entries in found.items()}
