"""Many transfers at once: what a row of the answer holds, and what is told of the whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from sekisho.law.decision import Decision
from sekisho.model.outcome import MAY_SHIP, OUTCOMES

ROW = ("row", "id", "law", "day", "to", "entries")
"""What names a row of the answer."""

ANSWER = (
    "at_least",
    "at_most",
    "outcome",
    "rules",
    "certainty",
    "flags",
    "questions",
    "licences",
    "conflict",
)
"""What the answer says of it; ``rules`` holds ``id:state``, lists are joined by ``;``."""

REFUSED = ("row", "id", "column", "code", "says", "hint")
"""Columns of the file of refused rows."""


class Progress(Protocol):
    """Hears how far the work is."""

    def __call__(self, phase: str, share: float) -> None:
        """``share`` of ``phase`` is done, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of a table: rows read, decided and refused, and the counts of what was decided."""

    rows: int
    decided: int
    refused: int
    by_outcome: Mapping[str, int]
    by_country: Mapping[str, Mapping[str, int]]
    questions: Mapping[str, int]
    flags: Mapping[str, int]
    conflicts: int
    problems: Mapping[str, int]
    packs: Mapping[str, Mapping[str, str]]

    @property
    def releasable(self) -> bool:
        """Whether everything may go: every row was decided, and none needs a licence or an answer."""
        held = any(count for outcome, count in self.by_outcome.items() if outcome not in MAY_SHIP)
        return not self.refused and not held and not self.conflicts

    def as_json(self) -> dict[str, object]:
        """Give the summary as JSON."""
        return {
            "rows": self.rows,
            "decided": self.decided,
            "refused": self.refused,
            "outcomes": {outcome: self.by_outcome.get(outcome, 0) for outcome in OUTCOMES},
            "countries": {country: dict(counts) for country, counts in self.by_country.items()},
            "questions": dict(self.questions),
            "flags": dict(self.flags),
            "conflicts": self.conflicts,
            "problems": dict(self.problems),
            "packs": {law: dict(pack) for law, pack in self.packs.items()},
            "releasable": self.releasable,
        }


def answer_row(decision: Decision) -> dict[str, object]:
    """What a row of the answer holds for one decision of the interpreter."""
    asked = ("rates" if question.fact.startswith("rates.") else question.fact for question in decision.questions)
    return {
        "at_least": decision.at_least,
        "at_most": decision.at_most,
        "outcome": decision.outcome,
        "rules": _joined(f"{use.id}:{use.state}" for use in decision.rules),
        "certainty": decision.certainty,
        "flags": _joined(flag.code for flag in decision.flags),
        "questions": _joined(asked),
        "licences": _joined(licence.code for licence in decision.licences),
        "conflict": bool(decision.conflicts),
    }


def _joined(parts: object) -> str:
    return ";".join(dict.fromkeys(parts))  # type: ignore[call-overload]
