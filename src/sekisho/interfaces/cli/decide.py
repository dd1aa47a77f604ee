"""``sekisho decide``: may this go, under which licence, why, and what is still to be known."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from sekisho.app.decide import decide_transfer
from sekisho.app.written import answer_document
from sekisho.feeds.packs import load_pack, pack_ids
from sekisho.feeds.transfer_file import read_transfer
from sekisho.interfaces.cli.output import ANSWERED, CHECK_FAILED, day_option, print_json, stop_with_problems
from sekisho.law.pack import Pack
from sekisho.model.problem import BadInput

app = typer.Typer(add_completion=False)


@app.command()
def decide(
    file: Annotated[Path, typer.Argument(help="the transfer file (TOML or JSON)")],
    law: Annotated[str, typer.Option(help="laws asked, by commas; all packs when left out")] = "",
    on: Annotated[str, typer.Option(help="decide as of this day instead of the file's (2026-11-20)")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="JSON for machines")] = False,
    gate: Annotated[bool, typer.Option(help="exit 1 when the transfer may not ship")] = False,
    turning_points: Annotated[
        bool, typer.Option("--turning-points", help="which known facts, if changed, would change the outcome")
    ] = False,
    trace: Annotated[bool, typer.Option(help="show every rule that was asked")] = False,
    lang: Annotated[Literal["en", "ja"], typer.Option(help="language of the answer")] = "en",
    data: Annotated[Path | None, typer.Option(help="rows of your own for tables of a pack (TOML)")] = None,
) -> None:
    """Decide one transfer: outcome, deciding rules, what would lift it, licences, duties, questions."""
    try:
        packs = load_packs(law, data)
        transfer = read_transfer(file, packs, day=day_option(on, "--on"))
        answer = decide_transfer(packs, transfer, file.name)
    except BadInput as bad:
        stop_with_problems(bad.problems, as_json=as_json)
    document = answer_document(answer, lang)
    if turning_points:
        from sekisho.law.turning import turning_points as find

        points = find(packs, answer)
        document["turning_points"] = [point.as_json() for point in points]
    if as_json:
        print_json(document)
    else:
        from sekisho.interfaces.cli.decide_view import show

        show(packs, answer, document, lang, trace=trace)
    raise SystemExit(CHECK_FAILED if gate and not answer.releasable else ANSWERED)


def load_packs(law: str, data: Path | None = None) -> list[Pack]:
    """Load the packs named by commas (all when none is), with the user's own rows."""
    names = [name.strip() for name in law.split(",") if name.strip()] or list(pack_ids())
    extra: dict[str, Any] = {}
    if data is not None:
        from sekisho.feeds.pack_data import read_rows

        extra = read_rows(data)
    return [
        load_pack(name, extra={table: rows for table, rows in extra.items() if table.startswith(f"{name}:")})
        for name in names
    ]
