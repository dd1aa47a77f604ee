"""``sekisho entry`` and ``sekisho lists text`` as a person meets them."""

import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sekisho.interfaces.cli.entry import app as entry_app
from sekisho.interfaces.cli.lists import app as lists_app
from shared_data import REPOSITORY, shared_data

sys.path.insert(0, str(REPOSITORY / "tests" / "feeds" / "texts"))
from us_sample import ADC, ANALYSERS, OTHER, sample

runner = CliRunner()


@pytest.fixture(autouse=True)
def _home(tmp_path, monkeypatch):
    monkeypatch.setenv("SEKISHO_HOME", str(tmp_path / "home"))


def call(app, *words: str, code: int = 0) -> str:
    done = runner.invoke(app, list(words))
    assert done.exit_code == code, done.output
    return done.output


def asked(app, *words: str, code: int = 0) -> dict:
    return json.loads(call(app, *words, "--json", code=code))


# ---- entry without a text


def test_an_entry_without_the_text_shows_numbers_and_own_headings():
    shown = asked(entry_app, "3A001.a.5.a", "--on", "2026-07-01")
    assert (shown["list"], shown["path"], shown["own_copy"]) == ("us-ccl", "3A001.a.5.a", False)
    assert shown["heading"] == {"en": "Electronic components", "ja": "電子部品"}
    assert shown["reasons"] == ["NS", "RS", "MT", "NP", "AT"]
    assert [one["path"] for one in shown["above"]] == ["3A001", "3A001.a", "3A001.a.5"]
    assert shown["paragraphs"][1]["numbers"][:2] == ["8 bit or more", "less than 10 bit"]
    assert all(one["text"] == "" for one in shown["paragraphs"])
    assert {"list": "eu-annex-1", "path": "3A001.a.5.a", "certainty": "V", "rests_on": "words", "shared": 0} in shown["corresponding"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("3A001a5a", "--list", "eu"), "3A001.a.5.a  Electronic components  (3A001a5a)"),
        (("6(2)", "--list", "jp"), "六の項（二）"),
        (("第五条第二号イ", "--list", "jp"), "5(ii)イ"),
        (("3A001.a.5.a", "--lang", "ja"), "電子部品"),
        (("9A012",), "Unmanned aerial vehicles"),
        (("15(5-2)", "--list", "feo"), "15(5-2)"),
    ],
)
def test_spellings_and_languages(words, expected):
    assert expected in call(entry_app, *words, "--on", "2026-11-20")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("3A001.a.55",), "entry.unknown"),
        (("hello",), "path.unreadable"),
        (("3A001", "--list", "mars"), "entry.list"),
        (("3A001", "--on", "2020-01-01"), "entry.no-edition"),
        (("3A001", "--on", "soon"), "type-date"),
        (("", "--list", "jp"), "path.unreadable"),
    ],
)
def test_bad_usage_of_entry(words, code):
    found = asked(entry_app, *words, code=2)
    assert [one["code"] for one in found["problems"]] == [code]
    assert found["problems"][0]["hint"]


# ---- texts


def put(tmp_path: Path, data: bytes, name: str = "ccl.xml") -> str:
    path = tmp_path / name
    path.write_bytes(data)
    return str(path)


def test_a_small_text_is_refused_against_the_shipped_paths(tmp_path):
    found = asked(lists_app, "text", "import", put(tmp_path, sample()), "--as-of", "2026-09-01", code=2)
    codes = {one["code"] for one in found["problems"]}
    assert "text.entry-gone" in codes
    assert "text.shrunk" in codes
    assert asked(lists_app, "text", "status") == {"texts": []}


