"""How alike two words are, 0 to 1, from the cost of turning one into the other.

Optimal string alignment with transpositions on folded forms. Costs are those of real spellings: vowels are cheap,
consonants of one class cheaper than others, the first letter dearer. Between scripts missing vowels (Arabic, Hebrew)
or voicing (kana, Hangul) cost next to nothing, because the other script does not write them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sekisho.screen.compiled import compiled
from sekisho.screen.fold import LONGEST, Bytes

WITHIN, ABJAD, SYLLABIC = range(3)
WIDTH = LONGEST + 2
ROWS = 3 * WIDTH
TRANSPOSED = np.float32(0.7)
FIRST_LETTER = np.float32(0.35)

# Exchanges cheaper than any other, by way of comparing: letters that stand for one another, and the cost.
_VOWELS = "aeiou"
_CLASSES = ("bp", "dt", "gk", "cjsxz", "lr", "fv", "mn")
_CHEAP: tuple[tuple[tuple[str, float], ...], ...] = (
    (("ei", 0.25), ("ou", 0.25)),
    (("bp", 0.15), ("fv", 0.15), ("gk", 0.3), ("gj", 0.2), ("cj", 0.3), ("sz", 0.4), ("sx", 0.5), ("vu", 0.2),
     ("vo", 0.2), ("hk", 0.5), ("td", 0.6), ("tz", 0.6), ("jz", 0.5), ("ks", 0.7), ("kc", 0.5), ("fp", 0.2),
     ("dz", 0.4), ("bv", 0.3)),
    (("gk", 0.15), ("dt", 0.15), ("bp", 0.15), ("lr", 0.1), ("bv", 0.15), ("cj", 0.2), ("jz", 0.2), ("sz", 0.25),
     ("sx", 0.25), ("tc", 0.25), ("hf", 0.2), ("fp", 0.2), ("tz", 0.35), ("ts", 0.4), ("dz", 0.35), ("sc", 0.4),
     ("sj", 0.4), ("vu", 0.15), ("vo", 0.2), ("gj", 0.4), ("mn", 0.4), ("xc", 0.3)),
)  # fmt: skip


def _exchanges() -> NDArray[np.float32]:
    cost = np.ones((3, 32, 32), dtype=np.float32)
    for way in range(3):
        for a in range(32):
            cost[way, a, a] = 0.0
        vowel = (0.5, 0.1, 0.2)[way]
        pairs = [(a, b, vowel) for a in _VOWELS for b in _VOWELS if a != b]
        pairs += [(a, b, (0.75, 0.9, 0.5)[way]) for some in _CLASSES for a in some for b in some if a != b]
        pairs += [(pair[0], pair[1], value) for pair, value in _CHEAP[way]]
        for a, b, value in pairs:
            cost[way, ord(a) & 31, ord(b) & 31] = cost[way, ord(b) & 31, ord(a) & 31] = value
    return cost


def _leavings() -> NDArray[np.float32]:
    cost = np.full((3, 32), 0.9, dtype=np.float32)
    for letter in _VOWELS:
        cost[:, ord(letter) & 31] = (0.6, 0.08, 0.3)
    cost[:, ord("h") & 31] = 0.3
    for letter in "iuv":
        cost[SYLLABIC, ord(letter) & 31] = 0.25
    cost[ABJAD, ord("v") & 31] = 0.25
    return cost


EXCHANGE = _exchanges()
LEAVING = _leavings()


@compiled
def likeness(a: Bytes, na: int, b: Bytes, nb: int, way: int, least: float, rows: NDArray[np.float32]) -> float:
    """Give the likeness of two folded words; 0 when it cannot reach ``least``.

    ``way`` is ``WITHIN`` one script, ``ABJAD`` when a side writes no vowels, ``SYLLABIC`` for rough romanisations;
    ``rows`` is working memory of ``ROWS`` numbers.
    """
    if na == 0 or nb == 0:
        return 0.0
    longest = max(na, nb)
    if way == ABJAD:  # only consonants count as length
        ca = 0
        for at in range(na):
            if LEAVING[ABJAD, a[at] & 31] > 0.2:
                ca += 1
        cb = 0
        for at in range(nb):
            if LEAVING[ABJAD, b[at] & 31] > 0.2:
                cb += 1
        longest = max(ca, cb) + 1
    budget = np.float32((1.0 - least) * longest)
    if way == WITHIN and abs(na - nb) * np.float32(0.3) > budget:
        return 0.0
    first = a[0] != b[0]
    skip = 0  # what both begin and end with costs nothing
    while skip < na and skip < nb and a[skip] == b[skip]:
        skip += 1
    while na > skip and nb > skip and a[na - 1] == b[nb - 1]:
        na -= 1
        nb -= 1
    here = 0
    up = WIDTH
    above = 2 * WIDTH
    rows[here] = 0.0
    for j in range(skip + 1, nb + 1):
        rows[here + j - skip] = rows[here + j - skip - 1] + LEAVING[way, b[j - 1] & 31]
    for i in range(skip + 1, na + 1):
        above, up, here = up, here, above
        ai = np.int64(a[i - 1] & 31)
        before = np.int64(a[i - 2] & 31) if i > skip + 1 else -1
        drop = LEAVING[way, ai]
        left = rows[up] + drop
        rows[here] = left
        best = left
        previous = np.int64(-1)
        for j in range(1, nb - skip + 1):
            bj = np.int64(b[skip + j - 1] & 31)
            cost = rows[up + j - 1] + EXCHANGE[way, ai, bj]
            if ai == previous and before == bj and ai != bj:
                cost = min(cost, rows[above + j - 2] + TRANSPOSED)
            cost = min(cost, rows[up + j] + drop)
            cost = min(cost, left + LEAVING[way, bj])
            rows[here + j] = cost
            left = cost
            best = min(best, cost)
            previous = bj
        if best > budget:
            return 0.0
    cost = rows[here + nb - skip]
    if way == WITHIN and first:
        cost += FIRST_LETTER
    if cost > budget:
        return 0.0
    return 1.0 - cost / longest
