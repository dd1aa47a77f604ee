"""What a requirement row reaches, as read from its left cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["entire", "paths", "derived", "described"]


@dataclass(frozen=True, slots=True)
class Scope:
    """What a row reaches: see ``law.requirements.Requirement`` for the meaning of the fields.

    ``kind`` says how the text puts it; the other fields what it comes to. A description may come to exact paragraphs.
    """

    kind: Kind
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    of_except: tuple[str, ...] = ()
    of_maybe: tuple[str, ...] = ()
    of_reason: str = ""
    words: bool = False
    words_at: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Write what is not empty."""
        found: dict[str, object] = {"kind": self.kind}
        for key in ("include", "exclude", "maybe", "of", "of_except", "of_maybe", "words_at"):
            value = getattr(self, key)
            if value:
                found[key] = list(value)
        if self.of_reason:
            found["of_reason"] = self.of_reason
        if self.words:
            found["words"] = True
        return found
