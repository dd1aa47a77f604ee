"""Units outside the own table (horsepower, mil, ounce, slug per foot), read by pint when an item states a quantity.

The own table knows the units of the lists, exactly and in both languages; pint knows nearly all others. It is asked
only for a value that could not be read otherwise, because importing it takes longer than a whole classification.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from typing import Any

from sekisho.classify.units import NONE, Dimension, Unit

_UNIT = re.compile(r"[A-Za-zµμΩ°][A-Za-z0-9µμΩ°/*^·. _-]{0,30}")
_SYMBOLS = {
    "[length]": "m", "[mass]": "kg", "[time]": "s", "[current]": "A", "[temperature]": "K", "[substance]": "mol",
    "[luminosity]": "cd",
}  # fmt: skip


@cache
def _registry() -> Any:
    from pint import UnitRegistry

    return UnitRegistry(cache_folder=None)


@cache
def foreign_unit(text: str, dimension: Dimension) -> Unit | None:
    """Read a unit of this dimension that the own table lacks; None when pint knows none such either."""
    text = text.strip()
    if dimension == NONE or not _UNIT.fullmatch(text):
        return None
    from pint.errors import PintError

    registry = _registry()
    try:
        one = registry.Quantity(1, registry.parse_units(text.replace("·", "*")))
        base = one.to_base_units()
        offset = registry.Quantity(0, one.units).to_base_units().magnitude
    except (PintError, ValueError, TypeError, AttributeError, KeyError, ArithmeticError):
        return None
    found = tuple(
        sorted((_SYMBOLS.get(name, name), Fraction(str(power))) for name, power in base.dimensionality.items() if power)
    )
    if found != dimension:
        return None
    return Unit(dimension, Fraction(str(base.magnitude - offset)), Fraction(str(offset)))
