"""The grammar of written quantities, in the words of the lists and of datasheets, and against any text at all."""

import math
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.classify.span import INF, Span
from sekisho.classify.units import NONE, read_unit
from sekisho.classify.written import Unreadable, find, quantity


def base(text: str, unit: str, style: str = "plain") -> Span:
    """The first quantity of a text in base units of the dimension of ``unit``."""
    dimension = read_unit(unit)[0].dimension
    spans = [span for written in find(text, style) if (span := written.span(dimension)) is not None]  # type: ignore[arg-type]
    return spans[0]


def close(a: float, b: float) -> bool:
    return a == b or math.isclose(a, b, rel_tol=1e-11)


@pytest.mark.parametrize(
    ("text", "unit", "style", "low", "high", "low_open", "high_open"),
    [
        ("greater than 1.3 GSPS", "SPS", "plain", 1.3e9, INF, True, False),
        ("12 bit or more but less than 14 bit", "bit", "plain", 12, INF, False, False),
        ("equal to or less (better) than 0.9 µm", "m", "plain", -INF, 0.9e-6, False, False),
        ("not exceeding 250 Hz", "Hz", "plain", -INF, 250, False, False),
        ("≥ 5 × 10^5 Rads (Si)", "Gy", "plain", 5e3, INF, False, False),
        ("of 3.18 × 10^6 m", "m", "plain", 3.18e6, 3.18e6, False, False),
        ("exceeding 2.7 GHz up to and including 2.9 GHz", "Hz", "plain", 2.7e9, INF, True, False),
        ("from 30 kHz to 300 kHz", "Hz", "plain", 30e3, 300e3, False, False),
        ("between 1 and 4 MHz", "Hz", "plain", 1e6, 4e6, False, False),
        ("more than two", "", "plain", 2, INF, True, False),
        ("105 °C", "K", "plain", 378.15, 378.15, False, False),
        ("below −54 °C", "K", "plain", -INF, 219.15, False, True),
        ("48.54 dBm", "W", "plain", 71.449632607551, 71.449632607551, False, False),
        ("6,25 %", "", "eu", 0.0625, 0.0625, False, False),
        ("1 000 Gbit/s", "bit/s", "eu", 1e12, 1e12, False, False),
        ("一二ビット以上", "bit", "ja", 12, INF, False, False),
        ("四〇〇メガサンプリング毎秒を超えるもの", "SPS", "ja", 4e8, INF, True, False),
        ("二五〇ミリメートル未満", "m", "ja", -INF, 0.25, False, True),
        ("三・一五センチメートル以下", "m", "ja", -INF, 0.0315, False, False),
        ("一〇〇〇〇分の一以下", "", "ja", -INF, 1e-4, False, False),
        ("三十万ジュール", "J", "ja", 300000, 300000, False, False),
        ("１２．５ＧＨｚを超え３１．８ＧＨｚ以下", "Hz", "ja", 12.5e9, INF, True, False),
        ("摂氏マイナス五四度より低い", "K", "ja", -INF, 219.15, False, True),
    ],
)
def test_reads_the_lists_own_words(text, unit, style, low, high, low_open, high_open):
    span = base(text, unit, style) if unit else next(w.span(NONE) for w in find(text, style))
    assert close(span.low, low), span
    assert close(span.high, high), span
    assert (span.low_open, span.high_open) == (low_open, high_open)


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("10.25 GSPS", "SPS", 10.25e9),
        ("10.25GS/s", "SPS", 10.25e9),
        ("10,250 MSPS", "SPS", 10.25e9),
        ("10.25 Gsample/s", "SPS", 10.25e9),
        ("10.25 ギガサンプル毎秒", "SPS", 10.25e9),
        ("56 Gbit/s", "bit/s", 56e9),
        ("56 Gbps", "bit/s", 56e9),
        ("7 GByte/s", "bit/s", 56e9),
        ("4800 TOPS", "OPS", 4.8e15),
        ("43 dBm", "W", 19.952623149688797),
        ("0.5 ppm", "", 5e-7),
        ("1 mGal", "m/s^2", 1e-5),
        ("0.5 deg/h", "rad/s", math.radians(0.5) / 3600),
        ("３５０ μm", "m", 350e-6),
        ("2.5 kW", "W", 2500),
        ("30 lpm", "m^3/s", 30e-3 / 60),
        ("150 hp", "W", 150 * 745.6998715822702),
        ("60 degF", "K", (60 + 459.67) * 5 / 9),
        ("3 slug", "kg", 3 * 14.593902937206364),
        ("20 psi", "Pa", 20 * 6894.757293168361),
        ("25万円", "円", None),
    ],
)
def test_reads_datasheet_units(text, unit, value):
    if value is None:
        assert not read_unit(unit)
        return
    dimension = read_unit(unit)[0].dimension if unit else NONE
    span = quantity(text, dimension)
    assert close(span.low, value), (span.low, value)
    assert span.is_exact


