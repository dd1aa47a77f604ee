"""The classification packs as one value: facts, kinds, and for each list its entries and their conditions.

Conditions are read when an entry is first needed, so that one classification does not read three lists; the room above
(``feeds.classification``) hands in how to read them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

from sekisho.classify.conditions import Condition, EntryConditions, Path
from sekisho.classify.facts import Catalogue, Derivation
from sekisho.classify.kinds import Kinds
from sekisho.classify.written_conditions import Writer
from sekisho.model.problem import BadInput, Problem

ReadTable: TypeAlias = Callable[[], Mapping[str, Any]]
LISTS = {"us-ccl": "us", "eu-annex-1": "eu", "jp-goods": "jp"}
SHORT = {"us": "us-ccl", "eu": "eu-annex-1", "jp": "jp-goods", "ccl": "us-ccl", "jp-table-1": "jp-goods"}


@dataclass(frozen=True, slots=True)
class EntryInfo:
    """What is shipped of an entry whether or not it is modelled: headings in our own words, and Japan's row."""

    list_id: str
    entry: str
    says: Mapping[str, str]
    row: str = ""


@dataclass
class ListPack:
    """One list: its edition, its entries, and for each modelled one how to read its conditions."""

    id: str
    version: str
    title: Mapping[str, str]
    entries: dict[str, EntryInfo]
    files: Mapping[str, ReadTable]
    _read: dict[str, EntryConditions | None] = field(default_factory=dict)


@dataclass
class Library:
    """Facts, kinds and lists of an installation."""

    catalogue: Catalogue
    kinds: Kinds
    lists: dict[str, ListPack]
    _located: dict[tuple[str, str], tuple[Path, ...] | None] = field(default_factory=dict)
    _whens: dict[int, Condition | None] = field(default_factory=dict)

    def when(self, derivation: Derivation) -> Condition | None:
        """The condition under which a derivation holds, None when it always does."""
        key = id(derivation)
        if key not in self._whens:
            problems: list[Problem] = []
            writer = Writer(self.catalogue, self.kinds, problems)
            self._whens[key] = None if derivation.when is None else writer.condition(derivation.when, "facts when")
            if problems:
                raise BadInput(problems)
        return self._whens[key]

    def conditions(self, list_id: str, entry: str) -> EntryConditions | None:
        """The conditions of an entry; None when nobody has modelled it. Raises ``BadInput`` for a faulty file."""
        pack = self.lists[list_id]
        if entry not in pack._read:
            read = pack.files.get(entry)
            if read is None:
                pack._read[entry] = None
            else:
                problems: list[Problem] = []
                where = f"{LISTS[list_id]}/conditions/{entry}.toml"
                pack._read[entry] = Writer(self.catalogue, self.kinds, problems).entry(read(), where)
                if problems:
                    del pack._read[entry]
                    raise BadInput(problems)
        return pack._read[entry]

    def locate(self, list_id: str, path: str) -> tuple[Path, ...] | None:
        """The paths from an entry's root down to ``path``; None when it is not modelled."""
        key = (list_id, path)
        if key not in self._located:
            entry = entry_of(list_id, path)
            conditions = self.conditions(list_id, entry) if entry in self.lists[list_id].files else None
            self._located[key] = None if conditions is None else _find(conditions.root, path, ())
        return self._located[key]

    def modelled(self, list_id: str) -> tuple[str, ...]:
        """The entries of a list that have conditions, in the order of their codes."""
        return tuple(sorted(self.lists[list_id].files))

    @cached_property
    def kinds_of_entry(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """Which kinds name an entry as one to consider, by (list, entry)."""
        found: dict[tuple[str, str], list[str]] = {}
        for kind in self.kinds.kinds.values():
            for list_id, entries in kind.entries.items():
                for entry in entries:
                    found.setdefault((list_id, entry), []).append(kind.name)
        return {key: tuple(names) for key, names in found.items()}


_JP_ENTRY = re.compile(r"^[\d-]+(?:\(\d+\))?\([ivxlcdm]+(?:-\d+)*\)")


def entry_of(list_id: str, path: str) -> str:
    """The entry that a path belongs to: "3A001" of "3A001.a.5", "6(i)" of "6(i)ホ(一)"."""
    if list_id == "jp-goods":
        match = _JP_ENTRY.match(path)
        return match[0] if match else path
    return path.partition(".")[0]


def _find(node: Path, path: str, above: tuple[Path, ...]) -> tuple[Path, ...] | None:
    here = (*above, node)
    if node.path == path:
        return here
    for child in node.below:
        found = _find(child, path, here)
        if found is not None:
            return found
    return None


def list_id(name: str) -> str | None:
    """The id of a list by any of its usual names ("us", "us-ccl", "jp"); None when there is no such list."""
    name = name.strip().lower()
    return name if name in LISTS else SHORT.get(name)
