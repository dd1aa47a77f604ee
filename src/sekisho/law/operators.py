"""The closed list of operators that a condition may use. Each answers True, False or None (unknown).

An operator gets the fact's value (never None: an unknown value is unknown before any operator is asked) and the
argument of the rule, resolved for the day. In a set the element ``?`` says that more may be in it than is known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from sekisho.law.kleene import Truth, negate
from sekisho.law.sets import EntrySet, TariffScope, coarse_match
from sekisho.model.money import Money

MORE = "?"

Shape: TypeAlias = Literal["scalar", "list-or-set", "codes", "entry-set", "quantity"]


def is_(value: Any, arg: Any) -> Truth:
    """The value is the argument."""
    return bool(value == arg)


def is_not(value: Any, arg: Any) -> Truth:
    """The value is another one than the argument."""
    return bool(value != arg)


def in_(value: str, arg: frozenset[str] | TariffScope) -> Truth:
    """The value is in a list, a place set or a tariff scope."""
    return arg.contains(value) if isinstance(arg, TariffScope) else value in arg


def not_in(value: str, arg: frozenset[str] | TariffScope) -> Truth:
    """The value is not in a list, a place set or a tariff scope."""
    return negate(in_(value, arg))


def any_of(value: frozenset[str], arg: tuple[str, ...]) -> Truth:
    """At least one of the argument's codes is in the value."""
    result: Truth = None if MORE in value else False
    for code in value:
        match = coarse_match(code, arg)
        if match is True:
            return True
        if match is None:
            result = None
    return result


def none_of(value: frozenset[str], arg: tuple[str, ...]) -> Truth:
    """None of the argument's codes is in the value."""
    return negate(any_of(value, arg))


def any_in(value: frozenset[str], arg: EntrySet | frozenset[str]) -> Truth:
    """At least one element of the value lies in the set."""
    result: Truth = None if MORE in value else False
    for path in value:
        inside = arg.contains(path) if isinstance(arg, EntrySet) else path in arg
        if inside is True:
            return True
        if inside is None:
            result = None
    return result


def none_in(value: frozenset[str], arg: EntrySet | frozenset[str]) -> Truth:
    """No element of the value lies in the set."""
    return negate(any_in(value, arg))


def all_in(value: frozenset[str], arg: EntrySet | frozenset[str]) -> Truth:
    """The value has elements and every one lies in the set."""
    if not value:
        return False
    result: Truth = True
    for path in value:
        inside = None if path == MORE else arg.contains(path) if isinstance(arg, EntrySet) else path in arg
        if inside is False:
            return False
        if inside is None:
            result = None
    return result


def at_least(value: Any, arg: Any) -> Truth:
    """The value is the argument or above."""
    return negate(below(value, arg))


def above(value: Any, arg: Any) -> Truth:
    """The value is above the argument."""
    return negate(at_most(value, arg))


def at_most(value: Any, arg: Any) -> Truth:
    """The value is the argument or below. A sum with an unknown part can only be found above."""
    if isinstance(value, Money):
        if value.amount > arg.amount:
            return False
        return None if value.at_least else True
    return bool(value <= arg)


def below(value: Any, arg: Any) -> Truth:
    """The value is below the argument."""
    if isinstance(value, Money):
        if value.amount >= arg.amount:
            return False
        return None if value.at_least else True
    return bool(value < arg)


@dataclass(frozen=True, slots=True)
class Operator:
    """An operator with the shape of its argument and its words (``{}`` stands for the argument)."""

    name: str
    test: Callable[[Any, Any], Truth]
    shape: Shape
    words: Mapping[str, str]


OPERATORS: dict[str, Operator] = {
    operator.name: operator
    for operator in (
        Operator("is", is_, "scalar", {"en": "is {}", "ja": "が {} である"}),
        Operator("is_not", is_not, "scalar", {"en": "is not {}", "ja": "が {} でない"}),
        Operator("in", in_, "list-or-set", {"en": "is in {}", "ja": "が {} に含まれる"}),
        Operator("not_in", not_in, "list-or-set", {"en": "is not in {}", "ja": "が {} に含まれない"}),
        Operator("any_of", any_of, "codes", {"en": "has one of {}", "ja": "に {} のいずれかがある"}),
        Operator("none_of", none_of, "codes", {"en": "has none of {}", "ja": "に {} のいずれもない"}),
        Operator("any_in", any_in, "entry-set", {"en": "has one in {}", "ja": "に {} に入るものがある"}),
        Operator("none_in", none_in, "entry-set", {"en": "has none in {}", "ja": "に {} に入るものがない"}),
        Operator("all_in", all_in, "entry-set", {"en": "are all in {}", "ja": "がすべて {} に入る"}),
        Operator("at_least", at_least, "quantity", {"en": "is at least {}", "ja": "が {} 以上"}),
        Operator("above", above, "quantity", {"en": "is above {}", "ja": "が {} を超える"}),
        Operator("at_most", at_most, "quantity", {"en": "is at most {}", "ja": "が {} 以下"}),
        Operator("below", below, "quantity", {"en": "is below {}", "ja": "が {} 未満"}),
    )
}
