"""Every golden case comes out as it says, and the cases exercise every rule from both sides."""

import pytest

from sekisho.app.law_test import coverage_of, try_all, try_variant
from sekisho.feeds.cases import case_files, read_cases
from sekisho.feeds.packs import load_pack, pack_ids

VARIANTS = [variant for law in pack_ids() for variant in read_cases(case_files(law), law)]


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.id)
def test_the_case_comes_out_as_it_says(variant):
    tried = try_variant(variant)
    told = [f"{miss.key}: expected {miss.expected}, got {miss.got}" for miss in tried.mismatches]
    assert tried.passed, "\n".join(told)


@pytest.mark.parametrize("law", [law for law in pack_ids() if case_files(law)])
def test_the_cases_exercise_every_rule(law):
    tried = try_all(read_cases(case_files(law), law))
    coverage = coverage_of(load_pack(law), tried)
    assert coverage.idle == (), "rules that hold in no case"
    assert coverage.one_sided == (), "lifts that are never seen failing"


def test_every_case_says_why_in_both_languages():
    for variant in VARIANTS:
        case = variant.case
        assert case.title["en"] and case.title["ja"] and case.why["en"] and case.why["ja"], case.where
        assert case.cites, case.where


@pytest.mark.parametrize("number", [*range(1, 22)])
def test_the_worked_cases_of_the_design_are_there(number):
    assert any(path.stem.startswith(f"C{number:02d}-") for path in case_files("jp"))
