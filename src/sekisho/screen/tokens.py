"""Names cut into words: one pass over a block of names, compiled.

Words are lower case. Apostrophes join (``Qa'ida``), dots join single letters (``L.L.C.``) and part words otherwise,
``&`` and ``+`` become *and*, hyphens and all else part words. Marks of ``letters`` set the word's script.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sekisho.screen.compiled import compiled
from sekisho.screen.fold import Bytes

MOST = 20  # words of a name that are compared; more are ignored, and the answer says so


class Words(NamedTuple):
    """Words of many names: ``text[start[i]:end[i]]`` of ``script[i]``; name ``n`` has words ``first[n]:first[n+1]``."""

    text: Bytes
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    script: Bytes
    first: NDArray[np.int32]


@compiled
def _letter(c: int) -> bool:
    return 97 <= c <= 122 or 65 <= c <= 90


@compiled
def cut(block: Bytes, names: int) -> Words:
    """Cut ``names`` names, divided by line feeds, into words."""
    size = block.size
    text = np.empty(size * 2 + 8, dtype=np.uint8)
    start = np.empty(size + 1, dtype=np.int32)
    end = np.empty(size + 1, dtype=np.int32)
    script = np.empty(size + 1, dtype=np.uint8)
    first = np.zeros(names + 1, dtype=np.int32)
    out = 0
    words = 0
    name = 0
    begin = 0
    mark = 0
    at = 0
    while at <= size:
        c = block[at] if at < size else 10
        join = False
        if 97 <= c <= 122 or 48 <= c <= 57:
            text[out] = c
            out += 1
            join = True
        elif 65 <= c <= 90:
            text[out] = c + 32
            out += 1
            join = True
        elif 1 <= c <= 3:
            if out == begin:
                mark = c
            join = True
        elif c == 126 and mark == 2:
            text[out] = c
            out += 1
            join = True
        elif c == 39 or c == 96 or c == 34:
            n = block[at + 1] if at + 1 < size else 10
            m = block[at + 2] if at + 2 < size else 10
            if c != 34 and out > begin and (n == 115 or n == 83) and not _letter(m):
                at += 1  # the English genitive
            join = c != 34
        elif c == 46 and out > begin and _letter(text[out - 1]):
            n = block[at + 1] if at + 1 < size else 10
            m = block[at + 2] if at + 2 < size else 10
            before = block[at - 2] if at >= 2 else 32
            alone = out - begin == 1 or before == 46
            if alone and _letter(n) and not (_letter(m) or 48 <= m <= 57):
                join = True
        if not join:
            if out > begin:
                digits = True
                for i in range(begin, out):
                    if not 48 <= text[i] <= 57:
                        digits = False
                        break
                if digits:
                    while begin + 1 < out and text[begin] == 48:
                        begin += 1
                if words - first[name] < MOST:
                    start[words] = begin
                    end[words] = out
                    script[words] = mark
                    words += 1
            begin = out
            mark = 0
            if (c == 38 or c == 43) and words - first[name] < MOST:
                text[out] = 97
                text[out + 1] = 110
                text[out + 2] = 100
                start[words] = out
                out += 3
                end[words] = out
                script[words] = 0
                words += 1
                begin = out
            if c == 10 and name < names:
                name += 1
                first[name] = words
        at += 1
    return Words(text[:out], start[:words], end[:words], script[:words], first)
