"""The result of screening a file, part by part: a part is there whole or not at all, so a killed run is taken up again.

Beside ``hits.parquet`` the folder ``hits.parquet.parts`` holds the finished parts and what they were made from. When the
last part is there they become one file and the folder goes.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

COLUMNS: tuple[tuple[str, str], ...] = (
    ("row", "BIGINT"),
    ("party", "VARCHAR"),
    ("asked", "VARCHAR"),
    ("list", "VARCHAR"),
    ("id", "VARCHAR"),
    ("name", "VARCHAR"),
    ("matched", "VARCHAR"),
    ("score", "DOUBLE"),
    ("decided", "VARCHAR"),
    ("state", "VARCHAR"),
    ("why", "VARCHAR"),
)


class HitParts:
    """The parts of one run. ``made_from`` pins input, lists and settings: parts of another run are thrown away."""

    def __init__(self, out: Path, made_from: dict[str, Any]) -> None:
        self.out = out
        self.folder = out.with_name(out.name + ".parts")
        self.made_from = made_from

    def finished(self) -> dict[int, tuple[int, int]]:
        """Give the finished parts of this very run: number -> (parties, hits); another run's parts are removed."""
        note = self.folder / "made-from.json"
        if note.exists() and json.loads(note.read_text()) == self.made_from:
            found = {}
            for file in self.folder.glob("*.json"):
                if file.stem.isdigit():
                    told = json.loads(file.read_text())
                    found[int(file.stem)] = (told["parties"], told["hits"])
            return found
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        _whole(note, json.dumps(self.made_from))
        return {}

    def write(self, number: int, parties: int, hits: Sequence[tuple[Any, ...]]) -> None:
        """Write one part; a part that is there already is written over with the same."""
        if hits:
            import duckdb

            part = self.folder / f"{number:06d}.parquet.part"
            with duckdb.connect() as base:
                base.execute(f"CREATE TABLE hit ({', '.join(f'{name} {kind}' for name, kind in COLUMNS)})")
                marks = ", ".join("?" for _ in COLUMNS)
                base.executemany(f"INSERT INTO hit VALUES ({marks})", [list(hit) for hit in hits])
                base.execute("COPY hit TO ? (FORMAT parquet)", [str(part)])
            os.replace(part, self.folder / f"{number:06d}.parquet")
        _whole(self.folder / f"{number:06d}.json", json.dumps({"parties": parties, "hits": len(hits)}))

    def join(self) -> int:
        """Make the one file of all parts, best hits as they came, and remove the parts; give the number of hits."""
        import duckdb

        made = self.out.with_name(self.out.name + ".part")
        files = sorted(str(file) for file in self.folder.glob("*.parquet"))
        form = "csv, header" if self.out.suffix == ".csv" else "json" if self.out.suffix == ".jsonl" else "parquet"
        with duckdb.connect() as base:
            base.execute(f"CREATE TABLE hit ({', '.join(f'{name} {kind}' for name, kind in COLUMNS)})")
            if files:
                base.execute(
                    "INSERT INTO hit SELECT * FROM read_parquet(?) ORDER BY row, score DESC, list, id", [files]
                )
            counted = base.execute("SELECT count(*) FROM hit").fetchone()
            base.execute(f"COPY hit TO ? (FORMAT {form})", [str(made)])
        os.replace(made, self.out)
        shutil.rmtree(self.folder, ignore_errors=True)
        return int(counted[0]) if counted else 0


def _whole(path: Path, text: str) -> None:
    part = path.with_name(path.name + ".new")
    part.write_text(text, encoding="utf-8")
    os.replace(part, path)
