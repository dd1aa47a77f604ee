"""Imports: whole or not at all, refused lists leave the former in force, and what the manifest says."""

from __future__ import annotations

import gzip
import hashlib
import os
from dataclasses import replace
from datetime import date, timedelta

import pytest

from list_samples import NOW, OFAC_CSV, OFAC_XML, SAMPLES, UN_XML, gzipped, small_home, take, write
from sekisho.feeds import importing, snapshots
from sekisho.feeds.checking import shrinking
from sekisho.feeds.lists import canonical, sorting
from sekisho.feeds.lists.reading import Reading
from sekisho.feeds.manifest import Manifest
from sekisho.feeds.publishers import Publisher
from sekisho.feeds.status import standings
from sekisho.model.listed import ListedName, ListedParty
from sekisho.model.problem import BadInput
from shared_data import shared_data


@pytest.fixture
def home(tmp_path):
    return small_home(tmp_path / "home")


def party(number: int, **more: object) -> ListedParty:
    return ListedParty(f"ofac:{number}", "us:sdn", "organisation", (ListedName(f"NAME {number}"),), **more)  # type: ignore[arg-type]


def ofac(parties: int, *, first: int = 1, day: str = "05/07/2024", declared: int | None = None) -> bytes:
    entries = "".join(
        f"<sdnEntry><uid>{n}</uid><lastName>NAME {n}</lastName><sdnType>Entity</sdnType></sdnEntry>"
        for n in range(first, first + parties)
    )
    head = f"<Publish_Date>{day}</Publish_Date><Record_Count>{parties if declared is None else declared}</Record_Count>"
    return f"<sdnList><publshInformation>{head}</publshInformation>{entries}</sdnList>".encode()


def test_a_manifest_says_what_was_taken(home, tmp_path):
    (file,) = write(tmp_path, {"sdn.xml.gz": gzipped(OFAC_XML)})
    done = take(home, "ofac-xml", file, address="https://example.invalid/sdn.xml")
    held = done.manifest
    assert (held.list, held.as_of, held.format, held.reader) == ("us:sdn", "2024-05-07", "ofac-xml", "ofac-xml/1")
    assert held.retrieved == "2026-08-01T12:00:00Z"
    assert held.address == "https://example.invalid/sdn.xml"
    assert [(one.name, one.size) for one in held.files] == [("sdn.xml.gz", file.stat().st_size)]
    assert held.files[0].sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert held.counts["parties"] == 3
    assert held.counts["type:vessel"] == held.counts["type:person"] == held.counts["type:organisation"] == 1
    assert held.counts["names:weak"] == 1
    assert held.counts["published:aka"] == 2
    assert {one.name for one in held.assertions} >= {"as many entries as the file declares"}
    assert all(one.held for one in held.assertions)
    assert "identifier type not known: Brand New Number" in held.notes
    assert str(tmp_path) not in str(held.as_json())
    place = snapshots.content_file("us:sdn", held.content_sha256, home)
    content = gzip.decompress(place.read_bytes())
    assert hashlib.sha256(content).hexdigest() == held.content_sha256
    assert snapshots.load("us:sdn", home=home).manifest == held
    assert (done.previous, done.changed) == (None, True)


def test_the_same_file_gives_the_same_content_in_any_order(home, tmp_path):
    one = take(home, "ofac-csv", *write(tmp_path / "a", OFAC_CSV), list_id="us:sdn", as_of=date(2024, 1, 1))
    rows = OFAC_CSV["sdn.csv"].rstrip(b"\x1a").splitlines(keepends=True)
    turned = {**OFAC_CSV, "sdn.csv": b"".join(reversed(rows))}
    two = take(home, "ofac-csv", *write(tmp_path / "b", turned), list_id="us:sdn", as_of=date(2024, 1, 2))
    assert one.manifest.content_sha256 == two.manifest.content_sha256
    assert not two.changed
    assert len(list((home / "lists" / "us.sdn" / "content").iterdir())) == 1
    assert [m.as_of for m in snapshots.manifests("us:sdn", home)] == ["2024-01-01", "2024-01-02"]


