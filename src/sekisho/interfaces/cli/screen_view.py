"""What a person reads of a screening: hits as a table with the reasons below, and the lists they come from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from sekisho.feeds.screening_index import ListState
from sekisho.screen.explain import in_words, why
from sekisho.screen.judgement import Standing
from sekisho.screen.query import Answer, Hit

Lang = Literal["en", "ja"]

WORDS: dict[Lang, dict[str, str]] = {
    "en": {
        "none": "No listed party like this one.",
        "score": "score",
        "party": "listed party",
        "list": "list",
        "state": "state",
        "more": "and {n} more: raise --threshold or --most",
        "fictional": "These are fictional parties, for trying. Real lists: sekisho lists update",
        "missing": "Not screened, no snapshot for the day: {lists}",
        "against": "Screened against {lists}",
        "changed": "changed since it was judged: {side} {field}",
        "open": "open",
        "waiting": "waits for a second person",
        "confirmed": "confirmed",
        "cleared": "cleared",
        "unsure": "unsure",
        "reopened": "open again",
        "by": "{state} by {who} on {day}: {why}",
        "judge": "Settle a hit: sekisho judge {key} LIST-ID --cleared|--confirmed|--unsure --who WHO --why WHY",
        "listed": "listed record",
        "own": "own record",
    },
    "ja": {
        "none": "該当する掲載者はありません。",
        "score": "点数",
        "party": "掲載者",
        "list": "リスト",
        "state": "状態",
        "more": "ほか{n}件（--threshold か --most で調整）",
        "fictional": "これは試用のための架空の掲載者です。実際のリスト: sekisho lists update",
        "missing": "その日の版がないため照合していないリスト: {lists}",
        "against": "照合したリスト: {lists}",
        "changed": "判断後に変わった項目: {side} {field}",
        "open": "未判断",
        "waiting": "二人目の確認待ち",
        "confirmed": "該当",
        "cleared": "非該当",
        "unsure": "不明",
        "reopened": "再確認",
        "by": "{state}（{who}、{day}）: {why}",
        "judge": "判断を記録: sekisho judge {key} LIST-ID --cleared|--confirmed|--unsure --who 担当 --why 理由",
        "listed": "掲載側",
        "own": "自社側",
    },
}


def hit_document(hit: Hit, how: Standing | None, lang: Lang) -> dict[str, Any]:
    """Give one hit as JSON-ready data; the first six keys are the contract."""
    told: dict[str, Any] = {
        "list": hit.party.source,
        "id": hit.party.uid,
        "name": hit.name,
        "matched": hit.matched,
        "score": hit.score,
        "why": why(hit, lang),
        "type": hit.party.type,
        "decided": hit.decided or None,
        "asked": hit.asked_name,
        "pairs": [{"asked": p.asked, "listed": p.listed, "how": p.how, "alike": p.alike} for p in hit.pairs],
        "left_over": {"asked": list(hit.left_asked), "listed": list(hit.left_listed)},
        "reasons": [reason.as_json() for reason in hit.reasons],
        "programmes": list(hit.party.programmes),
        "countries": list(hit.party.countries),
    }
    if how is not None:
        told["state"] = how.state
        if how.judgement is not None:
            told["judgement"] = how.judgement.as_json()
        if how.changes:
            told["changed"] = [
                {"side": c.side, "field": c.field, "gone": list(c.gone), "new": list(c.new)} for c in how.changes
            ]
        if how.note:
            told["note"] = how.note
    return told


def answer_document(
    answer: Answer,
    standings: Sequence[Standing],
    key: str,
    lists: Sequence[ListState],
    missing: Sequence[str],
    lang: Lang,
) -> dict[str, Any]:
    """Give an answer as JSON-ready data."""
    asked = answer.asked
    query: dict[str, Any] = {"names": list(asked.names), "type": asked.type, "party": key}
    if asked.births:
        query["birth_date"] = asked.births[0].text or asked.births[0].earliest
    if asked.countries:
        query["countries"] = list(asked.countries)
    if asked.identifiers:
        query["identifiers"] = [{"kind": one.kind, "value": one.value} for one in asked.identifiers]
    return {
        "query": query,
        "hits": [hit_document(hit, how, lang) for hit, how in zip(answer.hits, standings, strict=True)],
        "more": answer.more,
        "lists": [state.as_json() for state in lists],
        "missing_lists": list(missing),
    }


def show_answer(answer: Answer, standings: Sequence[Standing], key: str, lang: Lang, *, details: int = 3) -> None:
    """Show the hits of one party: a table, then the reasons of the best."""
    from rich.markup import escape
    from rich.table import Table

    from sekisho.interfaces.cli.output import console

    words = WORDS[lang]
    out = console()
    if not answer.hits:
        out.print(words["none"])
        return
    table = Table(box=None, pad_edge=False)
    for title, right in (
        (words["score"], True),
        (words["party"], False),
        (words["list"], False),
        (words["state"], False),
    ):
        table.add_column(title, justify="right" if right else "left", overflow="fold")
    for hit, how in zip(answer.hits, standings, strict=True):
        name = escape(hit.name)
        if hit.matched != hit.name:
            name += f"\n[dim]~ {escape(hit.matched)}[/]"
        colour = "red" if hit.score >= 0.9 else "yellow"
        table.add_row(
            f"[{colour}]{hit.score:.4f}[/]", name, f"{hit.party.source}\n[dim]{hit.party.uid}[/]", _state(how, lang)
        )
    out.print(table)
    if answer.more:
        out.print(words["more"].format(n=answer.more))
    for hit, how in list(zip(answer.hits, standings, strict=True))[:details]:
        out.print(f"\n[bold]{escape(hit.name)}[/] {hit.score:.4f}")
        for line in in_words(hit, lang):
            out.print(f"  {escape(line)}")
        for change in how.changes:
            side = words["listed" if change.side == "listed" else "own"]
            out.print(
                f"  [yellow]{words['changed'].format(side=side, field=change.field)}[/]: -{change.gone} +{change.new}"
            )
    if any(how.state in ("open", "reopened", "waiting") for how in standings):
        out.print(f"\n[dim]{escape(words['judge'].format(key=key))}[/]")


def _state(how: Standing, lang: Lang) -> str:
    from rich.markup import escape

    words = WORDS[lang]
    if how.judgement is None or how.state == "open":
        return words[how.state]
    one = how.judgement
    told = words["by"].format(state=words[how.state], who=one.who, day=one.moment[:10], why=one.why)
    return escape(told)


def show_lists(lists: Sequence[ListState], missing: Sequence[str], lang: Lang) -> None:
    """Say, on the error stream, what was screened against and what was not."""
    from sekisho.interfaces.cli.output import console

    words = WORDS[lang]
    out = console(stderr=True)
    named = ", ".join(f"{state.list} {state.as_of} ({state.parties:,})" for state in lists)
    out.print(f"[dim]{words['against'].format(lists=named)}[/]")
    if any(state.fictional for state in lists):
        out.print(f"[yellow]{words['fictional']}[/]")
    if missing:
        out.print(f"[yellow]{words['missing'].format(lists=', '.join(missing))}[/]")
