"""The arrays of an index: immutable, shared by threads, laid out so that a file of them can be mapped into memory."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int32]
Floats = NDArray[np.float32]
Hashes = NDArray[np.uint64]
Prints = NDArray[np.uint32]

PERSON = 1
TYPES = ("unknown", "person", "organisation", "vessel", "aircraft")


class Tables(NamedTuple):
    """Distinct words, the keys they are found by, and the listed names as rows of words.

    ``*_first`` arrays are offsets: the things of ``i`` lie at ``first[i]:first[i + 1]``. The key tables are arrays of
    buckets (power of two, by the low bits of the hash) with 32 high bits kept as a check.
    """

    word_text: Bytes
    word_first: Ints
    fold_text: Bytes
    fold_first: Ints
    word_script: Bytes
    word_kind: Bytes
    word_weight: Floats
    word_sign: Hashes
    word_hash: Hashes
    raw_slot: Ints
    key_first: Ints
    key_word: Ints
    key_print: Prints
    post_first: Ints
    post_name: Ints
    name_first: Ints
    name_word: Ints
    name_word_weight: Floats
    name_word_kind: Bytes
    name_weight: Floats
    name_party: Ints
    name_type: Bytes
    name_weak: Bytes
    name_letters: Bytes
    pair_first: Ints
    pair_name: Ints
    pair_print: Prints
    pair_at: Bytes
    pair_span: Bytes
    number_hash: Hashes
    number_party: Ints
