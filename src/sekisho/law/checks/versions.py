"""Periods: empty ones, overlaps and gaps between the versions of a rule and the spans of a place set."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from sekisho.law.checks.finding import span_words
from sekisho.law.citations import parts_of
from sekisho.law.pack import Pack
from sekisho.law.statute import Statute
from sekisho.model.period import Period
from sekisho.model.problem import Problem


def version_problems(pack: Pack) -> Iterator[Problem]:
    """Faults in the periods of rules, place sets and list rows."""
    for rule in pack.rules.values():
        periods = [version.period for version in rule.versions]
        for _, says, hint in _empty(periods):
            yield Problem("version-order", rule.where, says, hint)
        for _, says, hint in _overlaps(periods):
            yield Problem("version-overlap", rule.where, says, hint)
        for place, says in _gaps(periods):
            if not rule.versions[place].note:
                hint = "close the gap, or tell the reason of the break in a 'note' of the later version"
                yield Problem("version-gap", rule.where, says, hint)
        if not any(period.end is None or period.end > pack.start for period in periods):
            says = f"no version is in force on a day of the pack, which begins on {pack.start}"
            yield Problem("rule-never-in-force", rule.where, says, "correct the dates, or take the rule out")
    for places in pack.places.values():
        periods = [span.period for span in places.spans]
        for _, says, hint in _empty(periods):
            yield Problem("set-order", places.where, says, hint)
        for _, says, hint in _overlaps(periods):
            yield Problem("set-overlap", places.where, says, hint)
        for _, says in _gaps(periods):
            yield Problem("set-gap", places.where, says, "give a span for these days, if need be with certainty K")
    for rows in pack.lists.values():
        for entry in rows.values():
            if entry.start is not None and entry.end is not None and entry.end <= entry.start:
                says = f"the row ends on {entry.end}, not after it begins on {entry.start}"
                yield Problem("entry-order", entry.where, says, "correct from or repealed")


def _empty(periods: Sequence[Period]) -> Iterator[tuple[int, str, str]]:
    for number, period in enumerate(periods):
        if period.end is not None and period.end <= period.start:
            says = f"a period ends on {period.end}, not after it begins on {period.start}"
            yield number, says, "'repealed' is the first day no longer in force"


def _overlaps(periods: Sequence[Period]) -> Iterator[tuple[int, str, str]]:
    for number, (one, following) in enumerate(pairwise(periods), 1):
        if one.overlaps(following):
            says = f"two periods hold on {following.start}: {span_words(one.start, one.end)} and the next"
            yield number, says, f"end the earlier one: repealed = {following.start}"


def _gaps(periods: Sequence[Period]) -> Iterator[tuple[int, str]]:
    for number, (one, following) in enumerate(pairwise(periods), 1):
        if one.end is not None and one.start < one.end < following.start:
            yield number, f"nothing holds {span_words(one.end, following.start)}"


def edition_problems(pack: Pack, texts: Mapping[str, Statute]) -> Iterator[Problem]:
    """Versions that begin after the edition that was read, or before the law that they cite was made."""
    bound = {(binding.source, binding.value) for binding in pack.bindings}
    for rule in pack.rules.values():
        own = {(binding.source, binding.value) for binding in rule.bindings}
        for version in rule.versions:
            source = pack.sources.get(version.cite.source)
            if source is None:
                continue
            edition, start = source.as_of, version.period.start
            named = {day for name, day in bound | own if name == source.id}
            foreseen = any(hasattr(day, "toordinal") and 0 <= (start - day).days <= 1 for day in named)
            if edition is not None and start > edition and not foreseen and version.certainty == "V":
                says = f"a version begins on {start}, after the edition of {source.id} that was read ({edition})"
                hint = "read the newer edition, bind the day to the words that foresee it, or lower the certainty"
                yield Problem("version-after-text", rule.where, says, hint)
            text = texts.get(source.text_id)
            if text is not None and text.promulgated is not None and start < text.promulgated:
                says = f"a version begins on {start}, before {source.id} was promulgated on {text.promulgated}"
                yield Problem("version-before-law", rule.where, says, "correct the day or the citation")
            current = edition is None or version.period.end is None or version.period.end > edition
            if text is not None and version.certainty == "V" and current:
                yield from _place_problems(rule.where, source.id, version.cite.at, text)


_HEADED = re.compile(r"(?:Article|Annex|Section|Chapter|Part|Schedule|§)\s*\w")


def _place_problems(where: str, source: str, at: str, text: Statute) -> Iterator[Problem]:
    """A row tagged V must cite a place that the text has."""
    for part in parts_of(at):
        if part.law or (part.path is None and not _HEADED.match(part.words)):
            continue
        if not (text.below(part.path) if part.path is not None else text.at(part.words)):
            says = f"{source} has no '{part.words}' in the text at hand"
            yield Problem("cite-place", where, says, "look whether the article was renumbered")
