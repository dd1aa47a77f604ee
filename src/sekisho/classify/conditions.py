"""Conditions on facts, as a pack writes them for one paragraph of a list, and their truth for what is known.

An atom names a fact and what must hold of it, with the words of the paragraph that say so. Combinations are ``all``,
``any`` and ``not``; ``ref`` asks for the verdict on another paragraph; ``opaque`` is what nobody has modelled and is
always unknown. Truth is Kleene's: None is unknown. Evaluation is plain recursion over small frozen values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from sekisho.classify.span import Span
from sekisho.law.kleene import Truth

# How a range fact is compared: some of it, all of it, or it covers the whole of the bounds.
Part: TypeAlias = Literal["", "some", "all", "covers"]
# What is known of a fact: bounds, yes or no, a set of values of a choice, or NOTHING (there is no such thing here).
Value: TypeAlias = "Span | bool | frozenset[str] | Nothing"


@dataclass(frozen=True, slots=True)
class Nothing:
    """The item has nothing that this fact could measure (no axis of that length): every atom on it is false."""


NOTHING = Nothing()


@dataclass(slots=True)
class Known:
    """What evaluation may use: facts by name, the truth of "the item is one of these kinds", verdicts on paths."""

    facts: Mapping[str, Value]
    is_kind: Callable[[tuple[str, ...]], Truth]
    verdict: Callable[[str], Truth]
    memo: dict[int, Truth] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Bound:
    """A measured fact lies in ``bounds``; for a range fact ``part`` says how: "some", "all" or "covers"."""

    fact: str
    bounds: Span
    shown: tuple[tuple[str, str], ...]  # (operator, value as written in the pack)
    words: tuple[str, ...] = ()
    at: str = ""
    part: Part = ""

    def truth(self, known: Known) -> Truth:
        """Whether the value lies within the bounds."""
        value = known.facts.get(self.fact)
        if value is None:
            return None
        if not isinstance(value, Span):
            return False
        if self.part == "some":
            return value.meets(self.bounds)
        if self.part == "covers":
            return self.bounds.within(value)
        if self.part == "all":
            return value.within(self.bounds)
        return value.inside(self.bounds)


@dataclass(frozen=True, slots=True, eq=False)
class Is:
    """A yes-no or judgement fact is ``True`` or ``False``, or a choice is one of ``values``."""

    fact: str
    wanted: bool | frozenset[str]
    words: tuple[str, ...] = ()
    at: str = ""
    any_of: bool = False  # a set of components (CAS numbers): one of them is enough

    def truth(self, known: Known) -> Truth:
        """Whether the value is the wanted one."""
        value = known.facts.get(self.fact)
        if value is None:
            return None
        if self.any_of and isinstance(value, frozenset) and isinstance(self.wanted, frozenset):
            return bool(value & self.wanted)
        if isinstance(self.wanted, bool):
            return value is self.wanted if isinstance(value, bool) else not self.wanted
        if isinstance(value, frozenset):
            return True if value <= self.wanted else (None if value & self.wanted else False)
        return False


@dataclass(frozen=True, slots=True, eq=False)
class OfKind:
    """The item is of one of these kinds (or of a narrower one)."""

    kinds: tuple[str, ...]
    words: tuple[str, ...] = ()
    at: str = ""

    def truth(self, known: Known) -> Truth:
        """Whether the item is of one of the kinds."""
        return known.is_kind(self.kinds)


@dataclass(frozen=True, slots=True, eq=False)
class Ref:
    """The item is listed at another path ("us-ccl:3A090.a") of this or another list."""

    path: str
    words: tuple[str, ...] = ()
    at: str = ""

    def truth(self, known: Known) -> Truth:
        """The verdict on the other paragraph."""
        return known.verdict(self.path)


@dataclass(frozen=True, slots=True, eq=False)
class Opaque:
    """Words that are not modelled: never true, never false."""

    why: str
    words: tuple[str, ...] = ()
    at: str = ""

    def truth(self, known: Known) -> Truth:
        """Always unknown."""
        return None


@dataclass(frozen=True, slots=True, eq=False)
class All:
    """Every part holds."""

    parts: tuple[Condition, ...]

    def truth(self, known: Known) -> Truth:
        """False when a part is false, else unknown when a part is."""
        result: Truth = True
        for part in self.parts:
            one = part.truth(known)
            if one is False:
                return False
            if one is None:
                result = None
        return result


@dataclass(frozen=True, slots=True, eq=False)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Condition, ...]

    def truth(self, known: Known) -> Truth:
        """True when a part is true, else unknown when a part is."""
        result: Truth = False
        for part in self.parts:
            one = part.truth(known)
            if one is True:
                return True
            if one is None:
                result = None
        return result


@dataclass(frozen=True, slots=True, eq=False)
class Not:
    """The part does not hold: an exclusion."""

    part: Condition

    def truth(self, known: Known) -> Truth:
        """The contrary of the part."""
        one = self.part.truth(known)
        return None if one is None else not one


Atom: TypeAlias = Bound | Is | OfKind | Ref | Opaque
Condition: TypeAlias = Bound | Is | OfKind | Ref | Opaque | All | AnyOf | Not
ALWAYS = All(())


def atoms(condition: Condition) -> Iterable[Atom]:
    """Every atom of a condition, in the order of the pack."""
    if isinstance(condition, All | AnyOf):
        for part in condition.parts:
            yield from atoms(part)
    elif isinstance(condition, Not):
        yield from atoms(condition.part)
    else:
        yield condition


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """One paragraph in a pack: its own condition, which also holds for every path below it.

    ``hash`` binds it to the words that it was written from (own node and the nodes below that no other path covers);
    ``says`` is its heading in our own words; ``excluded`` names paragraphs below that only take something out again.
    """

    path: str
    condition: Condition
    hash: str = ""
    says: Mapping[str, str] = field(default_factory=dict)
    below: tuple[Path, ...] = ()
    note: str = ""
    excluded: tuple[str, ...] = ()

    def walk(self) -> Iterable[Path]:
        """This path and all below it."""
        yield self
        for path in self.below:
            yield from path.walk()

    def truth(self, known: Known) -> Truth:
        """Whether an item is listed here or at a path below."""
        own = self.condition.truth(known)
        if own is False or not self.below:
            return own
        under: Truth = False
        for path in self.below:
            one = path.truth(known)
            if one is True:
                under = True
                break
            if one is None:
                under = None
        if own is True or under is False:
            return under
        return None


@dataclass(frozen=True, slots=True, eq=False)
class EntryConditions:
    """One entry, modelled: the root path and all below. ``version`` is the edition of the text it was written from.

    ``row`` is the row of Japan's Table 1 that an item of the goods ordinance belongs to, "" elsewhere.
    """

    list_id: str
    entry: str
    root: Path
    version: str = ""
    row: str = ""

    def paths(self) -> dict[str, Path]:
        """Every path by name."""
        return {path.path: path for path in self.root.walk()}


@dataclass(frozen=True, slots=True)
class Unmodelled:
    """An entry that nobody has modelled yet: it is found and asked about, and never cleared."""

    list_id: str
    entry: str
    says: Mapping[str, Any]
