"""The fictional parties that are shipped: in force until a real list is imported, and never beside one."""

from __future__ import annotations

import hashlib

from sekisho.feeds.lists import canonical
from sekisho.feeds.lists.counting import counts
from sekisho.feeds.manifest import Manifest, Snapshot
from sekisho.feeds.packs import packs_root

LIST_ID = "sekisho:fictional"
AS_OF = "2026-01-01"


def fictional() -> Snapshot:
    """Load the fictional parties; their manifest says ``fictional``."""
    content = (packs_root() / "lists" / "fictional.jsonl").read_bytes()
    parties = canonical.decode_all(content)
    held = Manifest(
        list=LIST_ID,
        as_of=AS_OF,
        retrieved=f"{AS_OF}T00:00:00Z",
        format="sekisho-jsonl",
        reader="sekisho-jsonl/1",
        content_sha256=hashlib.sha256(content).hexdigest(),
        title="Fictional parties",
        publisher="Sekisho",
        counts=counts(parties),
        fictional=True,
    )
    return Snapshot(parties, held)
