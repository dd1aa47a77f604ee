"""How grave a finding of ``law check`` is. A finding is a ``Problem``; its code tells its severity."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal, TypeAlias

from sekisho.model.problem import Problem

Severity: TypeAlias = Literal["error", "warning", "note"]

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
"""An error makes the check fail; a warning wants to be read; a note says what could not be checked."""

WARNINGS = frozenset(
    {
        "case-missing",
        "fact-unused",
        "lift-idle",
        "number-unbound",
        "rule-partly-dead",
        "rules-gap",
        "says-twice",
        "set-unused",
        "source-stale",
        "source-unused",
        "term-unused",
        "text-edition",
        "version-after-text",
        "version-before-law",
    }
)
NOTES = frozenset({"source-undated", "text-absent"})


def severity(code: str) -> Severity:
    """Give the severity of a finding by its code; everything that is not known as milder is an error."""
    return "warning" if code in WARNINGS else "note" if code in NOTES else "error"


def by_severity(findings: Iterable[Problem]) -> list[Problem]:
    """Order findings: errors first, each kind in the order found."""
    return sorted(dict.fromkeys(findings), key=lambda finding: SEVERITIES.index(severity(finding.code)))


def span_words(start: date, end: date | None) -> str:
    """Name a half-open period."""
    return f"from {start} on" if end is None else f"from {start} until {end}"
