"""The licence requirement tables of the Commerce Control List as rows: reason, paragraphs, target, hash of the cell.

``read_requirements`` makes them from the eCFR XML of Supplement No. 1 to 15 CFR part 774. The rows hold codes and
places only. What the text says in words is not carried over: it is bound by the hash of its cell, and the pack asks
it as a question in words of its own. A cell of a new shape is a problem, never a row that is left out.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sekisho.feeds.us.ccl import Entry, read_entries
from sekisho.feeds.us.flags import read_flags
from sekisho.feeds.us.scope import read_left
from sekisho.feeds.us.scope_value import Scope
from sekisho.feeds.us.target import Target, read_target
from sekisho.model.problem import BadInput, Problem

# Entries without a requirement of their own, and why. Whatever is found to be otherwise fails the reading.
_ELSEWHERE: tuple[tuple[str, str], ...] = (
    (r"subject to the ITAR|Department of State|Related Controls Paragraph|NPR", "itar"),
    (r"Nuclear Regulatory Commission", "nrc"),
    (r"Department of Energy", "doe"),
    (r"\bRS ?1 controls\b", "series-0y521"),
    (r"No (?:items|commodities|software|technology)\b.*\b(?:currently|are)\b", "empty"),
    (r"controlled (?:by|under) ECCN|See ECCN|Is Controlled by ECCN", "other-entry"),
)


@dataclass(frozen=True, slots=True)
class Requirement:
    """One row; ``repaired`` says what the print had run together, ``left`` is the left cell as printed (never kept)."""

    entry: str
    reason: str
    scope: Scope
    target: Target
    hash: str
    repaired: str = ""
    left: str = ""

    def as_json(self) -> dict[str, Any]:
        """Write the row as a line of the snapshot has it."""
        row = {
            "entry": self.entry,
            "reason": self.reason,
            "scope": self.scope.as_json(),
            "target": self.target.as_json(),
            "hash": self.hash,
        }
        return {**row, "repaired": self.repaired} if self.repaired else row


@dataclass(frozen=True, slots=True)
class Requirements:
    """All rows, and for each entry its paragraphs, flags and, where it has no row, the reason."""

    rows: tuple[Requirement, ...]
    entries: tuple[dict[str, Any], ...]
    reasons: dict[str, tuple[str, ...]]  # the line "Reason for Control" of each entry, as codes


def read_requirements(path: Path) -> Requirements:
    """Read the file; raises BadInput with every cell that could not be read."""
    texts = read_entries(path)
    known = [entry.code for entry in texts]
    problems: list[Problem] = []
    rows: list[Requirement] = []
    entries: list[dict[str, Any]] = []
    for entry in texts:
        own = list(_rows(entry, known, problems, path.name))
        rows += own
        described: dict[str, Any] = {"entry": entry.code, "paths": entry.paragraphs}
        if not own:
            described["none"] = _why_none(entry, problems, path.name)
        flags = read_flags(entry, known)
        if flags:
            described["flags"] = flags
        entries.append(described)
    if problems:
        raise BadInput(problems)
    reasons = {entry.code: _reason_line(entry.reasons) for entry in texts}
    return Requirements(tuple(rows), tuple(entries), reasons)


def _reason_line(text: str) -> tuple[str, ...]:
    """The codes of the line "Reason for Control"; foreign policy stands for Russian industry sector sanctions."""
    codes = re.findall(r"\b([A-Z]{2})\d?\b", text)
    return tuple([*codes, "RU"] if re.search(r"foreign policy", text, re.IGNORECASE) else codes)


def _rows(entry: Entry, known: Sequence[str], problems: list[Problem], name: str) -> Iterator[Requirement]:
    for left, right, repaired in (*_cells(entry), *((text, None, "") for text in entry.prose)):
        read = read_left(left, entry.code, known)
        if read is None:
            says = f"a requirement names no reason: {left[:100]!r}"
            problems.append(Problem("ccl-row", f"{name} {entry.code}", says, "the reader does not know this form"))
            continue
        for reason in read.reasons:
            target = read_target(left if right is None else right, reason)
            if target is None:
                says = f"a requirement with an unknown target: {(right or left)[:100]!r}"
                problems.append(Problem("ccl-target", f"{name} {entry.code}", says, "the reader does not know it"))
                continue
            yield Requirement(entry.code, reason, read.scope, target, cell_hash(left, right or ""), repaired, left)


def _cells(entry: Entry) -> Iterator[tuple[str, str | None, str]]:
    """The rows of the table as left and right cell; what the print ran together is taken apart and said."""
    for cells in entry.cells:
        left = cells[0]
        right = cells[1] if len(cells) > 1 else None
        if not left:
            continue  # a note that stands in a row of its own
        fused = re.match(r"^([A-Z]{2} applies to entire entry) ?([A-Z]{2} applies to entire entry)$", left)
        columns = re.match(r"^([A-Z]{2} Column \d) ?([A-Z]{2} Column \d)$", right or "")
        if fused and columns:
            yield fused[1], columns[1], "two rows in one"
            yield fused[2], columns[2], "two rows in one"
            continue
        run_on = re.match(r"^(.* applies to entire entry) ([A-Z]{2} Column \d\.?)$", left) if right is None else None
        if run_on:
            yield run_on[1], run_on[2], "both cells in one"
        elif right is None or (not right and "A license is required" in left):
            yield left, None, "both cells in one"
        else:
            yield left, right, ""


def cell_hash(left: str, right: str) -> str:
    """The hash that binds a row to the words of its cells: sixteen hexadecimal digits."""
    return hashlib.sha256(f"{left}\x1f{right}".encode()).hexdigest()[:16]


def _why_none(entry: Entry, problems: list[Problem], name: str) -> str:
    text = " ".join([entry.heading, *entry.notes[:1], *entry.body[:6]])
    for pattern, why in _ELSEWHERE:
        if re.search(pattern, text, re.IGNORECASE):
            return why
    says = "the entry has no requirement and does not say why"
    problems.append(Problem("ccl-none", f"{name} {entry.code}", says, "a table has a new shape, or a reason is new"))
    return "unknown"


def snapshot_lines(rows: Sequence[dict[str, Any]]) -> bytes:
    """Rows as JSON lines, keys in the order given: the same rows always give the same bytes."""
    text = "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)
    return text.encode()
