"""Leave out of a row's code what cannot matter to it: a code is cut down by what act, places and rows already settle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from sekisho.law.columns import Columns
from sekisho.law.kleene import Truth
from sekisho.law.relevance import Relevance
from sekisho.store.lookups import insert
from sekisho.store.rowplan import Field, RowPlan

MOST = 5_000
"""Combinations that are worth working out; a table with more is cut down by fewer facts."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A field of the code with the number and the bit at which it stands."""

    field: Field
    word: int
    place: int

    @property
    def mask(self) -> int:
        """Its bits in its number."""
        return ((1 << self.field.bits) - 1) << self.place


def write_contexts(connection: duckdb.DuckDBPyConnection, plan: RowPlan, law: Columns, coded: str, name: str) -> None:
    """Make the table ``name``: for each context that occurs the bits of each number that can matter."""
    placed = [Placed(field, number, place) for number, word in enumerate(plan.words) for field, place in word]
    settling = [one for one in placed if one.field.settles is not None and one.word == 0]
    found: list[tuple[int, int]] = []
    while settling:
        key = sum(one.mask for one in settling)
        found = connection.execute(
            f"SELECT stretch, CAST(w0 & {key} AS BIGINT) FROM {coded} WHERE state = 0 GROUP BY ALL LIMIT {MOST + 1}"
        ).fetchall()
        if len(found) <= MOST:
            break
        settling.pop()
    key = sum(one.mask for one in settling)
    plan.context_mask = key
    heads = ", ".join(f"m{number} UBIGINT" for number in range(len(plan.words)))
    connection.execute(f"CREATE OR REPLACE TABLE {name} (stretch INTEGER, context UBIGINT, {heads})")
    relevance = Relevance(law)
    rows = []
    for stretch, context in found if settling else []:
        known: dict[str, Truth] = {}
        for one in settling:
            assert one.field.settles is not None
            known |= one.field.settles(context >> one.place & (1 << one.field.bits) - 1, stretch)
        rows.append((stretch, context, *_masks(plan, placed, settling, relevance.probes(stretch, known))))
    insert(connection, name, rows)


def _masks(plan: RowPlan, placed: Sequence[Placed], settling: Sequence[Placed], relevant: set[str]) -> list[int]:
    masks = [0] * len(plan.words)
    for one in placed:
        if one in settling or relevant.intersection(one.field.probes):
            masks[one.word] |= one.mask
    return masks
