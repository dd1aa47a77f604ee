"""Fit the weights of the name features on the development halves; prints them rounded, to be read and put in features.py.

    uv run --group bench python benchmarks/screening/fit.py

Sources: labelled pairs (development half), variants and hidden aliases of development parties (the best pair with the
right party is a match), clean names of the development locales (their best pairs are none).
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import data
import numpy as np
from scipy.optimize import minimize

from sekisho.model.listed import ListedName, ListedParty
from sekisho.screen import features, index
from sekisho.screen.align import SLOTS, align, compare_leftovers
from sekisho.screen.assemble import distinct
from sekisho.screen.compiled import compiled
from sekisho.screen.kernel import candidates, find_near, prepare
from sekisho.screen.rooms import asked_room, joining_room, pairing_room, scratch
from sekisho.screen.tokens import cut

WIDTH = len(features.FEATURES)


@compiled
def gather(tables, lexicon, points, work, block, names, kinds, wanted, best_only, room):
    """Collect the features of the best pair of every (name, party); ``wanted`` limits a name to one party (-1: none)."""
    words = cut(block, names)
    number, place = distinct(words)
    near = find_near(tables, lexicon, words, place, work)
    asked = asked_room(work, near)
    chosen = pairing_room()
    joining = joining_room()
    record = np.zeros(SLOTS, dtype=np.float32)
    value = np.zeros(SLOTS, dtype=np.float32)
    at = np.empty(room, dtype=np.int32)
    party_of = np.empty(room, dtype=np.int32)
    score_of = np.empty(room, dtype=np.float32)
    rows = np.empty((room, WIDTH), dtype=np.float32)
    made = 0
    for n in range(names):
        if words.first[n + 1] == words.first[n]:
            continue
        work.turn[3] += 1
        prepare(tables, words, number, near, n, kinds[n], asked, joining, work.turn[3])
        found = candidates(tables, asked, work)
        begin = made
        for c in range(found):
            name = work.touched[c]
            party = tables.name_party[name]
            if wanted[n] >= 0 and party != wanted[n]:
                continue
            align(tables, asked, name, record, chosen)
            if not features.admissible(record):
                continue
            compare_leftovers(tables, asked, name, record)
            score = features.points_of(record, points, value)
            features.values(record, value)
            slot = made
            for h in range(begin, made):
                if party_of[h] == party:
                    slot = h
                    break
            if best_only and made > begin:
                slot = begin
            if slot < made:
                if score <= score_of[slot]:
                    continue
            elif made < room:
                made += 1
            else:
                continue
            at[slot] = n
            party_of[slot] = party
            score_of[slot] = score
            rows[slot] = value[:WIDTH]
    return at[:made], party_of[:made], score_of[:made], rows[:made]


def rows_of(made, names, kinds, points, wanted=None, best_only=False):
    """Run ``gather`` over names; ``wanted`` are party numbers."""
    target = np.full(len(names), -1, dtype=np.int32) if wanted is None else np.array(wanted, dtype=np.int32)
    marks = np.array([index.TYPES.index(kind) for kind in kinds], dtype=np.uint8)
    return gather(
        made.tables, made.lexicon, points, scratch(made.tables), index.block_of(names), len(names), marks, target,
        best_only, 3_000_000 if not best_only else len(names) + 8,
    )  # fmt: skip


def training():
    """Give a function points -> (rows, match, weight)."""
    labelled = [pair for pair in data.labelled_pairs() if not pair.held_out]
    pairs = index.build(
        ListedParty(uid=str(n), source="p", type=pair.kind, names=(ListedName(pair.listed),))
        for n, pair in enumerate(labelled)
    )
    listed = data.list_of(20_176)
    known = index.build(listed)
    number = {party.uid: n for n, party in enumerate(listed)}
    changed = data.variants(listed, 2500, half=False, seed=1)
    left, hidden = data.hide_aliases(listed, half=False, seed=2)
    lacking = index.build(left)
    clean = data.clean_names(data.DEVELOPMENT_LOCALES, 24_000, seed=77)

    def sample(points):
        x, y, w = [], [], []

        def add(rows, match, weight):
            x.append(rows)
            y.append(np.full(len(rows), match))
            w.append(np.full(len(rows), weight))

        for match in (True, False):
            some = [n for n, pair in enumerate(labelled) if pair.match == match]
            got = rows_of(pairs, [labelled[n].asked for n in some], [labelled[n].kind for n in some], points, some)
            add(got[3], match, 6.0)
        got = rows_of(
            known, [v.text for v in changed], [v.kind for v in changed], points, [number[v.uid] for v in changed]
        )
        add(got[3], True, 1.0)
        got = rows_of(
            lacking, [h.text for h in hidden], [h.kind for h in hidden], points, [number[h.uid] for h in hidden]
        )
        add(got[3], True, 0.35)
        got = rows_of(known, [c[0] for c in clean], [c[1] for c in clean], points, best_only=True)
        hard = got[2] > np.sort(got[2])[::-1][min(len(got[2]) - 1, 2400)]
        add(got[3][hard], False, 0.6)
        add(got[3][~hard], False, 0.2)
        return np.concatenate(x), np.concatenate(y), np.concatenate(w)

    return sample


RAISES = {"share_asked", "share_listed", "evidence", "leftovers_alike"}
BY_HAND = {"numbers_differ": -3.5, "number_missing": -1.0, "vessel_spelling": -2.0, "parted": -0.2, "filiation_turned": -5.0,
           "type_differs": -2.5, "weak_alias": -1.0, "initials": -0.4}  # fmt: skip


def fitted(x, y, w, strength):
    """Fit a logistic model whose weights keep the sign that their meaning demands."""
    sign = np.where(y, 1.0, -1.0)

    def loss(p):
        z = -(p[0] + x @ p[1:]) * sign
        value = float((w * np.logaddexp(0, z)).sum() + strength * (p[1:] ** 2).sum())
        slope = -w * sign / (1 + np.exp(-z))
        return value, np.concatenate([[slope.sum()], x.T @ slope + 2 * strength * p[1:]])

    limits = [(None, None)]
    for feature in features.FEATURES:
        fixed = BY_HAND.get(feature.name)
        limits.append((fixed, fixed) if fixed is not None else (0, None) if feature.name in RAISES else (None, 0))
    start = np.array([-4.0, *(low if low is not None else 0.0 for low, _ in limits[1:])])
    return minimize(loss, start, jac=True, method="L-BFGS-B", bounds=limits).x


def main():
    sample = training()
    points = features.weights()
    strength = float(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1] != "--write" else 1.0
    for _ in range(4):
        x, y, w = sample(points)
        points = fitted(x.astype(np.float64), y, w, strength).astype(np.float32)
        points.setflags(write=False)
    points = points.copy()
    fixed = points.copy()
    fixed.setflags(write=False)
    points[0] += features.log_odds(0.7) - features.log_odds(clean_limit(fixed))
    if "--write" in sys.argv:
        write(points)
    print(f"rows {len(y)}, matches {int(y.sum())}")
    print(f"BIAS = {points[0]:.2f}")
    for feature, value, mean in zip(features.FEATURES, points[1:], x.mean(axis=0), strict=True):
        print(f"    Feature({feature.name}, {value:.2f}),  # mean {mean:.2f}")


def clean_limit(points):
    """Give the score that one clean development name in a hundred exceeds: 0.7 is put there."""
    known = index.build(data.list_of(20_176), points=points)
    clean = data.clean_names(data.DEVELOPMENT_LOCALES, 20_000, seed=5)
    found = known.find([c[0] for c in clean], [c[1] for c in clean], threshold=0.05, most=1)
    top = np.zeros(len(clean))
    top[found.asked] = found.score
    return float(np.sort(top)[::-1][len(clean) // 100])


def write(points):
    """Put the rounded weights into features.py."""
    path = Path(features.__file__)
    text = re.sub(r"^BIAS = .*$", f"BIAS = {points[0]:.2f}", path.read_text(), flags=re.M)
    for feature, value in zip(features.FEATURES, points[1:], strict=True):
        text = re.sub(rf"Feature\({feature.name}, [-\d.]+\)", f"Feature({feature.name}, {value + 0.0:.2f})", text)
    path.write_text(text)


if __name__ == "__main__":
    main()
