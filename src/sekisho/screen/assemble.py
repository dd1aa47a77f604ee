"""The compiled half of building an index: distinct words, their keys, postings, and adjacent words written as one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sekisho.screen.compiled import compiled
from sekisho.screen.fold import LONGEST, Bytes
from sekisho.screen.lexicon import INITIAL, PARTICLE, Lexicon
from sekisho.screen.study import JOINED, MOST_KEYS, joined, keys_of, sounding_hash, study
from sekisho.screen.tables import Ints
from sekisho.screen.tokens import Words

LEAST_JOINED = 5  # letters of the key of two words written as one


@compiled
def distinct(words: Words) -> tuple[Ints, Ints]:
    """Number the distinct (word, script): (number of every word, first place of every distinct word)."""
    count = words.start.size
    size = 16
    while size < count * 2:
        size *= 2
    slot = np.full(size, -1, dtype=np.int32)
    number = np.empty(count, dtype=np.int32)
    place = np.empty(count, dtype=np.int32)
    made = 0
    for w in range(count):
        start = words.start[w]
        length = words.end[w] - start
        value = np.uint64(1469598103934665603) ^ np.uint64(words.script[w])
        for i in range(length):
            value = (value ^ np.uint64(words.text[start + i])) * np.uint64(1099511628211)
        at = np.int64((value ^ (value >> np.uint64(31))) & np.uint64(size - 1))
        while True:
            d = slot[at]
            if d < 0:
                slot[at] = made
                place[made] = w
                number[w] = made
                made += 1
                break
            other = words.start[place[d]]
            if words.end[place[d]] - other == length and words.script[place[d]] == words.script[w]:
                alike = True
                for i in range(length):
                    if words.text[other + i] != words.text[start + i]:
                        alike = False
                        break
                if alike:
                    number[w] = d
                    break
            at = (at + 1) & (size - 1)
    return number, place[:made].copy()


@compiled
def study_all(
    words: Words, place: Ints, lexicon: Lexicon
) -> tuple[NDArray[np.uint64], Bytes, NDArray[np.float32], Bytes, Ints, NDArray[np.uint64], NDArray[np.uint64], Ints]:
    """Study every distinct word: hashes, kinds, weights, folds and their offsets, signatures, keys and their owners."""
    count = place.size
    raw_hash = np.empty(count, dtype=np.uint64)
    kind = np.empty(count, dtype=np.uint8)
    weight = np.empty(count, dtype=np.float32)
    fold_text = np.empty(count * 12 + 64, dtype=np.uint8)
    fold_first = np.zeros(count + 1, dtype=np.int32)
    sign = np.empty(count, dtype=np.uint64)
    keys = np.empty(count * 16 + 256, dtype=np.uint64)
    owner = np.empty(count * 16 + 256, dtype=np.int32)
    fold = np.empty(LONGEST, dtype=np.uint8)
    hashes = np.empty(MOST_KEYS, dtype=np.uint64)
    used = 0
    made = 0
    for d in range(count):
        w = place[d]
        script = words.script[w]
        raw_hash[d], entry, kind[d], weight[d], size, sign[d] = study(
            words.text, words.start[w], words.end[w], script, lexicon, fold
        )
        if used + size > fold_text.size:
            bigger = np.empty(fold_text.size * 2, dtype=np.uint8)
            bigger[:used] = fold_text[:used]
            fold_text = bigger
        fold_text[used : used + size] = fold[:size]
        used += size
        fold_first[d + 1] = used
        found = keys_of(fold, size, script, kind[d], lexicon, entry, 0, hashes)
        if made + found > keys.size:
            more = np.empty(keys.size * 2, dtype=np.uint64)
            more[:made] = keys[:made]
            keys = more
            owners = np.empty(owner.size * 2, dtype=np.int32)
            owners[:made] = owner[:made]
            owner = owners
        for h in range(found):
            keys[made] = hashes[h]
            owner[made] = d
            made += 1
    return raw_hash, kind, weight, fold_text[:used].copy(), fold_first, sign, keys[:made], owner[:made]


@compiled
def into_buckets(keys: NDArray[np.uint64]) -> tuple[Ints, Ints]:
    """Order keys by bucket (low bits): (offsets of buckets, order). The number of buckets is a power of two."""
    size = 16
    while size < keys.size:
        size *= 2
    mask = np.uint64(size - 1)
    first = np.zeros(size + 1, dtype=np.int32)
    for k in range(keys.size):
        first[np.int64(keys[k] & mask) + 1] += 1
    for b in range(size):
        first[b + 1] += first[b]
    fill = first[:size].copy()
    order = np.empty(keys.size, dtype=np.int32)
    for k in range(keys.size):
        bucket = np.int64(keys[k] & mask)
        order[fill[bucket]] = k
        fill[bucket] += 1
    return first, order


@compiled
def raw_slots(raw_hash: NDArray[np.uint64]) -> Ints:
    """Make the open table that finds a word by its own hash."""
    size = 16
    while size < raw_hash.size * 2:
        size *= 2
    slot = np.full(size, -1, dtype=np.int32)
    for d in range(raw_hash.size):
        at = np.int64(raw_hash[d] & np.uint64(size - 1))
        while slot[at] >= 0:
            at = (at + 1) & (size - 1)
        slot[at] = d
    return slot


@compiled
def postings(number: Ints, first: Ints, words: int) -> tuple[Ints, Ints]:
    """List, for every distinct word, the names that hold it (once each, in order)."""
    count = np.zeros(words + 1, dtype=np.int32)
    for n in range(first.size - 1):
        for at in range(first[n], first[n + 1]):
            again = False
            for before in range(first[n], at):
                if number[before] == number[at]:
                    again = True
                    break
            if not again:
                count[number[at] + 1] += 1
    for w in range(words):
        count[w + 1] += count[w]
    fill = count[:words].copy()
    name = np.empty(count[words], dtype=np.int32)
    for n in range(first.size - 1):
        for at in range(first[n], first[n + 1]):
            w = number[at]
            if fill[w] > count[w] and name[fill[w] - 1] == n:
                continue
            name[fill[w]] = n
            fill[w] += 1
    return count, name


@compiled
def pairs(words: Words, number: Ints, kind: Bytes) -> tuple[NDArray[np.uint64], Ints, Bytes, Bytes]:
    """Hash adjacent words of every name as if written as one: (hash, name, place, number of words)."""
    room = words.start.size * 3 + 8
    keys = np.empty(room, dtype=np.uint64)
    name = np.empty(room, dtype=np.int32)
    at = np.empty(room, dtype=np.uint8)
    span = np.empty(room, dtype=np.uint8)
    fold = np.empty(LONGEST, dtype=np.uint8)
    both = np.empty(3 * LONGEST, dtype=np.uint8)
    sounding = np.empty(LONGEST, dtype=np.uint8)
    starts = np.empty(2, dtype=np.int32)
    ends = np.empty(2, dtype=np.int32)
    made = 0
    for n in range(words.first.size - 1):
        for w in range(words.first[n], words.first[n + 1] - 1):
            for more in (2, 3):
                if more == 3 and not (w + 2 < words.first[n + 1] and kind[number[w + 1]] == PARTICLE):
                    continue
                size = joined(words.text, words.start, words.end, w, more, fold, both)
                value, length = sounding_hash(fold, size, JOINED, sounding)
                if length < LEAST_JOINED:
                    continue
                keys[made] = value
                name[made] = n
                at[made] = w - words.first[n]
                span[made] = more
                made += 1
        last = words.first[n + 1] - 1
        if last > words.first[n]:  # the last word before the first
            ends[0] = words.end[last]
            starts[0] = words.start[last]
            ends[1] = words.end[words.first[n]]
            starts[1] = words.start[words.first[n]]
            size = joined(words.text, starts, ends, 0, 2, fold, both)
            value, length = sounding_hash(fold, size, JOINED, sounding)
            if length >= LEAST_JOINED:
                keys[made] = value
                name[made] = n
                at[made] = last - words.first[n]
                span[made] = 2
                made += 1
    return keys[:made], name[:made], at[:made], span[:made]


@compiled
def name_weights(
    number: Ints, first: Ints, weight: NDArray[np.float32], kind: Bytes
) -> tuple[NDArray[np.float32], Bytes]:
    """Add up the weights of every name's words and count its initials."""
    total = np.zeros(first.size - 1, dtype=np.float32)
    letters = np.zeros(first.size - 1, dtype=np.uint8)
    for n in range(first.size - 1):
        for at in range(first[n], first[n + 1]):
            total[n] += weight[number[at]]
            if kind[number[at]] == INITIAL:
                letters[n] += 1
    return total, letters


@compiled
def texts_of(words: Words, place: Ints) -> tuple[Ints, Bytes]:
    """Copy the text of every distinct word: (offsets, text)."""
    first = np.zeros(place.size + 1, dtype=np.int32)
    for d in range(place.size):
        first[d + 1] = first[d] + words.end[place[d]] - words.start[place[d]]
    text = np.empty(first[place.size], dtype=np.uint8)
    for d in range(place.size):
        w = place[d]
        text[first[d] : first[d + 1]] = words.text[words.start[w] : words.end[w]]
    return first, text
