"""Paths: every usual spelling gives one canonical one, and nothing else gives any."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.classify.kanji import branched, from_roman, kanji, number, to_roman
from sekisho.classify.paths import LISTS, example, join, normalise, parent, printed, steps, try_normalise
from sekisho.classify.steps import IROHA, may_follow, next_step
from sekisho.model.problem import BadInput

letters, digits = st.sampled_from("abcdefghijklmnopqrstuvwxyz"), st.integers(1, 120).map(str)
dual_use = st.builds(
    lambda cat, group, number, tail: ".".join([f"{cat}{group}{number:03}", *tail]),
    st.integers(0, 9), st.sampled_from("ABCDE"), st.integers(1, 999),
    st.lists(st.tuples(letters, digits), max_size=3).map(lambda pairs: [step for pair in pairs for step in pair]),
)  # fmt: skip
branch = st.one_of(
    st.integers(1, 60).map(str), st.tuples(st.integers(1, 60), st.integers(2, 9)).map(lambda t: f"{t[0]}-{t[1]}")
)
rows = st.builds(
    lambda row, sub, part: row + (f"({sub})" + (part or "") if sub else ""),
    branch,
    st.none() | branch,
    st.none() | branch,
)
goods = st.builds(
    lambda article, paragraph, item, tail: article + (f"({paragraph})" if paragraph else "") + (f"({to_roman(item)}){tail}" if item else ""),
    branch, st.none() | st.integers(1, 9), st.none() | branch,
    st.lists(st.just(""), max_size=0).map(lambda _: "")
    | st.tuples(st.sampled_from(IROHA), st.integers(1, 20)).map(lambda t: f"{t[0]}({kanji(t[1])})")
    | st.tuples(st.sampled_from(IROHA), st.integers(1, 20), st.integers(1, 12)).map(lambda t: f"{t[0]}({kanji(t[1])}){t[2]}一イ(二)"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("list_id", "written", "canonical"),
    [
        ("us-ccl", "3A001.a.5.a", "3A001.a.5.a"),
        ("us-ccl", "3a001.A.5.A.", "3A001.a.5.a"),
        ("us-ccl", "3A001(a)(5)(a)", "3A001.a.5.a"),
        ("us-ccl", " ３Ａ００１．ａ ", "3A001.a"),
        ("eu-annex-1", "3A001a5a", "3A001.a.5.a"),
        ("eu-annex-1", "3A001.a.5.a.", "3A001.a.5.a"),
        ("us-ccl", "0Y521", None),
        ("jp-table-1", "6(2)", "6(2)"),
        ("jp-table-1", "6項(2)", "6(2)"),
        ("jp-table-1", "別表第一の六の項（二）", "6(2)"),
        ("jp-table-1", "一〇の項（七の二）", "10(7-2)"),
        ("jp-table-1", "三の二の項（二）５の２", "3-2(2)5-2"),
        ("jp-table-1", "3の2(1)", "3-2(1)"),
        ("jp-feo", "外為令別表の一五の項（五の二）", "15(5-2)"),
        ("jp-goods", "第五条第二号イ（一）１", "5(ii)イ(一)1"),
        ("jp-goods", "5条2号イ", "5(ii)イ"),
        ("jp-goods", "第二条の二第二項第五号の二", "2-2(2)(v-2)"),
        ("jp-goods", "第六条第八号の四ロ", "6(viii-4)ロ"),
        ("jp-goods", "2(1)(i)イイ", "2(1)(i)イイ"),
        ("jp-goods", "14-2(i)", "14-2(i)"),
    ],
)
def test_spellings(list_id, written, canonical):
    assert try_normalise(list_id, written) == canonical


@pytest.mark.parametrize(
    ("list_id", "written"),
    [
        ("us-ccl", ""), ("us-ccl", "3A01"), ("us-ccl", "EAR99"), ("us-ccl", "3A001 and 3A002"), ("us-ccl", "3A001.a;drop"),
        ("us-ccl", "a" * 500), ("jp-table-1", "(2)"), ("jp-table-1", "6(ii)"), ("jp-table-1", "六"), ("jp-goods", "5(iix)"),
        ("jp-goods", "5(ii)x"), ("jp-goods", "第五号"), ("jp-goods", "5(ii)イ(1)"), ("nowhere", "1"),
    ],
)  # fmt: skip
def test_what_is_no_path(list_id, written):
    assert try_normalise(list_id, written) is None
    with pytest.raises(BadInput) as error:
        normalise(list_id, written)
    assert example(list_id) in error.value.problems[0].hint


@given(dual_use)
def test_dual_use_round_trip(path):
    for list_id in ("us-ccl", "eu-annex-1"):
        assert normalise(list_id, path) == path
        assert normalise(list_id, printed(list_id, path)) == path
        assert join(list_id, steps(list_id, path)) == path


@given(rows)
def test_row_round_trip(path):
    for list_id in ("jp-table-1", "jp-feo"):
        assert normalise(list_id, path) == path
        assert normalise(list_id, printed(list_id, path)) == path
        assert join(list_id, steps(list_id, path)) == path


@given(goods)
def test_goods_round_trip(path):
    assert normalise("jp-goods", path) == path
    assert normalise("jp-goods", printed("jp-goods", path)) == path
    assert join("jp-goods", steps("jp-goods", path)) == path
    assert parent("jp-goods", path) == "" or path.startswith(parent("jp-goods", path))


@given(st.sampled_from(LISTS), st.text(max_size=150))
def test_any_text_gives_a_path_or_none_and_a_path_is_stable(list_id, text):
    found = try_normalise(list_id, text)
    assert found is None or try_normalise(list_id, found) == found


@given(st.sampled_from(LISTS), st.text("3A01.abE()（）第条項号の一二十〇イロ ii2-5", max_size=24))
def test_near_paths_too(list_id, text):
    found = try_normalise(list_id, text)
    assert found is None or try_normalise(list_id, found) == found


@given(st.integers(1, 99))
def test_numerals(value):
    assert number(kanji(value)) == value
    assert from_roman(to_roman(str(value))) == str(value)
    assert branched(f"{kanji(value)}の二") == f"{value}-2"


def test_numerals_by_position_and_by_ten():
    assert [number(text) for text in ("一〇", "十", "二三", "二十三", "１２", "百二", "")] == [
        10,
        10,
        23,
        23,
        12,
        102,
        None,
    ]
    assert from_roman("iiii") is None


@pytest.mark.parametrize(
    ("before", "own", "may"),
    [
        ("", "(i)", True), ("", "(ii)", False), ("(i)", "(i-2)", True), ("(i-2)", "(i-3)", True), ("(i-3)", "(ii)", True),
        ("(i)", "(iii)", False), ("イ", "ロ", True), ("イ", "ハ", False), ("ン", "イイ", True), ("(十)", "(十の二)", True),
        ("14", "14-2", True), ("14-2", "15", True), ("15", "15-3", False), ("あ", "い", False),
    ],
)  # fmt: skip
def test_order_of_steps(before, own, may):
    assert may_follow(before, own) is may


def test_next_steps():
    assert [next_step(own) for own in ("a", "z", "9", "ab", "")] == ["b", "", "10", "", ""]
    assert re.fullmatch(r"[ァ-ヶ]+", IROHA)
    assert len(set(IROHA)) == 48
