"""What speaks for and against a name being a listed one: a visible list of features, each with weight and reason.

Every feature is a function of the record that ``align`` fills and gives a number of about 0 to 1. The score of a pair is
the logistic of the weighted sum: evidence adds up and never piles at 1. Weights were fitted on the development half of
labelled pairs and lists (``benchmarks/screening/fit.py``) and rounded; they can be read, argued about and changed here.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sekisho.screen import align as a
from sekisho.screen.compiled import compiled
from sekisho.screen.tables import Floats

FLOOR = 0.5  # share of the asked name's weight that must agree for a pair to be looked at
FLOOR_LISTED = 0.2  # the same for the listed name
PERSON, ORGANISATION, VESSEL, AIRCRAFT = 1, 2, 3, 4


@compiled
def share_asked(r: Floats) -> float:
    """How much of the asked name's weight has found its word (1: all of it)."""
    return r[a.MATCHED] / (r[a.MATCHED] + r[a.LEFT_ASKED] + 1e-6)


@compiled
def share_listed(r: Floats) -> float:
    """How much of the listed name's weight has found its word (1: all of it)."""
    return r[a.MATCHED] / (r[a.MATCHED] + r[a.LEFT_LISTED] + 1e-6)


@compiled
def contradiction(r: Floats) -> float:
    """Both names go on, with different words: the smaller left-over against what agrees."""
    left = min(r[a.LEFT_ASKED], r[a.LEFT_LISTED])
    return left / (r[a.MATCHED] + left + 1e-6)


@compiled
def person_contradiction(r: Floats) -> float:
    """The same, where the listed party is a person: another family or given name is another person."""
    return contradiction(r) if r[a.TYPE] == PERSON or r[a.ASKED_TYPE] == PERSON else 0.0


@compiled
def leftovers_alike(r: Floats) -> float:
    """The words left over on both sides resemble each other: perhaps one word, badly misspelled."""
    return r[a.LEFTOVERS_ALIKE]


@compiled
def spelling(r: Floats) -> float:
    """How differently the agreeing words are spelled, on average by weight."""
    return r[a.SPELLING] / (r[a.MATCHED] + 1e-6)


@compiled
def worst_spelling(r: Floats) -> float:
    """How differently the least alike of the agreeing identifying words is spelled."""
    return r[a.WORST]


@compiled
def evidence(r: Floats) -> float:
    """How much agrees in all: three rare words say more than one common word."""
    return 1.0 - math.exp(-r[a.MATCHED] / 1.3)


@compiled
def one_word(r: Floats) -> float:
    """Only one identifying word agrees while a name has others."""
    if r[a.STRONG_PAIRS] > 1:
        return 0.0
    return min(1.0, max(r[a.HEAVIEST_ASKED], r[a.HEAVIEST_LISTED]))


@compiled
def numbers_differ(r: Floats) -> float:
    """Both names bear numbers and they differ: another ship, another unit."""
    return 1.0 if r[a.NUMBERS_ASKED] > 0 and r[a.NUMBERS_LISTED] > 0 else 0.0


@compiled
def number_missing(r: Floats) -> float:
    """One name bears a number that the other lacks."""
    return 1.0 if (r[a.NUMBERS_ASKED] > 0) != (r[a.NUMBERS_LISTED] > 0) else 0.0


@compiled
def turned(r: Floats) -> float:
    """The agreeing words stand in another order, beyond the family name having moved from one end to the other."""
    return r[a.TURNED]


@compiled
def filiation_turned(r: Floats) -> float:
    """Father and child have changed places: *Ahmad bin Hasan* is not *Hasan bin Ahmad*."""
    return min(2.0 * r[a.TURNED], 1.0) if r[a.FILIATIONS] > 0 else 0.0


@compiled
def initials(r: Floats) -> float:
    """An initial stands for a word."""
    return min(r[a.INITIALS], 2.0) / 2.0


@compiled
def parted(r: Floats) -> float:
    """Words are written together on one side and apart on the other."""
    return 1.0 if r[a.PARTS] > 0 else 0.0


@compiled
def said_otherwise(r: Floats) -> float:
    """A short form, nickname or translation stands for the word (share of what agrees)."""
    return r[a.SAID] / (r[a.MATCHED] + 1e-6)


@compiled
def other_script(r: Floats) -> float:
    """Words were compared across scripts (share of what agrees)."""
    return r[a.FOREIGN] / (r[a.MATCHED] + 1e-6)


@compiled
def generic_differs(r: Floats) -> float:
    """Both organisations go on with different general words (*Trading* against *Mining*)."""
    return 1.0 if r[a.GENERIC_ASKED] + r[a.PLAIN_ASKED] > 0 and r[a.GENERIC_LISTED] + r[a.PLAIN_LISTED] > 0 else 0.0


@compiled
def words_left_asked(r: Floats) -> float:
    """Identifying words of the asked name that found nothing (one: 0.5, many: towards 1)."""
    return r[a.PLAIN_ASKED] / (1.0 + r[a.PLAIN_ASKED])


@compiled
def words_left_listed(r: Floats) -> float:
    """Identifying words of the listed name that found nothing (one: 0.5, many: towards 1)."""
    return r[a.PLAIN_LISTED] / (1.0 + r[a.PLAIN_LISTED])


@compiled
def vessel_spelling(r: Floats) -> float:
    """The listed party is a vessel or aircraft, whose short name must be spelled as it is."""
    return r[a.WORST] if r[a.TYPE] == VESSEL or r[a.TYPE] == AIRCRAFT else 0.0


