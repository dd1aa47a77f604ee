"""A second witness of the requirement tables, of a later day: which entries still say the same, which were reworded.

The witness is another project's JSON of the list. It lacks entries and garbles some; so it never replaces our own
reading. It confirms an entry where both readings agree, and lends the rows of an entry where the words changed in a
way that is known (the United Arab Emirates named beside the groups). For the rest the earlier text is declared to
hold, and the declaration is kept with its reason.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sekisho.feeds.us.requirements import Requirement, Requirements, cell_hash
from sekisho.feeds.us.scope import read_left
from sekisho.feeds.us.target import read_target
from sekisho.model.problem import BadInput, Problem

Row = dict[str, Any]


def read_witness(path: Path) -> tuple[date, dict[str, list[tuple[str, str]]]]:
    """Give the day of the witness and the cells of each of its entries."""
    document = json.loads(path.read_text(encoding="utf-8"))
    try:
        day = date.fromisoformat(document["ecfrIssueDate"])
        cells = {
            entry["eccn"]: [(row["control"], row["countryChart"]) for row in entry["countryChart"]]
            for entry in document["entries"]
        }
    except (KeyError, TypeError, ValueError) as error:
        hint = "the JSON has ecfrIssueDate, and entries with eccn and countryChart"
        raise BadInput([Problem("witness-form", path.name, f"not the JSON of the list: {error!r}", hint)]) from None
    return day, cells


def overlay(first: Requirements, cells: Mapping[str, Sequence[tuple[str, str]]]) -> list[Row]:
    """Give one line for each entry with rows: its new ``rows``, or that the old ones hold and by what."""
    known = [entry["entry"] for entry in first.entries]
    own: dict[str, list[Requirement]] = {}
    for row in first.rows:
        own.setdefault(row.entry, []).append(row)
    lines: list[Row] = []
    for entry, rows in own.items():
        later = _rows(entry, cells.get(entry, ()), known) if entry in cells else None
        before, after = Counter(map(_meaning, rows)), Counter(map(_meaning, later or ()))
        if later is not None and before == after:
            lines.append({"entry": entry, "holds": "same"})
        elif later is not None and _reworded(rows, later):
            lines.append({"entry": entry, "rows": [row.as_json() for row in later]})
        else:
            lines.append({"entry": entry, "holds": "declared", "why": _why(later, before, after)})
    return lines


def _rows(entry: str, cells: Sequence[tuple[str, str]], known: Sequence[str]) -> list[Requirement] | None:
    """The witness's rows; None when one of them cannot be read."""
    found: list[Requirement] = []
    for left, right in cells:
        read = read_left(left, entry, known)
        if read is None:
            return None
        for reason in read.reasons:
            target = read_target(right, reason)
            if target is None:
                return None
            found.append(Requirement(entry, reason, read.scope, target, cell_hash(left, right), left=left))
    return found


def _meaning(row: Requirement) -> str:
    # Two prints of the same words differ in spaces, quotes and superscripts.
    text = re.sub(r"\W+", "", row.left) if row.scope.words else ""
    return json.dumps([row.reason, row.scope.as_json(), row.target.kind, row.target.name, text], sort_keys=True)


def _reworded(before: Sequence[Requirement], after: Sequence[Requirement]) -> bool:
    """The same reasons and paragraphs, and only sets of places or the words of a row are new."""
    if len(before) != len(after):
        return False
    changed = [(old, new) for old, new in zip(before, after, strict=True) if _meaning(old) != _meaning(new)]
    return bool(changed) and all(
        old.reason == new.reason
        and (
            (old.scope == new.scope and re.fullmatch(r"us:advanced-computing", old.target.name) is not None)
            or (old.scope.words and new.scope.words and old.target == new.target)
        )
        for old, new in changed
    )


def _why(later: Sequence[Requirement] | None, before: Counter[str], after: Counter[str]) -> str:
    if later is None:
        return "the later witness lacks the entry or cannot be read"
    if not later:
        return "the later witness lost the table"
    lost, added = sum((before - after).values()), sum((after - before).values())
    return f"the later witness differs in a way that is no known change: {lost} rows lost, {added} added"
