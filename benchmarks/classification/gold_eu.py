"""The 100 public EU cases: how well entries are found, which verdicts come, and that none is wrongly "not-listed".

    python benchmarks/classification/gold_eu.py DATA/classification/eu-cases-100.csv [--each]

The cases are development data (their words were seen while aliases were written). Three runs:

as-text     only the description; what is read from it is unconfirmed. Here "not-listed" cannot come by design.
confirmed   every fact read from the description counts, and so does the kind it mentions, as if a person had confirmed
            both without adding anything. Here a false "not-listed" could come, and is counted.
expert      the last run again, with every judgement and yes-no question answered "no": the rashest of all users.

The key was decided on the list of 2026; the shipped EU conditions are of the edition 2021-09-09, so that entries of the
500 series and of Annex IV have no counterpart; they are counted apart.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sekisho.app.classify import prepared
from sekisho.classify.answer import ListAnswer, candidates, classify
from sekisho.classify.library import Library
from sekisho.classify.retrieve import Retriever
from sekisho.feeds.classification import library
from sekisho.feeds.packs import packs_root
from sekisho.model.problem import BadInput

EU = "eu-annex-1"
_CODE = re.compile(r"\b\d[A-E]\d{3}\b")


@dataclass(frozen=True)
class Case:
    """One product with the code that the key gives it ("not_listed", "needs_expert" or an entry)."""

    id: str
    text: str
    key: str
    near: tuple[str, ...]


def read_cases(file: Path) -> list[Case]:
    """Read the cases; ``near`` holds the code that a product is listed at or stands near to."""
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [
        Case(row["id"], row["description"], row["code"], tuple(dict.fromkeys(_CODE.findall(row["parameters"]))))
        for row in rows
    ]


def found(shelf: Library, search: Retriever, case: Case) -> list[str]:
    """The entries proposed for a text, best first: those of the kinds in it, then by words."""
    item = prepared(shelf, {"name": case.id.split("-", 2)[-1].replace("-", " "), "description": case.text}, case.id)
    mentions = shelf.kinds.mentioned(item.text)
    by_kind, _ = candidates(shelf, EU, item, mentions, None)
    return list(dict.fromkeys([*by_kind, *search.entries(EU, item.text, 30)]))


def as_text(shelf: Library, search: Retriever, case: Case) -> ListAnswer:
    """Classify the description alone."""
    item = prepared(shelf, {"name": "product", "description": case.text}, case.id)
    return classify(shelf, item, [EU], search=search).lists[0]


def confirmed(shelf: Library, search: Retriever, case: Case, *, rash: bool = False) -> ListAnswer:
    """Classify with everything read taken as confirmed, the kind too; rash: every yes-no and judgement "no"."""
    table: dict[str, Any] = {"name": "product", "description": case.text, "confirmed": True}
    mentioned = [mention.kind for mention in shelf.kinds.mentioned(case.text)]
    narrow = [k for k in dict.fromkeys(mentioned) if not any(o != k and k in shelf.kinds.above(o) for o in mentioned)]
    if narrow:
        table["kind"] = narrow
    if rash:
        read = prepared(shelf, table, case.id).facts
        implied = {name for kind in narrow for above in shelf.kinds.above(kind) for name in shelf.kinds[above].implies}
        table["facts"] = {
            fact.name: False
            for fact in shelf.catalogue.facts.values()
            if fact.type in {"judgement", "yes-no"} and not fact.internal and fact.name not in read.keys() | implied
        }
    try:
        return classify(shelf, prepared(shelf, table, case.id), [EU], search=search).lists[0]
    except BadInput:
        table["confirmed"] = ()
        return classify(shelf, prepared(shelf, table, case.id), [EU], search=search).lists[0]


def measure(shelf: Library, cases: list[Case]) -> dict[str, Any]:
    """Every figure, with each case's verdicts."""
    search = Retriever(shelf)
    held = set(shelf.lists[EU].entries)
    rows = []
    for case in cases:
        codes = tuple(code for code in (*_CODE.findall(case.key), *case.near) if code in held)
        proposed = found(shelf, search, case)
        runs = {
            "as-text": as_text(shelf, search, case),
            "confirmed": confirmed(shelf, search, case),
            "rash": confirmed(shelf, search, case, rash=True),
        }
        rows.append(
            {
                "id": case.id,
                "key": case.key,
                "codes": codes,
                "rank": min((proposed.index(code) + 1 for code in codes if code in proposed), default=None),
                **{name: one.verdict for name, one in runs.items()},
                **{f"{name}-entries": [e.path for e in one.entries] for name, one in runs.items()},
                "askable": any(q.type != "read" for q in runs["confirmed"].questions),
                "judgement": any(q.type in {"judgement", "read"} for q in runs["confirmed"].questions),
            }
        )
    return {"rows": rows, "summary": _summary(rows)}


def _summary(rows: list[dict[str, Any]]) -> dict[str, Any]:
    ranked = [row for row in rows if row["codes"]]
    summary: dict[str, Any] = {
        "cases": len(rows),
        "with a code of the edition": len(ranked),
        "recall@5": sum(1 for row in ranked if row["rank"] and row["rank"] <= 5),
        "recall@20": sum(1 for row in ranked if row["rank"] and row["rank"] <= 20),
    }
    listed = [row for row in rows if _CODE.search(row["key"])]
    in_edition = [row for row in listed if set(_CODE.findall(row["key"])) & set(row["codes"])]
    summary["keyed listed"] = len(listed)
    summary["keyed listed, in the edition"] = len(in_edition)
    for run in ("as-text", "confirmed", "rash"):
        counts = Counter((_kind(row["key"]), row[run]) for row in rows)
        summary[run] = {f"{key} -> {verdict}": count for (key, verdict), count in sorted(counts.items())}
        summary[f"{run}: right entry among listed"] = sum(
            1 for row in in_edition if row[run] == "listed" and _same(row[f"{run}-entries"], row["key"])
        )
        false = [row["id"] for row in listed if row[run] == "not-listed"]
        summary[f"{run}: false not-listed"] = false
        wrong = [row["id"] for row in rows if row["key"] == "not_listed" and row[run] == "listed"]
        summary[f"{run}: listed against the key"] = wrong
    # With none wrong of n, the upper end of the 95 % interval is 1 - 0.05^(1/n), about 3/n.
    summary["95 % bound of false not-listed with none seen"] = round(1 - 0.05 ** (1 / max(1, len(listed))), 4)
    undetermined = [row for row in rows if row["confirmed"] == "undetermined"]
    summary["undetermined after confirming"] = {
        "all": len(undetermined),
        "facts alone would settle": sum(1 for row in undetermined if row["askable"] and not row["judgement"]),
        "a judgement or reading is needed": sum(1 for row in undetermined if row["judgement"]),
    }
    return summary


def _kind(key: str) -> str:
    return key if key in {"not_listed", "needs_expert"} else "listed"


def _same(paths: list[str], key: str) -> bool:
    return any(path.startswith(code) for path in paths for code in _CODE.findall(key))


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("--each", action="store_true", help="print each case too")
    given = parser.parse_args()
    result = measure(library(packs_root()), read_cases(given.file))
    print(json.dumps(result if given.each else result["summary"], indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
