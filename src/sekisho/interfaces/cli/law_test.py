"""``sekisho law test``: decide the golden cases and say, in words, where the answer is another than expected."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from sekisho.interfaces.cli.output import ANSWERED, CHECK_FAILED, console, print_json, stop_with_problems
from sekisho.model.problem import BadInput

if TYPE_CHECKING:
    from sekisho.app.law_test import Coverage, Tried

app = typer.Typer(add_completion=False)

WORDS = {
    "expected": {"en": "expected", "ja": "期待"},
    "got": {"en": "got", "ja": "結果"},
    "missing": {"en": "not among what came", "ja": "結果に含まれない"},
    "unwanted": {"en": "must not be there", "ja": "含まれてはならない"},
    "nothing": {"en": "nothing", "ja": "なし"},
    "idle": {"en": "rules that hold in no case", "ja": "どの事例でも成立しない規則"},
    "one_sided": {"en": "lifts that are never seen failing", "ja": "不成立の事例がない解除規則"},
}


@app.command("test")
def law_test(
    files: Annotated[list[Path] | None, typer.Argument(help="case files; those of the pack when left out")] = None,
    law: Annotated[str, typer.Option(help="laws by commas, or the folder of a pack; all packs when left out")] = "",
    only: Annotated[str, typer.Option(help="only cases whose name contains this")] = "",
    coverage: Annotated[bool, typer.Option("--coverage", help="also which rules the cases exercise")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON for machines")] = False,
    lang: Annotated[Literal["en", "ja"], typer.Option(help="language of the answer")] = "en",
) -> None:
    """Decide every golden case; exit 1 when one comes out otherwise than it says."""
    from sekisho.app.law_test import coverage_of, try_all
    from sekisho.feeds.cases import case_files, read_cases
    from sekisho.feeds.packs import load_pack, pack_ids

    reports = []
    try:
        for name in [part.strip() for part in law.split(",") if part.strip()] or list(pack_ids()):
            variants = read_cases(files or case_files(name), name)
            tried = try_all(one for one in variants if only.casefold() in one.id.casefold())
            reports.append((name, tried, coverage_of(load_pack(name), tried) if coverage else None))
    except BadInput as bad:
        stop_with_problems(bad.problems, as_json=as_json)
    if as_json:
        print_json({"laws": [_document(*report, lang) for report in reports]})
    else:
        for report in reports:
            _show(*report, lang)
    failed = any(not one.passed for _, tried, _ in reports for one in tried)
    raise SystemExit(CHECK_FAILED if failed else ANSWERED)


def _document(law: str, tried: tuple[Tried, ...], coverage: Coverage | None, lang: str) -> dict[str, Any]:
    from sekisho.app.written import plain

    document: dict[str, Any] = {
        "law": law,
        "cases": len({one.variant.case.id for one in tried}),
        "variants": len(tried),
        "failed": sum(not one.passed for one in tried),
        "results": [
            {
                "case": one.variant.case.id,
                "variant": one.variant.name,
                "file": one.variant.case.where,
                "title": one.variant.case.title[lang],
                "certainty": one.variant.case.certainty,
                "passed": one.passed,
                "outcome": one.answer.outcome if one.answer else None,
                "mismatches": [
                    {"key": miss.key, "expected": plain(miss.expected), "got": plain(miss.got)}
                    for miss in one.mismatches
                ],
            }
            for one in tried
        ],
    }
    if coverage is not None:
        document["coverage"] = {
            "rules": coverage.rules,
            "idle": list(coverage.idle),
            "one_sided": list(coverage.one_sided),
        }
    return document


def _show(law: str, tried: tuple[Tried, ...], coverage: Coverage | None, lang: str) -> None:
    from rich.markup import escape

    out = console()
    for one in tried:
        if one.passed:
            continue
        case = one.variant.case
        out.print(f"[bold red]✗[/] [bold]{escape(one.variant.id)}[/]  {escape(case.title[lang])}  ({case.where})")
        for miss in one.mismatches:
            out.print(f"    {miss.key}: {escape(_told(miss.key, miss.expected, miss.got, lang))}")
    failed = sum(not one.passed for one in tried)
    cases = len({one.variant.case.id for one in tried})
    sign = "[bold red]✗[/]" if failed else "[green]✓[/]"
    total = {
        "en": f"{law}: {cases} cases, {len(tried)} variants, {failed} failed",
        "ja": f"{law}：事例 {cases} 件、変化形 {len(tried)} 件、不一致 {failed} 件",
    }
    out.print(f"{sign} {total[lang]}")
    if coverage is not None:
        _show_coverage(coverage, lang)


def _show_coverage(coverage: Coverage, lang: str) -> None:
    out = console()
    held = coverage.rules - len(coverage.idle)
    told = {"en": f"rules exercised: {held} of {coverage.rules}", "ja": f"事例で成立した規則：{held}／{coverage.rules}"}
    out.print(told[lang])
    for name, ids in (("idle", coverage.idle), ("one_sided", coverage.one_sided)):
        if ids:
            out.print(f"{WORDS[name][lang]}: {', '.join(ids)}")


def _told(key: str, expected: Any, got: Any, lang: str) -> str:
    """What was expected and what came, in words."""

    def words(value: Any) -> str:
        if isinstance(value, list | tuple):
            return ", ".join(str(one) for one in value) or WORDS["nothing"][lang]
        return WORDS["nothing"][lang] if value is None else str(value)

    if isinstance(expected, list) and isinstance(got, list):
        from sekisho.app.law_test import CHECKS

        check = CHECKS.get(key)
        if check is not None and not check.agrees(expected, got):
            missing = [one for one in expected if one not in got]
            unwanted = [one for one in expected if one in got] if not missing else []
            told = missing or unwanted
            how = WORDS["missing" if missing else "unwanted"][lang]
            return f"{words(told)} — {how}; {WORDS['got'][lang]}: {words(got)}"
    return f"{WORDS['expected'][lang]} {words(expected)}, {WORDS['got'][lang]} {words(got)}"
