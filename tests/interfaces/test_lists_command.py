"""``sekisho lists`` as people and machines meet it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from list_samples import OFAC_XML, SAMPLES, small_home, write
from sekisho.interfaces.cli import lists_words
from sekisho.interfaces.cli.lists import app

RUN = CliRunner()


@pytest.fixture
def home(tmp_path, monkeypatch):
    folder = small_home(tmp_path / "home")
    monkeypatch.setenv("SEKISHO_HOME", str(folder))
    return folder


def run(*words: object, exit_code: int = 0) -> str:
    done = RUN.invoke(app, [str(word) for word in words])
    assert done.exit_code == exit_code, done.output
    assert "Traceback" not in done.output
    return done.output


def as_json(*words: object, exit_code: int = 0):
    return json.loads(run(*words, "--json", exit_code=exit_code))


def test_status_before_anything_was_imported(home):
    assert "fictional" in run("status")
    assert "架空" in run("status", "--lang", "ja")
    told = as_json("status")
    assert told["fictional"] is True
    assert {one["list"] for one in told["lists"]} >= {"us:sdn", "un:sc", "eu:fsf"}
    run("status", "--gate", exit_code=1)


def test_import_status_show(home, tmp_path):
    (file,) = write(tmp_path, {"sdn.xml": OFAC_XML})
    assert "us:sdn: 3 parties of 2024-05-07 are in force" in run("import", "ofac-xml", file)
    told = as_json("import", "ofac-xml", file)
    assert (told["list"], told["changed"], told["manifest"]["counts"]["parties"]) == ("us:sdn", False, 3)
    standing = next(one for one in as_json("status", "--as-of", "2024-05-10")["lists"] if one["list"] == "us:sdn")
    assert (standing["age_days"], standing["stale"], standing["parties"], standing["snapshots"]) == (3, False, 3, 1)
    assert "2024-05-07" in run("status")
    shown = run("show", "ofac:38")
    assert "IMAGINARY STAR" in shown
    assert "imo 0123450" in shown
    assert "識別番号" in run("show", "ofac:38", "--lang", "ja")
    party = as_json("show", "ofac:36")["parties"][0]["party"]
    assert party["names"][1] == {"text": "EXA", "kind": "alias", "strength": "weak", "script": "Latn"}
    assert party["addresses"][0]["country"] == "IR"
    assert as_json("show", "ofac:99", exit_code=2)["problems"][0]["code"] == "list.no-party"


def test_a_refusal_is_told_with_every_problem_and_remembered(home, tmp_path):
    (good, bad) = write(tmp_path, {"sdn.xml": OFAC_XML, "bad.xml": OFAC_XML.replace(b"<uid>36</uid>", b"")})
    run("import", "ofac-xml", good)
    told = as_json("import", "ofac-xml", bad, exit_code=2)
    assert [(one["code"], one["where"]) for one in told["problems"]] == [("list.entry", "bad.xml entry 1")]
    said = run("status")
    assert "us:sdn: refused on" in said
    assert "the former snapshot stays in force" in said
    assert "拒否" in run("status", "--lang", "ja")
    refused = next(one for one in as_json("status")["lists"] if one["list"] == "us:sdn")["refused"]
    assert refused["problems"][0]["where"] == "bad.xml entry 1"
    run("status", "--gate", exit_code=1)


def test_diff(home, tmp_path):
    old, new = write(
        tmp_path, {"a.xml": OFAC_XML, "b.xml": OFAC_XML.replace(b"<city>Tehran</city>", b"<city>Qom</city>").replace(
            b"<uid>38</uid>", b"<uid>39</uid>")}
    )  # fmt: skip
    run("import", "ofac-xml", old, "--as-of", "2024-01-01")
    assert "only one snapshot" in as_json("diff", "us:sdn", exit_code=2)["problems"][0]["says"]
    run("import", "ofac-xml", new, "--as-of", "2024-02-01", "--accept", "a test")
    said = run("diff", "us:sdn")
    assert "added: 1" in said
    assert "+ ofac:39" in said
    assert "- addresses: 1 Model St, Tehran, 11, Iran" in said
    assert "追加: 1" in run("diff", "us:sdn", "--lang", "ja")
    told = as_json("diff", "us:sdn@2024-01-15", "@2024-03-01")
    assert told["counts"] == {"added": 1, "removed": 1, "changed": 1, "renamed": 1}
    assert told["changed"][0]["fields"][0]["field"] == "addresses"
    assert told["changed"][0]["fields"][0]["new"][0]["city"] == "Qom"
    assert told["renamed"] == [{"removed": "ofac:38", "added": "ofac:39"}]
    same = run("diff", f"us:sdn@{told['to']}", "us:sdn@latest")
    assert "Both snapshots hold the same" in same
    for wrong in ("us:nothing", "us:sdn@2023-01-01", "us:sdn@x", "us:sdn@2024-13-01"):
        assert as_json("diff", wrong, exit_code=2)["problems"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("import", "ofac-xmll", "x"), "list.format"),
        (("import", "ofac-xml", "no-such-file"), "list.no-file"),
        (("import", "ofac-xml", "no-such-file", "--as-of", "tomorrow"), "type-date"),
        (("import", "ofac-xml", "no-such-file", "--list", "../evil"), "list.id"),
        (("update", "jp:feul"), "list.manual"),
        (("update", "us:sdn", "un:sc", "--address", "https://h/x"), "usage"),
        (("status", "--as-of", "x"), "type-date"),
    ],
)
def test_wrong_words_are_problems(home, words, code):
    assert as_json(*words, exit_code=2)["problems"][0]["code"] == code


def test_update_from_an_address_that_is_not_fetched(home):
    told = as_json("update", "us:sdn", "--address", "http://example.invalid/sdn.xml", exit_code=1)
    assert told["lists"][0]["refused"] is True
    assert told["lists"][0]["problems"][0]["code"] == "list.address"
    assert "refused; the former snapshot stays" in run(
        "update", "us:sdn", "--address", "http://x.invalid/", exit_code=1
    )


@pytest.mark.parametrize("form", sorted(SAMPLES))
def test_every_format_is_read_from_the_command_line(home, tmp_path, form):
    files = write(tmp_path, SAMPLES[form])
    told = as_json("import", form, *files, "--as-of", "2026-01-01", "--address", "https://example.invalid/x")
    assert told["manifest"]["format"] == form
    assert told["manifest"]["address"] == "https://example.invalid/x"


def test_both_languages_say_the_same():
    assert lists_words.WORDS["en"].keys() == lists_words.WORDS["ja"].keys()
    assert lists_words.FIELDS["en"].keys() == lists_words.FIELDS["ja"].keys()


def test_the_whole_program(home, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "sekisho", "lists", "status", "--json"], capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout)["lists"]
    assert done.stderr == ""
