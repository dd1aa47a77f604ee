"""The multilateral pack: places, tariff codes, regimes; compared with other lists where they are present."""

from __future__ import annotations

import csv
import json
import os
import tomllib
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACK = ROOT / "packs" / "multilateral"

REGIMES = ("WA", "NSG", "AG", "MTCR")

# Appended tables of the Export Trade Control Order, as named there, and the codes they must lead to.
ORDER_TABLES = {
    "別表第二の四": "AE AM CN IN KZ KG SY TH TR UZ",
    "別表第三": "AR AU AT BE BG CA CZ DK FI FR DE GR HU IE IT KR LU NL NZ NO PL PT ES SE CH GB US",
    "別表第三の二": "AF CF CD IQ LB LY KP SO SS SD",
    "別表第四": "IR IQ KP",
}


def shared_data(*parts: str) -> Path:
    """The path of a dated copy of public data, or a skip that says what is missing."""
    named = os.environ.get("SEKISHO_SHARED_DATA")
    base = Path(named) if named else ROOT.parent / "shared" / "data"
    path = base.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"{'/'.join(parts)} is not present; set SEKISHO_SHARED_DATA to the folder that holds it")
    return path


def toml(name: str) -> dict[str, Any]:
    return tomllib.loads((PACK / name).read_text(encoding="utf-8"))


