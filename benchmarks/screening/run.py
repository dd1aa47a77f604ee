"""The scorecard of screening: quality on the held-out half, speed, memory, and peers in the same run.

    uv run --group bench python benchmarks/screening/run.py [--quick] [--million]

Prints a table in Markdown. Nothing here is tuned on: see ``data.py`` for how the halves were divided.
"""

from __future__ import annotations

import os
import platform
import resource
import sys
import tempfile
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import data
import numpy as np
import peers
from sklearn.metrics import average_precision_score

from sekisho.model.listed import ListedName, ListedParty
from sekisho.screen.index import Index, build, load, warm

NAMES = 20_176
LINES: list[str] = []


def say(line: str = "") -> None:
    print(line, flush=True)
    LINES.append(line)


def f1(scores: np.ndarray, match: np.ndarray, threshold: float) -> float:
    told = scores >= threshold
    hits = (told & match).sum()
    return float(2 * hits / (told.sum() + match.sum()))


def pair_scores() -> tuple[np.ndarray, list[data.Labelled]]:
    pairs = data.labelled_pairs()
    index = build(
        ListedParty(uid=str(n), source="p", type=pair.kind, names=(ListedName(pair.listed),))
        for n, pair in enumerate(pairs)
    )
    found = index.find([pair.asked for pair in pairs], [pair.kind for pair in pairs], threshold=0.0, most=len(pairs))
    scores = np.zeros(len(pairs))
    for asked, name, score in zip(found.asked, found.name, found.score, strict=True):
        if index.party_of(int(name)) == asked:
            scores[asked] = score
    return scores, pairs


def recall(index: Index, asked: list, clean: list, share: float = 0.01) -> tuple[float, float, np.ndarray]:
    """Give (threshold at which a share of clean names alarms, recall there, got score by asked name)."""
    found = index.find([name for name, _ in clean], [kind for _, kind in clean], threshold=0.05, most=1)
    top = np.zeros(len(clean))
    top[found.asked] = found.score
    threshold = float(np.sort(top)[::-1][int(len(clean) * share)])
    uids = [index.party(n).uid for n in range(index.parties)]
    found = index.find([one.text for one in asked], [one.kind for one in asked], threshold=0.05, most=50)
    got = np.zeros(len(asked))
    for n, name, score in zip(found.asked, found.name, found.score, strict=True):
        if uids[index.party_of(int(name))] == asked[n].uid:
            got[n] = max(got[n], score)
    return threshold, float((got > threshold).mean()), got


def quality() -> tuple[Index, list, list]:
    scores, pairs = pair_scores()
    match = np.array([pair.match for pair in pairs])
    held = np.array([pair.held_out for pair in pairs])
    listed = data.list_of(NAMES)
    index = build(listed)
    clean = data.clean_names(data.REPORT_LOCALES, 20_000, seed=2024)
    changed = data.variants(listed, 1550, half=True)
    left, hidden = data.hide_aliases(listed, half=True)
    threshold, found, got = recall(index, changed, clean)
    _, found_hidden, got_hidden = recall(build(left), hidden, clean)
    say("| quality, held-out half | goal | found |")
    say("|---|---|---|")
    say(
        f"| name-pairs F1 at 0.7, held-out half ({held.sum()} pairs) | 0.82 | {f1(scores[held], match[held], 0.7):.3f} |"
    )
    say(f"| name-pairs F1 at 0.7, all {len(pairs)} | 0.82 | {f1(scores, match, 0.7):.3f} |")
    say(f"| name-pairs AP, held-out half | 0.89 | {average_precision_score(match[held], scores[held]):.3f} |")
    say(f"| name-pairs AP, all | 0.89 | {average_precision_score(match, scores):.3f} |")
    say(f"| recall of variants at 1 % false alarms (threshold {threshold:.3f}, {len(changed)}) | 0.92 | {found:.3f} |")
    say(f"| recall of variants at the default threshold 0.7 | | {(got >= 0.7).mean():.3f} |")
    say(f"| held-out aliases at 1 % false alarms ({len(hidden)}) | 0.70 | {found_hidden:.3f} |")
    say(f"| held-out aliases that share a word at all | | {(got_hidden > 0).mean():.3f} |")
    say()
    by: dict[str, list[bool]] = defaultdict(list)
    for one, score in zip(changed, got, strict=True):
        by[one.change].append(bool(score > threshold))
    say("| change | variants | recall |")
    say("|---|---|---|")
    for change, found_ones in sorted(by.items()):
        say(f"| {change} | {len(found_ones)} | {np.mean(found_ones):.3f} |")
    say()
    return index, changed, clean


