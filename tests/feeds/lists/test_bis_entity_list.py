"""The Entity List out of part 744: rows, names cut from running text, and the publisher's own cut beside it."""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from datetime import date

import pytest

from list_samples import entity_list_xml, entity_row, read, real, sample, write
from sekisho.feeds.lists.entity_rows import read_row
from sekisho.feeds.lists.entity_text import take_apart
from sekisho.model.listed import OwnershipLink
from sekisho.model.problem import BadInput
from shared_data import shared_data

PART = "law/us-ear-744/title-15_part-744.xml"


def test_sample(tmp_path):
    parties, reading = sample("bis-entity-list", tmp_path)
    assert reading.problems == []
    assert reading.read == 2
    plant = parties["bis-el:RU:vymysel-plant-no-7"]
    assert [name.text for name in plant.names] == ["Vymysel Plant No. 7", "Vymysel LLC", "VP7"]
    assert [(a.text, a.country) for a in plant.addresses] == [
        ("7 Zavodskaya Street, Moscow, 129000, Russia", "RU"),
        ("1 Model St., Minsk, Belarus", "BY"),
    ]
    assert plant.countries == ("RU", "BY")
    assert plant.licence_requirement == "For all items (See § 734.9(g), [fn 3] of the EAR)"
    assert ("footnote 3", "For this entity, items include foreign-produced items.") in plant.extra
    assert plant.citations == ("80 FR 1, 1/2/15", "81 FR 2, 3/4/16")
    assert plant.listed_on == date(2015, 1, 2)
    other = parties["bis-el:RU:examplia-co-ltd"]  # the country stands above
    assert other.remarks == "See alternate address under China"


@pytest.mark.parametrize(
    ("text", "name", "aliases"),
    [
        ("Brian Kaam, a.k.a., Kaam Chee Mun, No. 15, Jalan PJS, Malaysia.", "Brian Kaam", ["Kaam Chee Mun"]),
        ("Acme Co., Ltd. No. 9 East Road, Beijing, China", "Acme Co., Ltd.", []),
        ("Acme Co., Ltd.,902, Building B1, Changsha, China", "Acme Co., Ltd.", []),
        ("Acme, LLC (a subordinate institute), Building 1, China.", "Acme, LLC (a subordinate institute)", []),
        ("Morye, a.k.a., the following two aliases:\n—FSUE Morye; and\n—More. 1 Desant St, Crimea, Ukraine", "Morye",
         ["FSUE Morye", "More"]),
        ("Lim, (a.k.a. Lin R, Steven L and Yong L), Shenzhen, China 518033", "Lim", ["Lin R", "Steven L", "Yong L"]),
        ("Zaliv (f.k.a., AO Zaliv; and JSC Zaliv), a.k.a., the following one alias:\n—LLC Zaliv.\n\n4 St", "Zaliv",
         ["AO Zaliv", "JSC Zaliv", "LLC Zaliv"]),
        ("UM Airlines Kyiv, a.k.a., UM Airlines, UM Air, Building 7, Tehran, Iran.", "UM Airlines Kyiv",
         ["UM Airlines", "UM Air"]),
        ("Tako LLC, the following one alias:\n—Taco LLC.\n\n17 Garegin Street, Yerevan.", "Tako LLC", ["Taco LLC"]),
        ("Huawei Cloud Hong Kong, Hong Kong.", "Huawei Cloud Hong Kong", []),
    ],
)  # fmt: skip
def test_names_are_cut_from_running_text(text, name, aliases):
    found = take_apart(text)
    assert found.name == name
    assert [alias for alias, _ in found.aliases] == aliases


def test_former_names_are_told():
    found = take_apart("Zaliv (f.k.a., AO Zaliv), a.k.a., the following one alias:\n—LLC Zaliv.\n\n4 St, Kerch")
    assert found.aliases == (("AO Zaliv", True), ("LLC Zaliv", False))


def test_parts_of_an_entity_become_parties_of_their_own():
    told = read_row(
        "Academy of Models, a.k.a., the following one alias, and two subordinate institutions:\n—AoM.\n"
        "Subordinate institution\n23rd Institute, a.k.a., the following one alias:\n—Institute of Radios.\n"
        "Subordinate institution\n25th Institute.\nThe following addresses apply to the entity and the two subordinate "
        "institutions:\n\n 1 Model Road, Beijing, China"
    )
    assert [one.name for one in told.entities] == ["Academy of Models", "23rd Institute", "25th Institute"]
    assert [alias for alias, _ in told.entities[1].aliases] == ["Institute of Radios"]
    assert all("1 Model Road, Beijing, China" in one.addresses for one in told.entities)


