"""The catalogue of facts: what a transfer file may say, what each key means and how it is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, get_args

from sekisho.model.transfer import Value

FactType: TypeAlias = Literal[
    "bool",
    "choice",
    "text",
    "date",
    "number",
    "share",  # a number from 0 to 1
    "money",
    "measure",  # quantity with unit, kept as written
    "place",
    "places",
    "set",  # of the values listed
    "codes",  # law:list/code
    "entries",  # paths in a control list, by law
    "hs",
]
FACT_TYPES: tuple[FactType, ...] = get_args(FactType)


@dataclass(frozen=True, slots=True)
class Fact:
    """One key. ``id`` is its place in the file (``items.hs`` is ``hs`` of an ``[[items]]`` line).

    ``missing`` is the value of an absent key: None for unknown (the rule) or a stated default where silence means
    something (no guideline answer is "unanswered"). ``aliases`` maps other spellings to a value.
    """

    id: str
    type: FactType
    says: Mapping[str, str]
    ask: Mapping[str, str]
    values: tuple[str, ...] = ()
    missing: Value = None
    required: bool = False
    aliases: Mapping[str, str] = field(default_factory=dict)
    open_values: bool = False
    derived: bool = False
    unknown_flag: str = ""  # raised when a decision stays open on this fact

    @property
    def is_set(self) -> bool:
        """Whether the value is a set, so that ``[]`` means known to be none."""
        return self.type in {"places", "set", "codes", "entries"}


Catalogue: TypeAlias = Mapping[str, Fact]
