"""Files of the user's own parties: formats, guessed columns, blocks, faults."""

from __future__ import annotations

import json

import pytest

from sekisho.feeds.party_file import country_code, open_parties, partial_date
from sekisho.model.problem import BadInput

ROWS = [
    {"Customer ID": "C-1", "Company Name": "Orient Star", "Country": "IR", "Date of Birth": "", "IMO": "9187629"},
    {
        "Customer ID": "C-2",
        "Company Name": "Ali Hassan; A. Hassan",
        "Country": "ae",
        "Date of Birth": "7.3.1961",
        "IMO": "",
    },
    {"Customer ID": "C-3", "Company Name": "山田 太郎", "Country": "", "Date of Birth": "soon", "IMO": ""},
]


def write(path, rows=ROWS):
    if path.suffix == ".jsonl":
        path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    elif path.suffix == ".xlsx":
        from openpyxl import Workbook

        book = Workbook()
        book.active.append(list(rows[0]))
        for row in rows:
            book.active.append(list(row.values()))
        book.save(path)
    else:
        lines = [",".join(rows[0]), *(",".join(row.values()) for row in rows)]
        csv = path.with_suffix(".csv")
        csv.write_text("\n".join(lines), encoding="utf-8")
        if path.suffix == ".parquet":
            import duckdb

            duckdb.execute(f"COPY (FROM read_csv('{csv}', all_varchar = true)) TO '{path}' (FORMAT parquet)")
    return path


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".parquet", ".jsonl"])
def test_every_format_gives_the_same_parties(tmp_path, ending):
    opened = open_parties(write(tmp_path / f"customers{ending}"))
    assert opened.fields == {
        "name": "Company Name", "key": "Customer ID", "country": "Country", "birth": "Date of Birth", "imo": "IMO",
    }  # fmt: skip
    blocks = list(opened.blocks(2))
    assert [number for number, _ in blocks] == [0, 1]
    first, second, third = (party for _, block in blocks for party in block)
    assert (first.key, first.names, first.countries) == ("C-1", ("Orient Star",), ("IR",))
    assert [(one.kind, one.value) for one in first.identifiers] == [("imo", "9187629")]
    assert second.countries == ("AE",)
    assert second.births[0].earliest == "1961-03-07"
    assert third.names == ("山田 太郎",)
    assert third.births == ()
    assert opened.unread == {"birth": 1}
    assert opened.rows == 3
    assert [number for number, _ in opened.blocks(2, skip=1)] == [1]


def test_columns_are_chosen_by_hand(tmp_path):
    path = write(tmp_path / "kunden.csv", [{"Kunde": "Orient Star", "Land": "IR", "Nr": "7"}])
    with pytest.raises(BadInput) as bad:
        open_parties(path)
    assert [problem.code for problem in bad.value.problems] == ["parties.no-name"]
    opened = open_parties(path, {"name": "Kunde", "country": "Land", "key": "Nr"})
    ((_, (party,)),) = opened.blocks(10)
    assert (party.key, party.names, party.countries) == ("7", ("Orient Star",), ("IR",))


def test_japanese_titles_are_known(tmp_path):
    path = write(tmp_path / "a.csv", [{"取引先コード": "7", "会社名": "架空精密", "国コード": "JP", "住所": "東京"}])
    assert set(open_parties(path).fields) == {"key", "name", "country", "address"}


def test_every_fault_of_a_map_is_told_at_once(tmp_path):
    with pytest.raises(BadInput) as bad:
        open_parties(write(tmp_path / "a.csv"), {"colour": "x", "name": "nowhere"})
    assert [problem.code for problem in bad.value.problems] == ["parties.field", "parties.column"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.pdf", b"%PDF", "parties.format"),
        ("a.parquet", b"no parquet at all", "parties.unreadable"),
        ("a.xlsx", b"no workbook", "parties.unreadable"),
        ("a.jsonl", b"{broken", "parties.unreadable"),
        ("a.csv", b"", "parties.no-name"),
    ],
)
def test_bad_files(tmp_path, name, content, code):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(BadInput) as bad:
        open_parties(path)
    assert bad.value.problems[0].code in (code, "parties.unreadable")
    with pytest.raises(BadInput):
        open_parties(tmp_path / "nothing-there.csv")


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("1961-03-07", "1961-03-07"), ("1961/3/7", "1961-03-07"), ("19610307", "1961-03-07"), ("1961-03", "1961-03"),
        ("1961", "1961"), ("07.03.1961", "1961-03-07"), ("1961-03-07T00:00:00", "1961-03-07"),
    ],
)  # fmt: skip
def test_dates(text, iso):
    assert partial_date(text).earliest == iso


@pytest.mark.parametrize("text", ["", "soon", "1961-13-01", "1961-01-40", "0007", "7"])
def test_no_dates(text):
    assert partial_date(text) is None


def test_countries_are_codes_or_nothing():
    assert [country_code(text) for text in ("ir", "IR", "Iran", "")] == ["IR", "IR", "", ""]
