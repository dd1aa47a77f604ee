"""The four elements of a country's export control and the category that follows from them.

Source: the method of the 2008 proposal; ``graduated`` and ``undetermined`` are additions of this system.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from sekisho.law.kleene import Truth

Element: TypeAlias = Literal["intention", "laws", "enforcement", "industry"]
ELEMENTS: tuple[Element, ...] = ("intention", "laws", "enforcement", "industry")

Category: TypeAlias = Literal[1, 2, 3, 4, "graduated", "undetermined"]


@dataclass(frozen=True, slots=True)
class Rating:
    """Whether each element is sufficient (None: unknown), and the category that this gives."""

    sufficient: Mapping[Element, Truth]
    category: Category
    question: Element | None = None  # the element that must be known
    incoherent: tuple[Element, ...] = field(default=())  # sufficient although an earlier one is not


def rate(sufficient: Mapping[Element, Truth]) -> Rating:
    """Give the category: the first insufficient element in order decides.

    An unknown element before it leaves the category undetermined and is the question. A later element that is
    sufficient while an earlier one is not is told as incoherent; it does not change the category.
    """
    incoherent: list[Element] = []
    failed = False
    for element in ELEMENTS:
        if sufficient.get(element) is False:
            failed = True
        elif failed and sufficient.get(element) is True:
            incoherent.append(element)
    for number, element in enumerate(ELEMENTS, 1):
        state = sufficient.get(element)
        if state is False:
            return Rating(sufficient, number, None, tuple(incoherent))  # type: ignore[arg-type]
        if state is None:
            return Rating(sufficient, "undetermined", element, tuple(incoherent))
    return Rating(sufficient, "graduated")


def elements_of(category: int) -> dict[Element, Truth]:
    """The elements that a bare category tells: those before are sufficient, its own is not, later ones are unknown."""
    return {
        element: True if number < category else False if number == category else None
        for number, element in enumerate(ELEMENTS, 1)
    }
