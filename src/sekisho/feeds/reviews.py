"""The installation's reviews of conditions, one JSON line each, and what its own texts make stale."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

from sekisho.classify.answer import Reading
from sekisho.classify.bindings import stale
from sekisho.classify.library import LISTS, Library
from sekisho.classify.reviews import Review, read_review, reviewed
from sekisho.classify.verify import Checked, check_entry
from sekisho.feeds.files import write_whole
from sekisho.feeds.home import home as data_home
from sekisho.feeds.texts.bound import bindings
from sekisho.feeds.texts.editions import edition_on, load
from sekisho.model.problem import BadInput, Problem


def _file(home: Path) -> Path:
    return home / "classification" / "reviews.jsonl"


def all_reviews(home: Path | None = None) -> tuple[Review, ...]:
    """Every review kept here, oldest first; raises ``BadInput`` when the file is damaged."""
    file = _file(home or data_home())
    if not file.exists():
        return ()
    problems: list[Problem] = []
    found: list[Review] = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        where = f"{file.name}:{number}"
        try:
            row = json.loads(line)
        except json.JSONDecodeError as bad:
            problems.append(Problem("review.json", where, str(bad), "Remove the line or restore it."))
            continue
        review = read_review(row, where, problems)
        if review is not None:
            found.append(review)
    if problems:
        raise BadInput(problems)
    return tuple(found)


def add_review(review: Review, home: Path | None = None) -> None:
    """Append one review."""
    file = _file(home or data_home())
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, (before + json.dumps(review.as_json(), ensure_ascii=False) + "\n").encode())


def digest(packs: Path, list_id: str, entry: str) -> str:
    """The digest of an entry's condition file, "" when it is not modelled."""
    file = packs / LISTS[list_id] / "conditions" / f"{entry}.toml"
    return hashlib.sha256(file.read_bytes()).hexdigest()[:16] if file.is_file() else ""


def checked(shelf: Library, list_id: str, entry: str, on: date | None) -> tuple[Checked | None, str]:
    """Check an entry's conditions against the own copy of its text on a day; None when there is no copy."""
    conditions = shelf.conditions(list_id, entry)
    held = edition_on(list_id, on)
    if conditions is None or held is None:
        return None, ""
    return check_entry(conditions, load(held), shelf.catalogue), held.edition


def reading(
    packs: Path, lists: tuple[str, ...], on: date | None, home: Path | None = None
) -> tuple[Reading, dict[str, str]]:
    """What reviews and own texts say on a day: stale paths, reviewed entries, and the edition used for each list."""
    home = home or data_home()
    reviews = all_reviews(home)
    digests = {(r.list_id, r.entry): digest(packs, r.list_id, r.entry) for r in reviews}
    gone: dict[str, frozenset[str]] = {}
    editions: dict[str, str] = {}
    for list_id in lists:
        held = edition_on(list_id, on, home)
        if held is None:
            continue
        editions[list_id] = held.edition
        gone[list_id] = _stale(list_id, held.edition, packs, home, on)
    return Reading(gone, reviewed(reviews, digests)), editions


def _stale(list_id: str, edition: str, packs: Path, home: Path, on: date | None) -> frozenset[str]:
    """The paths whose words moved; kept beside the editions, because reading a whole list takes about a second."""
    bound = bindings(list_id, packs)
    mark = hashlib.sha256("".join(f"{b.path}={b.hash};" for b in bound).encode()).hexdigest()[:16]
    kept = home / "classification" / f"stale.{list_id}.{edition}.{mark}.json".replace("/", "_")
    if kept.is_file():
        try:
            return frozenset(json.loads(kept.read_text(encoding="utf-8")))
        except json.JSONDecodeError:
            kept.unlink()
    held = edition_on(list_id, on, home)
    assert held is not None
    paths = sorted(found.binding.path for found in stale(bound, load(held, home)))
    kept.parent.mkdir(parents=True, exist_ok=True)
    write_whole(kept, json.dumps(paths, ensure_ascii=False).encode())
    return frozenset(paths)
