"""OFAC's lists, XML and CSV: counts of the published files, chosen records, and the two formats against each other."""

from __future__ import annotations

from collections import Counter

import pytest

from list_samples import OFAC_CSV, SAMPLES, read, real, sample, write
from sekisho.feeds.lists.ofac_terms import linked_to
from sekisho.feeds.lists.opening import open_files
from sekisho.feeds.lists.tables import csv_rows
from sekisho.model.listed import Identifier, ListedAddress, ListedName, OwnershipLink, PartialDate
from shared_data import shared_data

SDN = "parties/ofac-2024-05/sdn.xml.gz"
CONS = "parties/ofac-2024-05/consolidated.xml.gz"


def test_xml_sample_field_by_field(tmp_path):
    parties, reading = sample("ofac-xml", tmp_path)
    line = parties["ofac:36"]
    assert line.source == "us:sdn"
    assert line.type == "organisation"
    assert line.names == (
        ListedName("EXAMPLIA AIRLINES", "primary", "strong", "Latn"),
        ListedName("EXA", "alias", "weak", "Latn"),
        ListedName("OLD EXAMPLIA", "former", "strong", "Latn"),
    )
    assert line.programmes == ("DEMO", "DEMO2")
    assert line.births == (PartialDate("2018-04", "2018-04", "Apr 2018"),)
    assert line.identifiers == (
        Identifier("tax", "000036", "IR", "Tax ID No.; issued 14 Dec 2005"),
        Identifier("other", "X1", "", "Brand New Number"),
    )
    assert line.addresses == (ListedAddress("1 Model St, Tehran, 11, Iran", "IR", "Tehran", "11"),)
    assert line.countries == ("IR",)
    assert ("Secondary sanctions risk", "section 1") in line.extra
    person = parties["ofac:37"]
    assert person.names[0].parts == (("family", "VYMYSHLENNY"), ("given", "Primer"))
    assert person.names[0].text == "VYMYSHLENNY, Primer"
    assert person.births == (  # the main entry comes first
        PartialDate("1961", "1961", "circa 1961", True),
        PartialDate("1958", "1960", "1958 to 1960"),
    )
    assert (person.places_of_birth, person.citizenships, person.gender) == (("Sampleton",), ("CU",), "male")
    assert person.title == "Director"
    assert person.remarks == "(Linked To: EXAMPLIA AIRLINES)"
    assert person.links == ()  # a person is not owned
    assert ("novelty/detail", "kept") in person.extra
    vessel = parties["ofac:38"]
    assert vessel.type == "vessel"
    assert vessel.identifiers == (Identifier("imo", "0123450"), Identifier("call-sign", "XEX18"))
    assert vessel.countries == ("PA",)
    assert {("vessel type", "Tug"), ("flag", "Panama"), ("tonnage", "640")} <= set(vessel.extra)
    assert vessel.links == (
        OwnershipLink("ofac:36", "ofac:38", None, "Vessel owner"),
        OwnershipLink("ofac:36", "ofac:38", None, "Linked To"),
    )
    assert reading.facts["published"] == "2024-05-07"
    assert reading.facts["declared"] == "3"
    assert reading.notes["identifier type not known: Brand New Number"] == 1
    assert reading.notes["element not known: sdnEntry/novelty/detail"] == 1


def test_csv_sample_reads_the_same_as_xml(tmp_path):
    xml, _ = sample("ofac-xml", tmp_path / "xml")
    csv, reading = sample("ofac-csv", tmp_path / "csv")
    assert reading.problems == []
    assert csv.keys() == xml.keys()
    line, same = csv["ofac:36"], xml["ofac:36"]
    assert {n.text: (n.kind, n.strength) for n in line.names} == {n.text: (n.kind, n.strength) for n in same.names}
    assert (line.programmes, line.births, line.countries) == (same.programmes, same.births, same.countries)
    assert line.identifiers == same.identifiers[:1]
    assert line.addresses[0].country == "IR"
    person, same = csv["ofac:37"], xml["ofac:37"]
    assert set(person.births) == set(same.births)
    assert (person.citizenships, person.gender, person.title) == (same.citizenships, same.gender, same.title)
    assert person.names[0].parts == same.names[0].parts
    vessel = csv["ofac:38"]
    assert vessel.identifiers == (Identifier("call-sign", "XEX18"), Identifier("imo", "0123450"))
    assert set(vessel.links) == set(xml["ofac:38"].links)
    assert ("tonnage", "1640") in vessel.extra
    assert vessel.remarks == "(Linked To: EXAMPLIA AIRLINES); Member of nothing"  # goes on in the file of comments


def test_linked_to_keeps_brackets_of_names():
    assert linked_to("x; (Linked To: A (AB)-FORCE; Linked To: B).") == ["A (AB)-FORCE", "B"]
    assert linked_to("(Linked To: CUT OFF") == ["CUT OFF"]
    assert linked_to("Telephone (357)") == []


def test_sdn_counts():
    parties, reading = real("ofac-xml", SDN)
    assert len(parties) == reading.read == 14_966
    assert reading.tally["aka"] == 21_754
    assert sum(len(party.names) for party in parties.values()) == 14_966 + 21_754
    assert reading.facts == {"published": "2024-05-07", "declared": "14966", "list": "us:sdn"}
    assert Counter(p.type for p in parties.values()) == {
        "organisation": 6_884,
        "person": 6_855,
        "vessel": 851,
        "aircraft": 376,
    }
    assert sum(n.strength == "weak" for p in parties.values() for n in p.names) == 3_694
    assert sum(len(p.addresses) for p in parties.values()) == 17_643
    assert sum(i.kind == "imo" for p in parties.values() for i in p.identifiers) > 800
    assert not [note for note in reading.notes if "not known" in note and "country" not in note]


