"""Numbers and days in Japanese legal prose, and in prose in Latin letters."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sekisho.law.latin_numerals import latin_days, latin_quantities
from sekisho.law.numerals import day, days, number, quantities

DIGITS = "〇一二三四五六七八九"


def classical(value: int) -> str:
    """百二十三万四千五百, as statutes write amounts. Written apart from the reader, from the largest unit down."""
    if value == 0:
        return "〇"
    text = ""
    for scale, sign in ((10**12, "兆"), (10**8, "億"), (10**4, "万"), (1, "")):
        group, value = divmod(value, scale)
        if not group:
            continue
        for size, small in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit, group = divmod(group, size)
            if digit:
                text += ("" if digit == 1 and small else DIGITS[digit]) + small
        text += sign
    return text


def positional(value: int) -> str:
    return "".join(DIGITS[int(sign)] for sign in str(value))


def wide(text: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) if sign.isascii() and sign.isdigit() else sign for sign in text)


AMOUNTS = st.integers(min_value=0, max_value=10**16 - 1)


@given(AMOUNTS)
@example(10)
@example(10_000)
@example(30_000_000)
@example(100_000_000)
def test_every_amount_is_read_back_from_the_classical_form(value: int) -> None:
    assert number(classical(value)) == value


@given(AMOUNTS)
def test_every_amount_is_read_back_from_digits(value: int) -> None:
    for text in (positional(value), str(value), wide(str(value)), f"{value:,}", wide(f"{value:,}")):
        assert number(text) == value, text


@given(st.integers(min_value=1, max_value=9999), st.sampled_from([("万", 10**4), ("億", 10**8), ("兆", 10**12)]))
def test_mixed_forms(group: int, scale: tuple[str, int]) -> None:
    sign, size = scale
    for text in (f"{group}{sign}", f"{wide(str(group))}{sign}", f"{positional(group)}{sign}", f"{group:,}{sign}"):
        assert number(text) == group * size, text


@given(st.text(alphabet=DIGITS + "十百千万億兆零0123456789,.・第の円 ", max_size=12))
def test_whatever_stands_there_is_a_number_or_nothing(text: str) -> None:
    read = number(text)
    assert read is None or read >= 0
    for quantity in quantities(text + "円"):
        assert quantity.value >= 0
        assert quantity.words in unicodedata.normalize("NFKC", text + "円")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "万",
        "億円",
        "十百",
        "二三十",
        "百万千万",
        "一億二億",
        "五千万億",
        "1.2.3",
        "十五百",
        "12345万6億",
        "abc",
        "一〇十",
    ],
)
def test_what_is_no_numeral_is_nothing(text: str) -> None:
    assert number(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("百万", 1_000_000),
        ("五万", 50_000),
        ("三百", 300),
        ("二千万", 20_000_000),
        ("十億", 1_000_000_000),
        ("二〇〇万", 2_000_000),
        ("１億２,５００万", 125_000_000),
        ("〇・二五", Decimal("0.25")),
        ("１．５", Decimal("1.5")),
    ],
)
def test_forms_of_the_statutes(text: str, value: Decimal | int) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("総価額が百万円（別表第三の三に掲げる貨物にあつては、五万円）以下", [("1000000", "円"), ("50000", "円")]),
        ("射程若しくは航続距離が三百キロメートル以上", [("300", "キロメートル")]),
        ("十年以下の拘禁刑若しくは三千万円以下の罰金", [("10", "年"), ("30000000", "円")]),
        ("第六十九条の八五億円以下", [("500000000", "円")]),
        ("第七十条の二三億円以下の罰金刑", [("300000000", "円")]),
        ("第六十九条の七第二項十億円以下（当該価格の五倍）", [("1000000000", "円"), ("5", "倍")]),
        ("その許可をした日から六月とする", [("6", "月")]),
        ("年間所得の百分の二十五以上", [("0.25", "分の")]),
        ("二割五分", [("0.2", "割")]),
        ("別表第一の一六の項（二）に掲げる貨物", []),
        ("第八四・五六項又は第八八〇二・六〇号", []),
        ("平成三年通商産業省令第四十九号", []),
        ("令和九年四月十三日までの間", []),
        ("同一の者、一部、万一、十分に", []),
    ],
)
def test_only_numbers_that_count_are_read(words: str, read: list[tuple[str, str]]) -> None:
    assert [(str(one.value), one.unit) for one in quantities(words)] == read


@given(st.dates(min_value=date(1926, 12, 25), max_value=date(2099, 12, 31)))
def test_days_of_the_eras(wanted: date) -> None:
    starts = (("令和", date(2019, 5, 1), 2018), ("平成", date(1989, 1, 8), 1988), ("昭和", date(1926, 12, 25), 1925))
    era, _, zero = next(one for one in starts if wanted >= one[1])
    year = wanted.year - zero
    forms = [classical(year), str(year), *(["元"] if year == 1 else [])]
    for form in forms:
        month, of_month = (
            (classical(wanted.month), classical(wanted.day)) if form != str(year) else (wanted.month, wanted.day)
        )
        assert day(f"{era}{form}年{month}月{of_month}日までの間") == wanted


def test_days_that_do_not_exist_are_left_out() -> None:
    assert day("令和七年二月三十日") is None
    assert days("「令和七年四月十三日」を「令和九年四月十三日」に改める") == (date(2025, 4, 13), date(2027, 4, 13))
    assert day("「令和七年四月十三日」を「令和九年四月十三日」に改める") is None
    assert day("公布の日から施行する") is None


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("worth 5,000 XTS or less", ["5000"]),
        ("a total value of 5 000 EUR", ["5000"]),
        ("Article 6: a range of 300 km or more", ["300"]),
        ("imprisonment of up to six years or a fine of up to 100,000 XTS", ["6", "100000"]),
        ("two hundred fifty thousand years, twenty-five per cent", ["250000", "25"]),
        ("1.5 million EUR", ["1500000.0"]),
        ("section 12(3) of Act 7 of 2019, § 744.3, no. 5", []),
        ("one of the following", []),
        ("from 1 July 2024 until 2025-01-31", []),
    ],
)
def test_numbers_in_latin_letters(words: str, read: list[str]) -> None:
    assert [str(one.value) for one in latin_quantities(words)] == read


@given(st.integers(min_value=0, max_value=10**12))
def test_digits_in_groups_are_one_number(value: int) -> None:
    for text in (f"{value}", f"{value:,}", f"{value:,}".replace(",", " "), f"{value:,}".replace(",", "\u202f")):
        assert [one.value for one in latin_quantities(f"worth {text} XTS")] == [Decimal(value)]


@given(st.dates(min_value=date(1000, 1, 1)))
def test_days_in_english(wanted: date) -> None:
    for text in (
        f"{wanted.isoformat()}",
        f"{wanted.day} {wanted:%B} {wanted.year:04d}",
        f"{wanted:%B} {wanted.day}, {wanted.year:04d}",
    ):
        assert latin_days(f"in force from {text} on") == (wanted,), text


def test_no_day_of_the_calendar() -> None:
    assert latin_days("31 February 2025, 2025-13-01, 12 Smarch 2025") == ()
