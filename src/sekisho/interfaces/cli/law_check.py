"""``sekisho law check``: all that is wrong with a pack, with file, line and remedy; exit 1 when it does not hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sekisho.interfaces.cli.output import ANSWERED, CHECK_FAILED, console, print_json, stop_with_problems
from sekisho.model.problem import BadInput, Problem

if TYPE_CHECKING:
    from sekisho.law.check import Report
    from sekisho.law.pack import Pack

NOT_A_PACK = {"pack-unknown", "packs-missing", "texts-missing"}
"""Problems of the question, not of the law that is checked."""
COLOURS = {"error": "bold red", "warning": "yellow", "note": "dim"}
SIGNS = {"error": "✗", "warning": "!", "note": "·"}


def law_check(
    pack: Annotated[str, typer.Argument(help="the id of a pack, or its folder; all packs when left out")] = "",
    texts: Annotated[
        Path | None, typer.Option(help="folder with the official texts (TEXT_ID.md); else SEKISHO_TEXTS")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="warnings make the check fail, too")] = False,
    notes: Annotated[bool, typer.Option("--notes", help="show notes, too")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON for machines")] = False,
) -> None:
    """Check packs: dates, dead rules, contradictions, codes, citations, and numbers against the official text."""
    from sekisho.feeds.law_texts import texts_folder
    from sekisho.feeds.packs import pack_ids

    results: list[dict[str, Any]] = []
    try:
        folder = texts_folder(texts)
        for name in [pack] if pack else pack_ids():
            results.append(_checked(name, folder, quiet=as_json))
    except BadInput as bad:
        stop_with_problems(bad.problems, as_json=as_json)
    holds = all(_holds(result, strict=strict) for result in results)
    if as_json:
        print_json({"form": "sekisho.law-check/1", "holds": holds, "packs": results})
    else:
        for result in results:
            _show(result, notes=notes, strict=strict)
    raise SystemExit(ANSWERED if holds else CHECK_FAILED)


def _holds(result: dict[str, Any], *, strict: bool) -> bool:
    return not result["counts"]["error"] and not (strict and result["counts"]["warning"])


def _checked(name: str, texts: Path | None, *, quiet: bool) -> dict[str, Any]:
    """Check one pack. A pack that cannot be read is a check that does not hold; its problems are the findings."""
    from sekisho.feeds.pack_lines import with_lines
    from sekisho.feeds.packs import load_pack, pack_folder

    folder = pack_folder(name)
    try:
        loaded = load_pack(name)
    except BadInput as bad:
        if any(problem.code in NOT_A_PACK for problem in bad.problems):
            raise
        return _document(folder.name, None, with_lines(folder, bad.problems))
    report = report_on(loaded, name, texts, quiet=quiet)
    return _document(loaded.id, report, with_lines(folder, report.findings))


def report_on(pack: Pack, name: str, texts: Path | None, *, quiet: bool = True) -> Report:
    """Check the pack called ``name`` (id or folder) with the texts of a folder, known codes and the pack's cases."""
    from sekisho.feeds.law_texts import load_texts
    from sekisho.feeds.reference import hs_codes, place_code, places
    from sekisho.law.check import Given, check_pack
    from sekisho.law.domains import Reference

    given = Given(
        Reference(frozenset(places()), hs_codes()), load_texts([pack], texts), place_code, _exercised(pack, name)
    )
    if quiet:
        return check_pack(pack, given)
    from rich.progress import Progress

    with Progress(console=console(stderr=True), transient=True) as progress:
        task = progress.add_task(f"{pack.id}: days on which the law changes", total=len(pack.boundaries))
        return check_pack(pack, given, lambda number, total: progress.update(task, completed=number, total=total))


def _exercised(pack: Pack, name: str) -> Iterable[str] | None:
    """The rules that hold in a case of the pack; None when it has none, or none that can be read."""
    from sekisho.app.law_test import coverage_of, try_all
    from sekisho.feeds.cases import case_files, read_cases

    try:
        files = case_files(name)
        variants = read_cases(files, name) if files else ()
    except BadInput:
        return None  # ``law test`` tells what is wrong with them
    if not variants:
        return None
    return set(pack.rules) - set(coverage_of(pack, try_all(variants)).idle)


def _document(pack_id: str, report: Report | None, findings: Sequence[Problem]) -> dict[str, Any]:
    from sekisho.law.checks.finding import SEVERITIES, severity

    graded = [{"severity": severity(finding.code), **finding.as_json()} for finding in findings]
    document: dict[str, Any] = {
        "pack": pack_id,
        "counts": {name: sum(one["severity"] == name for one in graded) for name in SEVERITIES},
        "findings": graded,
    }
    if report is not None:
        pack, bound = report.pack, report.bound
        document |= {
            "version": pack.version,
            "sha256": pack.sha256,
            "title": dict(pack.title),
            "rules": len(pack.rules),
            "stretches": len(pack.boundaries),
            "bindings": {
                "all": bound.bound,
                "compared": bound.compared,
                "hold": bound.held,
                "texts": list(bound.at_hand),
                "texts_absent": list(bound.absent),
            },
        }
    return document


def _show(result: dict[str, Any], *, notes: bool, strict: bool) -> None:
    from rich.markup import escape
    from rich.padding import Padding

    out = console()
    for finding in result["findings"]:
        grade = finding["severity"]
        if grade == "note" and not notes:
            continue
        out.print(f"[{COLOURS[grade]}]{SIGNS[grade]} {finding['code']}[/]  {escape(finding['where'])}")
        out.print(Padding(escape(finding["says"]), (0, 0, 0, 4), expand=False))
        if finding["hint"]:
            out.print(Padding(f"[dim]→ {escape(finding['hint'])}[/]", (0, 0, 0, 4), expand=False))
    sign = "[green]✓[/]" if _holds(result, strict=strict) else "[bold red]✗[/]"
    counts = result["counts"]
    told = ", ".join(f"{counts[grade]} {grade}{'' if counts[grade] == 1 else 's'}" for grade in COLOURS)
    hidden = " (--notes shows them)" if counts["note"] and not notes else ""
    out.print(f"{sign} {result['pack']}: {told}{hidden}")
    if "rules" not in result:
        out.print("  [dim]the pack cannot be read yet; the other checks follow when these are put right[/]")
        return
    bound = result["bindings"]
    out.print(f"  [dim]{result['rules']} rules, {result['stretches']} stretches of unchanging law[/]")
    compared = f"{bound['hold']} of {bound['compared']} bindings hold against {len(bound['texts'])} texts"
    absent = f"; not at hand: {', '.join(bound['texts_absent'])}" if bound["texts_absent"] else ""
    out.print(f"  [dim]{compared}{absent}[/]" if bound["all"] else "  [dim]nothing is bound to a text[/]")
