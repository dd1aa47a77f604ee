"""``sekisho replay``: a stored answer is decided again and must come out the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from sekisho.app.decide import decide_transfer
from sekisho.app.replay import check_form, differences
from sekisho.app.written import answer_document
from sekisho.feeds.transfer_file import transfer_of
from sekisho.interfaces.cli.decide import load_packs
from sekisho.interfaces.cli.output import ANSWERED, CHECK_FAILED, console, print_json, stop_with_problems
from sekisho.model.problem import BadInput, Problem

app = typer.Typer(add_completion=False)
LARGEST = 50_000_000


@app.command()
def replay(
    file: Annotated[Path, typer.Argument(help="an answer stored with: sekisho decide FILE --json")],
    as_json: Annotated[bool, typer.Option("--json", help="JSON for machines")] = False,
    data: Annotated[Path | None, typer.Option(help="the rows of your own that the answer was made with")] = None,
) -> None:
    """Decide a stored answer again; exit 1 and say what differs when it does not come out the same."""
    try:
        stored = _read(file)
        check_form(stored, file.name)
        laws = ",".join(dict.fromkeys(str(one.get("law", "")) for one in stored["decisions"]))
        packs = load_packs(laws, data)
        answer = decide_transfer(packs, transfer_of(stored["transfer"], file.name, packs), file.name)
    except BadInput as bad:
        stop_with_problems(bad.problems, as_json=as_json)
    found = differences(stored, answer_document(answer))
    if as_json:
        told = [{"path": one.path, "stored": one.stored, "now": one.now} for one in found]
        print_json({"same": not found, "hash": stored["hash"], "differences": told})
    else:
        out = console()
        if found:
            out.print(f"[bold red]✗[/] the answer differs in {len(found)} places")
            for one in found[:40]:
                out.print(f"  {one.path}: stored {one.stored!r}, now {one.now!r}", markup=False)
        else:
            out.print(f"[bold green]✓[/] the same answer, hash {stored['hash']}")
    raise SystemExit(CHECK_FAILED if found else ANSWERED)


def _read(path: Path) -> Any:
    try:
        if path.stat().st_size > LARGEST:
            raise BadInput([Problem("file-huge", path.name, f"larger than {LARGEST:,} bytes", "one answer a file")])
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        hint = "check the path"
        raise BadInput([Problem("file-unreadable", path.name, f"cannot be read: {error.strerror}", hint)]) from None
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise BadInput(
            [Problem("file-syntax", path.name, f"not JSON: {error}", "store the output of decide --json")]
        ) from None
