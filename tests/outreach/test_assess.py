"""Elements, indicators and priority: properties that hold whatever the evidence."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from sekisho.law.kleene import Truth
from sekisho.outreach.elements import ELEMENTS, Element, elements_of, rate
from sekisho.outreach.indicators import Evidence, Indicator, Sufficiency, score_element
from sekisho.outreach.priority import Factor, Standing, rank

TRUTHS = st.sampled_from([True, False, None])
STATES = st.fixed_dictionaries(dict.fromkeys(ELEMENTS, TRUTHS))
DAY = date(2026, 11, 1)


@given(STATES)
def test_the_first_insufficient_element_decides(state: dict[Element, Truth]) -> None:
    rating = rate(state)
    first = next((element for element in ELEMENTS if state[element] is not True), None)
    if first is None:
        assert rating.category == "graduated"
    elif state[first] is None:
        assert (rating.category, rating.question) == ("undetermined", first)
    else:
        assert rating.category == ELEMENTS.index(first) + 1
        after = ELEMENTS[ELEMENTS.index(first) + 1 :]
        assert rating.incoherent == tuple(element for element in after if state[element] is True)


@given(STATES, st.sampled_from(ELEMENTS))
def test_not_knowing_an_element_never_raises_the_category(state: dict[Element, Truth], element: Element) -> None:
    order = {1: 1, 2: 2, 3: 3, 4: 4, "graduated": 5}
    before, after = rate(state).category, rate({**state, element: None}).category
    if after != "undetermined":
        assert before == after or before == "undetermined" or order[after] == order[before]


def test_a_category_gives_itself_back() -> None:
    for number in (1, 2, 3, 4):
        assert rate(elements_of(number)).category == number


INDICATORS = [
    Indicator("law", "laws", {}, 2.0, 4, True),
    Indicator("authority", "laws", {}, 1.0, 4, False),
    Indicator("lists", "laws", {}, 1.0, 4, False),
]
FOUND = st.builds(
    Evidence,
    indicator=st.sampled_from(["law", "authority", "lists"]),
    step=st.integers(0, 4),
    source=st.just("report"),
    day=st.dates(date(2022, 1, 1), DAY),
    rater=st.just("JP"),
)


@given(st.lists(FOUND, max_size=6), FOUND)
def test_more_evidence_never_lowers_confidence(evidence: list[Evidence], more: Evidence) -> None:
    rule = Sufficiency()
    before = score_element("laws", INDICATORS, evidence, rule, DAY).confidence
    newer = Evidence(more.indicator, more.step, more.source, DAY, more.rater)
    assert score_element("laws", INDICATORS, [*evidence, newer], rule, DAY).confidence >= before


@given(st.lists(FOUND, max_size=6))
def test_an_element_is_decided_only_when_what_is_missing_cannot_matter(evidence: list[Evidence]) -> None:
    rule = Sufficiency()
    score = score_element("laws", INDICATORS, evidence, rule, DAY)
    assert score.low <= score.high
    for step in (0, 4):
        filled = [*(Evidence(missing, step, "s", DAY, "JP") for missing in score.missing), *evidence]
        whole = score_element("laws", INDICATORS, filled, rule, DAY).sufficient
        assert score.sufficient is None or whole is score.sufficient


def test_the_line_of_sufficiency_and_a_failing_critical_indicator() -> None:
    rule = Sufficiency(met=60)
    today = [Evidence("law", 2, "s", DAY, "JP"), Evidence("authority", 4, "s", DAY, "JP")]
    at = score_element("laws", INDICATORS, [*today, Evidence("lists", 1, "s", DAY, "JP")], rule, DAY)
    assert (at.low, at.sufficient) == (56.25, False)
    above = score_element("laws", INDICATORS, [*today, Evidence("lists", 2, "s", DAY, "JP")], rule, DAY)
    assert (above.low, above.sufficient) == (62.5, True)
    critical = [Evidence(one, 4, "s", DAY, "JP") for one in ("authority", "lists")]
    failing = score_element("laws", INDICATORS, [*critical, Evidence("law", 1, "s", DAY, "JP")], rule, DAY)
    assert failing.sufficient is False
    assert failing.failing_critical == ("law",)
    old = DAY - timedelta(days=800)
    stale = score_element("laws", INDICATORS, [Evidence("law", 4, "s", old, "JP")], rule, DAY)
    assert stale.stale == ("law",)
    assert stale.confidence == 0


FACTORS = [Factor("a", 0.5, {}), Factor("b", 0.3, {}), Factor("c", 0.2, {})]
BOUND = st.tuples(st.floats(0, 1), st.floats(0, 1)).map(lambda pair: (min(pair), max(pair)))
STANDING = st.builds(
    Standing,
    place=st.text("ABCDEFGH", min_size=2, max_size=2),
    category=st.sampled_from([1, 2, 3, 4, "graduated", "undetermined"]),
    factors=st.dictionaries(st.sampled_from("abc"), BOUND, max_size=3),
)


@settings(deadline=None, max_examples=150)
@given(st.lists(STANDING, min_size=2, max_size=6, unique_by=lambda one: one.place))
def test_a_rank_lies_in_its_range_and_every_place_is_ranked(standings: list[Standing]) -> None:
    ranked = rank(standings, FACTORS, 0.55)
    assert [one.rank for one in ranked] == list(range(1, len(standings) + 1))
    assert {one.place for one in ranked} == {one.place for one in standings}
    for one in ranked:
        assert one.best <= one.rank <= one.worst
        assert one.low <= one.high + 1e-9


@settings(deadline=None, max_examples=150)
@given(st.lists(STANDING, min_size=2, max_size=6, unique_by=lambda one: one.place), st.sampled_from("abc"))
def test_a_higher_risk_never_ranks_later(standings: list[Standing], factor: str) -> None:
    chosen = standings[0]
    raised = Standing(chosen.place, chosen.category, {**chosen.factors, factor: (1.0, 1.0)})
    before = {one.place: one.rank for one in rank(standings, FACTORS, 0.55)}
    after = {one.place: one.rank for one in rank([raised, *standings[1:]], FACTORS, 0.55)}
    if chosen.factors.get(factor, (0.0, 1.0))[0] == chosen.factors.get(factor, (0.0, 1.0))[1]:
        assert after[chosen.place] <= before[chosen.place]
