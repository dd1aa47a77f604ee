"""What the readers of list texts find, how much damage they notice, and how long they take.

    uv run python benchmarks/classification/texts.py [shared data folder]

Damage is done to copies in memory: one lettered paragraph or one whole entry taken out at a time, spread evenly over
the list. ``alone`` is the reader by itself, ``with paths`` the comparison with the paths that the packs ship.
Peer in the same run: ``xml.etree.ElementTree`` over the same bytes, elements only, nothing made of them.
"""

from __future__ import annotations

import os
import platform
import re
import sys
import time
import xml.etree.ElementTree as ElementTree
from datetime import date
from pathlib import Path

from sekisho.classify.textdiff import diff
from sekisho.feeds.texts.baseline import compare
from sekisho.feeds.texts.editions import shipped
from sekisho.feeds.texts.reading import read_text
from sekisho.model.problem import BadInput

TEXTS = (
    ("law/us-ccl/ccl_supp1.xml", date(2026, 6, 24)),
    ("law/eu-annex1-2021/annex-1-2021.txt", date(2021, 9, 9)),
    ("law/jp-egov/403M50000400049.md", None),
    ("law/jp-egov/324CO0000000378.md", None),
    ("law/jp-egov/355CO0000000260.md", None),
)
PIECES = {  # what is taken out of each list, one at a time
    "law/us-ccl/ccl_supp1.xml": (
        ("paragraph", r"<P>\.?[a-z](?:\.[a-z0-9]{1,3})*\.? (?:(?!\[[Rr]eserved|\[RESERVED).)*?</P>\n"),
        ("entry", r"<FP-2><B>\d[A-E]\d{3}.*?(?=<FP-2><B>|<HD1>)"),
    ),
    "law/eu-annex1-2021/annex-1-2021.txt": (("paragraph", r"\n {8,}(?:[a-z]|\d{1,2})\.   (?!Not used).*?;(?=\n)"),),
    "law/jp-egov/403M50000400049.md": (("paragraph", r"\n *- (?:[ァ-ヶ]|（.{1,3}）|[０-９]+)　(?!削除)[^\n]*"),),
    "law/jp-egov/324CO0000000378.md": (
        ("part of a row", r"（[一二三四五六七八九十]+）　(?!削除)[^（|]{4,}?(?=（[一二三四五六七八九十]+）　)"),
    ),
}
SAMPLE = 60


def main() -> None:
    """Measure and print two tables."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("SEKISHO_SHARED_DATA", "../shared/data"))
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    print("| list | entries | paragraphs | notes | references | resolve | read | ElementTree |")
    print("|---|---|---|---|---|---|---|---|")
    for path, day in TEXTS:
        counts(folder / path, path, day)
    print("\n| list | taken out | sample | noticed alone | noticed with paths |")
    print("|---|---|---|---|---|")
    for path, kinds in PIECES.items():
        day = dict(TEXTS)[path]
        for kind, pattern in kinds:
            damage(folder / path, path, day, kind, pattern)
    differences(folder / TEXTS[0][0])


def counts(file: Path, path: str, day: date | None) -> None:
    """One row: what the reader found."""
    data = file.read_bytes()
    started = time.perf_counter()
    read = read_text(data, path, day)
    took = time.perf_counter() - started
    peer = ""
    if path.endswith(".xml"):
        started = time.perf_counter()
        ElementTree.fromstring(data)
        peer = f"{time.perf_counter() - started:.2f} s"
    report = read.report
    print(
        f"| {read.id} | {report.entries} | {report.nodes:,} | {report.notes:,} | {report.references:,} | "
        f"{report.resolved_share:.2%} | {took:.2f} s | {peer} |"
    )


def damage(file: Path, path: str, day: date | None, kind: str, pattern: str) -> None:
    """One row: how many single losses are noticed."""
    text = file.read_text(encoding="utf-8")
    found = list(re.finditer(pattern, text, re.DOTALL if kind == "entry" else 0))
    if path.endswith("403M50000400049.md"):
        found = [one for one in found if one.end() < text.index("## 附則")]
    step = max(1, len(found) // SAMPLE)
    sample = found[::step][:SAMPLE]
    alone = together = 0
    list_id = ""
    for one in sample:
        data = (text[: one.start()] + text[one.end() :]).encode()
        try:
            read = read_text(data, path, day)
        except BadInput:
            alone, together = alone + 1, together + 1
            continue
        list_id = read.id
        known = shipped(read.id)
        together += bool(known is not None and compare(read, known, path))
    print(f"| {list_id or path} | {kind} | {len(sample)} of {len(found):,} | {alone} | {together} |")


def differences(file: Path) -> None:
    """How long two editions take to be read and compared."""
    data = file.read_bytes()
    started = time.perf_counter()
    old = read_text(data, "old", date(2026, 6, 24))
    new = read_text(data.replace(b"greater than 65 MSPS", b"greater than 60 MSPS"), "new", date(2026, 9, 1))
    found = diff(old, new)
    print(f"\nTwo US editions read and compared: {time.perf_counter() - started:.1f} s, {len(found.changes)} change")


if __name__ == "__main__":
    main()
