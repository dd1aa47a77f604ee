"""A rule of law as a row: conditions that all hold, an effect, and dated versions with their citations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, TypeAlias, get_args

from sekisho.model.certainty import Certainty, Citation
from sekisho.model.outcome import Outcome
from sekisho.model.period import Period

Effect: TypeAlias = Literal[
    "subject",  # the law attaches to this transfer
    "term",  # gives a named fact that other rules ask for
    "prohibited",  # no authorisation lifts it
    "licence-required",  # a permit or an approval is needed
    "lift",  # takes the effect of other rules away
    "no-licence",  # states why nothing is needed; a requirement standing beside it is a conflict
    "licence",  # a type of licence that could cover
    "policy",  # how the authority treats applications
    "duty",  # records, reports, notices
    "flag",  # look at this
    "penalty",  # what a breach costs
    "contradiction",  # facts that cannot both be so: the file is refused
]
EFFECTS: tuple[Effect, ...] = get_args(Effect)

REQUIREMENTS: frozenset[Effect] = frozenset({"prohibited", "licence-required"})

Text: TypeAlias = Mapping[str, str]
"""A sentence by language: ``{"en": ..., "ja": ...}``."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One test: the ``fact``, the operator ``op`` and its argument as written in the pack."""

    fact: str
    op: str
    arg: Any


@dataclass(frozen=True, slots=True)
class Binding:
    """A number of the rule tied to the words of the official text: ``words`` stand at ``at`` in ``source``."""

    source: str
    at: str
    words: str
    value: Any = None


@dataclass(frozen=True, slots=True)
class Version:
    """A rule during one period. ``when`` replaces the rule's own conditions if the law read otherwise then."""

    period: Period
    cite: Citation
    certainty: Certainty
    when: tuple[Condition, ...]
    note: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of a pack. ``details`` holds what only its effect needs (``docs/writing-law.md``)."""

    id: str
    effect: Effect
    says: Text
    versions: tuple[Version, ...]
    about: str = ""  # which duty: "permit", "approval" ...
    term: str = ""
    lifts: tuple[str, ...] = ()
    lift_kind: Literal["legal", "claimed", ""] = ""
    claim: str = ""
    invoked_by: str = ""
    outcome: Outcome | None = None
    ask: Text = field(default_factory=dict)
    details: Mapping[str, Any] = field(default_factory=dict)
    bindings: tuple[Binding, ...] = ()
    where: str = ""

    def on(self, day: date) -> Version | None:
        """Give the version in force on ``day``."""
        return next((version for version in self.versions if day in version.period), None)
