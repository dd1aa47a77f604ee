"""One run of re-screening: what changed since the last, in both directions, and the outcomes that differ."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sekisho.interfaces.cli.rescreen import change_document

if TYPE_CHECKING:
    from sekisho.feeds.party_file import PartyFile
    from sekisho.screen.query import Asked

BLOCK = 20_000


def rescreen_file(parties: PartyFile, threshold: float, moment: str) -> dict[str, Any]:
    """Compare list and parties with the last run, screen again what differs, write outcomes and changes to the book."""
    from sekisho.feeds.home import home
    from sekisho.interfaces.cli.screen import open_lists
    from sekisho.model.listed_change import ListChange, change
    from sekisho.screen.bulk import mapped
    from sekisho.screen.judgement import party_key, party_values
    from sekisho.screen.rescreen import after_list_change, after_party_change, applied, touched_by
    from sekisho.store.screening_book import ScreeningBook

    lists, _ = open_lists(None)
    note = home() / "rescreen.json"
    last = _last(note)
    same_rules = last.get("threshold") == threshold and last.get("edition") == lists.index.about["edition"]
    former_index = Path(last["index"]) if same_rules and last.get("index") else None
    all_parties = [asked for _, block in parties.blocks(BLOCK) for asked in block]
    seals = {party_key(asked): _seal(party_values(asked)) for asked in all_parties}
    before: dict[str, str] = last.get("parties", {}) if same_rules else {}
    changed = [asked for asked in all_parties if before.get(party_key(asked)) != seals[party_key(asked)]]
    stayed: list[Asked] = [asked for asked in all_parties if before.get(party_key(asked)) == seals[party_key(asked)]]
    gone = before.keys() - seals.keys()
    moved = ListChange((), (), ())
    if stayed and former_index is not None and former_index != lists.path:
        if former_index.exists():
            old = mapped(str(former_index))
            moved = change(
                (old.party(n) for n in range(old.parties)), (lists.index.party(n) for n in range(lists.index.parties))
            )
        else:  # nothing to compare with: all of them against the whole list
            changed, stayed = all_parties, []
    with ScreeningBook(home() / "screening.sqlite3") as book:
        former = book.outcomes()
        if not same_rules:
            gone = {one.party for one in former.values()} - seals.keys()
        first = after_list_change(moved, stayed, former, threshold)
        then = after_party_change(lists.index, changed, gone, applied(former, first), threshold)
        book.record(first, moment, f"list changed: {lists.path.stem}")
        book.record(then, moment, "party new, changed or gone")
        pending = book.pending()
    _write(
        note,
        {"threshold": threshold, "edition": lists.index.about["edition"], "index": str(lists.path), "parties": seals},
    )
    numbers = {one.change.pair: one for one in pending}
    return {
        "parties": len(all_parties),
        "parties_screened": len(changed),
        "records_screened": len(touched_by(moved)[1]),
        "changes": [
            change_document(one, numbers[one.pair].seq if one.pair in numbers else 0, moment) for one in (*first, *then)
        ],
        "pending": len(pending),
        "lists": [state.as_json() for state in lists.lists],
    }


def _seal(values: dict[str, tuple[str, ...]]) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:24]


def _last(note: Path) -> dict[str, Any]:
    if not note.exists():
        return {}
    told: dict[str, Any] = json.loads(note.read_text(encoding="utf-8"))
    return told


def _write(note: Path, told: dict[str, Any]) -> None:
    part = note.with_name(note.name + ".new")
    part.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    part.replace(note)
