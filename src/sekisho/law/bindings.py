"""Numbers and names of a pack against the official text: do the words stand there, and do they mean what the row says?

A binding without a text at hand is checked in itself (the words read to the value, the row uses the value); with the
text, the words must stand at the named place, a place set must have the countries of the table, a tariff scope the
headings of the article, a list the rows of the table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sekisho.law.latin_numerals import latin_days, latin_quantities
from sekisho.law.numerals import days, quantities
from sekisho.law.pack import Pack
from sekisho.law.rule_numbers import numbers_of, numbers_said
from sekisho.law.sets import PlaceSet, TariffScope
from sekisho.law.statute import Provision, Statute, cell_parts, joined, path_of, plain_words
from sekisho.law.table_readings import chapters_in, headings_in, names_in
from sekisho.model.certainty import Binding
from sekisho.model.period import Period
from sekisho.model.problem import Problem


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many bindings a pack has, how many were compared with a text and held; sources at hand and not at hand."""

    bound: int
    compared: int
    held: int
    at_hand: tuple[str, ...]
    absent: tuple[str, ...]
    findings: tuple[Problem, ...]


def bindings_of(pack: Pack) -> Iterator[Binding]:
    """Every binding of a pack: of its rules, sets, scopes and of the pack itself (days and lists)."""
    yield from pack.bindings
    for owners in (pack.rules, pack.places, pack.entry_sets, pack.scopes):
        for owner in owners.values():
            yield from owner.bindings


def compare(pack: Pack, texts: Mapping[str, Statute], place_of: Callable[[str], str], hs: frozenset[str]) -> Comparison:
    """Compare every binding; ``place_of`` gives a place's code for a Japanese name, ``""`` when it knows none."""
    findings: list[Problem] = list(_in_themselves(pack))
    compared = held = 0
    at_hand: dict[str, None] = {}
    absent: dict[str, None] = {}
    for binding in bindings_of(pack):
        source = pack.sources.get(binding.source)
        if source is None or bool(source.text_id) is not bool(binding.words or binding.reads):
            findings.append(_bad_source(binding, known=source is not None))
            continue
        if not source.text_id:
            continue  # it only tells whence the value comes
        text = texts.get(source.text_id)
        if text is None:
            absent[source.id] = None
            continue
        at_hand[source.id] = None
        compared += 1
        found = list(_against(pack, binding, text, place_of, hs))
        held += not found
        findings += found
    findings += _about_texts(pack, texts, at_hand, absent)
    return Comparison(sum(1 for _ in bindings_of(pack)), compared, held, tuple(at_hand), tuple(absent), tuple(findings))


def _bad_source(binding: Binding, *, known: bool) -> Problem:
    if not known:
        hint = "name a source of sources.toml"
        return Problem("bind-source", binding.where, f"it is bound to '{binding.source}', which is no source", hint)
    if binding.words or binding.reads:
        says = f"it quotes '{binding.source}', whose text is not at hand (no text_id)"
        return Problem("bind-source", binding.where, says, "leave the words out, or bind to a source with a text")
    says = f"it quotes no words of '{binding.source}', whose text can be had"
    return Problem("bind-source", binding.where, says, 'add words = "..."')


def _about_texts(
    pack: Pack, texts: Mapping[str, Statute], at_hand: Iterable[str], absent: Iterable[str]
) -> Iterator[Problem]:
    for source_id in absent:
        source = pack.sources[source_id]
        says = f"the text {source.text_id} is not at hand: what is bound to it was not compared"
        yield Problem("text-absent", source.where, says, f"put {source.text_id}.md into the folder of --texts")
    for source_id in at_hand:
        source = pack.sources[source_id]
        edition = texts[source.text_id].edition
        if edition is not None and source.as_of is not None and edition != source.as_of:
            says = f"the text at hand is the edition of {edition}, the pack was made from that of {source.as_of}"
            yield Problem("text-edition", source.where, says, "compare what differs, then write the new as_of")


# ---- in themselves


def values_of(binding: Binding) -> tuple[object, ...]:
    """The values of a binding, one or several."""
    if binding.value is None:
        return ()
    return binding.value if isinstance(binding.value, tuple) else (binding.value,)


