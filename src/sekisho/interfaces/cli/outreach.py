"""``sekisho outreach``: assess countries, order them by priority, divide the work.

What stands here is the first slice: assessment sets with their findings, priority and the table of roles.
"""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from sekisho.feeds import outreach_files
from sekisho.feeds.reference import place_name
from sekisho.interfaces.cli.output import console, print_json, stop_with_problems
from sekisho.model.problem import BadInput
from sekisho.outreach.elements import elements_of, rate
from sekisho.outreach.history import findings, standings, status_of
from sekisho.outreach.method import role_table
from sekisho.outreach.priority import rank as ranked

app = typer.Typer(add_completion=False, no_args_is_help=True)

Name = Annotated[str, typer.Option("--assessment", help="a shipped set (history-2008) or a TOML file")]
Json = Annotated[bool, typer.Option("--json", help="JSON for machines")]
Lang = Annotated[Literal["en", "ja"], typer.Option(help="language")]

HISTORY = {
    "en": "History, never the current picture.",
    "ja": "歴史資料であり、現在の評価ではない。",
}
RISKS = {
    "high": {"en": "high", "ja": "高"},
    "low": {"en": "low", "ja": "低"},
    "unknown": {"en": "unknown", "ja": "不明"},
}


@app.command()
def assess(name: Name, as_json: Json = False, lang: Lang = "en") -> None:
    """Show an assessment set: each place with its category and risk, the programme, and what is odd about the data."""
    try:
        found, method = outreach_files.assessment(name), outreach_files.method()
    except BadInput as bad:
        stop_with_problems(bad.problems, as_json=as_json)
    odd = findings(found, method)
    rows = [(rated, rate(elements_of(rated.category))) for rated in found.ratings]
    if as_json:
        print_json(
            {
                "assessment": found.id,
                "status": found.status,
                "day": found.day.isoformat(),
                "assessor": found.assessor,
                "tentative": found.tentative,
                "source": found.source,
                "ratings": [
                    {"place": one.place, "raw": one.raw, "category": rating.category, "risk": one.risk}
                    for one, rating in rows
                ],
                "activities": [
                    {
                        "tool": one.tool,
                        "host": one.host,
                        "place": one.place,
                        "year": one.year,
                        "month": one.month,
                        "said": one.said,
                        "status": status_of(one, found.day),
                    }
                    for one in found.activities
                ],
                "findings": [{"code": one.code, "says": one.says[lang], "places": list(one.places)} for one in odd],
            }
        )
        return
    from rich.table import Table

    out = console()
    _title(found.title[lang], found.status, lang)
    table = Table(box=None, header_style="bold", padding=(0, 2, 0, 0))
    for head in {"en": ("place", "category", "risk"), "ja": ("国・地域", "区分", "リスク")}[lang]:
        table.add_column(head)
    for one, rating in rows:
        table.add_row(f"{one.place} {place_name(one.place, lang)}", str(rating.category), RISKS[one.risk][lang])
    out.print(table)
    out.print({"en": "\n[bold]What is odd about the data[/]", "ja": "\n[bold]データについての指摘[/]"}[lang])
    for finding in odd:
        out.print(f"  {finding.code} {finding.says[lang]}")


@app.command()
def rank(name: Name, as_json: Json = False, lang: Lang = "en") -> None:
    """Order the places by priority: the risk of diversion first."""
    try:
        found, method = outreach_files.assessment(name), outreach_files.method()
    except BadInput as bad:
        stop_with_problems(bad.problems, as_json=as_json)
    order = ranked(standings(found), method.factors, method.threshold)
    if as_json:
        ranking = [
            {
                "place": one.place,
                "category": one.category,
                "risk": one.risk,
                "rank": one.rank,
                "best_rank": one.best,
                "worst_rank": one.worst,
            }
            for one in order
        ]
        print_json({"assessment": found.id, "status": found.status, "day": found.day.isoformat(), "ranking": ranking})
        return
    from rich.table import Table

    _title(found.title[lang], found.status, lang)
    table = Table(box=None, header_style="bold", padding=(0, 2, 0, 0))
    heads = {
        "en": ("", "place", "category", "risk", "rank range"),
        "ja": ("", "国・地域", "区分", "リスク", "順位の幅"),
    }
    for head in heads[lang]:
        table.add_column(head)
    for one in order:
        place = f"{one.place} {place_name(one.place, lang)}"
        table.add_row(str(one.rank), place, str(one.category), RISKS[one.risk][lang], f"{one.best}–{one.worst}")
    console().print(table)


@app.command()
def roles(as_json: Json = False, lang: Lang = "en") -> None:
    """Show who does what for each category, where donors must agree and which cell nobody covers."""
    try:
        method = outreach_files.method()
    except BadInput as bad:
        stop_with_problems(bad.problems, as_json=as_json)
    cells = role_table(method)
    if as_json:
        told = [
            {
                "category": cell.category,
                "tool": cell.tool,
                "mark": cell.mark,
                "lead": list(cell.lead),
                "if_necessary": list(cell.second),
                "state": cell.state,
            }
            for cell in cells
        ]
        print_json({"roles": told})
        return
    from rich.table import Table

    table = Table(box=None, header_style="bold", padding=(0, 2, 0, 0))
    heads = {
        "en": ("category", "tool", "mark", "lead", "if necessary", "state"),
        "ja": ("区分", "手段", "印", "主担当", "必要に応じ", "状態"),
    }
    for head in heads[lang]:
        table.add_column(head)
    for cell in cells:
        says = method.tools[cell.tool].says[lang]
        table.add_row(str(cell.category), says, cell.mark, ", ".join(cell.lead), ", ".join(cell.second), cell.state)
    console().print(table)


def _title(title: str, status: str, lang: str) -> None:
    out = console()
    out.print(f"[bold]{title}[/]")
    if status == "history":
        out.print(f"[bold red]{HISTORY[lang]}[/]\n")
