"""What lifts come to, in columns: which holds first, which stay possible before it, and to what ranks they lead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from sekisho.law.column_layers import Layers, either, every
from sekisho.law.column_rules import RuleColumns
from sekisho.law.stretches import Row, Stretches
from sekisho.model.outcome import RANK

NOTHING_LOW, NOTHING_HIGH = 9, -1
"""Ranks that lose every comparison: no outcome at this end."""


@dataclass(frozen=True, slots=True)
class Family:
    """Requirements that share their lifts; the lifts stand in the order in which they are tried."""

    number: int
    requirements: tuple[Row, ...]
    lifts: tuple[Row, ...]

    @property
    def groups(self) -> tuple[tuple[str, int, tuple[Row, ...]], ...]:
        """Runs of lifts with one outcome: a name for the run, the rank of its outcome, its lifts."""
        runs = groupby(self.lifts, key=lambda lift: RANK[lift.rule.outcome or "exempt"])
        return tuple((f"{self.number}_{place}", rank, tuple(rows)) for place, (rank, rows) in enumerate(runs))


def families_of(law: Stretches) -> tuple[Family, ...]:
    """The requirements by the lifts that they share."""
    shared: dict[tuple[str, ...], list[Row]] = {}
    for row in law.requirements:
        shared.setdefault(tuple(lift.id for lift in law.lifts_of.get(row.id, ())), []).append(row)
    return tuple(
        Family(number, tuple(rows), tuple(law.rows[lift] for lift in lifts))
        for number, (lifts, rows) in enumerate(shared.items())
    )


def lifts_sql(law: Stretches, families: Iterable[Family], names: RuleColumns, layers: Layers) -> None:
    """Add what the lifts of each family come to, whatever requirement they meet (decide: ``_standing``).

    ``u_`` a lift is unknown by unloaded cells alone; ``yes_``, ``maybe_`` and ``loaded_`` a run has a lift that
    holds, is unknown, is unknown by more than cells; ``lifted_`` and ``open_`` the family; ``low_`` and ``high_`` the
    ranks to which its lifts may lead; ``live_`` a requirement is not ruled out, ``sure_`` one is met.
    """
    unloaded: dict[str, str] = {}
    runs: dict[str, str] = {}
    whole: dict[str, str] = {}
    for family in families:
        number = family.number
        unloaded |= {f"u_{names[lift.id]}": _only_unloaded(law, lift, names) for lift in family.lifts}
        for run, _, lifts in family.groups:
            columns = [names[lift.id] for lift in lifts]
            runs[f"yes_{run}"] = f"{either(columns)} IS TRUE"
            runs[f"maybe_{run}"] = either(f"{column} IS NULL" for column in columns)
            runs[f"loaded_{run}"] = either(f"({column} IS NULL AND NOT u_{column})" for column in columns)
        whole[f"lifted_{number}"] = either(f"yes_{run}" for run, _, _ in family.groups)
        whole[f"open_{number}"] = either(f"maybe_{run}" for run, _, _ in family.groups)
        whole[f"low_{number}"] = _end(family, "LEAST", NOTHING_LOW)
        whole[f"high_{number}"] = _end(family, "GREATEST", NOTHING_HIGH)
        rows = [names[row.id] for row in family.requirements]
        whole[f"live_{number}"] = either(f"g_{row}" for row in rows)
        whole[f"sure_{number}"] = either(f"(g_{row} AND {row} IS TRUE)" for row in rows)
    layers.add(unloaded)
    layers.add(runs)
    layers.add(whole)


def _only_unloaded(law: Stretches, lift: Row, names: RuleColumns) -> str:
    """Nothing but cells of a matrix that nobody has loaded is unknown in the lift."""
    ways = []
    for variant in lift.variants:
        cells = [n for n in variant.tests if law.tests[n].condition.fact.startswith("bulk.")]
        if cells:
            others = [f"a{n} IS NOT NULL" for n in variant.tests if n not in cells]
            ways.append(variant.gated(every([either(f"a{n} IS NULL" for n in cells), *others])))
    return f"{names[lift.id]} IS NULL AND {either(ways)}" if ways else "FALSE"


def _end(family: Family, pick: str, nothing: int) -> str:
    """The mildest or worst rank: up to the first run that holds, else of every open one."""
    branches = ""
    before: list[str] = []
    for run, rank, _ in family.groups:
        branches += f" WHEN yes_{run} THEN {pick}({', '.join([str(rank), *before])})"
        before.append(f"CASE WHEN loaded_{run} THEN {rank} ELSE {nothing} END")
    if not branches:
        return str(nothing)
    unlifted = [f"CASE WHEN maybe_{run} THEN {rank} ELSE {nothing} END" for run, rank, _ in family.groups]
    return f"CASE{branches} ELSE {pick}({', '.join([str(nothing), *unlifted])}) END"


def opened(families: Iterable[Family], names: RuleColumns) -> dict[str, list[tuple[Family, str]]]:
    """For each lift and family: SQL that tells whether it stays possible there, before the first that holds."""
    found: dict[str, list[tuple[Family, str]]] = {}
    for family in families:
        earlier: list[str] = []
        for lift in family.lifts:
            name = names[lift.id]
            parts = [f"{name} IS NULL", *(f"{one} IS NOT TRUE" for one in earlier)]
            parts.append(f"NOT (lifted_{family.number} AND u_{name})")
            found.setdefault(lift.id, []).append((family, " AND ".join(parts)))
            earlier.append(name)
    return found
