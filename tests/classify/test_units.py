"""The own table of units against pint, an independent one, and the readings that only the lists have."""

from fractions import Fraction
from math import isclose

import pint
import pytest

from sekisho.classify.foreign_units import foreign_unit
from sekisho.classify.units import NONE, dimension_of, read_unit, show_dimension

REGISTRY = pint.UnitRegistry(cache_folder=None)
SYMBOLS = {"[length]": "m", "[mass]": "kg", "[time]": "s", "[current]": "A", "[temperature]": "K", "[substance]": "mol"}

SAME_IN_PINT = {
    "mm": "millimeter", "µm": "micrometer", "nm": "nanometer", "in": "inch", "ft": "foot", "Å": "angstrom", "nmi": "nautical_mile",
    "kg": "kilogram", "mg": "milligram", "lb": "pound", "t": "metric_ton", "ms": "millisecond", "min": "minute", "h": "hour",
    "GHz": "gigahertz", "W": "watt", "kW": "kilowatt", "J": "joule", "Wh": "watt_hour", "eV": "electron_volt", "keV": "kiloelectron_volt",
    "kV": "kilovolt", "mA": "milliampere", "C": "coulomb", "Ah": "ampere_hour", "Ω": "ohm", "S": "siemens", "pF": "picofarad",
    "nH": "nanohenry", "T": "tesla", "kN": "kilonewton", "MPa": "megapascal", "bar": "bar", "atm": "atmosphere", "psi": "psi",
    "Torr": "torr", "l": "liter", "cc": "centimeter ** 3", "m/s": "meter / second", "km/h": "kilometer / hour",
    "kt": "knot", "St": "stokes", "cSt": "centistokes", "P": "poise", "Gal": "galileo", "m^3/h": "meter ** 3 / hour",
    "kN·s": "kilonewton * second", "V/m": "volt / meter", "W/cm^2": "watt / centimeter ** 2", "J/cm^2": "joule / centimeter ** 2",
    "Wh/kg": "watt_hour / kilogram", "A/m^2": "ampere / meter ** 2", "kg/m^3": "kilogram / meter ** 3", "Ci": "curie", "Gy": "gray",
    "rpm": "1 / minute", "mol/L": "mole / liter", "H/m": "henry / meter", "Pa·s": "pascal * second",
}  # fmt: skip


@pytest.mark.parametrize(("ours", "theirs"), SAME_IN_PINT.items())
def test_factor_and_dimension_agree_with_pint(ours, theirs):
    base = REGISTRY.Quantity(1, theirs).to_base_units()
    dimension = tuple(sorted((SYMBOLS[name], Fraction(str(p))) for name, p in base.dimensionality.items()))
    readings = [unit for unit in read_unit(ours) if unit.dimension == dimension]
    assert readings, (ours, [show_dimension(unit.dimension) for unit in read_unit(ours)], dimension)
    assert isclose(float(readings[0].factor), base.magnitude, rel_tol=1e-9)


def test_a_letter_may_stand_for_several_units():
    assert {show_dimension(unit.dimension) for unit in read_unit("g")} >= {"kg", "m s^-2"}
    assert {show_dimension(unit.dimension) for unit in read_unit("rad")} >= {"rad", "m^2 s^-2"}


@pytest.mark.parametrize(
    ("text", "dimension"),
    [
        ("GSPS", dimension_of(s=-1)),
        ("メガサンプリング毎秒", dimension_of(s=-1)),
        ("Gbit/s", dimension_of(bit=1, s=-1)),
        ("ギガビット毎秒", dimension_of(bit=1, s=-1)),
        ("V/√Hz", dimension_of(kg=1, m=2, A=-1, s=Fraction(-5, 2))),
        ("deg/h", dimension_of(rad=1, s=-1)),
        ("平方センチメートル", dimension_of(m=2)),
    ],
)
def test_units_of_the_lists(text, dimension):
    readings = read_unit(text)
    assert dimension in [unit.dimension for unit in readings]


def test_no_unit_is_no_unit():
    assert [unit.dimension for unit in read_unit("")] == [NONE]  # a plain number
    assert read_unit("blarg") == ()
    assert read_unit("G" * 500) == ()


def test_what_the_table_lacks_is_read_by_pint_and_only_when_the_dimension_fits():
    watt = read_unit("W")[0].dimension
    assert isclose(float(foreign_unit("hp", watt).factor), 745.6998715822702, rel_tol=1e-12)
    assert foreign_unit("hp", read_unit("m")[0].dimension) is None
    assert foreign_unit("import os", watt) is None
    assert foreign_unit("hp" * 40, watt) is None
    assert foreign_unit("hp", NONE) is None
