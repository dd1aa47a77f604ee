"""The answer of one law for one item, and the answer for a whole transfer: frozen values with their reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias

from sekisho.law.evaluate import TraceStep
from sekisho.law.kleene import Truth
from sekisho.law.rule import Effect, Text
from sekisho.model.certainty import Certainty, Citation
from sekisho.model.outcome import MAY_SHIP, Outcome
from sekisho.model.transfer import Transfer

State: TypeAlias = Literal["stands", "open", "lifted", "lifts", "may-lift", "basis"]


@dataclass(frozen=True, slots=True)
class RuleUse:
    """A rule that the outcome rests on: ``state`` tells how (it stands, is open, is lifted, lifts, is the basis)."""

    id: str
    effect: Effect
    state: State
    says: Text
    cite: Citation
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Question:
    """A fact still needed. ``closes`` counts the open rules that its answer could settle alone."""

    fact: str
    ask: Text
    closes: int
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remedy:
    """What would take a requirement away: a lift, whether it must be claimed, and what it still needs."""

    id: str
    kind: str
    claim: str
    outcome: Outcome
    says: Text
    cite: Citation
    certainty: Certainty
    lifts: tuple[str, ...]
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A licence type, duty, flag, policy or penalty that goes with the answer. ``sure`` is None while unknown."""

    id: str
    code: str
    says: Text
    cite: Citation
    certainty: Certainty
    sure: Truth
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Decision:
    """What one law says of one item on one day, with everything that it rests on."""

    law: str
    item: str
    number: int
    day: date
    outcome: Outcome
    at_least: Outcome
    at_most: Outcome
    rules: tuple[RuleUse, ...]
    remedies: tuple[Remedy, ...]
    licences: tuple[Entry, ...]
    policies: tuple[Entry, ...]
    duties: tuple[Entry, ...]
    penalties: tuple[Entry, ...]
    flags: tuple[Entry, ...]
    questions: tuple[Question, ...]
    conflicts: tuple[tuple[str, str], ...]
    certainty: Certainty
    pack_version: str
    pack_sha256: str
    trace: tuple[TraceStep, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The decisions of every law asked for every item; ``outcome`` is the worst of them."""

    transfer: Transfer
    day: date
    outcome: Outcome
    at_least: Outcome
    at_most: Outcome
    decisions: tuple[Decision, ...]

    @property
    def releasable(self) -> bool:
        """Whether the law lets it go as far as the system can tell; a person's sign-off is recorded apart."""
        return self.outcome in MAY_SHIP and not any(decision.conflicts for decision in self.decisions)
