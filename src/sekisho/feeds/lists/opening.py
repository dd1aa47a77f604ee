"""Open a file that came from outside: plain, gzip or zip, bounded in size, hashed as received.

Nothing is unpacked to disk. What grows beyond its bounds while it is read is refused, so a compression bomb costs no
more than the bound.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sekisho.feeds.manifest import SourceFile
from sekisho.model.problem import BadInput, Problem

CHUNK = 1 << 18
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one file: bytes as received and unpacked, and how many times larger unpacking may make it.

    The ratio counts only beyond ``ratio_free`` bytes: small files of repeated text pack very well.
    """

    received: int = 2 << 30
    unpacked: int = 8 << 30
    ratio: int = 120
    ratio_free: int = 64 << 20
    members: int = 200


@dataclass(frozen=True, slots=True)
class Source:
    """One readable file: ``name`` without folder, and its bytes, unpacked, in pieces."""

    name: str
    path: Path
    member: str = ""
    limits: Limits = field(default_factory=Limits)
    progress: Progress | None = None

    def chunks(self) -> Iterator[bytes]:
        """Yield the bytes, unpacked; raises ``BadInput`` when the packing is broken or a bound is passed."""
        try:
            if self.member:
                with zipfile.ZipFile(self.path) as archive, archive.open(self.member) as stream:
                    packed = archive.getinfo(self.member).compress_size
                    yield from self._bounded(iter(lambda: stream.read(CHUNK), b""), packed)
            else:
                yield from self._plain_or_gzip()
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
            says = f"the file cannot be unpacked: {error}"
            raise _bad("list.unpack", self.name, says, "it is damaged or was cut off; fetch it again") from None

    def head(self, size: int = 4096) -> bytes:
        """Give the first bytes, unpacked."""
        got = b""
        for chunk in self.chunks():
            got += chunk
            if len(got) >= size:
                break
        return got[:size]

    def content(self, limit: int = 512 << 20) -> bytes:
        """Give all bytes at once, for formats that cannot be read in pieces."""
        parts, total = [], 0
        for chunk in self.chunks():
            total += len(chunk)
            if total > limit:
                raise _bad("list.too-large", self.name, f"more than {limit >> 20} MiB unpacked")
            parts.append(chunk)
        return b"".join(parts)

    def _plain_or_gzip(self) -> Iterator[bytes]:
        size = self.path.stat().st_size
        with self.path.open("rb") as stream:
            packed = stream.read(2) == b"\x1f\x8b"
            stream.seek(0)
            raw = self._told(stream, size)
            yield from self._bounded(_gunzip(raw) if packed else raw, size)

    def _told(self, stream: io.BufferedReader, size: int) -> Iterator[bytes]:
        done = 0
        while chunk := stream.read(CHUNK):
            done += len(chunk)
            if self.progress is not None:
                self.progress(done, size)
            yield chunk

    def _bounded(self, chunks: Iterator[bytes], packed: int) -> Iterator[bytes]:
        total = 0
        for chunk in chunks:
            total += len(chunk)
            if total > self.limits.unpacked:
                says = f"more than {self.limits.unpacked >> 20} MiB unpacked"
                raise _bad("list.too-large", self.name, says, "this cannot be a published list")
            if total > self.limits.ratio_free and total > packed * self.limits.ratio:
                says = f"unpacking makes it more than {self.limits.ratio} times larger"
                raise _bad("list.bomb", self.name, says, "a compression bomb; do not trust where it came from")
            yield chunk


def _gunzip(chunks: Iterator[bytes]) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(wbits=31)
    for chunk in chunks:
        data = chunk
        while data:
            yield unpacker.decompress(data, CHUNK)
            data = unpacker.unconsumed_tail
            if unpacker.eof:
                data = unpacker.unused_data.lstrip(b"\0")
                if data:
                    unpacker = zlib.decompressobj(wbits=31)
    if not unpacker.eof:
        raise EOFError("it ends in the middle")


def _bad(code: str, where: str, says: str, hint: str = "") -> BadInput:
    return BadInput([Problem(code, where, says, hint)])


def open_files(
    paths: list[Path], *, limits: Limits | None = None, progress: Progress | None = None
) -> tuple[list[Source], tuple[SourceFile, ...]]:
    """Open the files an operator named: hashes of what was received, and what can be read in them.

    A folder stands for the files in it, a zip archive for its members (but an ``.xlsx`` stays whole). Raises
    ``BadInput`` with every file that is missing, empty, too large or no regular file.
    """
    bounds = limits or Limits()
    problems: list[Problem] = []
    sources: list[Source] = []
    received: list[SourceFile] = []
    for path in _expand(paths, problems):
        problem = _look(path, bounds)
        if problem is not None:
            problems.append(problem)
            continue
        received.append(SourceFile(path.name, path.stat().st_size, _sha256(path)))
        try:
            sources.extend(_sources(path, bounds, progress))
        except BadInput as error:
            problems.extend(error.problems)
    if problems:
        raise BadInput(problems)
    return sources, tuple(received)


def _expand(paths: list[Path], problems: list[Problem]) -> Iterator[Path]:
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        inside = sorted(file for file in path.iterdir() if file.is_file() and not file.name.startswith("."))
        if not inside:
            problems.append(Problem("list.no-file", path.name, "the folder is empty"))
        yield from inside


def _look(path: Path, limits: Limits) -> Problem | None:
    try:
        if not path.exists():
            return Problem("list.no-file", path.name or str(path), "there is no such file")
        if not path.is_file():
            return Problem("list.no-file", path.name, "this is not a regular file")
        size = path.stat().st_size
        with path.open("rb") as stream:
            stream.read(1)
    except (OSError, ValueError) as error:
        return Problem("list.no-file", path.name, f"it cannot be opened: {error}")
    if size == 0:
        return Problem("list.empty", path.name, "the file is empty", "fetch it again")
    if size > limits.received:
        return Problem("list.too-large", path.name, f"more than {limits.received >> 20} MiB")
    return None


def _sources(path: Path, limits: Limits, progress: Progress | None) -> Iterator[Source]:
    with path.open("rb") as stream:
        zipped = stream.read(4) == b"PK\x03\x04"
    if not zipped:
        yield Source(path.name, path, "", limits, progress)
        return
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise _bad("list.unpack", path.name, f"the archive cannot be read: {error}", "fetch it again") from None
    names = [info.filename for info in infos if not info.is_dir()]
    if "[Content_Types].xml" in names:  # a spreadsheet is read whole
        yield Source(path.name, path, "", limits, progress)
        return
    if len(infos) > limits.members:
        raise _bad("list.bomb", path.name, f"the archive has {len(infos)} members")
    if any(info.flag_bits & 1 for info in infos):
        raise _bad("list.unpack", path.name, "the archive is locked with a password")
    for name in names:
        yield Source(name.rsplit("/", 1)[-1], path, name, limits, progress)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
