from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.classify.numbers import find_numbers, read_kanji


@pytest.mark.parametrize(
    ("text", "style", "values"),
    [
        ("1,300 and 12.5", "plain", ["1300", "12.5"]),
        ("1 000,5", "eu", ["1000.5"]),
        ("5 × 10^14", "plain", ["5e14"]),
        ("3A001.a.5", "plain", []),
        ("一〇・五", "ja", ["10.5"]),
        ("一〇〇分の一", "ja", ["0.01"]),
        ("三百五十", "ja", ["350"]),
        ("3.2e5", "plain", ["320000"]),
    ],
)
def test_numbers_of_the_lists(text, style, values):
    found = [number.value for number in find_numbers(text, style)]
    assert found == [Fraction(value) for value in values]


@given(st.integers(0, 10**12))
def test_kanji_positional_digits(number):
    digits = "〇一二三四五六七八九"
    assert read_kanji("".join(digits[int(d)] for d in str(number))) == number


@given(st.text(max_size=200))
def test_any_text(text):
    for style in ("plain", "eu", "ja"):
        for number in find_numbers(text, style):
            assert 0 <= number.start <= number.end
