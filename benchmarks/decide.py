"""How long one decision takes, with its full trace, and ``sekisho decide`` from start to end.

uv run --group bench python benchmarks/decide.py
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from sekisho.app.decide import decide_transfer
from sekisho.app.written import answer_document
from sekisho.feeds.packs import load_pack
from sekisho.feeds.transfer_file import read_transfer

EXAMPLES = sorted((Path(__file__).resolve().parents[1] / "examples" / "transfers").glob("*.toml"))
TIMES = 2_000
STARTS = 15


def quantiles(samples: list[float]) -> tuple[float, float]:
    ordered = sorted(samples)
    return ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)]


def main() -> None:
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, {len(EXAMPLES)} transfers, {TIMES} decisions each")
    began = time.perf_counter()
    pack = load_pack("jp")
    print(f"load of the pack: {1e3 * (time.perf_counter() - began):.1f} ms, {len(pack.rules)} rules")
    for name, work in (
        ("decision with trace", lambda transfer: decide_transfer([pack], transfer)),
        ("and its JSON with hash", lambda transfer: answer_document(decide_transfer([pack], transfer))),
    ):
        samples = []
        for path in EXAMPLES:
            transfer = read_transfer(path, [pack])
            work(transfer)
            for _ in range(TIMES):
                began = time.perf_counter()
                work(transfer)
                samples.append(time.perf_counter() - began)
        median, late = quantiles(samples)
        print(f"{name}: median {1e3 * median:.3f} ms, p99 {1e3 * late:.3f} ms")
    starts = []
    for _ in range(STARTS):
        began = time.perf_counter()
        command = [sys.executable, "-m", "sekisho", "decide", str(EXAMPLES[3]), "--law", "jp"]
        subprocess.run(command, check=True, capture_output=True)
        starts.append(time.perf_counter() - began)
    median, late = quantiles(starts)
    print(f"sekisho decide, start to end: median {median:.3f} s, worst {late:.3f} s")


if __name__ == "__main__":
    main()
