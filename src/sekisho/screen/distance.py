"""How alike two words are, 0 to 1, from the cost of turning one into the other.

Optimal string alignment with transpositions on folded forms. Costs are those of real spellings: vowels are cheap,
consonants of one class cheaper than others, the first letter dearer. Between scripts (``across``) missing vowels and
voicing cost next to nothing, because the other script does not write them.
"""

from __future__ import annotations

import numpy as np

from sekisho.screen.compiled import compiled
from sekisho.screen.fold import LONGEST, Bytes, E, H, I, O, U, V, is_vowel, sound

WIDTH = LONGEST + 2


@compiled
def exchange(a: int, b: int, across: int) -> float:
    """Cost of reading ``b`` for ``a``."""
    if a == b:
        return 0.0
    if is_vowel(a) and is_vowel(b):
        if across == 1:
            return 0.1
        if (a == E and b == I) or (a == I and b == E) or (a == O and b == U) or (a == U and b == O):
            return 0.25
        return 0.5
    if across:
        s = sound(a)
        if s and s == sound(b):
            return 0.2
        if (a == V and (b == U or b == O)) or (b == V and (a == U or a == O)):
            return 0.2
        return 1.0
    s = sound(a)
    if s and s == sound(b):
        return 0.75
    return 1.0


@compiled
def leaving(c: int, across: int) -> float:
    """Cost of leaving ``c`` out."""
    if is_vowel(c):
        if across == 1:
            return 0.08
        return 0.3 if across else 0.6
    if c == H:
        return 0.3
    if across and (c == V or c == I):
        return 0.3
    return 0.9


@compiled
def likeness(a: Bytes, na: int, b: Bytes, nb: int, across: int, least: float) -> float:
    """Give the likeness of two folded words; 0 when it cannot reach ``least``.

    ``across`` is 0 within a script, 1 when one side is an abjad, 2 for other scripts with rough romanisations.
    """
    if na == 0 or nb == 0:
        return 0.0
    longest = max(na, nb)
    if across == 1:  # only consonants count as length
        ca = 0
        for at in range(na):
            if not is_vowel(a[at]):
                ca += 1
        cb = 0
        for at in range(nb):
            if not is_vowel(b[at]):
                cb += 1
        longest = max(ca, cb) + 1
    budget = (1.0 - least) * longest
    rows = np.empty((3, WIDTH), dtype=np.float32)
    rows[0, 0] = 0.0
    for j in range(1, nb + 1):
        rows[0, j] = rows[0, j - 1] + leaving(b[j - 1], across)
    for i in range(1, na + 1):
        here = i % 3
        up = (i - 1) % 3
        above = (i - 2) % 3
        ai = a[i - 1]
        drop = leaving(ai, across)
        rows[here, 0] = rows[up, 0] + drop
        best = rows[here, 0]
        for j in range(1, nb + 1):
            bj = b[j - 1]
            if ai == bj:
                cost = rows[up, j - 1]
            else:
                cost = rows[up, j - 1] + exchange(ai, bj, across)
                if i > 1 and j > 1 and ai == b[j - 2] and a[i - 2] == bj:
                    cost = min(cost, rows[above, j - 2] + np.float32(0.7))
            cost = min(cost, rows[up, j] + drop)
            cost = min(cost, rows[here, j - 1] + leaving(bj, across))
            rows[here, j] = cost
            best = min(best, cost)
        if best > budget:
            return 0.0
    cost = rows[na % 3, nb]
    if across == 0 and a[0] != b[0]:
        cost += np.float32(0.35)
    if cost > budget:
        return 0.0
    return 1.0 - cost / longest
