"""Decide a table twice, under the law before and after, and bring home the rows that differ."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from sekisho.app.bulk import Summary
from sekisho.app.flat import CellReading
from sekisho.app.impact import Changed, Impact, impact_of
from sekisho.law.column_layers import text
from sekisho.store.bulk import Heard, decide_table


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the comparison: the laws and the day as of which every row is decided (None: the rows' own)."""

    reading: CellReading
    on: date | None = None


def compare(table: Path, before: Side, after: Side, heard: Heard | None = None) -> tuple[Impact, Summary, Summary]:
    """Decide ``table`` on both sides; a row that either side refuses is not compared, and both summaries tell of it."""
    with tempfile.TemporaryDirectory(prefix="sekisho-") as folder:
        files = [Path(folder) / f"{name}.parquet" for name in ("before", "after")]
        sides = [
            decide_table(table, file, side.reading, on=side.on, heard=heard)
            for file, side in zip(files, (before, after), strict=True)
        ]
        with duckdb.connect(":memory:") as connection:
            one, other = (f"read_parquet({text(str(file))})" for file in files)
            joined = f"{one} AS b JOIN {other} AS a ON b.row = a.row AND b.law = a.law"
            counted = connection.execute(f"SELECT count(*) FROM {joined}").fetchone()
            rows = connection.execute(
                'SELECT b.row, b.id, b.law, b."to", b.entries, b.outcome, a.outcome, b.rules, a.rules, b.licences, '
                f"a.licences FROM {joined} WHERE (b.outcome, b.rules, b.licences) IS DISTINCT FROM "
                "(a.outcome, a.rules, a.licences) ORDER BY b.row, b.law"
            ).fetchall()
    changed = [Changed(int(row[0]), *(str(cell) if cell is not None else "" for cell in row[1:])) for row in rows]
    return impact_of(int(counted[0]) if counted else 0, changed), sides[0], sides[1]
