"""The Japanese pack under ``law check``, and its numbers, tables and lists against the statute (else skipped)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from bad_packs import REFERENCE
from sekisho.feeds.packs import load_pack
from sekisho.feeds.reference import place_code
from sekisho.law.bindings import bindings_of, compare, unbound_problems
from sekisho.law.check import Given, Report, check_pack
from sekisho.law.pack import Pack
from sekisho.law.rule_numbers import numbers_of
from sekisho.law.statute import Statute, read_statute
from sekisho.model.money import Money
from shared_data import shared_data

JP = load_pack("jp")
TEXT_IDS = sorted(source.text_id for source in JP.sources.values() if source.text_id)


@cache
def markdown(text_id: str) -> str:
    return shared_data("law", "jp-egov", f"{text_id}.md").read_text(encoding="utf-8")


@cache
def texts() -> Mapping[str, Statute]:
    return {text_id: read_statute(text_id, markdown(text_id)) for text_id in TEXT_IDS}


@cache
def report() -> Report:
    return check_pack(JP, Given(REFERENCE, texts(), place_code))


def with_text(text_id: str, changed: str) -> Mapping[str, Statute]:
    assert changed != markdown(text_id)
    return {**texts(), text_id: read_statute(text_id, changed)}


def found(pack: Pack, held: Mapping[str, Statute]) -> set[str]:
    return {one.code for one in compare(pack, held, place_code, REFERENCE.hs).findings}


def test_the_pack_holds() -> None:
    assert report().holds, [one for one in report().findings if one.code not in EXPECTED]
    assert {one.code for one in report().findings} <= EXPECTED


# A set that classification will use; bases that are still to be written; an ordinance whose edition was not looked up
# again; circulars and announcements that bear no day.
EXPECTED = {"set-unused", "rules-gap", "source-stale", "source-undated"}


def test_every_binding_is_compared_and_holds() -> None:
    bound = report().bound
    told = sum(not (one.words or one.reads) for one in bindings_of(JP))
    assert bound.held == bound.compared == bound.bound - told
    assert bound.compared > 60
    assert bound.absent == ()
    assert len(bound.at_hand) == len(TEXT_IDS)


def test_every_number_that_rests_on_a_text_is_bound() -> None:
    assert list(unbound_problems(JP)) == []


def test_another_number_in_a_rule_is_noticed() -> None:
    """Raise each bound number of each rule by one: it is then tied to nothing."""
    tried = 0
    for rule in JP.rules.values():
        if not rule.bindings:
            continue
        for number in numbers_of(rule):
            changed = replace(
                rule,
                details=raised(rule.details, number),
                versions=tuple(
                    replace(version, when=tuple(replace(one, arg=raised(one.arg, number)) for one in version.when))
                    for version in rule.versions
                ),
            )
            tried += 1
            pack = replace(JP, rules={**JP.rules, rule.id: changed})
            codes = {one.code for one in unbound_problems(pack) if rule.id in one.where}
            assert codes == {"number-unbound"}, (rule.id, number)
    assert tried > 25


def raised(value: Any, number: Decimal) -> Any:
    if isinstance(value, dict):
        return {key: raised(one, number) for key, one in value.items()}
    if isinstance(value, str) and value == f"{int(number):_} JPY":
        return Money(number + 1, "JPY").plain()
    if isinstance(value, int | Decimal) and not isinstance(value, bool) and value == number:
        return value + 1
    return value


@pytest.mark.parametrize(
    "binding", [one for one in bindings_of(JP) if one.words], ids=lambda one: f"{one.source} {one.at} {one.words[:12]}"
)
def test_other_words_in_the_text_are_noticed(binding: Any) -> None:
    text_id = JP.sources[binding.source].text_id
    held = with_text(text_id, markdown(text_id).replace(binding.words, binding.words[:-1] + "〓"))
    wrong = [one for one in compare(JP, held, place_code, REFERENCE.hs).findings if one.code == "bind-words"]
    assert any(binding.words in one.says and one.where == binding.where for one in wrong)


@pytest.mark.parametrize(
    ("text_id", "old", "new", "code"),
    [
        ("324CO0000000378", "、大韓民国、ルクセンブルク、オランダ、ニュージーランド", "、ルクセンブルク、オランダ、ニュージーランド", "bind-members"),
        ("324CO0000000378", "イラン、イラク、北朝鮮", "イラン、イラク、北朝鮮、シリア", "bind-members"),
        ("324CO0000000378", "南スーダン、スーダン", "南スーダン、スーダン、架空国", "bind-members"),
        ("324CO0000000378", "、タイ、トルコ、ウズベキスタン", "、トルコ、ウズベキスタン", "bind-members"),
        ("403M50000400049", "エストニア、フィンランド", "フィンランド", "bind-members"),
        ("403M50000400049", "第八四・六一項に該当", "第八四・六二項に該当", "bind-headings"),
        ("403M50000400049", "第八五・四二項（第八五四二・九〇号を除く。）", "第八五・四二項（第八五四二・九〇号及び第八五四二・三九号を除く。）", "bind-headings"),
        ("403M50000400049", "の物品の部分品に係るものに限る。）", "の物品の部分品に係るものを含む。）", "bind-headings"),
        ("324CO0000000378", "第六八類から第九三類まで又は第九五類", "第六八類から第九三類まで又は第九六類", "bind-headings"),
        ("324CO0000000378", "（二）　爆発物（銃砲弾を除く。）", "（二）　削除", "bind-rows"),
        ("324CO0000000378", "| 一 | ダイヤモンド", "| 一の二 | ダイヤモンド", "bind-rows"),
        ("324CO0000000378", "**第十四条（", "**第十四条の三（", "bind-place"),
    ],
)  # fmt: skip
def test_other_tables_in_the_text_are_noticed(text_id: str, old: str, new: str, code: str) -> None:
    assert markdown(text_id).count(old) >= 1, old
    assert code in found(JP, with_text(text_id, markdown(text_id).replace(old, new, 1)))


def test_a_missing_text_is_said_and_nothing_else_suffers() -> None:
    held = {key: one for key, one in texts().items() if key != "324CO0000000378"}
    compared = compare(JP, held, place_code, REFERENCE.hs)
    assert compared.absent == ("jp-etco",)
    assert {one.code for one in compared.findings} == {"text-absent"}
    assert compared.held == compared.compared > 20
