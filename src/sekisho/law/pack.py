"""A pack: the law of one country as read from its folder, checked and ready to be asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from sekisho.law.facts import Catalogue
from sekisho.law.rule import Rule, Text
from sekisho.law.sets import EntrySet, PlaceSet, TariffScope
from sekisho.model.certainty import Certainty


@dataclass(frozen=True, slots=True)
class Source:
    """A text that rules cite. ``text_id`` names the file of the official text where one can be had."""

    id: str
    title: Text
    kind: str
    as_of: date | None
    address: str
    text_id: str = ""
    note: str = ""
    short: Text = field(default_factory=dict)  # as it is cited: "Export Order"


@dataclass(frozen=True, slots=True)
class ListEntry:
    """A row of a control list: its path and a heading in our own words; ``details`` keeps the other columns."""

    list: str
    path: str
    says: Text
    certainty: Certainty
    details: Mapping[str, Any]
    start: date | None = None
    end: date | None = None

    def exists_on(self, day: date) -> bool:
        """Tell whether the row stands in the list on ``day``."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class Topic:
    """A part of the law and how far the pack carries it: modelled, partial, pointer-only or not-modelled."""

    id: str
    state: str
    says: Text


@dataclass(frozen=True)
class Pack:
    """Everything known of one law. ``sha256`` is over the pack's files, cases left out."""

    id: str
    version: str
    title: Text
    country: str
    currency: str
    start: date
    checked: date
    acts: frozenset[str]
    topics: tuple[Topic, ...]
    sources: Mapping[str, Source]
    places: Mapping[str, PlaceSet]
    entry_sets: Mapping[str, EntrySet]
    scopes: Mapping[str, TariffScope]
    lists: Mapping[str, Mapping[str, ListEntry]]
    facts: Catalogue
    rules: Mapping[str, Rule]
    tables: Mapping[str, tuple[Mapping[str, Any], ...]]
    sha256: str
    lists_by_act: Mapping[str, tuple[str, ...]]

    def entry_lists(self, act: str) -> tuple[str, ...]:
        """The ids of the lists whose rows classify what ``act`` moves."""
        return self.lists_by_act.get(act, self.lists_by_act.get("", tuple(self.lists)))

    @cached_property
    def terms(self) -> Mapping[str, tuple[Rule, ...]]:
        """The rules that give each term."""
        found: dict[str, list[Rule]] = {}
        for rule in self.rules.values():
            if rule.effect == "term":
                found.setdefault(rule.term, []).append(rule)
        return {name: tuple(rows) for name, rows in found.items()}

    @cached_property
    def boundaries(self) -> tuple[date, ...]:
        """Every day on which a rule, a set or a list row begins or ends, in order: law is constant between."""
        return tuple(sorted({self.start, *self._boundaries()}))

    def _boundaries(self) -> Iterator[date]:
        spans = [version.period for rule in self.rules.values() for version in rule.versions]
        spans += [span.period for places in self.places.values() for span in places.spans]
        for period in spans:
            yield from (day for day in (period.start, period.end) if day is not None and day > self.start)

    def source_title(self, source: str, lang: str, *, short: bool = False) -> str:
        """Give the title of a source in ``lang``, or the name under which it is cited."""
        found = self.sources.get(source)
        if found is None:
            return source
        title = found.short if short and found.short else found.title
        return title.get(lang, title["en"])
