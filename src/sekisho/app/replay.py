"""Decide a stored answer again: the same hash, or exactly what differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sekisho.app.written import FORM
from sekisho.model.problem import BadInput, Problem


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where the stored answer and the new one part: ``path``, what was stored, what came now."""

    path: str
    stored: Any
    now: Any


def check_form(stored: Any, name: str) -> None:
    """Refuse what is no stored answer."""
    if not isinstance(stored, dict) or stored.get("form") != FORM:
        hint = "store the output of: sekisho decide FILE --json"
        raise BadInput([Problem("answer-form", name, "not a stored answer", hint)])
    missing = [key for key in ("transfer", "decisions", "hash") if key not in stored]
    if missing:
        raise BadInput(
            [Problem("answer-form", name, f"'{key}' is missing", "the answer is not whole") for key in missing]
        )


WORDS = frozenset({"says", "ask", "closes", "rules_of", "flag_notes"})
"""Keys that hold words for people; they follow the language asked and are not compared."""


def differences(stored: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Compare two answers place by place; the words for people are left out."""
    return tuple(_compare("", dict(stored), dict(now)))


def _compare(path: str, stored: Any, now: Any) -> Iterator[Difference]:
    if isinstance(stored, dict) and isinstance(now, dict):
        for key in sorted({*stored, *now} - WORDS - {"turning_points"}):
            where = f"{path}.{key}" if path else key
            if path.endswith("]") and ".questions[" in f".{path}" and key == "rules":
                continue
            yield from _compare(where, stored.get(key, "(absent)"), now.get(key, "(absent)"))
    elif isinstance(stored, list) and isinstance(now, list):
        if len(stored) != len(now):
            yield Difference(f"{path} (count)", len(stored), len(now))
        for number, (one, other) in enumerate(zip(stored, now, strict=False)):
            yield from _compare(f"{path}[{number}]", one, other)
    elif stored != now:
        yield Difference(path, stored, now)
