"""Decide one transfer: which requirements stand, what lifts them, and what is still open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sekisho.law.book import RuleInForce, book_on
from sekisho.law.decision import Answer, Decision, Entry, Remedy, RuleUse, State
from sekisho.law.evaluate import Evaluation
from sekisho.law.kleene import Truth, any_of
from sekisho.law.pack import Pack
from sekisho.law.questions import questions_of
from sekisho.law.rule import Effect
from sekisho.law.view import view_of
from sekisho.model.certainty import weakest
from sekisho.model.outcome import RANK, Outcome, settle, worst
from sekisho.model.period import add_years
from sekisho.model.transfer import Transfer

INVOCATIONS = ("claim.", "held.", "guideline.", "bulk.")
"""Facts that the exporter can bring about: a lift that fails on these alone is still a way out."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A requirement that is not ruled out: its answer, the outcomes it may lead to and the lifts that matter."""

    row: RuleInForce
    truth: Truth
    possible: tuple[Outcome, ...]
    lifted_by: RuleInForce | None
    open_lifts: tuple[RuleInForce, ...]

    @property
    def least(self) -> Outcome:
        """The mildest outcome that it may come to."""
        return min(self.possible, key=RANK.__getitem__)

    @property
    def most(self) -> Outcome:
        """The worst outcome that it may come to."""
        return max(self.possible, key=RANK.__getitem__)


def decide(packs: Sequence[Pack], transfer: Transfer) -> Answer:
    """Give every pack's decision on every item of ``transfer``; the whole is as bad as its worst part."""
    decisions = tuple(decide_item(pack, transfer, number) for pack in packs for number in range(len(transfer.items)))
    least = worst(decision.at_least for decision in decisions)
    most = worst(decision.at_most for decision in decisions)
    return Answer(transfer, transfer.day, settle(least, most), least, most, decisions)


def interval(pack: Pack, transfer: Transfer, number: int) -> tuple[Outcome, Outcome]:
    """Give only the bounds for one item, for searches that ask many times."""
    item = transfer.items[number]
    evaluation = Evaluation(book_on(pack, transfer.day), view_of(pack, transfer, item))
    least, most, _ = _bounds(evaluation)
    return least, most


def decide_item(pack: Pack, transfer: Transfer, number: int) -> Decision:
    """Give one law's decision on item ``number`` with its reasons, duties, questions and trace."""
    item = transfer.items[number]
    book = book_on(pack, transfer.day)
    evaluation = Evaluation(book, view_of(pack, transfer, item))
    least, most, standing = _bounds(evaluation)
    outcome = settle(least, most)
    subject = _subject(evaluation)
    rules = tuple(_rules_used(evaluation, standing, outcome, subject))
    unlifted = {one.row.rule.about for one in standing if one.truth is True and one.lifted_by is None}
    conflicts = tuple(_conflicts(evaluation, standing))
    return Decision(
        law=pack.id,
        item=item.name,
        number=number,
        day=transfer.day,
        outcome=outcome,
        at_least=least,
        at_most=most,
        rules=rules,
        remedies=tuple(_remedies(evaluation, standing)),
        licences=tuple(
            _entries(evaluation, "licence", lambda row: row.rule.about in {s.row.rule.about for s in standing})
        ),
        policies=tuple(_entries(evaluation, "policy")),
        duties=tuple(_entries(evaluation, "duty") if subject is not False else ()),
        penalties=tuple(_entries(evaluation, "penalty", lambda row: row.rule.about in unlifted)),
        flags=tuple(_flags(evaluation, standing)),
        questions=questions_of(evaluation, standing, subject, least, most),
        conflicts=conflicts,
        certainty=weakest(use.certainty for use in rules if use.state != "lifted"),
        pack_version=pack.version,
        pack_sha256=pack.sha256,
        trace=evaluation.trace(),
    )


def _subject(evaluation: Evaluation) -> Truth:
    return any_of(evaluation.rule(row) for row in evaluation.book.by_effect.get("subject", ()))


def _bounds(evaluation: Evaluation) -> tuple[Outcome, Outcome, list[Standing]]:
    """Both ends of the interval and the requirements that made them."""
    pack, facts = evaluation.book.pack, evaluation.view.facts
    subject = _subject(evaluation)
    if subject is False:
        return "not-subject", "not-subject", []
    standing = [one for one in (_standing(evaluation, row) for row in evaluation.book.requirements) if one]
    least = worst(["no-licence" if subject else "not-subject", *(one.least for one in standing if subject)])
    most = worst(["no-licence", *(one.most for one in standing)])
    if facts.get("act") not in pack.acts:
        most = "prohibited"
    return least, most, standing


def _standing(evaluation: Evaluation, row: RuleInForce) -> Standing | None:
    truth = evaluation.rule(row)
    if truth is False:
        return None
    effect: Outcome = "prohibited" if row.rule.effect == "prohibited" else "licence-required"
    lifted_by: RuleInForce | None = None
    open_lifts: list[RuleInForce] = []
    for lift in evaluation.book.lifts_of.get(row.id, ()):
        answer = evaluation.rule(lift)
        if answer is True:
            lifted_by = lift
            break
        if answer is None:
            open_lifts.append(lift)
    if lifted_by is not None:
        # A cell of a matrix that nobody has loaded is no fact of this transfer: it does not reopen what is lifted.
        open_lifts = [lift for lift in open_lifts if not _only_unloaded(evaluation, lift)]
    possible = [lift.rule.outcome for lift in open_lifts]
    possible.append(effect if lifted_by is None else lifted_by.rule.outcome)
    if truth is None:
        possible.append("no-licence")
    return Standing(row, truth, tuple(one for one in possible if one), lifted_by, tuple(open_lifts))


