"""From the tables of a pack's files to a ``Pack``: every fault is named with its file and row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from typing import Any

from sekisho.law.facts import FACT_TYPES, Fact, FactType
from sekisho.law.operators import OPERATORS
from sekisho.law.pack import ListEntry, Pack, Source, Topic
from sekisho.law.rule import EFFECTS, Binding, Condition, Effect, Rule, Text, Version
from sekisho.law.sets import EntrySet, PlaceSet, PlaceSpan, TariffScope
from sekisho.model.certainty import CERTAINTIES, Certainty, Citation
from sekisho.model.money import parse_money
from sekisho.model.outcome import OUTCOMES
from sekisho.model.period import Period
from sekisho.model.problem import Problem

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RawTable:
    """One row of one file: ``where`` is file and row for the reader of a problem."""

    where: str
    row: Row


@dataclass(frozen=True, slots=True)
class RawPack:
    """The rows of a pack folder by the name of their array (``rule``, ``place_set``, ``fact`` ...)."""

    head: RawTable
    tables: Mapping[str, list[RawTable]]
    sha256: str


RULE_KEYS = frozenset(
    {"id", "effect", "says", "when", "version", "about", "term", "lifts", "lift_kind", "claim", "invoked_by"}
    | {"outcome", "ask", "details", "bind"}
)
VERSION_KEYS = frozenset({"from", "repealed", "cite", "certainty", "when", "note"})


@dataclass
class _Build:
    """Collects problems while rows become values."""

    problems: list[Problem] = field(default_factory=list)

    def wrong(self, code: str, where: str, says: str, hint: str = "") -> None:
        self.problems.append(Problem(code, where, says, hint))

    def text(self, table: RawTable, key: str, *, required: bool = True) -> Text:
        value = table.row.get(key)
        if isinstance(value, str):
            value = {"en": value}
        if value is None and not required:
            return {}
        if not isinstance(value, dict) or not all(isinstance(words, str) and words for words in value.values()):
            self.wrong(
                "law-text",
                table.where,
                f"'{key}' is missing or not a sentence",
                f'write {key} = {{ en = "...", ja = "..." }}',
            )
            return {"en": "", "ja": ""}
        if not {"en", "ja"} <= set(value):
            self.wrong("law-language", table.where, f"'{key}' lacks a language", "give both en and ja")
        return value

    def day(self, table: RawTable, row: Row, key: str, *, required: bool = False) -> date | None:
        value = row.get(key)
        if isinstance(value, date):
            return value
        if value is not None or required:
            self.wrong("law-date", table.where, f"'{key}' is missing or not a date", "write it bare: from = 2025-10-09")
        return None

    def cite(self, table: RawTable, row: Row, sources: Mapping[str, Source]) -> Citation:
        value = row.get("cite")
        if not isinstance(value, dict) or not value.get("source") or not value.get("at"):
            self.wrong(
                "law-citation",
                table.where,
                "the citation is missing",
                'write cite = { source = "...", at = "art. 1(1)" }',
            )
            return Citation("", "")
        if value["source"] not in sources:
            self.wrong(
                "law-source",
                table.where,
                f"source '{value['source']}' is not in sources.toml",
                _near(value["source"], sources),
            )
        return Citation(value["source"], value["at"])

    def certainty(self, table: RawTable, row: Row) -> Certainty:
        value = row.get("certainty")
        if value not in CERTAINTIES:
            self.wrong("law-certainty", table.where, f"certainty is {value!r}", "one of V, S, K, U")
            return "U"
        return value  # type: ignore[no-any-return]

    def keys(self, table: RawTable, row: Row, allowed: frozenset[str]) -> None:
        for key in row:
            if key not in allowed:
                self.wrong("law-key", table.where, f"unknown key '{key}'", _near(key, allowed))


def _near(word: str, known: Any) -> str:
    found = get_close_matches(word, list(known), n=1)
    return f"did you mean '{found[0]}'?" if found else ""


def build_pack(raw: RawPack, core_facts: Mapping[str, Fact]) -> tuple[Pack | None, list[Problem]]:
    """Make a pack out of its rows, or say everything that is wrong with them."""
    build = _Build()
    head = raw.head.row
    sources = _by_id(build, raw, "source", lambda table: _source(build, table))
    facts = dict(core_facts) | _by_id(build, raw, "fact", lambda table: _fact(build, table))
    for fact in [fact for fact in facts.values() if fact.type == "entries"]:
        # Each law reads its own classification: items.entries.jp for the pack jp.
        facts[f"{fact.id}.{head.get('id')}"] = replace(fact, id=f"{fact.id}.{head.get('id')}")
    places = _by_id(build, raw, "place_set", lambda table: _place_set(build, table, sources))
    _combine_places(build, raw, places)
    lists = _lists(build, raw)
    entry_sets = _by_id(build, raw, "entry_set", lambda table: _entry_set(build, table, lists))
    scopes = _by_id(build, raw, "scope", lambda table: _scope(build, table, lists))
    rules = _by_id(build, raw, "rule", lambda table: _rule(build, table, sources))
    topics = tuple(
        Topic(str(table.row.get("id", "")), str(table.row.get("state", "")), build.text(table, "says"))
        for table in raw.tables.get("topic", [])
    )
    tables = {str(table.row.get("id", "")): tuple(table.row.get("row", ())) for table in raw.tables.get("table", [])}
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
        topics=topics,
        sources=sources,
        places=places,
        entry_sets=entry_sets,
        scopes=scopes,
        lists=lists,
        facts=facts,
        rules={rule.id: rule for rule in _expanded(build, rules)},
        tables=tables,
        sha256=raw.sha256,
        lists_by_act={
            ("" if act == "default" else act): tuple(names) for act, names in head.get("entry_lists", {}).items()
        },
    )
    build.problems.extend(_references(pack))
    return (None, build.problems) if build.problems else (pack, [])


def _by_id(build: _Build, raw: RawPack, name: str, make: Callable[[RawTable], Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for table in raw.tables.get(name, []):
        key = table.row.get("id")
        if not isinstance(key, str) or not key:
            build.wrong("law-id", table.where, "'id' is missing", 'write id = "..."')
        elif key in found:
            build.wrong("law-twice", table.where, f"'{key}' is there twice", "give it an id of its own")
        else:
            found[key] = make(table)
    return found


def _source(build: _Build, table: RawTable) -> Source:
    row = table.row
    return Source(
        row["id"],
        build.text(table, "title"),
        str(row.get("kind", "")),
        build.day(table, row, "as_of"),
        str(row.get("address", "")),
        str(row.get("text_id", "")),
        str(row.get("note", "")),
        build.text(table, "short", required=False),
    )


def make_fact(table: RawTable, problems: list[Problem]) -> Fact:
    """Make one fact of the catalogue out of its row, adding to ``problems``."""
    build = _Build(problems)
    return _fact(build, table)


def _fact(build: _Build, table: RawTable) -> Fact:
    row = table.row
    kind: FactType = row.get("type", "")
    if kind not in FACT_TYPES:
        build.wrong("fact-type", table.where, f"type is {kind!r}", f"one of {', '.join(FACT_TYPES)}")
        kind = "text"
    missing = row.get("missing")
    return Fact(
        row["id"],
        kind,
        build.text(table, "says"),
        build.text(table, "ask", required=not row.get("derived", False)),
        tuple(row.get("values", ())),
        frozenset(missing) if isinstance(missing, list) else missing,
        bool(row.get("required", False)),
        dict(row.get("aliases", {})),
        bool(row.get("open_values", False)),
        bool(row.get("derived", False)),
        str(row.get("unknown_flag", "")),
    )


def _place_set(build: _Build, table: RawTable, sources: Mapping[str, Source]) -> PlaceSet:
    spans: list[PlaceSpan] = []
    for row in table.row.get("span", ()):
        start = build.day(table, row, "from", required=True) or date.min
        members = frozenset(row.get("members", ()))
        if not members and "members" not in row:
            build.wrong("place-members", table.where, "'members' is missing", 'write members = ["AR", ...]')
        spans.append(
            PlaceSpan(
                Period(start, build.day(table, row, "repealed")),
                members,
                build.cite(table, row, sources),
                build.certainty(table, row),
            )
        )
    return PlaceSet(table.row["id"], build.text(table, "says"), tuple(spans))


def _combine_places(build: _Build, raw: RawPack, places: dict[str, PlaceSet]) -> None:
    """Add the sets that are written as ``union`` and ``minus`` of others."""
    for table in raw.tables.get("place_set", []):
        row = table.row
        if "union" not in row:
            continue
        parts = [places.get(name) for name in row["union"]]
        less = [places.get(name) for name in row.get("minus_sets", ())]
        if None in parts or None in less:
            build.wrong(
                "place-set", table.where, "a set named in 'union' does not exist", _near(row["union"][0], places)
            )
            continue
        known = [part for part in parts if part is not None]
        days = sorted({span.period.start for part in known for span in part.spans})
        spans = []
        for number, day in enumerate(days):
            here = [span for span in (part.on(day) for part in known) if span is not None]
            gone = [span for span in (part.on(day) for part in less if part) if span is not None]
            members = frozenset().union(*(span.members for span in here)) - frozenset(row.get("minus", ()))
            for span in gone:
                members -= span.members
            end = days[number + 1] if number + 1 < len(days) else None
            worst = max((span.certainty for span in here), key=CERTAINTIES.index)
            spans.append(PlaceSpan(Period(day, end), members, here[0].cite, worst))
        places[row["id"]] = PlaceSet(row["id"], places[row["id"]].says, tuple(spans))


Lists = Mapping[str, Mapping[str, ListEntry]]


def _chosen(build: _Build, table: RawTable, lists: Lists) -> list[ListEntry]:
    """The rows of ``from_list`` whose columns agree with ``where``."""
    name, where = table.row.get("from_list"), table.row.get("where", {})
    if name is None:
        return []
    if name not in lists:
        build.wrong("set-list", table.where, f"list '{name}' does not exist", _near(name, lists))
        return []
    return [
        entry for entry in lists[name].values() if all(entry.details.get(key) == value for key, value in where.items())
    ]


def _entry_set(build: _Build, table: RawTable, lists: Lists) -> EntrySet:
    members = frozenset(table.row.get("members", ())) | {entry.path for entry in _chosen(build, table, lists)}
    if not members:
        build.wrong("entry-set", table.where, "the set is empty", "give members, or from_list with where")
    return EntrySet(table.row["id"], build.text(table, "says"), members)


def _scope(build: _Build, table: RawTable, lists: Lists) -> TariffScope:
    listed = [code for entry in _chosen(build, table, lists) for code in entry.details.get("hs", ())]
    written = {key: list(table.row.get(key, ())) for key in ("include", "exclude", "partly")}
    written["include"] += listed
    lines = {key: tuple(dict.fromkeys(str(code).replace(".", "") for code in codes)) for key, codes in written.items()}
    for key, codes in lines.items():
        for code in codes:
            if not code.isdigit() or len(code) not in (2, 4, 6):
                build.wrong("scope-code", table.where, f"'{code}' in '{key}' is no HS code", "two, four or six digits")
    return TariffScope(table.row["id"], build.text(table, "says"), **lines)


def conditions_of(when: Row, path: str = "") -> Iterator[Condition]:
    """Flatten ``{ end_use = { purposes = { any_of = [...] } } }`` into conditions."""
    for key, value in when.items():
        if key in OPERATORS and path:
            yield Condition(path, key, value)
        elif isinstance(value, dict):
            yield from conditions_of(value, f"{path}.{key}" if path else key)
        else:
            yield Condition(f"{path}.{key}" if path else key, "", value)


def _rule(build: _Build, table: RawTable, sources: Mapping[str, Source]) -> Rule:
    row = table.row
    build.keys(table, row, RULE_KEYS)
    effect: Effect = row.get("effect", "")
    if effect not in EFFECTS:
        build.wrong("rule-effect", table.where, f"effect is {effect!r}", f"one of {', '.join(EFFECTS)}")
        effect = "flag"
    own = tuple(conditions_of(row.get("when", {})))
    versions: list[Version] = []
    for written in row.get("version", ()):
        build.keys(table, written, VERSION_KEYS)
        start = build.day(table, written, "from", required=True) or date.min
        note = written.get("note", {})
        versions.append(
            Version(
                Period(start, build.day(table, written, "repealed")),
                build.cite(table, written, sources),
                build.certainty(table, written),
                tuple(conditions_of(written["when"])) if "when" in written else own,
                {"en": note} if isinstance(note, str) else note,
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
        lifts=tuple([row["lifts"]] if isinstance(row.get("lifts"), str) else row.get("lifts", ())),
        lift_kind=row.get("lift_kind", ""),
        claim=row.get("claim", ""),
        invoked_by=row.get("invoked_by", ""),
        outcome=row.get("outcome"),
        ask=build.text(table, "ask", required=False),
        details=row.get("details", {}),
        bindings=tuple(
            Binding(b.get("source", ""), b.get("at", ""), b.get("words", ""), b.get("value"))
            for b in row.get("bind", ())
        ),
        where=table.where,
    )


def _check_effect(build: _Build, table: RawTable, effect: Effect) -> None:
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
    if any(version.get("certainty") == "U" for version in row.get("version", ())) and not row.get("ask"):
        build.wrong(
            "rule-ask", table.where, "an unsettled row (U) needs 'ask'", "what must be found out before it decides"
        )


def _lists(build: _Build, raw: RawPack) -> dict[str, dict[str, ListEntry]]:
    lists: dict[str, dict[str, ListEntry]] = {}
    for table in raw.tables.get("entry", []):
        row = table.row
        name, path = str(row.get("list", "")), row.get("path")
        if not isinstance(path, str) or not path:
            build.wrong("entry-path", table.where, "'path' is missing", 'write path = "6(2)"')
            continue
        if path in lists.setdefault(name, {}):
            build.wrong("law-twice", table.where, f"path '{path}' is there twice in {name}")
        details = {key: value for key, value in row.items() if key not in {"list", "path", "en", "ja", "certainty"}}
        says = {"en": row.get("en", ""), "ja": row.get("ja", "")}
        certainty = row.get("certainty", "V")
        lists[name][path] = ListEntry(name, path, says, certainty, details, row.get("from"), row.get("repealed"))
    return lists


def _expanded(build: _Build, rules: Mapping[str, Rule]) -> Iterator[Rule]:
    """Write out ``lifts = ["jp.catch-all.*"]`` as the rules it means."""
    for rule in rules.values():
        targets: list[str] = []
        for pattern in rule.lifts:
            meant = (
                [
                    name
                    for name in rules
                    if name.startswith(pattern[:-1]) and rules[name].effect in ("licence-required", "prohibited")
                ]
                if pattern.endswith("*")
                else [pattern]
                if pattern in rules
                else []
            )
            if not meant:
                build.wrong("rule-lifts", rule.where, f"it lifts '{pattern}', which is no rule", _near(pattern, rules))
            targets += [name for name in meant if name not in targets]
        yield replace(rule, lifts=tuple(targets)) if rule.lifts else rule


def _references(pack: Pack) -> Iterator[Problem]:
    """Every fact, operator and set that a condition names must exist and fit."""
    for rule in pack.rules.values():
        seen: set[tuple[str, str, str]] = set()
        for version in rule.versions:
            for condition in version.when:
                key = (condition.fact, condition.op, repr(condition.arg))
                if key not in seen:
                    seen.add(key)
                    yield from _condition_problems(pack, rule, condition)


def _condition_problems(pack: Pack, rule: Rule, condition: Condition) -> Iterator[Problem]:
    fact = pack.facts.get(condition.fact)
    if fact is None and condition.fact not in pack.terms and not condition.fact.startswith("claim."):
        yield Problem(
            "condition-fact",
            rule.where,
            f"'{condition.fact}' is no fact and no term",
            _near(condition.fact, [*pack.facts, *pack.terms]),
        )
        return
    operator = OPERATORS.get(condition.op)
    if operator is None:
        yield Problem(
            "condition-operator",
            rule.where,
            f"'{condition.fact}' has no known operator",
            f"one of {', '.join(OPERATORS)}",
        )
        return
    arg = condition.arg
    if operator.shape == "list-or-set" and isinstance(arg, str) and arg not in pack.places and arg not in pack.scopes:
        yield Problem(
            "condition-set", rule.where, f"set '{arg}' does not exist", _near(arg, [*pack.places, *pack.scopes])
        )
    elif operator.shape == "entry-set" and (
        not isinstance(arg, str) or (arg not in pack.entry_sets and arg not in pack.places)
    ):
        yield Problem(
            "condition-set", rule.where, f"entry set {arg!r} does not exist", _near(str(arg), pack.entry_sets)
        )
    elif operator.shape == "codes" and not (isinstance(arg, list) and arg):
        yield Problem("condition-list", rule.where, f"'{condition.op}' needs a list", 'write any_of = ["..."]')
    elif operator.shape == "quantity" and isinstance(arg, str) and parse_money(arg) is None:
        yield Problem("condition-quantity", rule.where, f"{arg!r} is no amount", 'write "1_000_000 JPY" or a number')
    elif fact is not None and fact.values and not fact.open_values:
        for value in arg if isinstance(arg, list) else [arg]:
            if (
                isinstance(value, str)
                and value not in fact.values
                and value not in pack.places
                and value != fact.missing
            ):
                yield Problem(
                    "condition-value", rule.where, f"'{value}' is no value of '{fact.id}'", _near(value, fact.values)
                )
