"""Which few questions would settle an undetermined answer.

For each open paragraph: the smallest sets of unknown facts whose answers could make it false. A greedy cover over all
open paragraphs gives the questions after which, unless an answer lists the item, nothing is left open. Paragraphs that
no answer can settle (not modelled, opaque, stale) are named as to be read by a person.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sekisho.classify.conditions import All, AnyOf, Bound, Condition, Is, Not, OfKind, Opaque, Path, Ref, atoms
from sekisho.classify.evaluate import Leaf, Session

Ways = frozenset[frozenset[str]]
NO_WAY: Ways = frozenset()
MOST = 16
KIND = "kind"


@dataclass(frozen=True, slots=True)
class Cover:
    """Facts to ask, most decisive first, with how many open paragraphs each settles; and paths nobody can settle."""

    facts: tuple[tuple[str, int], ...]
    unsettled: tuple[str, ...]


def _keep(ways: Iterable[frozenset[str]]) -> Ways:
    """Keep the smallest ways, without those that contain another."""
    ordered = sorted(set(ways), key=lambda way: (len(way), sorted(way)))
    kept: list[frozenset[str]] = []
    for way in ordered:
        if len(kept) >= MOST:
            break
        if not any(other <= way for other in kept):
            kept.append(way)
    return frozenset(kept)


class Asker:
    """Finds ways to settle conditions in one session."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._refs: set[str] = set()
        self._elsewhere = False
        self.hopeful: set[str] = set()

    def to_make(self, condition: Condition, wanted: bool) -> Ways:
        """Sets of unknown facts whose answers could make a condition ``wanted``; none when no answer can."""
        truth = condition.truth(self.session.known)
        if truth is not None:
            return frozenset({frozenset()}) if truth is wanted else NO_WAY
        if isinstance(condition, Not):
            return self.to_make(condition.part, not wanted)
        if isinstance(condition, All | AnyOf):
            every = isinstance(condition, All) is wanted
            parts = [self.to_make(part, wanted) for part in condition.parts]
            return _product(parts) if every else _keep(way for ways in parts for way in ways)
        if isinstance(condition, Bound | Is):
            return self._of_fact(condition, wanted)
        if isinstance(condition, OfKind):
            return frozenset({self._kind_questions(condition)})
        if isinstance(condition, Ref):
            return self._through(condition, wanted)
        assert isinstance(condition, Opaque)
        return NO_WAY

    def _of_fact(self, condition: Bound | Is, wanted: bool) -> Ways:
        """The fact itself, or the facts that it could be derived from."""
        if isinstance(condition, Is) and wanted is condition.wanted is True:
            self.hopeful.add(condition.fact)  # a yes is needed, which is the rarer answer
        fact = self.session.library.catalogue[condition.fact]
        ways = set() if fact.internal else {frozenset({condition.fact})}
        for derivation in fact.derive:
            when = self.session.library.when(derivation)
            settles = derivation.how in {"none", "no", "yes", "is"}
            if derivation.group or (settles and (when is None or (wanted and derivation.how in {"none", "no"}))):
                continue
            needs = self._base_facts(derivation.of)
            if when is not None:
                needs |= self._base_facts(atom.fact for atom in atoms(when) if isinstance(atom, Bound | Is))
            if needs:
                ways.add(frozenset(needs))
        return _keep(ways)

    def _base_facts(self, names: Iterable[str]) -> set[str]:
        """The facts to ask for a derivation: unknown ones, with internal steps replaced by what they are made from."""
        found: set[str] = set()
        for name in names:
            if name in self.session.known.facts:
                continue
            fact = self.session.library.catalogue[name]
            if fact.internal and fact.derive:
                found |= self._base_facts(fact.derive[0].of)
            else:
                found.add(name)
        return found

    def _kind_questions(self, condition: OfKind) -> frozenset[str]:
        """When a kind is stated, ask for each other kind that the text mentions; else for a narrower one by name."""
        session = self.session
        if not session.item.kinds:
            return frozenset({KIND})
        narrower = {kind for gate in condition.kinds for kind in session.library.kinds.below(gate)}
        mentioned = sorted(kind for kind in session.mentioned & narrower if session.is_kind((kind,)) is None)
        if mentioned:
            return frozenset(f"{KIND}:{kind}" for kind in mentioned)
        return frozenset({f"{KIND}:{'|'.join(condition.kinds)}"})

    def _through(self, ref: Ref, wanted: bool) -> Ways:
        list_id, _, bare = ref.path.rpartition(":")
        if wanted and not self._elsewhere:
            return NO_WAY
        if (list_id and list_id != self.session.list_id) or bare in self._refs:
            return NO_WAY
        found = self.session.library.locate(self.session.list_id, bare)
        if found is None:
            return NO_WAY
        self._refs.add(bare)
        try:
            *above, node = found
            ways = [self.to_make(path.condition, wanted) for path in above]
            ways.append(self._of_path(node, wanted))
            return _product(ways) if wanted else _keep(way for one in ways for way in one)
        finally:
            self._refs.discard(bare)

    def _of_path(self, path: Path, wanted: bool) -> Ways:
        own = self.to_make(path.condition, wanted)
        if not path.below:
            return own
        under = [self._of_path(child, wanted) for child in path.below]
        if wanted:
            return _product([own, _keep(way for ways in under for way in ways)])
        return _keep([*own, *_product(under)])

    def to_close(self, leaf: Leaf) -> Ways:
        """Sets of facts that could make an open paragraph false; by being listed elsewhere only if nothing else can."""
        self._elsewhere = False
        ways = self._close(leaf)
        if not ways:
            self._elsewhere = True
            ways = self._close(leaf)
        return ways

    def _close(self, leaf: Leaf) -> Ways:
        ways: list[frozenset[str]] = []
        for path in (*leaf.chain, leaf.path):
            if not self.session.is_stale(path):
                ways.extend(self.to_make(path.condition, False))
        return _keep(ways)


