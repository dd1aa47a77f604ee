"""FollowTheMoney entities: parties, and what belongs to them by id or by nesting."""

from __future__ import annotations

from datetime import date

import pytest

from list_samples import FTM, read, sample, write
from sekisho.feeds.lists import ftm
from sekisho.model.listed import Identifier, ListedAddress, OwnershipLink, PartialDate
from sekisho.model.problem import BadInput


def test_sample(tmp_path):
    parties, reading = sample("ftm", tmp_path)
    assert reading.problems == []
    company = parties["ftm:nk-1"]
    assert company.type == "organisation"
    assert [(n.text, n.kind, n.strength) for n in company.names] == [
        ("Examplia", "primary", "strong"),
        ("Examplia Ltd", "alias", "strong"),
        ("EX", "alias", "weak"),
        ("Old", "former", "strong"),
    ]
    assert company.births == (PartialDate("2001-02", "2001-02", "2001-02"),)
    assert company.identifiers == (Identifier("tax", "0001", "", "innCode"),)
    assert (company.programmes, company.listed_on, company.citations) == (("DEMO",), date(2020, 1, 2), ("Nobody",))
    assert OwnershipLink("ftm:nk-2", "ftm:nk-1", 62.5) in company.links
    assert {("topics", "sanction"), ("datasets", "demo"), ("schema", "Company")} <= set(company.extra)
    person = parties["ftm:nk-2"]
    assert person.names[0].parts == (("family", "V"), ("given", "Primer"))
    assert (person.citizenships, person.gender) == (("CU",), "male")
    assert person.identifiers == (Identifier("passport", "X0001", "CU"),)
    vessel = parties["ftm:nk-3"]
    assert vessel.identifiers == (Identifier("imo", "0123450", "", "imoNumber"),)
    assert vessel.links == (OwnershipLink("ftm:nk-1", "ftm:nk-3", None),)


def test_addresses_by_id(tmp_path):
    linked = FTM.replace(b'"country":["ir"],"innCode"', b'"addressEntity":["a-1"],"innCode"')
    parties, _ = read("ftm", *write(tmp_path, {"e.json": linked}))
    assert parties[0].addresses == (ListedAddress("1 Model St, Tehran", "IR"),)


def test_what_is_no_target_is_left_out_and_counted(tmp_path):
    parties, reading = read("ftm", *write(tmp_path, {"e.json": FTM.replace(b'"target":true', b'"target":false', 1)}))
    assert [party.uid for party in parties] == ["ftm:nk-2", "ftm:nk-3"]
    assert reading.tally["not targets"] == 1


def test_each_bad_line_is_told_once(tmp_path):
    bad = FTM + b'{"id": "x"}\n{"id":\n[1]\n{"id":"n","schema":"Person","properties":{}}\n'
    _, reading = read("ftm", *write(tmp_path, {"e.json": bad}))
    assert [(p.where, p.code) for p in reading.problems] == [
        ("e.json:8", "list.format"),
        ("e.json:9", "list.json"),
        ("e.json:10", "list.format"),
        ("e.json:11", "list.entry"),
    ]


def test_a_file_without_parties_and_a_line_without_end_are_refused(tmp_path, monkeypatch):
    _, reading = read("ftm", *write(tmp_path, {"e.json": b'{"id":"s","schema":"Sanction","properties":{}}'}))
    assert [p.code for p in reading.problems] == ["list.format"]
    monkeypatch.setattr(ftm, "LONGEST_LINE", 1 << 18)
    (file,) = write(tmp_path, {"e.json": b'{"id":"' + b"x" * (1 << 20)})
    with pytest.raises(BadInput) as caught:
        read("ftm", file)
    assert caught.value.problems[0].code == "list.bomb"
