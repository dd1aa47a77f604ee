"""``law check``: one bad pack for each fault, each found under its code and nothing else with it but what follows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bad_packs import ERRORS, NOTES, READING, REFERENCE, WARNINGS, Fault, copied, findings
from sekisho.feeds.packs import load_pack
from sekisho.feeds.reference import place_code
from sekisho.law.check import Given, check_pack
from sekisho.law.checks.finding import severity
from sekisho.model.problem import BadInput, Problem
from shared_data import REPOSITORY
from small_pack import SUBJECT, built, rule

ELSEWHERE = {
    *("packs-missing", "pack-unknown"),  # no pack to be bad
    *("bind-headings", "bind-rows"),  # tests/packs/test_jp_law.py
    *("case-missing", "text-absent"),  # below
}


def _name(fault: Fault) -> str:
    return f"{fault.code}-{fault.file.rpartition('/')[2].partition('.')[0]}"


def test_the_template_is_without_fault(tmp_path: Path) -> None:
    assert findings(copied(tmp_path)) == []


@pytest.mark.parametrize("fault", [*READING, *ERRORS, *WARNINGS, *NOTES], ids=_name)
def test_each_fault_is_found_under_its_code(fault: Fault, tmp_path: Path) -> None:
    found = findings(copied(tmp_path, fault))
    assert {one.code for one in found} == {fault.code, *fault.also}
    first = next(one for one in found if one.code == fault.code)
    assert fault.where in first.where
    assert first.says
    for one in found:
        assert one.where, one


@pytest.mark.parametrize("fault", [*READING, *ERRORS], ids=_name)
def test_a_remedy_is_told(fault: Fault, tmp_path: Path) -> None:
    hints = [one.hint for one in findings(copied(tmp_path, fault)) if one.code == fault.code]
    may_lack = {
        "rule-lifts",
        "condition-set",
        "condition-value",
        "condition-fact",
        "place-code",
        "entry-code",
        "pack-act",
    }
    assert all(hints) or fault.code in may_lack  # where nothing is near, nothing is proposed


def test_severities() -> None:
    assert {severity(fault.code) for fault in (*READING, *ERRORS)} == {"error"}
    assert {severity(fault.code) for fault in WARNINGS} == {"warning"}
    assert {severity(fault.code) for fault in NOTES} == {"note"}


def test_every_documented_code_has_its_bad_pack() -> None:
    page = (REPOSITORY / "docs" / "problems.md").read_text(encoding="utf-8")
    sections = [part for part in page.split("\n## ") if part.startswith(("Packs: what", "`sekisho law check`"))]
    assert len(sections) == 3
    rows = "".join(re.findall(r"^\|(.+?)\|", "\n".join(sections), flags=re.MULTILINE))
    documented = set(re.findall(r"`([a-z-]+)`", rows))
    shown = {code for fault in (*READING, *ERRORS, *WARNINGS, *NOTES) for code in (fault.code, *fault.also)}
    assert documented - ELSEWHERE == shown


def test_all_faults_of_a_pack_are_told_at_once(tmp_path: Path) -> None:
    wanted = (
        "law-language",
        "law-citation",
        "topic-state",
        "fact-type",
        "scope-code",
        "rule-outcome",
        "condition-value",
    )
    several = [next(fault for fault in READING if fault.code == code) for code in wanted]
    found = {one.code for one in findings(copied(tmp_path, *several))}
    assert {fault.code for fault in several} <= found


def test_without_texts_nothing_is_compared_and_that_is_said(tmp_path: Path) -> None:
    assert {one.code for one in findings(copied(tmp_path), texts=False)} == {"text-absent"}
    (value,) = [fault for fault in ERRORS if fault.code == "bind-value" and fault.also]
    assert "bind-value" in {one.code for one in findings(copied(tmp_path / "more", value), texts=False)}


def test_requirements_that_no_case_shows(tmp_path: Path) -> None:
    pack = copied(tmp_path)
    assert findings(pack, exercised=frozenset({"zz.embargo", "zz.list", "zz.catch-all"})) == []
    (found,) = findings(pack, exercised=frozenset({"zz.embargo", "zz.list"}))
    assert (found.code, "zz.catch-all" in found.where) == ("case-missing", True)


def test_unknown_packs() -> None:
    for name in ("nowhere", "./nowhere"):
        with pytest.raises(BadInput) as caught:
            load_pack(name)
        assert caught.value.problems[0].code == "pack-unknown"


# ---- the finer points, on packs of a few rows


def checked(*rows: str) -> list[Problem]:
    made, problems = built(SUBJECT, *rows)
    assert made is not None, problems
    return list(check_pack(made, Given(REFERENCE, {}, place_code, None)).findings)


def codes(*rows: str) -> set[str]:
    """What is found, without what the small pack lacks on purpose (texts, uses, bindings)."""
    usual = {"v-without-text", "set-unused", "place-code", "entry-code", "number-unbound", "rules-gap"}
    return {one.code for one in checked(*rows)} - usual


LICENCE = rule("zz.need", "licence-required", 'act.is = "export"', about='"permit"')


def test_a_break_of_the_law_is_told_in_a_note() -> None:
    broken = LICENCE.replace("from = 2020-01-01", "from = 2020-01-01\nrepealed = 2021-01-01") + (
        '[[rule.version]]\nfrom = 2022-01-01\ncite = { source = "act", at = "art. 1" }\ncertainty = "V"\n'
    )
    assert codes(broken) == {"version-gap"}
    assert codes(broken + 'note = { en = "The Act lapsed for a year.", ja = "1年間失効していた。" }\n') == set()
    assert codes(broken + 'note = "The Act lapsed for a year."\n') == {"law-language"}


def test_a_conflict_needs_the_same_duty_and_no_lift_between() -> None:
    basis = rule("zz.free", "no-licence", 'to.is = "BR"', about='"permit"')
    other_duty = rule("zz.free", "no-licence", 'to.is = "BR"', about='"approval"')
    lift = rule("zz.lift", "lift", 'to.is = "BR"', lifts='["zz.need"]', lift_kind='"legal"', outcome='"exempt"')
    claimed = lift.replace('"legal"', '"claimed"\nclaim = "gift"')
    assert codes(LICENCE, basis) == {"rules-conflict"}
    assert codes(LICENCE, other_duty) == set()
    assert codes(LICENCE, basis, lift) == set()
    assert codes(LICENCE, basis, claimed) == {"rules-conflict"}, "an exemption that nobody claims lifts nothing"


def test_a_conflict_outside_the_law_is_none() -> None:
    basis = rule("zz.free", "no-licence", 'from.is_not = "ZZ"', about='"permit"')
    assert codes(LICENCE, basis) == set()


def test_a_conflict_among_refused_files_is_none() -> None:
    basis = rule("zz.free", "no-licence", 'to.is = "BR"', about='"permit"')
    refused = rule("zz.never", "contradiction", 'act.is = "export", to.is = "BR"')
    assert codes(LICENCE, basis, refused) == set()


def test_an_unsettled_row_is_neither_conflict_nor_dead() -> None:
    unsettled = rule(
        "zz.need",
        "licence-required",
        'act.is = "export"',
        certainty="U",
        about='"permit"',
        ask='{ en = "?", ja = "?" }',
    )
    basis = rule("zz.free", "no-licence", 'to.is = "BR"', about='"permit"')
    lift = rule("zz.lift", "lift", 'to.is = "BR"', lifts='["zz.need"]', lift_kind='"legal"', outcome='"exempt"')
    assert codes(unsettled, basis, lift) == set()


def test_a_gap_is_told_with_facts_that_matter() -> None:
    (gap,) = [one for one in checked(LICENCE) if one.code == "rules-gap"]
    assert "act = " in gap.says
    assert "act = export" not in gap.says
    assert "items" not in gap.says, "a fact that does not matter is left out"


def test_rules_that_say_the_same_on_other_days_are_two_rules() -> None:
    first = LICENCE.replace("from = 2020-01-01", "from = 2020-01-01\nrepealed = 2022-01-01")
    second = LICENCE.replace("zz.need", "zz.need-again").replace("from = 2020-01-01", "from = 2022-01-01")
    assert codes(first, second) == set()
    assert codes(LICENCE, second) == {"rules-twice"}


def test_a_term_may_end_while_rules_ask_that_it_is_false() -> None:
    ended = rule("zz.measure.row", "term", 'to.is = "BR"', term='"zz.measure"').replace(
        "from = 2020-01-01", "from = 2020-01-01\nrepealed = 2021-01-01"
    )
    asks_false = rule("zz.need", "licence-required", "zz.measure.is = false", about='"permit"')
    asks_true = rule("zz.need", "licence-required", "zz.measure.is = true", about='"permit"')
    assert codes(ended, asks_false) == set()
    assert codes(ended, asks_true) == {"rule-before-term"}


def test_terms_are_opened_to_find_what_cannot_be() -> None:
    one = rule("zz.a.row", "term", 'to.in = ["BR", "CL"]', term='"zz.a"')
    two = rule("zz.b.row", "term", "zz.a.is = false", term='"zz.b"')
    both = rule("zz.both", "flag", 'zz.b.is = true, to.is = "CL"')
    (dead,) = [found for found in checked(one, two, both) if found.code.startswith("rule-")]
    assert (dead.code, "zz.both" in dead.where) == ("rule-unreachable", True)
    either = rule("zz.both", "flag", 'zz.b.is = true, to.is = "PE"')
    assert codes(one, two, either) == set()


def test_a_circle_of_three_terms_is_told_once() -> None:
    rows = [rule(f"zz.{a}.row", "term", f"zz.{b}.is = true", term=f'"zz.{a}"') for a, b in ("ab", "bc", "ca")]
    circles = [one for one in checked(*rows) if one.code == "term-cycle"]
    assert len(circles) == 1
    assert circles[0].says.count("→") == 3
