"""The command line: exit status, JSON, words in both languages, problems, replay."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
EXAMPLES = REPOSITORY / "examples" / "transfers"
MILL = EXAMPLES / "five-axis-mill-to-malaysia.toml"


def sekisho(*words: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "sekisho", *(str(word) for word in words)]
    return subprocess.run(command, capture_output=True, text=True, env=environment, cwd=cwd, timeout=120, check=False)


def decided(*words: str | Path) -> dict[str, Any]:
    done = sekisho("decide", *words, "--law", "jp", "--json")
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_the_json_answer_has_what_is_promised() -> None:
    answer = decided(MILL)
    assert answer["outcome"] == "licence-required"
    assert answer["day"] == "2026-11-20"
    (decision,) = answer["decisions"]
    assert decision["law"] == "jp"
    assert decision["item"] == "Five-axis machining centre"
    assert (decision["outcome"], decision["at_least"], decision["at_most"]) == ("licence-required",) * 3
    rule = decision["rules"][0]
    assert (rule["id"], rule["effect"], rule["certainty"]) == ("jp.list", "licence-required", "V")
    assert "Table 1" in rule["cite"]
    assert decision["pack"]["version"]
    assert len(decision["pack"]["sha256"]) == len(decision["hash"]) == 64
    assert any(licence["code"] == "individual" for licence in decision["licences"])
    assert any(duty.get("until") == "2031-11-20" for duty in decision["duties"])
    assert {"flags", "questions", "trace", "certainty"} <= set(decision)
    assert any(step["rule"] == "jp.list" and step["holds"] == "yes" for step in decision["trace"])


def test_the_hash_does_not_depend_on_the_language() -> None:
    assert decided(MILL)["hash"] == decided(MILL, "--lang", "ja")["hash"]


def test_gate() -> None:
    assert sekisho("decide", MILL, "--law", "jp", "--gate").returncode == 1
    assert sekisho("decide", EXAMPLES / "analyser-to-thailand.toml", "--law", "jp", "--gate").returncode == 0
    assert sekisho("decide", EXAMPLES / "unfinished-order.toml", "--law", "jp", "--gate").returncode == 1


def test_both_languages_and_no_colour_in_a_pipe() -> None:
    english = sekisho("decide", MILL, "--law", "jp").stdout
    japanese = sekisho("decide", MILL, "--law", "jp", "--lang", "ja").stdout
    assert "Licence required" in english
    assert "許可要" in japanese
    assert "輸出令 第1条第1項" in japanese
    assert "\x1b" not in english + japanese


def test_bad_input_ends_with_2_and_without_a_traceback(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(
        MILL.read_text(encoding="utf-8").replace('"MY"', '"Malaysia"').replace("via", "vai"), encoding="utf-8"
    )
    done = sekisho("decide", wrong, "--law", "jp")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "did you mean 'via'?" in done.stderr
    assert "write 'MY'" in done.stderr
    assert "Traceback" not in done.stderr
    told = json.loads(sekisho("decide", wrong, "--law", "jp", "--json").stdout)
    assert {problem["code"] for problem in told["problems"]} == {"key-unknown", "place-unknown"}


@pytest.mark.parametrize(
    "words",
    [
        ["decide"],
        ["decide", "absent.toml"],
        ["decide", str(MILL), "--law", "atlantis"],
        ["decide", str(MILL), "--on", "tomorrow"],
        ["decide", str(MILL), "--law", "jp", "--on", "2018-12-31"],
        ["decide", str(MILL), "--no-such-option"],
        ["decide", str(MILL), "--law", "jp", "--data", "absent.toml"],
        ["replay", "absent.json"],
        ["replay", str(MILL)],
        ["deside"],
    ],
)
def test_usage_and_input_errors_end_with_2(words: list[str]) -> None:
    done = sekisho(*words)
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_help_names_every_command() -> None:
    done = sekisho("--help")
    assert done.returncode == 0
    for command in ("decide", "facts", "replay"):
        assert command in done.stdout
        assert sekisho(command, "--help").returncode == 0


def test_replay_gives_the_same_hash_or_says_what_differs(tmp_path: Path) -> None:
    stored = tmp_path / "answer.json"
    stored.write_text(sekisho("decide", MILL, "--law", "jp", "--json", "--lang", "ja").stdout, encoding="utf-8")
    assert sekisho("replay", stored).returncode == 0
    told = json.loads(sekisho("replay", stored, "--json").stdout)
    assert told["same"]
    answer = json.loads(stored.read_text(encoding="utf-8"))
    answer["decisions"][0]["outcome"] = "exempt"
    answer["decisions"][0]["trace"][0]["holds"] = "unknown"
    stored.write_text(json.dumps(answer), encoding="utf-8")
    changed = sekisho("replay", stored, "--json")
    assert changed.returncode == 1
    paths = {one["path"] for one in json.loads(changed.stdout)["differences"]}
    assert paths == {"decisions[0].outcome", "decisions[0].trace[0].holds"}


def test_replay_notices_a_changed_fact(tmp_path: Path) -> None:
    stored = tmp_path / "answer.json"
    answer = decided(MILL)
    answer["transfer"]["to"] = "IQ"
    stored.write_text(json.dumps(answer), encoding="utf-8")
    done = sekisho("replay", stored, "--json")
    assert done.returncode == 1
    assert "hash" in {one["path"] for one in json.loads(done.stdout)["differences"]}


def test_turning_points() -> None:
    points = decided(EXAMPLES / "analyser-to-thailand.toml", "--turning-points")["turning_points"]
    told = {(point["fact"], point["instead"], point["outcome"]) for point in points}
    assert ("contract_value", "1,000,001 JPY", "licence-required") in told
    assert ("end_use.informed", "[conventional]", "licence-required") in told or (
        "end_use.informed",
        "[wmd]",
        "licence-required",
    ) in told
    assert any(fact == "to" and instead in ("IR", "IQ", "KP") for fact, instead, _ in told)


def test_the_users_own_matrix_opens_a_bulk_licence(tmp_path: Path) -> None:
    order = tmp_path / "order.toml"
    order.write_text(
        MILL.read_text(encoding="utf-8").replace('to = "MY"', 'to = "US"')
        + '\n[[authorisations]]\nlaw = "jp"\nkind = "general-bulk"\nfrom = 2025-04-01\nuntil = 2028-03-31\n',
        encoding="utf-8",
    )
    unloaded = decided(order)
    assert unloaded["outcome"] == "incomplete"
    assert "BULK_UNKNOWN" in unloaded["decisions"][0]["flags"]
    matrix = tmp_path / "matrix.toml"
    matrix.write_text(
        '[["jp:bulk-matrix"]]\nitem = "6(2)"\nplaces = ["US"]\nallows = ["general-bulk"]\nfrom = 2025-04-01\n',
        encoding="utf-8",
    )
    assert decided(order, "--data", matrix)["outcome"] == "covered"
    matrix.write_text('[["jp:bulk-matrix"]]\nitem = "6(2)"\n', encoding="utf-8")
    done = sekisho("decide", order, "--law", "jp", "--data", matrix, "--json")
    assert done.returncode == 2
    assert len(json.loads(done.stdout)["problems"]) == 3


def test_facts_lists_every_key() -> None:
    told = json.loads(sekisho("facts", "--law", "jp", "--json").stdout)["facts"]
    keys = {fact["key"] for fact in told}
    assert {"act", "end_use.purposes", "items.hs", "guideline.q20", "recipient.instruction"} <= keys
    assert all(fact["says"]["en"] and fact["says"]["ja"] and fact["ask"]["en"] for fact in told)
