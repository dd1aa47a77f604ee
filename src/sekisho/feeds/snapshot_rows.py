"""Read the rows of a snapshot: JSON lines beside the pack, held to the hash and the count that the pack states."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sekisho.model.problem import BadInput, Problem

Row = Mapping[str, Any]
LARGEST = 50_000_000


def read_snapshot(folder: Path, row: Row) -> tuple[Row, ...]:
    """Give the rows of a ``[[snapshot]]``, each overlay laid over them; BadInput when a file is another one.

    An overlay line either replaces the rows of an entry (``entry`` and ``rows``) or states that the rows of an entry
    hold on its day as well (``entry`` and ``holds``). Every row ends up with the ``days`` on which it holds.
    """
    day = row["as_of"].isoformat()
    rows = [
        {"days": [day], "certainty": row.get("certainty", "V"), **one}
        for one in _lines(folder, row["file"], row["sha256"], row.get("rows"))
    ]
    for overlay in row.get("overlay", ()):
        rows = _overlaid(rows, overlay["as_of"].isoformat(), _lines(folder, overlay["file"], overlay["sha256"]))
    return tuple(rows)


def _overlaid(rows: list[dict[str, Any]], day: str, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    replaced = {line["entry"]: line for line in lines if "rows" in line}
    held = {line["entry"]: line for line in lines if "holds" in line}
    found: list[dict[str, Any]] = []
    done: set[str] = set()
    for row in rows:
        entry = row["entry"]
        if entry in replaced:
            if entry not in done:
                done.add(entry)
                found += [{"certainty": "S", **one, "days": [day]} for one in replaced[entry]["rows"]]
        elif entry in held:
            found.append({**row, "days": [*row["days"], day]})
        else:
            found.append(row)
    return found


def _lines(folder: Path, name: str, sha256: str, count: int | None = None) -> list[dict[str, Any]]:
    path = folder / name
    try:
        if path.stat().st_size > LARGEST:
            raise BadInput([Problem("file-huge", name, f"larger than {LARGEST:,} bytes", "not a snapshot of a pack")])
        content = path.read_bytes().replace(b"\r\n", b"\n")
    except OSError as error:
        hint = "the pack is not whole"
        raise BadInput([Problem("file-unreadable", name, f"cannot be read: {error.strerror}", hint)]) from None
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        hint = f'if the new rows are meant, write sha256 = "{found}" in the pack'
        raise BadInput([Problem("snapshot-hash", name, "the rows are not those that the pack names", hint)])
    lines = [json.loads(line) for line in content.decode("utf-8").splitlines() if line]
    if count is not None and len(lines) != count:
        raise BadInput([Problem("snapshot-count", name, f"{len(lines)} rows, the pack says {count}", "correct rows")])
    return lines
