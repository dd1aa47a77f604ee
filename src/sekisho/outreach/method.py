"""The method as data: tools by category, the shares of the donors, conflicts and cells that nobody covers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sekisho.outreach.priority import Factor


@dataclass(frozen=True, slots=True)
class Tool:
    """A means of outreach."""

    id: str
    says: Mapping[str, str]
    outside_tools_table: bool = False


@dataclass(frozen=True, slots=True)
class CategoryPlan:
    """Objective and tools of one category; ``if_necessary`` are second choices."""

    number: int
    lacks: str
    objective: Mapping[str, str]
    primary: tuple[str, ...]
    if_necessary: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Role:
    """What one donor does for one category."""

    donor: str
    category: int
    primary: tuple[str, ...]
    if_necessary: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Method:
    """The whole method."""

    tools: Mapping[str, Tool]
    categories: Mapping[int, CategoryPlan]
    roles: tuple[Role, ...]
    factors: tuple[Factor, ...]
    threshold: float


@dataclass(frozen=True, slots=True)
class Cell:
    """A tool of a category: who leads it (primary), who helps if necessary, and what is wrong with that."""

    category: int
    tool: str
    mark: str
    lead: tuple[str, ...]
    second: tuple[str, ...]
    state: str  # "covered", "shared", "uncovered", "only-if-necessary", "outside-tools-table"


def role_table(method: Method) -> tuple[Cell, ...]:
    """Every tool that a category or a role names, with its donors and the gaps.

    ``shared`` means that several donors lead the same tool for the same category and must agree; ``uncovered`` that a
    primary tool has no donor at all; ``only-if-necessary`` that a primary tool has no leading donor.
    """
    cells = []
    for number, plan in method.categories.items():
        mine = [role for role in method.roles if role.category == number]
        wanted = {**dict.fromkeys(plan.primary, "primary"), **dict.fromkeys(plan.if_necessary, "if necessary")}
        for role in mine:
            for tool in (*role.primary, *role.if_necessary):
                wanted.setdefault(tool, "")
        for tool, mark in wanted.items():
            lead = tuple(role.donor for role in mine if tool in role.primary)
            second = tuple(role.donor for role in mine if tool in role.if_necessary)
            cells.append(Cell(number, tool, mark, lead, second, _state(method, mark, tool, lead, second)))
    return tuple(cells)


def _state(method: Method, mark: str, tool: str, lead: tuple[str, ...], second: tuple[str, ...]) -> str:
    if not mark:
        return "outside-tools-table"
    if not lead and not second:
        return "uncovered"
    if not lead and mark == "primary":
        return "only-if-necessary"
    return "shared" if len(lead) > 1 else "covered"
