"""``law check``: everything that can be found wrong with a pack without deciding a transfer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from sekisho.law.bindings import Comparison, compare, unbound_problems
from sekisho.law.checks.codes import code_problems
from sekisho.law.checks.dead import Dead, twin_problems
from sekisho.law.checks.finding import by_severity, severity
from sekisho.law.checks.links import lift_problems, term_circles, unused_problems
from sekisho.law.checks.versions import edition_problems, version_problems
from sekisho.law.checks.words import case_problems, sentence_problems, source_problems
from sekisho.law.domains import Reference
from sekisho.law.pack import Pack
from sekisho.law.statute import Statute
from sekisho.model.problem import Problem


@dataclass(frozen=True, slots=True)
class Given:
    """What a check needs beside the pack.

    ``texts`` are the official texts at hand by their id, ``place_of`` finds a place's code by a Japanese name ("" when
    unknown), ``exercised`` are the rules that hold in a case of the pack (None: it has no cases).
    """

    reference: Reference
    texts: Mapping[str, Statute] = field(default_factory=dict)
    place_of: Callable[[str], str] = lambda name: ""
    exercised: Iterable[str] | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in one pack. It holds when there is no error."""

    pack: Pack
    findings: tuple[Problem, ...]
    bound: Comparison

    @property
    def holds(self) -> bool:
        """Whether no finding is an error."""
        return not any(severity(finding.code) == "error" for finding in self.findings)


def check_pack(pack: Pack, given: Given, done: Callable[[int, int], None] = lambda number, total: None) -> Report:
    """Check one pack; ``done`` is told how many stretches of the law of how many are through."""
    findings: list[Problem] = [*version_problems(pack), *edition_problems(pack, given.texts)]
    circles = list(term_circles(pack))
    findings += [*circles, *lift_problems(pack), *unused_problems(pack)]
    findings += [*code_problems(pack, given.reference), *twin_problems(pack)]
    if not circles:  # what rests on itself cannot be worked out
        findings += Dead(pack, given.reference).problems(done)
    findings += [*sentence_problems(pack), *source_problems(pack), *case_problems(pack, given.exercised)]
    bound = compare(pack, given.texts, given.place_of, given.reference.hs)
    findings += [*bound.findings, *unbound_problems(pack)]
    return Report(pack, tuple(by_severity(findings)), bound)
