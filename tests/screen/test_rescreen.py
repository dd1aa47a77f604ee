"""Screening again: only what a change can touch, in both directions, and never less than screening everything."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lists import listed

from sekisho.model.listed_change import change
from sekisho.screen.index import build
from sekisho.screen.query import Asked
from sekisho.screen.rescreen import after_list_change, after_party_change, applied, differences, outcomes, touched_by

WORDS = [
    "putin",
    "vladimir",
    "huawei",
    "technologies",
    "hassan",
    "ali",
    "star",
    "sea",
    "orient",
    "trading",
    "company",
    "bank",
    "melli",
    "kim",
    "jong",
    "garcia",
]
NAME = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
LIST = st.dictionaries(st.integers(0, 8), NAME, max_size=7)
PARTIES = st.dictionaries(st.integers(0, 6), NAME, max_size=6)


def parties_of(names):
    return [Asked((name,), key=f"C-{n}") for n, name in names.items()]


def list_of(names):
    return [listed(name, uid=f"t:{n}") for n, name in names.items()]


@settings(max_examples=60, deadline=None)
@given(LIST, LIST, PARTIES)
def test_after_a_list_change_it_is_what_screening_everything_gives(old, new, names):
    before, after, parties = list_of(old), list_of(new), parties_of(names)
    former = outcomes(build(before), parties)
    changes = after_list_change(change(before, after), parties, former)
    assert applied(former, changes) == outcomes(build(after), parties)
    assert changes == differences(former, outcomes(build(after), parties))


@settings(max_examples=60, deadline=None)
@given(LIST, PARTIES, PARTIES)
def test_after_a_change_of_parties_it_is_what_screening_everything_gives(names, old, new):
    index = build(list_of(names))
    former = outcomes(index, parties_of(old))
    changed = [party for party in parties_of(new) if party not in parties_of(old)]
    gone = [f"C-{n}" for n in old.keys() - new.keys()]
    changes = after_party_change(index, changed, gone, former)
    assert applied(former, changes) == outcomes(index, parties_of(new))


def test_only_what_changed_is_touched():
    before = [listed("HASSAN, Ali", uid="t:1"), listed("ORIENT BANK", uid="t:2"), listed("SEA STAR", uid="t:3")]
    after = [before[0], replace(before[1], remarks="new"), listed("GARCIA, Maria", uid="t:4")]
    old, fresh = touched_by(change(before, after))
    assert {uid for _, uid in old} == {"t:2", "t:3"}
    assert {party.uid for party in fresh} == {"t:2", "t:4"}


@pytest.mark.parametrize(("after", "kind"), [(["HASSAN, Ali"], "new"), ([], None), (["HASSAN, Ali Reza"], "new")])
def test_a_new_entry_meets_old_customers(after, kind):
    party = Asked(("Ali Hassan",), key="C-1")
    now = [listed(name, uid=f"t:{n}") for n, name in enumerate(after)]
    changes = after_list_change(change([], now), [party], {})
    assert [one.kind for one in changes] == ([kind] if kind else [])


def test_a_removed_entry_is_an_outcome_that_is_gone():
    party, entry = Asked(("Ali Hassan",), key="C-1"), listed("HASSAN, Ali", uid="t:1")
    former = outcomes(build([entry]), [party])
    (gone,) = after_list_change(change([entry], []), [party], former)
    assert gone.kind == "gone"
    assert gone.before is not None
    assert gone.after is None
