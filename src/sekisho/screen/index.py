"""The index of listed names: built once, never changed, shared by threads, saved to a file and mapped into memory."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sekisho.model.listed import Identifier, ListedParty
from sekisho.screen import assemble, features
from sekisho.screen.compiled import is_ready, mark_ready
from sekisho.screen.facts import DECIDING, normal_identifier
from sekisho.screen.kernel import screen_block
from sekisho.screen.letters import ROMANISER
from sekisho.screen.lexicon import Lexicon, edition, lexicon
from sekisho.screen.records import party_from_json, party_to_json
from sekisho.screen.rooms import Scratch, scratch
from sekisho.screen.tables import PERSON, TYPES, Bytes, Floats, Ints, Tables
from sekisho.screen.tokens import cut

MAGIC = b"SEKISHO-INDEX-1\n"
BLOCK = 131072  # names a compiled call
TURNS = 1_900_000_000  # a block takes at most BLOCK * 20 turns of 32 bits


class IndexFileError(ValueError):
    """A file is no index of this edition: make it again from the lists."""


@dataclass(frozen=True, slots=True)
class Found:
    """Hits of many names: row ``i`` says that asked name ``asked[i]`` may be listed name ``name[i]``, best first.

    ``met`` tells for every asked name how many parties reached the threshold, also those beyond the number kept.
    """

    asked: Ints
    name: Ints
    score: Floats
    met: Ints


@dataclass(frozen=True, slots=True)
class Index:
    """Listed parties, ready to be asked. Make one with ``build`` or ``load``; it is never changed."""

    tables: Tables
    lexicon: Lexicon
    points: Floats
    name_text: Bytes
    name_text_first: NDArray[np.int64]
    party_text: Bytes
    party_text_first: NDArray[np.int64]
    about: dict[str, Any]
    _local: threading.local = field(default_factory=threading.local, repr=False, compare=False)

    @property
    def names(self) -> int:
        """Give the number of listed names."""
        return int(self.tables.name_party.size)

    @property
    def parties(self) -> int:
        """Give the number of listed parties."""
        return int(self.party_text_first.size - 1)

    def name(self, number: int) -> str:
        """Give a listed name as printed."""
        start, end = self.name_text_first[number], self.name_text_first[number + 1]
        return self.name_text[start:end].tobytes().decode()

    def party_of(self, name: int) -> int:
        """Give the number of the party that bears a listed name."""
        return int(self.tables.name_party[name])

    def party(self, number: int) -> ListedParty:
        """Read a listed party's whole record."""
        start, end = self.party_text_first[number], self.party_text_first[number + 1]
        return party_from_json(self.party_text[start:end].tobytes())

    def with_identifier(self, identifier: Identifier) -> list[int]:
        """Give the parties that bear an identifier (their numbers)."""
        value = np.uint64(identifier_hash(identifier))
        low, high = (
            np.searchsorted(self.tables.number_hash, value, "left"),
            np.searchsorted(self.tables.number_hash, value, "right"),
        )
        return [int(party) for party in self.tables.number_party[low:high]]

    def names_of(self, party: int) -> range:
        """Give the numbers of a party's names."""
        owner = self.tables.name_party
        return range(int(np.searchsorted(owner, party, "left")), int(np.searchsorted(owner, party, "right")))

    def work(self) -> Scratch:
        """Give this thread's working memory."""
        work: Scratch | None = getattr(self._local, "work", None)
        if work is None or work.turn[2] > TURNS:
            work = self._local.work = scratch(self.tables)
        return work

    def find(
        self, names: Sequence[str], kinds: Sequence[str] | None = None, threshold: float = 0.7, most: int = 20
    ) -> Found:
        """Screen names (``kinds``: their party types, or none known); a name's hits never depend on the others."""
        parts = []
        work = self.work()
        for begin in range(0, len(names), BLOCK):
            some = names[begin : begin + BLOCK]
            block = block_of(some)
            marks = np.zeros(len(some), dtype=np.uint8)
            if kinds is not None:
                marks[:] = [TYPES.index(kind) for kind in kinds[begin : begin + BLOCK]]
            asked, name, score, met = screen_block(
                self.tables, self.lexicon, self.points, work, block, len(some), marks, threshold, most
            )
            parts.append((asked + begin if begin else asked, name, score, met))
        if len(parts) == 1:
            return Found(*parts[0])
        if not parts:
            none = np.zeros(0, dtype=np.int32)
            return Found(none, none, np.zeros(0, dtype=np.float32), none)
        return Found(*(np.concatenate(column) for column in zip(*parts, strict=True)))

    def save(self, path: Path) -> None:
        """Write the index to one file; a reader never sees half of it."""
        arrays = _arrays(self)
        header: dict[str, Any] = {"about": self.about, "arrays": {}}
        at = 0
        for name, array in arrays.items():
            header["arrays"][name] = [str(array.dtype), list(array.shape), at]
            at += -(-array.nbytes // 64) * 64
        text = json.dumps(header).encode()
        text += b" " * (-(len(MAGIC) + 8 + len(text)) % 64)
        part = path.with_name(path.name + ".part")
        with part.open("wb") as file:
            file.write(MAGIC + len(text).to_bytes(8, "little") + text)
            for array in arrays.values():
                file.write(np.ascontiguousarray(array).tobytes())
                file.write(b"\0" * (-array.nbytes % 64))
        part.replace(path)


def _arrays(index: Index) -> dict[str, NDArray[Any]]:
    arrays: dict[str, NDArray[Any]] = {f"tables.{k}": v for k, v in index.tables._asdict().items()}
    arrays |= {f"lexicon.{k}": v for k, v in index.lexicon._asdict().items()}
    for name in ("points", "name_text", "name_text_first", "party_text", "party_text_first"):
        arrays[name] = getattr(index, name)
    return arrays


def load(path: Path) -> Index:
    """Map an index into memory; raises ``IndexFileError`` when the file is damaged or of another edition."""
    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            raise IndexFileError(f"{path.name} is no screening index")
        size = int.from_bytes(file.read(8), "little")
        if not 0 < size < 1 << 24:
            raise IndexFileError(f"{path.name} is damaged")
        try:
            header = json.loads(file.read(size))
            about, arrays = header["about"], header["arrays"]
        except (ValueError, KeyError, TypeError):
            raise IndexFileError(f"{path.name} is damaged") from None
    if about.get("edition") != edition():
        raise IndexFileError(f"{path.name} was made with other word lists; make it again from the lists")
    whole = np.memmap(path, dtype=np.uint8, mode="r")
    base = len(MAGIC) + 8 + size
    got: dict[str, NDArray[Any]] = {}
    for name, (dtype, shape, at) in arrays.items():
        length = int(np.prod(shape)) * np.dtype(dtype).itemsize
        if base + at + length > whole.size:
            raise IndexFileError(f"{path.name} is cut short")
        got[name] = np.asarray(whole[base + at : base + at + length]).view(dtype).reshape(shape)
    return Index(
        Tables(*(got[f"tables.{name}"] for name in Tables._fields)),
        Lexicon(*(got[f"lexicon.{name}"] for name in Lexicon._fields)),
        got["points"],
        got["name_text"],
        got["name_text_first"],
        got["party_text"],
        got["party_text_first"],
        about,
    )


def block_of(names: Sequence[str]) -> Bytes:
    """Put names, romanised where need be, into one block divided by line feeds."""
    text = "\n".join(names)
    if not text.isascii() or text.count("\n") != len(names) - 1:
        text = "\n".join([ROMANISER.text(name).replace("\n", " ") for name in names])
    block = np.frombuffer(text.encode("ascii", "replace"), dtype=np.uint8)
    return block


def identifier_hash(identifier: Identifier) -> int:
    """Hash kind and bare value of an identifier to 64 bits."""
    text = "|".join(normal_identifier(identifier)).encode()
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "little")


