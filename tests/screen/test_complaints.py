"""What users of other engines complain about, each with the strings of the complaint."""

from __future__ import annotations

import pytest
from lists import best, index_of, listed, score

from sekisho.model.listed import Identifier, ListedName, ListedParty, PartialDate
from sekisho.screen.explain import in_words, why
from sekisho.screen.index import build
from sekisho.screen.query import Asked
from sekisho.screen.search import THRESHOLD, screen


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("BELLETECH CORP", "11420 CORP."),  # Watchman 483: shown as 100 %
        ("emma daniels", "EMMA LLC"),  # Watchman 338: shown as 100 %
        ("GLOBAL TRADING LLC", "SUNRISE TRADING LLC"),
        ("First International Trading Company", "Orient International Trading Company"),
        ("General Import Export Co., Ltd.", "Dalian Import Export Co., Ltd."),
        ("Bank", "BANK MELLI IRAN"),
        ("CORP", "11420 CORP."),
        ("Trading Company Limited", "ANGLO-CARIBBEAN CO., LTD."),
    ],
)
def test_general_words_alone_never_match(asked, name):
    assert score(asked, name) < THRESHOLD


@pytest.mark.parametrize("asked", ["CORP", "LLC", "Trading Co., Ltd.", "The Company", "International Group"])
def test_a_query_of_general_words_finds_nothing_among_names_that_say_more(asked):
    names = index_of(
        "11420 CORP.", "EMMA LLC", "BANK MELLI IRAN", "ANGLO-CARIBBEAN CO., LTD.", "AERO GROUP INTERNATIONAL"
    )
    assert screen(names, Asked((asked,))).hits == ()


def test_a_listed_name_of_general_words_is_still_found_when_all_of_it_is_asked():
    hit = best("Defence Industries Organisation", "DEFENSE INDUSTRIES ORGANIZATION")
    assert hit is not None
    assert hit.score >= THRESHOLD
    assert score("Defence Industries", "DEFENSE INDUSTRIES ORGANIZATION") == 0.0


def test_names_of_single_letters_do_not_match_anything():
    # logic-v2, issue 193: names of separated initials match almost arbitrary candidates
    names = index_of("S. D. P. TRADING", "JOHN SMITH", "ALI HASSAN", "M/V SEA STAR")
    assert screen(names, Asked(("A. B. C. D. Company",))).hits == ()


def test_scores_do_not_pile_up_at_one():
    names = [
        "PUTIN, Vladimir Vladimirovich", "BIN LADIN, Usama bin Muhammad bin Awad", "LI WEI", "HUAWEI TECHNOLOGIES CO., LTD.",
        "ROSNEFT", "ISLAMIC REPUBLIC OF IRAN SHIPPING LINES", "MOHAMMED ALI", "GAZPROM", "AL-TIKRITI, Barzan Ibrahim Hasan",
    ]  # fmt: skip
    scores = [score(name, name) for name in names]
    assert all(THRESHOLD <= one < 1.0 for one in scores)
    assert len(set(scores)) == len(scores)
    assert score("LI WEI", "LI WEI") < score(names[1], names[1])  # a common short name says less


def test_the_reason_is_told_in_words_with_the_words_that_stand_for_each_other():
    hit = best("Usama Bin Laden", "BIN LADIN, Osama", kind="person")
    assert hit is not None
    told = why(hit)
    assert "laden = ladin (spelled alike" in told
    assert "usama = osama (spelled alike" in told
    lines = in_words(hit, "ja")
    assert any("綴りが近い語" in line for line in lines)
    points = sum(reason.points for reason in hit.reasons)
    from sekisho.screen.features import BIAS

    assert hit.points == pytest.approx(points + BIAS, abs=0.06)  # nothing counts that is not told


def test_the_same_birth_date_alone_is_no_hit():
    # yente 245: entities with the same date of birth were ranked high whatever their names
    party = ListedParty(
        uid="t:1", source="t", type="person", names=(ListedName("GUTIERREZ LOERA, Jose Luis"),),
        births=(PartialDate("1961-03-07", "1961-03-07"),),
    )  # fmt: skip
    asked = Asked(("Emily Watson",), "person", births=(PartialDate("1961-03-07", "1961-03-07"),))
    assert screen(build([party]), asked, 0.05).hits == ()


def test_short_true_matches_score_high_enough():
    # yente 245: true matches with short names scored much too low
    assert score("Hezbollah", "HIZBALLAH") >= THRESHOLD
    assert score("ROSNEFT", "Rosneft") >= THRESHOLD
    assert score("Pol Pot", "POL POT", "person") >= THRESHOLD


def test_middle_names_shortened():
    # logic-v2, issue 211
    assert score("Ron L Hubbard", "Ron Ludwig Hubbard", "person") >= THRESHOLD


def test_the_better_of_two_names_counts():
    # logic-v2, issue 248: the match did not pick the best names
    party = listed("Fernando Pérez Noriega", "فرناندو بيريز نورييجا", kind="person")
    (hit,) = screen(build([party]), Asked(("Fernando Perez Noriega",), "person")).hits
    assert hit.matched == "Fernando Pérez Noriega"


def test_a_vessel_renamed_is_found_by_its_imo_number_and_another_number_is_another_ship():
    ship = ListedParty(
        uid="t:1", source="t", type="vessel", names=(ListedName("SEA STAR 5"),),
        identifiers=(Identifier("imo", "IMO 9187629"),),
    )  # fmt: skip
    index = build([ship])
    (hit,) = screen(index, Asked(("OCEAN QUEEN",), "vessel", identifiers=(Identifier("imo", "9187629"),))).hits
    assert hit.decided == "same"
    assert screen(index, Asked(("SEA STAR 5",), "vessel", identifiers=(Identifier("imo", "9999999"),))).hits == ()


def test_numbers_in_names_of_vessels_and_units_differ():
    assert score("SEA STAR 5", "SEA STAR 5", "vessel") >= THRESHOLD
    assert score("SEA STAR 7", "SEA STAR 5", "vessel") < THRESHOLD
    assert score("Unit 61486", "Unit 61398", "organisation") < THRESHOLD
    assert score("SEA STAR V", "SEA STAR 5", "vessel") < score("SEA STAR 5", "SEA STAR 5", "vessel")
