"""Small lists for the tests of screening."""

from __future__ import annotations

from sekisho.model.listed import ListedName, ListedParty, PartyType
from sekisho.screen.index import Index, build
from sekisho.screen.query import Asked, Hit
from sekisho.screen.search import screen


def listed(
    *names: str, uid: str = "", kind: PartyType = "unknown", source: str = "test:list", **more: object
) -> ListedParty:
    """Make a listed party of names."""
    return ListedParty(
        uid=uid or f"t:{names[0]}", source=source, type=kind, names=tuple(ListedName(name) for name in names), **more
    )  # type: ignore[arg-type]


def index_of(*names: str, kind: PartyType = "unknown") -> Index:
    """Make an index of parties of one name each."""
    return build(listed(name, kind=kind) for name in names)


def best(asked: str, *names: str, kind: PartyType = "unknown", threshold: float = 0.05) -> Hit | None:
    """Give the best hit of a name among listed names."""
    hits = screen(index_of(*names, kind=kind), Asked((asked,), kind), threshold).hits
    return hits[0] if hits else None


def score(asked: str, name: str, kind: PartyType = "unknown") -> float:
    """Give the score of two names, 0 when they are no candidates."""
    hit = best(asked, name, kind=kind)
    return hit.score if hit else 0.0
