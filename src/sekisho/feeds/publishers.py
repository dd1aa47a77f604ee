"""Who publishes which list, and what must hold before a snapshot comes into force (``packs/lists/publishers.toml``)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sekisho.feeds.packs import packs_root
from sekisho.model.problem import BadInput, Problem


class Publisher(BaseModel):
    """One published list; the fields are explained at the head of the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*(:[a-z0-9][a-z0-9-]*)*$")
    title: str
    format: str
    publisher: str = ""
    page: str = ""
    addresses: tuple[str, ...] = ()
    day_address: str = ""
    day_title: int = 0
    manual: bool = False
    optional: bool = False
    stale_after_days: int = Field(default=30, ge=1)
    shrink_limit: float = Field(default=0.1, ge=0, le=1)
    least: dict[str, int] = Field(default_factory=dict)
    most: dict[str, int] = Field(default_factory=dict)


def publishers(home: Path) -> dict[str, Publisher]:
    """Read the shipped file and the operator's own; every fault of both is told at once."""
    found: dict[str, Publisher] = {}
    problems: list[Problem] = []
    for file in (packs_root() / "lists" / "publishers.toml", home / "lists" / "publishers.toml"):
        if not file.is_file():
            continue
        try:
            rows = tomllib.loads(file.read_text("utf-8")).get("list", [])
        except (tomllib.TOMLDecodeError, UnicodeError, OSError) as error:
            problems.append(Problem("publishers.toml", file.name, f"the file cannot be read: {error}"))
            continue
        for number, row in enumerate(rows):
            try:
                one = Publisher.model_validate(row)
            except ValidationError as error:
                problems.extend(_problems(file.name, number, error.errors()))
            else:
                found[one.id] = one
    if problems:
        raise BadInput(problems)
    return found


def publisher(list_id: str, home: Path) -> Publisher:
    """Give what is known about one list; a list that no file names has a ten per cent shrink limit and nothing else."""
    return publishers(home).get(list_id) or Publisher(id=list_id, title=list_id, format="", manual=True)


def _problems(name: str, number: int, errors: list[Any]) -> list[Problem]:
    return [
        Problem(
            "publishers.field",
            f"{name} list[{number}].{'.'.join(str(part) for part in error['loc'])}",
            str(error["msg"]),
            "the fields are explained at the head of the shipped file",
        )
        for error in errors
    ]
