"""Ask the deciding questions of a classification one at a time, until the answer is settled or the person stops."""

from __future__ import annotations

import sys
from dataclasses import replace

from sekisho.app.classify import by_cas
from sekisho.classify.answer import Answer, Reading, Search, classify
from sekisho.classify.asking import Question
from sekisho.classify.item import Item, Stated, example, read_value, show_raw
from sekisho.classify.library import Library
from sekisho.classify.written import Unreadable
from sekisho.interfaces.cli.output import console

_WORDS = {
    "hint": ("Enter to skip, 'stop' to end.", "Enterで飛ばす、「stop」で終了。"),
    "read": (
        "Read in the text, not yet confirmed: {}. Enter 'ok' to confirm.",
        "文書から読み取り・未確認: {}。「ok」で確認。",
    ),
    "kind": ("no such kind; near: {}", "そのような種類はありません。近いもの: {}"),
}


def ask_until_settled(
    library: Library,
    item: Item,
    answer: Answer,
    lists: tuple[str, ...],
    reading: Reading,
    search: Search,
    lang: str,
) -> Answer:
    """Ask until no list is undetermined, no question is left, or the person stops."""
    out = console(stderr=True)
    pick = 1 if lang == "ja" else 0
    skipped: set[str] = set()
    out.print(_WORDS["hint"][pick])
    while True:
        question = _next(answer, skipped)
        if question is None:
            return answer
        out.print(f"\n[bold]{question.ask.get(lang) or question.ask['en']}[/]")
        read = item.facts.get(question.fact)
        if read is not None and not read.counts:
            out.print(_WORDS["read"][pick].format(f"{read.text} ({read.where})"))
        line = sys.stdin.readline()
        said = line.strip()
        if not line or said == "stop":
            return answer
        if not said:
            skipped.add(question.fact)
            continue
        try:
            item = _told(library, item, question, said)
        except Unreadable as bad:
            out.print(f"[red]{bad.says}[/] {bad.hint}")
            continue
        answer = classify(library, item, lists, reading, search)


def _next(answer: Answer, skipped: set[str]) -> Question | None:
    for one in answer.lists:
        if one.verdict == "undetermined":
            for question in one.questions:
                if question.type != "read" and question.fact not in skipped:
                    return question
    return None


def _told(library: Library, item: Item, question: Question, said: str) -> Item:
    if question.type == "kind":
        return _told_kind(library, item, question, said)
    fact = library.catalogue[question.fact]
    before = item.facts.get(fact.name)
    if said.casefold() == "ok" and before is not None:
        stated = replace(before, source="confirmed")
    else:
        value = read_value(fact, said.split(",") if fact.type == "choice" and "," in said else said)
        if value is None:
            raise Unreadable("not an answer", f"For example: {example(fact)}")
        stated = Stated(fact.name, value, show_raw(said), "stated", "asked")
    return by_cas(library, replace(item, facts={**item.facts, fact.name: stated}))


def _told_kind(library: Library, item: Item, question: Question, said: str) -> Item:
    names = question.fact.partition(":")[2].split("|") if ":" in question.fact else []
    if names and said.casefold() in {"no", "n", "いいえ", "false"}:
        return replace(item, not_kinds=(*item.not_kinds, *names))
    if names and said.casefold() in {"yes", "y", "はい", "true"}:
        return replace(item, kinds=(*item.kinds, names[0]))
    kind = library.kinds.named(said)
    if kind is None:
        raise Unreadable(f"no such kind: {said[:40]}", "Near: " + ", ".join(library.kinds.nearest(said)))
    return replace(item, kinds=(*item.kinds, kind))
