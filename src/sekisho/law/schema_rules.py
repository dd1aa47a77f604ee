"""Facts and rules: rows to values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from sekisho.law.facts import FACT_TYPES, Fact, FactType
from sekisho.law.operators import OPERATORS
from sekisho.law.pack import Source
from sekisho.law.rule import EFFECTS, REQUIREMENTS, Condition, Effect, Rule, Version
from sekisho.law.schema_build import Build, RawTable, Row, near
from sekisho.model.outcome import OUTCOMES
from sekisho.model.period import Period
from sekisho.model.problem import Problem

FACT_KEYS = frozenset(
    {"id", "type", "says", "ask", "values", "missing", "required", "aliases", "open_values", "derived", "unknown_flag"}
    | {"row"}
)
RULE_KEYS = frozenset(
    {"id", "effect", "says", "when", "version", "about", "term", "lifts", "lift_kind", "claim", "invoked_by"}
    | {"outcome", "ask", "details", "bind"}
)
VERSION_KEYS = frozenset({"from", "repealed", "cite", "certainty", "when", "note", "needs_snapshots"})


def make_fact(table: RawTable, problems: list[Problem]) -> Fact:
    """Make one fact of the catalogue out of its row, adding to ``problems``."""
    return fact_of(Build(problems), table)


def fact_of(build: Build, table: RawTable) -> Fact:
    """Make one fact of the catalogue."""
    row = table.row
    build.keys(table, row, FACT_KEYS)
    kind: FactType = row.get("type", "")
    if kind not in FACT_TYPES:
        build.wrong("fact-type", table.where, f"type is {kind!r}", f"one of {', '.join(FACT_TYPES)}")
        kind = "text"
    values = build.words(table, "values")
    if kind in ("choice", "set") and not values and not row.get("open_values"):
        build.wrong("fact-values", table.where, f"a fact of type '{kind}' has no values", 'write values = ["..."]')
    missing = row.get("missing")
    return Fact(
        row["id"],
        kind,
        build.text(table, "says"),
        build.text(table, "ask", required=not row.get("derived", False)),
        values,
        frozenset(missing) if isinstance(missing, list) else missing,
        bool(row.get("required", False)),
        dict(row.get("aliases", {})),
        bool(row.get("open_values", False)),
        bool(row.get("derived", False)),
        str(row.get("unknown_flag", "")),
        table.where,
        str(row.get("row", "")),
    )


def conditions_of(when: Row, path: str = "") -> Iterator[Condition]:
    """Flatten ``{ end_use = { purposes = { any_of = [...] } } }`` into conditions."""
    for key, value in when.items():
        if key in OPERATORS and path:
            yield Condition(path, key, value)
        elif isinstance(value, dict):
            yield from conditions_of(value, f"{path}.{key}" if path else key)
        else:
            yield Condition(f"{path}.{key}" if path else key, "", value)


def make_rule(build: Build, table: RawTable, sources: Mapping[str, Source]) -> Rule:
    """Make one rule with its versions."""
    row = table.row
    build.keys(table, row, RULE_KEYS)
    effect: Effect = row.get("effect", "")
    if effect not in EFFECTS:
        build.wrong("rule-effect", table.where, f"effect is {effect!r}", f"one of {', '.join(EFFECTS)}")
        effect = "flag"
    own = _when(build, table, row)
    versions: list[Version] = []
    for written in build.rows(table, "version"):
        build.keys(table, written, VERSION_KEYS)
        start = build.day(table, written, "from", required=True) or date.min
        note = written.get("note", {})
        versions.append(
            Version(
                Period(start, build.day(table, written, "repealed")),
                build.cite(table, written, sources),
                build.certainty(table, written),
                _when(build, table, written) if "when" in written else own,
                {"en": note} if isinstance(note, str) else note,
                dict(written.get("needs_snapshots", {})),
            )
        )
    if not versions:
        build.wrong(
            "rule-version", table.where, "the rule has no version", "give [[rule.version]] with from, cite, certainty"
        )
    _check_effect(build, table, effect)
    return Rule(
        id=row["id"],
        effect=effect,
        says=build.text(table, "says"),
        versions=tuple(sorted(versions, key=lambda version: version.period.start)),
        about=row.get("about", ""),
        term=row.get("term", ""),
        lifts=tuple([row["lifts"]] if isinstance(row.get("lifts"), str) else build.words(table, "lifts")),
        lift_kind=row.get("lift_kind", ""),
        claim=row.get("claim", ""),
        invoked_by=row.get("invoked_by", ""),
        outcome=row.get("outcome"),
        ask=build.text(table, "ask", required=False),
        details=row.get("details", {}),
        bindings=build.bindings(table),
        where=table.where,
    )


def _when(build: Build, table: RawTable, row: Row) -> tuple[Condition, ...]:
    when = row.get("when", {})
    if isinstance(when, dict):
        return tuple(conditions_of(when))
    build.wrong("law-row", table.where, "'when' is not a table", 'write when = { to.is = "XX" }')
    return ()


def _check_effect(build: Build, table: RawTable, effect: Effect) -> None:
    """What each effect needs beside the common keys."""
    row = table.row
    needs: dict[str, tuple[str, ...]] = {"term": ("term",), "lift": ("lifts", "lift_kind", "outcome")}
    for key in needs.get(effect, ()):
        if not row.get(key):
            build.wrong(
                "rule-needs", table.where, f"a rule of effect '{effect}' needs '{key}'", "see docs/writing-law.md"
            )
    if row.get("lift_kind", "legal") not in ("legal", "claimed"):
        build.wrong("rule-lift-kind", table.where, f"lift_kind is {row['lift_kind']!r}", "legal or claimed")
    if row.get("lift_kind") == "claimed" and not row.get("claim"):
        build.wrong("rule-claim", table.where, "a claimed lift needs 'claim'", "the name under which it is invoked")
    if "outcome" in row and row["outcome"] not in OUTCOMES:
        build.wrong("rule-outcome", table.where, f"outcome is {row['outcome']!r}", f"one of {', '.join(OUTCOMES)}")
    if any(version.get("certainty") == "U" for version in build.rows(table, "version")) and not row.get("ask"):
        build.wrong(
            "rule-ask", table.where, "an unsettled row (U) needs 'ask'", "what must be found out before it decides"
        )


def expanded(build: Build, rules: Mapping[str, Rule]) -> Iterator[Rule]:
    """Write out ``lifts = ["jp.catch-all.*"]`` as the rules it means."""
    for rule in rules.values():
        targets: list[str] = []
        for pattern in rule.lifts:
            meant = _meant(pattern, rules)
            if not meant:
                hint = near(pattern, rules)
                build.wrong("rule-lifts", rule.where, f"it lifts '{pattern}', which is no rule", hint)
            targets += [name for name in meant if name not in targets]
        yield replace(rule, lifts=tuple(targets), lifts_written=rule.lifts) if rule.lifts else rule


def _meant(pattern: str, rules: Mapping[str, Rule]) -> list[str]:
    if not pattern.endswith("*"):
        return [pattern] if pattern in rules else []
    return [name for name in rules if name.startswith(pattern[:-1]) and rules[name].effect in REQUIREMENTS]
