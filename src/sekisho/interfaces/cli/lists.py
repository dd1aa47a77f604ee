"""``sekisho lists``: fetch published lists, read them in, see how they stand and what changed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from sekisho.interfaces.cli.lists_text import app as text_app
from sekisho.interfaces.cli.output import ANSWERED, CHECK_FAILED, day_option, print_json, stop_with_problems
from sekisho.model.problem import BadInput, Problem

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Published lists of parties: fetch, read in, compare."
)
app.add_typer(text_app, name="text")

AsJson = Annotated[bool, typer.Option("--json", help="JSON for machines")]
Lang = Annotated[Literal["en", "ja"], typer.Option(help="language of the answer")]
AsOf = Annotated[str, typer.Option(help="as things stood on this day (2026-11-20)")]


@app.command()
def status(
    as_of: AsOf = "",
    gate: Annotated[bool, typer.Option(help="exit 1 when a list is stale, refused or missing")] = False,
    as_json: AsJson = False,
    lang: Lang = "en",
) -> None:
    """Show every list: version, age, counts, whether it is stale, and what was refused last."""
    from sekisho.feeds.home import home
    from sekisho.feeds.status import standings
    from sekisho.interfaces.cli.lists_document import standing_document

    try:
        day = day_option(as_of, "--as-of")
        found = standings(home(), datetime.now(UTC).date(), day)
    except BadInput as bad:
        stop_with_problems(bad.problems, as_json=as_json)
    if as_json:
        print_json(
            {"lists": [standing_document(one) for one in found], "fictional": not any(s.in_force for s in found)}
        )
    else:
        from sekisho.interfaces.cli.lists_view import show_standings

        show_standings(found, lang)
    unwell = any(one.stale or one.refused is not None or one.problem for one in found)
    raise SystemExit(CHECK_FAILED if gate and unwell else ANSWERED)


@app.command()
def update(
    lists: Annotated[list[str] | None, typer.Argument(help="lists to fetch (us:sdn ...); all when left out")] = None,
    address: Annotated[str, typer.Option(help="fetch the one list named from here instead (a mirror)")] = "",
    timeout: Annotated[float, typer.Option(help="seconds to wait for the next byte", min=1)] = 60.0,
    insecure_loopback: Annotated[bool, typer.Option(hidden=True)] = False,
    as_json: AsJson = False,
    lang: Lang = "en",
) -> None:
    """Fetch lists from their publishers and take them into force; exit 1 when one was refused."""
    from sekisho.feeds.fetching import Bounds
    from sekisho.feeds.home import home
    from sekisho.feeds.updating import chosen
    from sekisho.feeds.updating import update as fetch_and_import
    from sekisho.interfaces.cli.lists_document import updated_document
    from sekisho.interfaces.cli.lists_progress import bars

    try:
        if address and len(lists or []) != 1:
            hint = "sekisho lists update us:sdn --address https://..."
            raise BadInput([Problem("usage", "--address", "an address goes with exactly one list", hint)])
        wanted = chosen(lists or [], home(), elsewhere=bool(address))
    except BadInput as bad:
        stop_with_problems(bad.problems, as_json=as_json)
    bounds = Bounds(silence=timeout, insecure_loopback=insecure_loopback)
    with bars() as progress:
        found = fetch_and_import(
            wanted, home(), lambda: datetime.now(UTC), bounds=bounds, address=address, progress=progress
        )
    if as_json:
        print_json({"lists": [updated_document(one) for one in found]})
    else:
        from sekisho.interfaces.cli.lists_view import show_updated

        show_updated(found, lang)
    raise SystemExit(CHECK_FAILED if any(one.problems for one in found) else ANSWERED)


@app.command("import")
def import_(
    format: Annotated[str, typer.Argument(help="format of the file, see docs/lists.md (ofac-xml, csl-csv, ftm ...)")],
    files: Annotated[list[Path], typer.Argument(help="the file, or all files that belong together, or their folder")],
    list_id: Annotated[str, typer.Option("--list", help="import as this list instead of the format's own")] = "",
    as_of: Annotated[str, typer.Option(help="the list's own day, where the file does not state it")] = "",
    address: Annotated[str, typer.Option(help="where the file came from, for the manifest")] = "",
    accept: Annotated[str, typer.Option(help="take it although an assertion does not hold; give the reason")] = "",
    incomplete: Annotated[bool, typer.Option(help="take OFAC's sdn.csv without alt.csv or add.csv")] = False,
    as_json: AsJson = False,
    lang: Lang = "en",
) -> None:
    """Read a publisher's file into a snapshot, whole or not at all; gzip and zip are read as they are."""
    from sekisho.feeds.home import home
    from sekisho.feeds.importing import Order, import_files
    from sekisho.interfaces.cli.lists_document import imported_document
    from sekisho.interfaces.cli.lists_progress import bars

    try:
        with bars() as progress:
            found = import_files(
                Order(
                    format,
                    tuple(files),
                    home(),
                    datetime.now(UTC),
                    list_id=list_id,
                    as_of=day_option(as_of, "--as-of"),
                    address=address,
                    accept=accept.strip(),
                    incomplete=incomplete,
                    progress=progress(files[0].name),
                )
            )
    except BadInput as bad:
        stop_with_problems(bad.problems, as_json=as_json)
    if as_json:
        print_json(imported_document(found))
    else:
        from sekisho.interfaces.cli.lists_view import show_imported

        show_imported(found, lang)
    raise SystemExit(ANSWERED)


@app.command()
def diff(
    old: Annotated[str, typer.Argument(help="LIST, LIST@DAY, LIST@SNAPSHOT, LIST@previous or LIST@latest")],
    new: Annotated[str, typer.Argument(help="the same, or only @DAY for the same list; the latest when left out")] = "",
    most: Annotated[int, typer.Option(help="parties shown for people; JSON gives all", min=1)] = 40,
    as_json: AsJson = False,
    lang: Lang = "en",
) -> None:
    """Compare two snapshots: added, removed, changed field by field. One list alone: the previous with the latest."""
    from sekisho.feeds.comparing import compare
    from sekisho.feeds.home import home

    try:
        before, after, change = compare(old, new, home())
    except BadInput as bad:
        stop_with_problems(bad.problems, as_json=as_json)
    if as_json:
        from sekisho.interfaces.cli.lists_document import change_document

        print_json(change_document(before, after, change))
    else:
        from sekisho.interfaces.cli.lists_view import show_change

        show_change(before, after, change, most, lang)
    raise SystemExit(ANSWERED)


@app.command()
def show(
    uid: Annotated[str, typer.Argument(help="the party's id (ofac:7157)")],
    as_of: AsOf = "",
    as_json: AsJson = False,
    lang: Lang = "en",
) -> None:
    """Show one listed party with everything its publisher says of it."""
    from sekisho.feeds import snapshots

    try:
        found = snapshots.find(uid, day_option(as_of, "--as-of"))
        if not found:
            hint = "ids stand in the answers of `sekisho screen` and `sekisho lists diff`"
            raise BadInput([Problem("list.no-party", uid, "no list in force holds this id", hint)])
    except BadInput as bad:
        stop_with_problems(bad.problems, as_json=as_json)
    if as_json:
        from sekisho.interfaces.cli.lists_document import party_document

        print_json({"parties": [party_document(party, manifest) for party, manifest in found]})
    else:
        from sekisho.interfaces.cli.lists_view import show_party

        for party, manifest in found:
            show_party(party, manifest, lang)
    raise SystemExit(ANSWERED)
