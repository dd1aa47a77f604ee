"""Rows that an installation adds to the tables of a pack, such as cells of the bulk licence matrix."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import tomli

from sekisho.model.problem import BadInput, Problem

MATRIX_KEYS = {"item": str, "places": list, "allows": list, "from": date}


def read_rows(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Read ``[["jp:bulk-matrix"]]`` tables; BadInput names every row that is not whole."""
    try:
        document = tomli.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput(
            [Problem("file-unreadable", path.name, f"cannot be read: {error.strerror}", "check the path")]
        ) from None
    except (UnicodeDecodeError, tomli.TOMLDecodeError) as error:
        raise BadInput(
            [Problem("file-syntax", path.name, f"not readable: {error}", 'write [["jp:bulk-matrix"]]')]
        ) from None
    problems: list[Problem] = []
    for table, rows in document.items():
        if not isinstance(rows, list):
            problems.append(Problem("data-table", f"{path.name} {table}", "not a list of rows", f'write [["{table}"]]'))
            continue
        for number, row in enumerate(rows):
            for key, kind in MATRIX_KEYS.items() if table.endswith(":bulk-matrix") else ():
                if not isinstance(row, dict) or not isinstance(row.get(key), kind):
                    where = f"{path.name} {table}[{number}].{key}"
                    hint = 'item = "6(2)", places = ["US"], allows = ["general-bulk"], from = 2025-04-01'
                    problems.append(Problem("data-row", where, f"'{key}' is missing or of another type", hint))
    if problems:
        raise BadInput(problems)
    return document
