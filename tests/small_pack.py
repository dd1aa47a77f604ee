"""A pack of a few rows for tests of the engine itself, written as a pack file would be."""

from __future__ import annotations

from datetime import date
from typing import Any

import tomli

from sekisho.feeds.packs import core_facts
from sekisho.law.pack import Pack
from sekisho.law.schema import RawPack, RawTable, build_pack
from sekisho.model.money import parse_money
from sekisho.model.problem import Problem
from sekisho.model.transfer import Item, Transfer

HEAD: dict[str, Any] = {
    "id": "zz",
    "version": "1",
    "title": {"en": "Nowhere", "ja": "架空国"},
    "country": "ZZ",
    "currency": "JPY",
    "start": date(2020, 1, 1),
    "checked": date(2026, 1, 1),
    "acts": ["export", "brokering"],
}
GROUND = """
[[source]]
id = "act"
title = { en = "Act", ja = "法" }
as_of = 2026-01-01

[[place_set]]
id = "zz:friends"
says = { en = "friends", ja = "友好国" }
span = [
  { from = 2020-01-01, repealed = 2024-01-01, members = ["AA"], cite = { source = "act", at = "T" }, certainty = "V" },
  { from = 2024-01-01, members = ["AA", "BB"], cite = { source = "act", at = "Table" }, certainty = "S" },
]

[[entry_set]]
id = "zz:list"
says = { en = "the list", ja = "リスト" }
members = ["1", "2(1)"]

[[scope]]
id = "zz:metals"
says = { en = "metals", ja = "金属" }
include = ["72", "7301"]
exclude = ["7204"]
partly = ["8466"]
"""


def rule(id: str, effect: str, when: str, *, certainty: str = "V", since: str = "2020-01-01", **more: str) -> str:
    """One rule of one version, as TOML."""
    keys = "".join(f"{key} = {value}\n" for key, value in more.items())
    return f"""
[[rule]]
id = "{id}"
effect = "{effect}"
says = {{ en = "{id}", ja = "{id}" }}
{keys}when = {{ {when} }}
[[rule.version]]
from = {since}
cite = {{ source = "act", at = "art. 1" }}
certainty = "{certainty}"
"""


SUBJECT = rule("zz.subject", "subject", 'from.is = "ZZ"')


def built(*rows: str, ground: str = GROUND, head: dict[str, Any] | None = None) -> tuple[Pack | None, list[Problem]]:
    document = tomli.loads(ground + "".join(rows))
    tables = {
        name: [RawTable(f"pack.toml [[{name}]] {row.get('id', number)}", row) for number, row in enumerate(written)]
        for name, written in document.items()
    }
    return build_pack(RawPack(RawTable("pack.toml", {**HEAD, **(head or {})}), tables, "0" * 64), core_facts())


def pack(*rows: str) -> Pack:
    made, problems = built(SUBJECT, *rows)
    assert made is not None, problems
    return made


def transfer(day: date = date(2025, 6, 1), items: int = 1, **facts: Any) -> Transfer:
    """A transfer of the small country; ``__`` in a key stands for the point (``items__hs``)."""
    stated = {key.replace("__", "."): _value(value) for key, value in {"act": "export", "from": "ZZ", **facts}.items()}
    own = {key: value for key, value in stated.items() if key.startswith("items.") and value is not None}
    whole = {key: value for key, value in stated.items() if not key.startswith("items.") and value is not None}
    return Transfer(day, whole, tuple(Item(f"item {number}", own) for number in range(items)))


def _value(value: Any) -> Any:
    if isinstance(value, list):
        return frozenset(value)
    if isinstance(value, str) and value.endswith(" JPY"):
        return parse_money(value)
    return value
