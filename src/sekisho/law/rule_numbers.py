"""The numbers of a rule: those that decide, and those that its words mention."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from sekisho.law.operators import OPERATORS
from sekisho.law.rule import Rule
from sekisho.model.money import parse_money


def numbers_of(rule: Rule) -> set[Decimal]:
    """Amounts, months, shares, fines, years: the arguments of comparisons and the numbers of ``details``."""
    found = set(_leaves(rule.details))
    for version in rule.versions:
        for condition in version.when:
            operator = OPERATORS.get(condition.op)
            if operator is not None and operator.shape == "quantity":
                found |= set(_leaves(condition.arg))
    return found


def numbers_said(rule: Rule) -> set[Decimal]:
    """The numbers of ``numbers_of`` and every number written in digits in the rule's sentences."""
    texts = [*rule.says.values(), *rule.ask.values(), *_texts(rule.details)]
    texts += [words for version in rule.versions for words in version.note.values()]
    digits = {
        Decimal(found.replace(",", ""))
        for text in texts
        for found in re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", unicodedata.normalize("NFKC", text))
    }
    return numbers_of(rule) | digits


def _leaves(value: Any) -> Iterator[Decimal]:
    if isinstance(value, bool | date) or value is None:
        return
    if isinstance(value, int | Decimal | float):
        yield Decimal(str(value))
    elif isinstance(value, str):
        money = parse_money(value)
        if money is not None:
            yield money.amount
    elif isinstance(value, dict):
        for one in value.values():
            yield from _leaves(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _leaves(one)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
