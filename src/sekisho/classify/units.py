"""Units as they are written in lists and datasheets, English and Japanese, and what they measure.

A ``Unit`` is a dimension (exponents of base symbols), an exact factor to the base unit and an offset (temperature).
The table is our own because it has to read "GSPS", "seconds of arc", "ギガサンプリング毎秒" and "degree per square
root hour", and because the answer must come within milliseconds; ``pint`` reads what the table does not know and, in
the tests, agrees with every row that it knows. Angle, information (bit) and level (dB) are dimensions of their own,
so that a data rate never passes for a frequency, nor a level for a ratio.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache

Dimension = tuple[tuple[str, Fraction], ...]
NONE: Dimension = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit: ``base value = value * factor + offset``; ``level`` is "dBm", "dBW" or "" (levels are logarithmic)."""

    dimension: Dimension
    factor: Fraction
    offset: Fraction = Fraction(0)
    level: str = ""


def dimension_of(**exponents: int | Fraction) -> Dimension:
    """Make a dimension from exponents of the base symbols, for example ``dimension_of(m=1, s=-1)``."""
    return tuple(sorted((symbol, Fraction(power)) for symbol, power in exponents.items() if power))


def show_dimension(dimension: Dimension) -> str:
    """Write a dimension for a person: ``kg·m^2/s^3`` as ``kg m^2 s^-3``, "a plain number" when there is none."""
    return " ".join(s if p == 1 else f"{s}^{p}" for s, p in dimension) or "a plain number"


_PREFIX = {
    "Y": 24, "Z": 21, "E": 18, "P": 15, "T": 12, "G": 9, "M": 6, "k": 3, "h": 2, "d": -1, "c": -2, "m": -3,
    "μ": -6, "u": -6, "n": -9, "p": -12, "f": -15,
}  # fmt: skip
_PREFIX_WORDS = {
    "exa": 18, "peta": 15, "tera": 12, "giga": 9, "mega": 6, "kilo": 3, "centi": -2, "milli": -3, "micro": -6,
    "nano": -9, "pico": -12, "femto": -15,
}  # fmt: skip
_PREFIX_KANA = {
    "エクサ": 18, "ペタ": 15, "テラ": 12, "ギガ": 9, "メガ": 6, "キロ": 3, "センチ": -2, "ミリ": -3, "マイクロ": -6,
    "ナノ": -9, "ピコ": -12, "フェムト": -15,
}  # fmt: skip

