"""Rows whose words a person has read: what they come to in paragraphs, and at which of them the words still decide.

A row is found by its entry, its reason and the beginning of its left cell. Where the text changes, the row is no
longer found, and the reader falls back to a question about the whole row. ``kind`` stays what the text is: a
description is one even where it comes to exact paragraphs.
"""

from __future__ import annotations

from sekisho.feeds.us.scope_value import Kind, Scope


def _row(
    kind: Kind = "described",
    include: str = "",
    exclude: str = "",
    at: str = "",
    maybe: str = "",
    of: str = "",
    of_except: str = "",
    *,
    words: bool = True,
) -> Scope:
    return Scope(
        kind,
        include=tuple(include.split()),
        exclude=tuple(exclude.split()),
        maybe=tuple(maybe.split()),
        of=tuple(of.split()),
        of_except=tuple(of_except.split()),
        words=words,
        words_at=tuple(at.split()),
    )


EXACT = False
SETTLED: tuple[tuple[str, str, str, Scope], ...] = (
    ("0A509", "NS", "entire entry except", _row(exclude="d", at="a")),
    ("0A509", "RS", "entire entry except", _row(exclude="d", at="a")),
    ("0A509", "AT", "entire entry except", _row(exclude="d", at="a")),
    ("0A509", "CC", "0A509.a for items", _row(include="a d", at="a")),
    ("1A004", "CB", "chemical detection systems", _row(include="c")),
    ("1A007", "NP", "1A007.b, as well as", _row(include="a b", at="a")),
    ("1B001", "MT", "entire entry, except 1B001.d.4", _row(exclude="d.4 e f", at="d")),
    ("1B001", "NP", "filament winding machines", _row(include="a")),
    ("1B101", "NP", "filament winding machines", _row(include="a")),
    ("1C010", "NP", "1C010.a (aramid", _row(include="a b e.1")),
    # Schedule 2 chemicals in .a or .b, Schedule 3 in .b or .c, which an End-Use Certificate can free: a rule of its own.
    ("1C350", "CW", "1C350.b and .c.", _row(include="b c", words=EXACT)),
    ("1C355", "CW", "entire entry. The Commerce", _row(include="a b", words=EXACT)),
    ("1C351", "CW", "1C351.d.15 and .d.16", _row(include="d.15 d.16", words=EXACT)),
    ("1C351", "CB", "items controlled by 1C351.d.15", _row(include="d.15 d.16", words=EXACT)),
    ("1C353", "CB", "genetic elements of items", _row("derived", of="1C351.d.15 1C351.d.16")),
    ("2B001", "NP", "2B001.a, .b, .c, and .d, EXCEPT", _row(include="a b c d")),
    ("2B004", "NP", "entire entry, except 2B004.b.3", _row(exclude="b.3")),
    ("2B006", "NP", "those items in 2B006.a", _row(include="a b.1 b.3 c")),
    ("2B116", "NP", "electrodynamic vibration test systems", _row(include="a b c d", at="a")),
    ("3A001", "NS", '"Monolithic Microwave', _row(include="b.2 b.3")),
    ("3A001", "RS", '"Monolithic Microwave', _row(include="b.2 b.3")),
    ("3A001", "MT", "3A001.a.1.a when usable", _row(include="a.1.a a.5.a z.2", at="a.1.a a.5.a")),
    ("3A001", "NP", "pulse discharge capacitors", _row(include="e.2 e.3 z.3", at="e.2 e.3")),
    ("4E001", "NS", "entire entry, except for", _row(of_except="4A090 4D090", words=EXACT)),
    ("5A001", "NS", "5A001.b (except .b.5)", _row(include="b c d f g j", exclude="b.5 f.3", words=EXACT)),
    ("6A002", "MT", "optical detectors in 6A002.a.1", _row(include="a.1 a.3")),
    ("6A002", "RS", "6A002.a.1, a.2, a.3 (except", _row(include="a.1 a.2 a.3 c f", at="a.3.d.2.a a.3.e")),
    ("6A002", "CC", "police-model infrared viewers", _row(include="c")),
    ("6A003", "NP", "cameras controlled by 6A003.a.3", _row(include="a.3 a.4 a.6", at="a.6")),
    ("6A003", "RS", "6A003.b.3, 6A003.b.4.a", _row(include="b.3 b.4.a b.4.c b.4.b", at="b.4.b")),
    ("6A003", "RS", "items controlled in 6A003.b.4.b", _row(include="b.4.b")),
    (
        "6A005",
        "NP",
        "lasers controlled by 6A005.a.2",
        _row(include="a.2 a.3 a.4 b.2.b b.3 b.4 b.6.c c.1.b c.2.b d.2 d.3.c d.4.c"),
    ),
    ("6A007", "MT", "6A007.b and .c when", _row(include="b c")),
    ("6D003", "RS", "paragraph c", _row(include="c", words=EXACT)),
    ("7B611", "MT", "7B611.a commodities", _row(include="a")),
    ("7D611", "MT", '7D611.a "software"', _row(include="a")),
    # The row names .a.1 through .a.8, section 742.14 leaves .a.7 out: the texts disagree, so .a.7 stays open.
    (
        "9E003",
        "SI",
        "9E003.a.1 through a.8",
        _row(include="a.1 a.2 a.3 a.4 a.5 a.6 a.8 h i l", maybe="a.7", words=EXACT),
    ),
    ("9A515", "MT", "microcircuits in 9A515.d", _row(include="d e.2 h")),
    ("9A610", "NS", "entire entry except: 9A610.b", _row(exclude="b y", at="x")),
    ("9A610", "RS", "entire entry except: 9A610.b", _row(exclude="b y", at="x")),
    ("9B604", "MT", "9B604.a and .b and to 9B604.d", _row(include="a b d", at="d")),
    # The exception for the International Space Station is a lift of its own.
    ("9D515", "RS", "9D515.y, except to Russia", _row(include="y", words=EXACT)),
    ("9E515", "RS", "9E515.y, except to Russia", _row(include="y", words=EXACT)),
)


def settled(entry: str, reason: str, text: str) -> Scope | None:
    """Give the reading of a row, or None when nobody has read it."""
    for code, named, beginning, scope in SETTLED:
        if code == entry and named == reason and text.startswith(beginning):
            return scope
    return None
