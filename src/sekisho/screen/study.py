"""What is worked out once for each distinct word: its sound, kind, weight and the keys under which it is found.

Keys are 64-bit hashes in one table. Namespaces: deletions of the sounding key (symmetric deletion: two words within the
allowed number of edits share one), groups of words that say the same, consonant skeletons of words with and without
stable romanisation.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sekisho.screen.compiled import compiled
from sekisho.screen.fold import LONGEST, Bytes, folded, hashed, key, signature, skeleton
from sekisho.screen.lexicon import FOLDED, INITIAL, LONG, NUMBER, PLAIN, Lexicon

SPELT, GROUP, BARE, BARE_FOREIGN, JOINED = 1, 2, 3, 4, 5
MOST_KEYS = 96
PREFIX = 7


@compiled
def edits_allowed(length: int) -> int:
    """Edits between sounding keys at which two words are still compared, by the shorter one's length."""
    if length <= 3:
        return 0
    return 1 if length <= 6 else 2


@compiled
def known(lexicon: Lexicon, raw_hash: int) -> int:
    """Find a word in the lexicon by its hash; -1 when it is not there."""
    mask = lexicon.slot.size - 1
    place = np.int64(raw_hash & np.uint64(mask))
    while lexicon.slot[place] >= 0:
        if lexicon.hash[lexicon.slot[place]] == raw_hash:
            return lexicon.slot[place]
        place = (place + 1) & mask
    return -1


@compiled
def kind_and_weight(lexicon: Lexicon, entry: int, text: Bytes, start: int, end: int, script: int) -> tuple[int, float]:
    """Give a word's kind and how much it identifies (0 to 1)."""
    size = end - start
    digits = False
    letters = 0
    figures = 0
    for at in range(start, end):
        if 48 <= text[at] <= 57:
            digits = True
            figures += 1
        elif text[at] == 126:
            break
        else:
            letters += 1
    if 0 < figures <= 2 and letters >= 3 and text[start] > 57 and text[end - 1] > 57:
        digits = False  # figures inside a word stand for letters
    if script < 2 and entry >= 0 and lexicon.kind[entry] != PLAIN:  # a syllable is not the article it sounds like
        if not (size == 1 and not digits):
            return lexicon.kind[entry], lexicon.weight[entry]
    if digits and text[end - 1] != 126 and text[start] < 128:
        han = False
        for at in range(start, end):
            if text[at] == 126:
                han = True
        if not han:
            return NUMBER, np.float32(0.5 if size > 1 else 0.3)
    if size == 1 and script < 2:
        return INITIAL, np.float32(0.12)
    if entry >= 0 and lexicon.weight[entry] > 0 and lexicon.kind[entry] == PLAIN:
        weight = lexicon.weight[entry]
    else:
        weight = np.float32(1.0)
    if size <= 2:
        weight *= np.float32(0.6)
    elif size == 3:
        weight *= np.float32(0.85)
    return PLAIN, max(weight, np.float32(0.3))


@compiled
def deletions(text: Bytes, size: int, edits: int, seed: int, out: NDArray[np.uint64], count: int) -> int:
    """Append the hashes of ``text[:size]`` with up to ``edits`` letters left out (of its first ``PREFIX``)."""
    size = min(size, PREFIX) if edits == 2 else min(size, PREFIX + 5)
    out[count] = hashed(text, 0, size, seed)
    count += 1
    if edits == 0:
        return count
    less = np.empty(PREFIX + 6, dtype=np.uint8)
    for i in range(size):
        made = 0
        for at in range(size):
            if at != i:
                less[made] = text[at]
                made += 1
        out[count] = hashed(less, 0, made, seed)
        count += 1
    if edits == 2:
        for i in range(size):
            for j in range(i + 1, size):
                made = 0
                for at in range(size):
                    if at != i and at != j:
                        less[made] = text[at]
                        made += 1
                out[count] = hashed(less, 0, made, seed)
                count += 1
    return count


@compiled
def keys_of(
    fold: Bytes, size: int, script: int, kind: int, lexicon: Lexicon, entry: int, asking: int, out: NDArray[np.uint64]
) -> int:
    """Write every key of a word: those it is kept under, or with ``asking`` = 1 those it is looked up by."""
    count = 0
    if entry >= 0:
        for at in range(lexicon.group_first[entry], lexicon.group_first[entry + 1]):
            out[count] = np.uint64(lexicon.group[at]) * np.uint64(0x9E3779B97F4A7C15) ^ np.uint64(GROUP)
            count += 1
    if kind == INITIAL or kind == NUMBER or size == 0:
        return count
    sounding = np.empty(LONGEST, dtype=np.uint8)
    length = key(fold, size, sounding)
    if length == 0:
        return count
    count = deletions(sounding, length, edits_allowed(length), SPELT, out, count)
    bare = skeleton(fold, size, sounding) if script != 2 else 0
    if bare:
        edits = 1 if bare >= (5 if asking and script == 1 else 3) else 0
        if bare == 1 and script == 3:
            return count
        if asking == 0:
            count = deletions(sounding, bare, edits, BARE if script == 0 else BARE_FOREIGN, out, count)
        else:
            count = deletions(sounding, bare, edits, BARE_FOREIGN, out, count)
            if script:
                count = deletions(sounding, bare, edits, BARE, out, count)
    return count


@compiled
def study(
    text: Bytes, start: int, end: int, script: int, lexicon: Lexicon, fold: Bytes
) -> tuple[int, int, int, float, int, int]:
    """Work out (raw hash, lexicon entry, kind, weight, length of the fold written to ``fold``, signature)."""
    raw_hash = hashed(text, start, end, 0 if script != 1 else 1)
    entry = known(lexicon, raw_hash)
    size = folded(text, start, end, fold)
    if entry < 0 and script == 0 and end - start >= LONG - 1:
        entry = known(lexicon, hashed(fold, 0, size, FOLDED))
    kind, weight = kind_and_weight(lexicon, entry, text, start, end, script)
    return raw_hash, entry, kind, weight, size, signature(fold, size)


@compiled
def joined(
    text: Bytes, starts: NDArray[np.int32], ends: NDArray[np.int32], at: int, span: int, fold: Bytes, both: Bytes
) -> int:
    """Write the folded form of ``span`` words from ``at`` written as one; give its length (``both``: room for it)."""
    made = 0
    for word in range(at, at + span):
        for place in range(starts[word], ends[word]):
            if text[place] == 126 or made >= both.size:
                break
            both[made] = text[place]
            made += 1
    return folded(both, 0, made, fold)


@compiled
def sounding_hash(fold: Bytes, size: int, seed: int, sounding: Bytes) -> tuple[int, int]:
    """Give the hash of a folded form's sounding key, written to ``sounding``, and the key's length.

    ``SPELT`` keys of long words are cut, as they are kept.
    """
    length = key(fold, size, sounding)
    kept = length
    if seed == SPELT:
        kept = min(length, PREFIX) if edits_allowed(length) == 2 else length
    return hashed(sounding, 0, kept, seed), length
