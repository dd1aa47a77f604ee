"""Classify a catalogue of products: CSV or XLSX with one product a row, or JSON lines; a line of answer each."""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from sekisho.app.classification import answer_document
from sekisho.app.classify import prepared
from sekisho.classify.answer import classify
from sekisho.classify.library import Library
from sekisho.classify.retrieve import Retriever
from sekisho.feeds.catalogue_file import rows_of
from sekisho.feeds.packs import packs_root
from sekisho.feeds.reviews import reading
from sekisho.interfaces.cli.output import ANSWERED, CHECK_FAILED, console
from sekisho.model.problem import BadInput

SHOWN_PROBLEMS = 20


def run(
    library: Library, file: Path, lists: tuple[str, ...], day: date | None, lang: str, *, as_json: bool, gate: bool
) -> int:
    """Classify every row; rows that cannot be read are told on stderr with their place and answered ``bad-input``."""
    known, editions = reading(packs_root(), lists, day)
    search = Retriever(library)
    rows = list(rows_of(file))
    counts: Counter[str] = Counter()
    bad: list[str] = []
    writer = csv.writer(sys.stdout)
    if not as_json:
        writer.writerow(["name", *(f"{name}.{what}" for name in lists for what in ("verdict", "entries", "questions"))])
    for place, table in _with_progress(rows):
        try:
            answer = classify(library, prepared(library, table, place), lists, known, search)
        except BadInput as error:
            counts["bad-input"] += 1
            bad.extend(f"{problem.where}: {problem.says} → {problem.hint}" for problem in error.problems)
            if as_json:
                print(
                    json.dumps(
                        {
                            "item": {"name": str(table.get("name", ""))},
                            "problems": [p.as_json() for p in error.problems],
                        },
                        ensure_ascii=False,
                    )
                )
            else:
                writer.writerow([table.get("name", place), *(["bad-input", "", ""] * len(lists))])
            continue
        document = answer_document(library, answer, lang, editions)
        worst = "listed" if any(o.verdict == "listed" for o in answer.lists) else "undetermined"
        counts[worst if any(o.verdict != "not-listed" for o in answer.lists) else "not-listed"] += 1
        if as_json:
            print(json.dumps(document, ensure_ascii=False))
        else:
            writer.writerow([answer.item.name, *_cells(document, lists)])
    err = console(stderr=True)
    for line in bad[:SHOWN_PROBLEMS]:
        err.print(line, markup=False)
    if len(bad) > SHOWN_PROBLEMS:
        err.print(f"... and {len(bad) - SHOWN_PROBLEMS} more", markup=False)
    err.print(", ".join(f"{count} {name}" for name, count in sorted(counts.items())) or "no rows")
    return CHECK_FAILED if bad or (gate and set(counts) - {"not-listed"}) else ANSWERED


def _cells(document: dict[str, Any], lists: tuple[str, ...]) -> Iterator[str]:
    for name in lists:
        one = document["lists"][name]
        yield one["verdict"]
        yield " ".join(entry["path"] for entry in one["entries"])
        yield " ".join(question["fact"] for question in one["questions"])


def _with_progress(rows: list[tuple[str, dict[str, Any]]]) -> Iterator[tuple[str, dict[str, Any]]]:
    if not sys.stderr.isatty() or len(rows) < 50:
        yield from rows
        return
    from rich.progress import track

    yield from track(rows, description="classified", console=console(stderr=True))
