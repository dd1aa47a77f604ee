"""Birth date, country, address, identifiers: what raises, what lowers, what decides."""

from __future__ import annotations

import pytest

from sekisho.model.listed import Identifier, ListedAddress, ListedName, ListedParty, PartialDate
from sekisho.screen.facts import FACTS, address, birth_date, country, identifiers, most_raise
from sekisho.screen.index import build
from sekisho.screen.query import Asked
from sekisho.screen.search import screen


def day(text, approximate=False, until=None):
    return PartialDate(text, until or text, text, approximate)


def person(**more):
    return ListedParty(uid="t:1", source="t", type="person", names=(ListedName("HASSAN, Ali"),), **more)


def asked(**more):
    return Asked(("Ali Hassan",), "person", **more)


@pytest.mark.parametrize(
    ("mine", "theirs", "low", "high"),
    [
        (day("1961-03-07"), day("1961-03-07"), 2.9, 3.1),
        (day("1961"), day("1961-03-07"), 1.0, 2.0),
        (day("1961-03"), day("1961-03-07"), 1.0, 2.0),
        (day("1961-03-07"), day("1961-07-03"), 1.0, 1.5),  # day and month exchanged
        (day("1961-03-07"), day("1961-11-20"), -1.5, -0.5),  # same year
        (day("1961-03-07"), day("1962"), -2.0, -1.0),
        (day("1961-03-07"), day("1962", approximate=True), -0.5, 0.0),
        (day("1961-03-07"), day("1958", until="1963"), 0.5, 1.0),  # a published range
        (day("1961-03-07"), day("1985-01-01"), -4.1, -3.9),
    ],
)
def test_birth_date(mine, theirs, low, high):
    verdict = birth_date(asked(births=(mine,)), person(births=(theirs,)))
    assert verdict is not None
    assert low <= verdict[0] <= high


def test_of_several_birth_dates_the_best_counts():
    verdict = birth_date(asked(births=(day("1961-03-07"),)), person(births=(day("1985-01-01"), day("1961-03-07"))))
    assert verdict is not None
    assert verdict[0] == 3.0


def test_country_of_residence_counts_a_little_and_nationality_never():
    iran = person(countries=("IR",))
    assert country(asked(countries=("IR",)), iran)[0] > 0
    assert country(asked(countries=("FR",)), iran)[0] < 0
    assert country(asked(countries=("IR",)), person(citizenships=("IR",))) is None
    assert country(asked(), iran) is None
    by_address = person(addresses=(ListedAddress("Tehran", "IR"),))
    assert country(asked(countries=("IR",)), by_address)[0] > 0


def test_address_that_is_shared_speaks_for_and_another_says_nothing():
    listed = person(addresses=(ListedAddress("Ibex House, 42 The Minories, London EC3N 1DY", "GB"),))
    assert address(asked(addresses=("42 Minories, Ibex House, London EC3N 1DY",)), listed)[0] > 1
    assert address(asked(addresses=("1 Rue de Rivoli, Paris",)), listed) is None
    assert address(asked(addresses=("London",)), listed) is None


@pytest.mark.parametrize(
    ("mine", "theirs", "verdict"),
    [
        (Identifier("imo", "9187629"), Identifier("imo", "IMO 9187629"), "same"),
        (Identifier("passport", "a-1234567"), Identifier("passport", "A1234567", "IR"), "same"),
        (Identifier("registration", "0012345678"), Identifier("registration", "12345678"), "same"),
        (Identifier("imo", "9187629"), Identifier("imo", "9187630"), "other"),
        (Identifier("passport", "A1234567"), Identifier("passport", "B7654321"), None),
        (Identifier("passport", "A1234567", "IR"), Identifier("passport", "A1234567", "FR"), None),
        (Identifier("tax", "12"), Identifier("tax", "12"), None),  # too short to decide
        (Identifier("phone", "0312345678"), Identifier("phone", "0312345678"), None),
    ],
)
def test_identifiers(mine, theirs, verdict):
    found = identifiers(asked(identifiers=(mine,)), person(identifiers=(theirs,)))
    assert (found[1].partition(":")[0] if found else None) == verdict


def test_facts_move_the_score_and_are_told():
    listed = person(births=(day("1961-03-07"),), countries=("IR",))
    index = build([listed])
    plain = screen(index, asked(), 0.05).hits[0]
    same = screen(index, asked(births=(day("1961-03-07"),), countries=("IR",)), 0.05).hits[0]
    other = screen(index, asked(births=(day("1990-01-01"),)), 0.05).hits[0]
    assert other.score < plain.score < same.score < 1
    assert other.score < 0.7
    assert "birth_date" in {reason.feature for reason in same.reasons}


def test_a_fact_can_raise_a_name_that_alone_would_not_do():
    listed = ListedParty(
        uid="t:1", source="t", type="person", names=(ListedName("HASANOV, Aliakbar Rahimovich"),),
        births=(day("1961-03-07"),),
    )  # fmt: skip
    index = build([listed])
    name = "Ali Akbar Khasanof"
    alone = screen(index, Asked((name,), "person"), 0.05).hits
    with_birth = screen(index, Asked((name,), "person", births=(day("1961-03-07"),)), 0.05).hits
    assert with_birth
    assert not alone or with_birth[0].score > alone[0].score


def test_no_fact_can_raise_more_than_it_says():
    everything = asked(
        births=(day("1961-03-07"),), countries=("IR",), addresses=("42 Minories, Ibex House, London EC3N 1DY",)
    )
    listed = person(
        births=(day("1961-03-07"),), countries=("IR",),
        addresses=(ListedAddress("Ibex House, 42 The Minories, London EC3N 1DY", "GB"),),
    )  # fmt: skip
    for fact in FACTS[1:]:
        verdict = fact.function(everything, listed)
        assert verdict is not None
        assert verdict[0] <= fact.most
    assert most_raise(everything) == sum(fact.most for fact in FACTS[1:])
    assert most_raise(asked()) == 0
