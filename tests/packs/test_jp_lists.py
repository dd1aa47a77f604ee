"""The Japanese control lists, in themselves: complete, unique, counted, and consistent with each other."""

import re
from collections import Counter

import pytest
from jp_text import NAMES, book, entries, paths, rows, subs

COUNTS = {
    "1": 18, "2": 54, "3": 3, "3-2": 2, "4": 30, "5": 18, "6": 10, "7": 32, "8": 0, "9": 13, "10": 18,
    "11": 6, "12": 10, "13": 6, "14": 9, "15": 11, "16": 2,
}  # fmt: skip

ALWAYS = {"path", "en", "ja", "at", "certainty"}
KEYS = {
    "table-1": {
        "regime", "regime_certainty", "count", "places", "ordinance", "ordinance_at", "ordinance_likely",
        "table_3_3", "hs", "hs_except", "hs_note", "hs_chapters", "hs_certainty",
    },
    "feo-table": {
        "count", "places", "goods", "kinds", "whole", "ordinance", "ordinance_at", "hs_chapters", "hs_certainty",
    },
    "table-2": {"places"},
    "table-2-3": {"hs", "hs_certainty", "belarus", "diversion"},
}  # fmt: skip


# ---- in themselves


@pytest.mark.parametrize("name", NAMES)
def test_head_and_entries_are_complete(name):
    head = book(name)
    assert head["list"] == f"jp:{name}"
    assert set(head["title"]) == {"en", "ja"}
    assert head["source"] in {"jp-etco", "jp-feo"}
    assert head["as_of"].isoformat() == "2026-06-05"
    for entry in entries(name):
        assert set(entry) >= ALWAYS, entry
        assert set(entry) <= ALWAYS | KEYS[name], entry
        assert entry["en"].isascii(), entry["path"]
        assert entry["en"] == entry["en"].strip() != "", entry["path"]
        assert re.search(r"[ぁ-んァ-ヶ一-龠]", entry["ja"]), entry["path"]
        assert entry["path"].isascii(), entry["path"]
        assert entry["at"].startswith("別表"), entry["path"]
        assert entry["certainty"] == "V", entry["path"]


@pytest.mark.parametrize("name", NAMES)
def test_paths_and_headings_are_unique(name):
    for key in ("path", "en", "ja", "at"):
        twice = [value for value, n in Counter(e[key] for e in entries(name)).items() if n > 1]
        if key in {"en", "ja"} and name == "table-2-3":
            continue  # the table names some goods twice, for instance bellows valves and valves
        if key in {"en", "ja"}:
            twice = [v for v in twice if len({e["path"].split("(")[0] for e in entries(name) if e[key] == v}) == 1]
        assert not twice, key


@pytest.mark.parametrize("name", ["table-1", "feo-table", "table-2"])
def test_deleted_rows_are_not_listed(name):
    assert not paths(name) & set(book(name)["deleted"])


@pytest.mark.parametrize("name", ["table-1", "feo-table"])
def test_counts(name):
    for row in rows(name):
        assert len(subs(name, row["path"])) == row.get("count", 0), row["path"]
    assert [row["path"] for row in rows(name)] == list(COUNTS)


def test_table_1_counts_are_the_known_ones():
    assert {row["path"]: row["count"] for row in rows("table-1")} == COUNTS
    assert all(row["regime"] and row["regime_certainty"] == "K" for row in rows("table-1"))


def test_technology_rows_name_goods_that_exist():
    for entry in entries("feo-table"):
        assert ("kinds" in entry) == ("goods" in entry) == ("whole" in entry), entry["path"]
        assert set(entry.get("goods", [])) <= paths("table-1"), entry["path"]
        assert set(entry.get("kinds", ["use"])) <= {"design", "manufacture", "use"}, entry["path"]
        assert entry.get("kinds") != [], entry["path"]
        assert entry.get("whole", False) is not ("ordinance" in entry) or "kinds" not in entry, entry["path"]


def test_an_approval_head_tells_which_states_it_reaches():
    for entry in entries("table-2-3"):
        number, _, rest = entry["path"].removeprefix("2-3/").partition("(")
        low = number == "2" and rest and int(rest[:-1]) <= 31
        if entry["path"] == "2-3/2":
            assert "belarus" not in entry
        else:
            assert entry["belarus"] is (number == "1" or bool(low)), entry["path"]
        assert entry["diversion"] is (number != "3"), entry["path"]


@pytest.mark.parametrize("name", ["table-1", "table-2-3"])
def test_customs_headings_are_digits_and_tagged(name):
    for entry in entries(name):
        if not {"hs", "hs_chapters"} & set(entry):
            assert "hs_certainty" not in entry
            continue
        assert entry["hs_certainty"] in {"K", "V"}
        codes = entry.get("hs", [])
        assert all(re.fullmatch(r"\d{4}(\d\d)?", code) for code in codes), entry["path"]
        assert codes == sorted(set(codes)) or name == "table-1", entry["path"]
