"""Kept editions: whole or not at all, checked on load, compared with the edition before."""

import gzip
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from jp_sample import GOODS, egov_xml
from us_sample import ADC, ANALYSERS, OTHER, entry, paragraph, sample

from sekisho.feeds.texts import editions
from sekisho.feeds.texts.baseline import compare
from sekisho.feeds.texts.editions import TextOrder, edition_on, import_text, load
from sekisho.feeds.texts.jp_markdown import read_markdown
from sekisho.feeds.texts.reading import read_text, which
from sekisho.feeds.texts.skeleton import from_jsonl, skeleton, to_jsonl
from sekisho.feeds.texts.us_ccl import read_us_ccl
from sekisho.model.problem import BadInput

NOW = datetime(2026, 7, 1, 9, tzinfo=UTC)
DAY, LATER = date(2026, 6, 24), date(2026, 9, 1)


@pytest.fixture(autouse=True)
def _no_shipped_paths(monkeypatch):
    monkeypatch.setattr(editions, "shipped", lambda list_id: None)


def put(folder: Path, data: bytes, day: date | None = DAY, name: str = "ccl.xml", accept: tuple[str, ...] = ()):
    path = folder / name
    path.write_bytes(data)
    return import_text(TextOrder(path, folder / "home", NOW, day, accept))


def codes(error) -> set[str]:
    return {problem.code for problem in error.value.problems}


def test_import_and_load(tmp_path):
    held = put(tmp_path, sample())
    assert (held.list, held.as_of, held.counts["entries"], held.resolved) == ("us-ccl", "2026-06-24", 3, 1.0)
    again = load(held, tmp_path / "home")
    assert again == read_us_ccl(sample(), DAY)
    assert held.as_json()["edition"] == held.edition


def test_packed_files_and_both_japanese_renditions(tmp_path):
    assert put(tmp_path, gzip.compress(sample()), name="ccl.xml.gz").sha256 == put(tmp_path, sample()).sha256
    law = put(tmp_path, GOODS.encode(), None, "403M50000400049.md")
    assert (law.list, law.as_of) == ("jp-goods", "2026-02-14")
    marked = put(tmp_path, egov_xml(read_markdown(GOODS, "x")), None, "law.xml")
    assert marked.as_of == "2026-02-14"  # two texts of one day that agree


def test_which_edition_is_in_force(tmp_path):
    first = put(tmp_path, sample())
    second = put(tmp_path, sample(ADC.replace("1.3 GSPS", "1.4 GSPS"), ANALYSERS, OTHER), LATER)
    home = tmp_path / "home"
    assert edition_on("us-ccl", date(2026, 6, 23), home) is None
    assert edition_on("us-ccl", date(2026, 8, 31), home) == first
    assert edition_on("us-ccl", LATER, home) == second
    assert edition_on("us-ccl", None, home) == second
    assert second.previous == "2026-06-24"


def test_a_text_without_a_day_asks_for_it(tmp_path):
    with pytest.raises(BadInput) as error:
        put(tmp_path, sample(), None)
    assert codes(error) == {"text.no-day"}


def test_nothing_changes_when_a_text_is_refused(tmp_path):
    held = put(tmp_path, sample())
    before = sorted(path.name for path in (tmp_path / "home").rglob("*") if path.is_file())
    for broken in (sample()[:-30], sample(ADC, OTHER), sample(ADC, ANALYSERS)):
        with pytest.raises(BadInput):
            put(tmp_path, broken, LATER)
    assert sorted(path.name for path in (tmp_path / "home").rglob("*") if path.is_file()) == before
    assert edition_on("us-ccl", None, tmp_path / "home") == held


def test_a_dropped_entry_is_asked_about_and_can_be_accepted(tmp_path):
    free = entry("3A999", "Things, as follows", paragraph("a. One;") + paragraph("b. Two."))
    put(tmp_path, sample(ADC, ANALYSERS, OTHER, free))
    with pytest.raises(BadInput) as error:
        put(tmp_path, sample(), LATER)
    assert "text.entry-gone" in codes(error)
    assert "--accept 3A999" in error.value.problems[0].hint
    assert put(tmp_path, sample(), LATER, accept=("3A999", "all")).accepted == ("3A999", "all")


