"""Where a row of a pack stands in its file: the line is looked up only when somebody wants to go there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from sekisho.model.problem import Problem

_ROW = re.compile(r"^(?P<file>\S+\.toml) \[\[(?P<array>\w+)\]\] (?P<key>.+)$")


def with_lines(folder: Path, problems: Iterable[Problem]) -> list[Problem]:
    """Add the line to each problem of the pack in ``folder``: ``jp/rules/list.toml:5 [[rule]] jp.list``."""
    return [replace(problem, where=with_line(folder, problem.where)) for problem in problems]


def with_line(folder: Path, where: str) -> str:
    """Add the line to the place of a row, when the row can be found."""
    found = _ROW.match(where)
    if found is None:
        return where
    line = line_of(folder.parent / found["file"], found["array"], found["key"])
    return where if line is None else f"{found['file']}:{line} [[{found['array']}]] {found['key']}"


def line_of(path: Path, array: str, key: str) -> int | None:
    """The line on which ``[[array]]`` with this id or path (or this place in the file) begins."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    named = re.compile(rf"^\s*(?:id|path)\s*=\s*\"{re.escape(key)}\"\s*(?:#.*)?$")
    header = re.compile(rf"^\s*\[\[\s*{re.escape(array)}\s*\]\]")
    starts = [number for number, line in enumerate(lines, 1) if header.match(line)]
    for start, end in zip(starts, [*starts[1:], len(lines) + 1], strict=True):
        if any(named.match(line) for line in lines[start : end - 1]):
            return start
    return starts[int(key) - 1] if key.isdigit() and 0 < int(key) <= len(starts) else None
