"""docs/new-country.md is walked through: every command runs, every change applies, every line shown is printed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
PAGE = (REPOSITORY / "docs" / "new-country.md").read_text(encoding="utf-8")


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def commands(block: str) -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif line.strip():
            found[-1][1].append(line)
    return found


def test_the_walk(tmp_path: Path) -> None:
    packs = tmp_path / "packs"
    packs.mkdir()
    for name in ("facts.toml", "multilateral"):
        (packs / name).symlink_to(REPOSITORY / "packs" / name)
    shutil.copytree(REPOSITORY / "packs" / "_template", packs / "_template")
    environment = {**os.environ, "SEKISHO_PACKS": str(packs), "PYTHONIOENCODING": "utf-8"}
    environment.pop("SEKISHO_TEXTS", None)

    def run(command: str, **more: str) -> subprocess.CompletedProcess[str]:
        words = re.sub(r"\bsekisho\b(?= \w)", f"{sys.executable} -m sekisho", command)
        return subprocess.run(
            ["bash", "-c", words],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            env=environment,
            timeout=120,
            check=False,
            **more,
        )

    steps = re.findall(r"^```(console|diff)\n(.*?)^```", PAGE, flags=re.DOTALL | re.MULTILINE)
    assert [kind for kind, _ in steps].count("diff") == 7
    for kind, block in steps:
        if kind == "diff":
            done = run("git apply -p0 --unidiff-zero -", input=block)
            assert done.returncode == 0, (block, done.stderr)
            continue
        for command, lines in commands(block):
            done = run(command)
            wanted = re.search(r"#\s*exit (\d)", command)
            assert done.returncode == (int(wanted[1]) if wanted else 0), (command, done.stdout, done.stderr)
            for line in lines:
                assert squeezed(line) in squeezed(done.stdout), (command, line, done.stdout)
