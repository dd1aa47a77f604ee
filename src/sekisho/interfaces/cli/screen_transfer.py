"""``sekisho screen --transfer`` and ``sekisho decide --screen``: the parties of a transfer, and the facts that follow."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from sekisho.interfaces.cli.output import ANSWERED, CHECK_FAILED, console, print_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sekisho.app.screen_transfer import TransferScreening
    from sekisho.feeds.screening_index import Standing as Lists
    from sekisho.law.pack import Pack
    from sekisho.model.transfer import Transfer

Lang = Literal["en", "ja"]


def screened(
    transfer: Transfer,
    packs: Sequence[Pack],
    name: str,
    day: date | None,
    *,
    four_eyes: frozenset[str] = frozenset(),
    threshold: float = 0.7,
) -> tuple[TransferScreening, Lists]:
    """Screen the parties against the lists of the day (the latest when none is given)."""
    from sekisho.app.screen_transfer import screen_transfer
    from sekisho.interfaces.cli.screen import open_lists

    lists, judgements = open_lists(day)
    found = screen_transfer(
        transfer, packs, lists.index, judgements, name=name, four_eyes=four_eyes, threshold=threshold
    )
    return found, lists


def document(found: TransferScreening, lists: Lists, lang: Lang) -> dict[str, Any]:
    """Give the screening of a transfer as JSON-ready data."""
    from sekisho.interfaces.cli.screen_view import answer_document
    from sekisho.law.operators import MORE

    parties = {}
    for party in found.parties:
        told = answer_document(party.answer, party.standings, party.key, (), (), lang)
        value = found.transfer.facts.get(f"{party.section}.listed")
        known = value if isinstance(value, frozenset) else frozenset()
        parties[party.section] = {
            "query": told["query"],
            "hits": told["hits"],
            "listed": sorted(known - {MORE}),
            "settled": MORE not in known,
        }
    return {
        "parties": parties,
        "not_screened": list(found.not_screened),
        "lists": [state.as_json() for state in lists.lists],
        "missing_lists": list(lists.missing),
    }


def show(found: TransferScreening, lists: Lists, lang: Lang) -> None:
    """Show the parties of a transfer with their hits."""
    from rich.markup import escape

    from sekisho.interfaces.cli.screen_view import show_answer, show_lists

    out = console()
    for party in found.parties:
        out.print(f"[bold]{party.section}[/] {escape(party.answer.asked.names[0])}")
        show_answer(party.answer, party.standings, party.key, lang, details=2)
        out.print()
    show_lists(lists.lists, lists.missing, lang)
    if found.not_screened:
        words = {"en": "The law asks about lists that are not imported: ", "ja": "法令が問うが未取込みのリスト: "}
        console(stderr=True).print(f"[yellow]{words[lang]}{', '.join(found.not_screened)}[/]")


def screen_transfer_file(
    file: Path,
    day: date | None,
    threshold: float,
    four_eyes: frozenset[str],
    *,
    as_json: bool,
    gate: bool,
    lang: Lang,
) -> int:
    """Screen the parties of a transfer file; give the exit status."""
    from sekisho.feeds.transfer_file import read_transfer
    from sekisho.interfaces.cli.decide import load_packs

    packs = load_packs("")
    transfer = read_transfer(file, packs, day=None)
    found, lists = screened(transfer, packs, file.name, day, four_eyes=four_eyes, threshold=threshold)
    if as_json:
        print_json({"transfer": file.name, **document(found, lists, lang)})
    else:
        show(found, lists, lang)
    return CHECK_FAILED if gate and any(party.open or party.listed for party in found.parties) else ANSWERED
