"""The use case: decide a transfer under the laws asked, once it is fit to be decided."""

from __future__ import annotations

from collections.abc import Sequence

from sekisho.law.book import book_on
from sekisho.law.decide import Attached, decide
from sekisho.law.decision import Answer
from sekisho.law.evaluate import Evaluation
from sekisho.law.legs import legs_of, on_leg
from sekisho.law.pack import Pack
from sekisho.law.view import view_of
from sekisho.model.problem import BadInput, Problem
from sekisho.model.transfer import Transfer


def decide_transfer(
    packs: Sequence[Pack], transfer: Transfer, name: str = "transfer", attached: Attached | None = None
) -> Answer:
    """Give the answer of every pack; BadInput when the day lies before a pack or facts exclude each other.

    ``attached`` are the laws that may attach by nexus; without it the packs given are the laws that were named.
    """
    problems = [problem for pack in packs for problem in _unfit(pack, transfer, name)]
    if problems:
        raise BadInput(dict.fromkeys(problems))
    return decide(packs, transfer, attached)


def _unfit(pack: Pack, transfer: Transfer, name: str) -> list[Problem]:
    if transfer.day < pack.start:
        hint = f"the pack '{pack.id}' answers from {pack.start} on"
        return [Problem("day-before-pack", f"{name} day", f"{transfer.day} lies before the pack begins", hint)]
    book = book_on(pack, transfer.day)
    contradictions = book.by_effect.get("contradiction", ())
    if not contradictions:
        return []
    problems: list[Problem] = []
    for moved in (on_leg(transfer, leg) for leg in range(len(legs_of(transfer)))):
        for number, item in enumerate(moved.items):
            evaluation = Evaluation(book, view_of(pack, moved, item))
            for row in contradictions:
                if evaluation.rule(row) is True:
                    facts = ", ".join(book.atoms[atom].condition.fact for atom in row.atoms)
                    problems.append(
                        Problem("contradiction", f"{name} items[{number}]", row.rule.says["en"], f"look at {facts}")
                    )
    return problems