def _only_unloaded(evaluation: Evaluation, lift: RuleInForce) -> bool:
    pending = [evaluation.book.atoms[number] for number in lift.atoms if evaluation.atom(number) is None]
    return bool(pending) and all(atom.condition.fact.startswith("bulk.") for atom in pending)


def _rules_used(
    evaluation: Evaluation, standing: Iterable[Standing], outcome: Outcome, subject: Truth
) -> Iterable[RuleUse]:
    """The deciding rules: what stands or is open, what lifts it, and the basis of a clean answer."""

    def use(row: RuleInForce, state: State) -> RuleUse:
        return RuleUse(row.id, row.rule.effect, state, row.rule.says, row.version.cite, evaluation.certainty(row))

    lifts: dict[str, RuleUse] = {}
    order = sorted(standing, key=lambda one: (-RANK[one.most], one.truth is None))
    for one in order:
        if one.lifted_by is not None and one.truth is True:
            yield use(one.row, "lifted")
            lifts.setdefault(one.lifted_by.id, use(one.lifted_by, "lifts"))
        elif one.lifted_by is None:
            yield use(one.row, "stands" if one.truth is True and not one.open_lifts else "open")
            for lift in one.open_lifts:
                lifts.setdefault(lift.id, use(lift, "may-lift"))
    yield from lifts.values()
    if outcome in ("no-licence", "not-subject"):
        for row in evaluation.book.by_effect.get("no-licence", ()):
            wanted = "not-subject" if subject is False else "no-licence"
            if (row.rule.outcome or "no-licence") == wanted and evaluation.rule(row) is True:
                yield use(row, "basis")


def _conflicts(evaluation: Evaluation, standing: Iterable[Standing]) -> Iterable[tuple[str, str]]:
    """A row that says nothing is needed, beside a requirement of the same kind that stands: both are named."""
    for one in standing:
        if one.truth is not True or one.lifted_by is not None or one.open_lifts:
            continue
        for row in evaluation.book.by_effect.get("no-licence", ()):
            if row.rule.about == one.row.rule.about and evaluation.rule(row) is True:
                yield one.row.id, row.id


def _remedies(evaluation: Evaluation, standing: Iterable[Standing]) -> Iterable[Remedy]:
    """Lifts that would help: open ones, and those that fail only because nobody has invoked them yet."""
    found: dict[str, tuple[RuleInForce, list[str]]] = {}
    for one in standing:
        if one.lifted_by is None:
            for lift in evaluation.book.lifts_of.get(one.row.id, ()):
                found.setdefault(lift.id, (lift, []))[1].append(one.row.id)
    for lift, targets in found.values():
        failing = [evaluation.book.atoms[number].condition.fact for number in evaluation.failing(lift)]
        if all(fact.startswith(INVOCATIONS) for fact in failing):
            needs = tuple(dict.fromkeys([*failing, *evaluation.unknown_facts(lift)]))
            yield Remedy(
                lift.id,
                lift.rule.lift_kind,
                lift.rule.claim,
                lift.rule.outcome or "exempt",
                lift.rule.says,
                lift.version.cite,
                lift.version.certainty,
                tuple(targets),
                needs,
            )


def _entries(
    evaluation: Evaluation, effect: Effect, wanted: Callable[[RuleInForce], bool] = lambda row: True
) -> Iterable[Entry]:
    for row in evaluation.book.by_effect.get(effect, ()):
        if not wanted(row):
            continue
        truth = evaluation.rule(row)
        if truth is False or (truth is None and effect in ("flag", "penalty", "policy")):
            continue
        details = _dated(evaluation, row.rule.details)
        code = str(row.rule.details.get("code", row.id))
        yield Entry(row.id, code, row.rule.says, row.version.cite, row.version.certainty, truth, details)


def _dated(evaluation: Evaluation, details: Mapping[str, Any]) -> Mapping[str, Any]:
    """Work out what depends on the day or the value: how long to keep records, the highest fine."""
    facts = evaluation.view.facts
    worked = dict(details)
    day, value = facts["day"], facts.get("items.value") or facts.get("total_value")
    if "years" in details:
        worked["until"] = add_years(day, details["years"])  # type: ignore[arg-type]
    if "multiple" in details:
        amount = value.amount if value is not None else None  # type: ignore[union-attr]
        for who in ("person", "company"):
            floor = details.get(f"fine_{who}")
            if floor is not None:
                worked[f"max_fine_{who}"] = (
                    max(floor, int(details["multiple"] * amount)) if amount is not None else floor
                )
        worked["value_known"] = amount is not None
    return worked


def _flags(evaluation: Evaluation, standing: Iterable[Standing]) -> Iterable[Entry]:
    yield from _entries(evaluation, "flag")
    raised: set[str] = set()
    pack = evaluation.book.pack
    for one in standing:
        for lift in one.open_lifts:
            for number in lift.atoms:
                fact = pack.facts.get(evaluation.book.atoms[number].condition.fact)
                if fact and fact.unknown_flag and evaluation.atom(number) is None and fact.unknown_flag not in raised:
                    raised.add(fact.unknown_flag)
                    yield Entry(
                        lift.id, fact.unknown_flag, fact.ask, lift.version.cite, lift.version.certainty, None, {}
                    )
