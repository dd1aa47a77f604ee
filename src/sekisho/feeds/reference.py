"""Codes that a transfer may name: places (ISO 3166-1) and tariff codes (HS 2022), from the multilateral pack."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache

import tomli

from sekisho.feeds.packs import packs_root


@cache
def places() -> Mapping[str, Mapping[str, object]]:
    """Every place by its alpha-2 code, with its names."""
    text = (packs_root() / "multilateral" / "places.toml").read_text(encoding="utf-8")
    return {row["code"]: row for row in tomli.loads(text)["place"]}


@cache
def _names() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for code, row in places().items():
        for name in (row["en"], row["ja"], row.get("alpha3", ""), *row.get("aliases", ())):  # type: ignore[misc]
            found[str(name).casefold()] = code
    return found


def place_name(code: str, lang: str) -> str:
    """The usual name of a place in ``lang``, or the code itself."""
    row = places().get(code)
    return str(row[lang]) if row else code


def nearest_place(written: str) -> str:
    """The code that was probably meant, or an empty string."""
    if written.upper() in places():
        return written.upper()
    by_name = _names().get(written.casefold())
    if by_name:
        return by_name
    near = get_close_matches(written.casefold(), _names(), n=1, cutoff=0.8)
    return _names()[near[0]] if near else ""


@cache
def hs_codes() -> frozenset[str]:
    """Every valid HS 2022 code of two, four or six digits, without points."""
    text = (packs_root() / "multilateral" / "hs2022.txt").read_text(encoding="ascii")
    return frozenset(line for line in text.splitlines() if line.isdigit())
