"""The bindings of the shipped conditions to their paragraphs, gathered from ``packs/*/conditions/*.toml``."""

from __future__ import annotations

from pathlib import Path

import tomli

from sekisho.classify.bindings import Binding
from sekisho.feeds.packs import packs_root
from sekisho.model.problem import BadInput, Problem


def bindings(list_id: str, packs: Path | None = None) -> tuple[Binding, ...]:
    """Every binding to paragraphs of this list; raises ``BadInput`` for a file that is no TOML."""
    found: list[Binding] = []
    problems: list[Problem] = []
    for file in sorted((packs or packs_root()).glob("*/conditions/*.toml")):
        try:
            table = tomli.loads(file.read_text(encoding="utf-8"))
        except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
            problems.append(Problem("pack.toml", file.name, str(error), "correct the file"))
            continue
        if table.get("list") != list_id:
            continue
        entry = str(table.get("entry", file.stem))
        rows = [row for row in table.get("path", ()) if row.get("hash")]
        found += [Binding(list_id, entry, str(row["path"]), str(row["hash"])) for row in rows]
    if problems:
        raise BadInput(problems)
    return tuple(found)
