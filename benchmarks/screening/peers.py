"""Named peers on the same names in the same run: RapidFuzz by brute force, TF-IDF top-n; nomenklatura where installed."""

from __future__ import annotations

import time

import numpy as np
from rapidfuzz import fuzz, process, utils
from rapidfuzz.distance import JaroWinkler


def table(index, changed, clean, say, count):
    """Print recall at 1 % false alarms and speed of each engine, over ``count`` variants and ``count * 5`` clean names."""
    changed = changed[:count]
    clean = [name for name, _ in clean[: count * 5]]
    names = [index.name(n) for n in range(index.names)]
    owner = [index.party(index.party_of(n)).uid for n in range(index.names)]
    engines = [("Sekisho", ours(index, owner)), ("TF-IDF 3-grams, top 30, Jaro-Winkler", tfidf(names, owner))]
    few = max(40, count // 8)
    slow = [
        ("RapidFuzz Jaro-Winkler, brute force", brute(names, owner, JaroWinkler.similarity, 1.0), few * 2),
        ("RapidFuzz WRatio, brute force", brute(names, owner, fuzz.WRatio, 0.01), few),
    ]
    say("| engine, 20,176 names | asked | names/s | one query p50 / p99 us | recall at 1 % false alarms |")
    say("|---|---|---|---|---|")
    for name, engine in engines:
        row(name, engine, changed, clean, say)
    for name, engine, most in slow:
        row(name, engine, changed[:most], clean[: most * 4], say)
    say()


def row(name, engine, changed, clean, say):
    asked = [one.text for one in changed]
    engine(asked[:3])
    begin = time.perf_counter()
    alarms = np.array([best for best, _ in engine(clean)])
    found = engine(asked)
    spent = time.perf_counter() - begin
    threshold = np.sort(alarms)[::-1][max(0, len(alarms) // 100)]
    got = np.array([by.get(one.uid, 0.0) for (_, by), one in zip(found, changed, strict=True)])
    clock = []
    for text in (asked + clean)[: 200 if "brute" not in name else 40]:
        start = time.perf_counter_ns()
        engine([text])
        clock.append((time.perf_counter_ns() - start) / 1000)
    total = len(asked) + len(clean)
    say(f"| {name} | {total:,} | {total / spent:,.0f} | {np.percentile(clock, 50):,.0f} / {np.percentile(clock, 99):,.0f} | "
        f"{(got > threshold).mean():.3f} |")  # fmt: skip


def ours(index, owner):
    def run(asked):
        found = index.find(asked, threshold=0.05, most=30)
        made = [(0.0, {}) for _ in asked]
        for n, name, score in zip(found.asked.tolist(), found.name.tolist(), found.score.tolist(), strict=True):
            best, by = made[n]
            by[owner[name]] = max(score, by.get(owner[name], 0.0))
            made[n] = (max(best, score), by)
        return made

    return run


def brute(names, owner, scorer, scale):
    plain = [utils.default_process(" ".join(sorted(name.replace(",", " ").split()))) for name in names]

    def run(asked):
        made = []
        for text in asked:
            query = utils.default_process(" ".join(sorted(text.split())))
            hits = process.extract(query, plain, scorer=scorer, limit=30)
            by = {}
            for _, score, n in hits:
                by[owner[n]] = max(score * scale, by.get(owner[n], 0.0))
            made.append((max(by.values(), default=0.0), by))
        return made

    return run


def tfidf(names, owner):
    from sklearn.feature_extraction.text import TfidfVectorizer

    plain = [utils.default_process(name) for name in names]
    model = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), dtype=np.float32)
    rows = model.fit_transform(plain).T.tocsr()

    def run(asked):
        queries = [utils.default_process(text) for text in asked]
        made = []
        for begin in range(0, len(queries), 500):
            some = queries[begin : begin + 500]
            product = (model.transform(some) @ rows).tocsr()
            for n, query in enumerate(some):
                start, end = product.indptr[n], product.indptr[n + 1]
                values, places = product.data[start:end], product.indices[start:end]
                order = np.argpartition(-values, 30)[:30] if values.size > 30 else np.arange(values.size)
                by = {}
                ordered = " ".join(sorted(query.split()))
                for at in order:
                    name = int(places[at])
                    alike = JaroWinkler.similarity(ordered, " ".join(sorted(plain[name].split())))
                    score = 0.5 * float(values[at]) + 0.5 * alike
                    by[owner[name]] = max(score, by.get(owner[name], 0.0))
                made.append((max(by.values(), default=0.0), by))
        return made

    return run
