"""The field of licences held and of cells of the bulk matrix, which depend on row, destination and day together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import pairwise

from sekisho.law.view import held_licences
from sekisho.model.transfer import Authorisation, Value
from sekisho.store.lookups import Answers, Entry, Key, look_up
from sekisho.store.rowfields import RowFields

COLUMN = "authorisations"


def add_licences(fields: RowFields) -> None:
    """Add the field for ``held.KIND`` and ``bulk.KIND``; licences that cannot be read are refused."""
    probes = [probe for fact, some in fields.probes.items() if fact.startswith(("held.", "bulk.")) for probe in some]
    stated = COLUMN in fields.table.columns
    cells = fields.pack.tables.get(f"{fields.pack.id}:bulk-matrix", ())
    entries = f"items.entries.{fields.pack.id}"
    if not stated and not cells:
        facts = _facts(fields, (), None, None, fields.pack.start)
        for probe in probes:
            fields.constant(probe, facts.get(probe.fact))
        return
    columns = [COLUMN if stated else "", "to", entries if entries in fields.table.columns else "", "act"]
    keys = [fields.key(column) if column else "NULL::VARCHAR" for column in columns]
    each = [(probe, Answers([probe], fields.stretches)) for probe in probes]

    def to(facts: dict[str, Value]) -> tuple[bool | None, ...]:
        return tuple(answer for probe, one in each for answer in one.to(facts.get(probe.fact)))

    def read(key: Key) -> list[Entry]:
        act = fields.act(key[3])
        held, problems = fields.reading.licences(key[0], act)
        if problems:
            return [Entry(None, problems)]
        place, _ = fields.reading.cell(fields.columns["to"], key[1])
        paths = fields.reading.cell(fields.columns[entries], key[2], act)[0] if columns[2] else None
        turns = sorted({date.min, date.max, *_turns(held), *_cell_turns(cells)})
        return [
            Entry(to(_facts(fields, held, place, paths, first)), (), (first, last)) for first, last in pairwise(turns)
        ]

    nothing = to(_facts(fields, (), None, None, fields.pack.start))
    given = "TRUE" if cells else fields.filled(COLUMN)
    lookup = look_up(fields.connection, fields.name("l"), fields.table.relation, keys, read, nothing, given)
    fields.looked_up(COLUMN, lookup, Answers(probes, fields.stretches))


def _facts(fields: RowFields, held: Iterable[Authorisation], place: Value, paths: Value, day: date) -> dict[str, Value]:
    facts: dict[str, Value] = {"day": day}
    if place is not None:
        facts["to"] = place
    if paths is not None:
        facts[f"items.entries.{fields.pack.id}"] = paths
    held_licences(fields.pack, held, facts, {})
    return facts


def _turns(held: Iterable[Authorisation]) -> Iterable[date]:
    """The days on which a held licence begins or has ended."""
    for one in held:
        if one.start is not None:
            yield one.start
        if one.until is not None and one.until < date.max:
            yield one.until + timedelta(days=1)


def _cell_turns(cells: Iterable[Mapping[str, object]]) -> Iterable[date]:
    for cell in cells:
        for key in ("from", "repealed"):
            day = cell.get(key)
            if isinstance(day, date):
                yield day
