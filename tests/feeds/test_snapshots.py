"""Snapshots: what is in force, on which day, several lists together, damage told."""

from __future__ import annotations

from datetime import date

import pytest

from list_samples import NOW, OFAC_XML, SAMPLES, small_home, take, write
from sekisho.feeds import snapshots
from sekisho.feeds.home import home as data_home
from sekisho.feeds.lists import bundled, canonical
from sekisho.feeds.lists.combine import combine
from sekisho.feeds.manifest import Manifest, Snapshot
from sekisho.feeds.status import standings
from sekisho.model.listed import ListedName, ListedParty
from sekisho.model.problem import BadInput


@pytest.fixture
def home(tmp_path):
    return small_home(tmp_path / "home")


def test_without_a_list_the_fictional_parties_are_in_force(home):
    held = snapshots.load(home=home)
    assert held.manifest.fictional
    assert held.manifest.list == "sekisho:fictional"
    assert len(held.parties) == held.manifest.parties >= 24
    assert {party.type for party in held.parties} == {"person", "organisation", "vessel", "aircraft"}
    scripts = {name.script for party in held.parties for name in party.names}
    assert scripts >= {"Latn", "Cyrl", "Grek", "Arab", "Hebr", "Hang", "Jpan", "Hans"}
    assert all("Fictional" in party.remarks for party in held.parties)
    assert all(code[0] == "X" for party in held.parties for code in party.countries)  # codes that ISO never assigns
    assert canonical.content_of(held.parties) == (bundled.packs_root() / "lists" / "fictional.jsonl").read_bytes()
    uids = {party.uid for party in held.parties}
    assert all({link.owner, link.owned} <= uids for party in held.parties for link in party.links)
    assert snapshots.find("fictional:0001", home=home)[0][0].names[0].text == "EXAMPLIA PRECISION WORKS LTD."


def test_the_data_folder_is_chosen_by_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("SEKISHO_HOME", str(tmp_path))
    assert data_home() == tmp_path
    monkeypatch.delenv("SEKISHO_HOME")
    assert data_home().name == "sekisho"


def test_fictional_parties_are_gone_with_the_first_real_list(home, tmp_path):
    take(home, "ofac-xml", *write(tmp_path, {"a.xml": OFAC_XML}))
    held = snapshots.load(home=home)
    assert not held.manifest.fictional
    assert {party.source for party in held.parties} == {"us:sdn"}
    assert snapshots.load("sekisho:fictional", home=home).manifest.fictional


def test_any_earlier_day(home, tmp_path):
    (file,) = write(tmp_path, {"a.xml": OFAC_XML})
    (other,) = write(tmp_path, {"b.xml": OFAC_XML.replace(b"EXAMPLIA AIRLINES", b"EXAMPLIA AIRWAYS")})
    take(home, "ofac-xml", file, as_of=date(2024, 1, 10))
    take(home, "ofac-xml", other, as_of=date(2024, 1, 20))
    names = {}
    for day in (date(2024, 1, 10), date(2024, 1, 19), date(2024, 1, 20), date(2026, 1, 1), None):
        held = snapshots.load("us:sdn", as_of=day, home=home)
        names[day] = next(party for party in held.parties if party.uid == "ofac:36").names[0].text
    assert list(names.values()) == ["EXAMPLIA AIRLINES"] * 2 + ["EXAMPLIA AIRWAYS"] * 3
    with pytest.raises(BadInput) as caught:
        snapshots.load("us:sdn", as_of=date(2024, 1, 9), home=home)
    assert "the first is of 2024-01-10" in caught.value.problems[0].says


def test_two_snapshots_of_one_day_the_later_counts(home, tmp_path):
    (file,) = write(tmp_path, {"a.xml": OFAC_XML})
    (other,) = write(tmp_path, {"b.xml": OFAC_XML.replace(b"EXAMPLIA AIRLINES", b"EXAMPLIA AIRWAYS")})
    take(home, "ofac-xml", other)
    take(home, "ofac-xml", file, now=NOW.replace(hour=13))
    held = snapshots.load("us:sdn", home=home)
    assert held.manifest.retrieved == "2026-08-01T13:00:00Z"
    assert held.parties[0].names[0].text == "EXAMPLIA AIRLINES"


def test_lists_without_a_snapshot_that_day_are_named(home, tmp_path):
    take(home, "ofac-xml", *write(tmp_path / "a", SAMPLES["ofac-xml"]), as_of=date(2024, 1, 1))
    take(home, "un-xml", *write(tmp_path / "b", SAMPLES["un-xml"]), as_of=date(2025, 1, 1))
    both = snapshots.load(home=home)
    assert [part.list for part in both.manifest.parts] == ["un:sc", "us:sdn"]
    assert (both.manifest.missing, len(both.parties)) == ((), 5)
    early = snapshots.load(home=home, as_of=date(2024, 6, 1))
    assert early.manifest.missing == ("un:sc",)
    assert len(early.parties) == 3
    with pytest.raises(BadInput) as caught:
        snapshots.load(home=home, as_of=date(2020, 1, 1))
    assert len(caught.value.problems) == 2


