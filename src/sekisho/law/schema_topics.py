"""The parts of a pack that say how far it goes: topics with their rules and their history, and forms of codes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sekisho.law.pack import Topic, TopicChange
from sekisho.law.rule import Text
from sekisho.model.problem import Problem

Row = Mapping[str, Any]
STATES = ("modelled", "partial", "pointer-only", "not-modelled")


def make_topics(
    rows: Sequence[tuple[str, Row, Text]], rules: Mapping[str, Any], problems: list[Problem]
) -> tuple[Topic, ...]:
    """``[[topic]]`` rows with their sentence: ``rules`` are patterns of rule ids, ``history`` dated sentences."""
    found: list[Topic] = []
    for where, row, says in rows:
        state = str(row.get("state", ""))
        if state not in STATES:
            problems.append(Problem("topic-state", where, f"state is {state!r}", f"one of {', '.join(STATES)}"))
        named = tuple(_named(row.get("rules", ()), rules, where, problems))
        history = tuple(_changes(row.get("history", ()), where, problems))
        found.append(Topic(str(row.get("id", "")), state, says, named, history))
    return tuple(found)


def _named(patterns: Sequence[str], rules: Mapping[str, Any], where: str, problems: list[Problem]) -> list[str]:
    named: list[str] = []
    for pattern in patterns:
        if pattern.endswith("*"):
            meant = [name for name in rules if name.startswith(pattern[:-1])]
        else:
            meant = [pattern] if pattern in rules else []
        if not meant:
            problems.append(Problem("topic-rules", where, f"'{pattern}' is no rule", "name rules of the pack"))
        named += [name for name in meant if name not in named]
    return named


def _changes(rows: Sequence[Row], where: str, problems: list[Problem]) -> list[TopicChange]:
    found: list[TopicChange] = []
    for row in rows:
        day, says = row.get("from"), row.get("says")
        if not isinstance(day, date) or not isinstance(says, dict) or not {"en", "ja"} <= set(says):
            hint = 'history = [{ from = 2020-06-19, says = { en = "...", ja = "..." } }]'
            problems.append(Problem("topic-history", where, "a change lacks its day or a language", hint))
            continue
        found.append(TopicChange(day, says))
    return sorted(found, key=lambda change: change.day)


def make_form(written: Any, where: str, problems: list[Problem]) -> re.Pattern[str] | None:
    """The regular expression with which codes begin (an entry set) or which a whole code has (``entry_form``)."""
    if written is None:
        return None
    try:
        return re.compile(written)
    except (re.error, TypeError):
        problems.append(Problem("code-form", where, f"{written!r} is no regular expression", 'write "[0-9]D"'))
        return None
