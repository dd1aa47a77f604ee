"""Layers of named columns, and the few words of SQL that the compiler of books writes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

UNKNOWN = "NULL::BOOLEAN"
_WORD = re.compile(r"'(?:[^']|'')*'|[A-Za-z_][A-Za-z_0-9]*")


class Layers:
    """Columns in the order in which they may use each other: a layer sees every layer before it, never its own."""

    def __init__(self) -> None:
        self.layers: list[Mapping[str, str]] = []

    def add(self, columns: Mapping[str, str]) -> None:
        """Add a layer of columns with their SQL; nothing is added for none."""
        if columns:
            self.layers.append(dict(columns))


def nested(layers: Sequence[Mapping[str, str]], relation: str, columns: Iterable[str], keys: Sequence[str]) -> str:
    """One query over ``relation``, which has ``columns``: each layer a subquery that hands on what later ones use.

    The result has the ``keys`` and the columns of the last layer; columns that nobody uses are left out.
    """
    names = {*columns, *(name for layer in layers for name in layer)}
    wanted = [*keys, *layers[-1]]
    plan: list[tuple[list[str], dict[str, str]]] = []
    for layer in reversed(layers):
        made = {name: layer[name] for name in wanted if name in layer}
        handed = [name for name in wanted if name not in layer]
        plan.append((handed, made))
        wanted = list(dict.fromkeys([*handed, *(name for sql in made.values() for name in words(sql, names))]))
    sql = relation
    for handed, made in reversed(plan):
        if made:
            sql = f"(SELECT {', '.join([*handed, *(f'{how} AS {name}' for name, how in made.items())])} FROM {sql})"
    return sql[1:-1]


def words(sql: str, names: Iterable[str]) -> list[str]:
    """Which of ``names`` a piece of SQL uses."""
    return [word for word in _WORD.findall(sql) if word in names]


def either(parts: Iterable[str]) -> str:
    """A disjunction; of nothing, false."""
    found = list(dict.fromkeys(parts))
    return "(" + " OR ".join(found) + ")" if found else "FALSE"


def every(parts: Iterable[str]) -> str:
    """A conjunction; of nothing, true."""
    found = list(dict.fromkeys(parts))
    return "(" + " AND ".join(found) + ")" if found else "TRUE"


def text(value: str) -> str:
    """A text as SQL writes it."""
    return "'" + value.replace("'", "''") + "'"


def joined(parts: Iterable[str]) -> str:
    """The texts that are not NULL, joined by ``;``."""
    found = list(parts)
    return f"concat_ws(';', {', '.join(found)})" if found else "''"


def when(parts: Mapping[str, str]) -> str:
    """The joined texts whose conditions hold: ``{text: condition}``."""
    return joined(f"CASE WHEN {condition} THEN {text(words)} END" for words, condition in parts.items())
