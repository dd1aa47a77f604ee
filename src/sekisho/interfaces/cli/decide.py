"""``sekisho decide``: may this go, under which licence, why, and what is still to be known."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from sekisho.app.decide import decide_transfer
from sekisho.app.written import answer_document
from sekisho.feeds.asked import load_with, read_asked
from sekisho.feeds.packs import pack_ids
from sekisho.interfaces.cli.output import ANSWERED, CHECK_FAILED, day_option, print_json, stop_with_problems
from sekisho.law.pack import Pack
from sekisho.model.problem import BadInput

app = typer.Typer(add_completion=False)


@app.command()
def decide(
    file: Annotated[Path, typer.Argument(help="the transfer file (TOML or JSON)")],
    law: Annotated[
        str,
        typer.Option(
            help="laws asked, by commas (jp,us); all: every law that may attach; the finished packs when left out"
        ),
    ] = "",
    on: Annotated[str, typer.Option(help="decide as of this day instead of the file's (2026-11-20)")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="JSON for machines")] = False,
    gate: Annotated[bool, typer.Option(help="exit 1 when the transfer may not ship")] = False,
    turning_points: Annotated[
        bool, typer.Option("--turning-points", help="which known facts, if changed, would change the outcome")
    ] = False,
    trace: Annotated[bool, typer.Option(help="show every rule that was asked")] = False,
    lang: Annotated[Literal["en", "ja"], typer.Option(help="language of the answer")] = "en",
    screen: Annotated[bool, typer.Option("--screen", help="screen the parties first, and use what is settled")] = False,
    data: Annotated[Path | None, typer.Option(help="rows of your own for tables of a pack (TOML)")] = None,
) -> None:
    """Decide one transfer: outcome, deciding rules, what would lift it, licences, duties, questions."""
    try:
        asked = read_asked(file, named(law), own_rows(data), day=day_option(on, "--on"))
        packs, transfer = asked.packs, asked.transfer
        screening: Any = None
        if screen:
            from sekisho.interfaces.cli.screen_transfer import screened

            screening = screened(transfer, packs, file.name, day_option(on, "--on"))
            transfer = screening[0].transfer
        answer = decide_transfer(packs, transfer, file.name, asked.attached)
    except BadInput as bad:
        stop_with_problems(bad.problems, as_json=as_json)
    document = answer_document(answer, lang)
    if turning_points:
        from sekisho.law.turning import turning_points as find

        points = find(packs, answer)
        document["turning_points"] = [point.as_json() for point in points]
    if screening is not None:
        from sekisho.interfaces.cli import screen_transfer

        document["screening"] = screen_transfer.document(screening[0], screening[1], lang)
        if not as_json:
            screen_transfer.show(screening[0], screening[1], lang)
    if as_json:
        print_json(document)
    else:
        from sekisho.interfaces.cli.decide_view import show

        show(packs, answer, document, lang, trace=trace)
    raise SystemExit(CHECK_FAILED if gate and not answer.releasable else ANSWERED)


EVERY = "all"
"""``--law all``: every law that may attach, the previews too; a law that may attach and has no pack keeps it open."""


def named(law: str) -> list[str]:
    """The laws named by commas; the finished packs when none is; none for ``all``, so that the nexus chooses."""
    if law.strip() == EVERY:
        return []
    return [name.strip() for name in law.split(",") if name.strip()] or list(pack_ids())


def own_rows(data: Path | None) -> dict[str, Any]:
    """The user's own rows for tables of packs."""
    if data is None:
        return {}
    from sekisho.feeds.pack_data import read_rows

    return dict(read_rows(data))


def load_packs(law: str, data: Path | None = None) -> list[Pack]:
    """Load the packs named by commas (all when none is), with the user's own rows."""
    extra = own_rows(data)
    return [load_with(name, extra) for name in named(law) or pack_ids(previews=True)]
