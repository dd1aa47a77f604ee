"""Judgements: remembered across list updates and merges, opened again when something that mattered changed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sekisho.model.listed import Identifier, ListedAddress, ListedName, ListedParty, PartialDate
from sekisho.screen.judgement import judge, party_key, standing
from sekisho.screen.query import Asked

LISTED = ListedParty(
    uid="ofac:1", source="us:sdn", type="person", names=(ListedName("HASSAN, Ali"), ListedName("Abu Tariq", "alias", "weak")),
    births=(PartialDate("1961-03-07", "1961-03-07"),), countries=("IR",), addresses=(ListedAddress("Tehran", "IR"),),
    programmes=("SDGT",), remarks="one remark",
)  # fmt: skip
PARTY = Asked(("Ali Hassan",), "person", births=(PartialDate("1990-01-01", "1990-01-01"),), key="C-17")


def cleared(party=PARTY, listed=LISTED, **more):
    told = {"who": "A. Reviewer", "moment": "2026-11-20T10:00:00+00:00", "why": "born 29 years later"} | more
    verdict = told.pop("verdict", "cleared")
    return judge(party, listed, verdict, **told)


def test_a_cleared_hit_stays_cleared_and_says_who_when_and_why():
    how = standing([cleared(evidence=("passport copy",))], PARTY, LISTED)
    assert how.state == "cleared"
    assert how.judgement.who == "A. Reviewer"
    assert how.judgement.evidence == ("passport copy",)
    assert standing([], PARTY, LISTED).state == "open"
    assert standing([cleared()], replace(PARTY, key="C-18"), LISTED).state == "open"


@pytest.mark.parametrize(
    "update",
    [
        {"remarks": "another remark"},
        {"title": "engineer"},
        {"names": (ListedName("Hassan,  ALI"), ListedName("ABU TARIQ", "alias", "weak"))},
        {"names": (ListedName("Abu Tariq", "alias", "weak"), ListedName("HASSAN, Ali"))},
        {"programmes": ("SDGT", "IRAN")},
        {"citations": ("x",)},
    ],
)
def test_changes_that_do_not_matter_do_not_open_a_cleared_hit(update):
    assert standing([cleared()], PARTY, replace(LISTED, **update)).state == "cleared"


@pytest.mark.parametrize(
    ("field", "update"),
    [
        ("births", {"births": (PartialDate("1990-01-01", "1990-01-01"),)}),
        ("names", {"names": (*LISTED.names, ListedName("HASAN, Alireza", "alias"))}),
        ("identifiers", {"identifiers": (Identifier("passport", "A1234567"),)}),
        ("countries", {"countries": ("IR", "FR")}),
        ("addresses", {"addresses": (ListedAddress("Isfahan", "IR"),)}),
        ("type", {"type": "organisation"}),
    ],
)
def test_a_change_of_the_listed_record_that_matters_opens_it_and_says_what(field, update):
    how = standing([cleared()], PARTY, replace(LISTED, **update))
    assert how.state == "reopened"
    assert field in [change.field for change in how.changes]
    assert all(change.side == "listed" for change in how.changes)


def test_a_change_of_the_party_opens_it_too():
    how = standing([cleared()], replace(PARTY, births=(PartialDate("1961-03-07", "1961-03-07"),)), LISTED)
    assert how.state == "reopened"
    assert [(change.side, change.field) for change in how.changes] == [("party", "births")]
    assert how.changes[0].gone == ("1990-01-01/1990-01-01",)


def test_a_confirmed_hit_rests_on_its_effect_as_well():
    one = cleared(verdict="confirmed")
    assert standing([one], PARTY, LISTED).state == "confirmed"
    assert standing([one], PARTY, replace(LISTED, programmes=("IRAN",))).state == "reopened"


def test_the_latest_judgement_counts():
    first = cleared(verdict="unsure")
    second = cleared(moment="2026-11-21T10:00:00+00:00")
    assert standing([first], PARTY, LISTED).state == "unsure"
    assert standing([second, first], PARTY, LISTED).state == "cleared"


def test_scope_of_one_transfer():
    one = cleared(transfer="order-7.toml")
    assert one.scope == "transfer"
    assert standing([one], PARTY, LISTED, transfer="order-7.toml").state == "cleared"
    assert standing([one], PARTY, LISTED, transfer="order-8.toml").state == "open"
    assert standing([one], PARTY, LISTED).state == "open"


def test_four_eyes_by_list():
    one, same = cleared(), cleared(moment="2026-11-21T10:00:00+00:00")
    other = cleared(who="B. Second", moment="2026-11-22T10:00:00+00:00")
    eyes = frozenset({"us:sdn"})
    assert standing([one], PARTY, LISTED, four_eyes=eyes).state == "waiting"
    assert standing([one, same], PARTY, LISTED, four_eyes=eyes).state == "waiting"
    assert standing([one, other], PARTY, LISTED, four_eyes=eyes).state == "cleared"
    assert standing([one], PARTY, LISTED, four_eyes=frozenset({"eu:fsf"})).state == "cleared"
    disagrees = cleared(who="B. Second", verdict="confirmed", moment="2026-11-22T10:00:00+00:00")
    assert standing([one, disagrees], PARTY, LISTED, four_eyes=eyes).state == "waiting"
    unsure = cleared(who="B. Second", verdict="unsure", moment="2026-11-22T10:00:00+00:00")
    assert standing([one, unsure], PARTY, LISTED, four_eyes=eyes).state == "unsure"


def test_four_eyes_must_have_seen_the_same_record():
    changed = replace(LISTED, countries=("IR", "FR"))
    first = cleared()
    second = cleared(listed=changed, who="B. Second", moment="2026-11-22T10:00:00+00:00")
    assert standing([first, second], PARTY, changed, four_eyes=frozenset({"us:sdn"})).state == "waiting"


def test_a_judgement_survives_a_merge_of_records_of_the_party():
    one = cleared()
    merged = replace(PARTY, key="C-99")
    assert standing([one], merged, LISTED, merged_parties={"C-17": "C-99"}).state == "cleared"
    richer = replace(merged, births=(*PARTY.births, PartialDate("1961-03-07", "1961-03-07")))
    assert standing([one], richer, LISTED, merged_parties={"C-17": "C-99"}).state == "reopened"
    twin = replace(PARTY, key="C-18", births=(PartialDate("1961-03-07", "1961-03-07"),))
    both = {"C-17": "C-99", "C-18": "C-99"}
    assert standing([one, cleared(party=twin)], richer, LISTED, merged_parties=both).state == "cleared"


def test_merged_records_that_were_judged_differently_are_open():
    twin = replace(PARTY, key="C-18")
    both = {"C-17": "C-99", "C-18": "C-99"}
    found = standing(
        [cleared(), cleared(party=twin, verdict="confirmed")], replace(PARTY, key="C-99"), LISTED, merged_parties=both
    )
    assert found.state == "reopened"


def test_a_new_id_on_the_list_keeps_the_judgement():
    renamed = replace(LISTED, uid="ofac:900")
    assert standing([cleared()], PARTY, renamed).state == "open"
    assert standing([cleared()], PARTY, renamed, merged_listed={"ofac:1": "ofac:900"}).state == "cleared"
    assert standing([cleared()], PARTY, LISTED, merged_listed={"ofac:1": "x", "x": "ofac:1"}).state in (
        "cleared",
        "open",
    )


def test_a_judgement_whose_ground_was_erased_no_longer_holds():
    erased = replace(cleared(), party_values={}, listed_values={})
    assert standing([erased], PARTY, LISTED).state == "reopened"


@pytest.mark.parametrize("gap", [{"who": " "}, {"why": ""}])
def test_nothing_without_who_and_why(gap):
    with pytest.raises(ValueError, match="who decided and why"):
        cleared(**gap)


def test_a_party_without_a_key_is_known_by_what_is_known_of_it():
    one, same = Asked(("Ali Hassan",)), Asked(("ali  hassan",))
    assert party_key(one) == party_key(same)
    assert party_key(one) != party_key(Asked(("Ali Hassan",), countries=("IR",)))