def test_a_shrunken_list_is_refused_and_the_former_stays(home, tmp_path):
    take(home, "ofac-xml", *write(tmp_path, {"a.xml": ofac(100)}))
    smaller = write(tmp_path, {"b.xml": ofac(60, day="05/08/2024")})
    with pytest.raises(BadInput) as caught:
        take(home, "ofac-xml", *smaller)
    assert [problem.code for problem in caught.value.problems] == ["list.assertion"]
    assert "gone: expected 30 or fewer (30% of 100), found 40" in caught.value.problems[0].says
    assert snapshots.load("us:sdn", home=home).manifest.parties == 100
    standing = next(one for one in standings(home, NOW.date()) if one.list == "us:sdn")
    assert standing.refused is not None
    assert standing.refused.problems[0][0] == "list.assertion"
    accepted = take(home, "ofac-xml", *smaller, accept="the publisher removed a programme")
    assert accepted.manifest.accepted == "the publisher removed a programme"
    assert [one.held for one in accepted.manifest.assertions].count(False) == 1
    assert snapshots.load("us:sdn", home=home).manifest.parties == 60
    assert importing.refusal("us:sdn", home) is None  # a success clears it


def test_another_list_under_the_name_of_this_one_is_refused(home, tmp_path):
    take(home, "ofac-xml", *write(tmp_path, {"a.xml": ofac(100)}))
    with pytest.raises(BadInput):  # as many entries, but none of the same
        take(home, "ofac-xml", *write(tmp_path, {"b.xml": ofac(100, first=500, day="05/08/2024")}))


def test_a_file_that_declares_more_than_it_holds_is_refused(home, tmp_path):
    with pytest.raises(BadInput) as caught:
        take(home, "ofac-xml", *write(tmp_path, {"a.xml": ofac(10, declared=11)}))
    assert caught.value.problems[0].says == "as many entries as the file declares: expected 11, found 10"
    assert snapshots.list_ids(home) == ()


def test_bounds_of_the_shipped_publishers_hold_for_the_real_lists_only(tmp_path):
    with pytest.raises(BadInput) as caught:
        take(tmp_path, "un-xml", *write(tmp_path / "in", {"un.xml": UN_XML}))
    assert {problem.code for problem in caught.value.problems} == {"list.assertion"}
    assert len(caught.value.problems) >= 3  # every bound that does not hold, at once


def test_accept_does_not_take_a_damaged_or_an_empty_file(home, tmp_path):
    for content in (OFAC_XML[:-20], b"<sdnList></sdnList>"):
        with pytest.raises(BadInput):
            take(home, "ofac-xml", *write(tmp_path, {"a.xml": content}), accept="whatever")
    assert snapshots.list_ids(home) == ()


def test_incomplete_files_need_a_word(home, tmp_path):
    primary = write(tmp_path, {"sdn.csv": OFAC_CSV["sdn.csv"]})
    with pytest.raises(BadInput) as caught:
        take(home, "ofac-csv", *primary)
    assert [problem.code for problem in caught.value.problems] == ["list.incomplete"]
    with pytest.raises(BadInput):
        take(home, "ofac-csv", *primary, accept="not the right word for it")
    done = take(home, "ofac-csv", *primary, incomplete=True)
    assert "taken without alt.csv and add.csv" in done.manifest.notes


def test_a_day_to_come_is_refused(home, tmp_path):
    later = NOW.date() + timedelta(days=2)
    with pytest.raises(BadInput) as caught:
        take(home, "ofac-xml", *write(tmp_path, {"a.xml": OFAC_XML}), as_of=later)
    assert caught.value.problems[0].code == "list.as-of"


def test_an_older_file_does_not_replace_a_newer_one(home, tmp_path):
    take(home, "ofac-xml", *write(tmp_path, {"a.xml": ofac(100, day="05/07/2024")}))
    done = take(home, "ofac-xml", *write(tmp_path, {"b.xml": ofac(20, day="05/01/2020")}))
    assert done.previous is None  # nothing was in force before that day
    assert snapshots.load("us:sdn", home=home).manifest.parties == 100
    assert snapshots.load("us:sdn", date(2021, 1, 1), home=home).manifest.parties == 20


def test_a_disk_that_fails_leaves_everything_as_it_was(home, tmp_path, monkeypatch):
    take(home, "ofac-xml", *write(tmp_path, {"a.xml": ofac(100)}))
    before = sorted(path.name for path in home.rglob("*"))
    calls = []

    def fail(handle: int) -> None:
        calls.append(handle)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(BadInput) as caught:
        take(home, "ofac-xml", *write(tmp_path, {"b.xml": ofac(101, day="05/08/2024")}))
    assert caught.value.problems[-1].code == "list.disk"
    assert calls
    assert sorted(path.name for path in home.rglob("*")) == before
    assert snapshots.load("us:sdn", home=home).manifest.parties == 100


