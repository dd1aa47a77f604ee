"""Make the snapshots of the pack ``us`` out of the texts: rows as JSON lines, and the TOML that names their hashes.

The same texts always give the same bytes. The day of the Commerce Control List is not in its file and is stated.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sekisho.feeds.us.chart import read_chart, read_groups
from sekisho.feeds.us.requirements import read_requirements, snapshot_lines
from sekisho.feeds.us.witness import overlay, read_witness

Row = dict[str, Any]


def make_tables(ccl: Path, ccl_day: date, chart: Path, groups: Path, witness: Path | None) -> dict[str, bytes]:
    """Give the files by name: the rows of the list, its entries, the chart, the groups, and ``tables.toml``."""
    read = read_requirements(ccl)
    chart_day, chart_rows = read_chart(chart)
    groups_day, group_rows = read_groups(groups)
    files: dict[str, bytes] = {}
    made = [
        ("us:ccl", "ccl", ccl_day, [row.as_json() for row in read.rows]),
        ("us:entries", "entries", ccl_day, list(read.entries)),
        ("us:chart", "chart", chart_day, chart_rows),
        ("us:groups", "groups", groups_day, group_rows),
    ]
    parts: list[str] = [HEAD]
    for name, stem, day, rows in made:
        file = f"{stem}-{day}.jsonl"
        files[file] = snapshot_lines(rows)
        parts.append(_manifest(name, file, day, rows, files[file]))
        if name == "us:ccl" and witness is not None:
            later, cells = read_witness(witness)
            lines = overlay(read, cells)
            file = f"{stem}-{later}-overlay.jsonl"
            files[file] = snapshot_lines(lines)
            parts.append(_overlay(file, later, lines, files[file]))
    files["tables.toml"] = "\n".join(parts).encode()
    return files


HEAD = """# Made by sekisho.feeds.us.making from the texts; do not edit. Each file is held to its hash when it is read.
"""


def _manifest(name: str, file: str, day: date, rows: Sequence[Mapping[str, Any]], content: bytes) -> str:
    return f"""[[snapshot]]
id = "{name}"
file = "{file}"
as_of = {day}
rows = {len(rows)}
sha256 = "{hashlib.sha256(content).hexdigest()}"
"""


def _overlay(file: str, day: date, lines: Sequence[Mapping[str, Any]], content: bytes) -> str:
    reworded = [line["entry"] for line in lines if "rows" in line]
    same = sum(line.get("holds") == "same" for line in lines)
    declared = [line["entry"] for line in lines if line.get("holds") == "declared"]
    return f"""  # A later witness: {same} entries say the same, {len(reworded)} were reworded and are overlaid,
  # {len(declared)} are declared to hold although the witness lacks or garbles them.
  [[snapshot.overlay]]
  file = "{file}"
  as_of = {day}
  sha256 = "{hashlib.sha256(content).hexdigest()}"
  reworded = {_list(reworded)}
  declared = {_list(declared)}
"""


def _list(names: Sequence[str]) -> str:
    return "[" + ", ".join(f'"{name}"' for name in names) + "]"
