"""What conditions rest on: each is bound to a paragraph by path and hash, and goes stale when the words move.

A binding's hash covers the paragraph itself and everything below it that no other bound path of the same entry covers,
so each word of an entry stands behind exactly one condition.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sekisho.classify.paths import steps
from sekisho.classify.tree import ControlList, Node, words_hash

Why = Literal["changed", "gone"]


@dataclass(frozen=True, slots=True)
class Binding:
    """A condition's hold on the text: list, entry, path, and the hash it was written against."""

    list: str
    entry: str
    path: str
    hash: str


@dataclass(frozen=True, slots=True)
class Stale:
    """A binding that no longer fits: its paragraph's words ``changed`` or it is ``gone``."""

    binding: Binding
    why: Why


def covered(node: Node, list_id: str, bound: Iterable[str]) -> tuple[Node, ...]:
    """The nodes whose words stand behind a condition on ``node``: itself and all below but other bound paths."""
    others = {path for path in bound if path != node.path and _under(list_id, path, node.path)}
    return tuple(_walk(node, others))


def binding_hash(node: Node, list_id: str, bound: Iterable[str]) -> str:
    """The hash that a condition on ``node`` carries when the paths in ``bound`` carry conditions too."""
    return words_hash(*(part.hash for part in covered(node, list_id, bound)))


def stale(bindings: Iterable[Binding], text: ControlList) -> tuple[Stale, ...]:
    """The bindings of this list that the text no longer carries, in the order given."""
    held = [binding for binding in bindings if binding.list == text.id]
    bound: dict[str, list[str]] = {}
    for binding in held:
        bound.setdefault(binding.entry, []).append(binding.path)
    out = []
    for binding in held:
        node = text.node(binding.path)
        if node is None:
            out.append(Stale(binding, "gone"))
        elif binding_hash(node, text.id, bound[binding.entry]) != binding.hash:
            out.append(Stale(binding, "changed"))
    return tuple(out)


def _walk(node: Node, others: set[str]) -> Iterable[Node]:
    yield node
    for child in node.children:
        if child.path not in others:
            yield from _walk(child, others)


def _under(list_id: str, path: str, above: str) -> bool:
    top = steps(list_id, above)
    return steps(list_id, path)[: len(top)] == top
