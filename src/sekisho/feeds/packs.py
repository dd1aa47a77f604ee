"""Read packs from their folders: TOML files to checked ``Pack`` values.

One locator finds the packs both in a checkout (``packs/`` beside ``src/``) and in an installed wheel.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import tomli

from sekisho.law.facts import Fact
from sekisho.law.pack import Pack
from sekisho.law.schema import RawPack, RawTable, build_pack, make_fact
from sekisho.model.problem import BadInput, Problem

ARRAYS = ("topic", "source", "fact", "place_set", "entry_set", "scope", "rule", "table", "entry")


@cache
def packs_root() -> Path:
    """The folder that holds the packs: ``SEKISHO_PACKS``, the wheel's own, or the checkout's."""
    stated = os.environ.get("SEKISHO_PACKS")
    here = Path(__file__).resolve()
    for root in (Path(stated) if stated else None, here.parents[1] / "packs", here.parents[3] / "packs"):
        if root is not None and (root / "facts.toml").is_file():
            return root
    raise BadInput([Problem("packs-missing", stated or "packs/", "no packs folder was found", "set SEKISHO_PACKS")])


def pack_ids() -> tuple[str, ...]:
    """The ids of the packs that hold law (with a country), in order."""
    root = packs_root()
    return tuple(
        sorted(
            folder.name
            for folder in root.iterdir()
            if folder.is_dir() and not folder.name.startswith("_") and (folder / "rules").is_dir()
        )
    )


def load_pack(name: str, *, extra: Mapping[str, Any] | None = None) -> Pack:
    """Load the pack ``name`` (or the folder that it names); ``extra`` adds rows of the user to its tables.

    Raises BadInput with every problem of the pack.
    """
    folder = Path(name) if os.sep in name or name.startswith(".") else packs_root() / name
    if not (folder / "pack.toml").is_file():
        known = ", ".join(pack_ids())
        raise BadInput([Problem("pack-unknown", name, "there is no such pack", f"known packs: {known}")])
    return _load(folder, extra or {})


@cache
def core_facts() -> Mapping[str, Fact]:
    """The facts of every law, from ``packs/facts.toml``."""
    problems: list[Problem] = []
    path = packs_root() / "facts.toml"
    rows = _read_toml(path).get("fact", [])
    tables = [RawTable(f"facts.toml [[fact]] {row.get('id', number)}", row) for number, row in enumerate(rows, 1)]
    facts = {table.row["id"]: make_fact(table, problems) for table in tables}
    if problems:
        raise BadInput(problems)
    return facts


def _load(folder: Path, extra: Mapping[str, Any]) -> Pack:
    files = sorted(path for path in folder.rglob("*.toml") if "cases" not in path.relative_to(folder).parts)
    sha256 = _content_hash(folder, files)
    raw = _raw(folder, files, sha256, extra)
    pack, problems = build_pack(raw, core_facts())
    if pack is None:
        raise BadInput(problems)
    return pack


def _raw(folder: Path, files: list[Path], sha256: str, extra: Mapping[str, Any]) -> RawPack:
    tables: dict[str, list[RawTable]] = {}
    head = RawTable("pack.toml", {})
    problems: list[Problem] = []
    for path in files:
        name = path.relative_to(folder).as_posix()
        try:
            document = _read_toml(path)
        except BadInput as bad:
            problems.extend(bad.problems)
            continue
        if name == "pack.toml":
            head = RawTable(name, document)
        for array in ARRAYS:
            rows = document.get(array, ())
            for number, row in enumerate(rows if isinstance(rows, list) else (), 1):
                if array == "entry":
                    row = {"list": document.get("list", ""), **row}
                where = f"{folder.name}/{name} [[{array}]] {row.get('id') or row.get('path') or number}"
                tables.setdefault(array, []).append(RawTable(where, row))
    for table_id, rows in extra.items():
        tables.setdefault("table", []).append(RawTable("--data", {"id": table_id, "row": rows}))
        sha256 = hashlib.sha256((sha256 + json.dumps(rows, default=str, sort_keys=True)).encode()).hexdigest()
    if problems:
        raise BadInput(problems)
    return RawPack(head, tables, sha256)


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomli.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(
            [Problem("pack-toml", path.name, f"not readable as TOML: {error}", "correct the line")]
        ) from error


def _content_hash(folder: Path, files: list[Path]) -> str:
    """SHA-256 over names and contents; line ends do not matter."""
    digest = hashlib.sha256()
    for path in files:
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()
