"""Values as JSON knows them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sekisho.law.requirements import Reached
from sekisho.model.money import Money
from sekisho.model.span import Span


def plain(value: Any) -> Any:
    """A value as JSON knows it: dates ISO, sets sorted, amounts and decimals as text."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset | set):
        return sorted(value)
    if isinstance(value, Money):
        return ("≥ " if value.at_least else "") + value.plain()
    if isinstance(value, Decimal | Span | Reached):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    return value
