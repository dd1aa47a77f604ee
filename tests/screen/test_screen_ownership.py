"""The 50 % rule: sums, chains, unknown shares, cycles."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sekisho.model.listed import OwnershipLink
from sekisho.screen.ownership import holdings, owned_by_listed

LISTED = frozenset({"L1", "L2"})


def ruled(*links, threshold=50.0, more_than=False):
    graph = holdings(OwnershipLink(*link) for link in links)
    return owned_by_listed(graph, LISTED, threshold, more_than)


def test_two_listed_owners_add_up():
    found = ruled(("L1", "X", 25.0), ("L2", "X", 25.0))["X"]
    assert (found.at_least, found.at_most, found.verdict) == (50.0, 50.0, "yes")
    assert ruled(("L1", "X", 25.0), ("L2", "X", 24.9))["X"].verdict == "no"


def test_more_than_half_asks_for_more():
    assert ruled(("L1", "X", 50.0), more_than=True)["X"].verdict == "no"
    assert ruled(("L1", "X", 50.1), more_than=True)["X"].verdict == "yes"


def test_a_chain_of_halves_carries_and_a_broken_one_does_not():
    # OFAC's own example: 50 % of A, A 50 % of B: B is blocked. 25 % of A, A all of B: it is not.
    assert ruled(("L1", "A", 50.0), ("A", "B", 50.0))["B"].verdict == "yes"
    assert ruled(("L1", "A", 25.0), ("A", "B", 100.0)).get("B") is None
    both = ruled(("L1", "A", 50.0), ("L1", "B", 10.0), ("A", "C", 50.0), ("B", "C", 50.0))
    assert both["C"].verdict == "yes"
    assert both["B"].verdict == "no"


def test_direct_and_indirect_holdings_are_summed():
    found = ruled(("L1", "A", 60.0), ("A", "X", 30.0), ("L2", "X", 25.0))["X"]
    assert (found.at_least, found.verdict) == (55.0, "yes")
    assert {(step.owner, step.owned) for step in found.through} == {("L1", "A"), ("A", "X"), ("L2", "X")}


def test_an_unknown_share_is_an_interval_and_is_named():
    found = ruled(("L1", "X", None), ("other", "X", 30.0))["X"]
    assert (found.at_least, found.at_most, found.verdict) == (0.0, 70.0, "unknown")
    assert [(step.owner, step.share) for step in found.unknown] == [("L1", None)]
    assert ruled(("L1", "X", None), ("other", "X", 55.0))["X"].verdict == "no"  # 45 at most
    assert ruled(("L1", "X", 50.0), ("L2", "X", None))["X"].verdict == "yes"
    assert ruled(("L1", "A", None), ("A", "B", 80.0))["B"].verdict == "unknown"


def test_cycles_end():
    found = ruled(("L1", "A", 30.0), ("B", "A", 30.0), ("A", "B", 60.0))
    assert found["A"].verdict == "no"
    found = ruled(("L1", "A", 50.0), ("B", "A", 30.0), ("A", "B", 60.0))
    assert found["A"].verdict == found["B"].verdict == "yes"


def test_differing_statements_are_told_and_the_larger_counts():
    graph = holdings([OwnershipLink("L1", "X", 40.0), OwnershipLink("L1", "X", 55.0)])
    assert graph.differing == (("L1", "X", (40.0, 55.0)),)
    assert owned_by_listed(graph, LISTED)["X"].verdict == "yes"


LINKS = st.lists(
    st.tuples(st.sampled_from(["L1", "L2", "A", "B", "C", "D"]), st.sampled_from(["A", "B", "C", "D", "E"]),
              st.none() | st.integers(0, 100).map(float)), max_size=14,
)  # fmt: skip
WORSE = {"no": 0, "unknown": 1, "yes": 2}


@settings(max_examples=200, deadline=None)
@given(LINKS, st.randoms(use_true_random=False))
def test_learning_a_share_only_narrows_and_order_never_matters(links, draw):
    links = list({(owner, owned): (owner, owned, share) for owner, owned, share in links}.values())
    before = ruled(*links)
    shuffled = links[:]
    draw.shuffle(shuffled)
    assert ruled(*shuffled) == before
    unknown = [n for n, link in enumerate(links) if link[2] is None]
    if not unknown:
        return
    chosen = draw.choice(unknown)
    owner, owned, _ = links[chosen]
    free = 100.0 - sum(link[2] or 0 for link in links if link[1] == owned)
    if free < 0:
        return
    learnt = [*links[:chosen], (owner, owned, draw.uniform(0, free)), *links[chosen + 1 :]]
    after = ruled(*learnt)
    for party, held in before.items():
        now = after.get(party)
        low, high = (now.at_least, now.at_most) if now else (0.0, 0.0)
        assert held.at_least - 1e-6 <= low <= high <= held.at_most + 1e-6
        if held.verdict != "unknown":
            assert (now.verdict if now else "no") == held.verdict


@pytest.mark.parametrize("links", [(), (("A", "B", 100.0),), (("A", "A", 100.0),)])
def test_no_listed_owner_no_answer(links):
    assert ruled(*links) == {}
