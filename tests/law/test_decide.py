"""The engine on packs of a few rows: requirements, lifts, intervals, conflicts, certainty, coverage."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sekisho.law.decide import decide, decide_item
from sekisho.law.decision import Decision
from sekisho.law.pack import Pack
from small_pack import pack, rule, transfer

LISTED = rule("zz.list", "licence-required", 'items.entries.zz.any_in = "zz:list"', about='"permit"')


def lift(id: str, when: str, outcome: str = "exempt", kind: str = "legal", **more: str) -> str:
    return rule(id, "lift", when, lifts='"zz.list"', lift_kind=f'"{kind}"', outcome=f'"{outcome}"', **more)


def decided(law: Pack, **facts: Any) -> Decision:
    return decide_item(law, transfer(**facts), 0)


def interval(law: Pack, **facts: Any) -> tuple[str, str, str]:
    decision = decided(law, **facts)
    return decision.at_least, decision.outcome, decision.at_most


LIST = {"items__entries__zz": ["1"]}
NOT_LISTED: dict[str, Any] = {"items__entries__zz": []}


def test_a_requirement_stands_falls_or_is_open() -> None:
    law = pack(LISTED)
    assert interval(law, **LIST) == ("licence-required",) * 3
    assert interval(law, **NOT_LISTED) == ("no-licence",) * 3
    assert interval(law) == ("no-licence", "incomplete", "licence-required")
    assert [question.fact for question in decided(law).questions] == ["items.entries.zz"]


def test_a_law_that_does_not_attach_asks_nothing() -> None:
    law = pack(LISTED)
    assert interval(law, **LIST, **{"from": "AA"}) == ("not-subject",) * 3
    assert interval(law, **LIST, **{"from": None}) == ("not-subject", "incomplete", "licence-required")


def test_a_coarse_classification_is_unknown() -> None:
    assert interval(pack(LISTED), items__entries__zz=["2"]) == ("no-licence", "incomplete", "licence-required")
    assert interval(pack(LISTED), items__entries__zz=["2(2)"]) == ("no-licence",) * 3
    assert interval(pack(LISTED), items__entries__zz=["2(1)"]) == ("licence-required",) * 3


@pytest.mark.parametrize(
    ("code", "inside"),
    [
        ("72", None),
        ("7203", True),
        ("7204", False),
        ("7301", True),
        ("73", None),
        ("7302", False),
        ("8466", None),
        ("846693", None),
        ("84", None),
        ("10", False),
    ],
)
def test_a_tariff_scope_and_codes_coarser_than_its_lines(code: str, inside: bool | None) -> None:
    law = pack(rule("zz.metals", "licence-required", 'items.hs.in = "zz:metals"', about='"permit"'))
    expected = {True: "licence-required", False: "no-licence", None: "incomplete"}[inside]
    assert decided(law, items__hs=code).outcome == expected


def test_a_legal_lift_works_by_itself_and_leaves_open_what_it_does_not_know() -> None:
    law = pack(LISTED, lift("zz.small", 'total_value.at_most = "100 JPY"'))
    assert interval(law, **LIST, contract_value="100 JPY") == ("exempt",) * 3
    assert interval(law, **LIST, contract_value="101 JPY") == ("licence-required",) * 3
    assert interval(law, **LIST) == ("exempt", "incomplete", "licence-required")
    assert interval(law, contract_value="100 JPY") == ("no-licence", "incomplete", "exempt")
    assert interval(law, **NOT_LISTED) == ("no-licence",) * 3


def test_lines_of_the_transfer_are_a_lower_bound_of_the_contract() -> None:
    law = pack(LISTED, lift("zz.small", 'total_value.at_most = "100 JPY"'))
    assert interval(law, **LIST, items__value="101 JPY") == ("licence-required",) * 3
    assert interval(law, **LIST, items__value="100 JPY") == ("exempt", "incomplete", "licence-required")
    two = transfer(items=2, **LIST, items__value="51 JPY")
    assert decide_item(law, two, 0).outcome == "licence-required"


def test_a_claimed_lift_works_only_when_it_is_invoked() -> None:
    law = pack(LISTED, lift("zz.fair", 'to.in = "zz:friends"', kind="claimed", claim='"fair"'))
    made = transfer(to="AA", **LIST)
    assert decide_item(law, made, 0).outcome == "licence-required"
    remedy = decide_item(law, made, 0).remedies[0]
    assert (remedy.id, remedy.claim, remedy.needs) == ("zz.fair", "fair", ("claim.fair",))
    from dataclasses import replace

    assert decide_item(law, replace(made, claims={"fair": {}}), 0).outcome == "exempt"
    assert decide_item(law, replace(transfer(to="CC", **LIST), claims={"fair": {}}), 0).outcome == "licence-required"
    unknown_place = replace(transfer(**LIST), claims={"fair": {}})
    assert decide_item(law, unknown_place, 0).outcome == "incomplete"


def test_lifts_have_an_order_and_an_open_one_before_keeps_the_interval_open() -> None:
    covered = lift("zz.licence", "items.public_domain.is = true", outcome="covered")
    exempt = lift("zz.small", 'total_value.at_most = "100 JPY"')
    law = pack(LISTED, exempt, covered)
    small = {"contract_value": "100 JPY", **LIST}
    assert interval(law, **small, items__public_domain=True) == ("covered",) * 3
    assert interval(law, **small, items__public_domain=False) == ("exempt",) * 3
    assert interval(law, **small) == ("exempt", "incomplete", "covered")
    assert interval(law, contract_value="101 JPY", **LIST, items__public_domain=True) == ("covered",) * 3


def test_a_prohibition_is_worse_than_a_requirement_and_no_licence_lifts_it() -> None:
    banned = rule("zz.ban", "prohibited", 'to.is = "CC"')
    law = pack(LISTED, banned, lift("zz.small", 'total_value.at_most = "100 JPY"'))
    assert interval(law, to="CC", **LIST, contract_value="1 JPY") == ("prohibited",) * 3
    assert interval(law, **LIST, contract_value="999 JPY") == ("licence-required", "licence-required", "prohibited")


def test_two_standing_rules_that_contradict_are_named() -> None:
    free = rule("zz.free", "no-licence", 'to.in = "zz:friends"', about='"permit"')
    decision = decided(pack(LISTED, free), to="AA", **LIST)
    assert decision.conflicts == (("zz.list", "zz.free"),)
    assert decision.outcome == "licence-required"
    from sekisho.law.decide import decide as whole

    assert not whole([pack(LISTED, free)], transfer(to="AA", **LIST)).releasable
    other_kind = rule("zz.free", "no-licence", 'to.in = "zz:friends"', about='"approval"')
    assert not decided(pack(LISTED, other_kind), to="AA", **LIST).conflicts


def test_an_unsettled_row_never_decides() -> None:
    ask = '{ en = "Is it so?", ja = "そうですか。" }'
    unsettled = rule("zz.maybe", "licence-required", 'to.is = "CC"', certainty="U", ask=ask)
    law = pack(unsettled)
    assert interval(law, to="CC") == ("no-licence", "incomplete", "licence-required")
    (question,) = decided(law, to="CC").questions
    assert (question.fact, question.ask["en"]) == ("law:zz.maybe", "Is it so?")
    assert interval(law, to="AA") == ("no-licence",) * 3
    unsure_lift = lift("zz.hope", 'to.is = "CC"', certainty="U", ask=ask)
    assert interval(pack(LISTED, unsure_lift), to="CC", **LIST) == ("exempt", "incomplete", "licence-required")


def test_certainty_is_the_weakest_that_the_outcome_rests_on() -> None:
    friends = rule("zz.friends", "licence-required", 'to.in = "zz:friends"', about='"permit"')
    law = pack(friends)
    assert decided(law, to="AA", day=date(2023, 12, 31)).certainty == "V"
    assert decided(law, to="AA", day=date(2024, 1, 1)).certainty == "S", "the place set of that day is S"
    by_term = pack(
        rule("zz.t1", "term", 'to.is = "AA"', term='"zz.t"', certainty="K"),
        rule("zz.t2", "term", 'act.is = "export"', term='"zz.t"', certainty="S"),
        rule("zz.need", "licence-required", "zz.t.is = true"),
    )
    assert decided(by_term, to="AA").certainty == "S", "the surest row that holds"


def test_a_set_is_that_of_its_day() -> None:
    friends = rule("zz.friends", "licence-required", 'to.in = "zz:friends"', about='"permit"')
    law = pack(friends)
    for day, outcome in ((date(2023, 12, 31), "no-licence"), (date(2024, 1, 1), "licence-required")):
        assert decided(law, to="BB", day=day).outcome == outcome


def test_outside_the_declared_acts_the_ceiling_is_prohibited() -> None:
    law = pack(LISTED)
    assert interval(law, act="technology", **NOT_LISTED) == ("no-licence", "incomplete", "prohibited")
    assert interval(law, act="brokering", **NOT_LISTED) == ("no-licence",) * 3


def test_parties_that_were_not_screened_leave_it_open_but_one_hit_decides() -> None:
    law = pack(rule("zz.hit", "licence-required", 'parties.listed.any_of = ["zz:bad/1"]'))
    clean = {f"{party}__listed": [] for party in ("consignee", "intermediary", "recipient")}
    assert interval(law, end_user__listed=[], **clean) == ("no-licence",) * 3
    assert interval(law, **clean) == ("no-licence", "incomplete", "licence-required")
    assert [question.fact for question in decided(law, **clean).questions] == ["end_user.listed"]
    assert interval(law, consignee__listed=["zz:bad/1"]) == ("licence-required",) * 3
    assert interval(law, end_user__listed=["zz:bad"], **clean) == ("no-licence", "incomplete", "licence-required")


def test_questions_come_in_the_order_in_which_they_decide() -> None:
    law = pack(
        rule("zz.a", "licence-required", 'items.hs.in = "zz:metals", end_use.purposes.any_of = ["nuclear"]'),
        rule("zz.b", "licence-required", 'items.hs.in = "zz:metals", end_use.informed.any_of = ["wmd"]'),
        rule("zz.c", "licence-required", 'items.hs.in = "zz:metals", to.is = "CC"'),
    )
    facts = [question.fact for question in decided(law).questions]
    assert facts[0] == "items.hs", "it is in all three rules"
    assert set(facts) == {"items.hs", "end_use.purposes", "end_use.informed", "to"}
    assert [question.fact for question in decided(law, items__hs="10").questions] == []
    alone = decided(law, items__hs="7203", to="AA", end_use__purposes=[]).questions
    assert [(question.fact, question.closes) for question in alone] == [("end_use.informed", 1)]


def test_the_whole_is_the_worst_of_its_parts() -> None:
    law = pack(LISTED)
    from dataclasses import replace

    from sekisho.model.transfer import Item

    made = transfer()
    mixed = replace(
        made,
        items=(
            Item("a", {"items.entries.zz": frozenset()}),
            Item("b", {"items.entries.zz": frozenset(["1"])}),
            Item("c", {}),
        ),
    )
    answer = decide([law], mixed)
    assert [decision.outcome for decision in answer.decisions] == ["no-licence", "licence-required", "incomplete"]
    assert (answer.at_least, answer.outcome, answer.at_most) == ("licence-required",) * 3
    assert not answer.releasable


def test_the_trace_says_which_test_decided() -> None:
    law = pack(rule("zz.both", "licence-required", 'act.is = "export", to.is = "CC", items.hs.in = "zz:metals"'))
    trace = {step[0]: step for step in decided(law, to="AA").trace}
    assert trace["zz.both"] == ("zz.both", False, (("to", "is", "CC", "AA", False),))
    trace = {step[0]: step for step in decided(law, to="CC").trace}
    assert trace["zz.both"][1] is None
    assert [test[0] for test in trace["zz.both"][2]] == ["items.hs"]


def test_a_circle_of_terms_stays_unknown() -> None:
    law = pack(
        rule("zz.x", "term", "zz.q.is = true", term='"zz.p"'),
        rule("zz.y", "term", "zz.p.is = true", term='"zz.q"'),
        rule("zz.need", "licence-required", "zz.p.is = true"),
    )
    assert decided(law).outcome == "incomplete"
