"""What the packs ship beside the paths of a list: headings in our own words, rows, and links to the other lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import tomli

from sekisho.classify.paths import steps
from sekisho.classify.regimes import wassenaar
from sekisho.feeds.packs import packs_root
from sekisho.model.problem import BadInput, Problem

_INDEX = {
    "us-ccl": "us/lists/us-ccl.toml",
    "eu-annex-1": "eu/lists/eu-annex-1.toml",
    "jp-goods": "jp/lists/jp-goods.toml",
    "jp-table-1": "jp/lists/table-1.toml",
    "jp-feo": "jp/lists/feo-table.toml",
}


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry in our own words; ``row`` is the row of Japan's tables it spells out, ``regime`` what stands behind."""

    en: str
    ja: str
    row: str = ""
    regime: str = ""

    def say(self, lang: str) -> str:
        """The heading in one language."""
        return self.ja if lang == "ja" else self.en


@dataclass(frozen=True, slots=True)
class Link:
    """A corresponding paragraph of another list, how sure (V, S, K), and what that rests on.

    ``rests_on`` is ``words`` (they agree), ``number`` (the same number), ``renumbered`` (the same number, other
    paragraphs below), ``numbers`` (``shared`` figures stand in both texts), ``subject``, ``ordinance`` (Japan's
    ordinance names the row or its place shows it) or ``regime`` (the numbering of the regime).
    """

    list: str
    path: str
    certainty: str
    rests_on: str = ""
    shared: int = 0


def headings(list_id: str) -> Mapping[str, Heading]:
    """The shipped headings of one list by path; empty when the pack is not there."""
    return _headings(packs_root() / _INDEX[list_id])


def heading(list_id: str, path: str) -> Heading | None:
    """The heading of a path, or of the nearest one above it that has one."""
    held = headings(list_id)
    parts = steps(list_id, path)
    sign = "." if list_id in ("us-ccl", "eu-annex-1") else ""
    return next((held[at] for n in range(len(parts), 0, -1) if (at := sign.join(parts[:n])) in held), None)


def links(list_id: str, path: str) -> tuple[Link, ...]:
    """Corresponding paragraphs in the other lists, surest first; each once."""
    found: dict[tuple[str, str], Link] = {}
    for link in _links(list_id, path):
        key = (link.list, link.path)
        if key not in found or "VSK".index(link.certainty) < "VSK".index(found[key].certainty):
            found[key] = link
    order = {"V": 0, "S": 1, "K": 2}
    return tuple(sorted(found.values(), key=lambda link: (link.list, order[link.certainty], link.path)))


def _links(list_id: str, path: str) -> Iterator[Link]:
    if list_id in ("us-ccl", "eu-annex-1"):
        yield from _across_the_atlantic(list_id, path)
        number = wassenaar(list_id, path)
        if number:
            yield Link("wassenaar", number, "K", "regime")
        yield from _to_japan(list_id, path)
    elif list_id == "jp-goods":
        yield from _from_japan(path)
        row = heading(list_id, path)
        if row and row.row:
            table = "jp-feo" if int(re.match(r"\d+", path)[0]) >= 15 else "jp-table-1"  # type: ignore[index]
            for one in row.row.split(", "):
                yield Link(table, one, "V", "ordinance")
    elif list_id == "jp-table-1":
        for item, held in headings("jp-goods").items():
            if path in held.row.split(", ") and int(re.match(r"\d+", item)[0]) < 15:  # type: ignore[index]
                yield Link("jp-goods", item, "V", "ordinance")
                yield from _from_japan(item)


def _across_the_atlantic(list_id: str, path: str) -> Iterator[Link]:
    other = "eu-annex-1" if list_id == "us-ccl" else "us-ccl"
    entry = path.split(".")[0]
    table = _table(packs_root() / "multilateral/lists/correspondence-us-eu.toml").get("entry", {})
    if list_id == "us-ccl":
        for code, row in table.items():
            if entry in row.get("other", ()):
                yield Link(other, code, row["certainty"], "subject")
    row = table.get(entry)
    if row is None:
        return
    if list_id == "eu-annex-1":
        for code in row.get("other", ()):
            yield Link(other, code, row["certainty"], "subject")
    if row.get("same", True) and not row.get("eu") and "other" not in row:
        whole = path == entry
        if whole or row.get("paths"):
            yield Link(other, path, row["certainty"], "words" if row["certainty"] == "V" else "number")
        else:
            yield Link(other, entry, row["certainty"], "renumbered")


def _from_japan(path: str) -> Iterator[Link]:
    table = _table(packs_root() / "multilateral/lists/correspondence-jp.toml").get("item", {})
    parts = steps("jp-goods", path)
    uppers = ("".join(parts[:n]) for n in range(len(parts), 0, -1))
    row: Mapping[str, Any] = next((table[at] for at in uppers if at in table), {})
    for name, other in (("us", "us-ccl"), ("eu", "eu-annex-1")):
        for one in row.get(name, ()):
            yield _measured(other, one["path"], one)


def _to_japan(list_id: str, path: str) -> Iterator[Link]:
    name = "us" if list_id == "us-ccl" else "eu"
    table = _table(packs_root() / "multilateral/lists/correspondence-jp.toml").get("item", {})
    for item, row in table.items():
        for one in row.get(name, ()):
            above = path == one["path"] or path.startswith(one["path"] + ".")
            if above or one["path"].startswith(path + "."):
                yield _measured("jp-goods", item, one)


def _measured(list_id: str, path: str, row: Mapping[str, Any]) -> Link:
    shared = int(row["numbers"])
    return Link(list_id, path, row["certainty"], "numbers" if shared else "subject", shared)


@cache
def _headings(file: Path) -> Mapping[str, Heading]:
    table = _table(file).get("entry", {})
    rows = table.items() if isinstance(table, dict) else ((row["path"], row) for row in table)
    return {
        str(path): Heading(str(row["en"]), str(row["ja"]), str(row.get("row", "")), str(row.get("regime", "")))
        for path, row in rows
    }


@cache
def _table(file: Path) -> dict[str, Any]:
    if not file.is_file():
        return {}
    try:
        return tomli.loads(file.read_text(encoding="utf-8"))
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput([Problem("pack.toml", file.name, str(error), "correct the file")]) from None
