"""The index over the lists in force: built aside once for each state of the lists, kept on disk, mapped into memory.

The file is named by what it was made of: the snapshots, the word lists and the weights. A new snapshot gives a new file;
who holds the old index goes on with it until they ask again.
"""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sekisho.feeds import snapshots
from sekisho.feeds.home import home as data_home
from sekisho.feeds.manifest import Manifest
from sekisho.screen.features import weights
from sekisho.screen.index import Index, IndexFileError, build, load
from sekisho.screen.lexicon import edition

KEPT = 6  # index files kept on disk; the least recently used go first


@dataclass(frozen=True, slots=True)
class ListState:
    """One list that was screened against."""

    list: str
    as_of: str
    snapshot: str
    parties: int
    fictional: bool = False

    def as_json(self) -> dict[str, Any]:
        """Give the state as a JSON-ready dictionary."""
        told = {"list": self.list, "as_of": self.as_of, "snapshot": self.snapshot, "parties": self.parties}
        return told | {"fictional": True} if self.fictional else told


@dataclass(frozen=True, slots=True)
class Standing:
    """The index, the lists it was made of, and the lists that have no snapshot on the day asked for."""

    index: Index
    lists: tuple[ListState, ...]
    missing: tuple[str, ...]
    path: Path


def current(as_of: date | None = None, home: Path | None = None) -> Standing:
    """Give the index over every list in force on ``as_of`` (None: the latest), building it when it is not there yet.

    Without any imported list it is over the fictional parties that are shipped, and the state says so.
    """
    root = home or data_home()
    manifests, missing = _in_force(as_of, root)
    states = tuple(_state(one) for one in manifests)
    path = root / "indexes" / f"{_digest(manifests)}.idx"
    if path.exists():
        try:
            index = load(path)
            path.touch()
            return Standing(index, states, missing, path)
        except (IndexFileError, OSError, ValueError, KeyError):
            path.unlink(missing_ok=True)
    snapshot = snapshots.load(None, as_of, home=root)
    index = build(snapshot.parties, {"lists": [state.as_json() for state in states]})
    path.parent.mkdir(parents=True, exist_ok=True)
    index.save(path)
    _tidy(path)
    return Standing(load(path), states, missing, path)


def _in_force(as_of: date | None, root: Path) -> tuple[tuple[Manifest, ...], tuple[str, ...]]:
    known = snapshots.list_ids(root)
    if not known:
        return (snapshots.load(None, as_of, home=root).manifest,), ()
    whole = []
    missing = []
    for one in known:
        held = [
            manifest
            for manifest in snapshots.manifests(one, root)
            if as_of is None or manifest.as_of <= as_of.isoformat()
        ]
        if held:
            whole.append(snapshots.manifest(one, as_of, home=root))
        else:
            missing.append(one)
    if not whole:
        snapshots.load(None, as_of, home=root)  # raises BadInput with every list that has nothing for the day
    return tuple(whole), tuple(missing)


def _state(manifest: Manifest) -> ListState:
    return ListState(manifest.list, manifest.as_of, manifest.snapshot, manifest.parties, manifest.fictional)


def _digest(manifests: tuple[Manifest, ...]) -> str:
    made_of = [[one.list, one.content_sha256] for one in manifests]
    text = json.dumps([made_of, edition(), weights().tobytes().hex()])
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _tidy(path: Path) -> None:
    """Remove index files that were not used for a day, beyond the newest few."""
    files = sorted(path.parent.glob("*.idx"), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in files[KEPT:]:
        if time.time() - file.stat().st_mtime > 86_400:
            file.unlink(missing_ok=True)
