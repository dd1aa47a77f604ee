"""Transfer documents for tests: a whole, civil, known export that a test changes in one place."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from sekisho.app.decide import decide_transfer
from sekisho.feeds.packs import load_pack
from sekisho.feeds.transfer_file import transfer_of
from sekisho.law.decision import Answer, Decision
from sekisho.law.pack import Pack

CIVIL: dict[str, Any] = {
    "act": "export",
    "day": date(2026, 11, 20),
    "from": "JP",
    "to": "MY",
    "contract_value": "48_000_000 JPY",
    "exporter": {"name": "Example Machine Works", "country": "JP"},
    "end_user": {"name": "Example Aero", "country": "MY", "listed": [], "activities": []},
    "end_use": {"statement": "airframe parts", "purposes": [], "informed": []},
    "items": [
        {
            "name": "Machining centre",
            "hs": "8457.10",
            "value": "48_000_000 JPY",
            "entries": {"jp": ["6(2)"]},
            "notice_designated": False,
        }
    ],
}


@cache
def japan() -> Pack:
    return load_pack("jp")


def document(changes: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The civil export with ``changes`` by path (``"items.hs"`` is of the first item); None takes a key away."""
    made = copy.deepcopy(CIVIL)
    for path, value in (changes or {}).items():
        table: Any = made
        *sections, key = path.split(".")
        for section in sections:
            table = table.setdefault(section, {})
            table = table[0] if isinstance(table, list) else table
        if value is None:
            table.pop(key, None)
        else:
            table[key] = value
    return made


def answer(changes: Mapping[str, Any] | None = None, pack: Pack | None = None) -> Answer:
    law = pack or japan()
    return decide_transfer([law], transfer_of(document(changes), "test", [law]))


def decision(changes: Mapping[str, Any] | None = None, pack: Pack | None = None) -> Decision:
    return answer(changes, pack).decisions[0]
