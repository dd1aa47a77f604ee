"""Official texts that the reader keeps: where they are looked for, and what is wrong with a file is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from sekisho.feeds import law_texts
from sekisho.feeds.law_texts import load_texts, texts_folder
from sekisho.feeds.packs import load_pack
from sekisho.model.problem import BadInput


@pytest.fixture(autouse=True)
def _no_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SEKISHO_TEXTS", raising=False)
    monkeypatch.setenv("SEKISHO_HOME", str(tmp_path / "home"))


def code(caught: pytest.ExceptionInfo[BadInput]) -> list[str]:
    return [problem.code for problem in caught.value.problems]


def test_the_folder_stated_then_the_environment_then_the_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert texts_folder() is None
    (tmp_path / "home" / "texts").mkdir(parents=True)
    assert texts_folder() == tmp_path / "home" / "texts"
    monkeypatch.setenv("SEKISHO_TEXTS", str(tmp_path))
    assert texts_folder() == tmp_path
    assert texts_folder(tmp_path / "home") == tmp_path / "home"


def test_a_folder_that_was_named_must_be_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadInput) as caught:
        texts_folder(tmp_path / "nowhere")
    assert code(caught) == ["texts-missing"]
    monkeypatch.setenv("SEKISHO_TEXTS", str(tmp_path / "nowhere"))
    with pytest.raises(BadInput) as caught:
        texts_folder()
    assert code(caught) == ["texts-missing"]


def test_texts_are_found_in_the_folder_and_one_level_below(tmp_path: Path) -> None:
    pack = load_pack("_template")
    (tmp_path / "zz").mkdir()
    (tmp_path / "zz" / "zz-act.md").write_text("## Article 2\n\nWhoever sends\n", encoding="utf-8")
    (tmp_path / "other.md").write_text("not asked for", encoding="utf-8")
    found = load_texts([pack], tmp_path)
    assert list(found) == ["zz-act"]
    assert found["zz-act"].at("Article 2")[0].text == "Whoever sends"
    assert load_texts([pack], None) == {}


def test_every_file_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "zz-act.md").write_bytes(b"\xff\xfe\x00binary")
    (tmp_path / "zz-order.md").write_text("x" * 100, encoding="utf-8")
    monkeypatch.setattr(law_texts, "LARGEST", 99)
    with pytest.raises(BadInput) as caught:
        load_texts([load_pack("_template")], tmp_path)
    assert code(caught) == ["file-binary", "file-huge"]