_HUNDREDTHS = {"+m", "+g", "+l", "+L", "+Pa", "+St", "+P", "+N"}
# dimension; factor; short names (take SI prefixes when marked "+"); English words; kana. "" = none.
_ROWS: tuple[tuple[dict[str, int], str, str, str, str], ...] = (
    ({"m": 1}, "1", "+m", "metre meter", "メートル"),
    ({"kg": 1}, "1/1000", "+g", "gram gramme", "グラム"),
    ({"kg": 1}, "1000", "t", "tonne", "トン"),
    ({"s": 1}, "1", "+s", "second sec", "秒"),
    ({"s": 1}, "60", "min", "minute", "分 分間"),
    ({"s": 1}, "3600", "h hr hrs", "hour", "時間"),
    ({"s": 1}, "86400", "d", "day", "日"),
    ({"s": 1}, "31536000", "yr", "year", "年"),
    ({"A": 1}, "1", "+A", "ampere amp", "アンペア"),
    ({"K": 1}, "1", "+K", "kelvin", "ケルビン"),
    ({"mol": 1}, "1", "+mol", "mole", "モル"),
    ({"cd": 1}, "1", "+lm", "lumen", "ルーメン"),
    ({"cd": 1, "m": -2}, "1", "+lx", "lux", "ルクス"),
    ({"rad": 1}, "1", "+rad", "radian", "ラジアン"),
    ({"rad": 2}, "1", "+sr", "steradian", "ステラジアン"),
    ({"bit": 1}, "1", "+b +bit +bits +Bit", "bit", "ビット"),
    ({"bit": 1}, "8", "+B +byte +Byte +Bytes", "byte", "バイト"),
    ({"s": -1}, "1", "+Hz +SPS +Sps +sps", "hertz", "ヘルツ"),
    ({"s": -1}, "1", "fps FPS", "", ""),
    ({"s": -1}, "1/60", "rpm RPM r/min", "", ""),
    ({"bit": 1, "s": -1}, "1", "+bps", "", ""),
    ({"bit": 1, "s": -1}, "8", "+Bps", "", ""),
    ({"": 0}, "1", "+S +Sa +sample +samples", "sample", "サンプル サンプリング"),
    ({"op": 1, "s": -1}, "1", "+FLOPS +FLOPs +flops +OPS +ops", "", "フロップス"),
    ({"op": 1}, "1", "+FLOP +OP +op", "", ""),
    ({"wt": 1, "op": 1, "s": -1}, "1000000000000", "WT", "", "加重テラ演算 実効テラ演算"),
    ({"kg": 1, "m": 2, "s": -3}, "1", "+W", "watt", "ワット"),
    ({"kg": 1, "m": 2, "s": -3}, "1", "+VA", "voltampere volt-ampere", "ボルトアンペア"),
    ({"kg": 1, "m": 2, "s": -2}, "1", "+J", "joule", "ジュール"),
    ({"kg": 1, "m": 2, "s": -2}, "3600", "+Wh", "watt-hour watt·hour", "ワット時"),
    ({"kg": 1, "m": 2, "s": -2}, "0.0000000000000000001602176634", "+eV", "electronvolt electron-volt",
     "電子ボルト エレクトロンボルト"),
    ({"kg": 1, "m": 2, "s": -3, "A": -1}, "1", "+V +Vrms", "volt", "ボルト"),
    ({"A": 1, "s": 1}, "1", "+C", "coulomb", "クーロン"),
    ({"A": 1, "s": 1}, "3600", "+Ah", "ampere-hour", "アンペア時"),
    ({"kg": 1, "m": 2, "s": -3, "A": -2}, "1", "+Ω +Ohm +ohm", "ohm", "オーム"),
    ({"kg": -1, "m": -2, "s": 3, "A": 2}, "1", "+S", "siemens", "ジーメンス"),
    ({"kg": -1, "m": -2, "s": 4, "A": 2}, "1", "+F", "farad", "ファラド"),
    ({"kg": 1, "m": 2, "s": -2, "A": -2}, "1", "+H", "henry", "ヘンリー"),
    ({"kg": 1, "s": -2, "A": -1}, "1", "+T", "tesla", "テスラ"),
    ({"kg": 1, "s": -2, "A": -1}, "1/10000", "G", "gauss", "ガウス"),
    ({"kg": 1, "m": 1, "s": -2}, "1", "+N", "newton", "ニュートン"),
    ({"kg": 1, "m": -1, "s": -2}, "1", "+Pa", "pascal", "パスカル"),
    ({"kg": 1, "m": -1, "s": -2}, "100000", "+bar", "bar", "バール"),
    ({"kg": 1, "m": -1, "s": -2}, "101325", "atm", "atmosphere", "気圧"),
    ({"kg": 1, "m": -1, "s": -2}, "101325/760", "torr Torr mmHg", "torr", "トル"),
    ({"s": -1}, "1", "+Bq", "becquerel", "ベクレル"),
    ({"s": -1}, "37000000000", "+Ci", "curie", "キュリー"),
    ({"m": 2, "s": -2}, "1", "+Gy", "gray", "グレイ"),
    ({"m": 2, "s": -2}, "1/100", "+rad(Si) +rads(Si) rad rads Rads", "", "ラド"),
    ({"K": 1}, "1", "°C degC ℃", "celsius", ""),
    ({"m": 3}, "1/1000", "+l +L", "litre liter", "リットル"),
    ({"m": 3}, "1/1000000", "cc", "", ""),
    ({"m": 3, "s": -1}, "1/60000", "lpm LPM", "", ""),
    ({"m": 1}, "1/1000000", "μ", "micron", "ミクロン ミクロンメートル"),
    ({"m": 1}, "1/10000000000", "Å", "angstrom", "オングストローム"),
    ({"m": 1}, "0.0254", "in inch inches", "inch", "インチ"),
    ({"m": 1}, "0.3048", "ft feet foot", "", "フィート"),
    ({"m": 1}, "1852", "nmi", "nautical·mile", "海里"),
    ({"m": 1, "s": -1}, "1852/3600", "kt kn kts", "knot", "ノット"),
    ({"rad": 1}, "PI/180", "° deg", "degree", "度"),
    ({"rad": 1}, "PI/10800", "arcmin ′", "arcminute arc-minute arc·minute", "分角"),
    ({"rad": 1}, "PI/648000", "arcsec ″ +as", "arcsecond arc-second arc·second", "秒角"),
    ({"m": 1, "s": -2}, "9.80665", "g gn g0 G", "gravity", "重力加速度"),
    ({"m": 1, "s": -2}, "0.0000980665", "μg ug", "micro·g", "マイクロジー"),
    ({"m": 1, "s": -2}, "0.00980665", "mg", "milli·g", "ミリジー"),
    ({"m": 1, "s": -2}, "0.01", "+Gal", "gal", "ガル"),
    ({"": 0}, "1/100", "% wt% wt.% mol% at%", "percent per·cent", "パーセント 重量パーセント モルパーセント"),
    ({"": 0}, "1/1000000", "ppm", "parts·per·million", "ピーピーエム 百万分率"),
    ({"": 0}, "1/1000000000", "ppb", "parts·per·billion", ""),
    ({"dB": 1}, "1", "dB dBi dBc dBfs dBFS", "decibel", "デシベル"),
    ({"m": 2, "s": -1}, "1/10000", "+St", "stokes", "ストークス"),
    ({"kg": 1, "m": -1, "s": -1}, "1/10", "+P", "poise", "ポアズ"),
    ({"kg": 1}, "0.45359237", "lb lbs", "pound", "ポンド"),
    ({"kg": 1, "m": -1, "s": -2}, "6894.757293168361", "+psi", "", ""),
    ({"octave": 1}, "1", "octave octaves", "", "オクターブ"),
    ({"": 0}, "1", "n neutrons frames frame pulses pulse cycles cycle lines photons electrons particles pixels pixel px"
     " elements points axes axis channels stages words flashes revolutions", "",
     "個 本 軸 パルス サイクル 画素 フレーム チャネル 段 枚"),
    ({"": 0}, "1000000000", "Gpx Gpixel Gpixels Gigapixels gigapixels", "", ""),
    ({"": 0}, "1000000", "MP Mpx megapixels megapixel Megapixels Mpixel Mpixels", "", "メガピクセル"),
)  # fmt: skip
# 20 digits of pi are enough: both sides of a comparison in degrees carry the same factor.
_PI = Fraction("3.14159265358979323846")
_LEVELS = {"dBm": ("dBm", ("ディービーエム",)), "dBW": ("dBW", ())}
_WATT = dimension_of(kg=1, m=2, s=-3)


