"""The commands ``screen``, ``judge`` and ``rescreen`` on the fictional lists that are shipped."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest


@pytest.fixture
def sekisho(tmp_path):
    environment = os.environ | {"SEKISHO_HOME": str(tmp_path / "home"), "NO_COLOR": "1", "COLUMNS": "120"}

    def run(*words, status=0, data=None):
        made = subprocess.run(
            [sys.executable, "-m", "sekisho", *map(str, words)],
            capture_output=True, text=True, env=environment, cwd=tmp_path, input=data, timeout=300,
        )  # fmt: skip
        assert made.returncode == status, made.stdout + made.stderr
        assert "Traceback" not in made.stderr
        return json.loads(made.stdout) if "--json" in words else made.stdout + made.stderr

    run.environment = environment
    run.folder = tmp_path
    return run


def test_one_name(sekisho):
    told = sekisho("screen", "Vymysel Zavod No 7", "--json")
    assert set(told) >= {"query", "hits", "lists"}
    hit = told["hits"][0]
    assert set(hit) >= {"list", "id", "name", "matched", "score", "why"}
    assert hit["id"] == "fictional:0002"
    assert 0.7 <= hit["score"] < 1
    assert told["lists"][0]["fictional"] is True
    text = sekisho("screen", "Vymysel Zavod No 7")
    assert "Завод" in text
    assert "fictional" in text
    assert "該当" in sekisho("screen", "Nemo Nobodyson", "--lang", "ja")


def test_gate_and_bad_input(sekisho):
    assert sekisho("screen", "Vymysel Zavod No 7", "--gate", "--json", status=1)["hits"]
    assert sekisho("screen", "Nemo Nobodyson", "--gate", "--json")["hits"] == []
    told = sekisho("screen", "!!!", "--country", "Iran", "--birth-date", "soon", "--id", "colour:7", "--json", status=2)
    assert {problem["where"] for problem in told["problems"]} == {"NAME", "--country", "--birth-date", "--id"}
    assert sekisho("screen", "--json", status=2)["problems"][0]["code"] == "screen.what"
    assert (
        sekisho("screen", "Somebody", "--list", "xx:none", "--json", status=2)["problems"][0]["code"] == "list.unknown"
    )
    assert sekisho("screen", "Somebody", "--on", "yesterday", "--json", status=2)["problems"][0]["code"] == "type-date"


def test_a_cleared_hit_stays_cleared_and_two_people_can_be_asked(sekisho):
    name = "Vymysel Zavod No 7"
    key = sekisho("screen", name, "--json")["query"]["party"]
    clear = (
        "judge",
        key,
        "fictional:0002",
        "--name",
        name,
        "--cleared",
        "--why",
        "a namesake in another country",
        "--json",
    )
    assert {p["where"] for p in sekisho("judge", key, "fictional:0002", "--json", status=2)["problems"]} >= {
        "--who",
        "--why",
    }
    assert sekisho(*clear, "--who", "A. Reviewer")["verdict"] == "cleared"
    told = sekisho("screen", name, "--gate", "--json")
    assert told["hits"][0]["state"] == "cleared"
    assert told["hits"][0]["judgement"]["who"] == "A. Reviewer"
    eyes = ("screen", name, "--four-eyes", "sekisho:fictional", "--json")
    assert sekisho(*eyes)["hits"][0]["state"] == "waiting"
    sekisho(*clear, "--who", "B. Second")
    assert sekisho(*eyes)["hits"][0]["state"] == "cleared"
    assert len(sekisho("judge", "list", "--json")["judgements"]) == 2
    assert sekisho("rescreen", "verify", "--json") == {"whole": True, "damaged": []}


def customers(folder, rows=300):
    lines = ["id,name,country"]
    for number in range(rows):
        name = "Vymysel Zavod No 7" if number % 50 == 7 else f"Harmless Person{number} Gardener"
        lines.append(f"C-{number},{name},XB")
    path = Path(folder) / "customers.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_file(sekisho):
    path = customers(sekisho.folder)
    told = sekisho("screen", "--file", path, "--out", "hits.parquet", "--json")
    assert (told["parties"], told["hits"]) == (300, 6)
    assert told["columns"] == {"name": "name", "key": "id", "country": "country"}
    rows = duckdb.sql(f"SELECT row, party, id, state FROM '{sekisho.folder}/hits.parquet' ORDER BY row").fetchall()
    assert rows[0] == (8, "C-7", "fictional:0002", "open")
    assert not (sekisho.folder / "hits.parquet.parts").exists()
    sekisho("screen", "--file", path, "--out", "hits.csv", "--json", "--workers", "2")
    assert (sekisho.folder / "hits.csv").read_text().count("fictional:0002") == 6


def test_a_file_that_cannot_be_screened(sekisho):
    path = customers(sekisho.folder)
    for words, code in (
        (("--file", path), "screen.out"),
        (("--file", path, "--out", "hits.pdf"), "screen.out"),
        (("--file", "nowhere.csv", "--out", "hits.parquet"), "file-unreadable"),
        (("--file", path, "--out", "hits.parquet", "--map", "name"), "parties.map"),
        (("--file", path, "--out", path), "screen.out"),
        (("--file", path, "--out", "hits.parquet", "--cluster", "tcp://127.0.0.1:1"), "screen.cluster"),
    ):
        assert sekisho("screen", *words, "--json", status=2)["problems"][0]["code"] == code


def test_a_killed_run_is_taken_up_again(sekisho):
    sekisho("screen", "Somebody", "--json")  # compile and build first
    path = customers(sekisho.folder, 200_000)
    command = [sys.executable, "-m", "sekisho", "screen", "--file", str(path), "--out", "hits.parquet"]
    parts = sekisho.folder / "hits.parquet.parts"
    first = subprocess.Popen(command, env=sekisho.environment, cwd=sekisho.folder, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 120
    while time.monotonic() < until and len([f for f in parts.glob("*.json") if f.stem.isdigit()]) < 2:
        time.sleep(0.01)
    first.send_signal(signal.SIGKILL)
    first.wait()
    done = {file.name: file.stat().st_mtime_ns for file in parts.glob("*.json") if file.stem.isdigit()}
    assert 2 <= len(done) < 10, "the run was to be killed half way"
    again = subprocess.run(command, env=sekisho.environment, cwd=sekisho.folder, capture_output=True, text=True)
    assert again.returncode == 0, again.stderr
    assert "taken up again" in again.stderr
    ((count, distinct),) = duckdb.sql(
        f"SELECT count(*), count(DISTINCT row) FROM '{sekisho.folder}/hits.parquet'"
    ).fetchall()
    assert count == distinct == 4000


def test_rescreening_both_ways(sekisho):
    path = customers(sekisho.folder)
    first = sekisho("rescreen", "run", path, "--json")
    assert (first["parties_screened"], len(first["changes"])) == (300, 6)
    assert sekisho("rescreen", "run", path, "--gate", "--json")["changes"] == []
    path.write_text(path.read_text().replace("C-8,Harmless Person8 Gardener", "C-8,Zavod Vymysel 7"))
    second = sekisho("rescreen", "run", path, "--json")
    assert (second["parties_screened"], second["records_screened"]) == (1, 0)
    assert [(one["party"], one["kind"]) for one in second["changes"]] == [("C-8", "new")]
    pending = sekisho("rescreen", "pending", "--json")["pending"]
    assert len(pending) == 7
    assert sekisho("rescreen", "acknowledge", pending[0]["number"], "--who", "A", "--json") == {"acknowledged": 1}
    assert len(sekisho("rescreen", "pending", "--json")["pending"]) == 6
    sekisho("rescreen", "acknowledge", pending[0]["number"], "--who", "A", "--json", status=2)
    sekisho("rescreen", "acknowledge", "--all", "--who", "A", "--json")
    assert sekisho("rescreen", "pending", "--json")["pending"] == []
    assert "whole" in sekisho("rescreen", "verify")


ORDER = """
act = "export"
day = 2026-11-20
from = "JP"
to = "TH"
contract_value = "980_000 JPY"

[exporter]
name = "Example Instruments"
country = "JP"

[end_user]
name = "{name}"
country = "TH"
activities = []

[end_use]
statement = "production test"
purposes = []
informed = []

[[items]]
name = "Frequency analyser"
hs = "9030.84"
quantity = "1 unit"
value = "980_000 JPY"
entries = {{ jp = ["7(13)"] }}
notice_designated = false
"""


def test_the_parties_of_a_transfer_and_the_decision_in_one_command(sekisho):
    path = sekisho.folder / "order.toml"
    path.write_text(ORDER.format(name="Vymysel Zavod No 7"), encoding="utf-8")
    told = sekisho("screen", "--transfer", path, "--json")
    end_user = told["parties"]["end_user"]
    assert end_user["settled"] is False
    assert end_user["hits"][0]["id"] == "fictional:0002"
    sekisho("screen", "--transfer", path, "--gate", "--json", status=1)
    decided = sekisho("decide", path, "--law", "jp", "--screen", "--json")
    assert decided["screening"]["parties"]["end_user"]["hits"]
    assert "jp:feul" in decided["screening"]["not_screened"]
    text = sekisho("decide", path, "--law", "jp", "--screen")
    assert "Завод" in text
