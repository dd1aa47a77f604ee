"""Working memory of the search: of a thread, of a block, of one asked name."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sekisho.screen.align import MOST_EDGES, Asked, Pairing
from sekisho.screen.compiled import compiled
from sekisho.screen.fold import LONGEST, Bytes
from sekisho.screen.tables import Floats, Hashes, Ints, Tables
from sekisho.screen.tokens import MOST

EDGES = 4096
JOINS = 4096


class Scratch(NamedTuple):
    """Working memory of one thread: turns and sums by listed word and listed name."""

    word_turn: Ints
    edge_turn: Ints
    edge_first: Ints
    name_turn: Ints
    name_word_turn: Ints
    name_sum: Floats
    touched: Ints
    turn: Ints


def scratch(tables: Tables) -> Scratch:
    """Make working memory for one thread (16 bytes a listed name)."""
    names = tables.name_party.size
    return Scratch(
        np.zeros(tables.word_hash.size + 1, dtype=np.int32),
        np.zeros(tables.word_hash.size + 1, dtype=np.int32),
        np.zeros(tables.word_hash.size + 1, dtype=np.int32),
        np.zeros(names + 1, dtype=np.int32),
        np.zeros(names + 1, dtype=np.int32),
        np.zeros(names + 1, dtype=np.float32),
        np.zeros(names + 1, dtype=np.int32),
        np.zeros(4, dtype=np.int32),
    )


class Near(NamedTuple):
    """Studied distinct words of a block with their neighbours in the dictionary."""

    joined: Hashes  # the key by which listed words written apart are found; 0: too short
    kind: Bytes
    weight: Floats
    fold: Bytes
    fold_size: Ints
    sign: Hashes
    first: Ints
    word: Ints
    sim: Floats
    how: Bytes


@compiled
def asked_room(work: Scratch, near: Near) -> Asked:
    """Make room for one asked name."""
    return Asked(
        np.empty(5, dtype=np.int32),
        np.empty(MOST, dtype=np.float32),
        np.empty(MOST, dtype=np.uint8),
        np.empty(MOST, dtype=np.uint8),
        np.empty(MOST, dtype=np.uint8),
        np.empty(MOST, dtype=np.int32),
        near.fold,
        near.fold_size,
        near.sign,
        np.empty(EDGES, dtype=np.uint8),
        np.empty(EDGES, dtype=np.uint8),
        np.empty(EDGES, dtype=np.int32),
        np.empty(EDGES, dtype=np.float32),
        np.empty(EDGES, dtype=np.uint8),
        np.empty(EDGES, dtype=np.int32),
        work.edge_first,
        work.edge_turn,
        np.empty(JOINS, dtype=np.int32),
        np.empty(JOINS, dtype=np.uint8),
        np.empty(JOINS, dtype=np.uint8),
        np.empty(JOINS, dtype=np.uint8),
        np.empty((5, MOST_EDGES), dtype=np.uint8),
        np.empty((2, MOST_EDGES), dtype=np.float32),
    )


class Room(NamedTuple):
    """Working memory for words written as one."""

    fold: Bytes
    both: Bytes
    sounding: Bytes
    found: Ints
    sims: Floats


@compiled
def joining_room() -> Room:
    """Make room for words written as one."""
    return Room(
        np.empty(LONGEST, dtype=np.uint8),
        np.empty(3 * LONGEST, dtype=np.uint8),
        np.empty(LONGEST, dtype=np.uint8),
        np.empty(64, dtype=np.int32),
        np.empty(64, dtype=np.float32),
    )


@compiled
def pairing_room() -> Pairing:
    """Make room for the pairs of one alignment."""
    return Pairing(np.zeros((MOST + 2, 5), dtype=np.uint8), np.zeros(MOST + 2, dtype=np.float32))
