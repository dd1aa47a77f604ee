"""Why a paragraph holds: each atom that supports it, with the words of the list and the value that meets them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sekisho.classify.conditions import (
    NOTHING,
    All,
    AnyOf,
    Atom,
    Bound,
    Condition,
    Is,
    Known,
    Not,
    OfKind,
    Opaque,
    Ref,
    Value,
)
from sekisho.classify.evaluate import Leaf, Session
from sekisho.classify.item import Stated
from sekisho.classify.span import Span


@dataclass(frozen=True, slots=True)
class Support:
    """One atom that decided: its fact, the words of the list at ``at``, the value as given and its source.

    ``holds`` is false where the atom supports by failing (an exclusion that does not apply).
    """

    fact: str
    words: tuple[str, ...]
    at: str
    value: str
    source: str
    where: str
    holds: bool = True


def supports(session: Session, leaf: Leaf, facts: Mapping[str, Stated]) -> tuple[Support, ...]:
    """What supports a leaf that holds, outermost path first."""
    out: list[Support] = []
    for path in (*leaf.chain, leaf.path):
        for atom, holds in decisive(path.condition, session.known, True):
            out.append(_support(session, atom, holds, path.path, facts))
    return tuple(out)


def decisive(condition: Condition, known: Known, wanted: bool) -> Iterable[tuple[Atom, bool]]:
    """The atoms that make a condition ``wanted``, each with whether it holds."""
    if isinstance(condition, Not):
        yield from decisive(condition.part, known, not wanted)
    elif isinstance(condition, All | AnyOf):
        every = isinstance(condition, All) is wanted
        for part in condition.parts:
            if part.truth(known) is wanted:
                yield from decisive(part, known, wanted)
                if not every:
                    return
    else:
        yield condition, wanted


def _support(session: Session, atom: Atom, holds: bool, path: str, facts: Mapping[str, Stated]) -> Support:
    at = atom.at or path
    if isinstance(atom, OfKind):
        kinds = session.item.kinds or tuple(sorted(session.mentioned))
        source = "stated" if session.item.kinds else "read"
        return Support("kind", atom.words, at, ", ".join(kinds), source, "", holds)
    if isinstance(atom, Ref):
        return Support(f"entry {atom.path}", atom.words, at, "listed" if holds else "not listed", "derived", "", holds)
    if isinstance(atom, Opaque):
        return Support("", atom.words, at, "", "", "", holds)
    stated = facts.get(atom.fact)
    if stated is None:
        return Support(atom.fact, atom.words, at, "", "", "", holds)
    fact = session.library.catalogue[atom.fact]
    value = stated.text or show_value(stated.value, fact.unit)
    return Support(atom.fact, words_of(atom), at, value, stated.source, stated.where, holds)


def words_of(atom: Bound | Is) -> tuple[str, ...]:
    """The words of the list for an atom; where the pack gives none, the operator and value in its place."""
    if atom.words or isinstance(atom, Is):
        return atom.words
    return tuple(f"{operator} {value}" for operator, value in atom.shown)


def show_value(value: Value, unit: str) -> str:
    """Show a value in the unit of its fact: "4800", "2.5 to 3 GHz", "yes"."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, frozenset):
        return ", ".join(sorted(value))
    if value is NOTHING or not isinstance(value, Span):
        return "none"
    from sekisho.classify.units import read_unit

    units = read_unit(unit)
    factor = float(units[0].factor) if units else 1.0
    offset = float(units[0].offset) if units else 0.0

    def one(number: float) -> str:
        return f"{(number - offset) / factor:.6g}"

    if value.is_exact:
        return f"{one(value.low)} {unit}".strip()
    if value.low == float("-inf"):
        return f"{'<' if value.high_open else '<='} {one(value.high)} {unit}".strip()
    if value.high == float("inf"):
        return f"{'>' if value.low_open else '>='} {one(value.low)} {unit}".strip()
    return f"{one(value.low)} to {one(value.high)} {unit}".strip()
