"""``sekisho rescreen``: after a change of lists or customers, only what it can touch; each changed outcome until seen."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from sekisho.interfaces.cli.output import ANSWERED, CHECK_FAILED, console, print_json, stop_with_problems
from sekisho.model.problem import BadInput

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Screen again what a change can touch.")

AsJson = Annotated[bool, typer.Option("--json", help="JSON for machines")]


@app.command()
def run(
    file: Annotated[Path, typer.Argument(help="your parties: csv, xlsx, parquet, jsonl; with a column of keys")],
    mapping: Annotated[str, typer.Option("--map", help="columns: name=Kunde,key=Nr")] = "",
    threshold: Annotated[float, typer.Option(min=0.05, max=0.999)] = 0.7,
    gate: Annotated[bool, typer.Option(help="exit 1 when an outcome changed")] = False,
    as_json: AsJson = False,
) -> None:
    """Hold what changed since the last run against what it can touch, and tell every outcome that differs."""
    from sekisho.feeds.party_file import open_parties
    from sekisho.interfaces.cli.rescreen_run import rescreen_file
    from sekisho.interfaces.cli.screen_file import column_map

    moment = datetime.now(UTC).isoformat(timespec="seconds")
    try:
        parties = open_parties(file, column_map(mapping))
        told = rescreen_file(parties, threshold, moment)
    except BadInput as bad:
        stop_with_problems(bad.problems, as_json=as_json)
    if as_json:
        print_json(told)
    else:
        console().print(
            f"{told['parties']:,} parties; screened again: {told['parties_screened']:,} parties against the whole list, "
            f"{told['records_screened']:,} listed records against all parties; {len(told['changes']):,} outcomes changed."
        )
        _show(told["changes"])
    raise SystemExit(CHECK_FAILED if gate and told["changes"] else ANSWERED)


@app.command()
def pending(as_json: AsJson = False) -> None:
    """Show every changed outcome that nobody has acknowledged."""
    from sekisho.feeds.home import home
    from sekisho.store.screening_book import ScreeningBook

    try:
        with ScreeningBook(home() / "screening.sqlite3") as book:
            told = [change_document(one.change, one.seq, one.moment, one.cause) for one in book.pending()]
    except BadInput as bad:
        stop_with_problems(bad.problems, as_json=as_json)
    if as_json:
        print_json({"pending": told})
    else:
        _show(told)
    raise SystemExit(ANSWERED)


@app.command()
def acknowledge(
    numbers: Annotated[list[int] | None, typer.Argument(help="numbers of changes; with --all none")] = None,
    everything: Annotated[bool, typer.Option("--all", help="all that are pending")] = False,
    who: Annotated[str, typer.Option(help="who has seen them")] = "",
    why: Annotated[str, typer.Option(help="a remark")] = "",
    as_json: AsJson = False,
) -> None:
    """Record who has seen changed outcomes; they are not shown again."""
    from sekisho.feeds.home import home
    from sekisho.model.problem import Problem
    from sekisho.store.screening_book import ScreeningBook

    moment = datetime.now(UTC).isoformat(timespec="seconds")
    try:
        if not who.strip():
            raise BadInput([Problem("judge.who", "--who", "say who has seen them", "--who 'first and family name'")])
        if not numbers and not everything:
            raise BadInput([Problem("screening.which", "acknowledge", "say which", "numbers, or --all")])
        with ScreeningBook(home() / "screening.sqlite3") as book:
            seqs = [one.seq for one in book.pending()] if everything else list(numbers or ())
            count = book.acknowledge(seqs, who, moment, why)
    except BadInput as bad:
        stop_with_problems(bad.problems, as_json=as_json)
    if as_json:
        print_json({"acknowledged": count})
    else:
        console().print(f"{count:,} acknowledged by {who}", markup=False)
    raise SystemExit(ANSWERED)


@app.command()
def verify(as_json: AsJson = False) -> None:
    """Check that the book of screening is whole: every event follows from the one before."""
    from sekisho.feeds.home import home
    from sekisho.store.screening_book import ScreeningBook

    try:
        with ScreeningBook(home() / "screening.sqlite3") as book:
            damaged = book.damaged()
    except BadInput as bad:
        stop_with_problems(bad.problems, as_json=as_json)
    if as_json:
        print_json({"whole": not damaged, "damaged": damaged})
    else:
        console().print("the book is whole" if not damaged else f"damaged events: {damaged}")
    raise SystemExit(CHECK_FAILED if damaged else ANSWERED)


def change_document(change: Any, seq: int = 0, moment: str = "", cause: str = "") -> dict[str, Any]:
    """Give a changed outcome as JSON-ready data."""
    one = change.after or change.before
    kind: Literal["new", "gone", "score"] = change.kind
    return {
        "number": seq,
        "when": moment,
        "cause": cause,
        "kind": kind,
        "party": one.party,
        "list": one.source,
        "id": one.uid,
        "name": one.name,
        "before": change.before.score if change.before else None,
        "after": change.after.score if change.after else None,
    }


def _show(changes: list[dict[str, Any]]) -> None:
    out = console()
    for one in changes[:200]:
        before = "-" if one["before"] is None else f"{one['before']:.4f}"
        after = "-" if one["after"] is None else f"{one['after']:.4f}"
        line = f"{one['number']:>6}  {one['kind']:<5}  {before:>6} > {after:>6}  {one['party']}  {one['name']} ({one['id']})"
        out.print(line, markup=False)
    if len(changes) > 200:
        out.print(f"and {len(changes) - 200:,} more: --json shows all")
