"""The proposal of June 2008 as a historical fixture: Annex I and II exactly, and the nine findings."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sekisho.feeds import outreach_files
from sekisho.model.problem import BadInput
from sekisho.outreach.history import findings, standings, status_of
from sekisho.outreach.method import role_table
from sekisho.outreach.priority import rank

ANNEX_I = {
    (1, "high"): ["TH", "PH", "ID", "VN"],
    (1, "low"): ["MN", "KH", "LA", "MM", "BN", "BD", "LK"],
    (2, "low"): ["MY"],
    (3, "low"): ["CN", "IN", "PK", "AE"],
    (4, "low"): ["KR", "TW", "SG", "HK"],
}
ANNEX_II = {
    ("industry-seminar", 2008): {("TW", 1), ("IN", 2), ("MY", 3), ("VN", 9), ("KR", 10), ("ID", 10), ("AE", 11)},
    ("industry-seminar", 2007): {("TH", None), ("PH", None)},
    ("industry-seminar", None): {("CN", None)},
    ("bilateral-discussion", 2008): {
        ("TW", 1),
        ("IL", 1),
        ("MY", 3),
        ("SG", 3),
        ("KR", 3),
        ("KR", 6),
        ("HK", 5),
        ("IN", 6),
        ("VN", 9),
        ("ID", 10),
    },
    ("multilateral-seminar", 2008): {("*", 2)},
}


def test_annex_1_exactly() -> None:
    history = outreach_files.assessment("history-2008")
    assert history.status == "history"
    assert history.tentative
    found: dict[tuple[int, str], list[str]] = {}
    for rated in history.ratings:
        found.setdefault((rated.category, rated.risk), []).append(rated.place)
    assert found == ANNEX_I
    assert len(history.ratings) == 20
    assert {one.place: one.category for one in standings(history)} == {
        place: category for (category, _), places in ANNEX_I.items() for place in places
    }


def test_annex_2_exactly() -> None:
    history = outreach_files.assessment("history-2008")
    found: dict[tuple[str, int | None], set[tuple[str, int | None]]] = {}
    for one in history.activities:
        found.setdefault((one.tool, one.year), set()).add((one.place, one.month))
    assert found == ANNEX_II


def test_places_of_high_risk_come_before_all_others() -> None:
    history, method = outreach_files.assessment("history-2008"), outreach_files.method()
    order = rank(standings(history), method.factors, method.threshold)
    assert [one.place for one in order[:4]] == ["TH", "PH", "ID", "VN"]
    assert [one.category for one in order[4:]] == sorted(one.category for one in order[4:])  # type: ignore[type-var]
    assert all(one.worst <= 4 for one in order[:4])
    assert all(one.best >= 5 for one in order[4:])


def test_the_validator_finds_the_nine_findings() -> None:
    history, method = outreach_files.assessment("history-2008"), outreach_files.method()
    found = {one.code: one for one in findings(history, method)}
    assert sorted(found) == [f"V-0{number}" for number in range(1, 10)]
    assert found["V-02"].places == ("CN",)
    assert found["V-04"].places == ("IL",)
    assert set(found["V-05"].places) == {"PH", "TH", "MN", "KH", "LA", "MM", "BN", "BD", "LK", "PK", "CN"}
    assert found["V-06"].places == ("TH", "PH")
    for word in ("India Pakistan", "Chinese Tapei", "intension", "Viet Nam"):
        assert word in found["V-07"].says["en"]
    assert "multilateral-seminar" in found["V-08"].says["en"]
    past = [one for one in history.activities if status_of(one, history.day) == "past-unconfirmed"]
    assert {(one.place, one.month) for one in past} == {
        ("TW", 1),
        ("IN", 2),
        ("MY", 3),
        ("IL", 1),
        ("SG", 3),
        ("KR", 3),
        ("KR", 6),
        ("HK", 5),
        ("IN", 6),
        ("*", 2),
    }


def test_the_role_table_and_its_gaps() -> None:
    cells = {(cell.category, cell.tool): cell for cell in role_table(outreach_files.method())}
    assert cells[1, "bilateral-discussion"].lead == ("US", "AU", "JP")
    assert cells[1, "bilateral-discussion"].state == "shared"
    assert cells[2, "legal-assistance"].lead == ("US", "AU")
    assert cells[2, "industry-seminar"].second == ("JP",)
    assert cells[3, "industry-seminar"].lead == ("JP",)
    assert cells[3, "legal-assistance"].second == ("US", "AU")
    assert cells[4, "officer-training"].second == ("US", "AU")
    assert cells[4, "multilateral-seminar"].state == "outside-tools-table"
    assert not [cell for cell in cells.values() if cell.state == "uncovered"]


def test_the_command() -> None:
    command = [sys.executable, "-m", "sekisho", "outreach", "rank", "--assessment", "history-2008", "--json"]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout)
    assert (told["assessment"], told["status"]) == ("history-2008", "history")
    assert told["ranking"][0]["place"] == "TH"
    assert (told["ranking"][0]["category"], told["ranking"][0]["risk"]) == (1, "high")
    words = [sys.executable, "-m", "sekisho", "outreach", "assess", "--assessment", "history-2008"]
    assert "never the current picture" in subprocess.run(words, capture_output=True, text=True, check=True).stdout


def test_a_set_with_faults_is_refused_with_all_of_them(tmp_path: Path) -> None:
    text = (outreach_files.folder() / "history-2008.toml").read_text(encoding="utf-8")
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(
        text.replace('place = "MY", raw', 'place = "XX", raw')
        .replace('place = "HK", raw = "Hong Kong" },\n]', 'place = "SG", raw = "Hong Kong" },\n]', 1)
        .replace("category = 2", "category = 7")
        .replace("month = 11", "month = 13"),
        encoding="utf-8",
    )
    with pytest.raises(BadInput) as caught:
        outreach_files.assessment(str(wrong))
    codes = [problem.code for problem in caught.value.problems]
    assert {"category-unknown", "place-unknown", "rated-twice", "month"} <= set(codes)
    for name in ("nowhere", str(tmp_path / "absent.toml")):
        with pytest.raises(BadInput):
            outreach_files.assessment(name)
