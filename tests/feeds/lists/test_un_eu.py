"""The lists of the UN Security Council and of the EU."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from list_samples import real, sample
from sekisho.model.listed import Identifier, ListedAddress, ListedName, PartialDate

EU = "parties/eu-fsf-2024-05/20240513-FULL-1_1.xml.gz"


def test_un_sample(tmp_path):
    parties, reading = sample("un-xml", tmp_path)
    assert reading.problems == []
    assert reading.facts["published"] == "2026-02-27"
    person = parties["un:XXi.001"]
    assert person.names[0].parts == (("first_name", "PRIMER"), ("second_name", "VYMYSHLENNY"))
    assert [(n.text, n.kind, n.strength, n.script) for n in person.names] == [
        ("PRIMER VYMYSHLENNY", "primary", "strong", "Latn"),
        ("Пример", "alias", "strong", "Cyrl"),
        ("The Specimen", "alias", "weak", "Latn"),
        ("Old Name", "former", "strong", "Latn"),
    ]
    assert person.births == (
        PartialDate("1963-02-03", "1963-02-03", "1963-02-03"),
        PartialDate("1960", "1962", "1960 to 1962"),
    )
    assert person.places_of_birth == ("Elsewhere", "Sampleton")
    assert person.identifiers == (Identifier("passport", "X0001", "CU", "Passport; note: expired"),)
    assert person.addresses == (ListedAddress("Havana, Cuba", "CU", "Havana"),)
    assert ("address note", "Havana, Cuba: as of 2016") in person.extra
    assert (person.gender, person.title, person.citizenships) == ("male", "Director", ("CU",))
    assert (person.listed_on, person.programmes) == (date(2012, 12, 31), ("DEMO",))
    body = parties["un:XXe.001"]
    assert [name.text for name in body.names] == ["EXAMPLIA (EX)", "SECOND NAME", "OLD"]
    assert body.names[2].kind == "former"
    assert ("address country", "Nowhereland") in body.extra
    assert reading.notes["country not known: Nowhereland"] == 1


@pytest.mark.parametrize(
    ("folder", "name", "individuals", "entities"),
    [("un-2024-05", "un_consolidated.xml.gz", 682, 193), ("un-2026-02", "UN_consolidated.xml.gz", 730, 273)],
)
def test_un_counts(folder, name, individuals, entities):
    parties, reading = real("un-xml", f"parties/{folder}/{name}")
    assert (reading.tally["individuals"], reading.tally["entities"]) == (individuals, entities)
    assert Counter(p.type for p in parties.values()) == {"person": individuals, "organisation": entities}
    assert sum(name.strength == "weak" for p in parties.values() for name in p.names) > 600
    assert not [note for note in reading.notes if "not known" in note]


def test_un_ids_last_over_editions():
    old, _ = real("un-xml", "parties/un-2024-05/un_consolidated.xml.gz")
    new, _ = real("un-xml", "parties/un-2026-02/UN_consolidated.xml.gz")
    assert len(old.keys() & new.keys()) == 866
    trader = new["un:KPe.008"]
    assert trader.names[0].text == "KOREAN TANGUN TRADING CORPORATION"
    assert len(trader.names) == 6
    assert trader.listed_on == date(2009, 7, 16)


def test_eu_sample(tmp_path):
    parties, reading = sample("eu-fsf", tmp_path)
    assert reading.problems == []
    person = parties["eu:EU.1.1"]
    assert person.names == (
        ListedName("Primer VYMYSHLENNY", "primary", "strong", "Latn", (("family", "VYMYSHLENNY"), ("given", "Primer"))),
        ListedName("Specimen", "alias", "weak", "Latn"),
        ListedName("Вымышленный", "alias", "weak", "Cyrl"),
    )
    assert person.births == (
        PartialDate("1961-03", "1961-03", "1961-03", True),
        PartialDate("", "", "1343 (calendar: ISLAMIC)"),  # which of two calendars is not told: no year is guessed
    )
    assert person.places_of_birth == ("Sampleton", "IRAN")
    assert person.identifiers == (
        Identifier("passport", "X0001", "CU", "National passport; knownExpired; old"),
        Identifier("email", "a@example.invalid", "", "Email"),
    )
    assert person.addresses == (ListedAddress("1 Model St, PO Box 12, 11, Havana, CUBA", "CU", "Havana", "11"),)
    assert (person.citizenships, person.gender, person.title) == (("CU",), "male", "Director")
    assert (person.listed_on, person.programmes) == (date(2020, 1, 2), ("DEMO",))
    assert person.citations == ("2021/1 https://example.invalid/oj",)
    assert ("nameAlias novelty", "kept") in person.extra
    assert reading.notes["attribute not known: nameAlias/@novelty"] == 1
    assert parties["eu:EU.1.1:TAQA"].programmes == ("TAQA",)  # one entity under two programmes


def test_eu_counts():
    parties, reading = real("eu-fsf", EU)
    assert len(parties) == reading.read == 4_811
    assert reading.tally["nameAlias"] == 25_257
    assert reading.facts["published"] == "2024-05-13"
    assert Counter(p.type for p in parties.values()) == {"person": 3_755, "organisation": 1_056}
    assert reading.tally["birthdate"] == 3_799
    assert reading.tally["identification"] == 1_502
    assert reading.notes == {}
    names = sum(len(p.names) for p in parties.values())
    assert 25_000 < names < 25_257  # one spelling in two languages counts once
    line = parties["eu:EU.4444.43"]
    assert line.identifiers[0] == Identifier("imo", "5571322", "", "IMO (vessel identification)")