def _factor(text: str) -> Fraction:
    top, _, bottom = text.partition("/")
    number = _PI if top == "PI" else Fraction(top)
    return number / Fraction(bottom) if bottom else number


@cache
def _table() -> dict[str, tuple[Unit, ...]]:
    """Every single unit name with its readings: "g" is gram or gravity, "S" siemens or sample, "m" metre."""
    found: dict[str, list[Unit]] = {}

    def add(name: str, unit: Unit) -> None:
        if name and unit not in found.setdefault(name, []):
            found[name].append(unit)

    for exponents, factor_text, short, words, kana in _ROWS:
        dimension = dimension_of(**{k: v for k, v in exponents.items() if k})
        factor = _factor(factor_text)
        unit = Unit(dimension, factor)
        if short.startswith("°C"):
            unit = Unit(dimension, factor, Fraction("273.15"))
        for name in short.split():
            add(name.removeprefix("+"), unit)
            if name.startswith("+"):
                for prefix, power in _PREFIX.items():
                    if prefix in "hdc" and name not in _HUNDREDTHS:
                        continue  # "dB" is a decibel, not a tenth of a byte
                    add(prefix + name[1:], Unit(dimension, factor * Fraction(10) ** power))
        for word in words.split():
            _add_words(add, word.replace("·", " "), unit)
        for word in kana.split():
            add(word, unit)
            for prefix, power in _PREFIX_KANA.items():
                add(prefix + word, Unit(dimension, factor * Fraction(10) ** power))
    for name in ("seconds of arc", "second of arc", "arc seconds", "arc second", "arc-seconds"):
        add(name, Unit(dimension_of(rad=1), _PI / 648000))
    add("Giga Pixels", Unit(NONE, Fraction(10) ** 9))
    for name in ("秒", "角度秒"):
        add(name, Unit(dimension_of(rad=1), _PI / 648000))
    for name in ("minutes of arc", "arc minutes", "arc-minutes"):
        add(name, Unit(dimension_of(rad=1), _PI / 10800))
    for name in ("degrees Celsius", "degree Celsius", "degrees C", "摂氏度", "度C", "度", "oC", "ºC"):
        add(name, Unit(dimension_of(K=1), Fraction(1), Fraction("273.15")))
    add("Weighted TeraFLOPS", Unit(dimension_of(wt=1, op=1, s=-1), Fraction(10) ** 12))
    for name, (level, kana_names) in _LEVELS.items():
        for spelled in (name, *kana_names):
            add(spelled, Unit(_WATT, Fraction(1), level=level))
    return {name: tuple(units) for name, units in found.items()}


