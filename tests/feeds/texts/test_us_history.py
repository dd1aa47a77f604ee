"""Differences on real words: headings of the US list as they stood on earlier days, set into the present text."""

import gzip
import json
import random
import re
import time
from datetime import date
from functools import cache
from html import escape

import pytest

from sekisho.classify.textdiff import diff
from sekisho.classify.tree import ControlList, canonical
from sekisho.feeds.texts.baseline import compare
from sekisho.feeds.texts.skeleton import skeleton
from sekisho.feeds.texts.us_ccl import read_us_ccl
from sekisho.model.problem import BadInput
from shared_data import shared_data

HEADING = re.compile(r"(<FP-[12]><B>)(\d[A-E][0-9Y]\d\d)\b(.*?)(</FP-[12]>)", re.DOTALL)


@cache
def text() -> str:
    return shared_data("law", "us-ccl", "ccl_supp1.xml").read_text(encoding="utf-8")


@cache
def present() -> ControlList:
    return read_us_ccl(text().encode(), date(2026, 6, 24))


@cache
def titles() -> dict[str, list[tuple[str, str]]]:
    """The headings of each entry with the day from which they stood, oldest first."""
    found: dict[str, list[tuple[str, str]]] = {}
    path = shared_data("law", "us-ccl-history", "ccl_head_entries_changes.jsonl.gz")
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            row = json.loads(line)
            if row["version"] <= "2025-09-29" and row["title"] and "Example" not in row["title"]:
                found.setdefault(row["eccn"], []).append((row["version"], row["title"]))
    return {entry: sorted(rows) for entry, rows in found.items()}


def on(day: str) -> tuple[bytes, dict[str, str]]:
    """The present text with the headings of an earlier day, and those headings."""
    stood = {entry: [title for version, title in rows if version <= day] for entry, rows in titles().items()}
    then = {entry: rows[-1] for entry, rows in stood.items() if rows}

    def swap(found: re.Match[str]) -> str:
        old = then.get(found[2])
        return found[0] if old is None else f"{found[1]}{found[2]} {escape(old)}</B>\n{found[4]}"

    return HEADING.sub(swap, text()).encode(), then


@pytest.mark.parametrize("day", ["2017-01-15", "2020-09-11", "2023-10-18", "2025-09-29"])
def test_every_reworded_heading_is_found_and_no_other(day):
    data, then = on(day)
    before = read_us_ccl(data, date.fromisoformat(day))
    started = time.perf_counter()
    found = diff(before, present())
    assert time.perf_counter() - started < 10
    now = {entry.id: canonical(entry.heading) for entry in present().entries}
    expected = {entry for entry, title in then.items() if entry in now and canonical(title) != now[entry]}
    assert expected
    assert {one.path for one in found.changes if one.kind == "reworded"} == expected
    assert {one.kind for one in found.changes} == {"reworded"}
    for one in found.changes:
        assert canonical(one.before) == canonical(then[one.path])
        assert "".join(piece.words for piece in one.pieces() if piece.kind != "ins") == one.before


def test_later_days_have_fewer_differences():
    counts = [len(diff(read_us_ccl(on(day)[0]), present()).changes) for day in ("2017-01-15", "2020-09-11", "2025-09-29")]
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] < counts[0]


# ---- damage done to the whole text


def refused(data: bytes) -> bool:
    try:
        read = read_us_ccl(data, date(2026, 6, 24))
    except BadInput as error:
        return all(problem.where and problem.says for problem in error.problems)
    return bool(compare(read, skeleton(present()), "x"))


@pytest.mark.slow
def test_every_truncation_is_refused():
    data = text().encode()
    for at in random.Random(7).sample(range(len(data)), 6):
        with pytest.raises(BadInput):
            read_us_ccl(data[:at])
        with pytest.raises(BadInput):  # cut and closed again, as a careless tool does
            read_us_ccl(data[:at].rsplit(b"\n<", 1)[0] + b"</DIV9>")


@pytest.mark.slow
def test_every_lost_entry_is_refused():
    heads = [found for found in HEADING.finditer(text())]
    assert len(heads) == 638
    for at in random.Random(5).sample(range(len(heads) - 1), 8):
        assert refused((text()[: heads[at].start()] + text()[heads[at + 1].start() :]).encode()), heads[at][2]


@pytest.mark.slow
def test_every_lost_paragraph_is_refused():
    numbered = list(re.finditer(r"<P>[a-z]\.(?:(?!\[[Rr]eserved\]|\[RESERVED\]).)*?</P>\n", text()))
    assert len(numbered) > 900
    for found in random.Random(3).sample(numbered, 8):
        assert refused((text()[: found.start()] + text()[found.end() :]).encode()), found[0][:60]


def test_broken_references_are_refused():
    broken = re.sub(r"(see|See) (\d[A-E])0", r"\1 \g<2>7", text())
    with pytest.raises(BadInput) as error:
        read_us_ccl(broken.encode())
    assert {problem.code for problem in error.value.problems} >= {"text.references", "text.reference"}
