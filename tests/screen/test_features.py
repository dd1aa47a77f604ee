"""Every feature of the visible list: a reason, a weight of the right sign, and a value that behaves."""

from __future__ import annotations

import numpy as np
import pytest

from sekisho.screen import align as a
from sekisho.screen.explain import SAYS
from sekisho.screen.facts import FACTS
from sekisho.screen.features import FEATURES, admissible, ceiling, log_odds, points_of, score, values, weights

RAISES = {"share_asked", "share_listed", "leftovers_alike", "evidence"}


def record(**slots: float) -> np.ndarray:
    made = np.zeros(a.SLOTS, dtype=np.float32)
    for name, value in slots.items():
        made[getattr(a, name.upper())] = value
    return made


WHOLE = {
    "matched": 2.0,
    "matched_bare": 2.0,
    "agreeing": 2.0,
    "total_asked": 2.0,
    "total_listed": 2.0,
    "strong_pairs": 2,
}


@pytest.mark.parametrize("feature", FEATURES, ids=lambda one: one.name)
def test_each_has_a_reason_a_weight_and_words_in_two_languages(feature):
    assert feature.function.__doc__ and feature.function.__doc__.strip().endswith(".")
    assert feature.weight >= 0 if feature.name in RAISES else feature.weight <= 0
    english, japanese = SAYS[feature.name]
    assert english and japanese and english != japanese


@pytest.mark.parametrize("fact", FACTS, ids=lambda one: one.name)
def test_each_fact_has_a_reason_and_words(fact):
    assert fact.function.__doc__
    assert fact.name in SAYS


CASES = [
    ("share_asked", {"left_asked": 2.0}, 0.5, 1.0),
    ("share_listed", {"left_listed": 2.0}, 0.5, 1.0),
    ("contradiction", {"left_asked": 2.0, "left_listed": 3.0}, 0.5, 0.0),
    ("person_contradiction", {"left_asked": 2.0, "left_listed": 2.0, "type": 1}, 0.5, 0.0),
    ("leftovers_alike", {"leftovers_alike": 0.6}, 0.6, 0.0),
    ("spelling", {"spelling": 0.2}, 0.1, 0.0),
    ("worst_spelling", {"worst": 0.2}, 0.2, 0.0),
    ("evidence", {"matched": 4.0}, 1 - np.exp(-4 / 1.3), 1 - np.exp(-2 / 1.3)),
    ("one_word", {"strong_pairs": 1, "heaviest_asked": 0.8}, 0.8, 0.0),
    ("numbers_differ", {"numbers_asked": 1, "numbers_listed": 1}, 1.0, 0.0),
    ("number_missing", {"numbers_asked": 1}, 1.0, 0.0),
    ("turned", {"turned": 0.5}, 0.5, 0.0),
    ("initials", {"initials": 1}, 0.5, 0.0),
    ("parted", {"parts": 1}, 1.0, 0.0),
    ("said_otherwise", {"said": 1.0}, 0.5, 0.0),
    ("other_script", {"foreign": 2.0}, 1.0, 0.0),
    ("generic_differs", {"generic_asked": 1, "generic_listed": 1}, 1.0, 0.0),
    ("words_left_asked", {"plain_asked": 1}, 0.5, 0.0),
    ("words_left_listed", {"plain_listed": 3}, 0.75, 0.0),
    ("vessel_spelling", {"worst": 0.2, "type": 3}, 0.2, 0.0),
    ("type_differs", {"type": 1, "asked_type": 3}, 1.0, 0.0),
    ("weak_alias", {"weak": 1}, 1.0, 0.0),
    ("filiation_turned", {"turned": 0.25, "filiations": 1}, 0.5, 0.0),
]


@pytest.mark.parametrize(("name", "slots", "with_it", "without"), CASES, ids=[case[0] for case in CASES])
def test_value(name, slots, with_it, without):
    function = next(one.function for one in FEATURES if one.name == name)
    assert function(record(**(WHOLE | slots))) == pytest.approx(with_it, abs=1e-4)
    assert function(record(**WHOLE)) == pytest.approx(without, abs=1e-4)


def test_every_feature_is_tested_and_written_in_its_own_place():
    assert [case[0] for case in CASES] == [one.name for one in FEATURES]
    for place, (name, slots, _, _) in enumerate(CASES):
        made = record(**(WHOLE | slots))
        out = np.zeros(a.SLOTS, dtype=np.float32)
        values(made, out)
        assert out[place] == pytest.approx(FEATURES[place].function(made)), name


def test_general_words_alone_are_not_admissible_unless_all_of_them_agree():
    general = WHOLE | {"strong_pairs": 0, "content_pairs": 2}
    assert admissible(record(**general))
    assert not admissible(record(**(general | {"content_pairs": 1})))
    assert not admissible(record(**(general | {"generic_listed": 1})))
    assert not admissible(record(**(general | {"plain_asked": 1})))


def test_too_little_agreement_is_not_admissible():
    assert not admissible(record(**(WHOLE | {"agreeing": 0.9})))
    assert admissible(record(**(WHOLE | {"agreeing": 1.1})))


def test_score_and_log_odds_are_inverse_and_never_one():
    for value in (0.1, 0.5, 0.7, 0.99):
        assert score(log_odds(value)) == pytest.approx(value)
    assert score(12.0) < 1.0


def test_no_pair_exceeds_its_ceiling():
    draw = np.random.default_rng(5)
    out = np.zeros(a.SLOTS, dtype=np.float32)
    points = weights()
    for _ in range(300):
        made = record(
            matched=draw.uniform(0.2, 4), left_asked=draw.uniform(0, 3), left_listed=draw.uniform(0, 3),
            type=draw.integers(0, 5), asked_type=draw.integers(0, 5), weak=draw.integers(0, 2),
            plain_asked=draw.integers(0, 3), plain_listed=draw.integers(0, 3), worst=draw.uniform(0, 0.3),
        )  # fmt: skip
        assert points_of(made, points, out) <= ceiling(made, points) + 1e-4
