"""METI's Foreign End User List from tables; the folder's JSON is put into tables here."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter

import openpyxl
import pytest

from list_samples import read, sample, write
from sekisho.feeds.lists.meti_feul import CONCERNS
from shared_data import shared_data


def test_sample(tmp_path):
    parties, reading = sample("meti-feul", tmp_path)
    assert reading.problems == []
    one = parties["meti:IR:examplia-co"]
    assert [name.text for name in one.names] == ["Examplia Co.", "Exa", "Exampliya", "Late alias"]
    assert one.concerns == ("M", "N", "CW")  # the row broken over two pages is one entry
    two = parties["meti:CN:vymysel-works-虚構工場"]  # country and name stood in one cell
    assert [name.text for name in two.names] == ["Vymysel Works", "虚構工場"]
    assert two.concerns == ("B", "C")
    assert (two.source, two.countries) == ("jp:feul", ("CN",))


def table() -> list[list[str]]:
    """The published list as a table with METI's headings."""
    held = json.loads(shared_data("parties", "jp-end-user-list-2025-09", "jp_end_user_list.json").read_bytes())
    rows = [["No.", "国名、地域名\nCountry or Region", "企業名、組織名\nCompany or Organization", "別名\nAlso Known As",
             "懸念区分\nType of WMD", "通常兵器\nCW"]]  # fmt: skip
    for number, one in enumerate(held, start=1):
        told = one["reason"].split("; ")
        mass = "".join(part.partition(": ")[2] for part in told if part.startswith("大量"))
        arms = "".join(part.partition(": ")[2] for part in told if part.startswith("通常"))
        aliases = "\n".join(f"・{alias}" for alias in one["aliases"])
        rows.append([str(number), one["addresses"][0], one["entity_name"], aliases, mass, arms])
    return rows


def as_csv(rows: list[list[str]], encoding: str) -> bytes:
    made = io.StringIO(newline="")
    csv.writer(made).writerows(rows)
    return made.getvalue().encode(encoding, "xmlcharrefreplace")


def as_xlsx(rows: list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["外国ユーザーリスト"])
    for row in rows:
        book.active.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


@pytest.mark.parametrize("form", ["utf-8", "utf-8-sig", "xlsx"])
def test_counts_of_september_2025(tmp_path, form):
    content = as_xlsx(table()) if form == "xlsx" else as_csv(table(), form)
    parties, reading = read("meti-feul", *write(tmp_path, {"feul.xlsx" if form == "xlsx" else "feul.csv": content}))
    assert reading.problems == []
    assert len(parties) == reading.read == len({party.uid for party in parties}) == 835
    countries = Counter(party.countries[0] for party in parties)
    assert {code: countries[code] for code in ("IR", "KP", "CN", "PK", "RU")} == {
        "IR": 257,
        "KP": 154,
        "CN": 127,
        "PK": 103,
        "RU": 100,
    }
    concerns = Counter(code for party in parties for code in party.concerns)
    assert concerns["CW"] == 240
    assert concerns == {"M": 616, "N": 465, "CW": 240, "C": 233, "B": 218}
    assert all(party.concerns and set(party.concerns) <= set(CONCERNS) for party in parties)
    assert reading.notes["country and name stood in one cell"] == 37


def test_shift_jis_is_read(tmp_path):
    rows = [["番号", "国名", "企業名", "別名", "懸念区分"], ["1", "ロシア", "想像工業", "", "核 N"]]
    parties, reading = read("meti-feul", *write(tmp_path, {"feul.csv": as_csv(rows, "cp932")}))
    assert reading.problems == []
    assert (parties[0].names[0].text, parties[0].countries, parties[0].concerns) == ("想像工業", ("RU",), ("N",))


def test_every_bad_row_is_told(tmp_path):
    rows = [["Country", "Company", "Concern"], ["Atlantis", "A", "N"], ["Iran", "", "N"], ["Iran", "B", "Q"]]
    parties, reading = read("meti-feul", *write(tmp_path, {"feul.csv": as_csv(rows, "utf-8")}))
    assert [(problem.where, problem.code) for problem in reading.problems] == [("feul.csv:2", "list.entry")]
    assert reading.notes["concern not known: Q"] == 1
    _, reading = read("meti-feul", *write(tmp_path, {"feul.csv": b"a,b\n1,2\n"}))
    assert [problem.code for problem in reading.problems] == ["list.format"]
    assert "docs/lists.md" in reading.problems[0].hint
    assert len(parties) == 1
