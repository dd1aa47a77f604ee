"""The Commerce Country Chart and the Country Groups as rows by ISO code, from their JSON of one day.

Both files name countries in words, and not always in the same words. Every name is led to a code; a name that leads
nowhere is a problem, and so is a name of one file that the other does not have, unless it is known why.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from sekisho.feeds.reference import place_code
from sekisho.model.problem import BadInput, Problem

Row = dict[str, Any]
# Spellings of the two files that no list of names has, misprints of the official tables among them.
SPELLINGS: Mapping[str, str] = {
    "Cote d'lvoire": "CI",  # with a small L
    "Seycheles": "SC",
    "Korea, South": "KR",
    "Korea, North": "KP",
    "Micronesia (Federated State of)": "FM",
    "Sint Maarten (the Dutch two-fifths of the island of Saint Martin)": "SX",
}


def read_chart(path: Path) -> tuple[date, list[Row]]:
    """Give the day and one row for each destination: its place, its marks and footnotes, or that it is embargoed."""
    document = _document(path, "countries")
    problems: list[Problem] = []
    columns = set(document["columns"])
    rows: list[Row] = []
    for name, country in document["countries"].items():
        place = _place(name, path.name, problems)
        for mark in country["marks"]:
            if mark not in columns:
                problems.append(Problem("chart-column", f"{path.name} {name}", f"unknown column '{mark}'"))
        rows.append({"place": place, "marks": country["marks"], "footnotes": country["footnotes"]})
    for name, country in document["embargoed"].items():
        place = _place(name, path.name, problems)
        rows.append({"place": place, "marks": [], "footnotes": country["footnotes"], "embargoed": True})
    _once(rows, path.name, problems)
    if problems:
        raise BadInput(problems)
    return date.fromisoformat(document["ecfrIssueDate"]), sorted(rows, key=lambda row: str(row["place"]))


def read_groups(path: Path) -> tuple[date, list[Row]]:
    """Give the day and one row for each group: ``group`` (``D:5``) and its ``places``."""
    document = _document(path, "groups")
    problems: list[Problem] = []
    rows: list[Row] = []
    for group, names in document["groups"].items():
        places = sorted(_place(name, path.name, problems) for name in names)
        if len(set(places)) != len(places):
            problems.append(Problem("group-twice", f"{path.name} {group}", "two names lead to one place"))
        rows.append({"group": group, "places": places})
    if problems:
        raise BadInput(problems)
    return date.fromisoformat(document["ecfrIssueDate"]), rows


def _document(path: Path, key: str) -> dict[str, Any]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        found: dict[str, Any] = document[key]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadInput([Problem("chart-form", path.name, f"not the expected JSON: {error!r}")]) from None
    if not found:
        raise BadInput([Problem("chart-form", path.name, f"'{key}' is empty")])
    whole: dict[str, Any] = document
    return whole


def _place(name: str, where: str, problems: list[Problem]) -> str:
    code = SPELLINGS.get(name) or place_code(name)
    if not code:
        hint = "add the name to places.toml, or the spelling to the reader"
        problems.append(Problem("place-unknown", f"{where} {name}", "no country or territory has this name", hint))
    return code or name


def _once(rows: list[Row], where: str, problems: list[Problem]) -> None:
    seen: set[str] = set()
    for row in rows:
        if row["place"] in seen:
            problems.append(Problem("chart-twice", f"{where} {row['place']}", "two rows of one place"))
        seen.add(row["place"])