@compiled
def type_differs(r: Floats) -> float:
    """The asked party is said to be of another kind (person, organisation, vessel, aircraft)."""
    return 1.0 if r[a.TYPE] > 0 and r[a.ASKED_TYPE] > 0 and r[a.TYPE] != r[a.ASKED_TYPE] else 0.0


@compiled
def weak_alias(r: Floats) -> float:
    """The publisher calls the listed name a weak alias."""
    return 1.0 if r[a.WEAK] > 0 else 0.0


@compiled
def values(r: Floats, out: Floats) -> None:
    """Write every feature in the order of ``FEATURES``."""
    out[0] = share_asked(r)
    out[1] = share_listed(r)
    out[2] = contradiction(r)
    out[3] = person_contradiction(r)
    out[4] = leftovers_alike(r)
    out[5] = spelling(r)
    out[6] = worst_spelling(r)
    out[7] = evidence(r)
    out[8] = one_word(r)
    out[9] = numbers_differ(r)
    out[10] = number_missing(r)
    out[11] = turned(r)
    out[12] = initials(r)
    out[13] = parted(r)
    out[14] = said_otherwise(r)
    out[15] = other_script(r)
    out[16] = generic_differs(r)
    out[17] = words_left_asked(r)
    out[18] = words_left_listed(r)
    out[19] = vessel_spelling(r)
    out[20] = type_differs(r)
    out[21] = weak_alias(r)
    out[22] = filiation_turned(r)


@dataclass(frozen=True, slots=True)
class Feature:
    """One reason: the compiled function, and the points (log-odds) that its full value adds."""

    function: Callable[[Floats], float]
    weight: float

    @property
    def name(self) -> str:
        """Give the name under which the feature is shown and tested."""
        return str(self.function.__name__)


LEFTOVERS = 5  # place of ``leftovers_alike`` among the points
BIAS = -3.34
FEATURES: tuple[Feature, ...] = (
    Feature(share_asked, 2.43),
    Feature(share_listed, 3.14),
    Feature(contradiction, 0.00),
    Feature(person_contradiction, -0.68),
    Feature(leftovers_alike, 4.48),
    Feature(spelling, -6.53),
    Feature(worst_spelling, -5.75),
    Feature(evidence, 2.86),
    Feature(one_word, -0.78),
    Feature(numbers_differ, -3.50),
    Feature(number_missing, -1.00),
    Feature(turned, -0.82),
    Feature(initials, -0.40),
    Feature(parted, -0.20),
    Feature(said_otherwise, -1.82),
    Feature(other_script, -1.60),
    Feature(generic_differs, -1.35),
    Feature(words_left_asked, -2.84),
    Feature(words_left_listed, -1.71),
    Feature(vessel_spelling, -2.00),
    Feature(type_differs, -2.50),
    Feature(weak_alias, -1.00),
    Feature(filiation_turned, -5.00),
)


def weights() -> Floats:
    """Give bias and weights as the array that the kernel reads (bias first)."""
    array = np.array([BIAS, *(feature.weight for feature in FEATURES)], dtype=np.float32)
    array.setflags(write=False)
    return array


@compiled
def admissible(r: Floats) -> bool:
    """Tell whether a pair may be scored at all: general words alone never make a match.

    At least one identifying word must agree; or, where a listed name is made of general words only (*Defense Industries
    Organization*), every word on both sides must, and at least two of them.
    """
    if r[a.AGREEING] < FLOOR * r[a.TOTAL_ASKED] or r[a.MATCHED_BARE] < FLOOR_LISTED * r[a.TOTAL_LISTED]:
        return False
    if r[a.STRONG_PAIRS] >= 1:
        return True
    whole = r[a.PLAIN_ASKED] + r[a.PLAIN_LISTED] + r[a.GENERIC_ASKED] + r[a.GENERIC_LISTED] == 0
    unnumbered = r[a.NUMBERS_ASKED] + r[a.NUMBERS_LISTED] == 0
    return whole and unnumbered and r[a.CONTENT_PAIRS] >= 2 and r[a.SPELLING] <= 0.05 * r[a.MATCHED]


@compiled
def points_of(r: Floats, points: Floats, scratch: Floats) -> float:
    """Add up the points of a record by ``points`` (bias, then the weights)."""
    values(r, scratch)
    total = points[0]
    for f in range(points.size - 1):
        total += points[f + 1] * scratch[f]
    return total


@compiled
def score(points: float) -> float:
    """Turn points into the score, 0 to 1, which nears 1 and never reaches it."""
    return 1.0 / (1.0 + math.exp(-points))


@compiled
def log_odds(value: float) -> float:
    """Give the points at which a score is reached."""
    if value <= 0.0:
        return -1e9
    if value >= 1.0:
        return 1e9
    return math.log(value / (1.0 - value))


@compiled
def ceiling(r: Floats, points: Floats) -> float:
    """Give points that no alignment can exceed whose bounds ``outlook`` has put into the record.

    Features that ``outlook`` bounds count as they are, those that only lower a score not at all; ``leftovers_alike``
    is left to the caller.
    """
    total = points[0]
    total += points[1] * share_asked(r)
    total += points[2] * share_listed(r)
    total += points[3] * contradiction(r)
    total += points[4] * person_contradiction(r)
    total += points[6] * spelling(r)
    total += points[8] * evidence(r)
    total += points[16] * other_script(r)
    total += points[18] * words_left_asked(r)
    total += points[19] * words_left_listed(r)
    total += points[21] * type_differs(r)
    total += points[22] * weak_alias(r)
    return total