def _add_words(add: object, word: str, unit: Unit) -> None:
    assert callable(add)
    plural = word if word.endswith(("s", "z")) else word + "s"
    if word.endswith("inch"):
        plural = "inches"
    for spelled in {word, plural, word.capitalize(), plural.capitalize()}:
        add(spelled, unit)
    if " " in word or word in {"micron", "percent", "tonne", "minute", "hour", "day", "year", "inch", "degree"}:
        return
    for prefix, power in _PREFIX_WORDS.items():
        scaled = Unit(unit.dimension, unit.factor * Fraction(10) ** power)
        for spelled in {word, plural}:
            for joined in (prefix + spelled, f"{prefix} {spelled}", f"{prefix.capitalize()} {spelled.capitalize()}"):
                add(joined, scaled)
            add((prefix + spelled).capitalize(), scaled)


# Spellings whose case says nothing: read only when the exact spelling is unknown. "mw" is left out on purpose
# (milliwatt and megawatt differ by nine powers of ten), so that it is refused with both offered.
_ANY_CASE = {
    name.casefold(): name
    for name in (
        "GHz", "MHz", "kHz", "Hz", "GSPS", "MSPS", "kSPS", "SPS", "Gbps", "Mbps", "kbps", "dBm", "dB", "dBi", "kW", "W",
        "kV", "V", "kg", "mm", "cm", "km", "nm", "ns", "ms", "kPa", "GPa", "K", "TOPS", "GFLOPS", "TFLOPS", "fps", "VA",
    )
}  # fmt: skip
_JOIN = re.compile(r"\s*(?:/|／|\b[Pp]er\b|毎)\s*|\s*[·・*×•⋅]\s*|(?<=[A-Za-zΩ])-(?=[A-Za-zΩ])|\s+")
_POWER = re.compile(r"\s*(?:\^\s*)?([-−]?\d+)(?!\d|[.,]\d)")
# Flattened print sets the power apart: "W/cm 2", "15 m 3/s".
_APART_BELOW = re.compile(r" ([23])(?![\d.,]\d|\d|[A-Za-z])")
_APART_ABOVE = re.compile(r" ([23])(?=/)")
_ROOT = re.compile(r"(?:√|sqrt|Square\s+Root(?:\s+of)?|rt\b|square\s+root(?:\s+of)?|平方根)\s*\(?\s*", re.IGNORECASE)
_SQUARE_KANA = {"平方": 2, "立方": 3}
_SQUARE_WORDS = {"square": 2, "sq": 2, "sq.": 2, "cubic": 3, "cu": 3}
LONGEST = 28


def names_at(text: str, at: int) -> tuple[str, tuple[Unit, ...]] | None:
    """The longest single unit name that stands at ``at`` in ``text`` with its readings; None when there is none."""
    table = _table()
    for length in range(min(LONGEST, len(text) - at), 0, -1):
        name = text[at : at + length]
        if name in table or name.casefold() in _ANY_CASE:
            after = text[at + length : at + length + 1]
            if name[-1].isascii() and name[-1].isalpha() and after.isascii() and after.isalpha():
                continue
            known = table.get(name) or table.get(_ANY_CASE.get(name.casefold(), ""), ())
            if known:
                return name, known
    return None


