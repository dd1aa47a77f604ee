"""What an entry says of the list-based licence exceptions, by paragraph: a value (LVS), yes or no (GBS, TSR, others).

A line that says more than values, paragraphs and reasons is kept as ``words``: whether it covers an item is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sekisho.feeds.us.ccl import Entry
from sekisho.feeds.us.paragraphs import tidy, whole_list

Row = dict[str, Any]
_REASONS = r"(?:CB|NP|NS|MT|RS|FC|CC|AT|EI|SI|SL|UN)"
_VALUE = re.compile(r"^\$([\d,]+)(?:\.00)?\s*(?:for|:|,|\.)?\s*(.*)$")
LISTED = ("LVS", "GBS", "TSR")
PRESENT = ("NAC/ACA", "AIA", "ACM", "LPP", "HBM", "IEC", "ENC", "APP")


def read_flags(entry: Entry, known: Sequence[str]) -> dict[str, Any]:
    """Give the flags of an entry by exception; an exception that it does not name is not in the result."""
    found: dict[str, Any] = {}
    for code in LISTED:
        if code in entry.flags:
            found[code] = _rows(entry.flags[code], entry.code, known)
    for code in PRESENT:
        if code in entry.flags:
            text = tidy(" ".join(entry.flags[code])).strip()
            found[code] = [_plain_yes(text, entry.code, known)]
    sta = " ".join([*entry.flags.get("SPECIAL CONDITIONS FOR STA", ()), *entry.flags.get("STA", ())]).strip()
    if sta:
        found["STA"] = _sta(tidy(sta), entry.code, known)
    return found


def _rows(lines: Sequence[str], entry: str, known: Sequence[str]) -> list[Row]:
    text = tidy(" ".join(line for line in lines if not line.startswith(("Reason for Control", "ACE:"))))
    text = re.sub(r"^Yes(?: for)?:\s*(?=\$)", "", text.strip())
    rows: list[Row] = []
    for part in re.split(r";\s*(?:and )?|(?<=[a-z0-9])\. (?=\$|N/A)|, (?=(?:except )?N/A)|\s(?=\$\d)", text):
        if part.strip(" .,"):
            rows.append(_row(part.strip(" .,"), entry, known))
    if any("words" in row for row in rows):
        return [{"words": True}] if not any("usd" in row for row in rows) else [*_sure(rows), {"words": True}]
    return rows


def _sure(rows: Sequence[Row]) -> list[Row]:
    """Beside a line in words only what is limited to paragraphs stays sure."""
    return [row for row in rows if "words" not in row and row.get("paths")]


def _row(text: str, entry: str, known: Sequence[str]) -> Row:
    text = re.sub(r"^(?:except )?N/A for (?:and )?", "N/A for ", text)
    if text in ("N/A", "None", "No"):
        return {"na": True}
    barred = re.fullmatch(rf"N/A for ((?:{_REASONS})(?:(?:,| and| or)+ ?{_REASONS})*)", text)
    if barred:
        return {"na_reasons": re.findall(_REASONS, barred[1])}
    mixed = re.fullmatch(rf"N/A for ({_REASONS}),? and(?: for)? (.+)", text)
    if mixed:
        paths = _own(mixed[2], entry, known)
        if paths is not None:
            return {"na_reasons": [mixed[1]], "na_paths": paths}
    if text.startswith("N/A for "):
        paths = _own(text.removeprefix("N/A for "), entry, known)
        return {"words": True} if paths is None else {"na_paths": paths}
    value = _VALUE.match(text)
    if value:
        return _tail({"usd": int(value[1].replace(",", ""))}, value[2], entry, known)
    if text.startswith("Yes"):
        return _tail({"yes": True}, text.removeprefix("Yes").lstrip(" ,:"), entry, known)
    return {"words": True}


def _tail(row: Row, tail: str, entry: str, known: Sequence[str]) -> Row:
    """What follows a value or a yes: nothing, paragraphs, or what is left out."""
    tail = re.sub(r"^for\s+", "", tail.strip(" .,;:"))
    if not tail or tail in ("all other items", "all other commodities"):
        return row
    except_reasons = re.fullmatch(rf"except (?:N/A )?(?:for )?((?:{_REASONS})(?:(?:,| and| or)+ ?{_REASONS})*)", tail)
    if except_reasons:
        return {**row, "na_reasons": re.findall(_REASONS, except_reasons[1])}
    if tail.startswith("except "):
        paths = _own(re.sub(r"^except (?:N/A for |for )?", "", tail), entry, known)
        return {"words": True} if paths is None else {**row, "except": paths}
    reasoned = re.fullmatch(rf"(.+?) \((?:unless controlled for|except when controlled for) ({_REASONS})\)", tail)
    if reasoned:
        paths = _own(reasoned[1], entry, known)
        return {"words": True} if paths is None else {**row, "paths": paths, "na_reasons": [reasoned[2]]}
    paths = _own(tail, entry, known)
    return {"words": True} if paths is None else {**row, "paths": paths}


def _own(text: str, entry: str, known: Sequence[str]) -> list[str] | None:
    paths = whole_list(re.sub(r"\b(?:ECCN|items in|commodities in)\b", "", text).strip(" .,;"), entry, known)
    if paths is None or not all(path == entry or path.startswith(f"{entry}.") for path in paths):
        return None
    return [path.removeprefix(entry).removeprefix(".") for path in paths if path != entry]


def _plain_yes(text: str, entry: str, known: Sequence[str]) -> Row:
    text = re.sub(r"\. See .*$", "", text).strip(" .")
    if text in ("N/A", "No"):
        return {"na": True}
    if not text.startswith("Yes"):
        return {"words": True}
    return _tail({"yes": True}, text.removeprefix("Yes").lstrip(" ,:"), entry, known)


def _sta(text: str, entry: str, known: Sequence[str]) -> list[Row]:
    """The bars of the entry on STA: for all of it or for paragraphs, to A:6 or to both groups; else words."""
    rows: list[Row] = []
    for sentence in re.split(r"(?<=\))\.?\s+(?=License Exception STA|\()", text):
        sentence = re.sub(r"^\(?\d\)?\s*", "", sentence)
        found = re.match(
            r"License Exception STA may not be used (?:to ship )?(?:for )?"
            r"(?:to export, reexport, or transfer \(in-country\) )?"
            r"(.+?),? (?:to|for) any of the destinations listed in Country Group (A:5 or A:6|A:6)\b",
            sentence,
        )
        if found is None:
            return [{"words": True}]
        groups = ["A:5", "A:6"] if "A:5" in found[2] else ["A:6"]
        what = re.sub(
            r"\b(?:any|items?|commodit(?:y|ies)|in|of|software|technology|ECCN|paragraphs?)\b|\"", " ", found[1]
        )
        what = re.sub(r"\s+", " ", what).strip()
        if what in ("this entry", "the entry"):
            rows.append({"bars": groups})
            continue
        paths = _own(what, entry, known)
        if paths is None:
            return [{"words": True}]
        rows.append({"bars": groups, **({"paths": paths} if paths else {})})
    return rows