def test_two_texts_of_one_day_must_agree(tmp_path):
    put(tmp_path, sample())
    shorter = ANALYSERS.replace(paragraph("b. A floor below −150 dBm/Hz."), "").replace("MHz; and", "MHz.")
    with pytest.raises(BadInput) as error:
        put(tmp_path, sample(ADC.replace("3A002.b", "3A002.a"), shorter, OTHER))
    assert codes(error) == {"text.paragraph-gone"}


def test_an_entry_that_shrank(tmp_path):
    many = "".join(paragraph(f"{letter}. Part {letter};") for letter in "abcdefghij")
    put(tmp_path, sample(ADC, ANALYSERS, OTHER, entry("3A998", "Parts, as follows", many)))
    few = "".join(paragraph(f"{letter}. Part {letter};") for letter in "abc")
    with pytest.raises(BadInput) as error:
        put(tmp_path, sample(ADC, ANALYSERS, OTHER, entry("3A998", "Parts, as follows", few)), LATER)
    assert codes(error) == {"text.entry-shrunk", "text.shrunk"}


def test_an_older_edition_may_be_smaller():
    new, old = read_us_ccl(sample(), LATER), read_us_ccl(sample(ADC.replace("and 3A991", ""), ANALYSERS), DAY)
    assert compare(old, skeleton(new), "x") == []
    assert {one.code for one in compare(new, skeleton(new), "x")} == set()


def test_a_damaged_copy_is_told_and_a_lost_tree_is_made_again(tmp_path):
    held = put(tmp_path, sample())
    folder = tmp_path / "home" / "texts" / "us-ccl"
    shutil.rmtree(folder / "trees")
    assert load(held, tmp_path / "home").report.entries == 3
    [tree] = (folder / "trees").iterdir()
    tree.write_bytes(tree.read_bytes()[:-9])
    assert load(held, tmp_path / "home").report.entries == 3  # a damaged tree is read again from the bytes
    shutil.rmtree(folder / "trees")
    [content] = (folder / "content").iterdir()
    content.write_bytes(gzip.compress(sample().replace(b"1.3", b"1.4")))
    with pytest.raises(BadInput) as error:
        load(held, tmp_path / "home")
    assert codes(error) == {"text.damaged"}


@pytest.mark.parametrize("name", ["none.xml", "."])
def test_files_that_are_not_there(tmp_path, name):
    with pytest.raises(BadInput) as error:
        import_text(TextOrder(tmp_path / name, tmp_path / "home", NOW, DAY))
    assert codes(error) == {"text.no-file"}


@pytest.mark.parametrize("data", [b"", b"hello", b"<html></html>", b"\x1f\x8b\x08broken", b"PK\x03\x04", b"\x00" * 100])
def test_files_that_are_no_list(tmp_path, data):
    with pytest.raises(BadInput) as error:
        put(tmp_path, data)
    assert codes(error) <= {"text.not-a-list", "text.unreadable", "text.unpack"}


def test_a_packed_bomb_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(editions, "MOST_BYTES", 1000)
    with pytest.raises(BadInput) as error:
        put(tmp_path, gzip.compress(b"a" * 100_000))
    assert codes(error) == {"text.unpack"}


def test_skeletons_round_trip_and_refuse_damage():
    held = skeleton(read_us_ccl(sample(), DAY))
    data = to_jsonl(held)
    assert from_jsonl(data, "x") == held
    assert b"converters" not in data.lower()  # the words of the text are not in it
    assert held.by_path["3A001.a.1"].words == ("greater than 1.3 GSPS",)
    for broken in (data.rsplit(b"\n", 2)[0], b"", b"[]\n", data.replace(b'"h"', b'"x"', 1)):
        with pytest.raises(BadInput):
            from_jsonl(broken, "x")


def test_telling_lists_apart():
    assert which(sample(), "x") == "us-ccl"
    assert which(GOODS.encode(), "x") == "jp"
    assert read_text(sample(), "x", DAY).id == "us-ccl"
