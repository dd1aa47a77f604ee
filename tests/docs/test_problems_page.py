"""docs/problems.md lists every problem code that the source can give, and no other."""

import re
from pathlib import Path

from problem_codes import given_codes

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = (DOCS / "problems.md").read_text(encoding="utf-8")

# Families of codes that have a page of their own, which a test of that page holds to the source.
ELSEWHERE = {
    "list": "lists.md",
    "publishers": "lists.md",
    "text": "list-texts.md",
    "path": "list-texts.md",
    "entry": "list-texts.md",
}


def documented() -> set[str]:
    codes: set[str] = set()
    for row in re.findall(r"^\|(.+?)\|", PAGE, flags=re.MULTILINE):
        codes |= set(re.findall(r"`([a-z][a-z0-9.-]*)`", row))
    return codes


def test_every_code_is_documented() -> None:
    given, opaque = given_codes()
    assert len(given) > 150
    assert not opaque, "a code must be written where the problem is made"
    missing = {}
    for code, place in given.items():
        page = ELSEWHERE.get(code.partition(".")[0]) if "." in code else None
        if code not in documented() and (page is None or f"`{code}`" not in (DOCS / page).read_text(encoding="utf-8")):
            missing[code] = place
    assert not missing, "explain these codes in docs/problems.md"


def test_no_other_code_is_documented() -> None:
    given, _ = given_codes()
    assert not documented() - set(given)


def test_each_family_with_a_page_of_its_own_is_named() -> None:
    for family, page in ELSEWHERE.items():
        assert f"`{family}.`" in PAGE
        assert f"]({page})" in PAGE
