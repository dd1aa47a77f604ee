"""``sekisho law show``: a rule, a set, a fact or a list row in words, with its citations and where it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from sekisho.interfaces.cli.output import day_option, print_json, stop_with_problems
from sekisho.model.problem import BadInput, Problem


def law_show(
    ident: Annotated[str, typer.Argument(metavar="ID", help="rule, term, set, fact, list, list row, source or claim")],
    on: Annotated[str, typer.Option(help="only what is in force that day (2026-11-20)")] = "",
    law: Annotated[str, typer.Option(help="the pack, or its folder; all packs when left out")] = "",
    lang: Annotated[Literal["en", "ja"], typer.Option(help="language")] = "en",
    texts: Annotated[
        Path | None, typer.Option(help="folder with the official texts (TEXT_ID.md); else SEKISHO_TEXTS")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON for machines")] = False,
) -> None:
    """Show one part of the law in words; the official words too, when the text is at hand."""
    try:
        shown = described(ident, law, on, lang, texts)
    except BadInput as bad:
        stop_with_problems(bad.problems, as_json=as_json)
    if as_json:
        print_json({"form": "sekisho.law-show/1", "on": on or None, "found": shown})
        return
    from sekisho.interfaces.cli.law_show_view import show

    for number, document in enumerate(shown):
        show(document, lang, first=number == 0)


def described(ident: str, law: str, on: str, lang: str, texts: Path | None) -> list[dict[str, Any]]:
    """Find ``ident`` in the packs asked; BadInput names what is most like it when it is nowhere."""
    from sekisho.feeds.fact_values import plain_path
    from sekisho.feeds.law_texts import load_texts, texts_folder
    from sekisho.feeds.pack_lines import with_line
    from sekisho.feeds.packs import load_pack, pack_folder, pack_ids
    from sekisho.feeds.reference import place_name
    from sekisho.law.describe import Describer

    day = day_option(on, "--on")
    names = [law] if law else list(pack_ids())
    folder = texts_folder(texts)
    found: list[dict[str, Any]] = []
    near: list[str] = []
    for name in names:
        pack = load_pack(name)
        describer = Describer(pack, lang, day, load_texts([pack], folder), place_name)
        for document in describer.find(ident) or describer.find(plain_path(ident)):
            found.append({**document, "where": with_line(pack_folder(name), document["where"])})
        near += describer.nearest(ident)
    if not found:
        hint = f"did you mean {', '.join(near[:5])}?" if near else f"look into {', '.join(names)}"
        raise BadInput([Problem("show-unknown", ident, "there is nothing of this name in the law", hint)])
    return found
