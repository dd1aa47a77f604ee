"""The use case: decide a transfer under the laws asked, once it is fit to be decided."""

from __future__ import annotations

from collections.abc import Sequence

from sekisho.law.book import book_on
from sekisho.law.decide import decide
from sekisho.law.decision import Answer
from sekisho.law.evaluate import Evaluation
from sekisho.law.pack import Pack
from sekisho.law.view import view_of
from sekisho.model.problem import BadInput, Problem
from sekisho.model.transfer import Transfer


def decide_transfer(packs: Sequence[Pack], transfer: Transfer, name: str = "transfer") -> Answer:
    """Give the answer of every pack; BadInput when the day lies before a pack or facts exclude each other."""
    problems = [problem for pack in packs for problem in _unfit(pack, transfer, name)]
    if problems:
        raise BadInput(problems)
    return decide(packs, transfer)


def _unfit(pack: Pack, transfer: Transfer, name: str) -> list[Problem]:
    if transfer.day < pack.start:
        hint = f"the pack '{pack.id}' answers from {pack.start} on"
        return [Problem("day-before-pack", f"{name} day", f"{transfer.day} lies before the pack begins", hint)]
    book = book_on(pack, transfer.day)
    problems: list[Problem] = []
    for number, item in enumerate(transfer.items):
        evaluation = Evaluation(book, view_of(pack, transfer, item))
        for row in book.by_effect.get("contradiction", ()):
            if evaluation.rule(row) is True:
                facts = ", ".join(book.atoms[atom].condition.fact for atom in row.atoms)
                problems.append(
                    Problem("contradiction", f"{name} items[{number}]", row.rule.says["en"], f"look at {facts}")
                )
    return problems
