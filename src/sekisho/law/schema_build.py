"""What every part of the schema shares: the raw rows of a pack, and a collector of all that is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any, cast

from sekisho.law.pack import Source
from sekisho.law.rule import Text
from sekisho.model.certainty import CERTAINTIES, Binding, Certainty, Citation
from sekisho.model.problem import Problem

Row = Mapping[str, Any]

ARRAYS = frozenset(
    {"topic", "source", "fact", "place_set", "entry_set", "scope", "rule", "table", "entry", "bind"}
    | {"snapshot", "row_question"}
)
"""The arrays of tables that the files of a pack may hold."""

BIND_KEYS = frozenset({"source", "at", "words", "value", "reads", "list"})
READS = ("places", "headings", "chapters", "rows")


@dataclass(frozen=True, slots=True)
class RawTable:
    """One row of one file: ``where`` is file and row for the reader of a problem."""

    where: str
    row: Row


@dataclass(frozen=True, slots=True)
class RawPack:
    """The rows of a pack folder by the name of their array (``rule``, ``place_set``, ``fact`` ...)."""

    head: RawTable
    tables: Mapping[str, list[RawTable]]
    sha256: str


@dataclass
class Build:
    """Collects problems while rows become values."""

    problems: list[Problem] = field(default_factory=list)

    def wrong(self, code: str, where: str, says: str, hint: str = "") -> None:
        """Note a problem."""
        self.problems.append(Problem(code, where, says, hint))

    def text(self, table: RawTable, key: str, *, required: bool = True) -> Text:
        """Read a sentence in both languages."""
        value = table.row.get(key)
        if isinstance(value, str):
            value = {"en": value}
        if value is None and not required:
            return {}
        if not isinstance(value, dict) or not all(isinstance(words, str) and words for words in value.values()):
            self.wrong(
                "law-text",
                table.where,
                f"'{key}' is missing or not a sentence",
                f'write {key} = {{ en = "...", ja = "..." }}',
            )
            return {"en": "", "ja": ""}
        if not {"en", "ja"} <= set(value):
            self.wrong("law-language", table.where, f"'{key}' lacks a language", "give both en and ja")
            return {"en": "", "ja": "", **value}
        return value

    def day(self, table: RawTable, row: Row, key: str, *, required: bool = False) -> date | None:
        """Read a day."""
        value = row.get(key)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        if value is not None or required:
            self.wrong("law-date", table.where, f"'{key}' is missing or not a date", "write it bare: from = 2025-10-09")
        return None

    def cite(self, table: RawTable, row: Row, sources: Mapping[str, Source]) -> Citation:
        """Read a citation; its source must be known."""
        value = row.get("cite")
        if not isinstance(value, dict) or not value.get("source") or not value.get("at"):
            self.wrong(
                "law-citation",
                table.where,
                "the citation is missing",
                'write cite = { source = "...", at = "art. 1(1)" }',
            )
            return Citation("", "")
        if value["source"] not in sources:
            self.wrong(
                "law-source",
                table.where,
                f"source '{value['source']}' is not in sources.toml",
                near(value["source"], sources),
            )
        return Citation(str(value["source"]), str(value["at"]), str(value.get("at_ja", "")))

    def certainty(self, table: RawTable, row: Row) -> Certainty:
        """Read a tag of certainty."""
        value = row.get("certainty")
        if value not in CERTAINTIES:
            self.wrong("law-certainty", table.where, f"certainty is {value!r}", "one of V, S, K, U")
            return "U"
        return cast(Certainty, value)

    def keys(self, table: RawTable, row: Row, allowed: frozenset[str]) -> None:
        """Note every key that is none of ``allowed``."""
        for key in row:
            if key not in allowed:
                hint = near(key, allowed) or f"known here: {', '.join(sorted(allowed))}"
                self.wrong("law-key", table.where, f"unknown key '{key}'", hint)

    def rows(self, table: RawTable, key: str) -> Iterator[Row]:
        """Give the tables below a row; what is no table is a problem."""
        value = table.row.get(key, ())
        for row in value if isinstance(value, list) else [value] if value else ():
            if isinstance(row, dict):
                yield row
            else:
                self.wrong("law-row", table.where, f"'{key}' is not a list of tables", f"write [[...{key}]] for each")

    def words(self, table: RawTable, key: str) -> tuple[str, ...]:
        """Read a list of texts."""
        value = table.row.get(key, ())
        if isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
            return tuple(value)
        self.wrong("law-list", table.where, f"'{key}' is not a list of texts", f'write {key} = ["..."]')
        return ()

    def form(self, table: RawTable, key: str) -> re.Pattern[str] | None:
        """Read a regular expression for codes."""
        value = table.row.get(key)
        if value is None:
            return None
        try:
            return re.compile(value)
        except (re.error, TypeError):
            self.wrong("code-form", table.where, f"{value!r} is no regular expression", 'write "[0-9]D"')
            return None

    def bindings(self, table: RawTable) -> tuple[Binding, ...]:
        """Read what a row is bound to in the official text."""
        found: list[Binding] = []
        for row in self.rows(table, "bind"):
            self.keys(table, row, BIND_KEYS)
            reads = str(row.get("reads", ""))
            if reads and reads not in READS:
                self.wrong("bind-reads", table.where, f"a bind reads '{reads}'", f"one of {', '.join(READS)}")
            if not row.get("source") or not (row.get("words") or reads or "value" in row):
                hint = 'write source = "...", at = "第四条", words = "百万円", value = 1000000'
                self.wrong("bind-empty", table.where, "a bind names no source, or ties nothing to it", hint)
                continue
            value = row.get("value")
            found.append(
                Binding(
                    str(row["source"]),
                    str(row.get("at", "")),
                    str(row.get("words", "")),
                    tuple(value) if isinstance(value, list) else value,
                    reads,
                    str(row.get("list", "")),
                    table.where,
                )
            )
        return tuple(found)


def near(word: Any, known: Iterable[str]) -> str:
    """Give the nearest right word as a hint, or nothing."""
    found = get_close_matches(str(word), list(known), n=1)
    return f"did you mean '{found[0]}'?" if found else ""
