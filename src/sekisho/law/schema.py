"""From the tables of a pack's files to a ``Pack``: every fault is named with its file and row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar

from sekisho.law.facts import Fact
from sekisho.law.pack import ListEntry, Pack, SnapshotList
from sekisho.law.schema_build import ARRAYS, Build, RawPack, RawTable
from sekisho.law.schema_references import reference_problems
from sekisho.law.schema_rules import conditions_of, expanded, fact_of, make_fact, make_rule
from sekisho.law.schema_sets import combine_places, make_entry_set, make_lists, make_place_set, make_scope, make_source
from sekisho.law.schema_tables import each_value, make_content_use, make_questions, make_snapshot, make_table_use
from sekisho.law.schema_topics import make_topics
from sekisho.model.problem import Problem

__all__ = ["ARRAYS", "RawPack", "RawTable", "build_pack", "conditions_of", "make_fact"]

HEAD_KEYS = frozenset(
    {"id", "version", "title", "country", "currency", "start", "checked", "acts", "entry_lists", "state"}
    | {"unlisted", "destinations", "deemed_destination", "flags_table", "affiliate_lists", "party_codes"}
    | {"snapshot_lists", "entry_form", "requirements", "content", "treated_as"}
)
T = TypeVar("T")


def build_pack(raw: RawPack, core_facts: Mapping[str, Fact]) -> tuple[Pack | None, list[Problem]]:
    """Make a pack out of its rows, or say everything that is wrong with them."""
    build = Build()
    head = raw.head.row
    sources = _by_id(build, raw, "source", lambda table: make_source(build, table))
    own_facts = _by_id(build, raw, "fact", lambda table: fact_of(build, table))
    for table in raw.tables.get("fact", []):
        if table.row.get("id") in core_facts:
            build.wrong("law-twice", table.where, f"'{table.row['id']}' is a fact of every law already", "take it out")
    facts = dict(core_facts) | own_facts
    for fact in [fact for fact in facts.values() if fact.type == "entries"]:
        # Each law reads its own classification: items.entries.jp for the pack jp.
        facts[f"{fact.id}.{head.get('id')}"] = replace(fact, id=f"{fact.id}.{head.get('id')}")
    made = _by_id(build, raw, "snapshot", lambda table: make_snapshot(table.row, table.where, build.problems))
    snapshots = {name: snapshot for name, snapshot in made.items() if snapshot is not None}
    places = _by_id(build, raw, "place_set", lambda table: make_place_set(build, table, sources, snapshots))
    combine_places(build, raw, places)
    lists: dict[str, Mapping[str, ListEntry]] = {**make_lists(build, raw)}
    for name, listed in head.get("snapshot_lists", {}).items():
        if listed in snapshots:
            lists[name] = SnapshotList(name, snapshots[listed], frozenset(head.get("unlisted", ())))
    entry_sets = _by_id(build, raw, "entry_set", lambda table: make_entry_set(build, table, lists))
    scopes = _by_id(build, raw, "scope", lambda table: make_scope(build, table, lists))
    rules = _by_id(build, raw, "rule", lambda table: make_rule(build, table, sources))
    for name in sorted(places.keys() & entry_sets.keys()):
        build.wrong("set-twice", entry_sets[name].where, f"'{name}' names places and entries", "give each its own id")
    tables = {str(table.row.get("id", "")): tuple(table.row.get("row", ())) for table in raw.tables.get("table", [])}
    build.keys(raw.head, head, HEAD_KEYS | ARRAYS)
    for key in ("id", "version", "country", "currency"):
        if not isinstance(head.get(key), str):
            build.wrong("pack-head", raw.head.where, f"'{key}' is missing", f'write {key} = "..."')
    start = build.day(raw.head, head, "start", required=True)
    checked = build.day(raw.head, head, "checked", required=True)
    pack = Pack(
        id=str(head.get("id")),
        version=str(head.get("version")),
        title=build.text(raw.head, "title"),
        country=str(head.get("country")),
        currency=str(head.get("currency")),
        start=start or date.max,
        checked=checked or date.max,
        acts=frozenset(head.get("acts", ())),
        topics=make_topics(build, raw.tables.get("topic", []), rules),
        sources=sources,
        places=places,
        entry_sets=entry_sets,
        scopes=scopes,
        lists=lists,
        facts=facts,
        rules={rule.id: rule for rule in expanded(build, rules)},
        tables=tables,
        sha256=raw.sha256,
        lists_by_act={
            ("" if act == "default" else act): tuple(names) for act, names in head.get("entry_lists", {}).items()
        },
        bindings=tuple(
            one
            for table in raw.tables.get("bind", [])
            for one in build.bindings(RawTable(table.where, {"bind": [table.row]}))
        ),
        own_facts=frozenset(own_facts),
        snapshots=snapshots,
        requirements=make_table_use(head, snapshots, build.problems),
        row_questions=make_questions(
            [(table.where, table.row) for table in raw.tables.get("row_question", [])], conditions_of
        ),
        unlisted=frozenset(head.get("unlisted", ())),
        flags_table=str(head.get("flags_table", "")),
        content=make_content_use(head, places, build.problems),
        treated_as=dict(head.get("treated_as", {})),
        destinations=str(head.get("destinations", "")),
        deemed_destination=str(head.get("deemed_destination", "")),
        affiliate_lists=tuple(head.get("affiliate_lists", ())),
        entry_form=build.form(raw.head, "entry_form"),
    )
    build.problems.extend(reference_problems(pack))
    return (None, build.problems) if build.problems else (pack, [])


def _by_id(build: Build, raw: RawPack, name: str, make: Callable[[RawTable], T]) -> dict[str, T]:
    found: dict[str, T] = {}
    written = raw.tables.get(name, [])
    for table in (RawTable(one.where, row) for one in written for row in each_value(one.row)):
        key = table.row.get("id")
        if not isinstance(key, str) or not key:
            build.wrong("law-id", table.where, "'id' is missing", 'write id = "..."')
        elif key in found:
            build.wrong("law-twice", table.where, f"'{key}' is there twice", "give it an id of its own")
        else:
            found[key] = make(table)
    return found
