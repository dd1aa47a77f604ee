"""Screen parties: names by the kernel, then what else is known, then the reasons for the few that remain."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sekisho.model.listed import ListedParty
from sekisho.screen.align import GIVEN, TAKEN
from sekisho.screen.explain_pair import explain_one
from sekisho.screen.facts import FACTS, most_raise
from sekisho.screen.features import FEATURES, log_odds
from sekisho.screen.index import Index, block_of
from sekisho.screen.query import HOWS, Answer, Asked, Hit, Pair, Reason
from sekisho.screen.tables import TYPES

THRESHOLD = 0.7
MOST = 20
LOWEST = 0.05
KEPT = 300  # parties a name that are looked at more closely
NO_NAME = -9.0  # points of a pair whose names do not agree at all
HIGHEST = 13.0  # points at which the score is shown as 0.999998: it nears 1 and never reaches it

Keep = Callable[[ListedParty], bool]


def screen(
    index: Index, asked: Asked, threshold: float = THRESHOLD, most: int = MOST, keep: Keep | None = None
) -> Answer:
    """Give the listed parties that the asked one may be, best first; ``keep`` narrows the lists."""
    return screen_all(index, [asked], threshold, most, keep)[0]


def screen_all(
    index: Index, parties: Sequence[Asked], threshold: float = THRESHOLD, most: int = MOST, keep: Keep | None = None
) -> list[Answer]:
    """Screen several parties in one go; each answer is what ``screen`` alone would give."""
    names: list[str] = []
    kinds: list[str] = []
    owner: list[int] = []
    place: list[int] = []
    lowest = [max(LOWEST, score_at(log_odds(threshold) - most_raise(asked))) for asked in parties]
    for number, asked in enumerate(parties):
        for at, name in enumerate(asked.names):
            names.append(name)
            kinds.append(asked.type)
            owner.append(number)
            place.append(at)
    found = index.find(names, kinds, threshold=min(lowest, default=threshold), most=max(most, KEPT))
    best: dict[int, dict[int, tuple[float, int, int]]] = {}  # asked -> party -> (score, listed name, asked name)
    for n, name, score in zip(found.asked.tolist(), found.name.tolist(), found.score.tolist(), strict=True):
        number = owner[n]
        if score < lowest[number] - 1e-6:
            continue
        mine = best.setdefault(number, {})
        party = index.party_of(name)
        if party not in mine or score > mine[party][0]:
            mine[party] = (score, name, place[n])
    for number, asked in enumerate(parties):
        for identifier in asked.identifiers:
            for party in index.with_identifier(identifier):
                listed_names = index.names_of(party)
                if len(listed_names):
                    best.setdefault(number, {}).setdefault(party, (0.0, listed_names[0], 0))
    answers = []
    for number, asked in enumerate(parties):
        hits = []
        for party, (_, listed_name, at) in best.get(number, {}).items():
            listed = index.party(party)
            if keep is None or keep(listed):
                hit = explain(index, asked, at, listed_name, listed)
                if hit.score >= threshold:
                    hits.append(hit)
        hits.sort(key=lambda hit: (-hit.points, hit.party.source, hit.party.uid))
        answers.append(Answer(asked, tuple(hits[:most]), max(0, len(hits) - most)))
    return answers


def explain(index: Index, asked: Asked, asked_name: int, name: int, listed: ListedParty) -> Hit:
    """Hold one asked name against one listed name and give all reasons, whatever the score."""
    text = asked.names[asked_name] if asked.names else ""
    words, chosen, pairs, record, values, points, fit = explain_one(
        index.tables, index.lexicon, index.points, index.work(), block_of([text]), TYPES.index(asked.type), name
    )
    reasons = []
    if fit:
        for at, feature in enumerate(FEATURES):
            added = float(index.points[at + 1]) * float(values[at])
            if abs(added) >= 0.005:
                reasons.append(Reason(feature.name, float(values[at]), added))
    total = float(points) if fit else NO_NAME
    decided = ""
    for fact in FACTS:
        verdict = fact.function(asked, listed)
        if verdict is None:
            continue
        added, detail = verdict
        if fact.name == "identifiers":
            decided, _, detail = detail.partition(":")
            if decided == "same":  # a number decides, whatever the name has become
                total = max(total, -2.0)
        reasons.append(Reason(fact.name, 1.0, added, detail))
        total += added
    asked_words = [_word(words.text, words.start[w], words.end[w]) for w in range(words.start.size)]
    listed_words = _listed_words(index, name)
    taken, given = int(record[TAKEN]), int(record[GIVEN])
    return Hit(
        party=listed,
        matched=index.name(name),
        asked_name=text,
        score=score_at(total),
        points=round(total, 4),
        reasons=tuple(reasons),
        pairs=_pairs(asked_words, listed_words, chosen.rows, chosen.sim, pairs),
        left_asked=tuple(word for at, word in enumerate(asked_words) if not taken >> at & 1),
        left_listed=tuple(word for at, word in enumerate(listed_words) if not given >> at & 1),
        decided=decided,
    )


def score_at(points: float) -> float:
    """Give the score of points, to six places; it never reaches 1."""
    return round(1.0 / (1.0 + math.exp(-max(-30.0, min(points, HIGHEST)))), 6)


def _word(text: NDArray[np.uint8], start: int, end: int) -> str:
    word = text[start:end].tobytes().decode("ascii")
    reading, _, code = word.partition("~")
    return chr(int(code, 16)) if code else reading


def _listed_words(index: Index, name: int) -> list[str]:
    tables = index.tables
    numbers = tables.name_word[tables.name_first[name] : tables.name_first[name + 1]]
    return [_word(tables.word_text, tables.word_first[word], tables.word_first[word + 1]) for word in numbers]


def _pairs(asked: list[str], listed: list[str], rows: NDArray[Any], sims: NDArray[Any], count: int) -> tuple[Pair, ...]:
    made = []
    for (at, span, place, width, how), sim in sorted(zip(rows[:count].tolist(), sims[:count].tolist(), strict=True)):
        mine = " ".join(asked[at : at + span])
        theirs = " ".join(listed[(place + more) % len(listed)] for more in range(width))
        made.append(Pair(mine, theirs, HOWS[how], round(sim, 3)))
    return tuple(made)
