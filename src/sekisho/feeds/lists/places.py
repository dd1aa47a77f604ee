"""Country names as the publishers write them, to ISO 3166-1 alpha-2.

The names stand in ``packs/multilateral/places.toml`` and, where only these lists write them, in
``packs/lists/countries.toml``.

A name that is not known gives "" and the text stays as it is: a country is never guessed.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache

from sekisho.feeds.packs import packs_root

_NOISE = re.compile(r"[^\w]+")


@cache
def _names() -> dict[str, tuple[str, ...]]:
    with (packs_root() / "multilateral" / "places.toml").open("rb") as file:
        places = tomllib.load(file)["place"]
    with (packs_root() / "lists" / "countries.toml").open("rb") as file:
        more = tomllib.load(file)
    return {
        place["code"]: (place["en"], place["ja"], *place.get("aliases", ()), *more.get(place["code"], ()))
        for place in places
    }


@cache
def _codes() -> dict[str, str]:
    return {_key(name): code for code, names in _names().items() for name in names}


def _key(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).replace("’", "'").casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _NOISE.sub(" ", plain).strip()


@lru_cache(maxsize=4096)
def country_code(text: str) -> str:
    """Give the alpha-2 code for a country's name or code as printed, or "" when it is not known."""
    text = text.strip()
    if len(text) == 2 and text.isascii() and text.upper() in _names():
        return text.upper()
    found = _codes().get(_key(text), "")
    if not found and "(" in text:
        found = _codes().get(_key(text.partition("(")[0]), "")
    return found


def country_name(code: str) -> str:
    """Give the English name of an alpha-2 code, or the code itself when it is not known."""
    names = _names().get(code)
    return names[0] if names else code


def country_at_end(text: str) -> str:
    """Give the code of the country that an address ends with ("..., 129327, Moscow, Russia."), or ""."""
    tail = text.rstrip(" .;,").rsplit(",", 2)
    for pieces in range(1, len(tail)):
        found = country_code(",".join(tail[-pieces:]).strip())
        if found:
            return found
    return country_code(text.rstrip(" .;,")) if "," not in text else ""


def split_country(text: str) -> tuple[str, str]:
    """Cut a leading country name off ``text`` ("Islamic Republic of Iran Acme Co." -> "IR", "Acme Co.").

    The longest name that fits wins; without one the code is "" and the text is given back whole.
    """
    best_code, best_end = "", 0
    for match in re.finditer(r"\S+", text):
        if match.end() > 80:
            break
        code = country_code(text[: match.end()])
        if code and len(text[: match.end()]) > 2:
            best_code, best_end = code, match.end()
    return best_code, text[best_end:].strip(" ,:;") if best_code else text
