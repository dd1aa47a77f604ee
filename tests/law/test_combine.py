"""Several laws on one transfer: legs, the set of authorisations, their order, promises, clashes, open laws."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations
from typing import Any

import pytest

from sekisho.law.combine import ClashRow
from sekisho.law.decide import Attached, decide
from sekisho.law.decision import Answer
from sekisho.law.nexus import Law, Nexus
from sekisho.law.pack import Pack
from sekisho.model.transfer import Authorisation, Obligation, Transfer
from small_pack import built, rule, transfer

LAWS = {
    "aa": Law("aa", {"en": "A", "ja": "A"}, frozenset({"AA"})),
    "bb": Law("bb", {"en": "B", "ja": "B"}, frozenset({"BB"}), follows_goods=True),
}


def law(id: str, place: str, *rows: str) -> Pack:
    subject = rule(f"{id}.subject", "subject", f'from.is = "{place}"')
    made, problems = built(subject, *rows, head={"id": id, "acts": ["export", "reexport", "transhipment"]})
    assert made is not None, problems
    return made


def requirement(id: str, when: str = 'act.in = ["export", "reexport"]', **more: str) -> str:
    return rule(id, "licence-required", when, about='"permit"', **more)


A = law("aa", "AA", requirement("aa.list"))
LIFT = rule(
    "bb.apr",
    "lift",
    "local_licence.is = true, local_licence_conditions_kept.is = true",
    lifts='["bb.list"]',
    lift_kind='"legal"',
    outcome='"exempt"',
    details='{ depends_on = "from" }',
)
B = law("bb", "AA", requirement("bb.list"), LIFT)
HELD = Authorisation(
    "aa",
    "individual",
    start=date(2025, 1, 1),
    until=date(2026, 1, 1),
    entries=frozenset({"1"}),
    destinations=frozenset({"CC"}),
    places=frozenset({"AA"}),
    conditions_kept=True,
)


def asked(**more: Any) -> Transfer:
    return replace(transfer(**{"from": "AA", "to": "CC", "items__entries__aa": ["1"]}), **more)


def decided(packs: list[Pack], moved: Transfer, *clashes: ClashRow) -> Answer:
    return decide(packs, moved, Attached(None, LAWS, clashes))


def test_two_licences_are_two_and_one_waits_for_the_other() -> None:
    answer = decided([A, B], asked())
    assert answer.outcome == "licence-required"
    together = answer.together
    assert together is not None
    assert {(one.law, one.state) for one in together.authorisations} == {("aa", "required"), ("bb", "required")}
    assert together.order == ("aa:permit:1:1", "bb:permit:1:1")


def test_the_exception_stands_once_the_other_licence_is_held() -> None:
    answer = decided([A, B], asked(authorisations=(HELD,)))
    by_law = {decision.law: decision.outcome for decision in answer.decisions}
    assert by_law == {"aa": "licence-required", "bb": "exempt"}  # the small law aa knows no held licence
    together = answer.together
    assert together is not None
    assert [(one.law, one.state) for one in together.authorisations] == [("aa", "required"), ("bb", "exception")]
    assert together.order == ("aa:permit:1:1", "bb:bb.apr:1:1")


def test_a_licence_whose_conditions_are_not_known_to_be_kept_leaves_it_open() -> None:
    held = replace(HELD, conditions_kept=None)
    decision = decided([B], asked(authorisations=(held,))).decisions[0]
    assert (decision.at_least, decision.at_most) == ("exempt", "licence-required")
    assert [question.fact for question in decision.questions] == ["authorisations.conditions_kept"]


def test_a_circle_is_told_and_nothing_is_chosen() -> None:
    first = law("aa", "AA", requirement("aa.list", details='{ depends_on = ["bb"] }'))
    second = law("bb", "AA", requirement("bb.list", details='{ depends_on = ["aa"] }'))
    for packs in ([first, second], [second, first]):
        answer = decided(packs, asked())
        assert answer.outcome == "incomplete"
        assert not answer.releasable
        assert answer.together is not None
        assert answer.together.circles == (("aa:permit:1:1", "bb:permit:1:1", "aa:permit:1:1"),)


def test_the_order_of_the_packs_is_irrelevant() -> None:
    third = law("cc", "AA", requirement("cc.list", details='{ depends_on = ["aa", "bb"] }'))
    answers = [decided(list(packs), asked()) for packs in permutations([A, B, third])]
    assert len({(one.outcome, one.at_least, one.at_most) for one in answers}) == 1
    assert len({one.together.order for one in answers if one.together}) == 1
    assert len({frozenset(one.together.authorisations) for one in answers if one.together}) == 1


def test_each_leg_is_decided_on_its_own() -> None:
    legs = ({"legs.from": "AA", "legs.to": "DD"}, {"legs.from": "DD", "legs.to": "CC"})
    moved = asked()
    moved = replace(moved, facts={**moved.facts, "legs": legs})
    third = law("dd", "DD", requirement("dd.list", 'act.is = "reexport", to.is = "CC"'))
    answer = decided([A, third], moved)
    found = {(decision.law, decision.leg): decision.outcome for decision in answer.decisions}
    assert found == {
        ("aa", 0): "licence-required",
        ("aa", 1): "not-subject",
        ("dd", 0): "not-subject",
        ("dd", 1): "licence-required",
    }


@pytest.mark.parametrize(
    ("consent", "bounds"),
    [
        (True, ("covered", "covered")),
        (False, ("licence-required", "licence-required")),
        (None, ("covered", "licence-required")),
    ],
)
def test_a_promise_binds_where_its_law_has_no_nexus(consent: bool | None, bounds: tuple[str, str]) -> None:
    quiet = law("dd", "DD")
    promise = Obligation("aa", frozenset({"reexport"}), consent=consent)
    moved = replace(transfer(**{"act": "reexport", "from": "DD", "to": "CC"}), obligations=(promise,))
    answer = decided([quiet], moved)
    assert (answer.at_least, answer.at_most) == bounds
    assert [decision.outcome for decision in answer.decisions] == ["no-licence"]


def test_a_promise_ends_with_its_last_day_and_binds_its_acts_only() -> None:
    quiet = law("dd", "DD")
    last = date(2025, 6, 1)

    def outcome(day: date, act: str) -> str:
        promise = Obligation("aa", frozenset({"reexport"}), until=last, consent=False)
        return decided(
            [quiet], replace(transfer(day, **{"act": act, "from": "DD", "to": "CC"}), obligations=(promise,))
        ).outcome

    assert outcome(last, "reexport") == "licence-required"
    assert outcome(date(2025, 6, 2), "reexport") == "no-licence"
    assert outcome(last, "export") == "no-licence"


def test_a_duty_of_consent_becomes_the_promise_of_a_later_transfer() -> None:
    duty = rule("aa.no-reexport", "duty", 'act.is = "export"', details='{ code = "re-export-consent" }')
    answer = decided([law("aa", "AA", requirement("aa.list"), duty)], asked())
    assert answer.together is not None
    (promise,) = answer.together.promises
    assert (promise.law, promise.acts) == ("aa", frozenset({"reexport", "in-country-transfer"}))


@pytest.mark.parametrize(("certainty", "sure"), [("V", True), ("U", None)])
def test_laws_that_conflict_are_both_shown_and_none_is_chosen(certainty: str, sure: bool | None) -> None:
    forbids = rule("bb.no-comply", "flag", 'to.is = "CC"', certainty=certainty, ask='{ en = "Is it?", ja = "?" }')
    other = law("bb", "AA", rule("bb.duty", "duty", 'to.is = "CC"'), forbids)
    row = ClashRow("aa-bb", "comply-or-forbid", ("aa.list", "bb.no-comply"), {"en": "both", "ja": "両方"})
    answer = decided([A, other], asked(), row)
    assert (answer.outcome, answer.at_least, answer.at_most) == ("incomplete", "licence-required", "prohibited")
    assert answer.together is not None
    (clash,) = answer.together.clashes
    assert [(one[0], one[1]) for one in clash.rules] == [("aa", "aa.list"), ("bb", "bb.no-comply")]
    assert clash.sure is sure
    assert not answer.releasable
    assert decided([A], asked(), row).together.clashes == ()  # type: ignore[union-attr]


def test_a_law_without_a_pack_keeps_the_worst_possible() -> None:
    quiet = law("dd", "DD")
    moved = transfer(**{"from": "DD", "to": "CC"})
    nexus = (Nexus("dd", True, ("from",)), Nexus("TH", True, ("via",)))
    answer = decide([quiet], moved, Attached(nexus, LAWS))
    assert (answer.outcome, answer.at_least, answer.at_most) == ("incomplete", "no-licence", "prohibited")
    assert [one.law for one in answer.open_laws] == ["TH"]
    assert "no pack" in answer.open_laws[0].ask["en"]
