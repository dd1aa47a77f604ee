"""Screen a party: names by the kernel, then what else is known, then the reasons for the few that remain."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

import numpy as np

from sekisho.model.listed import ListedParty
from sekisho.screen.align import GIVEN, TAKEN
from sekisho.screen.facts import FACTS, most_raise
from sekisho.screen.features import FEATURES, log_odds
from sekisho.screen.index import Index, block_of
from sekisho.screen.kernel import explain_one
from sekisho.screen.query import HOWS, Answer, Asked, Hit, Pair, Reason
from sekisho.screen.tables import TYPES

THRESHOLD = 0.7
MOST = 20
LOWEST = 0.05


def screen(
    index: Index,
    asked: Asked,
    threshold: float = THRESHOLD,
    most: int = MOST,
    keep: Callable[[ListedParty], bool] | None = None,
) -> Answer:
    """Give the listed parties that the asked one may be, best first; ``keep`` narrows the lists."""
    lowest = max(LOWEST, _score(log_odds(threshold) - most_raise(asked)))
    kinds = [asked.type] * len(asked.names)
    found = index.find(asked.names, kinds, threshold=lowest, most=max(most, 200))
    best: dict[int, tuple[float, int, int]] = {}  # party -> (score, listed name, asked name)
    for n, name, score in zip(found.asked.tolist(), found.name.tolist(), found.score.tolist(), strict=True):
        party = index.party_of(name)
        if party not in best or score > best[party][0]:
            best[party] = (score, name, n)
    for identifier in asked.identifiers:
        for party in index.with_identifier(identifier):
            names = index.names_of(party)
            if party not in best and len(names):
                best[party] = (0.0, names[0], 0)
    hits = []
    for party, (_, name, n) in best.items():
        listed = index.party(party)
        if keep is not None and not keep(listed):
            continue
        hit = explain(index, asked, n, name, listed)
        if hit.score >= threshold:
            hits.append(hit)
    hits.sort(key=lambda hit: (-hit.points, hit.party.source, hit.party.uid))
    return Answer(asked, tuple(hits[:most]), max(0, len(hits) - most))


def screen_all(index: Index, parties: Iterable[Asked], threshold: float = THRESHOLD) -> list[Answer]:
    """Screen several parties; each answer is what ``screen`` alone would give."""
    return [screen(index, asked, threshold) for asked in parties]


def explain(index: Index, asked: Asked, asked_name: int, name: int, listed: ListedParty) -> Hit:
    """Hold one asked name against one listed name and give all reasons, whatever the score."""
    kind = TYPES.index(asked.type)
    text = asked.names[asked_name] if asked.names else ""
    words, chosen, pairs, record, values, points, fit = explain_one(
        index.tables, index.lexicon, index.points, index.work(), block_of([text]), kind, name
    )
    reasons = []
    if fit:
        for place, feature in enumerate(FEATURES):
            added = float(index.points[place + 1]) * float(values[place])
            if abs(added) >= 0.005:
                reasons.append(Reason(feature.name, float(values[place]), added))
        total = points
    else:
        total = -9.0
    decided = ""
    for fact in FACTS:
        verdict = fact.function(asked, listed)
        if verdict is None:
            continue
        detail = verdict[1]
        if fact.name == "identifiers":
            decided, _, detail = detail.partition(":")
            total = max(total, -2.0) if decided == "same" else total
        reasons.append(Reason(fact.name, 1.0, verdict[0], detail))
        total += verdict[0]
    asked_words = [_word(words.text, words.start[w], words.end[w]) for w in range(words.start.size)]
    listed_words = _listed_words(index, name)
    used = _pairs(asked_words, listed_words, chosen.rows, chosen.sim, pairs)
    taken, given = int(record[TAKEN]), int(record[GIVEN])
    return Hit(
        party=listed,
        matched=index.name(name),
        asked_name=text,
        score=_score(total),
        points=round(total, 4),
        reasons=tuple(reasons),
        pairs=used,
        left_asked=tuple(w for i, w in enumerate(asked_words) if not taken >> i & 1),
        left_listed=tuple(w for i, w in enumerate(listed_words) if not given >> i & 1),
        decided=decided,
    )


def _score(points: float) -> float:
    return round(1.0 / (1.0 + math.exp(-max(-40.0, min(points, 40.0)))), 6) if points < 13 else 0.999999


def _word(text: np.ndarray, start: int, end: int) -> str:
    word = text[start:end].tobytes().decode("ascii")
    reading, mark, code = word.partition("~")
    return chr(int(code, 16)) if mark and code else reading


def _listed_words(index: Index, name: int) -> list[str]:
    tables = index.tables
    numbers = tables.name_word[tables.name_first[name] : tables.name_first[name + 1]]
    return [_word(tables.word_text, tables.word_first[w], tables.word_first[w + 1]) for w in numbers]


def _pairs(
    asked: list[str], listed: list[str], rows: np.ndarray, sims: np.ndarray, count: int
) -> tuple[Pair, ...]:
    made = []
    for row, sim in sorted(zip(rows[:count].tolist(), sims[:count].tolist(), strict=True)):
        at, span, place, width, how = row
        mine = " ".join(asked[at : at + span])
        theirs = " ".join(listed[(place + more) % len(listed)] for more in range(width))
        made.append(Pair(mine, theirs, HOWS[how], round(sim, 3)))
    return tuple(made)
