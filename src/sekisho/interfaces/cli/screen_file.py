"""``sekisho screen --file``: a file of parties on all cores or a cluster, with progress, taken up again after a kill."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from sekisho.interfaces.cli.output import ANSWERED, CHECK_FAILED, console, print_json
from sekisho.model.problem import BadInput, Problem

if TYPE_CHECKING:
    from sekisho.feeds.party_file import PartyFile
    from sekisho.feeds.screening_index import Standing as Lists
    from sekisho.screen.bulk import Row
    from sekisho.screen.judgement import Judgement
    from sekisho.screen.query import Asked
    from sekisho.store.hit_parts import HitParts

BLOCK = 20_000
AHEAD = 2  # blocks waiting for each worker
ENDINGS = (".parquet", ".csv", ".jsonl")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run was asked."""

    threshold: float
    most: int
    lists: tuple[str, ...]
    four_eyes: frozenset[str]
    lang: Literal["en", "ja"]
    judged: dict[str, list[Judgement]]


def screen_file(
    file: Path,
    out: Path | None,
    mapping: str,
    lists: str,
    day: date | None,
    threshold: float,
    most: int,
    workers: int,
    cluster: str,
    four_eyes: frozenset[str],
    *,
    as_json: bool,
    gate: bool,
    lang: Literal["en", "ja"],
) -> int:
    """Screen a file; give the exit status."""
    from sekisho.feeds.party_file import open_parties
    from sekisho.interfaces.cli.screen import list_filter, open_lists
    from sekisho.interfaces.cli.screen_view import show_lists
    from sekisho.store.hit_parts import HitParts

    target = checked_target(file, out)
    parties = open_parties(file, column_map(mapping))
    found, judgements = open_lists(day)
    list_filter(lists, found)
    judged: dict[str, list[Judgement]] = {}
    for one in judgements:
        judged.setdefault(one.party, []).append(one)
    chosen = tuple(part.strip() for part in lists.split(",") if part.strip())
    settings = Settings(threshold, most, chosen, four_eyes, lang, judged)
    made_from = {
        "file": parties.sha256,
        "fields": parties.fields,
        "index": found.path.name,
        "threshold": threshold,
        "most": most,
        "lists": list(chosen),
        "four_eyes": sorted(four_eyes),
        "judgements": len(judgements),
        "lang": lang,
        "block": BLOCK,
    }
    say = console(stderr=True)
    say.print("columns: " + ", ".join(f"{field} = {column}" for field, column in parties.fields.items()), markup=False)
    show_lists(found.lists, found.missing, lang)
    parts = HitParts(target, made_from)
    done = parts.finished()
    if done:
        say.print(f"taken up again: {sum(count for count, _ in done.values()):,} parties were done already")
    run(parties, found, settings, parts, done, workers or os.cpu_count() or 1, cluster)
    hits = parts.join()
    told = parts_told(parties, found, target, hits)
    if as_json:
        print_json(told)
    else:
        console().print(f"{told['parties']:,} parties, {hits:,} hits: {target}", markup=False)
        for field, count in parties.unread.items():
            say.print(f"[yellow]{count:,} cells of '{parties.fields[field]}' could not be read and count as unknown[/]")
    return CHECK_FAILED if gate and hits else ANSWERED


def checked_target(file: Path, out: Path | None) -> Path:
    """Give where the hits go; BadInput when that cannot be."""
    if out is None:
        raise BadInput([Problem("screen.out", "--out", "where shall the hits go?", "--out hits.parquet")])
    if out.suffix.lower() not in ENDINGS:
        hint = f"one of {', '.join(ENDINGS)}"
        raise BadInput([Problem("screen.out", f"--out {out.name}", "not a format that is written", hint)])
    if not out.resolve().parent.is_dir():
        raise BadInput([Problem("screen.out", f"--out {out.name}", "its folder does not exist", "make it first")])
    if out.resolve() == file.resolve():
        raise BadInput(
            [Problem("screen.out", f"--out {out.name}", "that is the file to be read", "choose another name")]
        )
    return out


def column_map(mapping: str) -> dict[str, str]:
    """Read ``name=Kunde,country=Land``."""
    chosen: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in mapping.split(","))):
        field, mark, column = part.partition("=")
        if not mark or not column.strip():
            raise BadInput(
                [Problem("parties.map", f"--map {part}", "not field=COLUMN", "--map name=Kunde,country=Land")]
            )
        chosen[field.strip()] = column.strip()
    return chosen


