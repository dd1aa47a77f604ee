"""Days as the publishers print them, kept as exact as they were printed."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from sekisho.model.listed import PartialDate

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "january"),
            ("feb", "february"),
            ("mar", "march"),
            ("apr", "april"),
            ("may",),
            ("jun", "june"),
            ("jul", "july"),
            ("aug", "august"),
            ("sep", "sept", "september"),
            ("oct", "october"),
            ("nov", "november"),
            ("dec", "december"),
        ),
        start=1,
    )
    for name in names
}
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[T ]\d{2}:.*)?)?)?")
_WORDS = re.compile(r"(?:(\d{1,2}) )?([A-Za-z]{3,9})\.? (\d{4})")
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})")
_MONTH_FIRST = re.compile(r"([A-Z][a-z]+) (\d{1,2}), (\d{4})")
_EASTERN = re.compile(r"(\d{4})[年/.](\d{1,2})(?:[月/.](\d{1,2})日?)?")
_ABOUT = re.compile(r"^(?:circa|approximately|approx\.?|about|c\.|ca\.)\s+", re.IGNORECASE)
_RANGE = re.compile(r"\s+(?:to|and|-|–)\s+|(?<=\d{4})[-–](?=\d{4}$)")


def iso(text: str) -> str:
    """Write one day, month or year in ISO 8601 (``1961``, ``1961-07``, ``1961-07-02``), or "" when it is none."""
    text = text.strip()
    if match := _ISO.fullmatch(text):
        return _checked(match[1], match[2], match[3])
    if match := _WORDS.fullmatch(text):
        month = _MONTHS.get(match[2].lower())
        return _checked(match[3], str(month), match[1]) if month else ""
    if match := _EASTERN.fullmatch(text):
        return _checked(match[1], match[2], match[3])
    return ""


def _checked(year: str, month: str | None, day: str | None) -> str:
    if not 1000 <= int(year) <= 2999:
        return ""
    if month is None:
        return year
    number = int(month)
    if not 1 <= number <= 12:
        return ""
    if day is None:
        return f"{year}-{number:02d}"
    if not 1 <= int(day) <= monthrange(int(year), number)[1]:
        return ""
    return f"{year}-{number:02d}-{int(day):02d}"


def partial(text: str, *, approximate: bool = False) -> PartialDate:
    """Read a birth or founding date or a range of them; what cannot be read keeps its text with empty bounds."""
    text = " ".join(text.split())
    bare = _ABOUT.sub("", text)
    about = approximate or bare != text
    if bare.lower().startswith("between "):
        bare = bare[8:]
    first = iso(bare)
    if first:
        return PartialDate(first, first, text, about)
    ends = [iso(_ABOUT.sub("", end)) for end in _RANGE.split(bare)]
    if len(ends) == 2 and all(ends):
        return PartialDate(min(ends), max(ends), text, about)
    return PartialDate("", "", text, about)


def american_day(text: str) -> date | None:
    """Read a day printed month first (``05/07/2024``, ``11/21/11``, ``June 21, 2016``), or None without one."""
    if words := _MONTH_FIRST.fullmatch(text.strip()):
        return day(f"{words[2]} {words[1]} {words[3]}")
    match = _AMERICAN.fullmatch(text.strip())
    if match is None:
        return None
    year = match[3] if len(match[3]) == 4 else ("19" if int(match[3]) > 50 else "20") + match[3]
    written = _checked(year, match[1], match[2])
    return date.fromisoformat(written) if written else None


def day(text: str) -> date | None:
    """Read a whole day, or None when the text is not one."""
    written = iso(text)
    return date.fromisoformat(written) if len(written) == 10 else None
