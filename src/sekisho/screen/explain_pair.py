"""One asked name against one listed name, with everything that an explanation needs."""

from __future__ import annotations

import numpy as np

from sekisho.screen.align import SLOTS, Pairing, align, compare_leftovers
from sekisho.screen.assemble import distinct
from sekisho.screen.compiled import compiled
from sekisho.screen.features import admissible, points_of
from sekisho.screen.fold import Bytes
from sekisho.screen.kernel import find_near, prepare
from sekisho.screen.lexicon import Lexicon
from sekisho.screen.rooms import Scratch, asked_room, joining_room, pairing_room
from sekisho.screen.tables import Floats, Tables
from sekisho.screen.tokens import Words, cut


@compiled
def explain_one(
    tables: Tables, lexicon: Lexicon, points: Floats, work: Scratch, block: Bytes, kind: int, name: int
) -> tuple[Words, Pairing, int, Floats, Floats, float, bool]:
    """Align one asked name with one listed name: (asked words, pairs, their number, record, features, points, fit)."""
    words = cut(block, 1)
    number, place = distinct(words)
    near = find_near(tables, lexicon, words, place, work)
    asked = asked_room(work, near)
    chosen = pairing_room()
    record = np.zeros(SLOTS, dtype=np.float32)
    value = np.zeros(SLOTS, dtype=np.float32)
    work.turn[3] += 1
    prepare(tables, words, number, near, 0, kind, asked, joining_room(), work.turn[3])
    pairs = align(tables, asked, name, record, chosen)
    compare_leftovers(tables, asked, name, record)
    total = points_of(record, points, value)
    return words, chosen, pairs, record, value, total, admissible(record)
