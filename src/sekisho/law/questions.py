"""Which facts to ask for, in the order in which they decide most."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sekisho.law.decision import Question
from sekisho.law.evaluate import Evaluation
from sekisho.law.kleene import Truth
from sekisho.law.rule import Text
from sekisho.model.outcome import RANK, Outcome

if TYPE_CHECKING:
    from sekisho.law.book import RuleInForce
    from sekisho.law.decide import Standing


def questions_of(
    evaluation: Evaluation, standing: Sequence[Standing], subject: Truth, least: Outcome, most: Outcome
) -> tuple[Question, ...]:
    """Rank the unknown facts of the open rules.

    A fact weighs what it can settle: every open row in which it is unknown can be closed by its answer (one false
    test ends a row), and one in which nothing else is unknown is settled whatever the answer; each row counts with
    the rank of the worst outcome that it may bring. Equal weights keep the order of the catalogue.
    """
    weights: dict[str, int] = {}
    alone: dict[str, int] = {}
    rules: dict[str, list[str]] = {}

    def weigh(row: RuleInForce, rank: int) -> None:
        facts = evaluation.unknown_facts(row)
        for fact in facts:
            weights[fact] = weights.get(fact, 0) + rank * (2 if len(facts) == 1 else 1)
            alone[fact] = alone.get(fact, 0) + (len(facts) == 1)
            rules.setdefault(fact, []).append(row.id)

    if subject is None:
        for row in evaluation.book.by_effect["subject"]:
            if evaluation.rule(row) is None:
                weigh(row, 2 * RANK[most])
    for one in standing:
        if len(set(one.possible)) > 1 or one.truth is None:
            rank = RANK[one.most]
            if one.truth is None:
                weigh(one.row, rank)
            for lift in one.open_lifts:
                weigh(lift, rank)
    order = {fact: place for place, fact in enumerate(evaluation.book.pack.facts)}
    ranked = sorted(weights, key=lambda fact: (-weights[fact], order.get(fact, len(order)), fact))
    return tuple(
        Question(fact, _ask(evaluation, fact), alone[fact], tuple(dict.fromkeys(rules[fact]))) for fact in ranked
    )


def _ask(evaluation: Evaluation, fact: str) -> Text:
    pack = evaluation.book.pack
    if fact.startswith("law:"):
        return pack.rules[fact.removeprefix("law:")].ask
    known = pack.facts.get(fact)
    if known is not None:
        return known.ask or known.says
    if fact.startswith("rates."):
        currency = fact.removeprefix("rates.")
        return {
            "en": f"What was the rate of {currency} on the day, in {pack.currency}?",
            "ja": f"当日の {currency} の換算レート（{pack.currency} 建て）はいくらですか。",
        }
    return {"en": f"What is {fact}?", "ja": f"{fact} は何ですか。"}
