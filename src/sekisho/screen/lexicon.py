"""What is known of words beforehand: how much they identify, what kind they are, which others say the same.

The knowledge is two plain files beside this module: ``words.toml``, written by hand, and ``frequent.txt``, how common
words of names are on public lists (made by ``benchmarks/screening/frequent.py``). A word in neither is taken as rare.
A pair's score therefore never depends on what else stands on the list or in the file.
"""

from __future__ import annotations

import hashlib
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sekisho.screen.fold import LONGEST, Bytes, folded, hashed

PLAIN, FORM, GENERIC, PARTICLE, TITLE, NUMBER, INITIAL, FILIATION = range(8)
CLASSES = {"form": FORM, "generic": GENERIC, "particle": PARTICLE, "title": TITLE, "filiation": FILIATION}
Floats = NDArray[np.float32]
LONG = 7  # letters of a form or general word that is recognised by its sound as well
FOLDED = 9


class Lexicon(NamedTuple):
    """An open hash table of known words; ``group`` lists, from ``group_first``, the groups each word belongs to."""

    slot: NDArray[np.int32]  # power-of-two table: entry number or -1
    hash: NDArray[np.uint64]
    weight: Floats
    kind: Bytes
    group_first: NDArray[np.int32]
    group: NDArray[np.int32]
    alike: Floats  # by group


def _read(name: str) -> str:
    return files("sekisho.screen").joinpath(name).read_text(encoding="utf-8")


def edition() -> str:
    """Name the edition of the words: a short digest that every answer can be pinned to."""
    return hashlib.sha256((_read("words.toml") + _read("frequent.txt")).encode()).hexdigest()[:12]


def word_hash(word: str) -> np.uint64:
    """Hash a plain word as the compiled code does."""
    raw = np.frombuffer(word.encode("ascii"), dtype=np.uint8)
    raw.setflags(write=False)
    return np.uint64(hashed(raw, 0, raw.size, 0))


def fold_hash(word: str) -> np.uint64:
    """Hash a word's folded form as the compiled code does."""
    raw = np.frombuffer(word.encode("ascii"), dtype=np.uint8)
    raw.setflags(write=False)
    out = np.zeros(LONGEST, dtype=np.uint8)
    return np.uint64(hashed(out, 0, folded(raw, 0, raw.size, out), FOLDED))


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Read the two files into tables (about 20 ms, once a process)."""
    tables = tomllib.loads(_read("words.toml"))
    weight: dict[str, float] = {}
    kind: dict[str, int] = {}
    for line in _read("frequent.txt").splitlines():
        if line and not line.startswith("#"):
            word, value = line.split()
            weight[word] = float(value)
    for name in ("generic", "title", "particle", "filiation", "form"):
        table = tables["classes"][name]
        for word in table["words"].replace("'", "").split():
            weight[word] = float(table["weight"])
            kind[word] = CLASSES[name]
    alike: list[float] = []
    members: dict[str, list[int]] = {}
    for same in tables["same"]:
        for group in same["groups"].split(";"):
            for word in dict.fromkeys(group.split()):
                members.setdefault(word, []).append(len(alike))
            alike.append(float(same["alike"]))
    words = sorted(weight.keys() | members.keys())
    size = 1 << (len(words) * 4).bit_length()
    slot = np.full(size, -1, dtype=np.int32)
    folds = [fold_hash(word) if len(word) >= LONG and kind.get(word, PLAIN) != PLAIN else None for word in words]
    hashes = [word_hash(word) for word in words]
    known = set(hashes)
    for entry, sound in enumerate(folds):  # a misspelled form is still a form: long ones are found by their sound too
        if sound is not None and sound not in known:
            known.add(sound)
            hashes.append(sound)
            words.append(words[entry])
    for entry, one in enumerate(hashes):
        place = int(one) & (size - 1)
        while slot[place] >= 0:
            place = (place + 1) & (size - 1)
        slot[place] = entry
    first = np.zeros(len(words) + 1, dtype=np.int32)
    flat: list[int] = []
    for entry, word in enumerate(words):
        flat.extend(members.get(word, ()))
        first[entry + 1] = len(flat)
    made = Lexicon(
        slot,
        np.array(hashes, dtype=np.uint64),
        np.array([weight.get(word, 0.0) for word in words], dtype=np.float32),
        np.array([kind.get(word, PLAIN) for word in words], dtype=np.uint8),
        first,
        np.array(flat, dtype=np.int32),
        np.array(alike, dtype=np.float32),
    )
    for array in made:
        array.setflags(write=False)
    return made
