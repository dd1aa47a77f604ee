"""Wrong data as values: what is wrong, where, and what would be right.

A reader collects every ``Problem`` it meets and hands them over together; nothing is stopped at the first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in data that came from outside.

    ``code`` is stable and documented (``docs/problems.md``); ``where`` is file and place
    (``order.toml:12 items[0].hs``); ``says`` tells what is wrong and ``hint`` what would be right.
    """

    code: str
    where: str
    says: str
    hint: str = ""

    def as_json(self) -> dict[str, str]:
        """Give the problem as a JSON-ready dictionary."""
        return {"code": self.code, "where": self.where, "says": self.says, "hint": self.hint}


class BadInput(Exception):
    """Data from outside could not be accepted; ``problems`` holds every fault that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("; ".join(f"{p.where}: {p.says}" for p in self.problems))