def fold(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


@pytest.fixture(scope="module")
def places() -> list[dict[str, Any]]:
    return toml("places.toml")["place"]


@pytest.fixture(scope="module")
def by_name(places: list[dict[str, Any]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for place in places:
        for name in (place["en"], place["ja"], *place.get("aliases", [])):
            found[fold(name)] = place["code"]
    return found


@pytest.fixture(scope="module")
def regimes() -> dict[str, dict[str, Any]]:
    return {regime["id"]: regime for regime in toml("regimes.toml")["regime"]}


@pytest.fixture(scope="module")
def members(regimes: dict[str, dict[str, Any]]) -> dict[str, set[str]]:
    return {name: set(regime["membership"]["members"]) for name, regime in regimes.items()}


@pytest.fixture(scope="module")
def hs_codes() -> list[str]:
    lines = (PACK / "hs2022.txt").read_text(encoding="ascii").splitlines()
    return [line for line in lines if not line.startswith("#")]


# --- places


def test_every_code_of_the_standard_once_and_kosovo(places):
    codes = [place["code"] for place in places]
    assert len(codes) == 250
    assert codes[:-1] == sorted(codes[:-1]), "one line a place, in the order of codes"
    assert len(set(codes)) == 250
    assert [place["code"] for place in places if place.get("user_assigned")] == ["XK"]
    assert all(len(code) == 2 and code.isalpha() and code.isupper() for code in codes)


def test_three_letter_codes(places):
    assert len({place["alpha3"] for place in places}) == 250
    assert all(len(place["alpha3"]) == 3 and place["alpha3"].isupper() for place in places)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_names_are_unique_in_a_language(places, language):
    names = [fold(place[language]) for place in places]
    assert len(set(names)) == len(names)


def test_no_name_leads_to_two_places(places):
    seen: dict[str, str] = {}
    for place in places:
        for name in (place["code"], place["alpha3"], place["en"], place["ja"], *place.get("aliases", [])):
            assert name == name.strip() != ""
            assert fold(name) not in seen, f"{name}: {seen.get(fold(name))} and {place['code']}"
            seen[fold(name)] = place["code"]


@pytest.mark.parametrize("name", ["Congo", "コンゴ", "Korea", "Virgin Islands", "朝鮮"])
def test_a_name_of_two_places_leads_to_none(by_name, name):
    assert fold(name) not in by_name


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("大韓民国", "KR"), ("韓国", "KR"), ("South Korea", "KR"), ("Republic of Korea", "KR"),
        ("北朝鮮", "KP"), ("英国", "GB"), ("アメリカ合衆国", "US"), ("米国", "US"), ("中華人民共和国", "CN"),
        ("キルギス", "KG"), ("コンゴ民主共和国", "CD"), ("中央アフリカ", "CF"), ("南アフリカ共和国", "ZA"),
        ("Viet Nam", "VN"), ("Turkey", "TR"), ("Türkiye", "TR"), ("Burma", "MM"),
        ("香港", "HK"), ("Macau", "MO"), ("台湾", "TW"), ("Chinese Taipei", "TW"), ("ＵＡＥ", "AE"),
    ],
)  # fmt: skip
def test_usual_names_resolve(by_name, name, code):
    assert by_name[fold(name)] == code


@pytest.mark.parametrize(("table", "codes"), ORDER_TABLES.items())
def test_names_of_the_order_resolve(by_name, table, codes):
    law = shared_data("law", "jp-egov", "324CO0000000378.md").read_text(encoding="utf-8").splitlines()
    names = law[law.index(f"**{table}**") + 2].removeprefix("- ").split("、")
    assert [by_name[fold(name)] for name in names] == codes.split()


def test_codes_agree_with_the_open_table(places):
    with shared_data("country", "country-codes.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["ISO3166-1-Alpha-2"]: row["ISO3166-1-Alpha-3"] for row in csv.DictReader(file)}
    assert {p["code"]: p["alpha3"] for p in places if not p.get("user_assigned")} == rows


def test_names_of_the_country_groups_resolve(by_name):
    groups = json.loads(shared_data("law", "us-ear-other", "country-groups.json").read_text(encoding="utf-8"))
    # Two of the publisher's names are left: one spelled with a small L, one a whole phrase.
    odd = {"Cote d'lvoire", "Sint Maarten (the Dutch two-fifths of the island of Saint Martin)"}
    names = {name for group in groups["groups"].values() for name in group}
    assert {name for name in names if fold(name) not in by_name} <= odd


# --- tariff codes


def test_counts_of_the_harmonized_system(hs_codes):
    count = {size: sum(len(code) == size for code in hs_codes) for size in (2, 4, 6)}
    assert count == {2: 96, 4: 1228, 6: 5612}
    assert len(hs_codes) == sum(count.values()), "no other length"
    header = (PACK / "hs2022.txt").read_text(encoding="ascii").splitlines()[:8]
    for number in (*count.values(), len(hs_codes)):
        assert any(line.startswith("# ") and line.endswith(f": {number}") for line in header)


def test_tariff_codes_are_digits_sorted_and_unique(hs_codes):
    assert all(code.isdigit() for code in hs_codes)
    assert hs_codes == sorted(set(hs_codes))


def test_each_tariff_code_has_its_parent(hs_codes):
    known = set(hs_codes)
    assert [code for code in hs_codes if len(code) > 2 and code[:-2] not in known] == []
    childless = {code for code in known if len(code) < 6 and not any(code + f"{n:02d}" in known for n in range(100))}
    assert childless == set(), "every chapter has a heading and every heading a subheading"


def test_reserved_and_national_chapters_are_absent(hs_codes):
    assert {f"{n:02d}" for n in range(1, 98)} - {"77"} == {code for code in hs_codes if len(code) == 2}


# The families of row 16(1) of the Japanese Order, as the ordinance narrows them.
ROW_16_1 = "8456 8461 8526 8542 854290 880260 8806 8807 901420 901480 902750 903020 903032 903039"


@pytest.mark.parametrize("code", ROW_16_1.split())
def test_codes_named_by_the_japanese_catch_all_exist(hs_codes, code):
    assert code in hs_codes


def test_tariff_codes_agree_with_the_open_table(hs_codes):
    with shared_data("law", "hs2022", "harmonized-system.csv").open(encoding="utf-8", newline="") as file:
        table = {row["hscode"] for row in csv.DictReader(file)}
    assert table - set(hs_codes) == {"TOTAL", "99", "9999", "999999"}
    assert set(hs_codes) <= table


# --- regimes


def test_four_regimes(regimes):
    assert tuple(regimes) == REGIMES


@pytest.mark.parametrize(("name", "size"), [("WA", 42), ("NSG", 48), ("AG", 42), ("MTCR", 35)])
def test_sizes(regimes, name, size):
    row = regimes[name]["membership"]
    assert len(row["members"]) == len(set(row["members"])) == row["states"] == size
    assert row["members"] == sorted(row["members"])
    assert row["organisations"] == (["European Union"] if name == "AG" else [])


def test_every_member_is_a_place(members, places):
    codes = {place["code"] for place in places}
    for name in REGIMES:
        assert members[name] <= codes


def test_known_differences(members):
    assert members["MTCR"] - members["WA"] == {"BR", "IS"}
    assert [name for name in REGIMES if "CN" in members[name]] == ["NSG"]
    assert [name for name in REGIMES if "IN" in members[name]] == ["WA", "AG", "MTCR"]
    assert all("JP" in members[name] for name in REGIMES)


@pytest.mark.parametrize("code", ["SG", "TW", "HK", "MY", "IL", "AE", "PK"])
def test_in_no_regime(members, code):
    assert [name for name in REGIMES if code in members[name]] == []


def test_adherents_are_open(regimes):
    for regime in regimes.values():
        assert regime["adherents"]["members"] == []
        assert regime["adherents"]["certainty"] == "U"
        assert set(regime["adherents"]["question"]) == {"en", "ja"}


@pytest.mark.parametrize("name", ["WA", "NSG", "AG"])
def test_members_agree_with_the_factbook(regimes, members, name):
    with shared_data("country", "country-codes.csv").open(encoding="utf-8", newline="") as file:
        code = {
            row["FIPS"][:2].lower(): row["ISO3166-1-Alpha-2"] for row in csv.DictReader(file) if row["FIPS"].strip()
        }
    with shared_data("country", "factbook_regimes.csv").open(encoding="utf-8", newline="") as file:
        found = {code[row["gec"]] for row in csv.DictReader(file) if row[name] == "member"}
    assert_differs(regimes[name], "factbook", members[name], found)
    assert len(found) == {"WA": 42, "NSG": 48, "AG": 41}[name]


@pytest.mark.parametrize(("name", "group"), [("WA", "A:1"), ("MTCR", "A:2"), ("AG", "A:3"), ("NSG", "A:4")])
def test_members_agree_with_the_country_groups(regimes, members, by_name, name, group):
    groups = json.loads(shared_data("law", "us-ear-other", "country-groups.json").read_text(encoding="utf-8"))
    assert date.fromisoformat(groups["ecfrIssueDate"]) == regimes[name]["membership"]["as_of"]
    assert_differs(regimes[name], "us-ear-740-1", members[name], {by_name[fold(n)] for n in groups["groups"][group]})


def test_wassenaar_agrees_with_the_places_of_the_goods_ordinance(regimes, members, by_name):
    law = shared_data("law", "jp-egov", "403M50000400049.md").read_text(encoding="utf-8").splitlines()
    (line,) = [line for line in law if line.startswith("- アルゼンチン、") and "クロアチア" in line]
    found = {by_name[fold(name)] for name in line.removeprefix("- ").split("、")}
    assert len(found) == 41
    assert_differs(regimes["WA"], "jp-goods-ordinance", members["WA"], found)


def assert_differs(regime: dict[str, Any], source: str, ours: set[str], theirs: set[str]) -> None:
    """The other list departs from ours exactly as the row says it does."""
    (cite,) = [cite for cite in regime["membership"]["cite"] if cite["source"] == source]
    assert sorted(ours - theirs) == cite["differs"]["lacks"]
    assert sorted(theirs - ours) == cite["differs"]["adds"]


# --- the pack as a whole


def walk(value: Any, where: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(value, dict):
        yield where, value
        for key, inner in value.items():
            yield from walk(inner, f"{where}.{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from walk(inner, f"{where}[{number}]")


def test_every_fact_is_cited_and_tagged():
    sources = {source["id"] for source in toml("sources.toml")["source"]}
    for where, row in walk(toml("regimes.toml")):
        if "certainty" in row:
            assert row["certainty"] in {"V", "S", "K", "U"}, where
            assert row["certainty"] == "U" or "cite" in row, f"{where} has no citation"
        cites = row.get("cite", [])
        for cite in cites if isinstance(cites, list) else [cites]:
            assert cite["source"] in sources, where
            assert cite["at"], where


def test_every_list_denial_paragraph_and_practice_carries_a_certainty():
    pack = toml("regimes.toml")
    rows = [*pack["list"], *pack["denial"], *pack["practice"], *pack["open"], *pack["un_1540"]["paragraph"]]
    assert all("certainty" in row for row in rows)
    assert {row["certainty"] for row in pack["open"]} == {"U"}


def test_nothing_in_a_pack_of_understandings_is_primary_or_a_rule():
    pack = toml("regimes.toml")
    assert "rule" not in pack
    assert all(row["certainty"] != "V" for _, row in walk(pack) if "certainty" in row)


def test_ids_are_unique():
    pack = toml("regimes.toml")
    for kind in ("regime", "list", "origin", "open", "practice"):
        ids = [row["id"] for row in pack[kind]]
        assert len(set(ids)) == len(ids), kind
    assert {row["regime"] for row in pack["list"]} == set(REGIMES)
    assert {row["by"] for row in pack["denial"]} == {*REGIMES, "EU"}


def test_the_paragraphs_of_resolution_1540():
    ops = [row["op"] for row in toml("regimes.toml")["un_1540"]["paragraph"]]
    assert ops == ["1", "2", "3(a)", "3(b)", "3(c)", "3(d)", "4", "5", "6", "7", "8", "9", "10"]
    assert toml("regimes.toml")["un_1540"]["mandate"]["last_day"] == date(2032, 11, 30)
    fields = toml("regimes.toml")["un_1540"]["matrix"]["fields"]
    assert len(fields) == len({field["id"] for field in fields}) == 27


def test_titles_and_questions_are_in_both_languages():
    for name in ("pack.toml", "sources.toml", "regimes.toml"):
        for where, row in walk(toml(name)):
            for key in ("title", "subject", "says", "question", "policy", "scope"):
                if isinstance(row.get(key), dict):
                    assert set(row[key]) == {"en", "ja"}, f"{name}{where}.{key}"
                    assert all(row[key].values()), f"{name}{where}.{key}"


def test_the_pack_names_itself():
    pack = toml("pack.toml")
    assert (pack["id"], pack["version"]) == ("multilateral", "2026.11.22")
    assert pack["covers"]
    assert pack["does_not_cover"]
    for source in toml("sources.toml")["source"]:
        assert set(source) == {"id", "title", "kind", "as_of", "address", "note"}, source["id"]
        assert isinstance(source["as_of"], date)
        assert source["address"].startswith("https://")
