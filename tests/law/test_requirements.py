"""Requirement tables: which rows reach a paragraph, where they are marked, and what stays open."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import tomli

import small_pack
from sekisho.feeds.packs import core_facts
from sekisho.law.decide import decide_item
from sekisho.law.kleene import Truth
from sekisho.law.pack import Pack
from sekisho.law.requirements import within
from sekisho.law.schema import RawPack, RawTable, build_pack
from small_pack import SUBJECT, rule, transfer

JULY = "2026-07-23"


def row(entry: str, reason: str, target: dict[str, Any], days: list[str] | None = None, **scope: Any) -> dict[str, Any]:
    return {
        "entry": entry,
        "reason": reason,
        "scope": {"kind": "entire", **scope},
        "target": target,
        "hash": f"{entry}{reason}",
        "days": days or [JULY],
        "certainty": "V",
    }


NS2 = {"kind": "column", "name": "NS 2"}
ROWS = (
    row("3A002", "NS", NS2),
    row("3A002", "MT", {"kind": "column", "name": "MT 1"}, kind="paths", include=["h"]),
    row("3A090", "RS", {"kind": "set", "name": "zz:friends"}, days=["2026-06-24"]),
    row("3E001", "NS", {"kind": "column", "name": "NS 1"}, kind="derived", of=["3A002.a"]),
    row("0A502", "CC", {"kind": "column", "name": "NS 1"}, kind="described", words=True),
    row("1C990", "SS", {"kind": "pointer", "name": "part 754"}),
    row("5A980", "SL", {"kind": "set", "name": "*"}),
)
CHART = (
    {"place": "CN", "marks": ["NS 1", "NS 2", "MT 1"], "days": [JULY], "certainty": "V"},
    {"place": "AA", "marks": ["NS 1"], "days": [JULY], "certainty": "V"},
)
FACTS = """
[[fact]]
id = "requirement"
type = "table"
derived = true
says = { en = "rows", ja = "行" }
[[fact]]
id = "requirement.reasons"
type = "set"
open_values = true
values = ["NS", "RS", "SL", "AT"]
derived = true
says = { en = "reasons", ja = "理由" }
[[fact]]
id = "items.barrel"
type = "number"
says = { en = "barrel", ja = "銃身" }
ask = { en = "How long is the barrel in inches?", ja = "銃身長は何インチですか。" }
[[row_question]]
rows = ["0A502CC"]
when = { items.barrel.below = 18 }
"""
GP1 = (
    rule(
        "zz.gp1",
        "licence-required",
        'requirement = { row_scope = "items.entries.zz", marked = { table = "zz:chart", row = "destination", '
        'column = "requirement.column", reason = "{each}" } }',
        each='["NS", "MT", "RS", "CC", "SS", "SL"]',
        about='"permit"',
    )
    + 'needs_snapshots = { "zz:ccl" = "same-day", "zz:chart" = "same-day" }\n'
)
GBS = rule(
    "zz.gbs",
    "lift",
    'requirement.reasons.all_in = ["NS"], destination.in = ["CN"]',
    lifts='["zz.gp1/*"]',
    lift_kind='"legal"',
    outcome='"exempt"',
)


def made(chart_day: date = date(2026, 7, 23), *more: str) -> Pack:
    document = tomli.loads(small_pack.GROUND + FACTS + SUBJECT + GP1 + "".join(more))
    document["snapshot"] = [
        {"id": "zz:ccl", "as_of": date(2026, 6, 24), "sha256": "0", "load": lambda: ROWS},
        {"id": "zz:chart", "as_of": chart_day, "sha256": "0", "load": lambda: CHART},
    ]
    raw = {
        name: [RawTable(f"{name} {number}", one) for number, one in enumerate(rows)] for name, rows in document.items()
    }
    head = {
        **small_pack.HEAD,
        "requirements": {"table": "zz:ccl", "chart": "zz:chart", "same_day": ["zz:ccl", "zz:chart"]},
        "unlisted": ["EAR99"],
        "treated_as": {"HK": "CN"},
    }
    pack, problems = build_pack(RawPack(RawTable("pack.toml", head), raw, "0"), core_facts())
    assert pack is not None, problems
    return pack


def outcome(entry: str, to: str = "CN", pack: Pack | None = None, **facts: Any) -> tuple[str, str]:
    asked = transfer(date(2026, 8, 1), to=to, items__entries__zz=[entry], **facts)
    decision = decide_item(pack or made(), asked, 0)
    return decision.at_least, decision.at_most


@pytest.mark.parametrize(
    ("entry", "to", "bounds"),
    [
        ("3A002.d", "CN", ("licence-required", "licence-required")),
        ("3A002.d", "AA", ("no-licence", "no-licence")),
        ("3A002.h", "HK", ("licence-required", "licence-required")),  # with the row of CN
        ("EAR99", "CN", ("no-licence", "no-licence")),
        ("5A980", "QQ", ("licence-required", "licence-required")),  # everywhere
        ("3A002.d", "QQ", ("no-licence", "licence-required")),  # no row in the chart
        ("1C990", "AA", ("no-licence", "licence-required")),  # the row points elsewhere
        ("9A001", "AA", ("no-licence", "no-licence")),  # no row says anything; see the reasons below
    ],
)
def test_rows_and_marks(entry: str, to: str, bounds: tuple[str, str]) -> None:
    assert outcome(entry, to) == bounds


def test_technology_for_another_entry() -> None:
    assert outcome("3E001") == ("no-licence", "licence-required")
    assert outcome("3E001", items__for_entries__zz=["3A002.a"]) == ("licence-required", "licence-required")
    assert outcome("3E001", items__for_entries__zz=["3A002.b"]) == ("no-licence", "no-licence")
    assert outcome("3E001", items__for_entries__zz=["3A002"]) == ("no-licence", "licence-required")


def test_a_condition_in_words_is_asked_and_answered() -> None:
    pack = made()
    assert outcome("0A502", pack=pack) == ("no-licence", "licence-required")
    assert outcome("0A502", pack=pack, items__barrel=17) == ("licence-required", "licence-required")
    assert outcome("0A502", pack=pack, items__barrel=18) == ("no-licence", "no-licence")
    asked = decide_item(pack, transfer(date(2026, 8, 1), to="CN", items__entries__zz=["0A502"]), 0)
    assert [question.fact for question in asked.questions] == ["items.barrel"]


def test_rows_of_another_day_are_not_joined() -> None:
    asked = decide_item(made(), transfer(date(2026, 8, 1), to="CC", items__entries__zz=["3A090"]), 0)
    assert (asked.at_least, asked.at_most) == ("no-licence", "licence-required")
    assert [question.fact for question in asked.questions] == ["snapshot.days"]
    assert "different days" in asked.questions[0].ask["en"]


def test_one_lift_for_the_only_reason_and_none_when_another_bites() -> None:
    pack = made(date(2026, 7, 23), GBS)
    assert outcome("3A002.d", pack=pack) == ("exempt", "exempt")
    assert outcome("3A002.h", pack=pack) == ("licence-required", "licence-required")
    assert outcome("3A002", pack=pack) == ("exempt", "licence-required")  # .h or not is not known


@pytest.mark.parametrize(
    ("path", "include", "exclude", "truth"),
    [
        ("", [], [], True),
        ("b.8", ["b"], [], True),
        ("b", ["b.8"], [], None),
        ("ba", ["b"], [], False),
        ("c", ["b"], [], False),
        ("", ["b"], [], None),
        ("y.7", [], ["y"], False),
        ("y", [], ["y.7"], None),
        ("", [], ["y"], None),
        ("x", [], ["y"], True),
    ],
)
def test_paragraphs(path: str, include: list[str], exclude: list[str], truth: Truth) -> None:
    assert within(path, include, exclude) is truth
