"""A table of transfers in bulk, against the interpreter and against zen-engine on an equivalent decision table.

    uv run --group bench python benchmarks/bulk.py [ROWS]

zen-engine has no three-valued logic, no lifts and no history: it gets a table of eight rows that covers list control,
small value and the triggers of the catch-all by destination tier as of one day, with unknown facts written as the text
"unknown". It does less than Sekisho does; the ratio is in its favour.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

import duckdb
from made_transfers import make

from sekisho.feeds.flat_rows import read_laws
from sekisho.store.bulk import decide_table

ZEN_ROWS = 20_000
INTERPRETED = 2_000


def zen_table() -> str:
    """The decision table in zen's JSON form: first row that fits wins."""
    heads = ["listed", "tier", "small", "wmd", "conv", "informed", "in16"]
    table = [
        (("true", "", "false", "", "", "", ""), "licence-required"),
        (("true", "", "true", "false", "", "false", ""), "exempt"),
        (("true", "", "", "", "", "", ""), "licence-required"),
        (("false", '"A"', "", "", "", "true", "true"), "licence-required"),
        (("false", 'not("A")', "", "true", "", "", "true"), "licence-required"),
        (("false", '"3-2"', "", "", "true", "", "true"), "licence-required"),
        (("false", 'not("A")', "", "", "", "true", "true"), "licence-required"),
        (("", "", "", "", "", "", ""), "no-licence"),
    ]
    rules = [
        {"_id": str(number), **dict(zip(heads, cells, strict=True)), "out": f'"{outcome}"'}
        for number, (cells, outcome) in enumerate(table)
    ]
    content = {
        "hitPolicy": "first",
        "inputs": [{"id": head, "name": head, "type": "expression", "field": head} for head in heads],
        "outputs": [{"id": "out", "name": "out", "type": "expression", "field": "outcome"}],
        "rules": rules,
    }
    return json.dumps(
        {
            "nodes": [
                {"id": "in", "name": "in", "type": "inputNode", "position": {"x": 0, "y": 0}},
                {
                    "id": "table",
                    "name": "table",
                    "type": "decisionTableNode",
                    "content": content,
                    "position": {"x": 1, "y": 0},
                },
                {"id": "out", "name": "out", "type": "outputNode", "position": {"x": 2, "y": 0}},
            ],
            "edges": [
                {"id": "a", "type": "edge", "sourceId": "in", "targetId": "table"},
                {"id": "b", "type": "edge", "sourceId": "table", "targetId": "out"},
            ],
        }
    )


def zen_rate() -> float:
    import zen

    decision = zen.ZenEngine().create_decision(zen_table())
    tiers = ("A", "3-2", "other")
    facts = [
        {
            "listed": number % 3 == 0,
            "tier": tiers[number % 3],
            "small": number % 2 == 0,
            "wmd": number % 50 == 0,
            "conv": number % 70 == 0,
            "informed": number % 90 == 0,
            "in16": number % 4 != 0,
        }
        for number in range(ZEN_ROWS)
    ]
    decision.evaluate(facts[0])
    began = time.perf_counter()
    for one in facts:
        decision.evaluate(one)
    return ZEN_ROWS / (time.perf_counter() - began)


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, DuckDB {duckdb.__version__}")
    reading = read_laws(["jp"])
    with tempfile.TemporaryDirectory() as folder:
        for name, count in (("a tenth", rows // 10), ("all", rows)):
            source = Path(folder) / f"{count}.parquet"
            make(source, count)
            began = time.perf_counter()
            summary = decide_table(source, Path(folder) / "answers.parquet", reading, threads=2)
            took = time.perf_counter() - began
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                f"{name}: {summary.decided:,} rows in {took:.2f} s, {count / took:,.0f} a second, peak {peak:,.0f} MB"
            )
            bulk = count / took
    from sekisho.app.decide import decide_transfer
    from sekisho.feeds.transfer_file import read_transfer

    example = Path(__file__).resolve().parents[1] / "examples" / "transfers" / "five-axis-mill-to-malaysia.toml"
    transfer = read_transfer(example, reading.packs)
    began = time.perf_counter()
    for _ in range(INTERPRETED):
        decide_transfer(list(reading.packs), transfer)
    interpreted = INTERPRETED / (time.perf_counter() - began)
    print(
        f"interpreter, one core, with trace: {interpreted:,.0f} a second; bulk is {bulk / interpreted:,.0f} times that"
    )
    zen = zen_rate()
    print(f"zen-engine, eight-row table: {zen:,.0f} a second; bulk is {bulk / zen:,.1f} times that")


if __name__ == "__main__":
    main()
