"""From a file and the laws named to what is decided: the packs that are needed, the transfer, and how laws attach.

Without named laws, the nexus chooses: a quick look at the file tells which laws may attach, and only their packs are
read. A file may state keys of a law that does not attach; then every pack lends its keys to the reading.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import tomli

from sekisho.feeds.laws import known_laws
from sekisho.feeds.packs import load_pack, pack_ids, packs_root
from sekisho.feeds.toml_lines import Lines
from sekisho.feeds.transfer_file import read_document, transfer_of
from sekisho.law.combine import ClashRow
from sekisho.law.decide import Attached
from sekisho.law.nexus import nexus_of
from sekisho.law.pack import Pack
from sekisho.model.problem import BadInput
from sekisho.model.transfer import Facts, Item, Transfer, Value

ELSEWHERE = ("key-unknown", "claim-unknown", "code-unknown")
"""Problems that another law's catalogue may solve."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The packs that answer, the transfer as they read it, and how laws attach (``attached.nexus`` None: named)."""

    packs: tuple[Pack, ...]
    transfer: Transfer
    attached: Attached


def read_asked(
    path: Path, names: Sequence[str] = (), extra: Mapping[str, Any] | None = None, *, day: date | None = None
) -> Asked:
    """Read the file for the laws ``names``, or for those that may attach; raises BadInput with every problem."""
    document, lines = read_document(path, day=day)
    return asked_of(document, path.name, names, extra, lines)


def asked_of(
    document: Any,
    name: str,
    names: Sequence[str] = (),
    extra: Mapping[str, Any] | None = None,
    lines: Lines | None = None,
) -> Asked:
    """Do the same for a parsed document called ``name``."""
    if names:
        packs = tuple(load_with(law, extra) for law in names)
        return Asked(packs, transfer_of(document, name, packs, lines), Attached(None, known_laws(), known_clashes()))
    at_hand = pack_ids(previews=True)
    attaching = {nexus.law for nexus in nexus_of(known_laws(), glimpse(document))}
    packs = tuple(load_with(law, extra) for law in at_hand if law in attaching)
    try:
        transfer = transfer_of(document, name, packs, lines)
    except BadInput as bad:
        if len(packs) == len(at_hand) or not any(problem.code in ELSEWHERE for problem in bad.problems):
            raise
        transfer = transfer_of(document, name, tuple(load_with(law, extra) for law in at_hand), lines)
    nexus = nexus_of(known_laws(), transfer)
    chosen = {one.law for one in nexus}
    return Asked(
        tuple(pack for pack in packs if pack.id in chosen),
        transfer,
        Attached(nexus, known_laws(), known_clashes()),
    )


def load_with(law: str, extra: Mapping[str, Any] | None) -> Pack:
    """Load a pack with the user's own rows for its tables."""
    return load_pack(law, extra={table: rows for table, rows in (extra or {}).items() if table.startswith(f"{law}:")})


def known_clashes() -> tuple[ClashRow, ...]:
    """The clashes of laws that are known, from ``packs/clashes.toml``."""
    path = packs_root() / "clashes.toml"
    if not path.is_file():
        return ()
    rows = tomli.loads(path.read_text(encoding="utf-8")).get("clash", [])
    return tuple(ClashRow(row["id"], row["kind"], (row["rules"][0], row["rules"][1]), row["says"]) for row in rows)


def glimpse(document: Any) -> Transfer:
    """The facts of nexus alone, before any law is read; what is not plainly stated is unknown."""
    table = document if isinstance(document, dict) else {}
    facts: dict[str, Value] = {}
    _put(facts, "", table, ("from",), ("via",))
    exporter = table.get("exporter")
    if isinstance(exporter, dict):
        _put(facts, "exporter.", exporter, ("country", "us_persons"), ())
    legs = _rows(table.get("legs"), "legs.", ("from",), ("via",))
    if legs is not None:
        facts["legs"] = legs
    items = table.get("items")
    return Transfer(
        date.min, facts, tuple(_item(item) for item in (items if isinstance(items, list) and items else [{}]))
    )


def _item(table: Any) -> Item:
    facts: dict[str, Value] = {}
    if isinstance(table, dict):
        _put(facts, "items.", table, ("origin",), ())
        for key in ("parts", "made_with"):
            rows = _rows(table.get(key), f"{key}.", ("origin",), ())
            if rows is not None:
                facts[f"items.{key}"] = rows
    return Item("", facts)


def _rows(written: Any, prefix: str, texts: Sequence[str], lists: Sequence[str]) -> tuple[Facts, ...] | None:
    if not isinstance(written, list):
        return None
    found: list[dict[str, Value]] = []
    for row in written:
        found.append({})
        if isinstance(row, dict):
            _put(found[-1], prefix, row, texts, lists)
    return tuple(found)


def _put(
    facts: dict[str, Value], prefix: str, table: Mapping[str, Any], texts: Sequence[str], lists: Sequence[str]
) -> None:
    for key in texts:
        if isinstance(table.get(key), str):
            facts[f"{prefix}{key}"] = table[key]
    for key in lists:
        value = table.get(key)
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            facts[f"{prefix}{key}"] = frozenset(value)
