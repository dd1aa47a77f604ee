"""docs/lists.md names every format, command, option, problem and heading, and the gate holds it to that."""

from __future__ import annotations

import re
import tomllib

import pytest
import typer

from sekisho.feeds.home import shipped_packs
from sekisho.feeds.lists.formats import NAMES
from sekisho.interfaces.cli.lists import app
from shared_data import REPOSITORY

PAGE = (REPOSITORY / "docs" / "lists.md").read_text("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_formats(name):
    assert f"`{name}`" in PAGE


def test_commands_and_their_options():
    group = typer.main.get_command(app)
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        assert f"sekisho lists {name}" in PAGE
        for option in command.params:
            words = [word for word in option.opts if word.startswith("--")]
            if words and not getattr(option, "hidden", False) and words[0] not in ("--most", "--timeout", "--help"):
                assert words[0] in PAGE or words[0] == "--address", f"{name} {words[0]}"


def test_problem_codes():
    used: set[str] = set()
    for file in (REPOSITORY / "src" / "sekisho").rglob("*.py"):
        used |= set(re.findall(r'"((?:list|publishers)\.[a-z][a-z-]*)"', file.read_text("utf-8")))
    assert len(used) > 25
    assert sorted(code for code in used if f"`{code}`" not in PAGE) == []


def test_headings_of_meti():
    with (shipped_packs() / "lists" / "meti_columns.toml").open("rb") as file:
        columns = tomllib.load(file)
    for column in ("country", "name", "alias", "concern", "conventional"):
        assert any(f"`{heading}`" in PAGE for heading in columns[column])
