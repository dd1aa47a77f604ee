"""How every command speaks: JSON for machines, tables for people, problems all at once, one set of exit codes."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, NoReturn

from sekisho.model.problem import BadInput, Problem

if TYPE_CHECKING:
    from rich.console import Console

ANSWERED = 0
CHECK_FAILED = 1
BAD_INPUT = 2


def console(*, stderr: bool = False) -> Console:
    """Make a console: colour only on a terminal; off a terminal lines are folded at 100 columns."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    return Console(file=stream, width=None if stream.isatty() else 100, highlight=False)


def day_option(written: str, name: str) -> date | None:
    """Read a day given on the command line; BadInput when it is none."""
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise BadInput([Problem("type-date", name, f"'{written}' is no day", "write it as 2026-11-20")]) from None


def print_json(value: Any) -> None:
    """Write ``value`` as UTF-8 JSON with a stable key order as given."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def stop_with_problems(problems: Iterable[Problem], *, as_json: bool) -> NoReturn:
    """Show every problem with place and remedy and leave with exit status 2."""
    found = list(problems)
    if as_json:
        print_json({"problems": [problem.as_json() for problem in found]})
    else:
        out = console(stderr=True)
        for problem in found:
            out.print(f"[bold red]{_plain(problem.where)}[/]: {_plain(problem.says)}")
            if problem.hint:
                out.print(f"    → {_plain(problem.hint)}")
        out.print(f"{len(found)} problem{'s' if len(found) != 1 else ''}; nothing was done.")
    raise SystemExit(BAD_INPUT)


def _plain(text: str) -> str:
    from rich.markup import escape

    return escape(text)
