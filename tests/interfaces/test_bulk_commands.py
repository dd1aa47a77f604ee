"""``decide-many`` and ``impact`` at the command line."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb

REPOSITORY = Path(__file__).resolve().parents[2]
HEAD = "id,act,day,from,to,items.name,items.hs,items.entries.jp,end_user.listed,end_user.activities,end_use.purposes,"
HEAD += "end_use.informed,contract_value"
GOOD = (
    "a,export,2026-11-20,JP,MY,mill,845710,6(2),none,none,none,none,48000000 JPY",
    "b,export,2026-11-20,JP,TH,analyser,903084,7(13),none,none,none,none,980000 JPY",
    "c,export,2023-07-20,JP,KR,pump,841410,none,none,none,missile,none,980000 JPY",
)


def sekisho(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sekisho", *(str(word) for word in words)]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=240, check=False)


def written(folder: Path, *lines: str) -> Path:
    (folder / "orders.csv").write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
    return folder / "orders.csv"


def test_a_table_is_decided_and_a_bad_row_stands_beside(tmp_path: Path) -> None:
    out = tmp_path / "answers.parquet"
    done = sekisho("decide-many", written(tmp_path, *GOOD), "--out", out, "--law", "jp", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["rows"], told["decided"], told["refused"]) == (3, 3, 0)
    answers = duckdb.sql(f"SELECT id, outcome FROM read_parquet('{out}') ORDER BY id").fetchall()
    assert answers == [("a", "licence-required"), ("b", "exempt"), ("c", "licence-required")]
    bad = GOOD[1].replace(",TH,", ",XX,").replace("b,", "d,", 1)
    done = sekisho("decide-many", written(tmp_path, *GOOD, bad), "--out", out, "--law", "jp", "--json")
    assert done.returncode == 2
    told = json.loads(done.stdout)
    assert (told["decided"], told["refused"]) == (3, 1)
    refused = Path(told["refused_rows"]).read_text(encoding="utf-8")
    assert "place-unknown" in refused
    assert refused.splitlines()[1].startswith("4,d,to")


def test_the_gate_and_the_words(tmp_path: Path) -> None:
    out = tmp_path / "answers.csv"
    assert sekisho("decide-many", written(tmp_path, GOOD[1]), "--out", out, "--law", "jp", "--gate").returncode == 0
    done = sekisho("decide-many", written(tmp_path, *GOOD), "--out", out, "--law", "jp", "--gate", "--lang", "ja")
    assert done.returncode == 1
    assert "許可要" in done.stdout


def test_usage_errors_end_with_2_and_write_nothing(tmp_path: Path) -> None:
    table, out = written(tmp_path, *GOOD), tmp_path / "answers.csv"
    for words in (
        ("decide-many", tmp_path / "absent.csv", "--out", out),
        ("decide-many", table, "--out", tmp_path / "answers.txt"),
        ("decide-many", table, "--out", out, "--law", "atlantis"),
        ("impact", table),
        ("impact", table, "--from", "2023-07-20"),
        ("impact", table, "--proposed", tmp_path / "nowhere"),
    ):
        done = sekisho(*words)
        assert done.returncode == 2, (words, done.stdout)
        assert "Traceback" not in done.stderr
        assert not out.exists()


def test_the_impact_of_a_day(tmp_path: Path) -> None:
    """Korea's return to Table 3 on 2023-07-21 frees the pump and nothing else."""
    table = written(tmp_path, *GOOD)
    done = sekisho("impact", table, "--from", "2023-07-20", "--to", "2023-07-21", "--law", "jp", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["compared"], told["changed"]) == (3, 1)
    assert told["moves"] == {"licence-required → no-licence": 1}
    assert told["countries"] == {"KR": 1}
    assert told["licences"] == {"-individual": 1}
    assert told["rows"][0]["id"] == "c"
    assert sekisho("impact", table, "--from", "2024-01-01", "--to", "2024-01-02", "--law", "jp").stdout.startswith("0 ")


def test_the_impact_of_a_proposed_pack(tmp_path: Path) -> None:
    """Before anyone signs it: a line of 900,000 yen would take the exemption from one order."""
    proposed = tmp_path / "jp"
    shutil.copytree(REPOSITORY / "packs" / "jp", proposed)
    rules = proposed / "rules" / "exemptions.toml"
    text = rules.read_text(encoding="utf-8")
    assert "1_000_000 JPY" in text
    rules.write_text(text.replace("1_000_000 JPY", "900_000 JPY"), encoding="utf-8")
    done = sekisho("impact", written(tmp_path, *GOOD), "--proposed", proposed, "--law", "jp", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["moves"] == {"exempt → licence-required": 1}
    assert (told["rows"][0]["id"], told["items"]) == ("b", {"7(13)": 1})
