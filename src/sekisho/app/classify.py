"""Prepare an item for classification: its file, what can be read out of its description and datasheet, CAS numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sekisho.classify.item import Item, Stated, read_item
from sekisho.classify.library import Library
from sekisho.classify.reads import Line, confirm, lines_of, read_facts
from sekisho.classify.span import Span


def prepared(library: Library, table: Mapping[str, Any], where: str, datasheet: Iterable[Line] = ()) -> Item:
    """Read an item table and add unconfirmed facts from its description and datasheet; stated facts stand first.

    ``confirmed`` in the table names read facts that a person has confirmed; ``confirmed = true`` confirms them all.
    """
    item = read_item(table, library, where)
    lines = [*lines_of(item.text, "description"), *datasheet]
    mentioned = [mention.kind for mention in library.kinds.mentioned(item.text)]
    read = read_facts(lines, library.catalogue, library.kinds, [*item.kinds, *mentioned])
    confirmed = table.get("confirmed", ())
    read = confirm(read, read if confirmed is True else [str(name) for name in confirmed or ()])
    facts = {**{name: fact for name, fact in read.items() if name not in item.facts}, **item.facts}
    return by_cas(library, replace(item, facts=facts))


def by_cas(library: Library, item: Item) -> Item:
    """A stated CAS number says what the item is; alone it means the pure substance."""
    stated = item.facts.get("cas")
    if stated is None or not stated.counts or not isinstance(stated.value, frozenset):
        return item
    facts = dict(item.facts)
    if len(stated.value) == 1 and "concentration" not in facts and "is_mixture" not in facts:
        why = "a CAS number alone means the pure substance"
        facts["concentration"] = Stated("concentration", Span.exact(1.0), "100 %", "derived", why)
    kinds = item.kinds
    if not kinds:
        named = [library.kinds.by_cas[number] for number in sorted(stated.value) if number in library.kinds.by_cas]
        kinds = tuple(named) if len(stated.value) == 1 and named else ("chemical",)
    return replace(item, facts=facts, kinds=kinds)
