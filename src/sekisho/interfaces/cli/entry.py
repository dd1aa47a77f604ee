"""``sekisho entry``: one entry of a control list, with its tree, conditions, notes and its counterparts elsewhere."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from sekisho.interfaces.cli.output import console, day_option, print_json, stop_with_problems
from sekisho.model.problem import BadInput

if TYPE_CHECKING:
    from rich.console import Console

    from sekisho.feeds.texts.entry_view import EntryView, Paragraph

app = typer.Typer(add_completion=False, help="Show one entry of a control list.")

_SAYS = {
    "reasons": ("Reasons for control", "規制理由"),
    "regime": ("Regime", "レジーム"),
    "edition": ("Text of", "原文の日付"),
    "own": ("own copy", "手元の原文"),
    "shipped": ("without the text: own headings and numbers only", "原文なし：独自の見出しと数値のみ"),
    "corresponding": ("In other lists", "他のリストの対応項番"),
    "names": ("Names", "参照先"),
    "named by": ("Named by", "参照元"),
    "definitions": ("Terms defined here", "ここで定義される用語"),
    "requirements": ("Licence requirements", "許可要件"),
    "condition": ("condition (draft)", "条件（案）"),
    "reserved": ("[reserved]", "［欠番］"),
    "and": ("all of", "全て"),
    "or": ("any of", "いずれか"),
    "none": ("none of", "いずれにも該当しない"),
}
_RESTS_ON = {
    "words": ("the words agree", "文言が一致"),
    "number": ("the same number", "番号が同じ"),
    "renumbered": ("the same number; paragraphs below are numbered otherwise", "番号は同じ、以下の項は番号が異なる"),
    "numbers": ("figures in common: {}", "共通の数値 {}"),
    "subject": ("the subject", "対象が同じ"),
    "ordinance": ("the ordinance", "省令の定め"),
    "regime": ("the regime's numbering", "レジームの番号"),
}
_CERTAINTY = {"V": ("verified", "確認済み"), "S": ("likely", "有力"), "K": ("general knowledge", "一般知識")}


@app.command()
def entry(
    path: Annotated[str, typer.Argument(help="The path: 3A001.a.5.a, 3A001a5a, 6(2), 5(ii)イ(一).")],
    list_name: Annotated[
        str, typer.Option("--list", help="us-ccl, eu-annex-1, jp-table-1, jp-feo, jp-goods.")
    ] = "us-ccl",
    on: Annotated[str, typer.Option(help="as the list stood on this day (2026-11-20); today when left out")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="JSON for machines")] = False,
    lang: Annotated[Literal["en", "ja"], typer.Option(help="language of the answer")] = "en",
) -> None:
    """Show the tree of an entry, its conditions, notes, related entries and counterparts in the other lists."""
    from sekisho.feeds.texts.entry_view import view

    try:
        shown = view(path, list_name, day_option(on, "--on") or date.today())  # noqa: DTZ011
    except BadInput as error:
        stop_with_problems(error.problems, as_json=as_json)
    if as_json:
        print_json(shown.as_json())
    else:
        _show(shown, lang)


def _show(shown: EntryView, lang: str) -> None:
    from rich.markup import escape

    from sekisho.classify.paths import printed

    out = console()
    title = shown.heading.say(lang) if shown.heading else ""
    own = printed(shown.list, shown.path)
    out.print(f"[bold]{escape(shown.path)}[/]  {escape(title)}" + (f"  ({escape(own)})" if own != shown.path else ""))
    copy = _say("own" if shown.own_copy else "shipped", lang)
    out.print(f"[dim]{shown.list}, {_say('edition', lang)} {shown.edition} ({copy})[/]")
    if shown.reasons:
        out.print(f"{_say('reasons', lang)}: {', '.join(shown.reasons)}")
    if shown.regime:
        out.print(f"{_say('regime', lang)}: {shown.regime}")
    out.print()
    for paragraph in shown.above:
        _paragraph(out, paragraph, lang, dim=True)
    for paragraph in shown.paragraphs:
        _paragraph(out, paragraph, lang)
    _tables(out, shown, lang)


def _paragraph(out: Console, paragraph: Paragraph, lang: str, *, dim: bool = False) -> None:
    from rich.markup import escape

    indent = "  " * paragraph.depth
    own = paragraph.says.ja if lang == "ja" else paragraph.says.en
    words = paragraph.text or "; ".join(part for part in (own, *paragraph.numbers) if part)
    words = _say("reserved", lang) if paragraph.reserved else words
    join = f" [cyan]({_say(paragraph.join, lang)})[/]" if paragraph.join else ""
    line = f"{indent}[bold]{escape(paragraph.path)}[/]  {escape(words)}{join}"
    out.print(f"[dim]{line}[/]" if dim else line)
    for condition in () if dim else paragraph.says.lines:
        out.print(f"{indent}    [green]{_say('condition', lang)}: {escape(condition)}[/]")
    for note in () if dim else paragraph.notes:
        text = " / ".join(note.text.splitlines())
        out.print(f"{indent}    [yellow]{escape(note.label or note.kind)}[/]: {escape(text)}")


def _tables(out: Console, shown: EntryView, lang: str) -> None:
    from rich.markup import escape

    if shown.requirements:
        out.print(f"\n[bold]{_say('requirements', lang)}[/]")
        for reason, applies, target in shown.requirements:
            out.print(f"  {escape(reason)} {escape(applies)}: {escape(target)}")
    if shown.definitions:
        out.print(f"\n[bold]{_say('definitions', lang)}[/]")
        for term, words in shown.definitions:
            out.print(f"  {escape(term)}: {escape(words)}")
    for direction in ("names", "named by"):
        related = [one for one in shown.related if one.direction == direction]
        if related:
            out.print(f"\n[bold]{_say(direction, lang)}[/]")
            for one in related:
                out.print(f"  {escape(one.path)}  {escape(one.heading.say(lang) if one.heading else '')}")
    if shown.corresponding:
        from sekisho.feeds.texts.shelf import heading

        out.print(f"\n[bold]{_say('corresponding', lang)}[/]")
        for link in shown.corresponding:
            said = heading(link.list, link.path) if link.list != "wassenaar" else None
            sure = _CERTAINTY[link.certainty][1 if lang == "ja" else 0]
            words = said.say(lang) if said else ""
            why = _RESTS_ON[link.rests_on][1 if lang == "ja" else 0].format(link.shared)
            out.print(f"  {link.list} {escape(link.path)}  {escape(words)}  [dim]{sure}: {why}[/]")


def _say(key: str, lang: str) -> str:
    return _SAYS[key][1 if lang == "ja" else 0]
