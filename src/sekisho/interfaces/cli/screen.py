"""``sekisho screen``: who on the lists may this be, and why; one party, a file of them, or those of a transfer."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from sekisho.interfaces.cli.output import (
    ANSWERED,
    CHECK_FAILED,
    console,
    day_option,
    print_json,
    stop_with_problems,
)
from sekisho.model.listed import Identifier, PartyType
from sekisho.model.problem import BadInput, Problem

if TYPE_CHECKING:
    from sekisho.feeds.screening_index import Standing as Lists
    from sekisho.screen.judgement import Judgement
    from sekisho.screen.query import Asked

app = typer.Typer(add_completion=False)

DECIDING = ("imo", "mmsi", "passport", "national-id", "tax", "registration", "lei", "swift", "aircraft-serial")


@app.command()
def screen(
    name: Annotated[str, typer.Argument(help="the party's name")] = "",
    alias: Annotated[list[str] | None, typer.Option(help="a further name of it; may be repeated")] = None,
    country: Annotated[list[str] | None, typer.Option(help="ISO code of residence, seat or flag")] = None,
    birth_date: Annotated[str, typer.Option(help="1961-03-07, 1961-03 or 1961")] = "",
    party_type: Annotated[
        Literal["person", "organisation", "vessel", "aircraft", "unknown"], typer.Option("--type", help="what it is")
    ] = "unknown",
    number: Annotated[
        list[str] | None, typer.Option("--id", help="kind:number (imo:9187629), or the bare number")
    ] = None,
    address: Annotated[str, typer.Option(help="its address")] = "",
    party: Annotated[str, typer.Option(help="its key in your books; judgements are remembered under it")] = "",
    lists: Annotated[str, typer.Option("--list", help="only these lists, by commas (us:sdn,un:sc)")] = "",
    on: Annotated[str, typer.Option(help="against the lists as they stood on this day")] = "",
    threshold: Annotated[float, typer.Option(min=0.05, max=0.999, help="the least score that is a hit")] = 0.7,
    most: Annotated[int, typer.Option(min=1, max=300, help="hits shown")] = 20,
    file: Annotated[Path | None, typer.Option(help="screen a file: csv, xlsx, parquet, jsonl")] = None,
    out: Annotated[Path | None, typer.Option(help="where its hits go (parquet, csv, jsonl)")] = None,
    mapping: Annotated[str, typer.Option("--map", help="columns of the file: name=Kunde,country=Land")] = "",
    workers: Annotated[int, typer.Option(min=0, help="threads for a file; all cores when left out")] = 0,
    cluster: Annotated[str, typer.Option(help="address of a Dask scheduler to do the work of a file")] = "",
    transfer: Annotated[Path | None, typer.Option(help="screen the parties of a transfer file")] = None,
    four_eyes: Annotated[str, typer.Option(help="lists for which two people must judge, by commas")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="JSON for machines")] = False,
    gate: Annotated[bool, typer.Option(help="exit 1 when a hit is not cleared")] = False,
    lang: Annotated[Literal["en", "ja"], typer.Option(help="language of the answer")] = "en",
) -> None:
    """Screen a party against the lists in force."""
    try:
        if sum((bool(name), file is not None, transfer is not None)) != 1:
            hint = 'sekisho screen "NAME", or --file FILE --out HITS, or --transfer FILE'
            raise BadInput([Problem("screen.what", "sekisho screen", "say one thing to screen", hint)])
        day = day_option(on, "--on")
        eyes = frozenset(part.strip() for part in four_eyes.split(",") if part.strip())
        if file is not None:
            from sekisho.interfaces.cli.screen_file import screen_file

            status = screen_file(
                file,
                out,
                mapping,
                lists,
                day,
                threshold,
                most,
                workers,
                cluster,
                eyes,
                as_json=as_json,
                gate=gate,
                lang=lang,
            )
            raise SystemExit(status)
        if transfer is not None:
            from sekisho.interfaces.cli.screen_transfer import screen_transfer_file

            raise SystemExit(
                screen_transfer_file(transfer, day, threshold, eyes, as_json=as_json, gate=gate, lang=lang)
            )
        asked = asked_party([name, *(alias or ())], party_type, country, birth_date, number, address, party)
        standing_lists, known = open_lists(day)
        keep = list_filter(lists, standing_lists)
    except BadInput as bad:
        stop_with_problems(bad.problems, as_json=as_json)
    from sekisho.interfaces.cli.screen_view import answer_document, show_answer, show_lists
    from sekisho.screen.judgement import party_key, standing
    from sekisho.screen.search import screen as find

    answer = find(standing_lists.index, asked, threshold, most, keep)
    key = party_key(asked)
    standings = [standing(known, asked, hit.party, four_eyes=eyes) for hit in answer.hits]
    if as_json:
        print_json(answer_document(answer, standings, key, standing_lists.lists, standing_lists.missing, lang))
    else:
        show_answer(answer, standings, key, lang)
        show_lists(standing_lists.lists, standing_lists.missing, lang)
    uncleared = answer.more or any(how.state != "cleared" for how in standings)
    raise SystemExit(CHECK_FAILED if gate and uncleared else ANSWERED)


def asked_party(
    names: list[str],
    party_type: PartyType,
    countries: list[str] | None,
    birth_date: str,
    numbers: list[str] | None,
    address: str,
    key: str,
) -> Asked:
    """Make the party out of what was typed; BadInput with every fault."""
    from sekisho.feeds.party_file import country_code, partial_date
    from sekisho.screen.facts import BARE
    from sekisho.screen.query import Asked

    problems = []
    birth = partial_date(birth_date) if birth_date else None
    if birth_date and birth is None:
        problems.append(
            Problem("type-date", "--birth-date", f"'{birth_date}' is no date", "1961-03-07, 1961-03 or 1961")
        )
    codes = []
    for country in countries or ():
        code = country_code(country.strip())
        if not code:
            problems.append(
                Problem("place-unknown", "--country", f"'{country}' is no country code", "two letters, as IR")
            )
        codes.append(code)
    if not names[0].strip() or not any(char.isalnum() for char in names[0]):
        problems.append(Problem("screen.name", "NAME", "there is no letter or figure in it", "give the party's name"))
    identifiers: list[Identifier] = []
    for number in numbers or ():
        kind, mark, value = number.partition(":")
        if mark and kind not in DECIDING:
            hint = f"kinds are {', '.join(DECIDING)}"
            problems.append(Problem("screen.id", "--id", f"'{kind}' is no kind of number", hint))
        kinds = (kind,) if mark else DECIDING
        identifiers.extend(Identifier(one, value if mark else number, note="" if mark else BARE) for one in kinds)
    if problems:
        raise BadInput(problems)
    return Asked(
        names=tuple(dict.fromkeys(name.strip() for name in names if name.strip())),
        type=party_type,
        births=(birth,) if birth else (),
        countries=tuple(codes),
        addresses=(address,) if address else (),
        identifiers=tuple(identifiers),
        key=key,
    )


def open_lists(day: date | None) -> tuple[Lists, list[Judgement]]:
    """Give the index over the lists in force and the judgements so far; say so when code has to be compiled first."""
    from sekisho.feeds.home import home
    from sekisho.feeds.screening_index import current
    from sekisho.screen.compiled import is_ready
    from sekisho.screen.index import warm
    from sekisho.store.screening_book import ScreeningBook

    if not is_ready():
        message = "compiling the screening kernel, once for this version (about a minute)"
        with console(stderr=True).status(message):
            console(stderr=True).print(f"[dim]{message} ...[/]")
            warm()
    found = current(day)
    book = home() / "screening.sqlite3"
    if not book.exists():
        return found, []
    with ScreeningBook(book) as opened:
        return found, opened.judgements()


def list_filter(lists: str, standing_lists: Lists) -> Any:
    """Make the test for ``--list``; a list that is not there is bad input."""
    wanted = [part.strip() for part in lists.split(",") if part.strip()]
    if not wanted:
        return None
    sources = standing_lists.index.about.get("sources", {})
    unknown = [one for one in wanted if not any(source == one or source.startswith(one + ":") for source in sources)]
    if unknown:
        hint = f"screened are {', '.join(sorted(sources))}"
        raise BadInput([Problem("list.unknown", f"--list {one}", "no such list was imported", hint) for one in unknown])
    return lambda party: any(party.source == one or party.source.startswith(one + ":") for one in wanted)
