"""The laws that are known of, from ``packs/laws.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import tomli

from sekisho.feeds.packs import packs_root
from sekisho.law.nexus import Law


@cache
def known_laws() -> Mapping[str, Law]:
    """Every law by its id, with the places that it governs."""
    path = packs_root() / "laws.toml"
    if not path.is_file():
        return {}
    rows = tomli.loads(path.read_text(encoding="utf-8"))["law"]
    return {
        row["id"]: Law(
            row["id"],
            row["title"],
            frozenset(row["places"]),
            bool(row.get("follows_goods", False)),
            str(row.get("persons", "")),
        )
        for row in rows
    }
