"""Facts that follow from other facts: products, quotients, sums, the best of a group, and "there is none".

Interval arithmetic on positive quantities. A derived fact counts only when everything it was made from counts; when a
stated fact and a derivation disagree by more than two per cent, that is a contradiction and is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from sekisho.classify.conditions import NOTHING, Condition, Known, Value
from sekisho.classify.facts import Catalogue, Derivation
from sekisho.classify.span import INF, Span
from sekisho.classify.units import Dimension
from sekisho.classify.written import quantity
from sekisho.model.problem import Problem

TOLERANCE = 0.02
Facts = dict[str, Value]


def derive(
    facts: Facts,
    groups: Mapping[str, tuple[Mapping[str, Value], ...]],
    catalogue: Catalogue,
    when: Callable[[Derivation], Condition | None],
    problems: list[Problem],
    where: str,
) -> dict[str, tuple[str, ...]]:
    """Add derived facts to ``facts`` until nothing new follows; gives for each what it was made from."""
    made: dict[str, tuple[str, ...]] = {}
    for _ in range(4):
        new = False
        for fact in catalogue.derived:
            for derivation in fact.derive:
                value = _apply(derivation, facts, groups, when, fact.dimension)
                if value is None:
                    continue
                before = facts.get(fact.name)
                if before is None:
                    facts[fact.name] = value
                    made[fact.name] = derivation.of
                    new = True
                elif fact.name not in made and _disagree(before, value):
                    problems.append(
                        Problem("fact.contradiction", f"{where} {fact.name}",
                                f"{fact.name} is stated otherwise than it follows from {', '.join(derivation.of)}",
                                "Correct one of them.")
                    )  # fmt: skip
        if not new:
            break
    return made


def _disagree(a: Value, b: Value) -> bool:
    if isinstance(a, Span) and isinstance(b, Span):
        slack = TOLERANCE * max(abs(a.low), abs(a.high), abs(b.low), abs(b.high))
        slack = slack if slack < float("inf") else 0.0
        return a.low > b.high + slack or b.low > a.high + slack
    return isinstance(a, bool) and isinstance(b, bool) and a is not b


def _holds(condition: Condition | None, facts: Mapping[str, Value]) -> bool | None:
    if condition is None:
        return True
    return condition.truth(Known(facts, lambda _: None, lambda _: None))


def _apply(
    derivation: Derivation,
    facts: Mapping[str, Value],
    groups: Mapping[str, tuple[Mapping[str, Value], ...]],
    when: Callable[[Derivation], Condition | None],
    dimension: Dimension,
) -> Value | None:
    condition = when(derivation)
    if derivation.group:
        return _over_group(derivation, groups.get(derivation.group), condition)
    if _holds(condition, facts) is not True:
        return None
    if derivation.how == "none":
        return NOTHING
    if derivation.how in {"yes", "no"}:
        return derivation.how == "yes"
    if derivation.how == "is":
        return frozenset({derivation.value})
    if derivation.how == "given":
        return quantity(derivation.value, dimension)
    values = [facts.get(name) for name in derivation.of]
    if any(value is None for value in values):
        return None
    if derivation.how == "copy":
        return values[0]
    spans = [value for value in values if isinstance(value, Span)]
    if len(spans) != len(values):
        return NOTHING
    if derivation.how == "inverse":
        (span,) = spans
        return _tidy(Span(_divide(1.0, span.high), _divide(1.0, span.low)))
    if derivation.how in {"at-most", "at-least"}:
        (span,) = spans
        return Span(0.0, span.high) if derivation.how == "at-most" else Span(span.low, INF)
    made = _combine(derivation.how, spans).times(derivation.times)
    return _tidy(Span(made.low + derivation.plus, made.high + derivation.plus, made.low_open, made.high_open))


def _tidy(span: Span) -> Span:
    """Round to twelve digits, so that 2 x 2400 is 4800 and not the float next to it."""
    return Span(float(f"{span.low:.12g}"), float(f"{span.high:.12g}"), span.low_open, span.high_open)


def _over_group(
    derivation: Derivation, rows: tuple[Mapping[str, Value], ...] | None, condition: Condition | None
) -> Value | None:
    """The best value over the rows that meet the condition; NOTHING when none does, None while that is not known."""
    if rows is None:
        return None
    spans: list[Span] = []
    for row in rows:
        holds = _holds(condition, row)
        value = row.get(derivation.of[0])
        if holds is False:
            continue
        if holds is None or not isinstance(value, Span):
            return None
        spans.append(value)
    return _combine(derivation.how, spans) if spans else NOTHING


def _combine(how: str, spans: list[Span]) -> Span:
    first, *rest = spans
    if how in {"smallest", "largest"}:
        pick = min if how == "smallest" else max
        return Span(pick(s.low for s in spans), pick(s.high for s in spans))
    for span in rest:
        if how == "product":
            first = Span(first.low * span.low, first.high * span.high)
        elif how == "quotient":
            first = Span(_divide(first.low, span.high), _divide(first.high, span.low))
        elif how == "sum":
            first = Span(first.low + span.low, first.high + span.high)
        elif how == "difference":
            first = Span(first.low - span.high, first.high - span.low)
        else:
            raise ValueError(how)
    return first


def _divide(a: float, b: float) -> float:
    if b == 0:
        return float("inf") if a else 0.0
    return 0.0 if b == float("inf") else a / b


def names_used(derivations: Iterable[Derivation]) -> set[str]:
    """Every fact that some derivation reads."""
    return {name for derivation in derivations for name in derivation.of}
