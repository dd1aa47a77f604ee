"""nomenklatura's logic-v2 on the labelled pairs and on variants, in an environment of its own (it needs PyICU).

    uv venv nk && VIRTUAL_ENV=nk uv pip install nomenklatura      # wants libicu-dev and a C++ compiler
    uv run --group bench python benchmarks/screening/peer_nomenklatura.py write work.json
    nk/bin/python benchmarks/screening/peer_nomenklatura.py score work.json

The first command writes pairs, ours beside them; the second scores them with logic-v2 and prints both.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path


def write(path):
    import run

    scores, pairs = run.pair_scores()
    rows = [
        [pair.kind, pair.asked, pair.listed, pair.match, pair.held_out, float(score)]
        for pair, score in zip(pairs, scores, strict=True)
    ]
    Path(path).write_text(json.dumps(rows))


def average_precision(scores, match):
    order = sorted(range(len(scores)), key=lambda n: -scores[n])
    hits = total = 0.0
    for rank, n in enumerate(order, 1):
        if match[n]:
            hits += 1
            total += hits / rank
    return total / sum(match)


def f1(scores, match, threshold):
    told = [score >= threshold for score in scores]
    hits = sum(a and b for a, b in zip(told, match, strict=True))
    return 2 * hits / (sum(told) + sum(match))


def score(path):
    from followthemoney import model
    from nomenklatura.matching import get_algorithm

    engine = get_algorithm("logic-v2")
    config = engine.default_config() if hasattr(engine, "default_config") else None
    kinds = {"person": "Person", "organisation": "Company", "vessel": "Vessel"}

    def entity(kind, name, uid):
        return model.get_proxy({"id": uid, "schema": kinds.get(kind, "LegalEntity"), "properties": {"name": [name]}})

    rows = json.loads(Path(path).read_text())
    theirs = []
    begin = time.perf_counter()
    for number, (kind, asked, listed, *_) in enumerate(rows):  # ids of their own: the engine remembers names by id
        query, result = entity(kind, asked, f"a{number}"), entity(kind, listed, f"b{number}")
        theirs.append(engine.compare(query, result, config).score)
    spent = time.perf_counter() - begin
    print("| name-pairs | F1 at 0.7, all | AP, all | F1 at 0.7, held-out half | AP, held-out half | at 1.0 |")
    print("|---|---|---|---|---|---|")
    for name, scores in (("Sekisho", [row[5] for row in rows]), ("nomenklatura logic-v2", theirs)):
        cells = []
        for some in (range(len(rows)), [n for n, row in enumerate(rows) if row[4]]):
            match = [rows[n][3] for n in some]
            mine = [scores[n] for n in some]
            cells += [f"{f1(mine, match, 0.7):.3f}", f"{average_precision(mine, match):.3f}"]
        full = sum(value >= 1.0 for value in scores) / len(scores)
        print(f"| {name} | {' | '.join(cells)} | {full:.0%} |")
    print(f"\nlogic-v2 compared {len(rows)} pairs in {spent:.1f} s")


if __name__ == "__main__":
    {"write": write, "score": score}[sys.argv[1]](sys.argv[2])
