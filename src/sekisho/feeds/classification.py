"""Read the classification packs from their folders: facts, kinds, the index of entries, and conditions on demand."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

import tomli

from sekisho.classify.facts import Catalogue, Fact, read_facts
from sekisho.classify.kinds import Kind, Kinds, read_kinds
from sekisho.classify.library import LISTS, EntryInfo, Library, ListPack
from sekisho.model.problem import BadInput, Problem


@cache
def library(packs: Path) -> Library:
    """Read the packs under ``packs``; raises ``BadInput`` with every fault of the shared files."""
    problems: list[Problem] = []
    facts: list[Fact] = []
    kinds: list[Kind] = []
    shared = packs / "classification"
    for file in sorted(shared.glob("facts/*.toml")):
        facts.extend(read_facts(_toml(file), file.name, problems))
    for file in sorted(shared.glob("kinds/*.toml")):
        kinds.extend(read_kinds(_toml(file), file.name, problems))
    _no_doubles("facts", [fact.name for fact in facts], problems)
    _no_doubles("kinds", [kind.name for kind in kinds], problems)
    known = {kind.name for kind in kinds}
    for kind in kinds:
        for broader in kind.broader:
            if broader not in known:
                problems.append(
                    Problem("kinds.broader", kind.name, f"there is no kind {broader!r}", "Name an existing kind.")
                )
    if not facts or not kinds:
        problems.append(
            Problem("packs.classification", str(shared), "no facts or kinds were found", "Check the packs folder.")
        )
    lists = {name: _list(name, packs / folder) for name, folder in LISTS.items()}
    if problems:
        raise BadInput(problems)
    return Library(Catalogue(facts), Kinds(kinds), lists)


def _no_doubles(what: str, names: list[str], problems: list[Problem]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            problems.append(Problem(f"{what}.twice", name, "this name stands twice", "Keep one of them."))
        seen.add(name)


def _list(name: str, folder: Path) -> ListPack:
    """Headings of every entry (they stand in ``lists/``) and the files of the modelled ones."""
    index = folder / "lists" / f"{name}.toml"
    table = _toml(index) if index.exists() else {}
    entries = {
        code: EntryInfo(
            name,
            code,
            {"en": str(row.get("en", "")), "ja": str(row.get("ja", ""))},
            row=str(row.get("row", "")),
        )
        for code, row in table.get("entry", {}).items()
    }
    files = {file.stem: partial(_toml, file) for file in sorted((folder / "conditions").glob("*.toml"))}
    return ListPack(name, str(table.get("version", "")), table.get("title", {}), entries, files)


def _toml(file: Path) -> Mapping[str, Any]:
    try:
        return tomli.loads(file.read_text(encoding="utf-8"))
    except tomli.TOMLDecodeError as bad:
        raise BadInput([Problem("toml", file.name, str(bad), "Correct the TOML.")]) from bad
