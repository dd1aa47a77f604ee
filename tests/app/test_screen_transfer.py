"""The parties of a transfer: what is settled becomes a fact, what is open stays a question."""

from __future__ import annotations

from datetime import date

import pytest

from sekisho.app.screen_transfer import codes_of, lists_asked, screen_transfer
from sekisho.law.operators import MORE
from sekisho.model.listed import ListedName, ListedParty
from sekisho.model.transfer import Transfer
from sekisho.screen.index import build
from sekisho.screen.judgement import judge
from sekisho.screen.query import Asked

FEUL = ListedParty(
    uid="feul:1", source="jp:feul", type="organisation", names=(ListedName("Examplia Isotope Institute"),), concerns=("N", "M")
)  # fmt: skip
INDEX = build([FEUL])


def transfer(name, **facts):
    return Transfer(date(2026, 11, 20), {"end_user.named": True, "end_user.name": name, **facts}, ())


def judged(verdict):
    party = Asked(("Examplia Isotope Institute",))
    return judge(party, FEUL, verdict, who="A", moment="2026-11-20T10:00:00+00:00", why="seen")


@pytest.mark.parametrize(
    ("judgements", "listed"),
    [
        ([], {MORE}),
        ([judged("unsure")], {MORE}),
        ([judged("cleared")], set()),
        ([judged("confirmed")], {"jp:feul/N", "jp:feul/M"}),
    ],
)
def test_only_what_is_settled_is_a_fact(judgements, listed):
    found = screen_transfer(transfer("Examplia Isotope Institute"), [], INDEX, judgements)
    assert found.transfer.facts["end_user.listed"] == listed
    assert found.parties[0].open is (MORE in listed)


def test_no_hit_on_lists_that_were_screened_is_known_to_be_none():
    found = screen_transfer(transfer("Harmless Gardener"), [], INDEX)
    assert found.transfer.facts["end_user.listed"] == frozenset()


def test_what_the_file_states_is_kept():
    found = screen_transfer(transfer("Harmless Gardener", **{"end_user.listed": frozenset({"us:sdn"})}), [], INDEX)
    assert found.transfer.facts["end_user.listed"] == {"us:sdn"}


def test_a_party_without_a_name_is_not_screened():
    empty = Transfer(date(2026, 11, 20), {"end_user.named": False}, ())
    assert screen_transfer(empty, [], INDEX).parties == ()


def test_a_list_that_the_law_asks_about_and_that_is_not_imported_keeps_it_open():
    from sekisho.feeds.packs import load_pack

    packs = [load_pack("jp")]
    assert "jp:feul" in lists_asked(packs)
    found = screen_transfer(transfer("Harmless Gardener"), packs, INDEX)
    assert found.not_screened == ("jp:designated",)
    assert found.transfer.facts["end_user.listed"] == {MORE}
    assert screen_transfer(transfer("Harmless Gardener"), packs, build([])).not_screened == ("jp:designated", "jp:feul")


def test_codes():
    assert codes_of(FEUL) == ("jp:feul/N", "jp:feul/M")
    assert codes_of(ListedParty(uid="x", source="us:sdn", type="unknown", names=())) == ("us:sdn",)
