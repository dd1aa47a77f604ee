"""Turning points: which single known facts, if they were otherwise, would change the outcome, and to what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sekisho.law.decide import interval
from sekisho.law.decision import Answer
from sekisho.law.facts import Fact
from sekisho.law.pack import Pack
from sekisho.law.rule import Condition
from sekisho.law.sets import TariffScope
from sekisho.law.view import stating
from sekisho.model.money import Money, parse_money
from sekisho.model.outcome import Outcome, settle, worst
from sekisho.model.transfer import Transfer, Value


@dataclass(frozen=True, slots=True)
class TurningPoint:
    """``fact`` is ``now``; were it ``instead``, the item's outcome would be ``outcome``."""

    fact: str
    item: str
    now: str
    instead: str
    outcome: Outcome

    def as_json(self) -> dict[str, str]:
        """Give the point as JSON."""
        return {
            "fact": self.fact,
            "item": self.item,
            "now": self.now,
            "instead": self.instead,
            "outcome": self.outcome,
        }


def turning_points(packs: Sequence[Pack], answer: Answer) -> tuple[TurningPoint, ...]:
    """Try the values that the rules tell apart, one known fact at a time, and keep those that change the outcome.

    The values come from the rules themselves: either side of each number, a member and a stranger of each set.
    For each outcome that one fact can bring, the first value found is told.
    """
    transfer = answer.transfer
    found: list[TurningPoint] = []
    for number, item in enumerate(transfer.items):
        now = _outcome(packs, transfer, number)
        for fact, value in _known(transfer, number):
            seen: set[Outcome] = {now}
            for other in _others(packs, fact, value):
                outcome = _outcome(packs, _with(transfer, number, fact, other), number)
                if outcome not in seen:
                    seen.add(outcome)
                    found.append(TurningPoint(fact, item.name, _words(value), _words(other), outcome))
    return tuple(found)


def _outcome(packs: Sequence[Pack], transfer: Transfer, number: int) -> Outcome:
    bounds = [interval(pack, transfer, number) for pack in packs if transfer.day >= pack.start]
    return settle(worst(least for least, _ in bounds), worst(most for _, most in bounds))


def _with(transfer: Transfer, number: int, fact: str, value: Value) -> Transfer:
    changed = stating(transfer, number, fact, value)
    if not isinstance(value, Money):
        return changed
    # The contract is worth at least its lines: the smaller of the two moves along.
    total = changed.facts.get("contract_value")
    line = changed.items[number].facts.get("items.value")
    if isinstance(total, Money) and isinstance(line, Money) and total.currency == line.currency:
        if total.amount < line.amount and fact == "items.value":
            return replace(changed, facts={**changed.facts, "contract_value": value})
        if total.amount < line.amount:
            return stating(changed, number, "items.value", value)
    return changed


def _known(transfer: Transfer, number: int) -> Iterator[tuple[str, Value]]:
    yield "day", transfer.day
    for fact, value in {**transfer.facts, **transfer.items[number].facts}.items():
        if fact != "day" and not fact.endswith(".named") and value is not None:
            yield fact, value


def _others(packs: Sequence[Pack], fact: str, value: Value) -> Iterator[Value]:
    """Other values of ``fact`` that some rule can tell from ``value``."""
    tried: set[Any] = {value}
    for pack in packs:
        described = pack.facts.get(fact)
        candidates = _days(pack) if fact == "day" else _told_apart(pack, fact, described, value)
        for other in candidates:
            if other not in tried:
                tried.add(other)
                yield other


def _days(pack: Pack) -> Iterator[Value]:
    yield from pack.boundaries


def _told_apart(pack: Pack, fact: str, described: Fact | None, value: Value) -> Iterator[Value]:
    if described is None:
        return
    if described.type == "bool":
        yield not value
        return
    if described.type == "choice":
        yield from described.values
        return
    if described.is_set and value:
        yield frozenset()
    sources = _derived_from(fact)
    for rule in pack.rules.values():
        for version in rule.versions:
            for condition in version.when:
                if condition.fact == fact or condition.fact in sources:
                    yield from _either_side(pack, condition, value)


def _derived_from(fact: str) -> tuple[str, ...]:
    """The derived facts that move with a stated one."""
    if fact in ("contract_value", "items.contract_value"):
        return ("total_value",)
    return ("parties.listed",) if fact.endswith(".listed") else ()


def _either_side(pack: Pack, condition: Condition, value: Value) -> Iterator[Value]:
    arg = condition.arg
    if isinstance(value, Money):
        line = parse_money(arg) if isinstance(arg, str) else None
        if line is not None and line.currency == value.currency:
            yield from (line, Money(line.amount + 1, line.currency), Money(line.amount - 1, line.currency))
    elif isinstance(value, Decimal):
        line_at = Decimal(str(arg))
        yield from (line_at, max(line_at - Decimal("0.01"), Decimal(0)))
    elif isinstance(value, frozenset):
        if isinstance(arg, list):
            yield from (frozenset([one]) for one in arg)
        elif isinstance(arg, str) and arg in pack.entry_sets:
            yield from (frozenset([path]) for path in _listed(pack, arg)[:1])
    elif hasattr(value, "year") and hasattr(arg, "year"):
        yield from (arg, arg - timedelta(days=1))
    elif isinstance(value, str):
        yield from _members(pack, arg)


def _listed(pack: Pack, name: str) -> list[str]:
    """Rows of the set that stand in a list of the pack, sub-rows first."""
    rows = [path for entries in pack.lists.values() for path in entries if pack.entry_sets[name].contains(path)]
    return sorted(rows, key=lambda path: ("(" not in path, len(path), path))


def _members(pack: Pack, arg: Any) -> Iterator[Value]:
    if isinstance(arg, list):
        yield from arg
    elif isinstance(arg, str) and arg in pack.places:
        for span in pack.places[arg].spans[-1:]:
            yield from sorted(span.members)[:3]
    elif isinstance(arg, str) and arg in pack.scopes:
        scope: TariffScope = pack.scopes[arg]
        yield from scope.include[:2]
        yield from scope.exclude[:1]
    elif isinstance(arg, str):
        yield arg


def _words(value: Value) -> str:
    if isinstance(value, frozenset):
        return "[" + ", ".join(sorted(value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
