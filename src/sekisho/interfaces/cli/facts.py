"""``sekisho facts``: every key that a transfer file may state, with its meaning and what silence means."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import typer

from sekisho.app.written import plain
from sekisho.interfaces.cli.decide import load_packs
from sekisho.interfaces.cli.output import console, print_json, stop_with_problems
from sekisho.law.facts import Fact
from sekisho.model.problem import BadInput

app = typer.Typer(add_completion=False)


@app.command()
def facts(
    only: Annotated[str, typer.Argument(help="only keys that contain this")] = "",
    law: Annotated[str, typer.Option(help="laws asked, by commas; all packs when left out")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="JSON for machines")] = False,
    derived: Annotated[bool, typer.Option(help="the facts that the system works out, too")] = False,
    markdown: Annotated[bool, typer.Option(help="as the table of docs/transfer-file.md")] = False,
    lang: Annotated[Literal["en", "ja"], typer.Option(help="language")] = "en",
) -> None:
    """List the keys of a transfer file."""
    try:
        packs = load_packs(law)
    except BadInput as bad:
        stop_with_problems(bad.problems, as_json=as_json)
    catalogue = {fact.id: fact for pack in packs for fact in pack.facts.values() if fact.id.count("entries.") == 0}
    chosen = [fact for fact in catalogue.values() if only in fact.id and (derived or not fact.derived)]
    if as_json:
        print_json({"facts": [_as_json(fact) for fact in chosen]})
        return
    if markdown:
        print("\n".join(_markdown(chosen)))
        return
    from rich.table import Table

    heads = {
        "en": ("key", "type", "meaning", "values", "when absent"),
        "ja": ("キー", "型", "意味", "値", "記載がないとき"),
    }
    table = Table(box=None, header_style="bold", padding=(0, 2, 0, 0))
    for head in heads[lang]:
        table.add_column(head, overflow="fold")
    for fact in chosen:
        table.add_row(fact.id, fact.type, fact.says[lang], ", ".join(fact.values), _silence(fact, lang))
    console().print(table)


def _markdown(chosen: list[Fact]) -> list[str]:
    rows = ["| key | type | meaning | 意味 | values | when absent |", "|---|---|---|---|---|---|"]
    for fact in chosen:
        values = ", ".join(f"`{value}`" for value in fact.values)
        rows.append(
            f"| `{fact.id}` | {fact.type} | {fact.says['en']} | {fact.says['ja']} | {values} | {_silence(fact, 'en')} |"
        )
    return rows


def _silence(fact: Fact, lang: str) -> str:
    if fact.required:
        return {"en": "must be given", "ja": "必須"}[lang]
    if fact.missing is None:
        return {"en": "unknown", "ja": "不明"}[lang]
    return "[]" if fact.missing == frozenset() else str(fact.missing)


def _as_json(fact: Fact) -> dict[str, Any]:
    return {
        "key": fact.id,
        "type": fact.type,
        "values": list(fact.values),
        "required": fact.required,
        "missing": plain(fact.missing),
        "derived": fact.derived,
        "aliases": dict(fact.aliases),
        "says": dict(fact.says),
        "ask": dict(fact.ask),
    }
