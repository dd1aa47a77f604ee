"""Kinds of product: what a thing is, what it is called, and which entries must be looked at for it.

This table carries the safety of ``not-listed``: an item of a kind is cleared only against every entry that the kind,
and each broader kind above it, names. Kinds form a tree or several; ``same_or_narrower`` and its reverse walk it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sekisho.classify.facts import fold
from sekisho.model.problem import Problem


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: names and aliases (en, ja), broader kinds, entries to consider by list id, CAS numbers, HS hints.

    ``implies`` holds facts that being of this kind settles, as they would stand in an item file; ``expects`` those that
    are merely usual: they count for nothing and only keep the questions from hoping for an unlikely answer.
    """

    name: str
    says: Mapping[str, str]
    aliases: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    entries: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cas: tuple[str, ...] = ()
    hs: tuple[str, ...] = ()
    implies: Mapping[str, Any] = field(default_factory=dict)
    expects: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mention:
    """A kind's alias found in a text: which kind, the words as they stand there, and their place."""

    kind: str
    words: str
    start: int
    end: int


class Kinds:
    """All kinds by name."""

    def __init__(self, kinds: Iterable[Kind]) -> None:
        self.kinds = {kind.name: kind for kind in kinds}
        self._named: dict[str, str] = {}
        for kind in self.kinds.values():
            for spelled in (kind.name, *kind.says.values(), *kind.aliases):
                self._named.setdefault(fold(spelled), kind.name)
        self._above: dict[str, frozenset[str]] = {name: frozenset(self._walk(name)) for name in self.kinds}
        below: dict[str, set[str]] = {name: set() for name in self.kinds}
        for name, above in self._above.items():
            for other in above:
                below[other].add(name)
        self._below = {name: frozenset(names) for name, names in below.items()}
        self.by_cas: dict[str, str] = {cas: kind.name for kind in self.kinds.values() for cas in kind.cas}

    def _walk(self, name: str) -> Iterable[str]:
        seen: set[str] = set()
        todo = [name]
        while todo:
            this = todo.pop()
            if this in seen or this not in self.kinds:
                continue
            seen.add(this)
            todo.extend(self.kinds[this].broader)
        return seen

    def __contains__(self, name: object) -> bool:
        return name in self.kinds

    def __getitem__(self, name: str) -> Kind:
        return self.kinds[name]

    def above(self, name: str) -> frozenset[str]:
        """The kind itself and every broader one."""
        return self._above.get(name, frozenset({name}))

    def below(self, name: str) -> frozenset[str]:
        """The kind itself and every narrower one."""
        return self._below.get(name, frozenset({name}))

    def named(self, spelled: str) -> str | None:
        """The kind that this name or alias stands for."""
        return spelled if spelled in self.kinds else self._named.get(fold(spelled))

    def nearest(self, spelled: str, count: int = 3) -> tuple[str, ...]:
        """The kinds whose names come nearest to a misspelled one."""
        from rapidfuzz import fuzz, process

        found = process.extract(fold(spelled), list(self._named), scorer=fuzz.WRatio, limit=8, score_cutoff=60)
        return tuple(dict.fromkeys(self._named[spelling] for spelling, *_ in found))[:count]

    def entries(self, name: str, list_id: str) -> tuple[str, ...]:
        """The entries of a list that must be looked at for this kind, its own first and then those of broader kinds."""
        ordered = [name, *sorted(self.above(name) - {name})]
        found: dict[str, None] = {}
        for kind in ordered:
            if kind in self.kinds:
                found.update(dict.fromkeys(self.kinds[kind].entries.get(list_id, ())))
        return tuple(found)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        words: set[str] = set()
        for kind in self.kinds.values():
            words.update(_evened(spelled) for spelled in (*kind.says.values(), *kind.aliases))
        spelled = sorted((word for word in words if word), key=len, reverse=True)
        return re.compile("|".join(_alias_pattern(word) for word in spelled) or r"(?!)")

    @cached_property
    def _by_alias(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for kind in self.kinds.values():
            for spelled in (*kind.says.values(), *kind.aliases):
                found.setdefault(_loose(_evened(spelled)), kind.name)
        return found

    def mentioned(self, text: str) -> tuple[Mention, ...]:
        """The kinds whose aliases stand in a text; of overlapping aliases the longest counts."""
        flat = _evened(text, keep_length=True)
        out = []
        for match in self._pattern.finditer(flat):
            kind = self._by_alias.get(_loose(match[0]))
            if kind is None:
                for ending in ("s", "es"):
                    kind = kind or self._by_alias.get(_loose(match[0].removesuffix(ending)))
            if kind is not None:
                out.append(Mention(kind, text[match.start() : match.end()], match.start(), match.end()))
        return tuple(out)


def _evened(text: str, *, keep_length: bool = False) -> str:
    if keep_length:
        return "".join(_one(char) for char in text)
    return unicodedata.normalize("NFKC", text).casefold().strip()


def _one(char: str) -> str:
    even = unicodedata.normalize("NFKC", char).casefold()
    even = "-" if char in "‐‑‒–—−" else even
    return even if len(even) == 1 else char


def _loose(text: str) -> str:
    return re.sub(r"[\s-]+", "", text)


def _alias_pattern(alias: str) -> str:
    parts = [re.escape(part) for part in re.split(r"[\s-]+", alias) if part]
    body = r"[\s-]*".join(parts)
    if alias[0].isascii() and alias[0].isalnum():
        body = r"(?<![a-z0-9])" + body
    if alias[-1].isascii() and alias[-1].isalnum():
        body += r"(?:es|s)?(?![a-z0-9])" if alias[-1].isalpha() else r"(?![a-z0-9])"
    return body


def read_kinds(table: Mapping[str, Any], where: str, problems: list[Problem]) -> list[Kind]:
    """Make kinds from one parsed TOML file; faults go to ``problems``."""
    found = []
    for name, row in table.items():
        place = f"{where} [{name}]"
        if not row.get("en") or not row.get("ja"):
            problems.append(Problem("kinds.words", place, "a kind needs en and ja", "Name it in both languages."))
        entries = {_LISTS[key]: tuple(row[key]) for key in _LISTS if key in row}
        found.append(
            Kind(
                name=name,
                says={"en": str(row.get("en", "")), "ja": str(row.get("ja", ""))},
                aliases=tuple(row.get("aliases", ())),
                broader=tuple(row.get("broader", ())),
                entries=entries,
                cas=tuple(row.get("cas", ())),
                hs=tuple(row.get("hs", ())),
                implies=dict(row.get("implies", {})),
                expects=dict(row.get("expects", {})),
            )
        )
    return found


_LISTS = {"us": "us-ccl", "eu": "eu-annex-1", "jp": "jp-goods"}
