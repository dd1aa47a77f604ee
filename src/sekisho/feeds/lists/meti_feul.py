"""METI's Foreign End User List out of a table (CSV or Excel) whose columns ``packs/lists/meti_columns.toml`` names.

METI prints the list with country, name, other names and the kinds of concern: B biological, C chemical, M missile,
N nuclear, and CW conventional weapons. Tables taken from the printed list have merged cells, headings again on each
page, other names one under another, and now and then country and name in one cell; all of these are read.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from sekisho.feeds.lists import dates, places
from sekisho.feeds.lists.draft import Draft
from sekisho.feeds.lists.opening import Source
from sekisho.feeds.lists.reading import Format, Reading, clean
from sekisho.feeds.lists.tables import csv_rows, sheet_rows
from sekisho.feeds.lists.uids import UidMaker
from sekisho.feeds.packs import packs_root
from sekisho.model.listed import ListedParty

LIST = "jp:feul"
CONCERNS = ("B", "C", "M", "N", "CW")
_WORDS = {"生物": "B", "化学": "C", "ミサイル": "M", "核": "N", "通常兵器": "CW"}
_HEADING_WITHIN = 30  # rows
_BULLET = re.compile(r"(?:^|\n|;|；|、(?=[A-Z]))[\s・･•●\-–]*|(?<=\s)[・･•]\s*")
_HAN = re.compile(r"^(.*?[A-Za-z.)\"'”,]) +([\u3400-\u9fff][\u3400-\u9fff\s（）()・々]{2,})$")
_BRACKETS = re.compile(
    r"^(.*[A-Za-z].*?)\s*[（(]((?:[\u3040-\u30ff\u3400-\u9fff][^A-Za-z（）()]*|[（(][^A-Za-z]*[)）])+)[)）]$"
)


@cache
def _headings() -> dict[str, tuple[str, ...]]:
    with (packs_root() / "lists" / "meti_columns.toml").open("rb") as file:
        return {column: tuple(map(_key, names)) for column, names in tomllib.load(file).items()}


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()


def read(files: Sequence[Source], reading: Reading) -> Iterator[ListedParty]:
    """Read one table."""
    maker = UidMaker("meti")
    for source in files:
        rows = sheet_rows(source) if source.head(4).startswith(b"PK\x03\x04") else csv_rows(source, fallback="cp932")
        yield from _table(source.name, rows, reading, maker)


def _table(
    name: str, rows: Iterator[tuple[int, list[str]]], reading: Reading, maker: UidMaker
) -> Iterator[ListedParty]:
    columns: dict[str, int] = {}
    heading: list[str] = []
    country = ""
    held: dict[str, str] | None = None
    for tried, (line, row) in enumerate(rows):
        if not columns:
            columns = _columns(row)
            heading = [_key(cell) for cell in row]
            if not columns and tried >= _HEADING_WITHIN:
                break
            continue
        if [_key(cell) for cell in row] == heading:
            continue
        found = {column: row[index].strip() for column, index in columns.items() if index < len(row)}
        if not any(found.get(column) for column in ("name", "alias", "country", "concern", "conventional")):
            continue
        if not found.get("name") and held is not None and not _country_and_name(found):
            _continue(held, found)
            continue
        if held is not None:
            yield from _party(held, reading, maker)
        country = found.get("country") or country
        held = {**found, "country": country, "where": f"{name}:{line}"}
    if not columns:
        says = "no row names the columns of the list; country and name must be there"
        reading.problem("list.format", name, says, "docs/lists.md shows the column map")
    if held is not None:
        yield from _party(held, reading, maker)


def _columns(row: Sequence[str]) -> dict[str, int]:
    """Tell which cell is which column; empty unless country and name are both there."""
    found: dict[str, int] = {}
    for index, cell in enumerate(row):
        key = _key(cell)
        for column, names in _headings().items():
            exact = column == "number"
            if key and column not in found and any(key == one if exact else one in key for one in names):
                found[column] = index
                break
    return found if {"country", "name"} <= found.keys() else {}


def _country_and_name(found: Mapping[str, str]) -> bool:
    code, rest = places.split_country(clean(found.get("country", "")))
    return bool(code and rest)


def _continue(held: dict[str, str], more: Mapping[str, str]) -> None:
    """Add a row without a name to the entry above: the row was broken over two pages."""
    for column in ("alias", "concern", "conventional", "address", "remarks"):
        if more.get(column):
            held[column] = f"{held.get(column, '')}\n{more[column]}"


def _party(found: Mapping[str, str], reading: Reading, maker: UidMaker) -> Iterator[ListedParty]:
    reading.read += 1
    where = found["where"]
    country, name = clean(found["country"]), clean(found.get("name", ""))
    code = places.country_code(country)
    if not code or not name:
        code, rest = places.split_country(country)
        if rest:
            reading.note("country and name stood in one cell")
            name = f"{rest} {name}".strip()
    if not name:
        reading.problem("list.entry", where, "the row has no name", "see the column map in docs/lists.md")
        return
    if not code:
        says = f"'{country}' is not a country that is known" if country else "the row has no country"
        reading.problem("list.entry", where, says, "write the country as METI or ISO 3166-1 does")
        return
    draft = Draft(reading)
    draft.type = "organisation"
    for number, text in enumerate(_names(name)):
        draft.name(text, "alias" if number else "primary")
    for alias in _BULLET.split(found.get("alias", "")):
        for text in _names(clean(alias)):
            if text not in {held[0] for held in draft.names}:
                draft.name(text)
    draft.country(places.country_name(code))
    for address in re.split(r"\n|;", found.get("address", "")):
        draft.address(text=address, country=places.country_name(code))
    _concerns(draft, found)
    draft.listed_on = dates.day(found.get("listed_on", ""))
    draft.add("remarks", found.get("remarks", ""))
    yield draft.finish(maker.make(code, name, found.get("number", "")), reading.list_id or LIST)


def _names(text: str) -> list[str]:
    """Tell a Latin name from the Chinese or Japanese one printed behind it, with or without brackets."""
    match = _HAN.match(text) or _BRACKETS.match(text)
    return [match[1].strip(), "".join(match[2].split())] if match else [text]


def _concerns(draft: Draft, found: Mapping[str, str]) -> None:
    told = f"{found.get('concern', '')} {found.get('conventional', '')}"
    plain = unicodedata.normalize("NFKC", told)
    codes = {token.upper() for token in re.findall(r"(?<![A-Za-z])[A-Za-z]{1,2}(?![A-Za-z])", plain)}
    codes |= {code for word, code in _WORDS.items() if word in re.sub(r"通常兵器の懸念:\s*$", "", plain)}
    if re.search(r"[○〇◯✓☑]", found.get("conventional", "")):
        codes.add("CW")
    for odd in sorted(codes - set(CONCERNS)):
        draft.reading.note(f"concern not known: {odd}")
        draft.more("concern", odd)
    draft.concerns = [code for code in CONCERNS if code in codes]
    if not draft.concerns:
        draft.reading.note("no concern is given")


FORMAT = Format("meti-feul", 1, read, LIST, "METI's Foreign End User List, from a CSV or Excel table")