@pytest.mark.parametrize(
    ("text", "unit", "says"),
    [
        ("10.25 GHz", "m", "GHz"),
        ("fast", "Hz", "fast"),
        ("", "Hz", ""),
        ("10 GHz and 20 GHz", "Hz", ""),
        ("10 blarg", "Hz", "blarg"),
        ("-5 kg", "kg", ""),
    ],
)
def test_refuses_what_is_no_such_quantity(text, unit, says):
    dimension = read_unit(unit)[0].dimension
    if text == "-5 kg":
        assert quantity(text, dimension).low == -5
        return
    with pytest.raises(Unreadable) as told:
        quantity(text, dimension)
    assert says in f"{told.value.says} {told.value.hint}"


def test_both_ends_of_a_range_are_said_by_one_answer():
    span = quantity("exceeding 2.7 GHz up to and including 2.9 GHz", read_unit("Hz")[0].dimension)
    assert (span.low, span.high, span.low_open, span.high_open) == (2.7e9, 2.9e9, True, False)


UNITS = ["Hz", "kHz", "GHz", "m", "mm", "µm", "nm", "W", "kW", "mW", "J", "mJ", "Pa", "kPa", "MPa", "bar", "K", "V", "kV",
         "A", "mA", "T", "kg", "g", "mg", "s", "ms", "µs", "ns", "min", "h", "N", "kN", "Gy", "rad", "deg", "bit", "Byte"]  # fmt: skip
NUMBERS = st.floats(min_value=1e-9, max_value=1e12, allow_nan=False).map(lambda x: float(f"{x:.9g}"))


@given(NUMBERS, st.sampled_from(UNITS))
def test_what_is_written_is_read_back(value, unit):
    readings = read_unit(unit)
    text = f"{value:.9g} {unit}"
    for reading in readings:
        span = quantity(text, reading.dimension)
        assert close(span.low, float(value) * float(reading.factor)), (text, span)


@given(NUMBERS, st.sampled_from(UNITS), st.sampled_from([("greater than", ">"), ("at least", ">="), ("less than", "<"),
                                                          ("not exceeding", "<="), ("exceeding", ">")]))  # fmt: skip
def test_a_comparator_opens_the_side_it_says(value, unit, comparator):
    words, sense = comparator
    dimension = read_unit(unit)[0].dimension
    span = base(f"{words} {value:.9g} {unit}", unit)
    exact = quantity(f"{value:.9g} {unit}", dimension).low
    if sense[0] == ">":
        assert (span.low, span.high, span.low_open) == (exact, INF, sense == ">")
    else:
        assert (span.low, span.high, span.high_open) == (-INF, exact, sense == "<")


KANJI = "〇一二三四五六七八九"


@given(st.integers(0, 10**9), st.sampled_from([("以上", ">="), ("以下", "<="), ("未満", "<"), ("を超え", ">")]))
def test_kanji_digits_and_comparators(number, comparator):
    words, sense = comparator
    written = "".join(KANJI[int(digit)] for digit in str(number))
    (found,) = [w for w in find(f"{written}メートル{words}", "ja") if w.has_unit]
    assert found.sense == sense
    span = found.span(read_unit("m")[0].dimension)
    assert (span.low if sense[0] == ">" else span.high) == number


@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error(text):
    for style in ("plain", "eu", "ja"):
        for written in find(text, style):
            assert 0 <= written.start <= written.end <= len(text)


@given(
    st.text(alphabet=string.digits + " .,-+×^()/%°GMkmµHzWVbitSPS以上未満を超え一二三十百千万億分の毎秒", max_size=80)
)
def test_texts_full_of_numbers_and_units_are_read_without_an_error(text):
    for style in ("plain", "eu", "ja"):
        for written in find(text, style):
            for unit in written.units:
                span = written.span(unit.dimension)
                assert span is None or not (math.isnan(span.low) or math.isnan(span.high))


@given(st.text(max_size=60), st.sampled_from(["Hz", "m", "W", "bit"]))
def test_an_answer_is_a_quantity_or_a_clear_refusal(text, unit):
    dimension = read_unit(unit)[0].dimension
    try:
        span = quantity(text, dimension)
    except Unreadable as bad:
        assert bad.says
    else:
        assert span.low <= span.high


def test_a_long_line_of_numbers_is_read_in_linear_time():
    import time

    def took(count):
        text = "12.5 GHz, " * count
        begin = time.perf_counter()
        find(text)
        return time.perf_counter() - begin

    took(50)
    small, large = took(300), took(3000)
    assert large < 60 * max(small, 1e-4)