def natural(text: str, kind: int) -> str:
    """Write a person's name in speaking order when it is printed as *FAMILY, Given*."""
    if kind == PERSON and text.count(",") == 1:
        family, given = text.split(",")
        return f"{given} {family}"
    return text


def build(parties: Iterable[ListedParty], about: dict[str, Any] | None = None, points: Floats | None = None) -> Index:
    """Build the index of listed parties. ``about`` is kept with it (lists, versions, day)."""
    texts: list[str] = []
    owner: list[int] = []
    kinds: list[int] = []
    weak: list[int] = []
    records: list[bytes] = []
    sources: dict[str, int] = {}
    numbers: list[tuple[int, int]] = []
    for number, party in enumerate(parties):
        numbers.extend((identifier_hash(one), number) for one in party.identifiers if one.kind in DECIDING)
        kind = TYPES.index(party.type)
        records.append(party_to_json(party))
        sources[party.source] = sources.get(party.source, 0) + 1
        for name in dict.fromkeys((listed.text, listed.strength == "weak") for listed in party.names):
            texts.append(name[0])
            owner.append(number)
            kinds.append(kind)
            weak.append(name[1])
    numbers.sort()
    known = lexicon()
    words = cut(block_of([natural(text, kind) for text, kind in zip(texts, kinds, strict=True)]), len(texts))
    number_of, place = assemble.distinct(words)
    raw_hash, word_kind, weight, fold_text, fold_first, sign, keys, key_owner = assemble.study_all(words, place, known)
    key_first, order = assemble.into_buckets(keys)
    post_first, post_name = assemble.postings(number_of, words.first, place.size)
    pair_keys, pair_name, pair_at, pair_span = assemble.pairs(words, number_of, word_kind)
    pair_first, pair_order = assemble.into_buckets(pair_keys)
    word_first, word_text = assemble.texts_of(words, place)
    name_weight, letters = assemble.name_weights(number_of, words.first, weight, word_kind)
    tables = Tables(
        word_text=word_text,
        word_first=word_first,
        fold_text=fold_text,
        fold_first=fold_first,
        word_script=words.script[place],
        word_kind=word_kind,
        word_weight=weight,
        word_sign=sign,
        word_hash=raw_hash,
        raw_slot=assemble.raw_slots(raw_hash),
        key_first=key_first,
        key_word=key_owner[order],
        key_print=(keys[order] >> np.uint64(32)).astype(np.uint32),
        post_first=post_first,
        post_name=post_name,
        name_first=words.first,
        name_word=number_of,
        name_word_weight=weight[number_of],
        name_word_kind=word_kind[number_of],
        name_weight=name_weight,
        name_party=np.array(owner, dtype=np.int32),
        name_type=np.array(kinds, dtype=np.uint8),
        name_weak=np.array(weak, dtype=np.uint8),
        name_letters=letters,
        pair_first=pair_first,
        pair_name=pair_name[pair_order],
        pair_print=(pair_keys[pair_order] >> np.uint64(32)).astype(np.uint32),
        pair_at=pair_at[pair_order],
        pair_span=pair_span[pair_order],
        number_hash=np.array([value for value, _ in numbers], dtype=np.uint64),
        number_party=np.array([number for _, number in numbers], dtype=np.int32),
    )
    name_text, name_text_first = _together([text.encode() for text in texts])
    party_text, party_text_first = _together(records)
    for array in tables:
        array.setflags(write=False)
    told = {"edition": edition(), "parties": len(records), "names": len(texts), "sources": sources} | (about or {})
    return Index(
        tables,
        known,
        features.weights() if points is None else points,
        name_text,
        name_text_first,
        party_text,
        party_text_first,
        told,
    )


def _together(texts: list[bytes]) -> tuple[Bytes, NDArray[np.int64]]:
    first = np.zeros(len(texts) + 1, dtype=np.int64)
    np.cumsum([len(text) for text in texts], out=first[1:])
    whole = np.frombuffer(b"".join(texts), dtype=np.uint8)
    first.setflags(write=False)
    return whole, first


def warm() -> bool:
    """Compile what has not been compiled yet; give True when that had to be done (about half a minute, once)."""
    if is_ready():
        return False
    from sekisho.model.listed import ListedName

    some = ListedParty(uid="x:1", source="x", type="person", names=(ListedName("Nemo Nobody"),))
    build([some]).find(["nemo nobody"])
    mark_ready()
    return True
