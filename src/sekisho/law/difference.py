"""What differs in the law: between two days of one pack, or between two packs (a proposal and what is in force)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, TypeAlias

from sekisho.law.pack import Pack
from sekisho.law.rule import Condition, Rule, Text, Version

Kind: TypeAlias = Literal["pack", "rule", "place-set", "entry-set", "scope", "list-row", "fact", "source", "table"]
How: TypeAlias = Literal["began", "ended", "changed", "cited"]
"""``cited``: the law is the same, only its citation or its certainty is another."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. ``fields`` gives what changed as (name, before, after); lists hold what was lost and gained."""

    kind: Kind
    id: str
    how: How
    says: Text = field(default_factory=dict)
    fields: tuple[tuple[str, Any, Any], ...] = ()
    rule: Rule | None = None
    version: Version | None = None


def between_days(pack: Pack, before: date, after: date) -> Iterator[Change]:
    """Everything of one pack that is otherwise on ``after`` than on ``before``."""
    for rule in pack.rules.values():
        yield from _rule_change(rule, rule, rule.on(before), rule.on(after))
    for places in pack.places.values():
        old, new = places.on(before), places.on(after)
        if old is not new:
            fields = _fields(
                ("members", old and old.members, new and new.members),
                ("certainty", old and old.certainty, new and new.certainty),
            )
            if fields:
                yield Change("place-set", places.id, _how(fields), places.says, fields)
    for list_id, rows in pack.lists.items():
        for row in rows.values():
            was, is_ = row.exists_on(before), row.exists_on(after)
            if was is not is_:
                yield Change("list-row", f"{list_id}/{row.path}", "began" if is_ else "ended", row.says)
    for table_id, lines in pack.tables.items():
        was_there = {repr(line) for line in lines if _line_on(line, before)}
        is_there = {repr(line) for line in lines if _line_on(line, after)}
        if was_there != is_there:
            fields = (("rows", sorted(was_there - is_there), sorted(is_there - was_there)),)
            yield Change("table", table_id, "changed", {}, fields)


def between_packs(before: Pack, after: Pack) -> Iterator[Change]:
    """Everything that is otherwise in ``after``, dates included."""
    head = _fields(
        *(
            (key, getattr(before, key), getattr(after, key))
            for key in ("version", "start", "checked", "currency", "acts")
        )
    )
    if head:
        yield Change("pack", after.id, "changed", after.title, head)
    yield from _rules(before, after)
    for set_id, how in _keys(before.places, after.places):
        old, new = before.places.get(set_id), after.places.get(set_id)
        one = new or old
        fields = _fields(("spans", old and _spans(old.spans), new and _spans(new.spans))) if how == "changed" else ()
        if one is not None and (fields or how != "changed"):
            yield Change("place-set", set_id, how, one.says, fields)
    yield from _simple("entry-set", before.entry_sets, after.entry_sets, ("members",))
    yield from _simple("scope", before.scopes, after.scopes, ("include", "exclude", "partly"))
    for list_id in sorted({*before.lists, *after.lists}):
        old_rows, new_rows = before.lists.get(list_id, {}), after.lists.get(list_id, {})
        yield from _simple(
            "list-row", old_rows, new_rows, ("says", "certainty", "details", "start", "end"), f"{list_id}/"
        )
    facts = ("type", "values", "missing", "required", "aliases", "says", "ask")
    yield from _simple("fact", before.facts, after.facts, facts)
    yield from _simple("source", before.sources, after.sources, ("title", "as_of", "read", "address", "text_id"))
    yield from _tables(before, after)


def _tables(before: Pack, after: Pack) -> Iterator[Change]:
    for table_id, how in _keys(before.tables, after.tables):
        old = {repr(line) for line in before.tables.get(table_id, ())}
        new = {repr(line) for line in after.tables.get(table_id, ())}
        if old != new:
            yield Change("table", table_id, how, {}, (("rows", sorted(old - new), sorted(new - old)),))


