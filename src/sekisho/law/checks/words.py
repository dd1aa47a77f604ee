"""Sentences, sources and certainty: what is said twice, what rests on a text that nobody has, what has grown old."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sekisho.law.pack import Pack
from sekisho.law.rule import REQUIREMENTS
from sekisho.model.certainty import Certainty, Citation
from sekisho.model.problem import Problem


def sentence_problems(pack: Pack) -> Iterator[Problem]:
    """Sentences that two rules share, and notes that lack a language."""
    seen: dict[tuple[str, str], str] = {}
    for rule in pack.rules.values():
        for lang in ("en", "ja"):
            words = rule.says.get(lang, "").strip().casefold()
            other = seen.setdefault((lang, words), rule.id)
            if other != rule.id:
                says = f"its sentence ({lang}) is that of {other}; a reader cannot tell them apart"
                yield Problem("says-twice", rule.where, says, "say what sets it apart")
        for version in rule.versions:
            if version.note and not {"en", "ja"} <= set(version.note):
                yield Problem("law-language", rule.where, "a note lacks a language", "give both en and ja")


def _citations(pack: Pack) -> Iterator[tuple[str, Citation, Certainty]]:
    for rule in pack.rules.values():
        for version in rule.versions:
            yield rule.where, version.cite, version.certainty
    for places in pack.places.values():
        for span in places.spans if not places.made_of else ():
            yield places.where, span.cite, span.certainty


def source_problems(pack: Pack) -> Iterator[Problem]:
    """Rows tagged V whose text cannot be had; editions older than the pack; sources without a day."""
    told: set[tuple[str, str]] = set()
    strictest: dict[str, set[Certainty]] = {}
    for where, cite, certainty in _citations(pack):
        strictest.setdefault(cite.source, set()).add(certainty)
        source = pack.sources.get(cite.source)
        if source is None or certainty != "V" or source.text_id or (where, cite.source) in told:
            continue
        told.add((where, cite.source))
        says = f"it is tagged V and cites {cite.source}, whose text is not at hand (no text_id)"
        yield Problem("v-without-text", where, says, "V is for a text that was read: give text_id, or tag it S or K")
    for source_id, tags in strictest.items():
        source = pack.sources.get(source_id)
        if source is None:
            continue
        where = source.where
        seen = max((day for day in (source.as_of, source.read) if day is not None), default=None)
        if seen is None:
            says = "it is cited and bears no day: nobody can tell which edition is meant"
            yield Problem("source-undated", where, says, "write as_of = the day of the edition")
        elif seen < pack.checked and "V" in tags:
            says = f"last seen in force on {seen}, while the pack says that it was checked on {pack.checked}"
            hint = "look for a newer edition; if there is none, write read = the day on which you looked"
            yield Problem("source-stale", where, says, hint)


def case_problems(pack: Pack, exercised: Iterable[str] | None) -> Iterator[Problem]:
    """Requirements that hold in no case; ``exercised`` are the rules that hold in one (None: there are no cases)."""
    if exercised is None:
        return
    known = set(exercised)
    for rule in pack.rules.values():
        ever = any(version.period.end is None or version.period.end > pack.start for version in rule.versions)
        settled = any(version.certainty != "U" for version in rule.versions)
        if rule.effect in REQUIREMENTS and ever and settled and rule.id not in known:
            says = "no case shows this requirement"
            yield Problem("case-missing", rule.where, says, f"add a case to {pack.id}/cases in which it holds")