def test_sdn_chosen_records():
    parties, _ = real("ofac-xml", SDN)
    ship = parties["ofac:15036"]
    assert ship.names[0].text == "ARTAVIL"
    assert ListedName("ALPHA", "former", "weak", "Latn") in ship.names
    assert {(i.kind, i.value) for i in ship.identifiers} == {
        ("imo", "9187629"),
        ("mmsi", "572469210"),
        ("call-sign", "T2EU4"),
    }
    assert ship.links == (OwnershipLink("ofac:15117", "ofac:15036", None, "Linked To"),)
    assert parties["ofac:15117"].names[0].text == "NATIONAL IRANIAN TANKER COMPANY"
    plane = parties["ofac:15431"]
    assert (plane.type, plane.names[0].text) == ("aircraft", "EP-GOM")
    assert {i.value for i in plane.identifiers if i.kind == "aircraft-serial"} == {"8401", "1023409321"}
    bank = parties["ofac:17015"]
    assert bank.births == (PartialDate("1922-08-18", "1922-08-18", "18 Aug 1922"),)
    assert {(i.kind, i.value) for i in bank.identifiers} >= {("tax", "7750004150"), ("swift", "BFEARUMM")}
    assert ("Executive Order 13662 Directive Determination", "Subject to Directive 1") in bank.extra


def test_consolidated_is_told_from_sdn():
    parties, reading = real("ofac-xml", CONS)
    assert len(parties) == reading.read == 443
    assert reading.facts["list"] == "us:ofac-cons"
    assert all(uid.startswith("ofac-cons:") and p.source == "us:ofac-cons" for uid, p in parties.items())
    assert all(link.owner in parties for p in parties.values() for link in p.links)


@pytest.mark.parametrize(("name", "rows"), [("alt", 20_107), ("add", 24_244)])
def test_rows_of_december_2025_end_with_a_file_mark(name, rows):
    sources, _ = open_files([shared_data("parties", "ofac-2025-12", f"{name}.csv.gz")])
    assert sources[0].content().endswith(b"\x1a")
    assert len(list(csv_rows(sources[0]))) == rows


def test_alternate_names_alone_are_refused(tmp_path):
    names = ("alt.csv.gz", "add.csv.gz")
    _, reading = read("ofac-csv", *(shared_data("parties", "ofac-2025-12", name) for name in names))
    assert (reading.tally["alt rows"], reading.tally["add rows"]) == (20_107, 24_244)
    assert [p.code for p in reading.problems][:1] == ["list.incomplete"]


@pytest.mark.parametrize(("day", "rows"), [("2021-08-18", 9_083), ("2022-12-28", 11_430), ("2024-05-03", 14_965)])
def test_history_counts(day, rows):
    parties, reading = real("ofac-csv", f"parties/ofac-history/sdn-{day}.csv.gz")
    assert len(parties) == reading.read == rows
    assert reading.facts["incomplete"] == "alt.csv and add.csv"


def test_remarks_of_the_csv_hold_what_the_xml_holds():
    """Four days lie between the two files; every difference is told here, so that a new one shows."""
    xml, _ = real("ofac-xml", SDN)
    csv, _ = real("ofac-csv", "parties/ofac-history/sdn-2024-05-03.csv.gz")
    assert csv.keys() <= xml.keys()
    unlike: Counter[str] = Counter()
    for uid, one in csv.items():
        other = xml[uid]
        for field in ("type", "programmes", "gender", "places_of_birth"):
            a, b = getattr(one, field), getattr(other, field)
            unlike[field] += (sorted(a) != sorted(b)) if isinstance(a, tuple) else a != b
        unlike["births"] += sorted(map(_bounds, one.births)) != sorted(map(_bounds, other.births))
        unlike["weak names"] += _weak(one) != _weak(other)
        unlike["identifiers"] += {(i.kind, i.value) for i in one.identifiers} != {
            (i.kind, i.value) for i in other.identifiers
        }
        unlike["citizenships"] += set(one.citizenships) != set(other.citizenships)
    assert +unlike == {  # remarks are cut off at 1,000 characters without the comments; fax numbers are only in the CSV
        "births": 6,
        "weak names": 11,
        "identifiers": unlike["identifiers"],
        "citizenships": 3,
    }
    assert unlike["identifiers"] < 80


def _bounds(date):
    return date.earliest, date.latest, date.approximate


def _weak(party):
    return sorted(name.text for name in party.names if name.strength == "weak")


def test_a_folder_and_a_zip_serve_as_well_as_three_files(tmp_path):
    from list_samples import zipped

    paths = write(tmp_path / "trio", OFAC_CSV)
    one, _ = read("ofac-csv", *paths)
    two, _ = read("ofac-csv", tmp_path / "trio")
    (archive,) = write(tmp_path, {"SDN_CSV.ZIP": zipped(OFAC_CSV)})
    three, _ = read("ofac-csv", archive)
    assert one == two == three


def test_names_of_another_day_are_refused(tmp_path):
    files = {**OFAC_CSV, "alt.csv": b'99,2,"aka","SOMEBODY ELSE",-0- \r\n'}
    _, reading = read("ofac-csv", *write(tmp_path, files))
    assert [problem.where for problem in reading.problems] == ["alt.csv:1"]


def test_every_bad_entry_is_told(tmp_path):
    bad = (
        SAMPLES["ofac-xml"]["sdn.xml"]
        .replace(b"<uid>36</uid>", b"<uid></uid>")
        .replace(b"<uid>38</uid>", b"<uid>x</uid>")
    )
    _, reading = read("ofac-xml", *write(tmp_path, {"sdn.xml": bad}))
    assert [problem.where for problem in reading.problems] == ["sdn.xml entry 1", "sdn.xml entry 3"]
