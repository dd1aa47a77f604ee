"""A tree while it is being read: mutable, frozen into ``classify.tree`` values at the end."""

from __future__ import annotations

from dataclasses import dataclass, field

from sekisho.classify.tree import Exclusion, Join, Node, Note, NoteKind, node_hash
from sekisho.classify.wording import connective, exclusions, note_effect, tail_word


@dataclass(slots=True)
class DraftNote:
    """A note under construction; ``about`` names the paragraphs it speaks of, empty for the one before it."""

    kind: NoteKind
    label: str = ""
    blocks: list[str] = field(default_factory=list)
    about: tuple[str, ...] = ()

    def freeze(self) -> Note:
        """Make the final note."""
        text = "\n".join(self.blocks).strip()
        return Note(self.kind, self.label, text, self.about, note_effect(self.kind, text))


@dataclass(slots=True)
class Draft:
    """One paragraph under construction; ``words`` are its pieces in order, joined by a space when frozen."""

    path: str
    own: str
    words: list[str] = field(default_factory=list)
    label: str = ""
    line: int = 0
    reserved: bool = False
    notes: list[DraftNote] = field(default_factory=list)
    children: list[Draft] = field(default_factory=list)
    introduced: str = ""

    @property
    def text(self) -> str:
        """The paragraph's words so far."""
        return " ".join(" ".join(self.words).split())

    def last(self) -> Draft:
        """The paragraph that was read last in this subtree."""
        return self.children[-1].last() if self.children else self

    def tail(self) -> Join:
        """The joining word at the end of the last paragraph of this subtree."""
        return tail_word(self.last().text)

    def freeze(self) -> Node:
        """Make the final node with everything below it."""
        text, notes = self.text, tuple(note.freeze() for note in self.notes)
        living = [child for child in self.children if not child.reserved]
        tails = [child.tail() for child in living[:-1]]
        joined = connective(text, tails, introduced=self.introduced)
        taken = exclusions(text) + tuple(
            Exclusion(note.text, note.label or note.kind) for note in notes if note.effect == "excludes"
        )
        return Node(
            path=self.path,
            own=self.own,
            text=text,
            hash=node_hash(self.path, text, notes),
            label=self.label,
            connective=joined if living else type(joined)(),
            notes=notes,
            exclusions=taken,
            children=tuple(child.freeze() for child in self.children),
            reserved=self.reserved,
            line=self.line,
        )
