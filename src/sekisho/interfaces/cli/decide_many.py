"""``sekisho decide-many``: every row of a Parquet or CSV table, in DuckDB, on one machine or a Dask cluster."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from sekisho.feeds.packs import pack_ids
from sekisho.interfaces.cli.output import (
    ANSWERED,
    BAD_INPUT,
    CHECK_FAILED,
    console,
    day_option,
    print_json,
    stop_with_problems,
)
from sekisho.law.explain import OUTCOME_WORDS
from sekisho.model.problem import BadInput

app = typer.Typer(add_completion=False)
MOST = 10


@app.command()
def decide_many(
    table: Annotated[
        Path, typer.Argument(help="a Parquet or CSV file: one row an item, one column a fact (docs/bulk.md)")
    ],
    out: Annotated[Path, typer.Option(help="where the answers go (.parquet, .csv, .tsv)")],
    law: Annotated[str, typer.Option(help="laws asked, by commas; all packs when left out")] = "",
    on: Annotated[str, typer.Option(help="decide as of this day instead of the rows' own")] = "",
    refused: Annotated[Path | None, typer.Option(help="where bad rows go; beside --out when left out")] = None,
    cluster: Annotated[str, typer.Option(help="address of a Dask scheduler that carries the partitions")] = "",
    rows_a_part: Annotated[int, typer.Option(help="rows of one partition on a cluster", min=1)] = 250_000,
    data: Annotated[str, typer.Option(help="rows of your own for tables of a pack (TOML)")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="JSON for machines")] = False,
    gate: Annotated[bool, typer.Option(help="exit 1 when one row may not ship")] = False,
    lang: Annotated[Literal["en", "ja"], typer.Option(help="language")] = "en",
) -> None:
    """Decide a table of transfers. Bad rows are written beside the good with what is wrong; exit 2 when there are any."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from sekisho.feeds.flat_rows import read_laws
    from sekisho.store.bulk import beside, decide_table

    names = [name.strip() for name in law.split(",") if name.strip()] or list(pack_ids())
    try:
        day = day_option(on, "--on")
        bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f} %"),
            TimeElapsedColumn(),
            console=console(stderr=True),
            transient=True,
            disable=as_json,
        )
        with bar:
            task = bar.add_task("opening", total=1.0)

            def heard(phase: str, share: float) -> None:
                bar.update(task, description=phase, completed=share)

            if cluster:
                from sekisho.store.cluster import decide_on_cluster

                summary = decide_on_cluster(
                    table,
                    out,
                    names,
                    read_laws,
                    address=cluster,
                    rows=data,
                    on=day,
                    refused=refused,
                    part=rows_a_part,
                    heard=heard,
                )
            else:
                summary = decide_table(table, out, read_laws(names, data), refused=refused, on=day, heard=heard)
    except BadInput as bad:
        stop_with_problems(bad.problems, as_json=as_json)
    told = summary.as_json()
    told["out"] = str(out)
    told["refused_rows"] = str(refused or beside(out)) if summary.refused else ""
    if as_json:
        print_json(told)
    else:
        from rich.table import Table

        screen = console()
        words = {"en": "rows decided", "ja": "行を判定"}[lang]
        screen.print(f"[bold]{summary.decided:,}[/] {words} → {out}")
        counts = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
        for outcome, count in summary.by_outcome.items():
            counts.add_row(OUTCOME_WORDS[outcome][lang], f"{count:,}")
        screen.print(counts)
        for head, found in (
            ({"en": "Open questions, by rows", "ja": "未回答の質問（行数）"}, summary.questions),
            ({"en": "Flags, by rows", "ja": "注意（行数）"}, summary.flags),
            ({"en": "Refused, by fault", "ja": "受理できない行（理由別）"}, summary.problems),
        ):
            if found:
                screen.print(f"\n[bold]{head[lang]}[/]")
                for name, count in list(found.items())[:MOST]:
                    screen.print(f"  {count:,}  {name}")
        if summary.refused:
            screen.print(f"\n[bold red]{summary.refused:,}[/] → {told['refused_rows']}")
    if summary.refused:
        raise SystemExit(BAD_INPUT)
    raise SystemExit(CHECK_FAILED if gate and not summary.releasable else ANSWERED)
