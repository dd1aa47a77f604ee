"""Generate, for every threshold of the packs, three neighbouring values: just below it, on it, just above it.

A small solver gives all other facts of the paragraph values that let this one threshold decide; whether it decides is
tried out well inside and well outside before the neighbours are asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

from sekisho.classify.conditions import (
    All,
    AnyOf,
    Bound,
    Condition,
    EntryConditions,
    Is,
    Known,
    Not,
    OfKind,
    Opaque,
    Path,
    Ref,
    Value,
)
from sekisho.classify.facts import Catalogue
from sekisho.classify.span import INF, Span
from sekisho.law.kleene import Truth

NEAR, FAR = 1e-9, 1e-3
TRIES = 400


@dataclass(frozen=True)
class World:
    """Values chosen so far: facts, kinds that it is or is not, verdicts on other paragraphs."""

    facts: Mapping[str, Value] = field(default_factory=dict)
    kinds: Mapping[str, bool] = field(default_factory=dict)
    refs: Mapping[str, bool] = field(default_factory=dict)

    def known(self) -> Known:
        return Known(dict(self.facts), self._is_kind, lambda path: self.refs.get(path))

    def _is_kind(self, wanted: tuple[str, ...]) -> Truth:
        found = [self.kinds.get(kind) for kind in wanted]
        return True if True in found else (None if None in found else False)


@dataclass(frozen=True)
class Threshold:
    """One end of one atom at one paragraph."""

    list_id: str
    path: str
    atom: Bound
    operator: str
    value: float


@dataclass(frozen=True)
class Case:
    """One value of the fact, everything else equal, and whether the paragraph must hold (None: may, words unmodelled)."""

    threshold: Threshold
    value: float
    world: World
    chain: tuple[Path, ...]
    expected: Truth
    alone: bool = False

    def truth(self) -> Truth:
        facts = {**self.world.facts, self.threshold.atom.fact: _value(self.threshold.atom, self.value)}
        return _truth(self.chain, replace(self.world, facts=facts))


def _value(atom: Bound, value: float) -> Span:
    """A point; for an atom that must cover a range, the range with this end moved."""
    if atom.part != "covers" or atom.bounds.low == atom.bounds.high:
        return Span.exact(value)
    if value <= atom.bounds.low * (1 + 2 * FAR) and abs(atom.bounds.low) != INF:
        return Span(value, atom.bounds.high)
    return Span(atom.bounds.low, value)


def _truth(chain: tuple[Path, ...], world: World) -> Truth:
    known = world.known()
    return All(tuple(path.condition for path in chain)).truth(known)


def leaves(path: Path, above: tuple[Path, ...] = ()) -> Iterator[tuple[Path, ...]]:
    here = (*above, path)
    if not path.below:
        yield here
    for child in path.below:
        yield from leaves(child, here)


def bounds_of(condition: Condition) -> Iterator[Bound]:
    if isinstance(condition, All | AnyOf):
        for part in condition.parts:
            yield from bounds_of(part)
    elif isinstance(condition, Not):
        yield from bounds_of(condition.part)
    elif isinstance(condition, Bound):
        yield condition


def thresholds(conditions: EntryConditions) -> Iterator[tuple[Threshold, list[tuple[Path, ...]]]]:
    """Every threshold with the chains of paragraphs in which it stands."""
    chains = list(leaves(conditions.root))
    for path in conditions.root.walk():
        under = [chain for chain in chains if path in chain]
        for atom in bounds_of(path.condition):
            for operator, _ in atom.shown:
                end = atom.bounds.low if operator in {"above", "at-least", "equals"} else atom.bounds.high
                yield Threshold(conditions.list_id, path.path, atom, operator, end), under


def cases(threshold: Threshold, chains: list[tuple[Path, ...]], catalogue: Catalogue) -> list[Case]:
    """The three neighbours of a threshold: at a paragraph that turns on it, else (chain empty) at the atom alone."""
    for chain in sorted(chains, key=len):
        if _meets_another(threshold, chain):
            continue
        for world in islice(_worlds(chain, threshold, catalogue), TRIES):
            made = _decided(threshold, world, chain)
            if made:
                return made
    alone = Path(threshold.path, threshold.atom)
    return [replace(case, alone=True) for case in _decided(threshold, World(), (alone,))]


def _decided(threshold: Threshold, world: World, chain: tuple[Path, ...]) -> list[Case]:
    """The cases, when in this world the atom alone decides the paragraph."""
    v, operator = threshold.value, threshold.operator
    scale = abs(v) or 1.0
    low, high = v - FAR * scale, v + FAR * scale
    holds_low, holds_high = {
        "above": (False, True), "at-least": (False, True), "below": (True, False), "at-most": (True, False),
        "equals": (False, False),
    }[operator]  # fmt: skip
    at_it = operator in {"at-least", "at-most", "equals"}
    if threshold.atom.part == "covers" and operator != "equals":
        # A range that must be covered: reaching its end is enough, even where the end itself is left out.
        holds_low, holds_high = holds_high, holds_low
        at_it = True

    def case(value: float, expected: Truth) -> Case:
        return Case(threshold, value, world, chain, expected)

    inside = case(v, None) if operator == "equals" else case(high if holds_high else low, None)
    outside = case(low if holds_high or operator == "equals" else high, None)
    yes, no = inside.truth(), outside.truth()
    if yes is no:
        return []
    near = NEAR * scale
    return [
        case(v - near, yes if holds_low else no),
        case(v, yes if at_it else no),
        case(v + near, yes if holds_high else no),
    ]


def _meets_another(threshold: Threshold, chain: tuple[Path, ...]) -> bool:
    """Whether another threshold on the same fact has the same value, so that no paragraph turns on this one alone."""
    return any(
        atom is not threshold.atom
        and atom.fact == threshold.atom.fact
        and threshold.value in (atom.bounds.low, atom.bounds.high)
        for path in chain
        for atom in bounds_of(path.condition)
    )


def _worlds(chain: tuple[Path, ...], threshold: Threshold, catalogue: Catalogue) -> Iterator[World]:
    solver = _Solver(catalogue, threshold)
    goal = All(tuple(path.condition for path in chain))
    yield from solver.make(goal, True, World())


@dataclass
class _Solver:
    catalogue: Catalogue
    target: Threshold

    def make(self, condition: Condition, wanted: bool, world: World) -> Iterator[World]:
        """Worlds in which the condition is ``wanted``; the target atom and unmodelled words are taken to go along."""
        if condition is self.target.atom or isinstance(condition, Opaque):
            yield world
        elif isinstance(condition, Not):
            yield from self.make(condition.part, not wanted, world)
        elif isinstance(condition, All | AnyOf):
            every = isinstance(condition, All) is wanted
            # Where one part is enough, the part with the target first; the other parts are then made false.
            yield from (
                self._each(condition.parts, wanted, world) if every else self._one(condition.parts, wanted, world)
            )
        elif isinstance(condition, Bound):
            yield from self._bound(condition, wanted, world)
        elif isinstance(condition, Is):
            yield from self._is(condition, wanted, world)
        elif isinstance(condition, OfKind):
            yield from self._kind(condition, wanted, world)
        elif isinstance(condition, Ref):
            if world.refs.get(condition.path, wanted) is wanted:
                yield replace(world, refs={**world.refs, condition.path: wanted})

    def _each(self, parts: tuple[Condition, ...], wanted: bool, world: World) -> Iterator[World]:
        if not parts:
            yield world
            return
        for made in self.make(parts[0], wanted, world):
            yield from self._each(parts[1:], wanted, made)

    def _one(self, parts: tuple[Condition, ...], wanted: bool, world: World) -> Iterator[World]:
        ordered = sorted(parts, key=lambda part: not self._has_target(part))
        for part in ordered:
            others = tuple(other for other in ordered if other is not part)
            for made in self.make(part, wanted, world):
                yield from islice(self._each(others, not wanted, made), 8)
                if not self._has_target(part):
                    yield made

    def _has_target(self, condition: Condition) -> bool:
        return any(atom is self.target.atom for atom in bounds_of(condition))

    def _bound(self, atom: Bound, wanted: bool, world: World) -> Iterator[World]:
        if atom.fact == self.target.atom.fact:
            yield world  # the value is the target's; whether this atom then goes along is tried out
            return
        if atom.fact in world.facts:
            if atom.truth(world.known()) is wanted:
                yield world
            return
        for value in _points(atom, wanted):
            yield replace(world, facts={**world.facts, atom.fact: value})

    def _is(self, atom: Is, wanted: bool, world: World) -> Iterator[World]:
        if atom.fact in world.facts:
            if atom.truth(world.known()) is wanted:
                yield world
            return
        values: list[Value]
        if isinstance(atom.wanted, bool):
            values = [atom.wanted is wanted]
        elif wanted:
            values = [frozenset({one}) for one in sorted(atom.wanted)]
        else:
            all_values = self.catalogue[atom.fact].values or ("50-00-0",)
            values = [frozenset({one}) for one in all_values if one not in atom.wanted]
        for value in values:
            yield replace(world, facts={**world.facts, atom.fact: value})

    def _kind(self, atom: OfKind, wanted: bool, world: World) -> Iterator[World]:
        if wanted:
            for kind in atom.kinds:
                if world.kinds.get(kind, True):
                    yield replace(world, kinds={**world.kinds, kind: True})
        elif not any(world.kinds.get(kind) for kind in atom.kinds):
            yield replace(world, kinds={**world.kinds, **dict.fromkeys(atom.kinds, False)})


def _points(atom: Bound, wanted: bool) -> list[Span]:
    """Values inside the bounds, or outside on either side; a few of each, because other atoms may ask for more."""
    low, high = atom.bounds.low, atom.bounds.high
    step = max(abs(low) if low > -INF else 0.0, abs(high) if high < INF else 0.0) or 1.0
    inside: list[Span]
    if low == -INF:
        inside = [Span.exact(high - step * share) for share in (0.01, 0.5, 1.5)]
    elif high == INF:
        inside = [Span.exact(low + step * share) for share in (0.01, 0.5, 5.0)]
    else:
        inside = [Span.exact(low if low == high else low + (high - low) * share) for share in (0.5, 0.05, 0.95)]
    below = [] if low == -INF else [Span.exact(low - step * share) for share in (0.01, 0.5)]
    above = [] if high == INF else [Span.exact(high + step * share) for share in (0.01, 0.5)]
    if atom.part == "covers":
        inside = [Span(low, high), Span(low - step, high + step)]
    return inside if wanted else below + above
