"""What a word sounds like: the folded form, the key under which it is looked up, and its consonants.

All functions work on bytes of plain lower-case letters and digits and are compiled. ``folded`` joins spellings of one
sound (``kh``/``h``, ``ou``/``u``, ``y``/``i``, ``w``/``v``, ``ck``/``k``, doubled letters); ``x`` then stands for *sh* and
``c`` for *ch*. ``key`` merges the vowels that transliterations confuse (e/i, o/u); ``skeleton`` keeps classes of
consonants, for scripts that do not write vowels.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sekisho.screen.compiled import compiled

Bytes = NDArray[np.uint8]
LONGEST = 40  # letters of a word that are compared; what follows is kept and ignored

A, B, C, D, E, F, G, H, I, J, K, L, M = (ord(c) for c in "abcdefghijklm")
N, O, P, Q, R, S, T, U, V, W, X, Y, Z = (ord(c) for c in "nopqrstuvwxyz")


@compiled
def is_vowel(c: int) -> bool:
    """Tell whether a folded letter is a vowel."""
    return c == A or c == E or c == I or c == O or c == U


@compiled
def folded(word: Bytes, start: int, end: int, out: Bytes) -> int:
    """Write the folded form of ``word[start:end]`` to ``out`` and return its length (at most ``LONGEST``)."""
    size = 0
    at = start
    while at < end and size < LONGEST - 2:
        c = word[at]
        if c == 126:  # the character behind a Han reading
            break
        n = word[at + 1] if at + 1 < end else 0
        m = word[at + 2] if at + 2 < end else 0
        step = 1
        put = c
        also = 0
        if at > start and 48 <= c <= 53 and c != 50 and at + 1 < end:  # a figure that stands for a letter (s3ch1n)
            put = O if c == 48 else I if c == 49 else E if c == 51 else A if c == 52 else S
        elif c == P and n == H:
            put, step = F, 2
        elif c == K and n == H:
            put, step = H, 2
        elif c == G and n == H:
            put, step = G, 2
        elif (c == T or c == D or c == B or c == R) and n == H:
            put, step = c, 2
        elif c == S and n == C and m == H:
            put, step = X, 3
        elif c == S and n == H:
            put, step = X, 2
            if m == C and at + 3 < end and word[at + 3] == H:
                step = 4
        elif c == C and n == H:
            put, step = C, 2
        elif c == T and n == C and m == H:
            put, step = C, 3
        elif c == D and n == Z and m == H:
            put, step = J, 3
        elif (c == D and n == J) or (c == Z and n == H):
            put, step = J, 2
        elif c == T and n == S and m == H:
            put, step = C, 3
        elif (c == T and (n == Z or n == S)) or (c == D and n == Z):
            put, step = Z, 2
        elif c == C and n == K:
            put, step = K, 2
        elif c == C:
            put = S if (n == E or n == I or n == Y) else K
        elif c == Q:
            put = K
            if n == U and (m == E or m == I):
                step = 2
        elif c == X:
            put = X if at == start else K
            also = 0 if at == start else S
        elif c == W:
            put = V
        elif c == Y:
            put = I
            if n == I or n == Y:
                step = 2
            elif at > start and (n == A or n == O or n == U) and size and out[size - 1] == I:
                at += 1
                continue
        elif c == O and (n == U or n == O):
            put, step = U, 2
        elif (c == E and n == E) or (c == I and (n == E or n == Y or n == J) and at + 2 >= end):
            put, step = I, 2
        elif (c == E and (n == I or n == Y)) or (c == A and (n == I or n == Y)):
            put, also, step = A, I, 2
        elif (c == A or c == U) and n == E and at > start:
            put, step = c, 2
        elif c == O and n == E:
            put, step = O, 2
        elif (c == E and (n == O or n == U) and at > start) or (c == E and (n == O or n == U)):
            put, step = n, 2
        elif c == H and at > start and at + 1 == end and is_vowel(out[size - 1] if size else 0):
            at += 1
            continue
        elif c == F and at + 1 == end and size > 3 and (out[size - 1] == O or out[size - 1] == E):
            put = V
        elif c == F and n == F and at + 2 == end and size > 2 and (out[size - 1] == O or out[size - 1] == E):
            put, step = V, 2
        if not (size > 0 and out[size - 1] == put and not (48 <= put <= 57)):
            out[size] = put
            size += 1
        if also:
            out[size] = also
            size += 1
        at += step
    return size


@compiled
def key(fold: Bytes, size: int, out: Bytes) -> int:
    """Write the look-up key of a folded form: e/i and o/u merged, inner h dropped, nothing doubled."""
    made = 0
    for at in range(size):
        c = fold[at]
        if c == E:
            c = np.uint8(I)
        elif c == O:
            c = np.uint8(U)
        elif c == H and at > 0:
            continue
        if made and out[made - 1] == c and not (48 <= c <= 57):
            continue
        out[made] = c
        made += 1
    return made


@compiled
def sound(c: int) -> int:
    """Give the class of a consonant (p t k s l m n), 0 for vowels and for h, v and y, which scripts drop."""
    if c == B or c == P or c == F:
        return P
    if c == D or c == T:
        return T
    if c == G or c == K:
        return K
    if c == C or c == J or c == X or c == S or c == Z:
        return S
    if c == L or c == R:
        return L
    if c == M or c == N:
        return c
    return 0


@compiled
def skeleton(fold: Bytes, size: int, out: Bytes) -> int:
    """Write the consonant classes of a folded form, repeats dropped."""
    made = 0
    for at in range(size):
        c = sound(fold[at])
        if c == 0 or (made and out[made - 1] == c and at and sound(fold[at - 1]) == c):
            continue
        out[made] = c
        made += 1
    return made


@compiled
def hashed(text: Bytes, start: int, end: int, seed: int) -> int:
    """Hash bytes to 64 bits (FNV-1a with a final mix); equal bytes and seed give equal numbers everywhere."""
    value = (np.uint64(14695981039346656037) ^ np.uint64(seed)) * np.uint64(0x9E3779B97F4A7C15)
    for at in range(start, end):
        value = (value ^ np.uint64(text[at])) * np.uint64(1099511628211)
    value ^= value >> np.uint64(29)
    value *= np.uint64(0xBF58476D1CE4E5B9)
    value ^= value >> np.uint64(32)
    return value


@compiled
def signature(fold: Bytes, size: int) -> int:
    """Give the set of letters of a folded form as bits, to refuse far words without comparing them."""
    bits = np.uint64(0)
    for at in range(size):
        bits |= np.uint64(1) << np.uint64(fold[at] & 63)
    return bits
