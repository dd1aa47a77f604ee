"""The installation's own copies of list texts: dated editions, kept whole, checked on every load.

Layout under the data folder::

    texts/us-ccl/2026-06-24.1a2b3c4d5e6f.json     the manifest: written last, and what makes an edition exist
    texts/us-ccl/content/<sha256>.gz               the publisher's bytes as received, never changed
    texts/us-ccl/trees/<sha256>.<reader>.json.gz   the tree read from them, made again when it is missing or damaged
"""

from __future__ import annotations

import gzip
import hashlib
import re
import zlib
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec

from sekisho.classify.tree import ControlList
from sekisho.feeds.files import write_whole
from sekisho.feeds.home import home as data_home
from sekisho.feeds.packs import packs_root
from sekisho.feeds.texts.baseline import compare
from sekisho.feeds.texts.reading import READER, TITLES, read_text
from sekisho.feeds.texts.skeleton import Skeleton, read_skeleton, skeleton
from sekisho.model.problem import BadInput, Problem

MOST_BYTES = 128 << 20
SHIPPED = {
    "us-ccl": "us/lists/us-ccl.paths.jsonl",
    "eu-annex-1": "eu/lists/eu-annex-1.paths.jsonl",
    "jp-table-1": "jp/lists/jp-table-1.paths.jsonl",
    "jp-feo": "jp/lists/jp-feo.paths.jsonl",
    "jp-goods": "jp/lists/jp-goods.paths.jsonl",
}
_NAME = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})\.(?P<hash>[0-9a-f]{12})\.json")


@dataclass(frozen=True, slots=True)
class TextManifest:
    """What is known about one edition: the publisher's bytes, the day of the text, and what the reader counted.

    ``retrieved`` is the moment of the import (UTC), ``file`` the name as received (never a path), ``accepted`` the
    entries whose absence the operator accepted.
    """

    list: str
    as_of: str
    sha256: str
    retrieved: str
    file: str
    size: int
    reader: int
    counts: dict[str, int] = field(default_factory=dict)
    resolved: float = 1.0
    previous: str = ""
    accepted: tuple[str, ...] = ()

    @property
    def edition(self) -> str:
        """The edition's name: its day and the head of its hash."""
        return f"{self.as_of}.{self.sha256[:12]}"

    def as_json(self) -> dict[str, Any]:
        """Give the manifest as a JSON-ready dictionary, the edition's name included."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        return {"list": plain.pop("list"), "edition": self.edition, **plain}


@dataclass(frozen=True, slots=True)
class TextOrder:
    """What to import. ``as_of`` is the day of the text where the file does not tell, ``now`` the moment (with zone)."""

    path: Path
    home: Path
    now: datetime
    as_of: date | None = None
    accept: tuple[str, ...] = ()


def import_text(order: TextOrder) -> TextManifest:
    """Read, check and keep one text; raises ``BadInput`` with every problem, and then nothing has changed."""
    data = read_file(order.path)
    read = read_text(data, order.path.name, order.as_of)
    if read.version is None:
        read = _dated(read, order)
    before = _before(read, order.home)
    problems = compare(read, before, order.path.name, order.accept) if before is not None else []
    if problems:
        raise BadInput(problems)
    assert read.version is not None
    held = TextManifest(
        list=read.id,
        as_of=read.version.isoformat(),
        sha256=read.sha256,
        retrieved=order.now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        file=order.path.name,
        size=len(data),
        reader=READER,
        counts={
            "entries": read.report.entries,
            "nodes": read.report.nodes,
            "notes": read.report.notes,
            "definitions": len(read.definitions),
            "references": read.report.references,
            "unresolved": len(read.report.unresolved),
        },
        resolved=round(read.report.resolved_share, 6),
        previous=before.version.isoformat() if before is not None and before.version else "",
        accepted=tuple(order.accept),
    )
    folder = _folder(read.id, order.home)
    try:
        write_whole(folder / "content" / f"{read.sha256}.gz", gzip.compress(data, mtime=0))
        _keep_tree(read, folder)
        write_whole(folder / f"{held.edition}.json", msgspec.json.format(msgspec.json.encode(held), indent=1))
    except OSError as error:
        says = f"the data folder could not be written: {error}"
        raise BadInput([Problem("text.disk", read.id, says, "free space, or rights")]) from None
    return held


def read_file(path: Path) -> bytes:
    """Read a file that came from outside, plain or gzip, bounded; raises ``BadInput``."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _bad(
                "text.too-large", path.name, f"the file is larger than {MOST_BYTES >> 20} MiB", "give the one list"
            )
        data = path.read_bytes()
        if data[:2] == b"\x1f\x8b":
            unpacker = zlib.decompressobj(wbits=31)
            data = unpacker.decompress(data, MOST_BYTES)
            if unpacker.unconsumed_tail or not unpacker.eof:
                raise _bad("text.unpack", path.name, "the packed file is cut off or too large", "fetch it again")
    except FileNotFoundError:
        raise _bad("text.no-file", str(path), "there is no such file", "check the name") from None
    except IsADirectoryError:
        raise _bad("text.no-file", str(path), "this is a folder", "give the file itself") from None
    except (OSError, zlib.error) as error:
        raise _bad("text.unreadable", path.name, f"the file cannot be read: {error}", "check it") from None
    return data


