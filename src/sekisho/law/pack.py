"""A pack: the law of one country as read from its folder, checked and ready to be asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from sekisho.law.facts import Catalogue
from sekisho.law.requirements import TableUse
from sekisho.law.rule import Condition, Rule, Text
from sekisho.law.sets import EntrySet, PlaceSet, TariffScope, is_under
from sekisho.law.snapshots import Snapshot
from sekisho.model.certainty import Binding, Certainty


@dataclass(frozen=True, slots=True)
class Source:
    """A text that rules cite. ``text_id`` names the file of the official text where one can be had.

    ``as_of`` is the edition's day; ``read``, when given, a later day on which that edition was still the one in force.
    """

    id: str
    title: Text
    kind: str
    as_of: date | None
    address: str
    text_id: str = ""
    note: str = ""
    short: Text = field(default_factory=dict)  # as it is cited: "Export Order"
    read: date | None = None
    where: str = ""


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
    where: str = ""

    def exists_on(self, day: date) -> bool:
        """Tell whether the row stands in the list on ``day``."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class ContentUse:
    """What a law counts as its own content in foreign items.

    Parts of ``origin`` count when they would need a licence to the destination: every part to the places of the set
    ``every_part``, every part on the list to those of ``listed_parts``.
    """

    origin: frozenset[str]
    every_part: str = ""
    listed_parts: str = ""


class SnapshotList(Mapping[str, ListEntry]):
    """A list whose rows stand in a snapshot: each entry and its paragraphs, read when the list is first asked."""

    def __init__(self, name: str, snapshot: Snapshot, unlisted: frozenset[str] = frozenset()) -> None:
        self._name = name
        self._snapshot = snapshot
        self._unlisted = unlisted

    @cached_property
    def _rows(self) -> dict[str, ListEntry]:
        found = {
            code: ListEntry(self._name, code, {"en": code, "ja": code}, "V", {}) for code in sorted(self._unlisted)
        }
        for row in self._snapshot.rows:
            if "entry" in row:
                paths = (row["entry"], *(f"{row['entry']}.{paragraph}" for paragraph in row["paths"]))
            else:  # a skeleton of a list: one path a row, below a head without one
                paths = (row["p"],) if "p" in row else ()
            for path in paths:
                found[path] = ListEntry(self._name, path, {"en": path, "ja": path}, "V", row)
        return found

    def __getitem__(self, path: str) -> ListEntry:
        return self._rows[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


@dataclass(frozen=True, slots=True)
class TopicChange:
    """What changed in a part of the law on a day."""

    day: date
    says: Text


@dataclass(frozen=True, slots=True)
class Topic:
    """A part of the law and how far the pack carries it: modelled, partial, pointer-only or not-modelled."""

    id: str
    state: str
    says: Text
    rules: tuple[str, ...] = ()  # the rules that carry it
    history: tuple[TopicChange, ...] = ()  # how the law came to read so


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
    bindings: tuple[Binding, ...] = ()
    own_facts: frozenset[str] = frozenset()
    snapshots: Mapping[str, Snapshot] = field(default_factory=dict)
    requirements: TableUse | None = None
    row_questions: Mapping[str, tuple[Condition, ...]] = field(default_factory=dict)  # by the hash of a row in words
    unlisted: frozenset[str] = frozenset()  # codes of what is under the law and on no list (EAR99)
    treated_as: Mapping[str, str] = field(default_factory=dict)  # territories that go with another country's row
    destinations: str = ""  # the place set of all that the law's tables know
    deemed_destination: str = ""  # the fact that gives the destination of a deemed export
    flags_table: str = ""  # the snapshot whose rows say what an entry opens
    content: ContentUse | None = None
    entry_form: re.Pattern[str] | None = None  # codes of this form stand even where no list at hand has them
    affiliate_lists: tuple[str, ...] = ()  # lists whose parties make what they own count as listed

    def entry_lists(self, act: str) -> tuple[str, ...]:
        """The ids of the lists whose rows classify what ``act`` moves."""
        return self.lists_by_act.get(act, self.lists_by_act.get("", tuple(self.lists)))

    @cached_property
    def catch_all_rows(self) -> tuple[str, ...]:
        """The rows for what no other row lists (16 in Japan's Table 1), without their sub-rows."""
        rows = {
            row.path
            for rows in self.lists.values()
            for row in rows.values()
            if row.details.get("regime") == "catch-all"
        }
        return tuple(sorted(path for path in rows if not any(is_under(path, other) for other in rows if other != path)))

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