def _product(parts: Iterable[Ways]) -> Ways:
    result: Ways = frozenset({frozenset()})
    for ways in parts:
        if not ways:
            return NO_WAY
        if ways == frozenset({frozenset()}):
            continue
        result = _keep(a | b for a in result for b in ways)
    return result


def cover(asker: Asker, leaves: Iterable[Leaf]) -> Cover:
    """A small set of facts that could make every open paragraph false, found greedily (1 + ln n of the least)."""
    options: dict[str, Ways] = {}
    unsettled: list[str] = []
    for leaf in leaves:
        ways = asker.to_close(leaf)
        if ways:
            likely = frozenset(way for way in ways if not way & asker.hopeful)
            options[leaf.path.path] = likely or ways
        else:
            unsettled.append(leaf.path.path)
    chosen: set[str] = set()
    left = dict(options)
    while left:
        gain: dict[frozenset[str], int] = {}
        for ways in left.values():
            for way in ways:
                more = frozenset(way - chosen)
                gain[more] = gain.get(more, 0) + 1
        best: frozenset[str] = max(gain, key=lambda way: (gain[frozenset(way)] / _cost(asker, way), sorted(way)))
        chosen |= best
        left = {path: ways for path, ways in left.items() if not _settled(ways, chosen)}
    counts = _pruned(asker, options, chosen)
    ordered = sorted(counts.items(), key=lambda pair: (pair[0] != KIND, -pair[1], pair[0]))
    return Cover(tuple(ordered), tuple(unsettled))


def _settled(ways: Ways, facts: set[str]) -> bool:
    return any(way <= facts for way in ways)


def _pruned(asker: Asker, options: dict[str, Ways], chosen: set[str]) -> dict[str, int]:
    """Leave out every fact that is not needed, dearest first; with each that stays, how many paragraphs rest on it."""
    for fact in sorted(chosen, key=lambda name: (-_cost(asker, frozenset({name})), name)):
        if all(_settled(ways, chosen - {fact}) for ways in options.values()):
            chosen = chosen - {fact}
    return {fact: sum(not _settled(ways, chosen - {fact}) for ways in options.values()) for fact in chosen}


def _cost(asker: Asker, way: Collection[str]) -> float:
    cost = 0.0
    for name in way:
        if name.startswith(KIND):
            cost += 0.6
        else:
            cost += 1.5 if asker.session.library.catalogue[name].type == "judgement" else 1.0
    return cost or 0.1