def test_rows_that_continue_an_entity(tmp_path):
    rows = (
        entity_row("CHINA", "Models Holding, 1 Model Road, Beijing, China.")
        + entity_row(" ", "Subordinate institution<br/>7 Factory, a.k.a., the following one alias:<br/>—Seventh.")
        + entity_row(" ", "The following addresses apply to the entity and to the one subordinate institution:<br/> "
                          "<br/> 2 Model Road, Xian, China")
        + entity_row(" ", "Unrelated LLC, 3 Model Road, Wuhan, China.")
    )  # fmt: skip
    parties, reading = read("bis-entity-list", *write(tmp_path, {"t.xml": entity_list_xml(rows)}))
    assert reading.read == 4
    assert [party.names[0].text for party in parties] == ["Models Holding", "7 Factory", "Unrelated LLC"]
    assert parties[1].addresses[0].text == "2 Model Road, Xian, China"
    assert len(parties[2].addresses) == 1
    said = "listed as a part or affiliate of it"
    assert parties[1].links == (OwnershipLink(parties[0].uid, parties[1].uid, None, said),)


def test_rows_of_july_2026():
    parties, reading = real("bis-entity-list", PART)
    assert reading.problems == []
    assert reading.read == 3_415  # "about 3,420 rows": two of them hold only addresses
    assert len(parties) == 3_463  # institutions and affiliates of rows counted on their own
    assert all(party.countries and party.citations for party in parties.values())
    assert sum(party.listed_on is None for party in parties.values()) == 0
    huawei = parties["bis-el:CN:huawei-technologies-co-ltd"]
    assert [name.text for name in huawei.names][1:] == ["Shenzhen Huawei Technologies", "Huawei Technology"]
    assert huawei.listed_on == date(2019, 5, 21)
    affiliates = [party for party in parties.values() if party.links and party.links[0].owner == huawei.uid]
    assert len(affiliates) == 22  # as the row itself says
    assert "HMN Tech" in {name.text for party in affiliates for name in party.names}


def test_other_supplements_of_the_part():
    unverified, reading = real("bis-entity-list", PART, list_id="us:uvl")
    assert len(unverified) == reading.read > 180
    assert {party.source for party in unverified.values()} == {"us:uvl"}
    military, _ = real("bis-entity-list", PART, list_id="us:meu")
    assert len(military) > 60
    assert not [party for party in military.values() if "Reserved" in party.names[0].text]
    with pytest.raises(BadInput):
        real("bis-entity-list", PART, list_id="us:sdn")


def test_names_agree_with_the_publishers_own_cut():
    """trade.gov publishes the same list with names and aliases apart, a week younger."""
    held = json.loads(gzip.decompress(shared_data("parties", "us-csl-2026-07", "screening-list.json.gz").read_bytes()))
    number = next(index for index, name in enumerate(held["tables"]["sources"]) if "(EL)" in name)
    theirs = [one for one in held["entries"] if one["s"] == number]
    ours = real("bis-entity-list", PART)[0].values()
    names = {_key(name.text) for party in ours for name in party.names}
    primaries = {_key(one["n"]) for one in theirs}
    assert sum(_key(party.names[0].text) in primaries for party in ours) >= 3_375
    assert sum(_key(one["n"]) in names for one in theirs) >= 3_305
    aliases = [alias for one in theirs for alias in one.get("a", [])]
    found = sum(_key(re.sub(r"^(?:and|or) ", "", alias)) in names for alias in aliases)
    assert found / len(aliases) > 0.98


def _key(text: str) -> str:
    return re.sub(r"\W+", "", unicodedata.normalize("NFKD", text).casefold())


def test_a_table_with_other_columns_is_refused(tmp_path):
    bad = entity_list_xml("<TR><TD>RUSSIA</TD><TD>Name</TD></TR>" + entity_row(" ", "A Ltd., 1 St, Moscow, Russia"))
    _, reading = read("bis-entity-list", *write(tmp_path, {"t.xml": bad}))
    assert [problem.code for problem in reading.problems] == ["list.entry", "list.entry"]  # and no country above row 2
    _, reading = read("bis-entity-list", *write(tmp_path, {"t.xml": b"<DIV5><DIV9 N='Supplement No. 1'/></DIV5>"}))
    assert [problem.code for problem in reading.problems] == ["list.format"]