def test_import_status_diff_and_entry(tmp_path):
    first = put(tmp_path, sample())
    held = asked(lists_app, "text", "import", first, "--as-of", "2026-06-24", "--accept", "all")
    assert (held["list"], held["as_of"], held["counts"]["entries"], held["accepted"]) == ("us-ccl", "2026-06-24", 3, ["all"])
    new = put(tmp_path, sample(ADC.replace("1.3 GSPS", "1.4 GSPS"), ANALYSERS, OTHER), "new.xml")
    changed = asked(lists_app, "text", "diff", "us-ccl@2026-06-24", new)
    assert changed["counts"]["reworded"] == 1
    assert changed["changes"][0]["path"] == "3A001.a.1"
    assert "[-1.3-] {+1.4+}" in call(lists_app, "text", "diff", first, new)
    assert "改正 1" in call(lists_app, "text", "diff", first, new, "--lang", "ja")
    assert "Nothing changed." in call(lists_app, "text", "diff", first, first)
    call(lists_app, "text", "import", new, "--as-of", "2026-09-01")
    assert "us-ccl 2026-09-01" in call(lists_app, "text", "status")
    early = asked(entry_app, "3A001.a", "--on", "2026-08-31")
    late = asked(entry_app, "3A001.a", "--on", "2026-09-01")
    assert (early["own_copy"], early["edition"], late["edition"]) == (True, "2026-06-24", "2026-09-01")
    assert "1.3 GSPS" in early["paragraphs"][1]["text"]
    assert "1.4 GSPS" in late["paragraphs"][1]["text"]
    assert late["definitions"] == [
        {"term": "Rate", "words": "'Rate' is the output rate."},
        {"term": "Dose", "words": "'Dose' means the total."},
    ]
    whole = asked(entry_app, "3A001", "--on", "2026-09-01")
    assert [one["path"] for one in whole["related"] if one["direction"] == "names"] == ["3A002", "3A991"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("text", "diff", "us-ccl@2026-06-24", "us-ccl"), "text.no-edition"),
        (("text", "diff", "nothing.xml", "us-ccl"), "text.no-file"),
        (("text", "diff", "us-ccl@yesterday", "us-ccl"), "type-date"),
        (("text", "import", "nothing.xml"), "text.no-file"),
        (("text", "import", "pyproject.toml"), "text.not-a-list"),
    ],
)
def test_bad_usage_of_texts(words, code, monkeypatch):
    monkeypatch.chdir(REPOSITORY)
    assert [one["code"] for one in asked(lists_app, *words, code=2)["problems"]] == [code]


def test_the_whole_list_with_conditions_that_go_stale(tmp_path, monkeypatch):
    """The publisher's text is imported, one limit moves, and the condition on it is told as stale."""
    from sekisho.classify.bindings import binding_hash
    from sekisho.feeds.texts.us_ccl import read_us_ccl

    source = shared_data("law", "us-ccl", "ccl_supp1.xml")
    call(lists_app, "text", "import", str(source))
    node = read_us_ccl(source).node("3A001.a.5.a.5")
    packs = tmp_path / "packs"
    packs.mkdir()
    for name in ("facts.toml", "us", "eu", "jp", "multilateral"):
        (packs / name).symlink_to(REPOSITORY / "packs" / name) if name == "facts.toml" else None
    folder = packs / "us" / "conditions"
    folder.mkdir(parents=True)
    bound = binding_hash(node, "us-ccl", [node.path])
    row = f'list = "us-ccl"\nentry = "3A001"\n[[path]]\npath = "{node.path}"\nhash = "{bound}"\n'
    (folder / "3A001.toml").write_text(row, encoding="utf-8")
    monkeypatch.setattr("sekisho.feeds.texts.bound.packs_root", lambda: packs)
    new = put(tmp_path, source.read_bytes().replace(b"greater than 65 MSPS", b"greater than 60 MSPS"), "new.xml")
    found = asked(lists_app, "text", "diff", "us-ccl@2026-06-24", new)
    assert found["stale"] == [{"entry": "3A001", "path": "3A001.a.5.a.5", "why": "changed"}]
    assert "--gate" not in call(lists_app, "text", "diff", "us-ccl", new, "--gate", code=1)
