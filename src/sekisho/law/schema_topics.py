"""The part of a pack that says how far it goes: topics, the rules that carry them and how the law came to read so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sekisho.law.pack import Topic, TopicChange
from sekisho.law.rule import Rule
from sekisho.law.schema_build import Build, RawTable, near

STATES = ("modelled", "partial", "pointer-only", "not-modelled")
TOPIC_KEYS = frozenset({"id", "state", "says", "rules", "history"})
CHANGE_KEYS = frozenset({"from", "says"})


def make_topics(build: Build, tables: Sequence[RawTable], rules: Mapping[str, Rule]) -> tuple[Topic, ...]:
    """Make the topics: ``rules`` are ids or patterns that end in ``*``, ``history`` are dated sentences."""
    found: list[Topic] = []
    for table in tables:
        row = table.row
        build.keys(table, row, TOPIC_KEYS)
        if row.get("state") not in STATES:
            hint = f"one of {', '.join(STATES)}"
            build.wrong("topic-state", table.where, f"the state is {row.get('state')!r}", hint)
        named = tuple(dict.fromkeys(_named(build, table, rules)))
        history = tuple(sorted(_changes(build, table), key=lambda change: change.day))
        found.append(
            Topic(str(row.get("id", "")), str(row.get("state", "")), build.text(table, "says"), named, history)
        )
    return tuple(found)


def _named(build: Build, table: RawTable, rules: Mapping[str, Rule]) -> Iterator[str]:
    for pattern in build.words(table, "rules"):
        prefix = pattern.removesuffix("*")
        meant = [name for name in rules if name == pattern or (prefix != pattern and name.startswith(prefix))]
        if not meant:
            build.wrong("topic-rules", table.where, f"'{pattern}' is no rule", near(pattern, rules))
        yield from meant


def _changes(build: Build, table: RawTable) -> Iterator[TopicChange]:
    for row in build.rows(table, "history"):
        change = RawTable(table.where, row)
        build.keys(change, row, CHANGE_KEYS)
        day = build.day(change, row, "from", required=True)
        yield TopicChange(day or date.min, build.text(change, "says"))