def timed(function) -> tuple[float, float]:
    """Give seconds by the clock and of processor time."""
    clock, used = time.perf_counter(), time.process_time()
    function()
    return time.perf_counter() - clock, time.process_time() - used


def speed(index: Index, changed: list, clean: list, title: str, count: int) -> None:
    mixed = [name for name, _ in data.clean_names(data.REPORT_LOCALES, count, seed=9)]
    latin = [name for name in mixed if name.isascii()]
    index.find(mixed[:100])
    rows = []
    for told, names in (("twelve locales, seven scripts", mixed), ("those in plain Latin letters", latin)):
        best = min((timed(lambda names=names: index.find(names)) for _ in range(3)), key=lambda one: one[0])
        rows.append((f"one core: {told}", len(names) / best[0], len(names) / best[1]))
        halves = [names[n::2] for n in range(2)]
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(index.find, [half[:100] for half in halves]))
            both = min(
                (timed(lambda halves=halves: list(pool.map(index.find, halves))) for _ in range(3)),
                key=lambda one: one[0],
            )
        rows.append((f"two threads: {told}", len(names) / both[0], len(names) / both[1] * 2))
    asked = [one.text for one in changed] + [name for name, _ in clean[:2000]]
    clock = []
    for name in asked:
        begin = time.perf_counter_ns()
        index.find([name])
        clock.append((time.perf_counter_ns() - begin) / 1000)
    say(f"| speed, {title} | names/s by the clock | per core of processor time |")
    say("|---|---|---|")
    for told, wall, used in rows:
        say(f"| {told} | {wall:,.0f} | {used:,.0f} |")
    low, high = np.percentile(clock, 50), np.percentile(clock, 99)
    say(f"| one query ({len(asked)}: variants and clean): p50 / p99 | {low:.0f} / {high:.0f} us | |")
    say()


def sizes() -> None:
    listed = data.us_list()
    spent, used = timed(lambda: build(listed))
    index = build(listed)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "us.idx"
        index.save(path)
        loaded, _ = timed(lambda: load(path))
        size = path.stat().st_size
    say("| index of the US Consolidated Screening List | goal | found |")
    say("|---|---|---|")
    say(f"| parties, names | | {index.parties:,}, {index.names:,} |")
    say(f"| built in | 2 s | {spent:.2f} s ({used:.2f} s of processor time) |")
    say(f"| loaded in | 100 ms | {loaded * 1000:.1f} ms |")
    say(f"| file, mapped into memory | | {size / 1e6:.1f} MB |")
    say()


def million() -> None:
    begin = time.perf_counter()
    listed = data.million(1_000_000, data.ofac_list())
    say(f"a million names made in {time.perf_counter() - begin:.0f} s")
    spent, _ = timed(lambda: None)
    begin = time.perf_counter()
    index = build(listed)
    spent = time.perf_counter() - begin
    say(f"index of {index.names:,} names built in {spent:.1f} s; {index.tables.word_hash.size:,} distinct words; "
        f"{sum(a.nbytes for a in index.tables) / 1e6:.0f} MB of tables; "
        f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.1f} GB highest memory of the whole run")  # fmt: skip
    changed = data.variants(data.list_of(NAMES), 600, half=True)
    clean = data.clean_names(data.REPORT_LOCALES, 1400, seed=5)
    speed(index, changed, clean, "list of a million names", 20_000)


def main() -> None:
    quick = "--quick" in sys.argv
    say(f"`{' '.join(['python', *sys.argv])}` on {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, "
        f"Python {platform.python_version()}")  # fmt: skip
    say()
    begin = time.perf_counter()
    if warm():
        say(f"first call: compiled in {time.perf_counter() - begin:.0f} s and kept")
    index, changed, clean = quality()
    speed(index, changed, clean, f"list of {index.names:,} names", 24_000 if quick else 240_000)
    sizes()
    peers.table(index, changed, clean, say, 150 if quick else 400)
    if "--million" in sys.argv:
        million()


if __name__ == "__main__":
    main()
