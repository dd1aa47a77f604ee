"""What a reader meets while it reads: problems that refuse the file, notes that do not, facts the file states."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from sekisho.feeds.lists.opening import Source
from sekisho.model.listed import ListedParty
from sekisho.model.problem import BadInput, Problem

MOST_PROBLEMS = 200
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\ufeff]")


def clean(text: str | None) -> str:
    """Give ``text`` on one line with single spaces and without control characters; None gives ""."""
    if not text:
        return ""
    if text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join(_CONTROL.sub("", text).split())


@dataclass(slots=True)
class Reading:
    """One reading of one list.

    ``problems`` refuse the whole file. ``notes`` count what was kept but not understood (a country's name that is not
    known, an element that is new). ``facts`` holds what the file says of itself: ``published`` (ISO day),
    ``declared`` (number of entries), ``list`` (which list it is). ``read`` counts the publisher's own records,
    ``tally`` what stands in them (``aka``, ``individuals``), before anything is put together.
    """

    list_id: str = ""
    problems: list[Problem] = field(default_factory=list)
    notes: Counter[str] = field(default_factory=Counter)
    facts: dict[str, str] = field(default_factory=dict)
    tally: Counter[str] = field(default_factory=Counter)
    read: int = 0

    def problem(self, code: str, where: str, says: str, hint: str = "") -> None:
        """Add a problem; too many of them end the reading."""
        self.problems.append(Problem(code, where, says, hint))
        if len(self.problems) >= MOST_PROBLEMS:
            says = f"reading stopped after {MOST_PROBLEMS} problems"
            raise BadInput([*self.problems, Problem("list.too-many-problems", where, says)])

    def note(self, text: str) -> None:
        """Count something that was kept but not understood."""
        if len(self.notes) < MOST_PROBLEMS or text in self.notes:
            self.notes[text] += 1

    def stop_if_wrong(self) -> None:
        """Raise ``BadInput`` with every problem when there is one."""
        if self.problems:
            raise BadInput(self.problems)


class Reader(Protocol):
    """Reads the files of one format; problems go to ``reading``, and damage that ends it raises ``BadInput``."""

    def __call__(self, files: Sequence[Source], reading: Reading) -> Iterator[ListedParty]:
        """Yield each listed party of ``files``."""
        ...


@dataclass(frozen=True, slots=True)
class Format:
    """One format on the command line. ``version`` rises when the reader gives other values for the same file."""

    name: str
    version: int
    read: Reader
    default_list: str
    says: str
    choose_files: Callable[[Sequence[Source], Reading], Sequence[Source]] | None = None
