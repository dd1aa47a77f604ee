"""The use case behind ``sekisho law test``: decide golden cases and compare with what the law is held to say.

A case is a title, a reason, a citation and a transfer; its variants change the transfer a little and say what must
come out. The expectation is a short closed list of keys (``CHECKS``), each a named test of the decision.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from sekisho.app.decide import decide_transfer
from sekisho.law.book import book_on
from sekisho.law.decision import Answer, Decision, Entry
from sekisho.law.evaluate import Evaluation
from sekisho.law.pack import Pack
from sekisho.law.rule import Text
from sekisho.law.view import view_of
from sekisho.model.certainty import Certainty, Citation
from sekisho.model.problem import BadInput, Problem
from sekisho.model.transfer import Transfer

Expected: TypeAlias = Mapping[str, Any]
"""What a variant expects, by the keys of ``CHECKS``."""


@dataclass(frozen=True, slots=True)
class Case:
    """A golden case; ``certainty`` is how sure the expected result is, whatever the engine says."""

    id: str
    where: str
    title: Text
    why: Text
    cites: tuple[Citation, ...]
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Variant:
    """One transfer of a case, on one day. ``transfer`` is None when its file is refused with ``problems``."""

    case: Case
    name: str
    where: str
    pack: Pack
    transfer: Transfer | None
    problems: tuple[Problem, ...]
    expected: Expected

    @property
    def id(self) -> str:
        """The case and the variant: ``C03 b``."""
        return f"{self.case.id} {self.name}"


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One expectation that did not come true: the key, what was expected, what came."""

    key: str
    expected: Any
    got: Any


@dataclass(frozen=True, slots=True)
class Tried:
    """A variant with its answer (None when the file was refused) and what did not agree."""

    variant: Variant
    answer: Answer | None
    mismatches: tuple[Mismatch, ...]

    @property
    def passed(self) -> bool:
        """Whether every expectation came true."""
        return not self.mismatches


def try_variant(variant: Variant, pack: Pack | None = None) -> Tried:
    """Decide one variant (with ``pack`` in place of its own, when given) and compare."""
    answer: Answer | None = None
    problems = variant.problems
    if variant.transfer is not None:
        try:
            answer = decide_transfer([pack or variant.pack], variant.transfer, variant.id)
        except BadInput as bad:
            problems = bad.problems
    codes = tuple(dict.fromkeys(problem.code for problem in problems))
    expected = dict(variant.expected)
    wanted = tuple(expected.pop("problems", ()))
    if answer is None or wanted:
        agree = bool(wanted) and set(wanted) <= set(codes)
        return Tried(variant, answer, () if agree else (Mismatch("problems", list(wanted), list(codes)),))
    decision = answer.decisions[int(expected.pop("item", 1)) - 1]
    expected.setdefault("conflicts", [])
    found = (_compared(key, value, answer, decision) for key, value in expected.items())
    return Tried(variant, answer, tuple(mismatch for mismatch in found if mismatch is not None))


def try_all(variants: Iterable[Variant]) -> tuple[Tried, ...]:
    """Decide every variant."""
    return tuple(try_variant(variant) for variant in variants)


# ── what a variant may expect ──────────────────────────────────────────────────────────────────────────────────────


def _compared(key: str, expected: Any, answer: Answer, decision: Decision) -> Mismatch | None:
    check = CHECKS[key]
    got = check.see(answer, decision)
    return None if check.agrees(expected, got) else Mismatch(key, expected, got)


def _same(expected: Any, got: Any) -> bool:
    return bool(expected == got)


def _same_set(expected: Any, got: Any) -> bool:
    return sorted(expected) == sorted(got)


def _among(expected: Any, got: Any) -> bool:
    return set(expected) <= set(got)


def _absent(expected: Any, got: Any) -> bool:
    return not set(expected) & set(got)


def _state(state: str) -> Callable[[Answer, Decision], Any]:
    return lambda _answer, decision: [use.id for use in decision.rules if use.state == state]


def _traced(truth: bool | None) -> Callable[[Answer, Decision], Any]:
    return lambda _answer, decision: [rule for rule, answer, _ in decision.trace if answer is truth]


def _codes(entries: Sequence[Entry]) -> list[str]:
    """Codes in order, with ``?`` after one that is not sure."""
    return [entry.code + ("" if entry.sure else "?") for entry in entries]


def _bare(entries: Sequence[Entry]) -> list[str]:
    return list(dict.fromkeys(entry.code for entry in entries))


def _retain_until(_answer: Answer, decision: Decision) -> date | None:
    days = [entry.details["until"] for entry in decision.duties if entry.sure and "until" in entry.details]
    return max(days, default=None)


def _penalty(key: str) -> Callable[[Answer, Decision], Any]:
    return lambda _answer, decision: max(
        (entry.details[key] for entry in decision.penalties if key in entry.details), default=None
    )


@dataclass(frozen=True, slots=True)
class Check:
    """One key of an expectation: what it looks at, how it is compared, which type it is written in, what it means."""

    see: Callable[[Answer, Decision], Any]
    agrees: Callable[[Any, Any], bool]
    kind: type
    says: str


