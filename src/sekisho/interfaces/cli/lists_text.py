"""``sekisho lists text``: keep the official list texts of the installation, and see what a new edition changes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from sekisho.interfaces.cli.output import ANSWERED, CHECK_FAILED, console, day_option, print_json, stop_with_problems
from sekisho.model.problem import BadInput, Problem

if TYPE_CHECKING:
    from sekisho.classify.textdiff import Change, Kind, TextDiff
    from sekisho.classify.tree import ControlList
    from sekisho.feeds.texts.editions import TextManifest

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Official list texts: import a copy, see what an edition changes."
)

AsJson = Annotated[bool, typer.Option("--json", help="JSON for machines")]
Lang = Annotated[Literal["en", "ja"], typer.Option(help="language of the answer")]
AsOf = Annotated[str, typer.Option(help="the day of the text (2026-06-24), where the file does not tell")]

KINDS: tuple[Kind, ...] = ("added", "removed", "moved", "reworded", "notes", "requirements")
_SAYS = {
    "added": ("added", "追加"),
    "removed": ("removed", "削除"),
    "moved": ("moved", "移動"),
    "reworded": ("reworded", "改正"),
    "notes": ("notes changed", "注の変更"),
    "requirements": ("reasons for control changed", "規制理由の変更"),
    "stale": ("conditions made stale", "見直しが要る条件"),
    "nothing": ("Nothing changed.", "変更はありません。"),
    "none": ("No list text is kept. Import one: sekisho lists text import FILE", "リストの原文はまだありません。"),
    "kept": ("kept", "保存しました"),
    "gone": ("its paragraph is gone", "項番がなくなりました"),
    "changed": ("its words changed", "文言が変わりました"),
}


@app.command("import")
def import_command(
    file: Annotated[
        Path, typer.Argument(help="The publisher's file: eCFR XML, e-Gov XML or Markdown, EU text or Formex.")
    ],
    as_of: AsOf = "",
    accept: Annotated[
        str, typer.Option("--accept", help="Entries whose absence is right, by comma; 'all' for every one.")
    ] = "",
    as_json: AsJson = False,
    lang: Lang = "en",
) -> None:
    """Read, check and keep an official list text; a text that was damaged is refused and the former one stays."""
    from sekisho.feeds.home import home
    from sekisho.feeds.texts.editions import TextOrder, import_text

    words = tuple(word.strip() for word in accept.split(",") if word.strip())
    try:
        day = day_option(as_of, "--as-of")
        with console(stderr=True).status(f"reading {file.name}"):
            held = import_text(TextOrder(file, home(), datetime.now(UTC), day, words))
    except BadInput as error:
        stop_with_problems(error.problems, as_json=as_json)
    if as_json:
        print_json(held.as_json())
        return
    _show_manifest(held, lang)


@app.command("status")
def status_command(as_json: AsJson = False, lang: Lang = "en") -> None:
    """List the kept editions of every list text."""
    from sekisho.feeds.texts.editions import editions
    from sekisho.feeds.texts.reading import TITLES

    try:
        held = [one for list_id in TITLES for one in editions(list_id)]
    except BadInput as error:
        stop_with_problems(error.problems, as_json=as_json)
    if as_json:
        print_json({"texts": [one.as_json() for one in held]})
        return
    if not held:
        console().print(_say("none", lang))
    for one in held:
        _show_manifest(one, lang)


@app.command("diff")
def diff_command(
    old: Annotated[str, typer.Argument(help="A file, or LIST@DAY for a kept edition (us-ccl@2026-06-24).")],
    new: Annotated[str, typer.Argument(help="A file, or LIST@DAY.")],
    entry: Annotated[str, typer.Option("--entry", help="Show only this entry.")] = "",
    gate: Annotated[bool, typer.Option("--gate", help="Exit 1 when a condition is stale.")] = False,
    as_json: AsJson = False,
    lang: Lang = "en",
) -> None:
    """Tell what changed between two editions, word by word, and which conditions that makes stale."""
    from sekisho.classify.textdiff import diff
    from sekisho.feeds.texts.bound import bindings

    try:
        with console(stderr=True).status("reading both editions"):
            before, after = _text(old), _text(new)
            if before.id != after.id:
                hint = "compare two editions of one list"
                raise BadInput([Problem("text.two-lists", new, f"this is {after.id}, the other {before.id}", hint)])
            found = diff(before, after, bindings(before.id))
    except BadInput as error:
        stop_with_problems(error.problems, as_json=as_json)
    changes = [one for one in found.changes if not entry or one.path.startswith(entry)]
    if as_json:
        print_json(_diff_json(found, changes))
    else:
        _show_diff(found, changes, lang)
    raise SystemExit(CHECK_FAILED if gate and found.stale else ANSWERED)


@app.command("skeleton")
def skeleton_command(
    file: Annotated[str, typer.Argument(help="A file, or LIST@DAY.")],
    out: Annotated[Path, typer.Option("--out", help="Where to write the paths (JSON lines).")],
    as_of: AsOf = "",
) -> None:
    """Write the paths of a list without its words, as the packs ship them (for those who keep the packs)."""
    from dataclasses import replace

    from sekisho.feeds.files import write_whole
    from sekisho.feeds.texts.skeleton import skeleton, to_jsonl

    try:
        day = day_option(as_of, "--as-of")
        read = _text(file)
    except BadInput as error:
        stop_with_problems(error.problems, as_json=False)
    if day is not None:
        read = replace(read, version=day)
    held = skeleton(read)
    write_whole(out, to_jsonl(held))
    console().print(f"{out.name}: {len(held.entries):,} entries, {len(held.rows):,} paths")


def _text(named: str) -> ControlList:
    """Read a file, or load the kept edition that ``LIST@DAY`` names."""
    from sekisho.feeds.texts.editions import edition_on, load, read_file
    from sekisho.feeds.texts.reading import TITLES, read_text

    list_id, at, day = named.partition("@")
    if list_id in TITLES and not Path(named).exists():
        held = edition_on(list_id, day_option(day, named) if at else None)
        if held is None:
            says = f"no copy of {list_id} is kept" + (f" for {day}" if day else "")
            raise BadInput([Problem("text.no-edition", named, says, "sekisho lists text status shows what there is")])
        return load(held)
    path = Path(named)
    return read_text(read_file(path), path.name)


def _say(key: str, lang: str) -> str:
    return _SAYS[key][1 if lang == "ja" else 0]


def _show_manifest(held: TextManifest, lang: str) -> None:
    from sekisho.feeds.texts.reading import TITLES

    counts = held.counts
    title = TITLES[held.list]["ja" if lang == "ja" else "en"]
    console().print(f"[bold]{held.list}[/] {held.as_of}  {title}")
    if lang == "ja":
        line = f"  項目 {counts['entries']:,}・段落 {counts['nodes']:,}・注 {counts['notes']:,}・"
        line += f"参照 {counts['references']:,}（解決 {held.resolved:.2%}）  sha256 {held.sha256[:12]}"
    else:
        line = f"  {counts['entries']:,} entries, {counts['nodes']:,} paragraphs, {counts['notes']:,} notes, "
        line += f"{counts['references']:,} references ({held.resolved:.2%} resolve)  sha256 {held.sha256[:12]}"
    console().print(line)


def _diff_json(found: TextDiff, changes: list[Change]) -> dict[str, Any]:
    return {
        "list": found.list,
        "old": found.old,
        "new": found.new,
        "counts": {
            kind: found.count(kind) for kind in ("added", "removed", "moved", "reworded", "notes", "requirements")
        },
        "changes": [
            {
                "kind": one.kind,
                "path": one.path,
                "moved_from": one.moved_from,
                "before": one.before,
                "after": one.after,
                "pieces": [{"kind": piece.kind, "words": piece.words} for piece in one.pieces()],
            }
            for one in changes
        ],
        "stale": [{"entry": one.binding.entry, "path": one.binding.path, "why": one.why} for one in found.stale],
    }


def _show_diff(found: TextDiff, changes: list[Change], lang: str) -> None:
    from rich.markup import escape

    out = console()
    out.print(f"[bold]{found.list}[/]  {found.old} → {found.new}")
    counted = ", ".join(f"{_say(kind, lang)} {found.count(kind):,}" for kind in KINDS if found.count(kind))
    out.print(f"  {counted or _say('nothing', lang)}")
    marks = {"same": "{}", "del": "[red strike]{}[/]", "ins": "[green]{}[/]"}
    for one in changes:
        origin = f" ← {one.moved_from}" if one.moved_from else ""
        out.print(f"\n[bold]{escape(one.path)}[/]{escape(origin)}  ({_say(one.kind, lang)})")
        plain = not out.is_terminal
        for piece in one.pieces():
            words = piece.words
            if plain and piece.kind != "same":
                words = f"[-{words.strip()}-] " if piece.kind == "del" else f"{{+{words.strip()}+}} "
            out.print(marks[piece.kind].format(escape(words)), end="")
        out.print()
    if found.stale:
        out.print(f"\n[bold yellow]{_say('stale', lang)}: {len(found.stale)}[/]")
        for stale in found.stale:
            out.print(f"  {escape(stale.binding.path)}: {_say(stale.why, lang)}")
