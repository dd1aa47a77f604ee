"""A block of parties screened into rows: what a worker does, on a thread, a process or another machine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from sekisho.model.listed import ListedParty
from sekisho.screen.explain import why
from sekisho.screen.index import Index, load
from sekisho.screen.judgement import Judgement, party_key, standing
from sekisho.screen.query import Asked
from sekisho.screen.search import screen_all

Row = tuple[Any, ...]


def screen_block(
    index: Index,
    parties: Sequence[Asked],
    first_row: int,
    threshold: float,
    most: int,
    keep: Callable[[ListedParty], bool] | None = None,
    judged: dict[str, list[Judgement]] | None = None,
    four_eyes: frozenset[str] = frozenset(),
    lang: Literal["en", "ja"] = "en",
) -> list[Row]:
    """Give a row for every hit: place in the file, party, asked name, list, id, name, matched, score, decided, state, why.

    ``judged`` holds the judgements by the party's key. ``first_row`` is the 1-based place of the first party.
    """
    rows: list[Row] = []
    for at, answer in enumerate(screen_all(index, parties, threshold, most, keep)):
        if not answer.hits:
            continue
        key = party_key(answer.asked)
        known = (judged or {}).get(key, ())
        for hit in answer.hits:
            how = standing(known, answer.asked, hit.party, four_eyes=four_eyes)
            rows.append(
                (
                    first_row + at, key, hit.asked_name, hit.party.source, hit.party.uid, hit.name, hit.matched,
                    hit.score, hit.decided, how.state, why(hit, lang),
                )
            )  # fmt: skip
    return rows


@lru_cache(maxsize=4)
def mapped(path: str) -> Index:
    """Map an index file once a process."""
    return load(Path(path))


def screen_elsewhere(
    path: str,
    parties: Sequence[Asked],
    first_row: int,
    threshold: float,
    most: int,
    lists: tuple[str, ...],
    judged: dict[str, list[Judgement]],
    four_eyes: frozenset[str],
    lang: Literal["en", "ja"],
) -> list[Row]:
    """Do ``screen_block`` in another process, with the index mapped from its file."""
    return screen_block(mapped(path), parties, first_row, threshold, most, only(lists), judged, four_eyes, lang)


def only(lists: tuple[str, ...]) -> Callable[[ListedParty], bool] | None:
    """Make the test whether a party stands on one of the lists; None when all are meant."""
    if not lists:
        return None
    return lambda party: any(party.source == one or party.source.startswith(one + ":") for one in lists)
