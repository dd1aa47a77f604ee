"""Every fact, operator, set and value that a condition names must exist and fit."""

from __future__ import annotations

from collections.abc import Iterator

from sekisho.law.operators import OPERATORS
from sekisho.law.pack import Pack
from sekisho.law.rule import Condition, Rule
from sekisho.law.schema_build import near
from sekisho.model.money import parse_money
from sekisho.model.problem import Problem


def reference_problems(pack: Pack) -> Iterator[Problem]:
    """Give every fault in the conditions of a pack, each once for a rule."""
    for rule in pack.rules.values():
        seen: set[tuple[str, str, str]] = set()
        for version in rule.versions:
            for condition in version.when:
                key = (condition.fact, condition.op, repr(condition.arg))
                if key not in seen:
                    seen.add(key)
                    yield from _condition_problems(pack, rule, condition)


def _condition_problems(pack: Pack, rule: Rule, condition: Condition) -> Iterator[Problem]:
    fact, arg = pack.facts.get(condition.fact), condition.arg
    if fact is None and condition.fact not in pack.terms and not condition.fact.startswith("claim."):
        says = f"'{condition.fact}' is no fact and no term"
        yield Problem("condition-fact", rule.where, says, near(condition.fact, [*pack.facts, *pack.terms]))
        return
    operator = OPERATORS.get(condition.op)
    if operator is None:
        says = f"'{condition.fact}' has no known operator"
        yield Problem("condition-operator", rule.where, says, f"one of {', '.join(OPERATORS)}")
        return
    if operator.shape == "list-or-set" and isinstance(arg, str) and arg not in pack.places and arg not in pack.scopes:
        hint = near(arg, [*pack.places, *pack.scopes])
        yield Problem("condition-set", rule.where, f"set '{arg}' does not exist", hint)
    elif operator.shape == "table" and (not isinstance(arg, dict) or arg.get("table") not in pack.snapshots):
        hint = 'marked = { table = "us:chart", row = "destination", column = "requirement.column" }'
        yield Problem("condition-table", rule.where, f"'{condition.op}' names no table of the pack", hint)
    elif operator.shape == "entry-set" and (
        not (isinstance(arg, list) and arg)
        and (not isinstance(arg, str) or (arg not in pack.entry_sets and arg not in pack.places))
    ):
        hint = near(arg, pack.entry_sets)
        yield Problem("condition-set", rule.where, f"entry set {arg!r} does not exist", hint)
    elif (operator.shape == "codes" or (operator.shape == "list-or-set" and not isinstance(arg, str))) and not (
        isinstance(arg, list) and arg and all(isinstance(one, str) for one in arg)
    ):
        yield Problem("condition-list", rule.where, f"'{condition.op}' needs a list", f'write {condition.op} = ["..."]')
    elif operator.shape == "quantity" and isinstance(arg, str) and parse_money(arg) is None:
        yield Problem("condition-quantity", rule.where, f"{arg!r} is no amount", 'write "1_000_000 JPY" or a number')
    elif fact is not None and fact.values and not fact.open_values and operator.shape != "entry-set":
        for value in arg if isinstance(arg, list) else [arg]:
            if (
                isinstance(value, str)
                and value not in fact.values
                and value not in pack.places
                and value != fact.missing
            ):
                says = f"'{value}' is no value of '{fact.id}'"
                yield Problem("condition-value", rule.where, says, near(value, fact.values))
