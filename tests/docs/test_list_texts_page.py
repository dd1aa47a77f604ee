"""docs/list-texts.md names every command, option and problem code, and its counts are the tests' counts."""

import re

import typer

from sekisho.feeds.texts.reading import TITLES
from sekisho.interfaces.cli.entry import app as entry_app
from sekisho.interfaces.cli.lists_text import app
from shared_data import REPOSITORY

PAGE = (REPOSITORY / "docs" / "list-texts.md").read_text("utf-8")


def test_commands_and_their_options():
    group = typer.main.get_command(app)
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        assert f"sekisho lists text {name}" in PAGE
        for option in command.params:
            words = [word for word in option.opts if word.startswith("--")]
            assert not words or words[0] == "--help" or words[0] in PAGE, f"{name} {words[0]}"
    for option in typer.main.get_command(entry_app).params:
        assert option.name == "path" or option.opts[0] in PAGE


def test_problem_codes():
    used: set[str] = set()
    for file in (REPOSITORY / "src" / "sekisho").rglob("*.py"):
        used |= set(re.findall(r'Problem\(\s*"((?:text|path|entry)\.[a-z-]+)"', file.read_text("utf-8")))
        used |= set(re.findall(r'_bad\(\s*"(text\.[a-z-]+)"', file.read_text("utf-8")))
        used |= set(re.findall(r'problem\(\s*"(text\.[a-z-]+)"', file.read_text("utf-8")))
    assert len(used) > 25
    assert sorted(code for code in used if f"`{code}`" not in PAGE) == []


def test_lists():
    assert all(f"`{list_id}`" in PAGE for list_id in TITLES)
