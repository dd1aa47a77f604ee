"""The shipped conditions of an entry as short lines for a person: "sample_rate above 1.3 GSPS"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import tomli

from sekisho.classify.paths import steps
from sekisho.feeds.packs import packs_root
from sekisho.model.problem import BadInput, Problem

_COMPARES = ("above", "at-least", "below", "at-most", "is", "in", "between", "equals", "has")
_FOLDERS = {"us-ccl": "us", "eu-annex-1": "eu", "jp-goods": "jp"}


@dataclass(frozen=True, slots=True)
class Modelled:
    """One modelled path: its heading in our own words ("" when it has none) and its condition, a line an atom."""

    en: str = ""
    ja: str = ""
    lines: tuple[str, ...] = ()


NOT_MODELLED = Modelled()


def conditions(list_id: str, path: str) -> dict[str, Modelled]:
    """What is modelled of the entry that ``path`` belongs to, by path; empty when nobody has modelled it."""
    return _all(packs_root(), list_id).get(_unit(list_id, path), {})


@cache
def _all(packs: Path, list_id: str) -> dict[str, dict[str, Modelled]]:
    out: dict[str, dict[str, Modelled]] = {}
    folder = packs / _FOLDERS.get(list_id, "-") / "conditions"
    for file in sorted(folder.glob("*.toml")):
        try:
            table = tomli.loads(file.read_text(encoding="utf-8"))
        except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
            raise BadInput([Problem("pack.toml", file.name, str(error), "correct the file")]) from None
        rows = {str(row["path"]): _row(row) for row in table.get("path", ())}
        out.setdefault(str(table.get("entry", file.stem)), {}).update(rows)
    return out


def _unit(list_id: str, path: str) -> str:
    """The unit that conditions are filed under: the entry, in Japan's ordinance the item."""
    parts = steps(list_id, path)
    if list_id != "jp-goods":
        return parts[0]
    end = next((at + 1 for at, step in enumerate(parts) if step.startswith("(") and step[1:2].isalpha()), len(parts))
    return "".join(parts[:end])


def _row(row: dict[str, Any]) -> Modelled:
    out = [_plain(part) for part in row.get("all", ())]
    if row.get("any"):
        out.append(" or ".join(_plain(part) for part in row["any"]))
    if row.get("opaque"):
        out.append(f"not modelled: {row['opaque']}")
    return Modelled(str(row.get("en", "")), str(row.get("ja", "")), tuple(out))


def _plain(part: Any) -> str:
    if not isinstance(part, dict):
        return str(part)
    for key, joiner in (("all", " and "), ("any", " or ")):
        if key in part:
            return "(" + joiner.join(_plain(one) for one in part[key]) + ")"
    if "not" in part:
        return f"not {_plain(part['not'])}"
    if "kind" in part:
        kinds = part["kind"] if isinstance(part["kind"], list) else [part["kind"]]
        return "kind " + " or ".join(str(kind) for kind in kinds)
    if "opaque" in part:
        return f"not modelled: {part['opaque']}"
    if "ref" in part:
        return f"meets {part['ref']}"
    if "question" in part or "ask" in part:
        return f"a person decides: {part.get('question') or part.get('ask')}"
    name = str(part.get("fact", ""))
    compared = [f"{key.replace('-', ' ')} {_value(part[key])}" for key in _COMPARES if key in part]
    return " ".join([name, *compared]) if name else ", ".join(f"{key} {value}" for key, value in part.items())


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return " or ".join(str(one) for one in value) if isinstance(value, list) else str(value)