def parts_told(parties: PartyFile, found: Lists, target: Path, hits: int) -> dict[str, Any]:
    """Give the end of a run as JSON-ready data."""
    return {
        "parties": parties.rows or 0,
        "hits": hits,
        "out": str(target),
        "columns": parties.fields,
        "unread": parties.unread,
        "lists": [state.as_json() for state in found.lists],
        "missing_lists": list(found.missing),
    }


def run(
    parties: PartyFile,
    found: Lists,
    settings: Settings,
    parts: HitParts,
    done: dict[int, tuple[int, int]],
    workers: int,
    cluster: str,
) -> None:
    """Hand out the blocks that are not done, and write each part as it comes back."""
    with progress(parties.rows) as advance, workers_at(cluster, workers, found) as (submit, lanes):
        waiting: dict[Any, tuple[int, int]] = {}
        for number, block in parties.blocks(BLOCK):
            if number in done:
                advance(*done[number])
                continue
            waiting[submit(block, number * BLOCK + 1, settings)] = (number, len(block))
            while len(waiting) >= lanes * AHEAD:
                take(waiting, parts, advance)
        while waiting:
            take(waiting, parts, advance)


def take(waiting: dict[Any, tuple[int, int]], parts: HitParts, advance: Any) -> None:
    """Wait for a block and write its part."""
    ready, _ = wait(list(waiting), return_when=FIRST_COMPLETED)
    for future in ready:
        number, count = waiting.pop(future)
        rows: list[Row] = future.result()
        parts.write(number, count, rows)
        advance(count, len(rows))


@contextmanager
def workers_at(cluster: str, workers: int, found: Lists) -> Iterator[tuple[Any, int]]:
    """Give a function that hands out a block, and how many can be worked on at once: threads, or a Dask cluster."""
    if cluster:
        with dask_workers(cluster, found) as given:
            yield given
        return
    from sekisho.screen.bulk import only, screen_block

    with ThreadPoolExecutor(workers) as pool:

        def submit(block: list[Asked], first: int, s: Settings) -> Future[list[Row]]:
            return pool.submit(
                screen_block,
                found.index,
                block,
                first,
                s.threshold,
                s.most,
                only(s.lists),
                s.judged,
                s.four_eyes,
                s.lang,
            )

        yield submit, workers


@contextmanager
def dask_workers(address: str, found: Lists) -> Iterator[tuple[Any, int]]:
    """Hand blocks to a Dask cluster. A block whose worker dies is given to another: every part is written once.

    The index file must be readable under the same path on every worker (shared storage, or the same machine).
    """
    try:
        from distributed import Client
    except ImportError:
        hint = "install it: pip install 'sekisho[cluster]'"
        raise BadInput([Problem("screen.cluster", "--cluster", "Dask is not installed", hint)]) from None
    from sekisho.screen.bulk import screen_elsewhere

    try:
        client = Client(address, timeout="15s")
    except (OSError, TimeoutError, ValueError) as error:
        hint = "give the scheduler's address, as tcp://10.0.0.1:8786"
        raise BadInput([Problem("screen.cluster", f"--cluster {address}", f"no scheduler: {error}", hint)]) from None
    executor = client.get_executor(pure=False, retries=3)
    threads = sum(worker["nthreads"] for worker in client.scheduler_info(n_workers=-1)["workers"].values())

    def submit(block: list[Asked], first: int, s: Settings) -> Any:
        return executor.submit(
            screen_elsewhere, str(found.path), block, first, s.threshold, s.most, s.lists, s.judged, s.four_eyes, s.lang
        )

    try:
        yield submit, max(1, threads)
    finally:
        client.close()


@contextmanager
def progress(total: int | None) -> Iterator[Any]:
    """Show parties, hits and speed on the error stream."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("screening"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[hits]:,} hits"),
        TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=console(stderr=True), transient=False) as shown:
        task = shown.add_task("screening", total=total, hits=0)
        hits = 0

        def advance(count: int, found: int) -> None:
            nonlocal hits
            hits += found
            shown.update(task, advance=count, hits=hits)

        yield advance
