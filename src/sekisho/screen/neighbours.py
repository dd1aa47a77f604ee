"""Which words of the dictionary a word may stand for, and how alike they are."""

from __future__ import annotations

import numpy as np

from sekisho.screen.compiled import compiled
from sekisho.screen.distance import ABJAD, SYLLABIC, WITHIN, likeness
from sekisho.screen.fold import LONGEST, Bytes, key
from sekisho.screen.lexicon import NUMBER, Lexicon
from sekisho.screen.study import MOST_KEYS, keys_of
from sekisho.screen.tables import Floats, Ints, Tables

SAME, SPELT_ALIKE, SAYS_SAME, OTHER_SCRIPT, PARTED, BY_INITIAL = range(6)
LEAST = 0.7
LEAST_ACROSS = 0.74
CONSONANTS = np.uint64(sum(1 << (ord(c) & 63) for c in "bcdfgjklmnpqrstvxz"))
MOST_NEIGHBOURS = 1024


@compiled
def exact(tables: Tables, raw_hash: int) -> int:
    """Find a word by its hash; -1 when the dictionary lacks it."""
    mask = tables.raw_slot.size - 1
    place = np.int64(raw_hash & np.uint64(mask))
    while tables.raw_slot[place] >= 0:
        if tables.word_hash[tables.raw_slot[place]] == raw_hash:
            return tables.raw_slot[place]
        place = (place + 1) & mask
    return -1


@compiled
def bits(value: int) -> int:
    """Count the bits of a 64-bit number."""
    value = value - ((value >> np.uint64(1)) & np.uint64(0x5555555555555555))
    value = (value & np.uint64(0x3333333333333333)) + ((value >> np.uint64(2)) & np.uint64(0x3333333333333333))
    value = (value + (value >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return (value * np.uint64(0x0101010101010101)) >> np.uint64(56)


@compiled
def far_apart(a: int, b: int, longest: int) -> bool:
    """Tell from the letters alone that two words of a script cannot be alike: too many consonants differ."""
    mine = a & ~b & CONSONANTS
    theirs = b & ~a & CONSONANTS
    return 0.75 * max(bits(mine), bits(theirs)) > (1.0 - LEAST) * longest


@compiled
def shared_group(tables: Tables, lexicon: Lexicon, entry: int, word: int) -> float:
    """Give how alike two words of one group are, 0 when they share none."""
    other = np.int64(-1)
    mask = lexicon.slot.size - 1
    raw_hash = tables.word_hash[word]
    place = np.int64(raw_hash & np.uint64(mask))
    while lexicon.slot[place] >= 0:
        if lexicon.hash[lexicon.slot[place]] == raw_hash:
            other = lexicon.slot[place]
            break
        place = (place + 1) & mask
    if other < 0 or entry < 0:
        return 0.0
    best = 0.0
    for i in range(lexicon.group_first[entry], lexicon.group_first[entry + 1]):
        for j in range(lexicon.group_first[other], lexicon.group_first[other + 1]):
            if lexicon.group[i] == lexicon.group[j]:
                best = max(best, lexicon.alike[lexicon.group[i]])
    return best


@compiled
def compare_words(  # noqa: PLR0913
    tables: Tables, lexicon: Lexicon, fold: Bytes, size: int, script: int, kind: int, entry: int, sign: int, word: int
) -> tuple[float, int]:
    """Give how alike a word and a word of the dictionary (not the same) are, and in which way."""
    other = tables.word_script[word]
    best = shared_group(tables, lexicon, entry, word)
    how = SAYS_SAME
    if kind == NUMBER or tables.word_kind[word] == NUMBER:
        return best, how
    start = tables.fold_first[word]
    length = tables.fold_first[word + 1] - start
    theirs = tables.fold_text[start : start + length]
    if script == 2 and other == 2:  # two characters of one sound
        return (0.72, OTHER_SCRIPT) if size == length and likeness(fold, size, theirs, length, 0, 0.999) else (0.0, 0)
    if not far_apart(sign, tables.word_sign[word], max(size, length)):
        near = likeness(fold, size, theirs, length, WITHIN, LEAST)
        if near > 0:
            near = 0.97 if near > 0.999 else min(near, 0.96)
            if script == 3 and other == 3:  # one sound, other letters
                near = min(near, 0.85)
            if near > best:
                best = near
                how = SPELT_ALIKE if script == other else OTHER_SCRIPT
    if script != other and script != 2 and other != 2:
        abjad = ABJAD if script == 1 or other == 1 else SYLLABIC
        near = likeness(fold, size, theirs, length, abjad, LEAST_ACROSS)
        near = min(near, 0.93)
        if near > best:
            best = near
            how = OTHER_SCRIPT
    return best, how


@compiled
def neighbours(  # noqa: PLR0913
    tables: Tables,
    lexicon: Lexicon,
    raw_hash: int,
    fold: Bytes,
    size: int,
    script: int,
    kind: int,
    entry: int,
    sign: int,
    seen: Ints,
    turn: int,
    out_word: Ints,
    out_sim: Floats,
    out_how: Bytes,
) -> int:
    """Write the words of the dictionary that a word may stand for, the same word first; give their number."""
    count = 0
    same = exact(tables, raw_hash)
    if same >= 0:
        seen[same] = turn
        out_word[0] = same
        out_sim[0] = 1.0
        out_how[0] = SAME
        count = 1
    hashes = np.empty(MOST_KEYS, dtype=np.uint64)
    asked = keys_of(fold, size, script, kind, lexicon, entry, 1, hashes)
    mask = np.uint64(tables.key_first.size - 2)
    for h in range(asked):
        value = hashes[h]
        check = np.uint32(value >> np.uint64(32))
        bucket = np.int64(value & mask)
        for at in range(tables.key_first[bucket], tables.key_first[bucket + 1]):
            if tables.key_print[at] != check:
                continue
            word = tables.key_word[at]
            if seen[word] == turn:
                continue
            seen[word] = turn
            sim, how = compare_words(tables, lexicon, fold, size, script, kind, entry, sign, word)
            if sim > 0 and count < MOST_NEIGHBOURS:
                out_word[count] = word
                out_sim[count] = sim
                out_how[count] = how
                count += 1
    return count


@compiled
def sounding_alike(  # noqa: PLR0913
    tables: Tables, fold: Bytes, size: int, hash_of_key: int, out_word: Ints, out_sim: Floats, count: int
) -> int:
    """Append the words whose sounding key is exactly that of words written as one; give the new number."""
    mask = np.uint64(tables.key_first.size - 2)
    bucket = np.int64(hash_of_key & mask)
    check = np.uint32(hash_of_key >> np.uint64(32))
    mine = np.empty(LONGEST, dtype=np.uint8)
    n_mine = key(fold, size, mine)
    yours = np.empty(LONGEST, dtype=np.uint8)
    for at in range(tables.key_first[bucket], tables.key_first[bucket + 1]):
        if tables.key_print[at] != check or count >= out_word.size:
            continue
        word = tables.key_word[at]
        start = tables.fold_first[word]
        length = tables.fold_first[word + 1] - start
        if key(tables.fold_text[start : start + length], length, yours) != n_mine:
            continue
        alike = True
        for i in range(n_mine):
            if mine[i] != yours[i]:
                alike = False
                break
        if alike:
            near = likeness(fold, size, tables.fold_text[start : start + length], length, 0, LEAST)
            if near > 0:
                out_word[count] = word
                out_sim[count] = min(near, 0.95)
                count += 1
    return count
