"""Quantities as they are written, with what is said about them: "12 bit or more, but less than 14 bit", "9 GHz 超".

``find`` gives every quantity of a text with its bounds and the characters it fills; ``quantity`` reads a text that is
one quantity (an item's fact). The grammar: number, unit, perhaps the same again in brackets, with comparators before
("equal to or less (better) than", "not exceeding", "≥", "at least", "up to") or after ("or more", "以上",
"未満", "を超え").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from sekisho.classify.numbers import Number, Style, even, find_numbers
from sekisho.classify.span import INF, Span
from sekisho.classify.units import NONE, Dimension, Unit, show_dimension, unit_at

Sense = str  # ">", ">=", "<", "<=", "="

_AFTER_NUMBER = re.compile(r"\s?-?\s?(?:single-ended |full |an? )?")
_QUALIFIER = re.compile(r"\s*\((?!\s*[+-]?\s*[\d〇一二三四五六七八九])[^()]{1,24}\)|\s*(?:rms|RMS|TIR|peak|CW|p-p)\b")
_FILLER = (
    r"(?:\s*\((?:better|worse|higher|lower|or equal to|i\.e\.)\)"
    r"|\s+(?:a|an|of|the|about|only|any|total|value|of:|DN|NPS)(?=\s))*:?"
)
_BEFORE: tuple[tuple[str, Sense], ...] = (
    (r"(?:equal to or (?:greater|more|higher|larger|longer)|(?:greater|more|higher|larger) than or equal to"
     r"|≥|>=|≧)", ">="),
    (r"(?:equal to or (?:less|lower|smaller|shorter|better)|(?:less|lower|smaller|fewer|better) than or equal to"
     r"|≤|<=|≦)",
     "<="),
    (r"(?:not less|no less|not lower|no fewer|not smaller)", ">="),
    (r"(?:not more|no more|not greater|no greater|not larger|not higher|no worse|not worse)", "<="),
    (r"(?:greater than or equal to|equal to or exceeding|equal to or above|equals or exceeds|meets or exceeds"
     r"|meeting or exceeding)", ">="),
    (r"(?:equal to or below|equal to or not exceeding)", "<="),
    (r"(?:not to exceed|not exceeding|not above|up to and including|does not exceed|no longer than|not over)", "<="),
    (r"(?:at least|minimum of|a minimum of|min\.?|minimum)", ">="),
    (r"(?:at most|maximum of|a maximum of|up to|within)", "<="),
    (r"(?:in excess of|exceeding|exceeds|exceed|above|over|greater|more|higher|larger|longer|worse|>)", ">"),
    (r"(?:less|lower|smaller|shorter|fewer|below|under|better|faster|<)", "<"),
    (r"(?:equal to|=|equals)", "="),
)  # fmt: skip
_BEFORE_RE = [
    (
        re.compile(
            rf"(?:^|(?<=[\s(\[,;:]))?{words}{_FILLER}(?:\s+than)?{_FILLER}(?:\s+or equal to)?\s*$", re.IGNORECASE
        ),
        sense,
    )
    for words, sense in _BEFORE
]
_AFTER: tuple[tuple[str, Sense], ...] = (
    (
        r"\s*,?\s*(?:or|and)\s+(?:more|greater|higher|above|over|larger|longer|better\s+than|worse|heavier)\b(?!\s+than)",
        ">=",
    ),
    (r"\s*,?\s*(?:or|and)\s+(?:less|lower|below|under|fewer|smaller|shorter|better)\b(?!\s+than)", "<="),
    (r"\s*\(?\s*(?:以上)", ">="),
    (r"\s*(?:以下|以内|までの)", "<="),
    (r"\s*(?:未満|より小さ|より短|より低|を下回)", "<"),
    (r"\s*(?:超|を超|より大き|より長|より高|より多|を上回)", ">"),
    (r"\s*(?:max(?:imum)?\.?|MAX)(?![\w])", "<="),
    (r"\s*(?:min(?:imum)?\.?|MIN)(?![\w])", ">="),
)
_AFTER_RE = [(re.compile(words, re.IGNORECASE), sense) for words, sense in _AFTER]
_ABOUT = re.compile(
    r"(?:about|approximately|approx\.?|ca\.?|circa|roughly|nominal(?:ly)?|約|およそ|~|≈)\s*$", re.IGNORECASE
)
_TO = re.compile(r"\s*(?:to|up to|through|-|~|〜|～|…|\.\.\.?|から|and)\s*", re.IGNORECASE)
_RATE_AHEAD = re.compile(r"一(?P<unit>[ァ-ヴー平立方秒分時間日年]+?)(?:当たり|につき|あたり|に|間に|間当たり)(?:の)?$")
ABOUT_WIDTH = Fraction(1, 10)


@dataclass(frozen=True, slots=True)
class Written:
    """One quantity in a text: bounds in the written unit, its unit's readings, and the characters it fills.

    ``start`` and ``end`` hold comparator, number, unit and equivalents; ``sense`` is ">", ">=", "<", "<=", "=" or
    "range"; ``about`` says that it was called approximate. ``also`` holds equivalents in brackets (54.8 dBm).
    """

    low: Fraction | None
    high: Fraction | None
    low_open: bool
    high_open: bool
    units: tuple[Unit, ...]
    sense: Sense
    start: int
    end: int
    text: str
    about: bool = False
    spelled: bool = False
    has_unit: bool = False
    also: tuple[Written, ...] = ()

    def span(self, dimension: Dimension) -> Span | None:
        """The bounds in base units if some reading of the unit has this dimension, else None."""
        for unit in self.units:
            if unit.dimension == dimension:
                return Span(
                    -INF if self.low is None else to_base(self.low, unit),
                    INF if self.high is None else to_base(self.high, unit),
                    self.low_open,
                    self.high_open,
                )
        return None


def to_base(value: Fraction, unit: Unit) -> float:
    """Convert to the base unit; equal quantities give equal floats because the arithmetic before is exact."""
    if unit.level:
        watts = float(10.0 ** (float(value) / 10))
        return watts / 1000 if unit.level == "dBm" else watts
    return float(value * unit.factor + unit.offset)


@dataclass(frozen=True, slots=True)
class _Piece:
    number: Number
    units: tuple[Unit, ...]
    end: int
    has_unit: bool


def find(text: str, style: Style = "plain") -> tuple[Written, ...]:
    """Every quantity in ``text``; offsets refer to ``text`` as given."""
    flat, places = even(text)
    pieces = _pieces(flat, style)
    out: list[Written] = []
    index = 0
    while index < len(pieces):
        piece = pieces[index]
        used = 1
        begin = piece.number.start
        end = piece.end
        low = high = piece.number.value
        sense = "="
        low_open = high_open = False
        also: list[_Piece] = []
        units = piece.units
        end, used = _equivalents(flat, pieces, index, used, end, also)
        about = _ABOUT.search(flat, max(0, begin - 16), begin)
        if about:
            begin = about.start()
        before = _before(flat, begin)
        after = _after(flat, end)
        ranged = _range(flat, pieces, index + used, end) if before is None or before[0] in {"from"} else None
        if ranged is not None and after is None:
            other, end2, used2, also2 = ranged
            also.extend(also2)
            units = units if piece.has_unit else other.units
            high, sense, end, used = other.number.value, "range", end2, used + used2
            closing = _after(flat, end)
            if closing is not None and closing[0] in {"<", "<="}:
                end, high_open = closing[1], closing[0] == "<"
            if low > high and not also2:
                low, high = high, low
        elif before is not None or after is not None:
            chosen = after or before
            assert chosen is not None
            if before is not None and after is not None and _opposed(before[0], after[0]):
                chosen = after
            sense = chosen[0]
            if before is not None and (after is None or before[0] == after[0]):
                begin = before[1]
            if after is not None:
                end = after[1]
        exact = sense in {"=", "range"}
        written_low = low if exact or sense in {">", ">="} else None
        written_high = high if exact or sense in {"<", "<="} else None
        start_, end_ = places[begin], places[end] if end < len(places) else len(text)
        out.append(
            Written(
                written_low, written_high, sense == ">" or low_open, sense == "<" or high_open, units, sense,
                start_, end_, text[start_:end_].strip(), bool(about), piece.number.spelled, piece.has_unit,
                tuple(_same(p, sense) for p in also),
            )
        )  # fmt: skip
        index += used
    return tuple(out)


def _same(piece: _Piece, sense: Sense) -> Written:
    value = piece.number.value
    exact = sense in {"=", "range"}
    return Written(
        value if exact or sense in {">", ">="} else None,
        value if exact or sense in {"<", "<="} else None,
        sense == ">", sense == "<", piece.units, sense, piece.number.start, piece.end, "", has_unit=True,
    )  # fmt: skip


def _pieces(flat: str, style: Style) -> list[_Piece]:
    numbers = find_numbers(flat, style)
    out: list[_Piece] = []
    for number in numbers:
        if out and number.start < out[-1].end:
            continue  # the 2 of "n/cm^2"
        units: tuple[Unit, ...] = (Unit(NONE, Fraction(1)),)
        end, has_unit = number.end, False
        gap = _AFTER_NUMBER.match(flat, number.end)
        found = unit_at(flat, gap.end() if gap else number.end)
        if found is not None:
            end, units = found
            has_unit = True
            qualifier = _QUALIFIER.match(flat, end)
            if qualifier:
                rest = (
                    unit_at(flat, qualifier.end() + 1) if flat[qualifier.end() : qualifier.end() + 1] == "/" else None
                )
                end = qualifier.end()
                if rest is not None:  # "Gy (Si)/s"
                    end = rest[0]
                    units = tuple(_per(a, b) for a in units for b in rest[1][:1])
        ahead = _RATE_AHEAD.search(flat, max(0, number.start - 20), number.start)
        if ahead is not None:
            below = unit_at(ahead["unit"], 0)
            if below is not None:
                # "per year" may be a rate or, for a stability, the time over which it holds.
                units = (*(_per(a, b) for a in units for b in below[1][:1]), *units)
                number = Number(number.value, ahead.start(), number.end)
                out = [p for p in out if p.end <= ahead.start() or p.number.start < ahead.start()]
        out.append(_Piece(number, units, end, has_unit))
    return out


def _per(a: Unit, b: Unit) -> Unit:
    exponents = dict(a.dimension)
    for symbol, power in b.dimension:
        exponents[symbol] = exponents.get(symbol, Fraction(0)) - power
    return Unit(tuple(sorted((s, p) for s, p in exponents.items() if p)), a.factor / b.factor)


def _equivalents(
    flat: str, pieces: list[_Piece], index: int, used: int, end: int, also: list[_Piece]
) -> tuple[int, int]:
    """Take in "398 K (+125 °C)" and "300 W (54.8 dBm)": a bracket that holds one quantity and nothing else."""
    while index + used < len(pieces):
        other = pieces[index + used]
        opens = re.match(r"\s*\(\s*$", flat[end : other.number.start])
        closes = re.match(r"\s*\)", flat[other.end :])
        if not opens or not closes or not other.has_unit:
            break
        also.append(other)
        end = other.end + closes.end()
        used += 1
    return end, used


def _before(flat: str, begin: int) -> tuple[Sense, int] | None:
    window = flat[max(0, begin - 60) : begin]
    for pattern, sense in _BEFORE_RE:
        match = pattern.search(window)
        if match:
            return sense, begin - len(window) + match.start() + (len(match[0]) - len(match[0].lstrip()))
    return None


def _after(flat: str, end: int) -> tuple[Sense, int] | None:
    for pattern, sense in _AFTER_RE:
        match = pattern.match(flat, end)
        if match:
            return sense, match.end()
    return None


def _opposed(a: Sense, b: Sense) -> bool:
    return a[0] != b[0]


def _range(flat: str, pieces: list[_Piece], index: int, end: int) -> tuple[_Piece, int, int, list[_Piece]] | None:
    if index >= len(pieces):
        return None
    other = pieces[index]
    between = flat[end : other.number.start]
    if not between or not _TO.fullmatch(between):
        # A minus sign may have been taken for the sign of the second number: "12-14 bit" is a range.
        if not (between == "" and flat[other.number.start : other.number.start + 1] == "-"):
            return None
        other = _Piece(Number(-other.number.value, other.number.start + 1, other.number.end), other.units, other.end,
                       other.has_unit)  # fmt: skip
    if between.strip().lower() == "and" and not re.search(r"between\s*$", flat[: pieces[index - 1].number.start]):
        return None
    also: list[_Piece] = []
    end, used = _equivalents(flat, pieces, index, 1, other.end, also)
    return other, end, used, also


class Unreadable(ValueError):
    """A text that is not one quantity of the dimension asked for; ``says`` and ``hint`` are for the user."""

    def __init__(self, says: str, hint: str = "") -> None:
        super().__init__(says)
        self.says, self.hint = says, hint


_HARMLESS = re.compile(
    r"(?:\([^()]*\)|\[[^\[\]]*\]|\b(?:typ(?:ical)?|max(?:imum)?|min(?:imum)?|nominal|nom|each|per channel|rms|peak|pk|"
    r"at|@|is|are|of|the|a|an|up|to|from|between|and|or|more|less|than|better|equal|rate|about|approx|"
    r"approximately)\b\.?|"
    r"最大|最小|約|およそ|typ|から|まで|程度|[\s,;.:~±=<>≤≥-])*",
    re.IGNORECASE,
)


@lru_cache(maxsize=65536)
def quantity(text: str, dimension: Dimension, style: Style = "plain") -> Span:
    """Read a text that states one quantity of this dimension, as a span in base units.

    "12 bit" is one value, "≥ 10 GSPS" and "2 to 6 GHz" are bounds, "8 bit or more, but less than 10 bit" joins two.
    "about" widens by ten per cent to both sides, so that nothing near a limit is decided by an estimate.
    Raises ``Unreadable`` with what to write instead.
    """
    found = find(text, style)
    if not found:
        raise Unreadable(f"no number can be read in {text[:60]!r}", "Write a number and a unit, such as '12.5 GHz'.")
    span: Span | None = None
    rest, at = [], 0
    for written in found:
        rest.append(text[at : written.start])
        at = written.end
        part = written.span(dimension)
        for equivalent in written.also:
            part = part or equivalent.span(dimension)
        if part is None:
            if span is not None and not written.has_unit:
                rest.append(text[written.start : written.end])
                continue
            foreign = _foreign(text, dimension)
            if foreign is None:
                raise Unreadable(_impossible(text, written, dimension), "")
            return foreign
        if written.about:
            width = float(ABOUT_WIDTH)
            part = Span(part.low - abs(part.low) * width, part.high + abs(part.high) * width)
        span = part if span is None else span.and_(part)
    rest.append(text[at:])
    left = _HARMLESS.sub("", even("".join(rest))[0]).strip()
    if left:
        foreign = _foreign(text, dimension)
        if foreign is not None:
            return foreign
        raise Unreadable(
            f"{left[:40]!r} in {text[:60]!r} is not understood",
            "Write the quantity alone; a remark may stand in brackets.",
        )
    assert span is not None
    if span.is_empty:
        raise Unreadable(f"{text[:60]!r} leaves no value", "The lower bound is above the upper one.")
    return span


_FOREIGN = re.compile(
    r"\s*(?P<sense>[<>≤≥]=?)?\s*(?P<number>[-+]?\d[\d.,]*(?:[eE][-+]?\d+)?)\s*(?P<unit>[^\d\s<>].*?)\s*"
)


def _foreign(text: str, dimension: Dimension) -> Span | None:
    """Read a value in a unit that only pint knows; None when it does not either."""
    from sekisho.classify.foreign_units import foreign_unit

    match = _FOREIGN.fullmatch(even(text[:80])[0])
    numbers = find_numbers(match["number"]) if match else []
    if match is None or len(numbers) != 1:
        return None
    unit = foreign_unit(match["unit"], dimension)
    if unit is None:
        return None
    value = to_base(numbers[0].value, unit)
    sense = (match["sense"] or "").translate({ord("≤"): "<", ord("≥"): ">"})[:1]
    whole = match["sense"] in {"<=", ">=", "≤", "≥"}
    if sense == "<":
        return Span(float("-inf"), value, high_open=not whole)
    return Span(value, float("inf"), low_open=not whole) if sense == ">" else Span.exact(value)


def _impossible(text: str, written: Written, dimension: Dimension) -> str:
    wanted = show_dimension(dimension)
    got = show_dimension(written.units[0].dimension)
    if not written.has_unit:
        return f"{text[:60]!r} has no unit; {wanted} is needed"
    return f"{text[:60]!r} is measured in {got}, but this fact needs {wanted}"
