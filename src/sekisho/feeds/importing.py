"""Take a publisher's file into force, whole or not at all.

The file is read to its end, counted and checked before anything in the data folder changes. What does not hold is
told with every problem at once, remembered for ``lists status``, and the former snapshot stays in force.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import msgspec

from sekisho.feeds import checking, snapshots
from sekisho.feeds.files import incoming, put_in_place, write_whole
from sekisho.feeds.lists.canonical import uids_of
from sekisho.feeds.lists.formats import format_called
from sekisho.feeds.lists.opening import Limits, Progress, Source, open_files
from sekisho.feeds.lists.reading import Format, Reading
from sekisho.feeds.lists.sorting import SortedContent
from sekisho.feeds.manifest import AssertionResult, Manifest, Refusal, SourceFile
from sekisho.feeds.publishers import publisher
from sekisho.model.problem import BadInput, Problem

MOST_NOTES = 40


@dataclass(frozen=True, slots=True)
class Order:
    """What to import. ``accept`` is the operator's reason for taking a list that an assertion refuses.
    ``now`` is the moment of the import (with time zone).
    """

    format: str
    paths: tuple[Path, ...]
    home: Path
    now: datetime
    list_id: str = ""
    as_of: date | None = None
    address: str = ""
    accept: str = ""
    incomplete: bool = False
    limits: Limits = field(default_factory=Limits)
    progress: Progress | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """The snapshot that is now there; ``changed`` is false when it holds the same parties as the one before."""

    manifest: Manifest
    previous: Manifest | None
    changed: bool


def import_files(order: Order) -> Imported:
    """Import files as one snapshot; raises ``BadInput`` with every problem, and then nothing has changed."""
    form = format_called(order.format)
    target = order.list_id or form.default_list
    if order.list_id:
        snapshots.folder_of(order.list_id, order.home)  # a name that is not well formed is refused
    received: tuple[SourceFile, ...] = ()
    reading = Reading(order.list_id)
    try:
        sources, received = open_files(list(order.paths), limits=order.limits, progress=order.progress)
        with SortedContent(reading) as content:
            _read_all(form, sources, reading, content)
            target = order.list_id or reading.facts.get("list", form.default_list)
            return _take(order, form, target, reading, received, content)
    except BadInput as error:
        told = [*reading.problems, *(one for one in error.problems if one not in reading.problems)]
        _remember(order, target, received, told)
        raise BadInput(told) from None
    except OSError as error:
        problem = Problem(
            "list.disk", target, f"the data folder could not be written: {error}", "free space, or rights"
        )
        raise BadInput([*reading.problems, problem]) from None


def _read_all(form: Format, sources: list[Source], reading: Reading, content: SortedContent) -> None:
    for party in form.read(sources, reading):
        if not party.names:
            reading.problem("list.entry", party.uid, "the entry has no name", "it could not be screened")
            continue
        content.add(party)
    reading.stop_if_wrong()


def _take(
    order: Order,
    form: Format,
    target: str,
    reading: Reading,
    received: tuple[SourceFile, ...],
    content: SortedContent,
) -> Imported:
    who = publisher(target, order.home)
    as_of = _as_of(order, reading, target)
    counts = {**content.counts, **{f"published:{key}": number for key, number in reading.tally.items()}}
    counts["published:entries"] = reading.read
    if not counts["parties"]:
        hint = "an empty list is never taken into force; fetch it again"
        raise BadInput([Problem("list.no-parties", target, "there is no party in it", hint)])
    counts = dict(sorted(counts.items()))
    previous = _previous(target, as_of, order.home)
    results = checking.assertions(who, counts, reading)
    if previous is not None:
        before = _former_uids(previous, order.home, reading)
        results += checking.shrinking(who, counts, content.uids, previous, before)
    accepted = _accepted(order, target, reading, results)
    folder = snapshots.folder_of(target, order.home)
    with incoming(folder / "content") as (stream, path):
        digest = content.write(stream)
        held = Manifest(
            list=target,
            as_of=as_of.isoformat(),
            retrieved=order.now.strftime("%Y-%m-%dT%H:%M:%SZ"),
            format=form.name,
            reader=f"{form.name}/{form.version}",
            content_sha256=digest,
            title=who.title,
            publisher=who.publisher,
            address=order.address,
            files=received,
            counts=counts,
            assertions=tuple(results),
            notes=_notes(reading),
            previous=previous.snapshot if previous is not None else "",
            accepted=accepted,
        )
        place = snapshots.content_file(target, digest, order.home)
        if not place.exists() or not _sound(held, order.home):
            put_in_place(stream, path, place)
    write_whole(folder / f"{held.snapshot}.json", msgspec.json.format(msgspec.json.encode(held), indent=1))
    (folder / "refused.json").unlink(missing_ok=True)
    return Imported(held, previous, previous is None or previous.content_sha256 != digest)


def _former_uids(previous: Manifest, home: Path, reading: Reading) -> frozenset[str] | None:
    """Give the ids of the snapshot in force; a damaged one must not keep a sound one out, so it gives None."""
    try:
        return uids_of(snapshots.read_content(previous, home))
    except BadInput:
        reading.note(f"the content of {previous.snapshot} is damaged; it was compared by its counts alone")
        return None


def _sound(held: Manifest, home: Path) -> bool:
    try:
        snapshots.read_content(held, home)
    except BadInput:
        return False
    return True


def _as_of(order: Order, reading: Reading, target: str) -> date:
    published = reading.facts.get("published", "")
    today = order.now.date()
    day = order.as_of or (date.fromisoformat(published) if published else today)
    if day > today + timedelta(days=1):
        says = f"the list would be of {day}, which is still to come"
        hint = "a snapshot of a day to come would stay in force until then; give the day with --as-of"
        raise BadInput([Problem("list.as-of", target, says, hint)])
    if order.as_of is not None and published and published != order.as_of.isoformat():
        reading.note(f"the file itself says it is of {published}")
    return day


def _previous(target: str, as_of: date, home: Path) -> Manifest | None:
    if target not in snapshots.list_ids(home):
        return None
    readable = snapshots.manifests(target, home, damaged="skip")
    earlier = [held for held in readable if held.as_of <= as_of.isoformat()]
    return earlier[-1] if earlier else None


def _accepted(order: Order, target: str, reading: Reading, results: list[AssertionResult]) -> str:
    wrong = checking.as_problems(target, results, "--accept REASON takes it into force if the publisher confirms it")
    if lacking := reading.facts.get("incomplete", ""):
        hint = "name all files together, or --incomplete if that is meant"
        problem = Problem("list.incomplete", target, f"{lacking} is missing: names and addresses stand there", hint)
        if not order.incomplete:
            wrong.append(problem)
        else:
            reading.note(f"taken without {lacking}")
    if wrong and not (order.accept and all(one.code == "list.assertion" for one in wrong)):
        raise BadInput(wrong)
    return order.accept if wrong else ""


def _notes(reading: Reading) -> tuple[str, ...]:
    told = [f"{text} (x{number})" if number > 1 else text for text, number in reading.notes.most_common()]
    if len(told) > MOST_NOTES:
        told = [*told[:MOST_NOTES], f"and {len(told) - MOST_NOTES} more kinds of note"]
    return tuple(told)


def _remember(order: Order, target: str, received: tuple[SourceFile, ...], problems: list[Problem]) -> None:
    """Remember a refusal so that ``lists status`` tells it; a folder that cannot be written is told elsewhere."""
    refusal = Refusal(
        list=target,
        at=order.now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        format=order.format,
        address=order.address,
        files=received,
        problems=tuple((one.code, one.where, one.says, one.hint) for one in problems[:20]),
    )
    try:
        folder = snapshots.folder_of(target, order.home)
        write_whole(folder / "refused.json", msgspec.json.encode(refusal))
    except OSError:
        return


def refusal(list_id: str, home: Path) -> Refusal | None:
    """Give the last refusal of a list, or None when its last import succeeded."""
    file = snapshots.folder_of(list_id, home) / "refused.json"
    try:
        return msgspec.json.decode(file.read_bytes(), type=Refusal)
    except (OSError, msgspec.DecodeError):
        return None


def record_refusal(order: Order, list_id: str, problems: list[Problem]) -> None:
    """Remember that a list could not even be fetched."""
    _remember(order, list_id, (), problems)