def _in_themselves(pack: Pack) -> Iterator[Problem]:
    for binding in bindings_of(pack):
        yield from _reading_problems(binding)
    for rule in pack.rules.values():
        used = numbers_said(rule)
        for binding in rule.bindings:
            for value in values_of(binding):
                if isinstance(value, date):
                    fits = _begins_or_ends(value, binding, [version.period for version in rule.versions])
                else:
                    fits = bool(used & _forms(value, binding.words))
                if not fits:
                    says = f"the bound value {value} is no number or day of the rule"
                    yield Problem("bind-idle", binding.where, says, "bind what the rule uses")
    for places in pack.places.values():
        yield from _idle_days(places.bindings, [span.period for span in places.spans], "the set")
    periods = [version.period for rule in pack.rules.values() for version in rule.versions]
    periods += [span.period for places in pack.places.values() for span in places.spans]
    yield from _idle_days(pack.bindings, periods, "the pack")


def _idle_days(bindings: Iterable[Binding], periods: Iterable[Period], owner: str) -> Iterator[Problem]:
    edges = list(periods)
    for binding in bindings:
        for value in values_of(binding):
            if not isinstance(value, date) or not _begins_or_ends(value, binding, edges):
                says = f"nothing of {owner} begins or ends on {value}"
                yield Problem("bind-idle", binding.where, says, "bind a day on which it changes")


def _reading_problems(binding: Binding) -> Iterator[Problem]:
    values = values_of(binding)
    if not values or not binding.words:
        return
    whole = all(isinstance(value, date) for value in values)
    latin = not re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", binding.words)
    read: tuple[object, ...]
    if whole:
        read = latin_days(binding.words) if latin else days(binding.words)
    else:
        numbers = latin_quantities(binding.words) if latin else quantities(binding.words)
        read = tuple(quantity.value for quantity in numbers)
    said = ", ".join(map(str, read)) or "nothing"
    if not read:
        hint = "quote words with a number and its unit: 百万円, 三年, 令和九年四月十三日, 5,000 EUR, five years"
        yield Problem("bind-unread", binding.where, f"no number can be read from 「{binding.words}」", hint)
    elif read != tuple(value if whole else Decimal(str(value)) for value in values):
        hint = "give every number of the words in order: value = [10, 30_000_000], or quote fewer words"
        says = f"「{binding.words}」 reads {said}, the row says {', '.join(map(str, values))}"
        yield Problem("bind-value", binding.where, says, hint)


def _forms(value: object, words: str) -> set[Decimal]:
    """A percentage may stand in the rule as a share."""
    number = Decimal(str(value))
    percent = re.search(r"パーセント|%|％|per\s?cent", words)
    return {number, number / 100} if percent else {number}


def _begins_or_ends(day: date, binding: Binding, periods: Iterable[Period]) -> bool:
    edges = {edge for period in periods for edge in (period.start, period.end)}
    return bool(edges & _edges(day, binding))


def _edges(day: date, binding: Binding) -> set[date]:
    """「…から」 names the first day in force, 「…まで」 the last one (the pack writes the day after it)."""
    after = day + timedelta(days=1)
    words = binding.words.lower()
    if "まで" in words or "until" in words:
        return {after}
    return {day} if "から" in words or "from" in words or not words else {day, after}


# ---- what should be bound and is not


def unbound_problems(pack: Pack) -> Iterator[Problem]:
    """Numbers and days of rows that rest on a text at hand, and that no binding ties to its words."""
    common = _bound_days(pack.bindings)
    for rule in pack.rules.values():
        bound = {form for one in rule.bindings for value in values_of(one) for form in _maybe(value, one.words)}
        own_days = common | _bound_days(rule.bindings)
        sure = [
            version for version in rule.versions if version.certainty == "V" and _has_text(pack, version.cite.source)
        ]
        near = [
            version for version in rule.versions if version.certainty == "S" and _has_text(pack, version.cite.source)
        ]
        if sure or near:
            for number in sorted(numbers_of(rule) - bound):
                yield _unbound(rule.where, f"the number {number}")
        for version in sure:
            yield from _unbound_days(pack, rule.where, version.period, version.cite.source, own_days)
    for places in pack.places.values():
        own_days = common | _bound_days(places.bindings)
        for span in places.spans if not places.made_of else ():
            if span.certainty == "V" and _has_text(pack, span.cite.source):
                yield from _unbound_days(pack, places.where, span.period, span.cite.source, own_days)


def _unbound_days(pack: Pack, where: str, period: Period, source: str, bound: set[date]) -> Iterator[Problem]:
    edition = pack.sources[source].as_of
    for day in (period.start, period.end):
        if day is not None and day > pack.start and day != edition and day not in bound:
            yield _unbound(where, f"the day {day}")


