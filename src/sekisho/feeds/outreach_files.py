"""Read the method of outreach and assessment sets from TOML: the packs' own or a user's file, every fault at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import tomli

from sekisho.feeds.packs import packs_root
from sekisho.feeds.reference import places
from sekisho.model.problem import BadInput, Problem
from sekisho.outreach.history import Activity, AssessmentSet, Rated
from sekisho.outreach.method import CategoryPlan, Method, Role, Tool
from sekisho.outreach.priority import Factor

LARGEST = 5_000_000


def folder() -> Path:
    """Where the shipped files lie."""
    return packs_root() / "multilateral" / "outreach"


def read_document(path: Path) -> dict[str, Any]:
    """Read one TOML file, bounded."""
    try:
        if path.stat().st_size > LARGEST:
            raise BadInput([Problem("file-huge", path.name, f"larger than {LARGEST:,} bytes", "split the file")])
        return tomli.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        hint = "check the path"
        raise BadInput([Problem("file-unreadable", path.name, f"cannot be read: {error.strerror}", hint)]) from None
    except (UnicodeDecodeError, tomli.TOMLDecodeError) as error:
        hint = "see packs/multilateral/outreach for the form"
        raise BadInput([Problem("file-syntax", path.name, f"not readable as TOML: {error}", hint)]) from None


def method(path: Path | None = None) -> Method:
    """Read the method; BadInput names every row that names a tool or a category that does not exist."""
    file = path or folder() / "method.toml"
    document = read_document(file)
    tools = {
        row["id"]: Tool(row["id"], row["says"], row.get("outside_the_tools_table", False)) for row in document["tool"]
    }
    problems = list(_unknown_tools(document, set(tools), file.name))
    weights = sum(row["weight"] for row in document["risk"]["factor"])
    if abs(weights - 1) > 1e-9:
        problems.append(
            Problem("risk-weights", f"{file.name} [risk]", f"weights add up to {weights}", "make them add up to 1")
        )
    if problems:
        raise BadInput(problems)
    return Method(
        tools=tools,
        categories={
            row["number"]: CategoryPlan(
                row["number"],
                row["lacks"],
                row["objective"],
                tuple(row.get("primary", ())),
                tuple(row.get("if_necessary", ())),
            )
            for row in document["category"]
        },
        roles=tuple(
            Role(row["donor"], row["category"], tuple(row.get("primary", ())), tuple(row.get("if_necessary", ())))
            for row in document["role"]
        ),
        factors=tuple(Factor(row["id"], float(row["weight"]), row["says"]) for row in document["risk"]["factor"]),
        threshold=float(document["risk"]["threshold"]),
    )


def _unknown_tools(document: Mapping[str, Any], tools: set[str], name: str) -> Iterator[Problem]:
    for array in ("category", "role"):
        for number, row in enumerate(document[array]):
            for tool in (*row.get("primary", ()), *row.get("if_necessary", ())):
                if tool not in tools:
                    hint = f"one of {', '.join(sorted(tools))}"
                    yield Problem("tool-unknown", f"{name} {array}[{number}]", f"there is no tool '{tool}'", hint)


def assessment_names() -> list[str]:
    """The ids of the shipped assessment sets."""
    return sorted(path.stem for path in folder().glob("*.toml") if "rating" in read_document(path))


def assessment(name: str) -> AssessmentSet:
    """Read a shipped set by its id, or a file by its path."""
    path = Path(name) if name.endswith(".toml") else folder() / f"{name}.toml"
    if not name.endswith(".toml") and name not in assessment_names():
        known = ", ".join(assessment_names())
        raise BadInput([Problem("assessment-unknown", name, "there is no such assessment", f"known: {known}")])
    document = read_document(path)
    problems = list(_faults(document, path.name))
    if problems:
        raise BadInput(problems)
    return AssessmentSet(
        id=document["id"],
        status=document["status"],
        title=document["title"],
        day=document["day"],
        assessor=document["assessor"],
        tentative=document.get("tentative", False),
        source=f"{document['source']['id']} {document['source']['at']}",
        concern=frozenset(document.get("concern", ())),
        ratings=tuple(
            Rated(
                row["place"],
                row["raw"],
                group["category"],
                group["risk"],
                group["heading"],
                row.get("run_together", ""),
            )
            for group in document["rating"]
            for row in group["places"]
        ),
        activities=tuple(
            Activity(
                group["tool"],
                group["host"],
                row["place"],
                row["raw"],
                group["said"],
                group.get("year"),
                row.get("month"),
            )
            for group in document.get("activity", ())
            for row in group["months"]
        ),
        next_seminar=document.get("next_seminar"),
        spellings=tuple((row["raw"], row["meant"]) for row in document.get("spelling", ())),
    )


def _faults(document: Mapping[str, Any], name: str) -> Iterator[Problem]:
    """Every row that cannot be read: places, categories, risks, a place rated twice."""
    for key, kind in (
        ("id", str),
        ("status", str),
        ("title", dict),
        ("day", date),
        ("assessor", str),
        ("source", dict),
    ):
        if not isinstance(document.get(key), kind):
            yield Problem(
                "key-missing", f"{name} {key}", f"'{key}' is missing or of another type", "see history-2008.toml"
            )
    if document.get("status") not in ("history", "current", "draft"):
        yield Problem("status-unknown", f"{name} status", f"{document.get('status')!r}", "history, current or draft")
    seen: dict[str, str] = {}
    for number, group in enumerate(document.get("rating", ())):
        where = f"{name} rating[{number}]"
        if group.get("category") not in (1, 2, 3, 4):
            yield Problem("category-unknown", where, f"category is {group.get('category')!r}", "1, 2, 3 or 4")
        if group.get("risk") not in ("high", "low", "unknown"):
            yield Problem("risk-unknown", where, f"risk is {group.get('risk')!r}", "high, low or unknown")
        for row in group.get("places", ()):
            place = row.get("place")
            if place not in places():
                yield Problem("place-unknown", where, f"{place!r} is no place", "ISO 3166-1 alpha-2")
            elif place in seen:
                yield Problem("rated-twice", where, f"{place} is rated in {seen[place]} too", "one category a place")
            seen.setdefault(place, where)
    for number, group in enumerate(document.get("activity", ())):
        for row in group.get("months", ()):
            if row.get("place") != "*" and row.get("place") not in places():
                yield Problem(
                    "place-unknown", f"{name} activity[{number}]", f"{row.get('place')!r} is no place", "ISO 3166-1"
                )
            if row.get("month", 1) not in range(1, 13):
                yield Problem("month", f"{name} activity[{number}]", f"month {row.get('month')!r}", "1 to 12")