CHECKS: dict[str, Check] = {
    "outcome": Check(lambda _, d: d.outcome, _same, str, "outcome of the item"),
    "at_least": Check(lambda _, d: d.at_least, _same, str, "the mildest outcome still possible"),
    "at_most": Check(lambda _, d: d.at_most, _same, str, "the worst outcome still possible"),
    "whole": Check(lambda a, _: a.outcome, _same, str, "outcome of the whole transfer"),
    "certainty": Check(lambda _, d: d.certainty, _same, str, "the answer's own certainty"),
    "stands": Check(_state("stands"), _among, list, "rules that ask for a licence and are not lifted"),
    "open": Check(_state("open"), _among, list, "rules that are not settled"),
    "lifted": Check(_state("lifted"), _among, list, "rules that a lift takes away"),
    "lifts": Check(_state("lifts"), _among, list, "lifts that hold"),
    "may_lift": Check(_state("may-lift"), _among, list, "lifts that are not settled"),
    "basis": Check(_state("basis"), _among, list, "rules that say why nothing is needed"),
    "reasons": Check(_state("basis"), _same_set, list, "all rules that say why nothing is needed, in any order"),
    "not_deciding": Check(lambda _, d: [use.id for use in d.rules], _absent, list, "rules that must not decide"),
    "holds": Check(_traced(True), _among, list, "rules that hold, terms included"),
    "unknown": Check(_traced(None), _among, list, "rules that stay unknown"),
    "fails": Check(_traced(False), _among, list, "rules that were asked and do not hold"),
    "could_lift": Check(lambda _, d: [one.id for one in d.remedies], _among, list, "lifts shown as a way out"),
    "no_way_out": Check(lambda _, d: [one.id for one in d.remedies], _absent, list, "lifts that are no way out"),
    "flags": Check(lambda _, d: _bare(d.flags), _among, list, "flags raised"),
    "no_flags": Check(lambda _, d: _bare(d.flags), _absent, list, "flags not raised"),
    "questions": Check(lambda _, d: [one.fact for one in d.questions], _among, list, "facts asked for"),
    "no_questions": Check(lambda _, d: [one.fact for one in d.questions], _absent, list, "facts not asked for"),
    "first_question": Check(
        lambda _, d: d.questions[0].fact if d.questions else None, _same, str, "the fact asked for first"
    ),
    "licences": Check(lambda _, d: _codes(d.licences), _same, list, "all licence types offered; code? when not sure"),
    "policies": Check(lambda _, d: _bare(d.policies), _same, list, "all policies told"),
    "duties": Check(lambda _, d: _bare(d.duties), _among, list, "duties"),
    "no_duties": Check(lambda _, d: _bare(d.duties), _absent, list, "duties that are not there"),
    "retain_until": Check(_retain_until, _same, date, "the day until which records are kept"),
    "penalties": Check(lambda _, d: _bare(d.penalties), _same, list, "all penalty tiers"),
    "penalties_at": Check(lambda _, d: [one.cite.at for one in d.penalties], _same, list, "articles of the penalties"),
    "max_fine_company": Check(_penalty("max_fine_company"), _same, int, "the highest fine of a company, in yen"),
    "max_fine_person": Check(_penalty("max_fine_person"), _same, int, "the highest fine of a person, in yen"),
    "person_years": Check(_penalty("person_years"), _same, int, "the longest imprisonment, in years"),
    "ban_years": Check(_penalty("ban_years"), _same, int, "the longest ban on exports, in years"),
    "conflicts": Check(
        lambda _, d: [list(pair) for pair in d.conflicts], _same, list, "pairs of rules that contradict; none if unsaid"
    ),
}
"""The keys of an expectation. ``item`` (the line looked at, from 1) and ``problems`` (codes with which the file is
refused) are read apart."""
OTHER_KEYS: Mapping[str, str] = {
    "item": "the line looked at, from 1",
    "problems": "codes of the problems with which the file is refused",
}


# ── coverage ───────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which rules of a pack the cases exercise.

    ``idle`` rules hold in no case (an unsettled row counts when it leaves an answer open); ``one_sided`` lifts are met
    only lifting or only not lifting.
    """

    rules: int
    idle: tuple[str, ...]
    one_sided: tuple[str, ...]


def coverage_of(pack: Pack, tried: Iterable[Tried]) -> Coverage:
    """Tell which rules of ``pack`` no variant makes hold, and which lifts are seen from one side only."""
    held: set[str] = set()
    failed: set[str] = set()
    for one in tried:
        if one.answer is None:
            held |= _refusing(pack, one)
            continue
        for decision in one.answer.decisions:
            for rule, truth, _ in decision.trace:
                if truth is True:
                    held.add(rule)
                elif truth is False:
                    failed.add(rule)
            held |= {question.fact.removeprefix("law:") for question in decision.questions}
    reachable = [rule for rule in pack.rules.values() if any(_reached(pack, v.period.end) for v in rule.versions)]
    idle = tuple(rule.id for rule in reachable if rule.id not in held)
    one_sided = tuple(
        rule.id for rule in reachable if rule.effect == "lift" and rule.id in held and rule.id not in failed
    )
    return Coverage(len(reachable), idle, one_sided)


def _reached(pack: Pack, end: date | None) -> bool:
    return end is None or end > pack.start


def _refusing(pack: Pack, tried: Tried) -> set[str]:
    """The rules that hold when a file is refused: the contradictions and the terms that they ask."""
    transfer = tried.variant.transfer
    if transfer is None or transfer.day < pack.start:
        return set()
    book = book_on(pack, transfer.day)
    held: set[str] = set()
    for item in transfer.items:
        evaluation = Evaluation(book, view_of(pack, transfer, item))
        for row in book.by_effect.get("contradiction", ()):
            evaluation.rule(row)
        held |= {rule for rule, truth, _ in evaluation.trace() if truth is True}
    return held
