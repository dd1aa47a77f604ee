"""Anything of a pack in words, by its id: a rule, a term, a set, a list row, a fact, a source, a claim.

A description is a JSON-ready dictionary in one language; what a person reads is laid out from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any

from sekisho.law.bindings import values_of
from sekisho.law.citations import parts_of
from sekisho.law.explain import PlaceName, cited, condition_words, plain_place
from sekisho.law.facts import Fact
from sekisho.law.pack import ListEntry, Pack, Source
from sekisho.law.rule import Rule, Version
from sekisho.law.sets import EntrySet, PlaceSet, PlaceSpan, TariffScope, is_under
from sekisho.law.statute import Statute, joined, plain_words
from sekisho.model.certainty import Binding, Citation
from sekisho.model.money import Money

LONGEST_PROVISION = 1200
"""Characters of the official text shown for one place; whoever wants more opens the text."""


@dataclass(frozen=True, slots=True)
class Describer:
    """Describes parts of one pack in one language; ``on`` keeps to what is in force that day (None: all)."""

    pack: Pack
    lang: str
    on: date | None = None
    texts: Mapping[str, Statute] = field(default_factory=dict)
    place: PlaceName = plain_place

    def find(self, wanted: str) -> list[dict[str, Any]]:
        """Describe everything that ``wanted`` names: it may be a list row in several lists."""
        pack = self.pack
        found: list[dict[str, Any]] = []
        kinds: Sequence[tuple[Mapping[str, Any], Callable[[Any], dict[str, Any]]]] = (
            (pack.rules, self.rule),
            (pack.places, self.place_set),
            (pack.entry_sets, self.entry_set),
            (pack.scopes, self.scope),
            (pack.facts, self.fact),
            (pack.sources, self.source),
        )
        for owners, describe in kinds:
            if wanted in owners:
                found.append(describe(owners[wanted]))
        if wanted in pack.terms:
            found.append(self.term(wanted))
        if wanted in {rule.claim for rule in pack.rules.values() if rule.claim}:
            found.append(self.claim(wanted))
        if wanted in pack.lists:
            found.append(self.whole_list(wanted))
        found += [self.entry(row) for row in self._rows_named(wanted)]
        return found

    def nearest(self, wanted: str, most: int = 5) -> list[str]:
        """The ids that are most like ``wanted``."""
        pack = self.pack
        known = [*pack.rules, *pack.terms, *pack.places, *pack.entry_sets, *pack.scopes, *pack.facts, *pack.sources]
        known += [*pack.lists, *(path for rows in pack.lists.values() for path in rows)]
        return list(dict.fromkeys(get_close_matches(wanted, known, n=most, cutoff=0.5)))

    def _rows_named(self, wanted: str) -> list[ListEntry]:
        list_id, _, path = wanted.partition("/")
        if list_id in self.pack.lists and path in self.pack.lists[list_id]:
            return [self.pack.lists[list_id][path]]
        return [rows[wanted] for rows in self.pack.lists.values() if wanted in rows]

    # ---- rules and what hangs on them

    def rule(self, rule: Rule) -> dict[str, Any]:
        """A rule: its versions with conditions and citations, what it lifts and what lifts it."""
        versions = [one for one in rule.versions if self.on is None or self.on in one.period]
        return {
            **self._head("rule", rule.id, rule.says, rule.where),
            "effect": rule.effect,
            "about": rule.about,
            "outcome": rule.outcome,
            "claim": rule.claim,
            "lift_kind": rule.lift_kind,
            "gives_term": rule.term,
            "ask": rule.ask.get(self.lang, ""),
            "in_force": bool(versions),
            "versions": [self._version(rule, one) for one in versions],
            "lifts": [self._brief(self.pack.rules[name]) for name in rule.lifts],
            "lifted_by": [self._brief(one) for one in self.pack.rules.values() if rule.id in one.lifts],
            "details": _plain(rule.details, self.lang),
            "bound": [self._binding(one) for one in rule.bindings],
            "text": self._texts(version.cite for version in versions),
        }

    def term(self, name: str) -> dict[str, Any]:
        """A term: the rows that give it and the rules that ask for it."""
        rows = self.pack.terms[name]
        askers = [
            rule
            for rule in self.pack.rules.values()
            if any(condition.fact == name for version in rule.versions for condition in version.when)
        ]
        return {
            **self._head("term", name, {}, rows[0].where),
            "given_by": [self._brief(row) for row in rows if self.on is None or row.on(self.on) is not None],
            "asked_by": [self._brief(rule) for rule in askers],
        }

    def claim(self, name: str) -> dict[str, Any]:
        """An exemption that must be invoked: its lifts and the facts that they rest on."""
        rows = [rule for rule in self.pack.rules.values() if rule.claim == name]
        facts = [fact for fact in self.pack.facts.values() if fact.id.startswith(f"claim.{name}.")]
        return {
            **self._head("claim", name, {}, rows[0].where),
            "lifts": [self._brief(rule) for rule in rows],
            "facts": [{"id": fact.id, "ask": fact.ask.get(self.lang, "")} for fact in facts],
        }

    def _version(self, rule: Rule, version: Version) -> dict[str, Any]:
        return {
            **_period(version.period.start, version.period.end),
            "certainty": version.certainty,
            "cite": self._cite(version.cite),
            "note": version.note.get(self.lang, version.note.get("en", "")),
            "conditions": [
                {
                    "fact": one.fact,
                    "op": one.op,
                    "arg": _plain(one.arg, self.lang),
                    "says": condition_words(self.pack, one, self.lang, self.place),
                }
                for one in version.when
            ],
        }

    def _brief(self, rule: Rule) -> dict[str, Any]:
        return {"id": rule.id, "says": rule.says.get(self.lang, ""), "kind": rule.lift_kind, "outcome": rule.outcome}

    # ---- sets, lists, facts, sources

    def place_set(self, places: PlaceSet) -> dict[str, Any]:
        """A place set with its history: who is in it, who came and who left on each day."""
        spans = sorted(places.spans, key=lambda span: span.period.start)
        return {
            **self._head("place-set", places.id, places.says, places.where),
            "spans": [
                self._span(span, spans[number - 1] if number else None)
                for number, span in enumerate(spans)
                if self.on is None or self.on in span.period
            ],
            "made_of": list(places.made_of),
            "used_by": self._users(places.id),
            "bound": [self._binding(one) for one in places.bindings],
        }

    def _span(self, span: PlaceSpan, before: PlaceSpan | None) -> dict[str, Any]:
        earlier = before.members if before is not None else frozenset()
        return {
            **_period(span.period.start, span.period.end),
            "certainty": span.certainty,
            "cite": self._cite(span.cite),
            "members": self._places(span.members),
            "gained": self._places(span.members - earlier) if before is not None else [],
            "lost": self._places(earlier - span.members),
        }

    def _places(self, codes: Iterable[str]) -> list[dict[str, str]]:
        return [{"code": code, "name": self.place(code, self.lang)} for code in sorted(codes)]

    def entry_set(self, entries: EntrySet) -> dict[str, Any]:
        """A part of the lists, with the headings of its members."""
        return {
            **self._head("entry-set", entries.id, entries.says, entries.where),
            "members": [
                {"path": path, "lists": [{"list": row.list, "says": row.says.get(self.lang, "")} for row in rows]}
                for path in sorted(entries.members, key=_by_number)
                for rows in [self._rows_named(path)]
            ],
            "used_by": self._users(entries.id),
            "bound": [self._binding(one) for one in entries.bindings],
        }

    def scope(self, scope: TariffScope) -> dict[str, Any]:
        """A tariff scope by its lines."""
        return {
            **self._head("scope", scope.id, scope.says, scope.where),
            "include": list(scope.include),
            "exclude": list(scope.exclude),
            "partly": list(scope.partly),
            "used_by": self._users(scope.id),
            "bound": [self._binding(one) for one in scope.bindings],
        }

    def whole_list(self, list_id: str) -> dict[str, Any]:
        """A control list by its main rows."""
        rows = self.pack.lists[list_id]
        main = [row for path, row in rows.items() if not any(is_under(path, other) for other in rows if other != path)]
        return {
            **self._head("list", list_id, {}, main[0].where if main else ""),
            "rows": len(rows),
            "main": [
                {"path": row.path, "says": row.says.get(self.lang, ""), "certainty": row.certainty}
                for row in main
                if self.on is None or row.exists_on(self.on)
            ],
        }

    def entry(self, row: ListEntry) -> dict[str, Any]:
        """A row of a list: heading, place in the law, other columns, what is below it, the sets that hold it."""
        below = [
            one for path, one in self.pack.lists[row.list].items() if path != row.path and is_under(path, row.path)
        ]
        source = str(row.details.get("source", ""))
        at = str(row.details.get("at", ""))
        sets = [one.id for one in self.pack.entry_sets.values() if one.contains(row.path) is True]
        return {
            **self._head("list-row", f"{row.list}/{row.path}", row.says, row.where),
            "list": row.list,
            "path": row.path,
            "certainty": row.certainty,
            **_period(row.start, row.end),
            "cite": self._cite(Citation(source, at)),
            "details": _plain({key: one for key, one in row.details.items() if key not in ("source", "at")}, self.lang),
            "below": [{"path": one.path, "says": one.says.get(self.lang, "")} for one in below],
            "sets": sets,
            "text": self._texts([Citation(source, at)], japanese=True),
        }

    def fact(self, fact: Fact) -> dict[str, Any]:
        """A key of the transfer file: meaning, type, values, what silence means, who asks."""
        askers = [
            rule
            for rule in self.pack.rules.values()
            if any(condition.fact == fact.id for version in rule.versions for condition in version.when)
        ]
        return {
            **self._head("fact", fact.id, fact.says, fact.where),
            "type": fact.type,
            "ask": fact.ask.get(self.lang, ""),
            "values": list(fact.values),
            "missing": _plain(fact.missing, self.lang),
            "required": fact.required,
            "derived": fact.derived,
            "asked_by": [self._brief(rule) for rule in askers],
        }

    def source(self, source: Source) -> dict[str, Any]:
        """A source: title, edition, address, how many rows of which certainty cite it."""
        tags: dict[str, int] = {}
        for rule in self.pack.rules.values():
            for version in rule.versions:
                if version.cite.source == source.id:
                    tags[version.certainty] = tags.get(version.certainty, 0) + 1
        text = self.texts.get(source.text_id)
        return {
            **self._head("source", source.id, source.title, source.where),
            "source_kind": source.kind,
            "as_of": _iso(source.as_of),
            "read": _iso(source.read),
            "address": source.address,
            "text_id": source.text_id,
            "text_at_hand": text is not None,
            "note": source.note,
            "cited": tags,
        }

    # ---- shared

    def _head(self, kind: str, name: str, says: Mapping[str, str], where: str) -> dict[str, Any]:
        return {"kind": kind, "law": self.pack.id, "id": name, "says": says.get(self.lang, ""), "where": where}

    def _cite(self, cite: Citation) -> dict[str, Any]:
        source = self.pack.sources.get(cite.source)
        return {
            "source": cite.source,
            "at": cite.at,
            "says": cited(self.pack, cite, self.lang),
            "title": self.pack.source_title(cite.source, self.lang),
            "as_of": _iso(source.as_of) if source else None,
            "address": source.address if source else "",
        }

    def _users(self, set_id: str) -> list[str]:
        return [
            rule.id
            for rule in self.pack.rules.values()
            if any(condition.arg == set_id for version in rule.versions for condition in version.when)
        ]

    def _binding(self, binding: Binding) -> dict[str, Any]:
        source = self.pack.sources.get(binding.source)
        text = self.texts.get(source.text_id) if source else None
        stands: bool | None = None
        if text is not None and binding.words:
            stands = plain_words(binding.words) in plain_words(joined(text.at(binding.at)))
        return {
            "source": binding.source,
            "at": binding.at,
            "words": binding.words,
            "value": [_plain(value, self.lang) for value in values_of(binding)],
            "reads": binding.reads,
            "stands": stands,
        }

    def _texts(self, cites: Iterable[Citation], *, japanese: bool = False) -> list[dict[str, str]]:
        """The official words at the places cited, as far as the text is at hand."""
        found: dict[tuple[str, str], str] = {}
        for cite in cites:
            source = self.pack.sources.get(cite.source)
            text = self.texts.get(source.text_id) if source else None
            if text is None:
                continue
            if japanese:
                found[cite.source, cite.at] = joined(text.at(cite.at))
                continue
            for part in parts_of(cite.at):
                if not part.law:
                    lines = text.below(part.path) if part.path is not None else text.at(part.words)
                    found[cite.source, part.words] = joined(lines)
        return [
            {
                "source": source,
                "at": at,
                "words": words if len(words) <= LONGEST_PROVISION else words[:LONGEST_PROVISION] + "…",
            }
            for (source, at), words in found.items()
            if words
        ]


def _period(start: date | None, end: date | None) -> dict[str, str | None]:
    return {"from": _iso(start), "repealed": _iso(end)}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _by_number(path: str) -> tuple[int, str]:
    head = path.split("(")[0].split("-")[0].split("/")[0]
    return (int(head) if head.isdigit() else 999, path)


def _plain(value: Any, lang: str) -> Any:
    """A value as JSON knows it; of a text in two languages the one that is asked."""
    if isinstance(value, Mapping):
        if {"en", "ja"} <= set(value):
            return _plain(value[lang], lang)
        return {str(key): _plain(one, lang) for key, one in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(map(str, value))
    if isinstance(value, list | tuple):
        return [_plain(one, lang) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Money):
        return value.plain()
    return value if isinstance(value, str | int | bool) or value is None else str(value)
