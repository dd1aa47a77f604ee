"""What is asked about: one transfer of goods or technology, as facts that may be unknown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from sekisho.model.money import Money

Value: TypeAlias = bool | str | date | Decimal | Money | frozenset[str] | None
"""A fact's value. ``None`` is unknown; an empty set is known to be empty."""

Facts: TypeAlias = Mapping[str, Value]
"""Facts by their id (``end_use.purposes``); an id that is not there is unknown."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of goods or technology. ``facts`` are keyed ``items.hs``, ``items.entries.jp`` and so on."""

    name: str
    facts: Facts


@dataclass(frozen=True, slots=True)
class Authorisation:
    """A licence that the exporter holds; ``until`` is its last day. None in a field means not stated."""

    law: str
    kind: str
    number: str = ""
    start: date | None = None
    until: date | None = None
    entries: frozenset[str] | None = None
    destinations: frozenset[str] | None = None
    end_users: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class EarlierOrder:
    """A former order of the same exporter to the same end user, for the splitting test."""

    day: date
    value: Money
    entries: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Transfer:
    """A whole transfer. ``facts`` hold for every item; ``claims`` maps each invoked exemption to its facts."""

    day: date
    facts: Facts
    items: tuple[Item, ...]
    authorisations: tuple[Authorisation, ...] = ()
    earlier_orders: tuple[EarlierOrder, ...] = ()
    claims: Mapping[str, Facts] = field(default_factory=dict)
    rates: Mapping[str, Decimal] = field(default_factory=dict)
