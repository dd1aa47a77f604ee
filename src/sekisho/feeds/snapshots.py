"""Dated snapshots of published lists: load what is in force today, or what was in force on any earlier day.

Layout under the data folder, one folder a list (``us:sdn`` is ``us.sdn``)::

    lists/us.sdn/2024-05-07.1a2b3c4d5e6f.json      the manifest: written last, and what makes a snapshot exist
    lists/us.sdn/content/<sha256>.jsonl.gz          the parties, canonical, never changed once written

Two snapshots with the same parties share one content file. A content file without a manifest does not count. Every
load checks the content against the manifest's hash, so a damaged file is told and never screened against in part.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import re
import zlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

import msgspec

from sekisho.feeds.home import home as data_home
from sekisho.feeds.lists import bundled, canonical
from sekisho.feeds.lists.combine import combine
from sekisho.feeds.manifest import Manifest, Snapshot
from sekisho.model.listed import ListedParty
from sekisho.model.problem import BadInput, Problem

__all__ = ["Manifest", "Snapshot", "each", "find", "list_ids", "load", "manifest", "manifests"]

LIST_ID = re.compile(r"[a-z0-9][a-z0-9-]*(:[a-z0-9][a-z0-9-]*)*")
_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})\.[0-9a-f]{12}\.json")


def load(list_id: str | None = None, as_of: date | None = None, *, home: Path | None = None) -> Snapshot:
    """Load the snapshot in force on ``as_of`` (a day; None: the latest).

    ``list_id`` is a list that was imported (``us:sdn``), or a source inside one (``us:entity-list`` out of an
    imported ``us:csl``), or None for everything in force together. When nothing was ever imported, None gives the
    fictional parties that are shipped, and the manifest says ``fictional``. Raises ``BadInput`` for a list that is
    not there, a day before the first snapshot, and a damaged file.
    """
    root = home or data_home()
    known = list_ids(root)
    if list_id is None:
        if not known:
            return bundled.fictional()
        return _load_all(known, as_of, root)
    if list_id == bundled.LIST_ID:
        return bundled.fictional()
    if list_id in known:
        return _load_one(list_id, as_of, root)
    return _load_source(list_id, known, as_of, root)


def list_ids(home: Path | None = None) -> tuple[str, ...]:
    """Name every list that has at least one snapshot, in order."""
    folder = (home or data_home()) / "lists"
    if not folder.is_dir():
        return ()
    found = []
    for child in folder.iterdir():
        name = child.name.replace(".", ":")
        if child.is_dir() and LIST_ID.fullmatch(name) and any(_NAME.fullmatch(file.name) for file in child.iterdir()):
            found.append(name)
    return tuple(sorted(found))


def manifests(
    list_id: str, home: Path | None = None, *, damaged: Literal["raise", "skip"] = "raise"
) -> tuple[Manifest, ...]:
    """Give every snapshot's manifest of one list, oldest first (by the publisher's day, then by retrieval).

    A manifest that cannot be read raises ``BadInput``, or is left out where ``damaged`` says so.
    """
    folder = folder_of(list_id, home or data_home())
    if not folder.is_dir():
        return ()
    found = []
    for file in folder.iterdir():
        if _NAME.fullmatch(file.name):
            try:
                found.append(_read_manifest(file))
            except BadInput:
                if damaged == "raise":
                    raise
    return tuple(sorted(found, key=lambda m: (m.as_of, m.retrieved, m.content_sha256)))


def manifest(list_id: str, as_of: date | None = None, *, home: Path | None = None) -> Manifest:
    """Give the manifest of the snapshot in force on ``as_of`` (None: the latest); ``BadInput`` when there is none."""
    root = home or data_home()
    folder = folder_of(list_id, root)
    days = sorted({m[1] for file in folder.iterdir() if (m := _NAME.fullmatch(file.name))}) if folder.is_dir() else []
    wanted = [day for day in days if as_of is None or day <= as_of.isoformat()]
    if not wanted:
        says = f"no snapshot of {list_id}" + (f" on or before {as_of}; the first is of {days[0]}" if days else "")
        raise BadInput([Problem("list.no-snapshot", list_id, says, "sekisho lists status shows what there is")])
    files = [file for file in folder.iterdir() if file.name.startswith(wanted[-1]) and _NAME.fullmatch(file.name)]
    return max((_read_manifest(file) for file in files), key=lambda m: (m.retrieved, m.content_sha256))


def each(list_id: str, as_of: date | None = None, *, home: Path | None = None) -> Iterator[ListedParty]:
    """Yield the parties of one imported list one by one, for lists too large to hold; memory stays small.

    The whole content is checked against the manifest before the first party is given.
    """
    root = home or data_home()
    held = manifest(list_id, as_of, home=root)
    place = content_file(held.list, held.content_sha256, root)
    digest = hashlib.sha256()
    with _told_when_damaged(held), gzip.open(place) as lines:
        for line in lines:
            digest.update(line)
    if digest.hexdigest() != held.content_sha256:
        raise _damaged(held, "does not agree with its manifest")
    with _told_when_damaged(held), gzip.open(place) as lines:
        for line in lines:
            yield canonical.decode(line)


def find(uid: str, as_of: date | None = None, *, home: Path | None = None) -> list[tuple[ListedParty, Manifest]]:
    """Find one party by its id in every list in force on ``as_of``, without decoding the others."""
    root = home or data_home()
    known = list_ids(root)
    if not known:
        held = bundled.fictional()
        return [(party, held.manifest) for party in held.parties if party.uid == uid]
    found = []
    for one in known:
        try:
            there = manifest(one, as_of, home=root)
        except BadInput as error:
            if all(problem.code == "list.no-snapshot" for problem in error.problems):
                continue
            raise
        party = canonical.find(read_content(there, root), uid)
        if party is not None:
            found.append((party, there))
    return found


def folder_of(list_id: str, home: Path) -> Path:
    """Name the folder of one list; an id that is not well formed raises ``BadInput``."""
    if not LIST_ID.fullmatch(list_id):
        problem = Problem("list.id", list_id, "this is not a list's name", "lower case with colons, like us:sdn")
        raise BadInput([problem])
    return home / "lists" / list_id.replace(":", ".")


def content_file(list_id: str, sha256: str, home: Path) -> Path:
    """Name the file that holds the content with this hash."""
    return folder_of(list_id, home) / "content" / f"{sha256}.jsonl.gz"


def read_content(held: Manifest, home: Path) -> bytes:
    """Read and check the canonical content of one snapshot; a missing or damaged file raises ``BadInput``."""
    with _told_when_damaged(held):
        content = gzip.decompress(content_file(held.list, held.content_sha256, home).read_bytes())
    if hashlib.sha256(content).hexdigest() != held.content_sha256:
        raise _damaged(held, "does not agree with its manifest")
    return content


@contextlib.contextmanager
def _told_when_damaged(held: Manifest) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        says = f"the content of {held.snapshot} is gone"
        raise BadInput([Problem("list.missing", held.list, says, "import the publisher's file again")]) from None
    except (OSError, EOFError, zlib.error) as error:
        raise _damaged(held, f"cannot be read: {error}") from None


def _damaged(held: Manifest, says: str) -> BadInput:
    hint = "import the publisher's file again"
    return BadInput([Problem("list.damaged", held.list, f"the content of {held.snapshot} {says}", hint)])


def _load_one(list_id: str, as_of: date | None, home: Path) -> Snapshot:
    held = manifest(list_id, as_of, home=home)
    return Snapshot(canonical.decode_all(read_content(held, home)), held)


def _load_all(known: tuple[str, ...], as_of: date | None, home: Path) -> Snapshot:
    there: list[Manifest] = []
    missing: list[str] = []
    problems: list[Problem] = []
    for one in known:
        try:
            held = manifest(one, as_of, home=home)
        except BadInput as error:
            if all(problem.code == "list.no-snapshot" for problem in error.problems):
                missing.append(one)
            problems.extend(error.problems)
        else:
            there.append(held)
    if not there or len(missing) < len(problems):
        raise BadInput(problems)
    parts = [Snapshot(canonical.decode_all(read_content(held, home)), held) for held in there]
    return combine(parts, tuple(missing))


def _load_source(source: str, known: tuple[str, ...], as_of: date | None, home: Path) -> Snapshot:
    for one in known:
        held = manifest(one, as_of, home=home) if _has_source(one, source, as_of, home) else None
        if held is not None:
            parties = canonical.decode_all(read_content(held, home))
            return Snapshot(tuple(party for party in parties if party.source == source), held)
    hint = f"imported are: {', '.join(known)}" if known else "sekisho lists update fetches the published lists"
    raise BadInput([Problem("list.unknown", source, "no such list was imported", hint)])


def _has_source(list_id: str, source: str, as_of: date | None, home: Path) -> bool:
    try:
        return f"source:{source}" in manifest(list_id, as_of, home=home).counts
    except BadInput:
        return False


def _read_manifest(file: Path) -> Manifest:
    try:
        return msgspec.json.decode(file.read_bytes(), type=Manifest)
    except (msgspec.DecodeError, OSError) as error:
        says = f"the manifest {file.name} cannot be read: {error}"
        hint = "import the publisher's file again"
        raise BadInput([Problem("list.damaged", file.parent.name.replace(".", ":"), says, hint)]) from None
