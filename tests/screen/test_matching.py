"""What must match and what must not: scripts, order, initials, forms, nicknames, parted words, numbers, types."""

from __future__ import annotations

import pytest
from lists import best, score

from sekisho.screen.search import THRESHOLD

MATCH = [
    ("Владимир Путин", "PUTIN, Vladimir", "person"),
    ("Аляксандр Лукашэнка", "Аляксандр Лукашэнка", "person"),
    ("Νικόλαος Παπαδόπουλος", "Nikolaos Papadopoulos", "person"),
    ("محمد علي حسن", "Mohamed Ali Hassan", "person"),
    ("خالد محمود", "Khaled Mahmoud", "person"),
    ("דוד בן גוריון", "David Ben Gurion", "person"),
    ("김정은", "KIM, Jong Un", "person"),
    ("ウラジーミル・プーチン", "PUTIN, Vladimir", "person"),
    ("习近平", "Xi Jinping", "person"),
    ("習近平", "XI, Jin Ping", "person"),
    ("华为技术有限公司", "华为技术", "organisation"),
    ("Putin Vladimir Vladimirovich", "PUTIN, Vladimir Vladimirovich", "person"),
    ("V. V. Putin", "PUTIN, Vladimir Vladimirovich", "person"),
    ("alqaeda", "AL QAEDA", "organisation"),
    ("Al Qaida", "AL QA'IDA", "organisation"),
    ("van der bilt corp", "vanderbilt corp", "organisation"),
    ("Hamidreza Azimian", "AZIMIAN, Hamid Reza", "person"),
    ("Dautrexhepi", "REXHEPI, Daut", "person"),
    ("Siemens Aktiengesellschaft", "Siemens AG", "organisation"),
    ("OAO Gazprom", "Gazprom JSC", "organisation"),
    ("Intl Trading House Novikom", "International Trading House Novikom", "organisation"),
    ("Bill Browder", "William Browder", "person"),
    ("Mohammed Hussein", "Muhammad Husayn", "person"),
    ("AT&T Inc.", "AT and T Inc.", "organisation"),
    ("Müller Maschinenbau", "Mueller Maschinenbau GmbH", "organisation"),
    ("Al-Muhammad Omar bin Abdullah", "OMAR BIN ABDULLAH AL-MUHAMMAD", "person"),
    ("Siemens Aktiengeselschaft", "Siemens AG", "organisation"),
    ("JC Juncker", "Jean-Claude Juncker", "person"),
    ("Ig0r Sech1n", "Igor Sechin", "person"),
    ("CRYSTALORD SYSTEMS LTD", "CRYSTALORD SYSTEMS LIMITED", "organisation"),
]
NO_MATCH = [
    ("Octavian Scholz", "Olaf Scholz", "person"),
    ("Angela Merkel", "Angelo Cruz", "person"),
    ("Hafez al-Assad", "Bashar al-Assad", "person"),
    ("Sergey Ivanov", "Sergey Viktorovich LAVROV", "person"),
    ("Volkswagen Aktiengesellschaft", "Siemens Aktiengesellschaft", "organisation"),
    ("William Mutua", "William Ruto", "person"),
    ("Snoe", "Snow", "vessel"),
    ("Paul Murphy", "Pol Pot", "person"),
    ("OMAR BIN ABDULLAH AL-MUHAMMAD", "ABDULLAH BIN OMAR AL-MUHAMMAD", "person"),
    ("JAWHAR MAJID AL-MOSULI", "JAWHAR MAJID AL-DURI", "person"),
]


@pytest.mark.parametrize(("asked", "name", "kind"), MATCH)
def test_match(asked, name, kind):
    assert score(asked, name, kind) >= THRESHOLD


@pytest.mark.parametrize(("asked", "name", "kind"), NO_MATCH)
def test_no_match(asked, name, kind):
    assert score(asked, name, kind) < THRESHOLD


def test_type_matters():
    assert score("Ivan Petrov", "Ivan Petrov", "person") >= THRESHOLD
    from lists import index_of

    from sekisho.screen.query import Asked
    from sekisho.screen.search import screen

    ship = index_of("IVAN PETROV", kind="vessel")
    as_ship, as_person, unknown = (
        screen(ship, Asked(("Ivan Petrov",), kind), 0.05).hits[0].score for kind in ("vessel", "person", "unknown")
    )
    assert as_person < unknown <= as_ship


def test_a_weak_alias_counts_less():
    from lists import index_of

    from sekisho.model.listed import ListedName, ListedParty
    from sekisho.screen.index import build
    from sekisho.screen.query import Asked
    from sekisho.screen.search import screen

    weak = build([ListedParty(uid="t:1", source="t", type="person", names=(ListedName("Abu Tariq", "alias", "weak"),))])
    strong = index_of("Abu Tariq", kind="person")
    asked = Asked(("Abu Tariq",), "person")
    assert screen(weak, asked, 0.05).hits[0].score < screen(strong, asked, 0.05).hits[0].score


def test_how_words_were_paired_is_told():
    hit = best("Intl Trade Novikom", "International Trading Novikom")
    assert hit is not None
    assert {pair.how for pair in hit.pairs} >= {"same", "says-same"}
    hit = best("Dautrexhepi", "REXHEPI, Daut", kind="person")
    assert hit is not None
    assert [(pair.asked, pair.listed, pair.how) for pair in hit.pairs] == [("dautrexhepi", "daut rexhepi", "parted")]
    hit = best("J Smithson Kowalski", "John Smithson Kowalski", kind="person")
    assert hit is not None
    assert ("j", "john", "initial") in [(pair.asked, pair.listed, pair.how) for pair in hit.pairs]
