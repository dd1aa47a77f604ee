"""The US Consolidated Screening List, CSV and JSON."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from datetime import date

from list_samples import CSL_CSV, CSL_JSON, read, real, sample, write
from sekisho.feeds.lists.csl import SOURCES
from sekisho.model.listed import Identifier, ListedAddress
from shared_data import shared_data

CSL = "parties/us-csl-2022-04/consolidated.csv.gz"


def test_csv_sample(tmp_path):
    parties, reading = sample("csl-csv", tmp_path)
    assert reading.problems == []
    line = parties["ofac:36"]
    assert (line.source, line.type, line.programmes) == ("us:sdn", "organisation", ("DEMO", "DEMO2"))
    assert [name.text for name in line.names] == ["EXAMPLIA AIRLINES", "EXA", "OLD EXAMPLIA"]
    assert line.addresses == (
        ListedAddress("1 Model St, Tehran, 11000, IR", "IR", "", "11000"),
        ListedAddress("Baku, AZ", "AZ"),
    )
    assert line.identifiers == (Identifier("tax", "000036", "IR", "Tax ID No.; issued 2005-12-14; expires 2010-01-02"),)
    said = ("Executive Order 13662 Directive Determination", "Subject to Directive 3; and more")
    assert said in line.extra  # a semicolon inside a value does not cut it
    plant = parties["bis-el:RU:vymysel-plant-no-7"]
    assert plant.source == "us:entity-list"
    assert [name.text for name in plant.names] == ["Vymysel Plant No. 7", "Vymysel", "Zavod Vymysel"]
    assert plant.listed_on == date(2015, 1, 2)
    assert (plant.licence_requirement, plant.licence_policy) == ("For all items", "Presumption of denial")
    assert plant.citations == ("80 FR 1",)


def test_json_sample(tmp_path):
    parties, reading = sample("csl-json", tmp_path)
    assert reading.problems == []
    assert reading.facts == {"published": "2026-07-30", "declared": "2"}
    line = parties["ofac:36"]
    assert line.addresses == (ListedAddress("1 Model St, Tehran, 11, IR", "IR", "Tehran", "11"),)
    assert line.identifiers == (Identifier("tax", "000036", "IR", "Tax ID No.; issued 2005-12-14"),)
    new = parties["us-bnl:ZZ:vymysel-plant-no-7"]
    assert new.source == "us:bnl"
    assert ("novelty", "kept") in new.extra
    assert set(reading.notes) == {
        "field not known: novelty",
        "source not known: Brand New List (BNL) - Some Department",
    }


def test_rows_of_april_2022():
    parties, reading = real("csl-csv", CSL)
    assert reading.read == 14_160
    assert len(parties) == 14_159  # one row stands twice, word for word
    sources = Counter(party.source for party in parties.values())
    assert sources["us:sdn"] == 10_026
    assert sources["us:entity-list"] == 2_001
    assert sources["us:debarred"] == 727
    assert sources["us:dpl"] == 462
    assert sum(sources.values()) == len(parties)
    assert sources.keys() == {list_id for list_id, _ in SOURCES.values()}
    dated = [
        party for party in parties.values() if party.source == "us:dpl" and ("end date", "2056-06-29") in party.extra
    ]
    assert len(dated) == 33


def test_ofac_rows_agree_with_ofac_itself():
    """Two years lie between the two files; what is in both and did not change must read the same."""
    csl, _ = real("csl-csv", CSL)
    xml, _ = real("ofac-xml", "parties/ofac-2024-05/sdn.xml.gz")
    common = [uid for uid in csl if uid in xml]
    assert len(common) > 9_000
    same_name = [uid for uid in common if csl[uid].names[0].text == xml[uid].names[0].text]
    assert len(same_name) > 0.98 * len(common)
    for field in ("type", "gender"):
        assert sum(getattr(csl[uid], field) == getattr(xml[uid], field) for uid in common) > 0.98 * len(common)
    numbers = [uid for uid in common if _numbers(csl[uid]) <= _numbers(xml[uid])]
    assert len(numbers) > 0.97 * len(common)
    ship = csl["ofac:15036"]
    assert _numbers(ship) == _numbers(xml["ofac:15036"])
    assert ship.links == xml["ofac:15036"].links


def _numbers(party):
    return {(one.kind, one.value) for one in party.identifiers}


def test_the_2026_list_as_json(tmp_path):
    """The folder holds another project's compact form; it is put back into the publisher's shape here."""
    held = json.loads(gzip.decompress(shared_data("parties", "us-csl-2026-07", "screening-list.json.gz").read_bytes()))
    tables = held["tables"]

    def row(one: dict) -> dict:
        found = {"name": one["n"], "alt_names": one.get("a", []), "source": tables["sources"][one["s"]]}
        found["type"] = one.get("t")
        found["addresses"] = [{"country": code} for code in one.get("c", [])]
        found["entity_number"] = one.get("e")
        found["programs"] = [tables["programmes"][one["pg"]]] if "pg" in one else []
        found["license_requirement"] = tables["licenceRequirements"][one["lr"]] if "lr" in one else None
        found["license_policy"] = tables["licencePolicies"][one["lp"]] if "lp" in one else None
        found["federal_register_notice"] = one.get("fr")
        return found

    data = {"results": [row(one) for one in held["entries"]], "sourceGeneratedAt": held["sourceGeneratedAt"]}
    (file,) = write(tmp_path, {"consolidated.json": json.dumps(data).encode()})
    parties, reading = read("csl-json", file)
    assert reading.read == 25_921
    assert reading.facts["published"] == "2026-07-31"
    sources = Counter(party.source for party in parties)
    expected = {"sdn": 19_181, "entity-list": 3_420, "dpl": 1_596, "debarred": 787, "uvl": 222, "isn": 161, "meu": 70}
    assert {key: sources[f"us:{key}"] for key in expected} == expected


def test_faults_of_rows_are_all_told(tmp_path):
    bad = CSL_CSV + b"x,y\n" + b",,,,,,,,,,,,,,,,,,,,,,,,,,,,\n"
    _, reading = read("csl-csv", *write(tmp_path, {"c.csv": bad}))
    assert [problem.code for problem in reading.problems] == ["list.csv", "list.entry"]
    _, reading = read(
        "csl-json", *write(tmp_path, {"c.json": CSL_JSON.replace(b'"results": [', b'"results": [7, {"name":1},')})
    )
    assert [problem.code for problem in reading.problems] == ["list.json", "list.entry"]
