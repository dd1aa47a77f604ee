"""The lists that the packs ship without their text: complete, headed in both languages, made from the stated text."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from rapidfuzz import fuzz

from sekisho.classify.paths import normalise, steps
from sekisho.feeds.texts.editions import SHIPPED
from sekisho.feeds.texts.reading import read_text
from sekisho.feeds.texts.shelf import heading, headings, links
from sekisho.feeds.texts.skeleton import read_skeleton, skeleton, to_jsonl
from shared_data import REPOSITORY, shared_data

PACKS = REPOSITORY / "packs"
TEXTS = {
    "us-ccl": ("law/us-ccl/ccl_supp1.xml", date(2026, 6, 24)),
    "eu-annex-1": ("law/eu-annex1-2021/annex-1-2021.txt", date(2021, 9, 9)),
    "jp-goods": ("law/jp-egov/403M50000400049.md", None),
    "jp-table-1": ("law/jp-egov/324CO0000000378.md", None),
    "jp-feo": ("law/jp-egov/355CO0000000260.md", None),
}
ENTRIES = {"us-ccl": 638, "eu-annex-1": 366, "jp-goods": 32, "jp-table-1": 17, "jp-feo": 17}


@cache
def shipped(list_id: str):
    return read_skeleton(PACKS / SHIPPED[list_id])


@cache
def text(list_id: str):
    path, day = TEXTS[list_id]
    return read_text(shared_data(*path.split("/")).read_bytes(), path, day)


@pytest.mark.parametrize("list_id", SHIPPED)
def test_shipped_paths(list_id):
    held = shipped(list_id)
    assert len(held.entries) == ENTRIES[list_id]
    assert len(held.by_path) == len(held.rows)
    assert all(normalise(list_id, row.path) == row.path for row in held.rows)
    assert all(len(row.hash) == 16 for row in held.rows)


@pytest.mark.parametrize("list_id", SHIPPED)
def test_shipped_paths_are_what_the_reader_makes_today(list_id):
    read = text(list_id)
    assert (PACKS / SHIPPED[list_id]).read_bytes() == to_jsonl(skeleton(read)), (
        "make them again: sekisho lists text skeleton FILE --out packs/..."
    )


@pytest.mark.parametrize("list_id", ["us-ccl", "eu-annex-1"])
def test_every_entry_has_a_heading_of_our_own(list_id):
    held = headings(list_id)
    assert set(held) == set(shipped(list_id).entries)
    for path, said in held.items():
        assert 3 <= len(said.en) <= 90, path
        assert 2 <= len(said.ja) <= 45, path
        assert not said.en.endswith("."), path
        assert any("぀" <= sign <= "鿿" for sign in said.ja), path


def test_every_live_item_of_the_ordinance_has_a_heading_and_a_row():
    held = headings("jp-goods")
    rows = shipped("jp-goods").by_path
    items = [
        path for path, row in rows.items()
        if not row.reserved and (step := steps("jp-goods", path)[-1]).startswith("(") and step[1].isascii() and step[1].isalpha()
    ]  # fmt: skip
    assert len(items) == 519
    assert [path for path in items if path not in held] == []
    table, feo = set(headings("jp-table-1")), set(headings("jp-feo"))
    for path, said in held.items():
        assert path in rows, path
        known = feo if int(steps("jp-goods", path)[0].split("-")[0]) >= 15 else table
        assert said.row, path
        assert set(said.row.split(", ")) <= known, path


def test_headings_are_not_the_publishers_words():
    """Long headings would be quotation: ours are shorter, and those of eight words or more differ from the list's."""
    for list_id in ("us-ccl", "eu-annex-1"):
        for entry in text(list_id).entries:
            said = headings(list_id)[entry.id].en
            if len(said.split()) >= 8:
                assert fuzz.ratio(said.lower(), entry.heading.lower()) < 85, entry.id


def test_correspondence_names_paths_that_exist():
    folder = PACKS / "multilateral" / "lists"
    table = tomllib.loads((folder / "correspondence-jp.toml").read_text(encoding="utf-8"))
    for item, row in table["item"].items():
        assert item in shipped("jp-goods").by_path, item
        for name, list_id in (("us", "us-ccl"), ("eu", "eu-annex-1")):
            for one in row.get(name, ()):
                assert one["path"] in shipped(list_id).by_path, (item, one)
                assert one["certainty"] in "VSK"
                assert one["certainty"] != "V" or one["numbers"] >= 3
    table = tomllib.loads((folder / "correspondence-us-eu.toml").read_text(encoding="utf-8"))
    for entry, row in table["entry"].items():
        both = [list_id for list_id in ("us-ccl", "eu-annex-1") if entry in shipped(list_id).entries]
        assert len(both) == (1 if row.get("eu") else 2), entry
        for other in row.get("other", ()):
            assert other in shipped("us-ccl").entries, (entry, other)
    shared = set(shipped("us-ccl").entries) & set(shipped("eu-annex-1").entries)
    assert shared <= set(table["entry"])


def test_links():
    def found(list_id: str, path: str) -> dict[tuple[str, str], str]:
        return {(one.list, one.path): one.certainty for one in links(list_id, path)}

    adc = found("us-ccl", "3A001.a.5.a")
    assert adc[("eu-annex-1", "3A001.a.5.a")] == "V"
    assert adc[("jp-goods", "6(i)")] == "V"
    assert adc[("wassenaar", "3.A.1.a.5.a")] == "K"
    assert ("jp-table-1", "7(1)") in found("jp-goods", "6(i)イ(一)")
    assert found("jp-table-1", "2(8)") == {("jp-goods", "1(viii)"): "V", ("us-ccl", "3A225"): "V", ("eu-annex-1", "3A225"): "V"}
    assert found("eu-annex-1", "9A120")[("us-ccl", "9A103")] == "V"
    assert ("us-ccl", "9A120") not in found("eu-annex-1", "9A120")  # one number, two subjects
    assert ("eu-annex-1", "9A120") not in found("us-ccl", "9A120")
    assert found("eu-annex-1", "2B201.a")[("us-ccl", "2B201")] in "VK"  # same number, other letters below
    assert found("us-ccl", "0A501") == {}


def test_a_path_without_a_heading_has_the_nearest_one_above():
    assert heading("us-ccl", "3A001.a.5.a").en == "Electronic components"
    assert heading("jp-goods", "6(i)イ(一)").row == "7(1)"
    assert heading("us-ccl", "9Z999") is None


def test_no_folder_names_stand_in_the_packs():
    for path in [*PACKS.glob("*/lists/*.jsonl"), *PACKS.glob("*/lists/*.toml")]:
        words = path.read_text(encoding="utf-8")
        assert "/work/" not in words
        assert str(Path.home()) not in words
