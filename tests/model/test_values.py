"""Money, periods, outcomes: the small values everything rests on."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.model.certainty import weakest
from sekisho.model.money import Money, parse_money
from sekisho.model.outcome import OUTCOMES, RANK, Outcome, settle, worst
from sekisho.model.period import Period, add_years


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("48_000_000 JPY", "48000000", "JPY"),
        ("1,200.50 USD", "1200.50", "USD"),
        (" 7 EUR ", "7", "EUR"),
        ("5JPY", "5", "JPY"),
    ],
)
def test_money_is_read(text: str, amount: str, currency: str) -> None:
    assert parse_money(text) == Money(Decimal(amount), currency)


@pytest.mark.parametrize(
    "text", ["", "48", "JPY", "48 yen", "1.2.3 JPY", "48 JP", "-  5 JPY", "1e6 JPY", "NaN JPY", "４８ ＪＰＹ"]
)
def test_what_is_no_money(text: str) -> None:
    assert parse_money(text) is None


@given(st.decimals(min_value=0, max_value=10**15, places=2), st.sampled_from(["JPY", "USD"]))
def test_money_is_written_as_it_is_read(amount: Decimal, currency: str) -> None:
    assert parse_money(Money(amount, currency).plain()) == Money(amount, currency)


def test_money_is_converted_through_one_base_or_not_at_all() -> None:
    rates = {"USD": Decimal(150), "EUR": Decimal(165), "JPY": Decimal(1)}
    assert Money(Decimal(2), "USD").converted("JPY", rates) == Money(Decimal(300), "JPY")
    assert Money(Decimal(11), "USD").converted("EUR", rates) == Money(Decimal(10), "EUR")
    assert Money(Decimal(2), "USD").converted("JPY", {}) is None
    assert Money(Decimal(2), "USD").converted("EUR", {"USD": Decimal(150), "JPY": Decimal(1)}) is None
    assert Money(Decimal(2), "JPY").converted("JPY", {}) == Money(Decimal(2), "JPY")


def test_periods_are_half_open() -> None:
    period = Period(date(2019, 8, 28), date(2023, 7, 21))
    assert date(2019, 8, 27) not in period
    assert date(2019, 8, 28) in period
    assert date(2023, 7, 20) in period
    assert date(2023, 7, 21) not in period
    assert not period.overlaps(Period(date(2023, 7, 21)))
    assert period.overlaps(Period(date(2023, 7, 20)))
    assert date.max in Period(date(2020, 1, 1))


def test_years_are_added_to_the_same_day() -> None:
    assert add_years(date(2026, 11, 20), 7) == date(2033, 11, 20)
    assert add_years(date(2024, 2, 29), 5) == date(2029, 3, 1)
    assert add_years(date(2024, 2, 29), 4) == date(2028, 2, 29)


ENDS = [outcome for outcome in OUTCOMES if outcome != "incomplete"]


@given(st.sampled_from(ENDS), st.sampled_from(ENDS))
def test_an_open_interval_is_never_a_permission(one: Outcome, other: Outcome) -> None:
    least, most = sorted([one, other], key=RANK.__getitem__)
    named = settle(least, most)
    if RANK[least] >= RANK["licence-required"] or least == most:
        assert named == least
    else:
        assert named == "incomplete"


def test_the_worst_outcome_and_the_weakest_tag() -> None:
    assert worst(["exempt", "licence-required", "no-licence"]) == "licence-required"
    assert worst([]) == "not-subject"
    assert weakest(["V", "K", "S"]) == "K"
    assert weakest([]) == "V"