def _unbound(where: str, what: str) -> Problem:
    hint = "add [[rule.bind]] with source, at, words and value (a day that many rows share: [[bind]])"
    return Problem("number-unbound", where, f"{what} is tied to no words of the text", hint)


def _has_text(pack: Pack, source: str) -> bool:
    return source in pack.sources and bool(pack.sources[source].text_id)


def _maybe(value: object, words: str) -> set[Decimal]:
    return set() if isinstance(value, date) else _forms(value, words)


def _bound_days(bindings: Iterable[Binding]) -> set[date]:
    return {
        edge
        for binding in bindings
        for value in values_of(binding)
        if isinstance(value, date)
        for edge in _edges(value, binding)
    }


# ---- against the text


def _against(
    pack: Pack, binding: Binding, text: Statute, place_of: Callable[[str], str], hs: frozenset[str]
) -> Iterator[Problem]:
    provisions = text.at(binding.at)
    if not provisions:
        hint = "write the place as 第四条第一項第五号, 附則第三項, 別表第三"
        if path_of(binding.at) is not None:
            hint = "look whether the article was renumbered; " + hint
        yield Problem("bind-place", binding.where, f"{binding.source} has no '{binding.at}'", hint)
        return
    if binding.words and plain_words(binding.words) not in plain_words(joined(provisions)):
        says = f"「{binding.words}」 does not stand in {binding.source} {binding.at}"
        yield Problem("bind-words", binding.where, says, "read the place again: the law may have changed")
    if binding.reads == "places":
        yield from _members(pack, binding, text, provisions, place_of)
    elif binding.reads in ("headings", "chapters"):
        yield from _tariff(pack, binding, provisions, hs)
    elif binding.reads == "rows":
        yield from _rows(pack, binding, text)


def _owner(owners: Mapping[str, PlaceSet] | Mapping[str, TariffScope], binding: Binding) -> object:
    return next((one for one in owners.values() if binding in one.bindings), None)


def _members(
    pack: Pack, binding: Binding, text: Statute, provisions: Iterable[Provision], place_of: Callable[[str], str]
) -> Iterator[Problem]:
    places = _owner(pack.places, binding)
    if not isinstance(places, PlaceSet):
        yield Problem("bind-reads", binding.where, "'places' is read for a place set only", "bind it there")
        return
    read = {name: place_of(name) for name in names_in(joined(provisions))}
    for name in [name for name, code in read.items() if not code]:
        hint = "add the name to packs/multilateral/places.toml"
        yield Problem("bind-members", binding.where, f"'{name}' is no place that can be looked up", hint)
    span = places.on(text.edition or pack.checked)
    members = span.members if span is not None else frozenset()
    codes = {code for code in read.values() if code}
    yield from _differ("bind-members", binding, codes, set(members))


def _tariff(pack: Pack, binding: Binding, provisions: Iterable[Provision], hs: frozenset[str]) -> Iterator[Problem]:
    scope = _owner(pack.scopes, binding)
    if not isinstance(scope, TariffScope):
        yield Problem("bind-reads", binding.where, f"'{binding.reads}' is read for a scope only", "bind it there")
        return
    words = joined(provisions)
    if binding.reads == "chapters":
        read = {"include": {chapter for chapter in chapters_in(words) if chapter in hs or not hs}}
    else:
        read = headings_in(words)
    for key, codes in read.items():
        yield from _differ("bind-headings", binding, codes, set(getattr(scope, key)), f"'{key}': ")


def _rows(pack: Pack, binding: Binding, text: Statute) -> Iterator[Problem]:
    if binding.list not in pack.lists:
        yield Problem("bind-reads", binding.where, f"'{binding.list}' is no list", 'write list = "..."')
        return
    live: set[str] = set()
    for row, cells in text.table(binding.at).items():
        if cells and not cells[0].startswith("削除"):
            live.add(row)
            live |= {f"{row}({part})" for part, words in cell_parts(cells[0]).items() if not words.startswith("削除")}
    paths = {path for path in pack.lists[binding.list] if path.count("(") <= 1}
    yield from _differ("bind-rows", binding, live, paths)


def _differ(code: str, binding: Binding, text: set[str], row: set[str], what: str = "") -> Iterator[Problem]:
    if text != row:
        only_text, only_row = ", ".join(sorted(text - row)) or "none", ", ".join(sorted(row - text)) or "none"
        says = f"{what}only in {binding.source} {binding.at}: {only_text}; only in the pack: {only_row}"
        yield Problem(code, binding.where, says, "correct the row, or date the change")
