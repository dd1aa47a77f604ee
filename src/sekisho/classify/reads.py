"""Read candidate facts out of a text (a description, a datasheet): each with the words it came from, never confirmed.

A quantity is taken for a fact when an alias of that fact stands beside it in the same line and the dimension fits, or
when it is the only fact of the kinds that the text mentions which its unit can mean. Text is data: nothing in it is an
instruction, and nothing read here counts before a person confirms it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sekisho.classify.conditions import Value
from sekisho.classify.facts import Catalogue, Fact
from sekisho.classify.item import Stated, check_cas
from sekisho.classify.kinds import Kinds
from sekisho.classify.span import Span
from sekisho.classify.units import NONE
from sekisho.classify.written import Written, find

NEAR = 48
LONGEST_TEXT = 2_000_000
LONGEST_LINE = 2_000
_CAS = re.compile(r"(?<!\d)\d{2,7}-\d{2}-\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text with its place ("p. 3", "line 12")."""

    text: str
    place: str


def lines_of(text: str, page: str = "") -> Iterable[Line]:
    """Cut a text into lines of bounded length."""
    for number, line in enumerate(text[:LONGEST_TEXT].splitlines() or [text[:LONGEST_TEXT]], start=1):
        for at in range(0, max(1, len(line)), LONGEST_LINE):
            yield Line(line[at : at + LONGEST_LINE], f"{page} line {number}".strip())


def read_facts(
    lines: Iterable[Line], catalogue: Catalogue, kinds: Kinds, known: Iterable[str] = ()
) -> dict[str, Stated]:
    """Candidate facts by name, the first reading of each; ``known`` are kinds that are stated or mentioned."""
    lines = list(lines)
    about = set(known)
    for line in lines:
        about.update(mention.kind for mention in kinds.mentioned(line.text))
    related = {kind for one in about for kind in kinds.above(one) | kinds.below(one)}
    reader = _reader(catalogue, frozenset(related))
    found: dict[str, Stated] = {}
    numbers: list[str] = []
    for line in lines:
        numbers += [n for n in _CAS.findall(line.text) if check_cas(n) and n not in numbers]
        for fact, value, words in reader.line(line.text):
            found.setdefault(fact.name, Stated(fact.name, value, words, "read", line.place))
    if numbers and "cas" in catalogue:
        found.setdefault("cas", Stated("cas", frozenset(numbers), ", ".join(numbers), "read", "text"))
    return found


class _Reader:
    def __init__(self, catalogue: Catalogue, related: frozenset[str]) -> None:
        self.related = related
        self.by_alias: dict[str, list[Fact]] = {}
        self.by_kind: list[Fact] = []
        aliases: set[str] = set()
        for fact in catalogue.facts.values():
            if not fact.is_quantity or fact.internal or fact.formula:
                continue
            if fact.implied_by_kind and not related & set(fact.implied_by_kind):
                continue
            if fact.implied_by_kind:
                self.by_kind.append(fact)
            for alias in (*fact.says.values(), *fact.aliases, fact.name.replace("_", " ")):
                if len(alias) > 1:
                    aliases.add(alias.casefold())
                    self.by_alias.setdefault(_key(alias), []).append(fact)
        spelled = sorted(aliases, key=lambda alias: (-len(alias), alias))
        self.pattern = re.compile("|".join(_bounded(alias) for alias in spelled) or r"(?!)", re.IGNORECASE)

    def line(self, text: str) -> Iterable[tuple[Fact, Value, str]]:
        quantities = [w for w in find(text) if not w.spelled]
        if not quantities:
            return
        taken: set[int] = set()
        for match in self.pattern.finditer(text):
            for fact in self.by_alias.get(_key(match[0]), ()):
                best = self._beside(fact, match.start(), match.end(), quantities, taken)
                if best is not None:
                    taken.add(best)
                    yield fact, self._value(fact, quantities[best]), _around(text, match.start(), quantities[best])
                    break
        for index, written in enumerate(quantities):
            if index in taken or not written.has_unit:
                continue
            fits = [
                fact for fact in self.by_kind if fact.dimension != NONE and written.span(fact.dimension) is not None
            ]
            if len(fits) == 1 and fits[0].type == "quantity":
                yield fits[0], self._value(fits[0], written), written.text

    def _beside(self, fact: Fact, start: int, end: int, quantities: list[Written], taken: set[int]) -> int | None:
        best: tuple[int, int] | None = None
        for index, written in enumerate(quantities):
            if index in taken or written.span(fact.dimension) is None:
                continue
            if fact.dimension == NONE and fact.unit != "count" and not written.has_unit and fact.unit:
                continue
            gap = written.start - end if written.start >= end else (start - written.end) + 8
            if 0 <= gap <= NEAR and (best is None or gap < best[0]):
                best = (gap, index)
        return None if best is None else best[1]

    def _value(self, fact: Fact, written: Written) -> Span:
        span = written.span(fact.dimension)
        assert span is not None
        return span


@lru_cache(maxsize=128)
def _reader(catalogue: Catalogue, related: frozenset[str]) -> _Reader:
    """A reader for one set of kinds; its pattern holds some thousand aliases and is worth keeping."""
    return _Reader(catalogue, related)


def _key(alias: str) -> str:
    return re.sub(r"[\s_-]+", "", alias).casefold()


def _bounded(alias: str) -> str:
    body = re.escape(alias).replace(r"\ ", r"[\s_-]*").replace(r"\-", r"[\s_-]*")
    if alias[0].isascii() and alias[0].isalnum():
        body = r"(?<![A-Za-z0-9])" + body
    if alias[-1].isascii() and alias[-1].isalnum():
        body += r"(?![A-Za-z0-9])"
    return body


def _around(text: str, at: int, written: Written) -> str:
    start, end = min(at, written.start), max(at, written.end)
    return text[start:end].strip()[:120]


def confirm(facts: Mapping[str, Stated], names: Iterable[str]) -> dict[str, Stated]:
    """Turn read facts that a person confirmed into facts that count."""
    wanted = set(names)
    return {
        name: Stated(s.fact, s.value, s.text, "confirmed", s.where) if name in wanted and s.source == "read" else s
        for name, s in facts.items()
    }
