"""What ``sekisho lists`` answers as JSON; the shapes are documented in docs/lists.md."""

from __future__ import annotations

from typing import Any

import msgspec

from sekisho.feeds.importing import Imported
from sekisho.feeds.lists.canonical import as_plain
from sekisho.feeds.manifest import Manifest
from sekisho.feeds.status import Standing
from sekisho.feeds.updating import Updated
from sekisho.model.listed import ListedParty
from sekisho.model.listed_change import ListChange


def json_ready(value: Any) -> Any:
    """Turn a value of the model into JSON-ready data, defaults left out and days written in ISO 8601."""
    return msgspec.to_builtins(as_plain(value))


def standing_document(one: Standing) -> dict[str, Any]:
    """Give how one list stands."""
    held = one.manifest
    refused = None
    if one.refused is not None:
        keys = ("code", "where", "says", "hint")
        problems = [dict(zip(keys, problem, strict=True)) for problem in one.refused.problems]
        refused = {"at": one.refused.at, "address": one.refused.address, "problems": problems}
    return {
        "list": one.list,
        "title": one.publisher.title,
        "publisher": one.publisher.publisher,
        "in_force": one.in_force,
        "snapshot": held.snapshot if held is not None else None,
        "as_of": held.as_of if held is not None else None,
        "retrieved": held.retrieved if held is not None else None,
        "age_days": one.age,
        "stale_after_days": one.publisher.stale_after_days,
        "stale": one.stale,
        "parties": held.parties if held is not None else 0,
        "snapshots": one.snapshots,
        "problem": one.problem,
        "refused": refused,
        "manifest": held.as_json() if held is not None else None,
    }


def imported_document(one: Imported) -> dict[str, Any]:
    """Give one import that succeeded."""
    return {
        "list": one.manifest.list,
        "snapshot": one.manifest.snapshot,
        "changed": one.changed,
        "previous": one.previous.snapshot if one.previous is not None else None,
        "manifest": one.manifest.as_json(),
    }


def updated_document(one: Updated) -> dict[str, Any]:
    """Give what became of one list that was to be updated."""
    done = imported_document(one.imported) if one.imported is not None else {"list": one.list}
    return {**done, "refused": bool(one.problems), "problems": [problem.as_json() for problem in one.problems]}


def party_document(party: ListedParty, held: Manifest) -> dict[str, Any]:
    """Give one party with the snapshot it stands in."""
    return {"list": held.list, "snapshot": held.snapshot, "party": json_ready(party)}


def change_document(before: Manifest, after: Manifest, change: ListChange) -> dict[str, Any]:
    """Give the difference of two snapshots."""
    return {
        "list": after.list,
        "from": before.snapshot,
        "to": after.snapshot,
        "counts": {
            "added": len(change.added),
            "removed": len(change.removed),
            "changed": len(change.changed),
            "renamed": len(change.renamed),
        },
        "added": [json_ready(party) for party in change.added],
        "removed": [json_ready(party) for party in change.removed],
        "changed": [
            {
                "uid": one.uid,
                "name": one.after.names[0].text,
                "fields": [
                    {"field": field.field, "gone": json_ready(field.gone), "new": json_ready(field.new)}
                    for field in one.fields
                ],
            }
            for one in change.changed
        ],
        "renamed": [{"removed": old, "added": new} for old, new in change.renamed],
    }
