"""``sekisho impact``: every decision that a change of law alters, before anyone signs it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from sekisho.feeds.packs import pack_ids
from sekisho.interfaces.cli.output import ANSWERED, BAD_INPUT, console, day_option, print_json, stop_with_problems
from sekisho.law.explain import OUTCOME_WORDS
from sekisho.model.problem import BadInput, Problem

app = typer.Typer(add_completion=False)
MOST = 12


@app.command()
def impact(
    table: Annotated[Path, typer.Argument(help="transfers as Parquet or CSV (docs/bulk.md)")],
    since: Annotated[str, typer.Option("--from", help="the law of this day ...")] = "",
    to: Annotated[str, typer.Option("--to", help="... against the law of this day")] = "",
    proposed: Annotated[Path | None, typer.Option(help="a pack folder: the law as it would be")] = None,
    law: Annotated[str, typer.Option(help="laws asked, by commas; all packs when left out")] = "",
    data: Annotated[str, typer.Option(help="rows of your own for tables of a pack (TOML)")] = "",
    rows: Annotated[int, typer.Option(help="how many changed rows to list", min=0)] = MOST,
    as_json: Annotated[bool, typer.Option("--json", help="JSON for machines (every changed row)")] = False,
    lang: Annotated[Literal["en", "ja"], typer.Option(help="language")] = "en",
) -> None:
    """Decide the same transfers under two states of the law and tell what differs, by country, item and licence type."""
    from rich.progress import BarColumn, Progress, TextColumn
    from rich.table import Table

    from sekisho.feeds.flat_rows import read_laws
    from sekisho.store.impact import Side, compare

    names = [name.strip() for name in law.split(",") if name.strip()] or list(pack_ids())
    try:
        first, second = day_option(since, "--from"), day_option(to, "--to")
        if (proposed is None) == (first is None or second is None):
            hint = "--from 2019-08-27 --to 2019-08-28, or --proposed PACKDIR"
            raise BadInput([Problem("usage", "impact", "give two days, or a proposed pack", hint)])
        now = read_laws(names, data)
        if proposed is not None:
            other = read_laws([*(name for name in names if name != _id_of(proposed)), str(proposed.resolve())], data)
            known = {pack.id for pack in other.packs}
            now = read_laws([name for name in names if name in known], data)
        else:
            other = now
        bar = Progress(
            TextColumn("{task.description}"), BarColumn(), console=console(stderr=True), transient=True, disable=as_json
        )
        with bar:
            task = bar.add_task("opening", total=1.0)
            found, before, after = compare(
                table,
                Side(now, first),
                Side(other, second),
                lambda phase, share: bar.update(task, description=phase, completed=share),
            )
    except BadInput as bad:
        stop_with_problems(bad.problems, as_json=as_json)
    if as_json:
        print_json({**found.as_json(), "refused_before": before.refused, "refused_after": after.refused})
    else:
        out = console()
        word = {"en": "of {:,} decisions change", "ja": "（{:,}件中）の判定が変わる"}[lang].format(found.compared)
        out.print(f"[bold]{len(found.changed):,}[/] {word}")
        for head, counts in (
            ({"en": "Outcome", "ja": "結論"}, found.moves),
            ({"en": "Country", "ja": "国・地域"}, found.countries),
            ({"en": "Item", "ja": "項番"}, found.items),
            ({"en": "Licence types (+ opens, - closes)", "ja": "許可の種類（+ 追加、- 除外）"}, found.licences),
        ):
            if counts:
                out.print(f"\n[bold]{head[lang]}[/]")
                for name, count in list(counts.items())[:MOST]:
                    told = name
                    for outcome, words in OUTCOME_WORDS.items():
                        if head["en"] == "Outcome":
                            told = told.replace(f"{outcome} →", f"{words[lang]} →").replace(
                                f"→ {outcome}", f"→ {words[lang]}"
                            )
                    out.print(f"  {count:,}  {told}")
        if found.changed and rows:
            listed = Table(box=None, header_style="bold", padding=(0, 2, 0, 0))
            for column in ("row", "id", "to", "entries", "before", "after"):
                listed.add_column(column)
            for one in found.changed[:rows]:
                listed.add_row(str(one.row), one.id, one.to, one.entries, one.before, one.after)
            out.print()
            out.print(listed)
    raise SystemExit(BAD_INPUT if before.refused or after.refused else ANSWERED)


def _id_of(folder: Path) -> str:
    """The law that a pack folder is about."""
    from sekisho.feeds.packs import load_pack

    return load_pack(str(folder.resolve())).id
