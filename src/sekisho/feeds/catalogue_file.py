"""Read a product catalogue: CSV, XLSX or JSON lines, one product a row.

Columns ``name``, ``description``, ``kind``, ``not_kind``, ``cas`` and ``hs`` are the item's own; every other column is
a fact by name or alias, an empty cell is not known.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sekisho.model.problem import BadInput, Problem

OWN = ("name", "description", "kind", "not_kind", "cas", "hs", "maker", "part")
MOST_ROWS = 1_000_000


def rows_of(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give each row's place ("products.csv:12") and its item table; raises ``BadInput`` for a file that is no table."""
    try:
        if path.suffix.lower() == ".jsonl":
            yield from _json_lines(path)
        elif path.suffix.lower() == ".xlsx":
            yield from _sheet(path)
        else:
            with path.open(encoding="utf-8-sig", newline="") as stream:
                reader = csv.DictReader(stream)
                for number, row in enumerate(reader, start=2):
                    yield f"{path.name}:{number}", _item(row, f"{path.name}:{number}")
    except (OSError, UnicodeDecodeError, csv.Error) as bad:
        raise BadInput(
            [Problem("catalogue.unreadable", path.name, str(bad), "Give CSV in UTF-8, XLSX or JSON lines.")]
        ) from bad


def _item(row: dict[str, Any], place: str) -> dict[str, Any]:
    if None in row:
        raise BadInput(
            [
                Problem(
                    "catalogue.columns",
                    place,
                    "the row has more cells than the heading",
                    "Quote cells that hold commas.",
                )
            ]
        )
    table: dict[str, Any] = {key: row[key].strip() for key in OWN if row.get(key)}
    for key in ("kind", "not_kind"):
        if key in table:
            table[key] = [part.strip() for part in table[key].split(";") if part.strip()]
    facts = {key: value.strip() for key, value in row.items() if key and key not in OWN and value and value.strip()}
    table["facts"] = {key: value.split(";") if ";" in value else value for key, value in facts.items()}
    return table


def _json_lines(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    with path.open(encoding="utf-8-sig") as stream:
        for number, line in enumerate(stream, start=1):
            if not line.strip():
                continue
            place = f"{path.name}:{number}"
            try:
                row = json.loads(line)
            except json.JSONDecodeError as bad:
                raise BadInput([Problem("catalogue.json", place, str(bad), "One JSON object a line.")]) from bad
            if not isinstance(row, dict):
                raise BadInput([Problem("catalogue.json", place, "not an object", "One JSON object a line.")])
            yield place, row


def _sheet(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, KeyError, ValueError) as bad:
        raise BadInput([Problem("catalogue.xlsx", path.name, f"not a workbook: {bad}", "Save it as XLSX.")]) from bad
    rows = book.worksheets[0].iter_rows(values_only=True, max_row=MOST_ROWS)
    head = [str(cell).strip() if cell is not None else "" for cell in next(rows, ())]
    for number, cells in enumerate(rows, start=2):
        row = {key: "" if cell is None else str(cell) for key, cell in zip(head, cells, strict=False) if key}
        if any(row.values()):
            yield f"{path.name}:{number}", _item(row, f"{path.name}:{number}")
