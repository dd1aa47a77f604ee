"""Put what is known of an item to the conditions of a list: which paths hold, which stay open.

A ``Session`` is one item against one list. It evaluates only the entries it is asked for, remembers the verdict of
each path, and never lets an unmodelled or stale paragraph count as false.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sekisho.classify.conditions import Condition, Known, Path, Value, atoms
from sekisho.classify.item import Item
from sekisho.classify.kinds import Kinds
from sekisho.classify.library import Library
from sekisho.law.kleene import Truth


@dataclass(frozen=True, slots=True)
class Leaf:
    """A paragraph at the end of its branch, with the paths above it (outermost first) and its truth."""

    path: Path
    chain: tuple[Path, ...]
    truth: Truth


@dataclass(frozen=True, slots=True)
class EntryResult:
    """What came of one entry: leaves that hold, leaves that stay open; ``modelled`` false means nobody wrote it yet."""

    entry: str
    truth: Truth
    listed: tuple[Leaf, ...] = ()
    open: tuple[Leaf, ...] = ()
    modelled: bool = True


class Session:
    """One item against one list, with the facts that count (or, for the provisional answer, all facts)."""

    def __init__(
        self,
        library: Library,
        list_id: str,
        item: Item,
        facts: Mapping[str, Value],
        mentioned: Iterable[str] = (),
        stale: Collection[str] = (),
    ) -> None:
        self.library, self.list_id, self.item = library, list_id, item
        self.stale = frozenset(stale)
        self.mentioned = frozenset(mentioned)
        self._kinds: Kinds = library.kinds
        self._gates: dict[tuple[str, ...], Truth] = {}
        self._verdicts: dict[str, Truth] = {}
        self._deciding: set[str] = set()
        self.known = Known(facts, self.is_kind, self.verdict)

    def is_kind(self, wanted: tuple[str, ...]) -> Truth:
        """Whether the item is of one of these kinds; a mention in a text makes it so, only a statement denies it."""
        if wanted not in self._gates:
            self._gates[wanted] = self._is_kind(wanted)
        return self._gates[wanted]

    def _is_kind(self, wanted: tuple[str, ...]) -> Truth:
        result: Truth = False
        for gate in wanted:
            one = self._is_one(gate)
            if one is True:
                return True
            if one is None:
                result = None
        return result

    def _is_one(self, gate: str) -> Truth:
        kinds = self._kinds
        above = kinds.above(gate)
        denied = any(kind in above for kind in self.item.not_kinds)
        narrower = kinds.below(gate)
        for stated in self.item.kinds:
            if stated in narrower:
                return True
        if denied:
            return False
        mentioned = any(kind in narrower and not self._is_denied(kind) for kind in self.mentioned)
        if self.item.kinds:
            if mentioned or any(stated in above for stated in self.item.kinds):
                return None
            return False
        return True if mentioned else None

    def _is_denied(self, kind: str) -> bool:
        return any(denied in self._kinds.above(kind) for denied in self.item.not_kinds)

    def verdict(self, path: str) -> Truth:
        """The verdict on a path of this list ("3A090.a") or, with its list before a colon, of another one."""
        list_id, _, bare = path.rpartition(":")
        if list_id and list_id != self.list_id:
            return None
        if bare in self._verdicts:
            return self._verdicts[bare]
        if bare in self._deciding:
            return None
        self._deciding.add(bare)
        try:
            truth = self._decide(bare)
        finally:
            self._deciding.discard(bare)
        self._verdicts[bare] = truth
        return truth

    def _decide(self, path: str) -> Truth:
        found = self.library.locate(self.list_id, path)
        if found is None:
            return None
        *above, node = found
        result: Truth = True
        for outer in above:
            one = self._own(outer)
            if one is False:
                return False
            if one is None:
                result = None
        inner = self._under(node)
        if inner is False:
            return False
        return result if inner is True else None

    def _own(self, path: Path) -> Truth:
        return None if self.is_stale(path) else path.condition.truth(self.known)

    def is_stale(self, path: Path) -> bool:
        """Whether the words of a path, or those elsewhere that it quotes, have changed since it was written."""
        if not self.stale:
            return False
        return path.path in self.stale or any(atom.at in self.stale for atom in atoms(path.condition))

    def _under(self, path: Path) -> Truth:
        own = self._own(path)
        if own is False or not path.below:
            return own
        under: Truth = False
        for child in path.below:
            one = self._under(child)
            if one is True:
                under = True
                break
            if one is None:
                under = None
        return under if own is True or under is False else None

    def entry(self, entry: str) -> EntryResult:
        """Evaluate one entry to its leaves."""
        conditions = self.library.conditions(self.list_id, entry)
        if conditions is None:
            return EntryResult(entry, None, modelled=False)
        listed: list[Leaf] = []
        unknown: list[Leaf] = []
        self._collect(conditions.root, (), True, listed, unknown)
        truth: Truth = True if listed else (None if unknown else False)
        return EntryResult(entry, truth, tuple(listed), tuple(unknown))

    def _collect(
        self, path: Path, chain: tuple[Path, ...], inherited: Truth, listed: list[Leaf], unknown: list[Leaf]
    ) -> None:
        own = self._own(path)
        if own is False:
            return
        truth = own if inherited is True else None
        if not path.below:
            (listed if truth is True else unknown).append(Leaf(path, chain, truth))
            return
        for child in path.below:
            self._collect(child, (*chain, path), truth, listed, unknown)


def conditions_of(leaf: Leaf) -> tuple[tuple[Path, Condition], ...]:
    """The conditions that a leaf rests on, outermost first, each with the path that carries it."""
    return tuple((path, path.condition) for path in (*leaf.chain, leaf.path))
