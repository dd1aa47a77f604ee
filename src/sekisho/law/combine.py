"""Several laws on one transfer: what is required of whom, in which order, under which promises, and where laws clash.

Authorisations form a set and are never merged: two licences are two. An authorisation may depend on another (a
re-export exception on the licence of the country that it leaves); the order follows, and a circle is told. A promise
to an authority binds the later transfer even where that authority's law has no nexus. Where two laws cannot both be
followed, both texts are shown and none is chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from graphlib import CycleError, TopologicalSorter
from typing import Literal

from sekisho.law.decision import Decision, RuleUse
from sekisho.law.kleene import Truth
from sekisho.law.legs import legs_of, on_leg
from sekisho.law.nexus import Law
from sekisho.law.pack import Pack
from sekisho.law.rule import REQUIREMENTS, Rule, Text
from sekisho.model.certainty import Certainty, Citation, weakest
from sekisho.model.outcome import Outcome
from sekisho.model.transfer import Obligation, Transfer

CONSENT = "re-export-consent"
"""The code of a duty that binds later transfers."""


@dataclass(frozen=True, slots=True)
class Authorisation:
    """One authorisation of one law for one item on one leg.

    ``state`` is ``required`` (nothing lifts the requirement), ``possible`` (a fact is open) or ``exception`` (a lift
    with a condition of its own stands in for it). ``after`` are the ids of the authorisations that come first.
    """

    id: str
    law: str
    about: str
    item: str
    leg: int
    state: Literal["required", "possible", "exception"]
    rules: tuple[str, ...]
    certainty: Certainty
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Consent:
    """A promise tested on this transfer: the act of leg ``leg`` needs the consent of ``law``'s authority."""

    promise: Obligation
    leg: int
    at_least: Outcome
    at_most: Outcome


@dataclass(frozen=True, slots=True)
class Clash:
    """Two rules of two laws that cannot both be followed. ``sure`` is None while one of them is open."""

    id: str
    kind: str
    says: Text
    rules: tuple[tuple[str, str, Text, Citation, Certainty], ...]  # law, rule, what it says, where, how sure
    item: str
    leg: int
    sure: Truth


@dataclass(frozen=True, slots=True)
class ClashRow:
    """A known clash of laws: ``rules`` are the ids of the two rules, of two packs."""

    id: str
    kind: str
    rules: tuple[str, str]
    says: Text


@dataclass(frozen=True, slots=True)
class Combination:
    """What the decisions of several laws come to together."""

    authorisations: tuple[Authorisation, ...] = ()
    order: tuple[str, ...] = ()
    circles: tuple[tuple[str, ...], ...] = ()
    consents: tuple[Consent, ...] = ()
    promises: tuple[Obligation, ...] = ()
    clashes: tuple[Clash, ...] = field(default=())


def combine(
    packs: Sequence[Pack],
    transfer: Transfer,
    decisions: Sequence[Decision],
    laws: Mapping[str, Law],
    clashes: Sequence[ClashRow] = (),
) -> Combination:
    """Work out the set of authorisations with their order, the promises made and due, and the clashes."""
    by_id = {pack.id: pack for pack in packs}
    found = sorted(_authorisations(by_id, decisions), key=lambda one: one.id)
    needed = _linked(found, by_id, transfer, laws)
    order, circles = _ordered(needed)
    return Combination(
        authorisations=tuple(needed),
        order=order,
        circles=circles,
        consents=tuple(_consents(transfer)),
        promises=tuple(dict.fromkeys(_promises(decisions, transfer))),
        clashes=tuple(_clashes(by_id, decisions, clashes)),
    )


def _authorisations(packs: Mapping[str, Pack], decisions: Iterable[Decision]) -> Iterator[Authorisation]:
    """One for each law, item, leg and kind of requirement that stands or may stand, and each exception that is used."""
    for decision in decisions:
        rules = packs[decision.law].rules
        by_about: dict[str, list[RuleUse]] = {}
        for use in decision.rules:
            if use.effect in REQUIREMENTS and use.state in ("stands", "open") and decision.at_most != "not-subject":
                by_about.setdefault(rules[use.id].about, []).append(use)
        for about, uses in by_about.items():
            required = any(use.state == "stands" and use.effect == "licence-required" for use in uses)
            sure = required and decision.at_least in ("licence-required", "prohibited")
            yield _authorisation(decision, about, "required" if sure else "possible", uses)
        for use in decision.rules:
            if use.state == "lifts" and rules[use.id].details.get("depends_on"):
                yield _authorisation(decision, use.id, "exception", [use])


def _authorisation(
    decision: Decision, about: str, state: Literal["required", "possible", "exception"], uses: Sequence[RuleUse]
) -> Authorisation:
    return Authorisation(
        id=f"{decision.law}:{about}:{decision.number + 1}:{decision.leg + 1}",
        law=decision.law,
        about=about,
        item=decision.item,
        leg=decision.leg,
        state=state,
        rules=tuple(use.id for use in uses),
        certainty=weakest(use.certainty for use in uses),
    )


