"""``sekisho judge``: settle a hit. Remembered until something that mattered changes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal

import typer

from sekisho.interfaces.cli.output import ANSWERED, console, print_json, stop_with_problems
from sekisho.model.problem import BadInput, Problem

app = typer.Typer(add_completion=False)


@app.command()
def judge(
    party: Annotated[
        str, typer.Argument(help="the party's key in your books (screen shows it), or 'list' to read")
    ] = "list",
    uid: Annotated[str, typer.Argument(help="the listed party's id (ofac:7157)")] = "",
    name: Annotated[list[str] | None, typer.Option(help="the party's name as screened; may be repeated")] = None,
    party_type: Annotated[
        Literal["person", "organisation", "vessel", "aircraft", "unknown"], typer.Option("--type", help="what it is")
    ] = "unknown",
    country: Annotated[list[str] | None, typer.Option(help="its country")] = None,
    birth_date: Annotated[str, typer.Option(help="its date of birth")] = "",
    number: Annotated[list[str] | None, typer.Option("--id", help="kind:number")] = None,
    address: Annotated[str, typer.Option(help="its address")] = "",
    cleared: Annotated[bool, typer.Option("--cleared", help="it is not the listed party")] = False,
    confirmed: Annotated[bool, typer.Option("--confirmed", help="it is the listed party")] = False,
    unsure: Annotated[bool, typer.Option("--unsure", help="it cannot be told yet")] = False,
    who: Annotated[str, typer.Option(help="who decides")] = "",
    why: Annotated[str, typer.Option(help="for what reason")] = "",
    evidence: Annotated[list[str] | None, typer.Option(help="what it rests on; may be repeated")] = None,
    transfer: Annotated[str, typer.Option(help="only for this transfer (its file name)")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="JSON for machines")] = False,
) -> None:
    """Record who decided what about a hit, why and on what evidence; or list what was decided."""
    from sekisho.feeds.home import home
    from sekisho.store.screening_book import ScreeningBook

    path = home() / "screening.sqlite3"
    try:
        if party == "list":
            with ScreeningBook(path) as book:
                told = [one.as_json() for one in book.judgements()]
            if as_json:
                print_json({"judgements": told})
            else:
                for one in told:
                    line = f"{one['when'][:16]}  {one['verdict']:<9}  {one['party']}  {one['uid']}  {one['who']}: {one['why']}"
                    console().print(line, markup=False)
            raise SystemExit(ANSWERED)
        verdicts: list[Literal["cleared", "confirmed", "unsure"]] = []
        verdicts += ["cleared"] if cleared else []
        verdicts += ["confirmed"] if confirmed else []
        verdicts += ["unsure"] if unsure else []
        problems = []
        if len(verdicts) != 1:
            problems.append(
                Problem("judge.verdict", "sekisho judge", "say one verdict", "--cleared, --confirmed or --unsure")
            )
        if not who.strip():
            problems.append(
                Problem("judge.who", "--who", "a judgement needs who decided", "--who 'first and family name'")
            )
        if not why.strip():
            problems.append(Problem("judge.why", "--why", "a judgement needs a reason", "--why 'born 20 years later'"))
        if not name:
            problems.append(
                Problem("judge.name", "--name", "say the party as it was screened", "--name 'NAME' --country ...")
            )
        if problems:
            raise BadInput(problems)
        from sekisho.feeds import snapshots
        from sekisho.interfaces.cli.screen import asked_party
        from sekisho.screen.judgement import judge as decide
        from sekisho.screen.judgement import party_key

        key = "" if party.startswith("name:") else party
        asked = asked_party(list(name or ()), party_type, country, birth_date, number, address, key)
        if party.startswith("name:") and party_key(asked) != party:
            hint = "repeat name, country, birth date and type just as they were screened"
            raise BadInput([Problem("judge.party", party, "these details give another key", hint)])
        listed = snapshots.find(uid)
        if not listed:
            raise BadInput([Problem("judge.listed", uid, "no list in force has this id", "sekisho screen shows ids")])
        moment = datetime.now(UTC).isoformat(timespec="seconds")
        made = decide(
            asked,
            listed[0][0],
            verdicts[0],
            who=who,
            moment=moment,
            why=why,
            evidence=tuple(evidence or ()),
            transfer=transfer,
        )
        with ScreeningBook(path) as book:
            seq = book.add_judgement(made)
    except BadInput as bad:
        stop_with_problems(bad.problems, as_json=as_json)
    if as_json:
        print_json({"number": seq, **made.as_json()})
    else:
        console().print(f"{made.verdict}: {made.party} and {made.uid}, no. {seq}, by {made.who}", markup=False)
    raise SystemExit(ANSWERED)
