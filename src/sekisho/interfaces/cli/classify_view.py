"""How a classification is shown to a person: one block a list, the words beside the values, then the questions."""

from __future__ import annotations

import json
from typing import Any

from rich.markup import escape
from rich.table import Table

from sekisho.classify.answer import Answer, ListAnswer
from sekisho.classify.facts import Fact
from sekisho.classify.item import example
from sekisho.classify.library import Library
from sekisho.interfaces.cli.output import console, print_json

_SAYS = {
    "listed": ("LISTED", "該当"),
    "not-listed": ("NOT LISTED", "非該当"),
    "undetermined": ("UNDETERMINED", "判定未了"),
    "draft": ("conditions in draft: nobody here has reviewed them", "条件は案の段階（未確認）"),
    "reviewed": ("conditions reviewed", "条件は確認済み"),
    "stale": ("the text has changed since the conditions were written", "条件作成後に条文が変更"),
    "why": ("by these words and values", "根拠となる文言と値"),
    "ask": ("To settle it", "決めるための質問"),
    "read": ("read in the text", "文書から読み取り"),
    "to-read": ("To be read and judged by a person", "条文を読んで判断する項目"),
    "examined": ("examined", "検討した項番"),
    "unconfirmed": ("read in the text, unconfirmed (does not count)", "文書から読み取り・未確認（判定に用いない）"),
    "if": ("if the read facts are confirmed", "読み取った値を確認した場合"),
    "entries": ("for a transfer file", "取引ファイルへの記載"),
    "kind-read": ("kind read in the text", "種類は文書から読み取り"),
    "not": ("not", "除外に当たらない"),
}
_COLOUR = {"listed": "red", "not-listed": "green", "undetermined": "yellow"}


def _say(key: str, lang: str) -> str:
    return _SAYS[key][1 if lang == "ja" else 0]


def show(library: Library, answer: Answer, document: dict[str, Any], lang: str, *, everything: bool) -> None:
    """Print the answer for a person."""
    out = console()
    out.print(f"[bold]{escape(answer.item.name)}[/]")
    kinds = [library.kinds[kind].says[lang] for kind in answer.item.kinds if kind in library.kinds]
    if kinds:
        out.print("  " + escape(", ".join(kinds)))
    elif answer.mentions:
        words = ", ".join(dict.fromkeys(mention.words for mention in answer.mentions))
        out.print(f"  {_say('kind-read', lang)}: {escape(words)}")
    unread = [fact for fact in answer.item.facts.values() if not fact.counts]
    if unread:
        out.print(f"  [yellow]{_say('unconfirmed', lang)}[/]")
        for fact in unread:
            out.print(f"    {fact.fact} = {escape(fact.text)}  [dim]{escape(fact.where)}[/]")
    for one in answer.lists:
        _show_list(library, one, lang, everything=everything)
    entries = document["entries"]
    if entries:
        written = ", ".join(f"{law} = {json.dumps(rows, ensure_ascii=False)}" for law, rows in entries.items())
        out.print(f"\n{_say('entries', lang)}: entries = {{ {escape(written)} }}", soft_wrap=True)


def _show_list(library: Library, one: ListAnswer, lang: str, *, everything: bool) -> None:
    out = console()
    pack = library.lists[one.list_id]
    title = pack.title.get(lang, one.list_id)
    out.print(f"\n[bold]{escape(title)}[/] ({one.list_id}, {one.version})")
    out.print(f"  [{_COLOUR[one.verdict]}]{_say(one.verdict, lang)}[/]  [dim]{_say(one.status, lang)}[/]")
    for listing in one.entries:
        row = f" ({listing.row})" if listing.row else ""
        says = (
            listing.says.get(lang, "") or pack.entries[listing.entry].says.get(lang, "")
            if listing.entry in pack.entries
            else ""
        )
        out.print(f"  [bold]{escape(listing.path)}[/]{escape(row)}  {escape(says)}")
        for support in listing.why:
            if not support.words and support.fact == "kind":
                continue
            words = " … ".join(support.words)
            mark = "" if support.holds else f"[dim]{_say('not', lang)}[/] "
            quoted = f"“{escape(words)}”" if words else ""
            fact = library.catalogue[support.fact].says[lang] if support.fact in library.catalogue else support.fact
            out.print(f"    {mark}{escape(fact)} = {escape(support.value)}  {quoted}  [dim]{escape(support.at)}[/]")
    if one.if_confirmed and one.if_confirmed != one.verdict:
        listed = ", ".join(one.if_confirmed_entries)
        out.print(f"  {_say('if', lang)}: {_say(one.if_confirmed, lang)} {escape(listed)}")
    if one.questions:
        out.print(f"  {_say('ask', lang)}:")
        _show_questions(one, lang)
    if everything or one.verdict == "not-listed":
        shown = ", ".join(f"{entry.entry} ({entry.result})" for entry in one.considered)
        out.print(f"  [dim]{_say('examined', lang)}: {escape(shown)}[/]")


def _show_questions(one: ListAnswer, lang: str) -> None:
    """Print the facts to ask one by one, and in one line what a person must read."""
    out = console()
    asked = [question for question in one.questions if question.type != "read"]
    for number, question in enumerate(asked, start=1):
        says = question.ask.get(lang) or question.ask["en"]
        read = f"  [yellow]{_say('read', lang)}: {escape(question.read)}[/]" if question.read else ""
        out.print(f"    {number}. {escape(says)}  [dim]{escape(question.fact)}[/]{read}")
    to_read = [question.fact.partition(":")[2] for question in one.questions if question.type == "read"]
    if to_read:
        out.print(f"    {_say('to-read', lang)}: {escape(', '.join(to_read))}")


def list_kinds(library: Library, lang: str, *, as_json: bool) -> None:
    """Print every kind with its aliases."""
    kinds = sorted(library.kinds.kinds.values(), key=lambda kind: kind.name)
    if as_json:
        print_json(
            [
                {"kind": k.name, "says": dict(k.says), "aliases": list(k.aliases), "broader": list(k.broader)}
                for k in kinds
            ]
        )
        return
    table = Table(box=None)
    for column in ("kind", "", "aliases"):
        table.add_column(column)
    for kind in kinds:
        table.add_row(kind.name, kind.says[lang], ", ".join(kind.aliases[:6]))
    console().print(table)


def list_facts(library: Library, word: str, lang: str, *, as_json: bool) -> None:
    """Print the facts whose name, heading or alias holds a word ("*" for all)."""
    wanted = word.casefold()
    found = [
        fact
        for fact in library.catalogue.facts.values()
        if word == "*" or any(wanted in text.casefold() for text in (fact.name, *fact.says.values(), *fact.aliases))
    ]
    if as_json:
        print_json([_fact_row(fact) for fact in found])
        return
    table = Table(box=None)
    for column in ("fact", "", "example", "aliases"):
        table.add_column(column)
    for fact in found:
        table.add_row(fact.name, fact.says[lang], example(fact), ", ".join(fact.aliases[:5]))
    console().print(table)


def _fact_row(fact: Fact) -> dict[str, Any]:
    return {
        "fact": fact.name,
        "type": fact.type,
        "unit": fact.unit,
        "says": dict(fact.says),
        "ask": dict(fact.ask),
        "aliases": list(fact.aliases),
        "standard": fact.standard,
        "values": list(fact.values),
    }
