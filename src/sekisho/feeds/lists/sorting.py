"""Canonical lines in order, in bounded memory: what does not fit goes to sorted temporary files and is merged."""

from __future__ import annotations

import gzip
import hashlib
import heapq
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from types import TracebackType
from typing import IO

from sekisho.feeds.lists.canonical import encode
from sekisho.feeds.lists.counting import count_one
from sekisho.feeds.lists.reading import Reading
from sekisho.model.listed import ListedParty

IN_MEMORY = 256 << 20  # bytes of lines


class SortedContent:
    """Collects the parties of one import and gives them back as canonical content.

    An entry that stands twice with the same content counts once; one that shares its id with another gets an id of
    its own (``~2``). Both are noted.
    """

    def __init__(self, reading: Reading, in_memory: int = IN_MEMORY) -> None:
        self._reading = reading
        self._limit = in_memory
        self._lines: list[bytes] = []
        self._size = 0
        self._runs: list[IO[bytes]] = []
        self._seen: dict[str, bytes] = {}
        self._stack = ExitStack()
        self.counts: Counter[str] = Counter(parties=0, names=0)

    def __enter__(self) -> SortedContent:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stack.close()

    @property
    def uids(self) -> Iterable[str]:
        """The ids collected so far."""
        return self._seen.keys()

    def add(self, party: ListedParty) -> None:
        """Add one party."""
        line = encode(party)
        digest = hashlib.blake2b(line, digest_size=12).digest()
        there = self._seen.get(party.uid)
        if there == digest:
            self._reading.note(f"the same entry stands twice: {party.uid}")
            return
        if there is not None:
            number = 2
            while f"{party.uid}~{number}" in self._seen:
                number += 1
            self._reading.note(f"two entries share one id: {party.uid}")
            party = replace(party, uid=f"{party.uid}~{number}")
            line = encode(party)
            digest = hashlib.blake2b(line, digest_size=12).digest()
        self._seen[party.uid] = digest
        count_one(party, self.counts)
        self._lines.append(line + b"\n")
        self._size += len(line)
        if self._size > self._limit:
            self._spill()

    def _spill(self) -> None:
        run = self._stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 - the stack closes it
        self._lines.sort()
        run.writelines(self._lines)
        run.seek(0)
        self._runs.append(run)
        self._lines, self._size = [], 0

    def lines(self) -> Iterator[bytes]:
        """Yield the lines in canonical order; to be called once, after the last party."""
        self._lines.sort()
        if not self._runs:
            yield from self._lines
            return
        yield from heapq.merge(*self._runs, self._lines)

    def write(self, target: IO[bytes]) -> str:
        """Write the content, packed, to ``target`` and give the SHA-256 of the unpacked content in hex."""
        digest = hashlib.sha256()
        with gzip.GzipFile(filename="", mode="wb", fileobj=target, compresslevel=6, mtime=0) as packed:
            for line in self.lines():
                digest.update(line)
                packed.write(line)
        return digest.hexdigest()
