"""``sekisho law diff``: what changed in the law between two days, or between two packs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from sekisho.interfaces.cli.output import console, print_json, stop_with_problems
from sekisho.model.problem import BadInput, Problem

if TYPE_CHECKING:
    from sekisho.law.difference import Change
    from sekisho.law.pack import Pack

HEADS = {
    "pack": {"en": "The pack", "ja": "パック"},
    "rule": {"en": "Rules", "ja": "規則"},
    "place-set": {"en": "Places", "ja": "国・地域"},
    "entry-set": {"en": "Parts of the lists", "ja": "項番の集合"},
    "scope": {"en": "Tariff scopes", "ja": "関税番号の範囲"},
    "list-row": {"en": "List rows", "ja": "項番"},
    "fact": {"en": "Facts", "ja": "事実"},
    "source": {"en": "Sources", "ja": "出典"},
    "table": {"en": "Tables", "ja": "表"},
}
HOW = {
    "began": {"en": "began", "ja": "施行"},
    "ended": {"en": "ended", "ja": "廃止"},
    "changed": {"en": "changed", "ja": "改正"},
    "cited": {"en": "the same, cited or known otherwise", "ja": "内容同じ（出典・確度のみ）"},
}
SIGNS = {"began": "[green]+[/]", "ended": "[red]-[/]", "changed": "[yellow]~[/]", "cited": "[dim]=[/]"}
FIELDS = {
    "conditions": {"en": "conditions", "ja": "要件"},
    "members": {"en": "members", "ja": "構成"},
    "cite": {"en": "citation", "ja": "出典"},
    "certainty": {"en": "certainty", "ja": "確度"},
}


def law_diff(
    before: Annotated[str, typer.Argument(help="a day (2025-10-08), or a pack or its folder")],
    after: Annotated[str, typer.Argument(help="another day, or another pack or its folder")],
    law: Annotated[str, typer.Option(help="with days: the pack, or its folder; all packs when left out")] = "",
    lang: Annotated[Literal["en", "ja"], typer.Option(help="language")] = "en",
    as_json: Annotated[bool, typer.Option("--json", help="JSON for machines")] = False,
) -> None:
    """Tell what is otherwise on the second day than on the first, or in the second pack than in the first."""
    try:
        results = _compared(before, after, law)
    except BadInput as bad:
        stop_with_problems(bad.problems, as_json=as_json)
    if as_json:
        documents = [
            {"pack": pack.id, "changes": [_document(pack, change, lang) for change in changes]}
            for pack, changes in results
        ]
        print_json({"form": "sekisho.law-diff/1", "before": before, "after": after, "packs": documents})
        return
    for pack, changes in results:
        _show(pack, before, after, changes, lang)


def _compared(before: str, after: str, law: str) -> list[tuple[Pack, list[Change]]]:
    from sekisho.feeds.packs import load_pack, pack_ids
    from sekisho.law.difference import between_days, between_packs

    days = [_day(before), _day(after)]
    if days[0] is not None and days[1] is not None:
        packs = [load_pack(name) for name in ([law] if law else pack_ids())]
        early = [
            Problem("day-before-pack", f"{day}", f"the pack '{pack.id}' begins on {pack.start}", "ask a later day")
            for pack in packs
            for day in days
            if day is not None and day < pack.start
        ]
        if early:
            raise BadInput(early)
        return [(pack, list(between_days(pack, days[0], days[1]))) for pack in packs]
    if days[0] is not None or days[1] is not None:
        says = f"'{before}' and '{after}' are a day and a pack"
        raise BadInput([Problem("diff-mixed", f"{before} {after}", says, "give two days, or two packs")])
    old, new = load_pack(before), load_pack(after)
    return [(new, list(between_packs(old, new)))]


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _document(pack: Pack, change: Change, lang: str) -> dict[str, Any]:
    from sekisho.law.explain import cited

    return {
        "kind": change.kind,
        "id": change.id,
        "how": change.how,
        "says": change.says.get(lang, ""),
        "where": change.rule.where if change.rule else "",
        "cite": cited(pack, change.version.cite, lang) if change.version else "",
        "certainty": change.version.certainty if change.version else None,
        "fields": [
            {"field": name, "before": _plain(pack, old, lang), "after": _plain(pack, new, lang)}
            for name, old, new in change.fields
        ],
    }


def _plain(pack: Pack, value: Any, lang: str) -> Any:
    from sekisho.app.written import plain
    from sekisho.feeds.reference import place_name
    from sekisho.law.explain import condition_words
    from sekisho.law.rule import Condition

    if isinstance(value, Condition):
        return condition_words(pack, value, lang, place_name)
    if isinstance(value, list | tuple):
        return [_plain(pack, one, lang) for one in value]
    return plain(value)


def _show(pack: Pack, before: str, after: str, changes: Iterable[Change], lang: str) -> None:
    from rich.markup import escape
    from rich.padding import Padding

    out = console()
    listed = [_document(pack, change, lang) for change in changes]
    out.print(f"[bold]{pack.id}[/]  {before} → {after}")
    if not listed:
        out.print({"en": "  Nothing changed.", "ja": "  変更なし。"}[lang])
        return
    for kind, head in HEADS.items():
        of_kind = [one for one in listed if one["kind"] == kind]
        if not of_kind:
            continue
        counts = ", ".join(
            f"{number} {HOW[how][lang]}" for how in HOW if (number := sum(one["how"] == how for one in of_kind))
        )
        out.print(f"\n[bold]{head[lang]}[/]  [dim]{counts}[/]")
        for one in of_kind:
            out.print(Padding(f"{SIGNS[one['how']]} {escape(one['id'])}", (0, 0, 0, 2), expand=False))
            if one["says"]:
                out.print(Padding(escape(one["says"]), (0, 0, 0, 6), expand=False))
            if one["cite"]:
                out.print(Padding(f"[dim]{escape(one['cite'])} · {one['certainty']}[/]", (0, 0, 0, 6), expand=False))
            for entry in one["fields"]:
                for line in _field(entry, lang):
                    out.print(Padding(line, (0, 0, 0, 6), expand=False))


def _field(entry: dict[str, Any], lang: str) -> list[str]:
    """What changed in one field: lost and gained of a list, before and after of a value."""
    from rich.markup import escape

    name = FIELDS.get(entry["field"], {}).get(lang, entry["field"])
    old, new = entry["before"], entry["after"]
    if isinstance(old, list) and isinstance(new, list):
        if entry["field"] == "members":
            from sekisho.feeds.reference import place_name

            old, new = ([f"{code} {place_name(code, lang)}" for code in codes] for codes in (old, new))
        lines = [f"[red]- {name}: {escape(_said(one))}[/]" for one in old]
        return [*lines, *(f"[green]+ {name}: {escape(_said(one))}[/]" for one in new)]
    return [f"{name}: {escape(_said(old))} → {escape(_said(new))}"]


def _said(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_said(one)}" for key, one in value.items() if one is not None)
    if isinstance(value, list):
        return "; ".join(_said(one) for one in value)
    return "-" if value is None else str(value)
