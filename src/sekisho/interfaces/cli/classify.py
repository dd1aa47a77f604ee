"""``sekisho classify``: is an item on a control list, by which words and which value, or what is left to ask."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from sekisho.interfaces.cli.output import ANSWERED, CHECK_FAILED, day_option, print_json, stop_with_problems
from sekisho.model.problem import BadInput, Problem

if TYPE_CHECKING:
    from sekisho.classify.answer import Answer
    from sekisho.classify.library import Library

app = typer.Typer(add_completion=False, help="Classify an item against the control lists.")
DEFAULT_LISTS = "us,jp,eu"


@app.command()
def classify(
    file: Annotated[Path | None, typer.Argument(help="item file (TOML), or a catalogue (CSV, XLSX) for bulk")] = None,
    lists: Annotated[str, typer.Option("--list", help="lists by commas: us-ccl, jp, eu")] = DEFAULT_LISTS,
    on: Annotated[str, typer.Option(help="use the list texts as they stood on this day (2026-11-20)")] = "",
    text: Annotated[str, typer.Option(help="a description instead of a file")] = "",
    datasheet: Annotated[Path | None, typer.Option(help="read candidate facts from this PDF or text file")] = None,
    interactive: Annotated[bool, typer.Option(help="ask the deciding questions one at a time")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON for machines")] = False,
    gate: Annotated[bool, typer.Option(help="exit 1 unless every list answers not-listed")] = False,
    why: Annotated[bool, typer.Option(help="show every entry that was examined")] = False,
    show_kinds: Annotated[bool, typer.Option("--kinds", help="list the kinds of product and leave")] = False,
    show_facts: Annotated[str, typer.Option("--facts", help="list the facts whose name or alias holds this word")] = "",
    lang: Annotated[Literal["en", "ja"], typer.Option(help="language of the answer")] = "en",
) -> None:
    """Classify one item, a description, or a catalogue of products."""
    from sekisho.feeds.classification import library
    from sekisho.feeds.packs import packs_root

    try:
        shelf = library(packs_root())
        if show_kinds or show_facts:
            from sekisho.interfaces.cli.classify_view import list_facts, list_kinds

            list_kinds(shelf, lang, as_json=as_json) if show_kinds else list_facts(
                shelf, show_facts, lang, as_json=as_json
            )
            raise SystemExit(ANSWERED)
        wanted = _lists(lists)
        day = day_option(on, "--on")
        if file is not None and file.suffix.lower() in {".csv", ".xlsx", ".jsonl"}:
            from sekisho.interfaces.cli.classify_bulk import run

            raise SystemExit(run(shelf, file, wanted, day, lang, as_json=as_json, gate=gate))
        answer, editions = _answer(shelf, file, text, datasheet, wanted, day, interactive=interactive, lang=lang)
    except BadInput as bad:
        stop_with_problems(bad.problems, as_json=as_json)
    from sekisho.app.classification import answer_document

    document = answer_document(shelf, answer, lang, editions)
    if as_json:
        print_json(document)
    else:
        from sekisho.interfaces.cli.classify_view import show

        show(shelf, answer, document, lang, everything=why)
    clear = all(one.verdict == "not-listed" for one in answer.lists)
    raise SystemExit(CHECK_FAILED if gate and not clear else ANSWERED)


def _lists(written: str) -> tuple[str, ...]:
    from sekisho.classify.library import LISTS, list_id

    names = [name for name in written.split(",") if name.strip()]
    found = {name: list_id(name) for name in names}
    wrong = [
        Problem("list.unknown", "--list", f"there is no list {n!r}", f"Known: {', '.join(LISTS)}.")
        for n, i in found.items()
        if i is None
    ]
    if wrong or not names:
        raise BadInput(wrong or [Problem("list.unknown", "--list", "no list is named", f"Known: {', '.join(LISTS)}.")])
    return tuple(dict.fromkeys(i for i in found.values() if i is not None))


def _answer(
    shelf: Library,
    file: Path | None,
    text: str,
    datasheet: Path | None,
    wanted: tuple[str, ...],
    day: Any,
    *,
    interactive: bool,
    lang: str,
) -> tuple[Answer, dict[str, str]]:
    from sekisho.app.classify import prepared
    from sekisho.classify.answer import classify as decide
    from sekisho.classify.retrieve import Retriever
    from sekisho.feeds.item_file import read_datasheet, read_item_file
    from sekisho.feeds.packs import packs_root
    from sekisho.feeds.reviews import reading

    if file is None and not text and datasheet is None:
        raise BadInput(
            [Problem("item.missing", "classify", "nothing to classify", "Give an item file, --text or --datasheet.")]
        )
    table = read_item_file(file) if file is not None else {}
    if text:
        table["description"] = f"{table.get('description', '')}\n{text}".strip()
    if not table.get("name"):
        table["name"] = (file or datasheet or Path("item")).stem if not text else text.split("\n")[0][:80]
    sheet = read_datasheet(datasheet) if datasheet is not None else ()
    where = file.name if file is not None else "--text" if text else datasheet.name if datasheet else "item"
    item = prepared(shelf, table, where, sheet)
    known, editions = reading(packs_root(), wanted, day)
    search = Retriever(shelf)
    answer = decide(shelf, item, wanted, known, search)
    if interactive:
        from sekisho.interfaces.cli.classify_ask import ask_until_settled

        answer = ask_until_settled(shelf, item, answer, wanted, known, search, lang)
    return answer, editions
