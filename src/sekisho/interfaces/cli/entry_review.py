"""``sekisho entry review``: sign that an entry's conditions say what its text says, or withdraw such a signature."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from sekisho.interfaces.cli.output import ANSWERED, CHECK_FAILED, console, day_option, print_json, stop_with_problems
from sekisho.model.problem import BadInput, Problem

if TYPE_CHECKING:
    from sekisho.classify.verify import Checked

app = typer.Typer(add_completion=False, help="Review the conditions of an entry.")

_SAYS = {
    "draft": ("draft: nobody here has reviewed these conditions", "案：この環境では未確認"),
    "reviewed": ("reviewed by {} on {}", "{} が {} に確認済み"),
    "rejected": ("rejected by {} on {}", "{} が {} に不可と判断"),
    "changed": ("reviewed by {} on {}, changed since: draft again", "{} が {} に確認後に変更あり：案に戻りました"),
    "no-text": ("no copy of the text here: the words were not checked (sekisho lists text import)",
                "原文が取り込まれていないため文言は未照合（sekisho lists text import）"),
    "checked": ("checked against the text of {}: {} of {} numbers agree, {} paragraphs have changed",
                "{} の原文と照合：数値 {}/{} 一致、変更された項 {} 件"),
    "signed": ("recorded", "記録しました"),
    "sign": ("To sign: --reviewer NAME; to reject: --reviewer NAME --reject --note WHY",
             "署名：--reviewer 氏名、不可とする場合：--reviewer 氏名 --reject --note 理由"),
}  # fmt: skip


@app.command()
def review(
    entry: Annotated[str, typer.Argument(help="The entry: 3A001, or an item of Japan's ordinance: 6(i).")],
    list_name: Annotated[str, typer.Option("--list", help="us-ccl, eu-annex-1, jp-goods")] = "us-ccl",
    reviewer: Annotated[str, typer.Option(help="who signs; without it the conditions are only shown")] = "",
    reject: Annotated[bool, typer.Option(help="record that the conditions are not right")] = False,
    note: Annotated[str, typer.Option(help="a remark kept with the review")] = "",
    on: Annotated[str, typer.Option(help="the day of the review (2026-11-20); today when left out")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="JSON for machines")] = False,
    lang: Annotated[Literal["en", "ja"], typer.Option(help="language of the answer")] = "en",
) -> None:
    """Show an entry's conditions beside the check against the own copy of the text, and sign or reject them."""
    try:
        day = day_option(on, "--on") or date.today()  # noqa: DTZ011
        document, failed = _reviewed(entry, list_name, reviewer.strip(), day, note, reject=reject)
    except BadInput as bad:
        stop_with_problems(bad.problems, as_json=as_json)
    if as_json:
        print_json(document)
    else:
        _show(document, lang)
    raise SystemExit(CHECK_FAILED if failed else ANSWERED)


def _reviewed(
    entry: str, list_name: str, reviewer: str, day: date, note: str, *, reject: bool
) -> tuple[dict[str, Any], bool]:
    from sekisho.classify.library import list_id
    from sekisho.classify.reviews import Review
    from sekisho.feeds.classification import library
    from sekisho.feeds.packs import packs_root
    from sekisho.feeds.reviews import add_review, all_reviews, checked, digest

    packs = packs_root()
    shelf = library(packs)
    named = list_id(list_name)
    if named is None:
        raise BadInput(
            [Problem("list.unknown", "--list", f"there is no list {list_name!r}", "us-ccl, eu-annex-1, jp-goods")]
        )
    if shelf.conditions(named, entry) is None:
        from difflib import get_close_matches

        near = ", ".join(get_close_matches(entry, shelf.modelled(named), n=4, cutoff=0.5)) or "none"
        raise BadInput([Problem("entry.not-modelled", entry, f"{entry} has no conditions in {named}", f"Near: {near}")])
    mark = digest(packs, named, entry)
    check, edition = checked(shelf, named, entry, day)
    if reviewer:
        faults = [] if check is None or reject else [*check.problems, *_moved(check, named)]
        if faults:
            raise BadInput(faults)
        add_review(Review(named, entry, mark, reviewer, day, not reject, note))
    elif reject or note:
        raise BadInput([Problem("review.reviewer", "--reviewer", "a review needs a name", "--reviewer NAME")])
    past = [one for one in all_reviews() if one.list_id == named and one.entry == entry]
    document = {
        "list": named,
        "entry": entry,
        "digest": mark,
        "status": _status(past[-1], mark) if past else "draft",
        "reviews": [one.as_json() for one in past],
        "check": None if check is None else _check(check, edition),
        "signed": bool(reviewer),
    }
    return document, check is not None and bool(check.problems or check.stale)


def _moved(check: Checked, list_name: str) -> list[Problem]:
    return [
        Problem("condition.stale", f"{list_name} {path}", "the text has changed since the condition was written",
                "Correct the condition for the new words, or sign with --reject.")
        for path in check.stale
    ]  # fmt: skip


def _check(check: Checked, edition: str) -> dict[str, Any]:
    return {
        "edition": edition,
        "paths": check.paths,
        "numbers": check.numbers,
        "agreeing": check.agreeing,
        "stale": list(check.stale),
        "problems": [problem.as_json() for problem in check.problems],
    }


def _status(last: Any, mark: str) -> str:
    if not last.accepted:
        return "rejected"
    return "reviewed" if last.digest == mark else "changed"


def _show(document: dict[str, Any], lang: str) -> None:
    from rich.markup import escape

    from sekisho.feeds.texts.conditions_shown import conditions

    out = console()
    out.print(f"[bold]{escape(document['entry'])}[/] ({document['list']})")
    for path, row in conditions(document["list"], document["entry"]).items():
        says = row.ja if lang == "ja" else row.en
        out.print(f"  [bold]{escape(path)}[/]  {escape(says)}")
        for line in row.lines:
            out.print(f"      {escape(line)}")
    check = document["check"]
    if check is None:
        out.print(f"[yellow]{_say('no-text', lang)}[/]")
    else:
        told = _say("checked", lang).format(check["edition"], check["agreeing"], check["numbers"], len(check["stale"]))
        out.print(told)
        for problem in check["problems"]:
            out.print(f"  [red]{escape(problem['where'])}[/]: {escape(problem['says'])}")
        for path in check["stale"]:
            out.print(f"  [yellow]{escape(path)}[/]")
    last = document["reviews"][-1] if document["reviews"] else {"reviewer": "", "on": ""}
    out.print(_say(document["status"], lang).format(escape(last["reviewer"]), last["on"]))
    out.print(_say("signed" if document["signed"] else "sign", lang))


def _say(key: str, lang: str) -> str:
    return _SAYS[key][1 if lang == "ja" else 0]
