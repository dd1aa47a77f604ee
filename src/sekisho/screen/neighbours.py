"""Which words of the dictionary a word may stand for, and how alike they are."""

from __future__ import annotations

import numpy as np

from sekisho.screen.compiled import compiled
from sekisho.screen.distance import ABJAD, ROWS, SYLLABIC, WITHIN, likeness
from sekisho.screen.fold import LONGEST, Bytes, key
from sekisho.screen.lexicon import NUMBER, Lexicon
from sekisho.screen.study import MOST_KEYS, keys_of, known
from sekisho.screen.tables import Floats, Ints, Prints, Tables

SAME, SPELT_ALIKE, SAYS_SAME, OTHER_SCRIPT, PARTED, BY_INITIAL = range(6)
LEAST = 0.74
LEAST_ABJAD = 0.88
LEAST_SYLLABIC = 0.8
LEAST_SYLLABLE = 0.9  # of at most four letters
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
def at_most_alike(a: int, na: int, b: int, nb: int) -> float:
    """Give a likeness that two words of a script cannot exceed, from their letters alone."""
    differ = max(bits(a & ~b & CONSONANTS), bits(b & ~a & CONSONANTS))
    cost = max(0.75 * differ, 0.3 * abs(na - nb))
    return 1.0 - cost / max(na, nb)


@compiled
def shared_group(lexicon: Lexicon, entry: int, raw_hash: int) -> float:
    """Give how alike two words of one group are (an entry and another word's hash), 0 when they share none."""
    if entry < 0 or lexicon.group_first[entry] == lexicon.group_first[entry + 1]:
        return 0.0
    other = known(lexicon, raw_hash)
    if other < 0:
        return 0.0
    best = 0.0
    for i in range(lexicon.group_first[entry], lexicon.group_first[entry + 1]):
        for j in range(lexicon.group_first[other], lexicon.group_first[other + 1]):
            if lexicon.group[i] == lexicon.group[j]:
                best = max(best, lexicon.alike[lexicon.group[i]])
    return best


@compiled
def spelt_alike(
    mine: Bytes,
    size: int,
    script: int,
    sign: int,
    theirs: Bytes,
    length: int,
    other: int,
    their_sign: int,
    rows: Floats,
) -> tuple[float, int]:
    """Give how alike two words are spelled, folded forms and scripts given, and in which way."""
    if script == 2 and other == 2:  # two characters of one sound
        same = size == length and likeness(mine, size, theirs, length, WITHIN, 0.999, rows) > 0
        return (0.72, OTHER_SCRIPT) if same else (0.0, 0)
    best = 0.0
    how = SPELT_ALIKE if script == other else OTHER_SCRIPT
    if not far_apart(sign, their_sign, max(size, length)):
        near = likeness(mine, size, theirs, length, WITHIN, LEAST, rows)
        if near > 0:
            best = 0.97 if near > 0.999 else min(near, 0.96)
            if script == 3 and other == 3:  # one sound, other letters
                best = min(best, 0.85)
    if script != other and script != 2 and other != 2:
        if script == 1 or other == 1:
            near = likeness(mine, size, theirs, length, ABJAD, LEAST_ABJAD, rows)
        else:
            least = LEAST_SYLLABIC if max(size, length) > 4 else LEAST_SYLLABLE
            near = likeness(mine, size, theirs, length, SYLLABIC, least, rows)
        best = max(best, min(near, 0.93))
    return best, how


@compiled
def neighbours(
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
    rows = np.empty(ROWS, dtype=np.float32)
    asked = keys_of(fold, size, script, kind, lexicon, entry, 1, hashes)
    mask = np.uint64(tables.key_first.size - 2)
    key_first, key_word, key_print = tables.key_first, tables.key_word, tables.key_print
    fold_text, fold_first = tables.fold_text, tables.fold_first
    word_script, word_kind, word_sign, word_hash = (
        tables.word_script, tables.word_kind, tables.word_sign, tables.word_hash,
    )  # fmt: skip
    grouped = entry >= 0 and lexicon.group_first[entry] < lexicon.group_first[entry + 1]
    for h in range(asked):
        value = hashes[h]
        check = np.uint32(value >> np.uint64(32))
        bucket = np.int64(value & mask)
        for at in range(key_first[bucket], key_first[bucket + 1]):
            if key_print[at] != check:
                continue
            word = key_word[at]
            if seen[word] == turn:
                continue
            seen[word] = turn
            sim = 0.0
            how = 0
            if kind != NUMBER and word_kind[word] != NUMBER:
                start = fold_first[word]
                length = fold_first[word + 1] - start
                theirs = fold_text[start : start + length]
                sim, how = spelt_alike(
                    fold, size, script, sign, theirs, length, word_script[word], word_sign[word], rows
                )
            if grouped:
                said = shared_group(lexicon, entry, word_hash[word])
                if said > sim:
                    sim = said
                    how = SAYS_SAME
            if sim > 0 and count < MOST_NEIGHBOURS:
                out_word[count] = word
                out_sim[count] = sim
                out_how[count] = how
                count += 1
    return count


@compiled
def sounding_alike(
    key_word: Ints,
    key_print: Prints,
    fold_text: Bytes,
    fold_first: Ints,
    begin: int,
    end: int,
    fold: Bytes,
    size: int,
    mine: Bytes,
    n_mine: int,
    hash_of_key: int,
    out_word: Ints,
    out_sim: Floats,
) -> int:
    """Write the words whose sounding key is ``mine[:n_mine]``, that of words written as one; give their number."""
    count = 0
    check = np.uint32(hash_of_key >> np.uint64(32))
    rows = np.empty(ROWS, dtype=np.float32)
    yours = np.empty(LONGEST, dtype=np.uint8)
    for at in range(begin, end):
        if key_print[at] != check or count >= out_word.size:
            continue
        word = key_word[at]
        start = fold_first[word]
        length = fold_first[word + 1] - start
        if key(fold_text[start : start + length], length, yours) != n_mine:
            continue
        alike = True
        for i in range(n_mine):
            if mine[i] != yours[i]:
                alike = False
                break
        if alike:
            near = likeness(fold, size, fold_text[start : start + length], length, 0, LEAST, rows)
            if near > 0:
                out_word[count] = word
                out_sim[count] = min(near, 0.95)
                count += 1
    return count
