"""How long reading, importing and loading published lists takes, beside the floor that Python's own tools set.

    uv run python benchmarks/lists.py [shared data folder]

Peers in the same run: ``xml.etree.ElementTree.iterparse`` over the same bytes (elements only, nothing made of them)
for reading, and ``json.loads`` line by line over the same content for loading.
"""

from __future__ import annotations

import gzip
import json
import os
import platform
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from sekisho.feeds import snapshots
from sekisho.feeds.importing import Order, import_files
from sekisho.feeds.lists.formats import format_called
from sekisho.feeds.lists.opening import open_files
from sekisho.feeds.lists.reading import Reading

T = TypeVar("T")


def best(work: Callable[[], T], times: int = 3) -> tuple[float, T]:
    """The shortest of a few runs, in seconds, and what the last one gave."""
    shortest, made = float("inf"), None
    for _ in range(times):
        started = time.perf_counter()
        made = work()
        shortest = min(shortest, time.perf_counter() - started)
    return shortest, made  # type: ignore[return-value]


def main() -> None:
    """Measure and print one table."""
    named = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("SEKISHO_SHARED_DATA", "../shared/data")
    file = Path(named) / "parties" / "ofac-2024-05" / "sdn.xml.gz"
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; {file.name}")

    def floor() -> int:
        with gzip.open(file) as stream:
            return sum(1 for _ in ElementTree.iterparse(stream))

    def read() -> int:
        sources, _ = open_files([file])
        return sum(1 for _ in format_called("ofac-xml").read(sources, Reading()))

    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        parse, elements = best(floor)
        print(f"iterparse, {elements:,} elements           {parse:6.2f} s")
        reading, parties = best(read)
        print(f"reading, {parties:,} parties               {reading:6.2f} s   {reading / parse:.1f} x iterparse")
        taking, done = best(lambda: import_files(Order("ofac-xml", (file,), home, datetime.now(UTC))))
        print(f"import, checked, sorted, packed, durable {taking:6.2f} s   {taking / parse:.1f} x iterparse")
        content = snapshots.read_content(done.manifest, home)
        plain, _ = best(lambda: [json.loads(line) for line in content.splitlines()])
        print(f"json.loads, {len(content) >> 20} MiB of lines            {plain:6.2f} s")
        loading, held = best(lambda: snapshots.load("us:sdn", home=home), 5)
        print(
            f"load, {len(held.parties):,} parties, hash checked   {loading:6.2f} s   {loading / plain:.1f} x json.loads"
        )
        finding, _ = best(lambda: snapshots.find("ofac:15036", home=home), 5)
        print(f"find one party                          {finding * 1000:6.1f} ms")


if __name__ == "__main__":
    main()
