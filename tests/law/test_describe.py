"""Parts of the law in words, in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from sekisho.feeds.law_texts import load_texts
from sekisho.feeds.packs import load_pack
from sekisho.feeds.reference import place_name
from sekisho.law.describe import Describer
from shared_data import shared_data

JP = load_pack("jp")
ZZ = load_pack("_template")


def shown(wanted: str, lang: str = "en", on: date | None = None) -> dict[str, object]:
    (found,) = Describer(JP, lang, on, {}, place_name).find(wanted)
    return found


def test_a_rule_with_its_versions_lifts_and_bindings() -> None:
    rule = shown("jp.e1.group-a")
    assert (rule["kind"], rule["effect"], rule["outcome"], rule["lift_kind"]) == ("rule", "lift", "exempt", "legal")
    before, after = rule["versions"]
    assert (before["from"], before["repealed"], before["certainty"]) == ("1991-11-14", "2025-10-09", "K")
    assert (after["from"], after["repealed"], after["certainty"]) == ("2025-10-09", None, "V")
    assert len(after["conditions"]) == len(before["conditions"]) + 2
    assert after["cite"]["says"] == "Export Order art. 4(1)(v)"
    assert [one["id"] for one in rule["lifts"]] == ["jp.list"]
    assert "jp.e1.group-a" in [one["id"] for one in shown("jp.list")["lifted_by"]]


def test_only_what_is_in_force_that_day() -> None:
    assert len(shown("jp.e1.group-a", on=date(2025, 10, 8))["versions"]) == 1
    assert shown("jp.inform.group-a", on=date(2025, 10, 8))["in_force"] is False
    assert shown("jp.inform.group-a", on=date(2025, 10, 9))["in_force"] is True


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        (
            "en",
            [
                "classification, by law has one in rows 5 to 13 and 15",
                "destination is not in Table 4 (no small-value exemption)",
                "it is not so that: METI has notified the exporter on the ground of conventional arms",
            ],
        ),
        (
            "ja",
            [
                "該非判定（法令別）に 5から13まで及び15の項 に入るものがある",
                "仕向地が 別表第四（少額特例の対象外） に含まれない",
                "次に当たらない：通常兵器に係る通知（インフォーム）を受けている",
            ],
        ),
    ],
)
def test_conditions_in_words(lang: str, says: list[str]) -> None:
    rule = shown("jp.e1.general", lang, date(2026, 11, 20))
    conditions = [one["says"] for one in rule["versions"][0]["conditions"]]
    for sentence in says:
        assert sentence in conditions


def test_amounts_places_and_lists_in_words() -> None:
    said = [one["says"] for one in shown("jp.small-value.high")["versions"][0]["conditions"]]
    assert said[0].endswith("is at most 1,000,000 JPY")
    dprk = shown("jp.approval.dprk", "en", date(2026, 11, 20))["versions"][0]["conditions"]
    assert {"what is done is export, reexport or transhipment", "destination is North Korea"} <= {
        one["says"] for one in dprk
    }
    dprk = shown("jp.approval.dprk", "ja", date(2026, 11, 20))["versions"][0]["conditions"]
    assert "仕向地が 北朝鮮 である" in {one["says"] for one in dprk}
    assert shown("jp.approval.dprk", "ja")["versions"][-1]["cite"]["says"] == "輸出令 第2条第1項第1号の2；附則第3項"


def test_a_place_set_tells_who_came_and_who_left() -> None:
    spans = shown("jp:table-3")["spans"]
    moves = {one["from"]: ([p["code"] for p in one["gained"]], [p["code"] for p in one["lost"]]) for one in spans}
    assert moves["2019-08-28"] == ([], ["KR"])
    assert moves["2023-07-21"] == (["KR"], [])
    (then,) = shown("jp:table-3", on=date(2020, 1, 1))["spans"]
    assert {"code": "KR", "name": "South Korea"} not in then["members"]
    assert shown("jp:group-d")["made_of"] == ["jp:table-3-2", "jp:table-4"]


def test_terms_facts_claims_sources_sets_and_scopes() -> None:
    term = shown("jp.small-value")
    assert [one["id"] for one in term["given_by"]] == ["jp.small-value.low", "jp.small-value.high"]
    assert "jp.e1.general" in [one["id"] for one in term["asked_by"]]
    fact = shown("items.notice_designated")
    assert fact["where"].startswith("jp/facts.toml")
    assert fact["asked_by"]
    assert shown("act")["where"].startswith("facts.toml")
    claim = shown("market-software")
    assert len(claim["lifts"]) >= 3
    assert claim["facts"]
    source = shown("jp-etco")
    assert (source["as_of"], source["text_at_hand"]) == ("2026-06-05", False)
    assert source["cited"]["V"] > 50
    assert "8542" in shown("jp:16-1/hs")["include"]
    members = shown("jp:resist")["members"]
    assert members[0]["path"] == "7(19)"


def test_a_list_its_rows_and_a_row_in_several_lists() -> None:
    assert [row["path"] for row in shown("jp:table-1")["main"]][:4] == ["1", "2", "3", "3-2"]
    rows = Describer(JP, "en").find("6(2)")
    assert {one["list"] for one in rows} == {"jp:table-1", "jp:feo-table"}
    row = shown("jp:table-1/6(2)")
    assert row["cite"]["source"] == "jp-etco"
    assert "jp:table-1/small-value" in row["sets"]
    assert "16(1)" in [one["path"] for one in shown("jp:table-1/16")["below"]]


def test_what_is_not_there_is_not_found_and_something_near_is_proposed() -> None:
    describer = Describer(JP, "en")
    assert describer.find("jp.listt") == []
    assert "jp.list" in describer.nearest("jp.listt")


def test_everything_in_the_packs_can_be_described_in_both_languages() -> None:
    for pack in (JP, ZZ):
        for lang in ("en", "ja"):
            describer = Describer(pack, lang, place=place_name)
            ids = [*pack.rules, *pack.terms, *pack.places, *pack.entry_sets, *pack.scopes, *pack.facts, *pack.sources]
            ids += [*pack.lists, *(f"{one}/{path}" for one, rows in pack.lists.items() for path in rows)]
            for wanted in ids:
                for found in describer.find(wanted):
                    assert found["kind"] in ("term", "claim", "list") or found["says"], wanted


def test_the_official_words_and_whether_the_bound_words_stand_there() -> None:
    texts = load_texts([JP], shared_data("law", "jp-egov"))
    (rule,) = Describer(JP, "ja", None, texts).find("jp.small-value.high")
    assert rule["bound"][0]["stands"] is True
    (text,) = rule["text"]
    assert "総価額が百万円" in text["words"]
    (row,) = Describer(JP, "ja", None, texts).find("jp:table-1/6(2)")
    assert row["text"][0]["words"] == "数値制御を行うことができる工作機械"
    changed = {key: one for key, one in texts.items() if key != "324CO0000000378"}
    (rule,) = Describer(JP, "ja", None, changed).find("jp.small-value.high")
    assert rule["bound"][0]["stands"] is None
    assert rule["text"] == []