def unit_at(text: str, at: int) -> tuple[int, tuple[Unit, ...]] | None:
    """Read the (possibly compound) unit at ``at``: the index after it and its readings; None when there is none.

    Reads "W/(cm^2 sr)", "A/μs", "degree per square root hour", "μg/√Hz", "グラム毎立方センチメートル".
    """
    readings: tuple[Unit, ...] = (Unit(NONE, Fraction(1)),)
    place, sign, met, depth = at, 1, False, 0
    while place < len(text):
        start = place
        if text[place] == "(" and met and sign < 0:
            place, depth = place + 1, depth + 1
        step = _one(text, place, below=sign < 0)
        if step is None:
            place = start
            break
        place, units, power = step
        power *= sign
        readings = tuple(
            combined for a in readings[:4] for b in units[:3] if (combined := _times(a, b, power, met)) is not None
        )
        if not readings:
            return None
        met = True
        if depth and text[place : place + 1] == ")":
            place, depth, sign = place + 1, 0, 1
        joint = _JOIN.match(text, place)
        if joint is None or joint.end() >= len(text):
            break
        divides = any(word in joint[0].lower() for word in ("/", "／", "per", "毎"))
        if not divides and _one(text, joint.end()) is None:
            break
        if joint[0].isspace() and not _compounds(text, joint.end()):
            break
        if divides and _one(text, joint.end() + (text[joint.end() : joint.end() + 1] == "(")) is None:
            break
        # What follows a division stays below it: "m/s/s", "W/m·K", "W/(cm^2 sr)".
        sign = -1 if divides or sign < 0 else 1
        place = joint.end()
    return (place, readings) if met else None


def _compounds(text: str, at: int) -> bool:
    """After a space only an unmistakable unit continues the product ("W s", "N m" do not; "cm^2 sr" does)."""
    return bool(re.match(r"(?:sr|rt|mrad)\b", text[at:]))


def _one(text: str, at: int, *, below: bool = False) -> tuple[int, tuple[Unit, ...], Fraction] | None:
    power = Fraction(1)
    root = _ROOT.match(text, at)
    if root is not None:
        at, power = root.end(), Fraction(1, 2)
    for word, exponent in (*_SQUARE_KANA.items(), *_SQUARE_WORDS.items()):
        if text.startswith(word, at) and (word in _SQUARE_KANA or text[at + len(word) : at + len(word) + 1] == " "):
            at, power = at + len(word) + (word not in _SQUARE_KANA), power * exponent
            break
    named = names_at(text, at)
    if named is None:
        return None
    name, units = named
    at += len(name)
    if root is not None and "(" in root[0] and text[at : at + 1] == ")":
        at += 1
    raised = _POWER.match(text, at)
    # A bare digit after a unit is a power only for "cm2" and the like, never after a space ("5 mm 2 axes").
    if raised is not None and ("^" in raised[0] or (raised[0] == raised[0].lstrip() and name[-1].isalpha())):
        exponent = int(raised[1].replace("−", "-"))
        if abs(exponent) <= 6:
            return raised.end(), units, power * exponent
    apart = (_APART_BELOW if below else _APART_ABOVE).match(text, at)
    if apart is not None and name in {"m", "cm", "mm", "km", "s"}:
        at, power = apart.end(), power * int(apart[1])
    return at, units, power


def _times(a: Unit, b: Unit, power: Fraction, met: bool) -> Unit | None:
    """Multiply ``a`` by ``b`` to a power; inside a compound, a temperature is a difference and a level is refused."""
    if not met and power == 1:
        return b
    if a.level or b.level:
        return None
    exponents = dict(a.dimension)
    for symbol, exponent in b.dimension:
        exponents[symbol] = exponents.get(symbol, Fraction(0)) + exponent * power
    dimension = tuple(sorted((s, p) for s, p in exponents.items() if p))
    whole = power.denominator == 1
    factor = b.factor ** int(power) if whole else Fraction(str(float(b.factor) ** float(power)))
    return Unit(dimension, a.factor * factor)


@lru_cache(maxsize=4096)
def read_unit(text: str) -> tuple[Unit, ...]:
    """Read a unit that fills the whole of ``text``; all its readings, () when it is not a unit."""
    text = text.strip().replace("µ", "μ").replace("²", "^2").replace("³", "^3")
    if not text:
        return (Unit(NONE, Fraction(1)),)
    found = unit_at(text, 0)
    if found is not None and not text[found[0] :].strip():
        return found[1]
    return ()