def test_a_kill_between_content_and_manifest_changes_nothing(home, tmp_path, monkeypatch):
    take(home, "ofac-xml", *write(tmp_path, {"a.xml": ofac(100)}))

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(importing, "write_whole", killed)
    with pytest.raises(KeyboardInterrupt):
        take(home, "ofac-xml", *write(tmp_path, {"b.xml": ofac(101, day="05/08/2024")}))
    assert snapshots.load("us:sdn", home=home).manifest.parties == 100
    monkeypatch.undo()
    done = take(home, "ofac-xml", *write(tmp_path, {"b.xml": ofac(101, day="05/08/2024")}))
    assert snapshots.load("us:sdn", home=home).manifest == done.manifest


def test_entries_that_stand_twice():
    reading = Reading()
    with sorting.SortedContent(reading) as content:
        for one in (party(1), party(1), party(1, remarks="other"), party(1, remarks="third")):
            content.add(one)
        lines = list(content.lines())
    assert [canonical.decode(line).uid for line in lines] == ["ofac:1", "ofac:1~2", "ofac:1~3"]
    assert reading.notes == {"the same entry stands twice: ofac:1": 1, "two entries share one id: ofac:1": 2}


def test_sorting_on_disk_gives_the_same_as_in_memory(tmp_path):
    parties = [party(number * 7919 % 1000, remarks="x" * 50) for number in range(500)]
    digests = set()
    for size in (1 << 30, 5_000, 200):
        with sorting.SortedContent(Reading(), size) as content, (tmp_path / "out.gz").open("wb") as target:
            for one in parties:
                content.add(one)
            digests.add(content.write(target))
        made = gzip.decompress((tmp_path / "out.gz").read_bytes())
        assert made == canonical.content_of({one.uid: one for one in parties}.values())
    assert len(digests) == 1


def test_every_party_is_found_by_halving():
    parties = [party(number) for number in range(1, 300)] + [
        replace(party(1), uid=uid) for uid in ("a", 'a"b', "ab", "a~2", "日本", "a/b", "A", "z" * 400)
    ]
    content = canonical.content_of(parties)
    for one in parties:
        assert canonical.find(content, one.uid) == one
    for missing in ("", "ofac:0", "ofac:300", "zzz", "日"):
        assert canonical.find(content, missing) is None
    assert canonical.uids_of(content) == {one.uid for one in parties}
    assert canonical.find(b"", "a") is None


@pytest.mark.parametrize("form", sorted(SAMPLES))
def test_every_format_is_imported_and_given_back_unchanged(form, home, tmp_path):
    done = take(home, form, *write(tmp_path, SAMPLES[form]), as_of=date(2026, 7, 1))
    held = snapshots.load(done.manifest.list, home=home)
    assert canonical.content_of(held.parties) == snapshots.read_content(held.manifest, home)
    assert held.manifest.counts["parties"] == len(held.parties)


def test_a_source_that_vanishes_is_told_although_the_whole_hardly_shrinks():
    who = Publisher(id="us:csl", title="t", format="csl-csv", shrink_limit=0.05)
    former = Manifest("us:csl", "2026-01-01", "", "x", "x/1", "0" * 64, counts={"source:us:dpl": 40, "source:us:x": 9})
    before = frozenset(f"ofac:{number}" for number in range(1000))
    kept = [f"ofac:{number}" for number in range(960)]
    results = shrinking(who, {"parties": 960, "source:us:dpl": 35}, kept, former, before)
    assert [(one.name, one.held) for one in results] == [
        ("entries of 2026-01-01.000000000000 that are gone", True),
        ("source:us:dpl against 2026-01-01.000000000000", False),
    ]
    assert (results[1].expected, results[1].found) == ("36 or more of 40", "35")


def test_history_of_ofac_shrinks_beyond_its_limit(tmp_path):
    home = tmp_path / "home"
    for day in ("2021-08-18", "2022-12-28", "2024-05-03"):
        file = shared_data("parties", "ofac-history", f"sdn-{day}.csv.gz")
        more = {"as_of": date.fromisoformat(day), "incomplete": True}
        if day == "2022-12-28":
            with pytest.raises(BadInput, match=r"that are gone: expected 454 or fewer \(5% of 9083\), found 513"):
                take(home, "ofac-csv", file, **more)
            more["accept"] = "sixteen months of removals"
        take(home, "ofac-csv", file, **more)
    assert [m.parties for m in snapshots.manifests("us:sdn", home)] == [9_083, 11_430, 14_965]
