"""The machine-made parts of a pack: snapshots, requirement tables, questions bound to rows, rules for each value."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sekisho.law.pack import ContentUse
from sekisho.law.requirements import TableUse
from sekisho.law.rule import Condition
from sekisho.law.sets import PlaceSet
from sekisho.law.snapshots import Snapshot
from sekisho.model.problem import Problem

Row = Mapping[str, Any]
EACH = "{each}"


def each_value(row: Row) -> Iterator[Row]:
    """A rule with ``each = [...]`` is one rule for each value: ``us.gp1/NS``, with the value for ``{each}``."""
    if "each" not in row:
        yield row
        return
    for value in row["each"]:
        made = _filled({key: one for key, one in row.items() if key != "each"}, str(value))
        made["id"] = f"{row.get('id')}/{value}"
        yield made


def _filled(part: Any, value: str) -> Any:
    if isinstance(part, dict):
        return {key: _filled(one, value) for key, one in part.items()}
    if isinstance(part, list):
        return [_filled(one, value) for one in part]
    return part.replace(EACH, value) if isinstance(part, str) else copy.copy(part)


def make_snapshot(row: Row, where: str, problems: list[Problem]) -> Snapshot | None:
    """A ``[[snapshot]]`` row; ``load`` was put there by the reader of packs."""
    day, sha256 = row.get("as_of"), row.get("sha256")
    if not isinstance(day, date) or not isinstance(sha256, str) or not callable(row.get("load")):
        hint = 'as_of = 2026-07-23, file = "snapshots/x.jsonl", sha256 = "...", rows = 10'
        problems.append(Problem("snapshot-row", where, "as_of, file or sha256 is missing", hint))
        return None
    return Snapshot(
        id=row["id"],
        as_of=day,
        source=str(row.get("source", "")),
        sha256=sha256,
        count=int(row.get("rows", 0)),
        load=row["load"],
        overlays=tuple((one["as_of"], one["sha256"]) for one in row.get("overlay", ())),
    )


def make_table_use(head: Row, snapshots: Mapping[str, Snapshot], problems: list[Problem]) -> TableUse | None:
    """``[requirements]`` of ``pack.toml``: which table is joined with which chart."""
    row = head.get("requirements")
    if row is None:
        return None
    use = TableUse(str(row.get("table")), str(row.get("chart")), str(head.get("id")), tuple(row.get("same_day", ())))
    for name in (use.table, use.chart, *use.same_day):
        if name not in snapshots:
            hint = f"one of {', '.join(snapshots)}"
            problems.append(Problem("snapshot-unknown", "pack.toml [requirements]", f"no snapshot '{name}'", hint))
    return use


def make_content_use(head: Row, places: Mapping[str, PlaceSet], problems: list[Problem]) -> ContentUse | None:
    """``[content]`` of ``pack.toml``: whose parts count in a foreign item, and where more of them do."""
    row = head.get("content")
    if row is None:
        return None
    use = ContentUse(frozenset(row["origin"]), str(row.get("every_part", "")), str(row.get("listed_parts", "")))
    for name in (use.every_part, use.listed_parts):
        if name and name not in places:
            problems.append(Problem("condition-set", "pack.toml [content]", f"place set '{name}' does not exist"))
    return use


def make_questions(rows: Sequence[tuple[str, Row]], conditions: Any) -> dict[str, tuple[Condition, ...]]:
    """``[[row_question]]``: the rows of a table whose condition is in words, by hash, and the test that answers it."""
    return {hash_: tuple(conditions(row.get("when", {}))) for _, row in rows for hash_ in row.get("rows", ())}
