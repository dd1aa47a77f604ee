"""What changed between two editions of one list: paragraphs added, removed, moved and reworded, with the words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from sekisho.classify.bindings import Binding, Stale, stale
from sekisho.classify.tree import ControlList, Entry, Node, Note, canonical, words_hash

Kind = Literal["added", "removed", "moved", "reworded", "notes", "requirements"]
_WORD = re.compile(r"[A-Za-z0-9^%/-]+(?:[.,][A-Za-z0-9^%/-]+)*|[ァ-ヶー]+|[一-龠々〇]+|\S", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: kept, deleted or inserted."""

    kind: Literal["same", "del", "ins"]
    words: str


@dataclass(frozen=True, slots=True)
class Change:
    """One changed paragraph. ``before`` and ``after`` are its words ("" where there are none).

    ``moved_from`` is the old path of a paragraph whose words stand elsewhere now; ``notes`` tells of a paragraph whose
    own words stayed and whose notes changed; ``requirements`` of an entry whose reasons for control changed.
    """

    kind: Kind
    path: str
    before: str = ""
    after: str = ""
    moved_from: str = ""

    def pieces(self) -> tuple[Piece, ...]:
        """The words side by side: what was kept, deleted and inserted."""
        return tuple(_pieces(self.before, self.after))


@dataclass(frozen=True, slots=True)
class TextDiff:
    """Everything that changed between two editions, and the conditions that it makes stale."""

    list: str
    old: str
    new: str
    changes: tuple[Change, ...]
    stale: tuple[Stale, ...] = ()

    def count(self, kind: Kind) -> int:
        """How many changes of one kind there are."""
        return sum(change.kind == kind for change in self.changes)


def diff(old: ControlList, new: ControlList, bindings: Iterable[Binding] = ()) -> TextDiff:
    """Compare two editions of the same list; conditions that were good on ``old`` and are not on ``new`` are stale."""
    if old.id != new.id:
        raise ValueError(f"{old.id} and {new.id} are different lists")
    changes = list(_nodes(old, new)) + list(_requirements(old, new))
    order = {node.path: at for at, node in enumerate(new.walk())}
    was = {node.path: at for at, node in enumerate(old.walk())}
    changes.sort(key=lambda change: (_entry_key(change.path), order.get(change.path, was.get(change.path, 0))))
    held = tuple(bindings)
    before = {one.binding for one in stale(held, old)}
    broken = tuple(one for one in stale(held, new) if one.binding not in before)
    return TextDiff(old.id, edition(old), edition(new), tuple(changes), broken)


def edition(text: ControlList) -> str:
    """The edition's name: its day, or the head of its hash when the day is not known."""
    return text.version.isoformat() if text.version else text.sha256[:12]


def _nodes(old: ControlList, new: ControlList) -> Iterator[Change]:
    before = {node.path: node for node in old.walk()}
    after = {node.path: node for node in new.walk()}
    gone = [node for path, node in before.items() if path not in after]
    fresh = [node for path, node in after.items() if path not in before]
    origin = _moves(gone, fresh)
    for node in fresh:
        if node.path in origin:
            yield Change("moved", node.path, before[origin[node.path]].text, node.text, origin[node.path])
        elif not node.reserved:
            yield Change("added", node.path, "", node.text)
    for node in gone:
        if node.path not in origin.values() and not node.reserved:
            yield Change("removed", node.path, node.text, "")
    for path, node in after.items():
        former = before.get(path)
        if former is None or former.hash == node.hash:
            continue
        if canonical(former.text) != canonical(node.text):
            yield Change("reworded", path, former.text, node.text)
        elif _shown(former.notes) != _shown(node.notes):
            yield Change("notes", path, _shown(former.notes), _shown(node.notes))


def _moves(gone: list[Node], fresh: list[Node]) -> dict[str, str]:
    """Match paragraphs that went with ones that came by their words: unique ones only, and not the very short."""
    went: dict[str, list[str]] = {}
    came: dict[str, list[str]] = {}
    for nodes, held in ((gone, went), (fresh, came)):
        for node in nodes:
            if len(node.text) >= 25 and not node.reserved:
                held.setdefault(words_hash(node.text.rstrip(" ;.,")), []).append(node.path)
    return {came[h][0]: went[h][0] for h in came if len(came[h]) == 1 and len(went.get(h, ())) == 1}


def _requirements(old: ControlList, new: ControlList) -> Iterator[Change]:
    before = {entry.id: _rows(entry) for entry in old.entries}
    for entry in new.entries:
        if entry.id in before and before[entry.id] != _rows(entry):
            yield Change("requirements", entry.id, before[entry.id], _rows(entry))


def _rows(entry: Entry) -> str:
    rows = [f"{row.reason} {row.applies_to} | {row.target}" for row in entry.requirements]
    return canonical("\x1e".join([", ".join(entry.reasons), *rows])).replace("\x1e", "\n")


def _shown(notes: tuple[Note, ...]) -> str:
    return "\n".join(canonical(f"{note.label}: {note.text}") for note in notes)


def _entry_key(path: str) -> tuple[int, str]:
    head = re.match(r"\d+", path)
    return (int(head[0]) if head else 0, re.split(r"[.(]", path)[0])


def _pieces(before: str, after: str) -> Iterator[Piece]:
    """Words side by side; a lone space between two changed words belongs to the change."""
    old, new = _spaced(before), _spaced(after)
    out: list[tuple[str, str]] = []  # what was and what is; the same where nothing changed
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        was, now = "".join(old[a:b]), "".join(new[c:d])
        if out and out[-1][0] != out[-1][1] and (tag != "equal" or not was.strip()):
            out[-1] = (out[-1][0] + was, out[-1][1] + now)
        else:
            out.append((was, now))
    for was, now in out:
        if was == now:
            yield Piece("same", was)
            continue
        if was:
            yield Piece("del", was)
        if now:
            yield Piece("ins", now)


def _spaced(text: str) -> list[str]:
    """Words and the spaces between them, so that pieces put together again are the text."""
    return [found[0] for found in re.finditer(rf"{_WORD.pattern}|\s+", text)]
