"""What ``sekisho lists`` shows to people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from rich.markup import escape
from rich.table import Table

from sekisho.feeds.importing import Imported
from sekisho.feeds.manifest import Manifest
from sekisho.feeds.status import Standing
from sekisho.feeds.updating import Updated
from sekisho.interfaces.cli.lists_words import FIELDS, WORDS
from sekisho.interfaces.cli.output import console
from sekisho.model.listed import Identifier, ListedAddress, ListedName, ListedParty, OwnershipLink, PartialDate
from sekisho.model.listed_change import ListChange


def show_standings(found: Sequence[Standing], lang: str) -> None:
    """Show how the lists stand, the refused ones with their reasons."""
    words, out = WORDS[lang], console()
    if not any(one.in_force for one in found):
        out.print(f"[bold]{words['fictional']}[/]\n{words['fetch']}")
    table = Table(box=None, pad_edge=False)
    for column in ("list", "of", "age", "parties", "kept", "state"):
        right = column in ("age", "parties", "kept")
        table.add_column(words[column], justify="right" if right else "left", no_wrap=True)
    for one in found:
        held = one.manifest
        table.add_row(
            one.list,
            held.as_of if held is not None else "",
            f"{one.age} {words['days']}" if one.age is not None else "",
            f"{held.parties:,}" if held is not None else "",
            str(one.snapshots or ""),
            _state(one, words),
        )
    out.print(table)
    for one in found:
        if one.problem:
            out.print(f"[bold red]{escape(one.problem)}[/]")
        if one.refused is not None:
            said = words["refused" if one.in_force else "refused-none"].format(at=one.refused.at)
            out.print(f"\n[bold red]{one.list}[/]: {said}")
            for _, where, says, hint in one.refused.problems:
                out.print(f"  {escape(where)}: {escape(says)}" + (f"\n    → {escape(hint)}" if hint else ""))


def _state(one: Standing, words: dict[str, str]) -> str:
    if one.problem:
        return f"[bold red]{words['damaged']}[/]"
    if one.manifest is None:
        return f"[yellow]{words['missing']}[/]"
    return f"[yellow]{words['stale']}[/]" if one.stale else f"[green]{words['current']}[/]"


def show_imported(one: Imported, lang: str) -> None:
    """Show a snapshot that has come into force."""
    words, out, held = WORDS[lang], console(), one.manifest
    if one.changed or one.previous is None:
        said = words["in-force"].format(
            list=held.list, parties=f"{held.parties:,}", day=held.as_of, snapshot=held.snapshot
        )
    else:
        said = words["same"].format(list=held.list, day=one.previous.as_of, new=held.as_of, parties=f"{held.parties:,}")
    out.print(f"[bold green]{said}[/]")
    if one.previous is not None and one.changed:
        out.print("  " + words["before"].format(parties=f"{one.previous.parties:,}", day=one.previous.as_of))
    kinds = {key.removeprefix("type:"): number for key, number in held.counts.items() if key.startswith("type:")}
    out.print("  " + ", ".join(f"{number:,} {kind}" for kind, number in kinds.items()))
    good = sum(1 for result in held.assertions if result.held)
    out.print("  " + words["held"].format(held=good, all=len(held.assertions)))
    if held.accepted:
        out.print("  [yellow]" + escape(words["accepted"].format(reason=held.accepted)) + "[/]")
    for note in held.notes:
        out.print(f"  [dim]{words['noted']}: {escape(note)}[/]")


def show_updated(found: Sequence[Updated], lang: str) -> None:
    """Show what became of each list."""
    words, out = WORDS[lang], console()
    for one in found:
        if one.imported is not None:
            show_imported(one.imported, lang)
            continue
        out.print(f"[bold red]{words['not-in-force'].format(list=one.list)}[/]")
        for problem in one.problems:
            out.print(f"  {escape(problem.where)}: {escape(problem.says)}")
            if problem.hint:
                out.print(f"    → {escape(problem.hint)}")


def show_change(before: Manifest, after: Manifest, change: ListChange, most: int, lang: str) -> None:
    """Show what changed between two snapshots."""
    words, out = WORDS[lang], console()
    head = words["diff"].format(list=after.list, old=before.snapshot, new=after.snapshot)
    out.print(f"[bold]{head}[/]")
    if not (change.added or change.removed or change.changed):
        out.print(words["nothing"])
        return
    for label, mark, parties in (("added", "+", change.added), ("removed", "-", change.removed)):
        if parties:
            out.print(f"\n[bold]{words[label]}: {len(parties):,}[/]")
            for party in parties[:most]:
                out.print(f"  {mark} {escape(party.uid)}  {escape(_summary(party))}")
            _more(len(parties) - most, words)
    if change.changed:
        out.print(f"\n[bold]{words['changed']}: {len(change.changed):,}[/]")
        for one in change.changed[:most]:
            out.print(f"  {escape(one.uid)}  {escape(_summary(one.after))}")
            for field in one.fields:
                for mark, values in (("-", field.gone), ("+", field.new)):
                    for value in values:
                        out.print(f"      {mark} {FIELDS[lang][field.field]}: {escape(written(value))}")
        _more(len(change.changed) - most, words)
    if change.renamed:
        out.print(f"\n[bold]{words['renamed']}: {len(change.renamed):,}[/]")
        for old, new in change.renamed[:most]:
            out.print(f"  {escape(old)} → {escape(new)}")


def _more(number: int, words: dict[str, str]) -> None:
    if number > 0:
        console().print("  " + words["more"].format(number=f"{number:,}"))


def _summary(party: ListedParty) -> str:
    about = [party.type, ", ".join(party.countries), ", ".join(party.programmes or party.concerns)]
    return f"{party.names[0].text} ({'; '.join(text for text in about if text)})"


def show_party(party: ListedParty, held: Manifest, lang: str) -> None:
    """Show one party, field by field."""
    out = console()
    out.print(f"[bold]{escape(party.names[0].text)}[/]  {escape(party.uid)}")
    out.print(f"[dim]{escape(held.title)} ({held.list}), {WORDS[lang]['snapshot']} {held.snapshot}[/]")
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for field in fields(party):
        value = getattr(party, field.name)
        if field.name in ("uid", "source") or not value:
            continue
        lines = [written(item) for item in value] if isinstance(value, tuple) else [written(value)]
        table.add_row(FIELDS[lang][field.name], escape("\n".join(lines)))
    out.print(table)


def written(value: Any) -> str:
    """Write one value of a party on a line."""
    if isinstance(value, ListedName):
        about = [
            word for word, said in ((value.kind, value.kind != "primary"), ("weak", value.strength == "weak")) if said
        ]
        return value.text + (f" ({', '.join(about)})" if about else "")
    if isinstance(value, PartialDate):
        return value.text or (
            value.earliest if value.earliest == value.latest else f"{value.earliest} to {value.latest}"
        )
    if isinstance(value, ListedAddress):
        return value.text
    if isinstance(value, Identifier):
        about = [text for text in (value.country, value.note) if text]
        return f"{value.kind} {value.value}" + (f" ({'; '.join(about)})" if about else "")
    if isinstance(value, OwnershipLink):
        share = f"{value.share:g} %" if value.share is not None else "?"
        return f"{value.owner} → {value.owned}: {share}" + (f" ({value.note})" if value.note else "")
    if isinstance(value, tuple):
        return ": ".join(str(part) for part in value)
    return str(value)