def test_a_source_inside_a_list(home, tmp_path):
    take(home, "csl-csv", *write(tmp_path, SAMPLES["csl-csv"]), as_of=date(2024, 1, 1))
    held = snapshots.load("us:entity-list", home=home)
    assert [party.uid for party in held.parties] == ["bis-el:RU:vymysel-plant-no-7"]
    assert held.manifest.list == "us:csl"
    for wrong in ("us:nothing", "../x", "US", ""):
        with pytest.raises(BadInput):
            snapshots.load(wrong, home=home)


@pytest.mark.parametrize("damage", ["flip", "cut", "gone", "swap", "manifest"])
def test_damage_is_told_and_never_screened_against(home, tmp_path, damage):
    done = take(home, "ofac-xml", *write(tmp_path, SAMPLES["ofac-xml"]))
    place = snapshots.content_file("us:sdn", done.manifest.content_sha256, home)
    content = place.read_bytes()
    if damage == "flip":
        place.write_bytes(content[:200] + bytes([content[200] ^ 1]) + content[201:])
    elif damage == "cut":
        place.write_bytes(content[:-30])
    elif damage == "gone":
        place.unlink()
    elif damage == "swap":
        other = take(home, "ofac-csv", *write(tmp_path / "o", SAMPLES["ofac-csv"]), list_id="us:other", accept="x")
        place.write_bytes(snapshots.content_file("us:other", other.manifest.content_sha256, home).read_bytes())
    else:
        next((home / "lists" / "us.sdn").glob("20*.json")).write_bytes(b'{"list": 1}')
    with pytest.raises(BadInput) as caught:
        snapshots.load("us:sdn", home=home)
    assert caught.value.problems[0].code in ("list.damaged", "list.missing")
    with pytest.raises(BadInput):
        snapshots.load(home=home)
    with pytest.raises(BadInput):
        next(snapshots.each("us:sdn", home=home))
    if damage == "manifest":
        assert any(one.problem for one in standings(home, NOW.date()))
    take(home, "ofac-xml", *write(tmp_path, SAMPLES["ofac-xml"]))  # the same file, imported again, mends it
    assert len(snapshots.load("us:sdn", home=home).parties) == 3


def snapshot(list_id: str, day: str, *parties: ListedParty) -> Snapshot:
    held = Manifest(list_id, day, f"{day}T00:00:00Z", "x", "x/1", "0" * 64, counts={"parties": len(parties)})
    return Snapshot(parties, held)


def listed(uid: str, source: str, *names: str) -> ListedParty:
    return ListedParty(uid, source, "organisation", tuple(map(ListedName, names)))


def test_a_party_in_two_lists_counts_once():
    own = listed("ofac:1", "us:sdn", "LAST, First", "ALIAS")
    repeated = listed("ofac:1", "us:sdn", "First Last")
    newer = listed("ofac:1", "us:sdn", "LAST, First", "NEW NAME")
    only = listed("ofac:2", "us:sdn", "ONLY IN CSL")
    sdn = snapshot("us:sdn", "2024-05-01", own)
    for day in ("2024-04-30", "2024-05-02"):
        both = combine([snapshot("us:csl", day, repeated, only), sdn])
        assert both.parties == (own, only)  # the publisher's own list tells more
    both = combine([snapshot("us:csl", "2024-05-02", newer, only), sdn])
    assert both.parties == (newer, only)  # a name that the older snapshot of the publisher does not have
    assert both.manifest.counts["parties"] == 2
    assert combine([sdn]) is sdn


def test_one_by_one_is_the_same_as_at_once(home, tmp_path):
    take(home, "ofac-xml", *write(tmp_path, SAMPLES["ofac-xml"]))
    assert tuple(snapshots.each("us:sdn", home=home)) == snapshots.load("us:sdn", home=home).parties


def test_statuses(home, tmp_path):
    take(home, "ofac-xml", *write(tmp_path, SAMPLES["ofac-xml"]))
    found = {one.list: one for one in standings(home, date(2024, 5, 14))}
    sdn = found["us:sdn"]
    assert (sdn.age, sdn.stale, sdn.snapshots, sdn.in_force) == (7, False, 1, True)
    assert not found["eu:fsf"].in_force
    assert found["eu:fsf"].stale
    later = {one.list: one for one in standings(home, date(2025, 5, 14))}["us:sdn"]
    assert later.stale