def _linked(
    needed: list[Authorisation], packs: Mapping[str, Pack], transfer: Transfer, laws: Mapping[str, Law]
) -> list[Authorisation]:
    """Say what each comes after: ``depends_on`` of its rules, and of the exceptions that could stand in for it."""
    linked: list[Authorisation] = []
    for one in needed:
        rules = packs[one.law].rules
        own = [rules[rule_id] for rule_id in one.rules]
        waits = own + [
            lift for lift in rules.values() if lift.effect == "lift" and any(rule.id in lift.lifts for rule in own)
        ]
        firsts = {law for rule in waits for law in _depended(rule, transfer, one.leg, laws)} - {one.law}
        here = [other for other in needed if other.leg == one.leg and other.item == one.item]
        after = tuple(sorted(other.id for other in here if other.law in firsts))
        linked.append(
            Authorisation(one.id, one.law, one.about, one.item, one.leg, one.state, one.rules, one.certainty, after)
        )
    return linked


def _depended(rule: Rule, transfer: Transfer, leg: int, laws: Mapping[str, Law]) -> Iterator[str]:
    """The laws whose authorisation a rule waits for; ``from`` is the law of the place that the leg leaves."""
    written = rule.details.get("depends_on", ())
    leaves = legs_of(transfer)[leg].get("from")
    for law in [written] if isinstance(written, str) else written:
        if law == "from":
            yield from (known.id for known in laws.values() if leaves in known.places)
        else:
            yield law


def _ordered(needed: Sequence[Authorisation]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """An order in which each comes after what it waits for; what waits in a circle is told instead."""
    waits = {one.id: set(one.after) for one in needed}
    circles: list[tuple[str, ...]] = []
    while True:
        try:
            # Sorted first, so that the order of the packs leaves no trace.
            sorter = TopologicalSorter({key: sorted(waits[key]) for key in sorted(waits)})
            return tuple(sorter.static_order()), tuple(circles)
        except CycleError as error:
            circle = tuple(error.args[1])
            circles.append(_turned(circle))
            waits[circle[1]].discard(circle[0])


def _turned(circle: tuple[str, ...]) -> tuple[str, ...]:
    """The circle from its first id on, so that it is told the same way whatever came first."""
    ring = circle[:-1]
    start = ring.index(min(ring))
    return (*ring[start:], *ring[:start], ring[start])


def _consents(transfer: Transfer) -> Iterator[Consent]:
    for number in range(len(legs_of(transfer))):
        act = on_leg(transfer, number).facts.get("act")
        for promise in transfer.obligations:
            if not _binds(promise, transfer, act):
                continue
            if promise.consent is None:
                yield Consent(promise, number, "covered", "licence-required")
            else:
                outcome: Outcome = "covered" if promise.consent else "licence-required"
                yield Consent(promise, number, outcome, outcome)


def _binds(promise: Obligation, transfer: Transfer, act: object) -> bool:
    if promise.until is not None and transfer.day > promise.until:
        return False
    named = promise.items is None or any(item.name in promise.items for item in transfer.items)
    return named and (act in promise.acts or act is None)


def _promises(decisions: Iterable[Decision], transfer: Transfer) -> Iterator[Obligation]:
    """What this transfer, if it goes, binds later ones to: one promise for each law and duty."""
    holder = transfer.facts.get("end_user.name")
    for decision in decisions:
        for duty in decision.duties:
            if duty.code == CONSENT:
                acts = frozenset(duty.details.get("acts", ("reexport", "in-country-transfer")))
                until = duty.details.get("until")
                yield Obligation(
                    law=decision.law,
                    acts=acts,
                    until=until if isinstance(until, date) else None,
                    holder=holder if isinstance(holder, str) else "",
                    items=frozenset({decision.item}),
                )


def _clashes(packs: Mapping[str, Pack], decisions: Iterable[Decision], rows: Sequence[ClashRow]) -> Iterator[Clash]:
    """The known clashes of which no side is ruled out for one item on one leg."""
    answers: dict[tuple[int, int], dict[str, tuple[Decision, Truth]]] = {}
    for decision in decisions:
        here = answers.setdefault((decision.leg, decision.number), {})
        if decision.at_most != "not-subject":
            here.update({rule: (decision, truth) for rule, truth, _ in decision.trace if truth is not False})
    for row in sorted(rows, key=lambda row: row.id):
        for (leg, _), here in sorted(answers.items()):
            if all(rule in here for rule in row.rules):
                sides = [(here[rule][0], packs[here[rule][0].law].rules[rule]) for rule in row.rules]
                yield Clash(
                    id=row.id,
                    kind=row.kind,
                    says=row.says,
                    rules=tuple(
                        (decision.law, rule.id, rule.says, version.cite, version.certainty)
                        for decision, rule in sides
                        if (version := rule.on(decision.day)) is not None
                    ),
                    item=sides[0][0].item,
                    leg=leg,
                    sure=True if all(here[rule][1] is True for rule in row.rules) else None,
                )