def _rules(before: Pack, after: Pack) -> Iterator[Change]:
    for rule_id, how in _keys(before.rules, after.rules):
        if how != "changed":
            rule = after.rules.get(rule_id) or before.rules[rule_id]
            yield Change("rule", rule_id, how, rule.says, rule=rule, version=rule.versions[-1])
            continue
        old, new = before.rules[rule_id], after.rules[rule_id]
        fields = list(_own_fields(old, new))
        versions = [[_version_plain(version) for version in rule.versions] for rule in (old, new)]
        if versions[0] != versions[1]:
            fields.append(
                (
                    "versions",
                    [one for one in versions[0] if one not in versions[1]],
                    [one for one in versions[1] if one not in versions[0]],
                )
            )
        if fields:
            yield Change("rule", rule_id, "changed", new.says, tuple(fields), new, new.versions[-1])


def _rule_change(old: Rule, new: Rule, before: Version | None, after: Version | None) -> Iterator[Change]:
    if before is None and after is None:
        return
    if before is None or after is None:
        version = after or before
        yield Change("rule", new.id, "ended" if after is None else "began", new.says, rule=new, version=version)
        return
    fields = (*_own_fields(old, new), *_version_fields(before, after))
    if fields:
        yield Change("rule", new.id, _how(fields), new.says, fields, new, after)


def _how(fields: tuple[tuple[str, Any, Any], ...]) -> How:
    return "cited" if {name for name, _, _ in fields} <= {"cite", "certainty"} else "changed"


def _own_fields(old: Rule, new: Rule) -> tuple[tuple[str, Any, Any], ...]:
    names = ("effect", "says", "about", "term", "lift_kind", "claim", "outcome", "ask", "details")
    fields = _fields(*((name, getattr(old, name), getattr(new, name)) for name in names))
    return (*fields, *_lost_and_gained("lifts", old.lifts, new.lifts))


def _version_fields(before: Version, after: Version) -> tuple[tuple[str, Any, Any], ...]:
    return (
        *_lost_and_gained("conditions", before.when, after.when),
        *_fields(
            ("cite", str(before.cite), str(after.cite)),
            ("certainty", before.certainty, after.certainty),
        ),
    )


def _version_plain(version: Version) -> dict[str, Any]:
    return {
        "from": version.period.start,
        "repealed": version.period.end,
        "cite": str(version.cite),
        "certainty": version.certainty,
        "conditions": [f"{one.fact} {one.op} {one.arg!r}" for one in version.when],
    }


def _lost_and_gained(name: str, old: tuple[Any, ...], new: tuple[Any, ...]) -> tuple[tuple[str, Any, Any], ...]:
    """What only the one and only the other has; conditions are compared by what they ask."""

    def key(one: Any) -> str:
        return f"{one.fact} {one.op} {one.arg!r}" if isinstance(one, Condition) else str(one)

    lost = [one for one in old if key(one) not in {key(other) for other in new}]
    gained = [one for one in new if key(one) not in {key(other) for other in old}]
    return ((name, lost, gained),) if lost or gained else ()


def _simple(
    kind: Kind, before: Mapping[str, Any], after: Mapping[str, Any], names: tuple[str, ...], prefix: str = ""
) -> Iterator[Change]:
    for key, how in _keys(before, after):
        old, new = before.get(key), after.get(key)
        fields = (
            _fields(*((name, getattr(old, name), getattr(new, name)) for name in names)) if how == "changed" else ()
        )
        if fields or how != "changed":
            one = new or old
            says = getattr(one, "says", None) or getattr(one, "title", {})
            yield Change(kind, f"{prefix}{key}", how, says, fields)


def _fields(*fields: tuple[str, Any, Any]) -> tuple[tuple[str, Any, Any], ...]:
    """Only what differs; of two sets what is lost and what is gained."""
    found = []
    for name, old, new in fields:
        if old == new:
            continue
        if isinstance(old, frozenset) and isinstance(new, frozenset):
            found.append((name, sorted(old - new), sorted(new - old)))
        else:
            found.append((name, old, new))
    return tuple(found)


def _keys(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[str, How]]:
    for key in dict.fromkeys([*before, *after]):
        yield key, "changed" if key in before and key in after else "began" if key in after else "ended"


def _spans(spans: Any) -> list[dict[str, Any]]:
    return [
        {
            "from": span.period.start,
            "repealed": span.period.end,
            "members": sorted(span.members),
            "certainty": span.certainty,
            "cite": str(span.cite),
        }
        for span in spans
    ]


def _line_on(line: Mapping[str, Any], day: date) -> bool:
    start, end = line.get("from"), line.get("repealed")
    return (not isinstance(start, date) or start <= day) and (not isinstance(end, date) or day < end)
