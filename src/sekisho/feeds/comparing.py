"""Find the two snapshots that an operator names, and compare them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from sekisho.feeds import snapshots
from sekisho.feeds.lists.canonical import decode_all
from sekisho.feeds.manifest import Manifest
from sekisho.model.listed_change import ListChange, change
from sekisho.model.problem import BadInput, Problem

HINT = "write LIST, LIST@2024-05-07, LIST@2024-05-07.1a2b3c4d5e6f, LIST@previous or LIST@latest"


def compare(old: str, new: str, home: Path) -> tuple[Manifest, Manifest, ListChange]:
    """Compare two snapshots; ``new`` may leave out the list, or be "" for the latest of the same list."""
    list_id, at, version = old.partition("@")
    if not new:
        new = f"{list_id}@latest"
        version = version if at else "previous"
    other, _, newer = new.partition("@")
    before = named(list_id, version or "latest", home)
    after = named(other or list_id, newer or "latest", home)
    one = decode_all(snapshots.read_content(before, home))
    two = decode_all(snapshots.read_content(after, home))
    return before, after, change(one, two)


def named(list_id: str, version: str, home: Path) -> Manifest:
    """Find a snapshot by what an operator calls it."""
    held = snapshots.manifests(list_id, home)
    if not held:
        known = snapshots.list_ids(home)
        hint = f"imported are: {', '.join(known)}" if known else "sekisho lists update fetches the published lists"
        raise BadInput([Problem("list.unknown", list_id, "no such list was imported", hint)])
    if version == "latest":
        return held[-1]
    if version == "previous":
        if len(held) < 2:
            raise BadInput([Problem("list.no-snapshot", list_id, "there is only one snapshot", "nothing to compare")])
        return held[-2]
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", version):
        try:
            return snapshots.manifest(list_id, date.fromisoformat(version), home=home)
        except ValueError:
            raise BadInput([Problem("list.no-snapshot", version, "this is no day", HINT)]) from None
    there = [one for one in held if one.snapshot == version]
    if not there:
        last = ", ".join(one.snapshot for one in held[-5:])
        raise BadInput(
            [
                Problem(
                    "list.no-snapshot",
                    f"{list_id}@{version}",
                    "there is no such snapshot",
                    f"{HINT}; the last are {last}",
                )
            ]
        )
    return there[-1]