def editions(list_id: str, home: Path | None = None) -> tuple[TextManifest, ...]:
    """Every kept edition of one list, oldest first."""
    folder = _folder(list_id, home or data_home())
    if not folder.is_dir():
        return ()
    found = [_manifest(file) for file in folder.iterdir() if _NAME.fullmatch(file.name)]
    return tuple(sorted(found, key=lambda held: (held.as_of, held.retrieved, held.sha256)))


def edition_on(list_id: str, day: date | None = None, home: Path | None = None) -> TextManifest | None:
    """The edition in force on ``day`` (None: the latest); None when no copy is kept for that day."""
    held = [one for one in editions(list_id, home) if day is None or one.as_of <= day.isoformat()]
    return held[-1] if held else None


def load(held: TextManifest, home: Path | None = None) -> ControlList:
    """Load the tree of a kept edition; a damaged copy raises ``BadInput`` and is never used in part."""
    folder = _folder(held.list, home or data_home())
    kept = _kept_tree(folder, held.sha256)
    if kept is not None:
        return kept
    hint = "import the publisher's file again"
    try:
        data = gzip.decompress((folder / "content" / f"{held.sha256}.gz").read_bytes())
    except (OSError, EOFError, zlib.error) as error:
        says = f"the text of {held.edition} cannot be read: {error}"
        raise _bad("text.damaged", held.list, says, hint) from None
    if hashlib.sha256(data).hexdigest() != held.sha256:
        raise _bad("text.damaged", held.list, f"the text of {held.edition} does not agree with its manifest", hint)
    read = read_text(data, held.file, date.fromisoformat(held.as_of))
    _keep_tree(read, folder)
    return read


def shipped(list_id: str) -> Skeleton | None:
    """The paths that the packs ship for this list, None when there are none."""
    path = packs_root() / SHIPPED[list_id]
    return read_skeleton(path) if path.is_file() else None


def _dated(read: ControlList, order: TextOrder) -> ControlList:
    """Find the day of a text that does not state it: the shipped paths know the day of the same bytes."""
    known = shipped(read.id)
    if known is not None and known.sha256 == read.sha256 and known.version is not None:
        return replace(read, version=known.version)
    says = "the file does not tell the day of the text"
    hint = "say it: --as-of 2026-06-24 (the eCFR's 'up to date as of')"
    raise _bad("text.no-day", order.path.name, says, hint)


def _before(read: ControlList, home: Path) -> Skeleton | None:
    """The edition to compare with: the nearest earlier kept one, else the nearest later, else the shipped paths."""
    assert read.version is not None
    held = [one for one in editions(read.id, home) if one.sha256 != read.sha256]
    earlier = [one for one in held if one.as_of <= read.version.isoformat()]
    for one in [*reversed(earlier), *held]:
        try:
            return skeleton(load(one, home))
        except BadInput:
            continue  # a damaged copy is told by ``lists text status``; it is no ground to refuse a good one
    return shipped(read.id)


def _folder(list_id: str, home: Path) -> Path:
    if list_id not in TITLES:
        raise _bad("text.list", list_id, "there is no such list", f"lists are: {', '.join(TITLES)}")
    return home / "texts" / list_id


def _keep_tree(read: ControlList, folder: Path) -> None:
    content = msgspec.json.encode(read)
    digest = hashlib.sha256(content).hexdigest().encode()
    write_whole(
        folder / "trees" / f"{read.sha256}.{READER}.json.gz", gzip.compress(digest + b"\n" + content, 6, mtime=0)
    )


def _kept_tree(folder: Path, sha256: str) -> ControlList | None:
    try:
        digest, _, content = gzip.decompress((folder / "trees" / f"{sha256}.{READER}.json.gz").read_bytes()).partition(
            b"\n"
        )
        if hashlib.sha256(content).hexdigest().encode() != digest:
            return None
        return msgspec.json.decode(content, type=ControlList)
    except (OSError, EOFError, zlib.error, msgspec.DecodeError):
        return None


def _manifest(file: Path) -> TextManifest:
    try:
        return msgspec.json.decode(file.read_bytes(), type=TextManifest)
    except (OSError, msgspec.DecodeError) as error:
        says = f"the manifest {file.name} cannot be read: {error}"
        raise _bad("text.damaged", file.parent.name, says, "import the publisher's file again") from None


def _bad(code: str, where: str, says: str, hint: str) -> BadInput:
    return BadInput([Problem(code, where, says, hint)])
