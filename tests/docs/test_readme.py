"""Every command of the README runs and prints what the README shows."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
SET_UP = "pip install uv && "


def commands() -> list[tuple[str, list[str]]]:
    """The commands of the console blocks with the lines that they are said to print."""
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(r"```console\n(.*?)```", text, flags=re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            elif line.strip():
                found[-1][1].append(line)
    return found


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    words = command.replace("uv run sekisho", f"{shlex.quote(sys.executable)} -m sekisho")
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        ["bash", "-c", words], cwd=folder, capture_output=True, text=True, env=environment, timeout=120, check=False
    )


def test_the_first_two_commands_set_up_and_run() -> None:
    first, second = commands()[:2]
    assert first[0].startswith(SET_UP + "uv run sekisho")
    assert second[0] == SET_UP + "uv run pytest"
    assert "uv run pytest" in (REPOSITORY / ".ci" / "run").read_text(encoding="utf-8")


def test_the_tour(tmp_path: Path) -> None:
    (tmp_path / "examples").symlink_to(REPOSITORY / "examples")
    told = [(command, lines) for command, lines in commands() if not command.endswith("uv run pytest")]
    assert len(told) > 8
    for command, lines in told:
        exit_wanted = re.search(r"#\s*exit (\d)", command)
        done = run(command.removeprefix(SET_UP), tmp_path)
        assert done.returncode == (int(exit_wanted[1]) if exit_wanted else 0), (command, done.stderr)
        for line in lines:
            assert squeezed(line) in squeezed(done.stdout), (command, line, done.stdout[:2000])


@pytest.mark.parametrize("page", sorted(str(page.relative_to(REPOSITORY)) for page in REPOSITORY.glob("*.md")))
def test_links_lead_somewhere(page: str) -> None:
    text = (REPOSITORY / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", text):
        if "://" not in target:
            assert (REPOSITORY / target).exists(), f"{page} links to {target}"
