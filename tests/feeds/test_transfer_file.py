"""A transfer file that is wrong is refused with every fault, its place and its remedy."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sekisho.app.decide import decide_transfer
from sekisho.app.written import answer_document, plain, transfer_document
from sekisho.feeds.transfer_file import LARGEST, parse_transfer, read_transfer, transfer_of
from sekisho.model.money import Money
from sekisho.model.problem import BadInput, Problem
from transfers import document, japan

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples" / "transfers").glob("*.toml"))


def problems_of(changes: dict[str, Any]) -> list[Problem]:
    with pytest.raises(BadInput) as caught:
        transfer_of(document(changes), "order.toml", [japan()])
    return list(caught.value.problems)


def text_problems(content: bytes) -> list[Problem]:
    with pytest.raises(BadInput) as caught:
        parse_transfer(content, "order.toml", [japan()])
    return list(caught.value.problems)


@pytest.mark.parametrize(
    ("changes", "code", "place", "hint"),
    [
        ({"end_use.purpose": []}, "key-unknown", "end_use.purpose", "purposes"),
        ({"consignees": {}}, "key-unknown", "consignees", "consignee"),
        ({"items.hs_code": "84"}, "key-unknown", "items[0].hs_code", "hs"),
        ({"act": "exports"}, "value-unknown", "act", "export"),
        ({"act": 3}, "type-choice", "act", "export"),
        ({"day": "20 November"}, "type-date", "day", "2026-11-20"),
        ({"to": "Malaysia"}, "place-unknown", "to", "MY"),
        ({"to": "my"}, "place-unknown", "to", "MY"),
        ({"to": "大韓民国"}, "place-unknown", "to", "KR"),
        ({"to": "ZZ"}, "place-unknown", "to", "ISO 3166-1"),
        ({"to": None}, "key-missing", "to", "destination"),
        ({"items.hs": "8457.77"}, "hs-unknown", "items[0].hs", "8457"),
        ({"items.hs": "84571"}, "hs-form", "items[0].hs", "8457.10"),
        ({"items.hs": 8457}, "hs-form", "items[0].hs", "8457.10"),
        ({"items.entries": {"jp": ["6(20)"]}}, "entry-unknown", "items[0].entries.jp", "6(2)"),
        ({"items.entries": {"jp": ["5(2)"]}}, "entry-unknown", "items[0].entries.jp", "5("),
        ({"items.entries": {"jp": "6(2)"}}, "type-list", "items[0].entries.jp", "[]"),
        ({"items.entries": ["6(2)"]}, "type-table", "items[0].entries", "jp"),
        ({"items.value": 48_000_000}, "money-form", "items[0].value", "JPY"),
        ({"items.value": "48 million yen"}, "money-form", "items[0].value", "JPY"),
        ({"contract_value": "-1 JPY"}, "money-form", "contract_value", "zero"),
        ({"items.notice_designated": "no"}, "type-bool", "items[0].notice_designated", "true or false"),
        ({"end_user.listed": ["jp:feul-N"]}, "code-unknown", "end_user.listed", "jp:feul/N"),
        ({"end_user.listed": ["nuclear"]}, "code-form", "end_user.listed", "jp:feul/N"),
        ({"end_user.listed": True}, "type-list", "end_user.listed", "[]"),
        ({"end_user.activities": ["nuclear-weapon"]}, "value-unknown", "end_user.activities", "nuclear-weapons"),
        ({"guideline": {"q1": "yes"}}, "value-unknown", "guideline.q1", "ok"),
        ({"guideline": {"q21": "ok"}}, "key-unknown", "guideline.q21", "q2"),
        ({"rates": {"USD": "150"}}, "rate-form", "rates.USD", "150 JPY"),
        ({"rates": {"usd": "150 JPY"}}, "rate-form", "rates.usd", "USD"),
        ({"rates": {"USD": "0 JPY"}}, "rate-form", "rates.USD", "150 JPY"),
        ({"rates": {"USD": "150 JPY", "EUR": "1.1 USD"}}, "rate-base", "rates", "one currency"),
        ({"recipient": {"foreign_government_income_share": 75}}, "number-range", "recipient", "0.25"),
        ({"claims": {"small-parcel": True}}, "claim-unknown", "claims.small-parcel", "stores"),
        ({"claims": {"stores": {"own": True}}}, "key-unknown", "claims.stores.own", "own_use"),
        ({"authorisations": [{"law": "jp", "kind": "bulk"}]}, "authorisation-kind", "authorisations[0].kind", "bulk"),
        ({"authorisations": [{"law": "fr", "kind": "individual"}]}, "authorisation-law", "authorisations[0]", "jp"),
        ({"items": []}, "items-missing", "items", "[[items]]"),
        ({"to": "JP"}, "contradiction", "to", "in-country-transfer"),
        ({"contract_value": "1 JPY"}, "contradiction", "contract_value", "at least"),
        (
            {
                "authorisations": [
                    {"law": "jp", "kind": "individual", "from": date(2026, 5, 1), "until": date(2026, 4, 1)}
                ]
            },
            "contradiction",
            "authorisations[0]",
            "correct",
        ),
    ],
)
def test_one_fault(changes: dict[str, Any], code: str, place: str, hint: str) -> None:
    (problem,) = problems_of(changes)
    assert problem.code == code
    assert problem.where.startswith("order.toml")
    assert place in problem.where
    assert hint in problem.hint


def test_every_fault_at_once_with_its_line() -> None:
    text = """\
act = "exprot"
day = 2026-13-40
"""
    assert text_problems(text.encode())[0].code == "file-syntax"
    text = """\
act = "exprot"
day = 2026-11-20
from = "JP"
to = "Malaysia"
colour = "red"

[end_user]
listd = []

[[items]]
name = "Pump"
hs = "99.99"
value = "1 yen"
"""
    found = text_problems(text.encode())
    assert [(problem.code, problem.where) for problem in found] == [
        ("key-unknown", "order.toml:5 colour"),
        ("value-unknown", "order.toml:1 act"),
        ("place-unknown", "order.toml:4 to"),
        ("key-unknown", "order.toml:8 end_user.listd"),
        ("hs-unknown", "order.toml:12 items[0].hs"),
        ("money-form", "order.toml:13 items[0].value"),
    ]
    assert all(problem.hint for problem in found)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (b"  \n\t\n", "file-empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "file-binary"),
        (b"act = 'export'\x00", "file-binary"),
        (b"#" * (LARGEST + 1), "file-huge"),
        (b"act = export", "file-syntax"),
        (b'{"act": "export"', "file-syntax"),
        (b"[" * 100_000, "file-syntax"),
        (b'{"a":' * 50_000, "file-syntax"),
    ],
)
def test_a_file_that_is_no_transfer(content: bytes, code: str) -> None:
    assert [problem.code for problem in text_problems(content)] == [code]


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.toml", tmp_path):
        with pytest.raises(BadInput) as caught:
            read_transfer(path, [japan()])
        assert caught.value.problems[0].code == "file-unreadable"


def test_a_day_before_the_pack_begins() -> None:
    transfer = transfer_of(document({"day": date(2018, 12, 31)}), "order.toml", [japan()])
    with pytest.raises(BadInput) as caught:
        decide_transfer([japan()], transfer, "order.toml")
    assert caught.value.problems[0].code == "day-before-pack"
    assert decide_transfer([japan()], transfer_of(document({"day": date(2019, 1, 1)}), "x", [japan()]))


@pytest.mark.parametrize(
    "changes",
    [
        {"items.entries": {"jp": ["6(2)", "16(1)"]}},
        {"act": "deemed-export", "to": "JP", "recipient": {"residence": "non-resident", "months_in_japan": 6}},
    ],
)
def test_facts_that_the_law_holds_to_exclude_each_other(changes: dict[str, Any]) -> None:
    transfer = transfer_of(document(changes), "order.toml", [japan()])
    with pytest.raises(BadInput) as caught:
        decide_transfer([japan()], transfer, "order.toml")
    assert [problem.code for problem in caught.value.problems] == ["contradiction"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("6(2)", "6(2)"),
        ("６の項（２）", "6(2)"),
        ("6の項(2)", "6(2)"),
        ("3の2(1)", "3-2(1)"),
        ("8", "8"),
        ("16(1)", "16(1)"),
    ],
)
def test_entries_as_people_write_them(written: str, read: str) -> None:
    transfer = transfer_of(document({"items.entries": {"jp": [written]}}), "x", [japan()])
    assert transfer.items[0].facts["items.entries.jp"] == frozenset([read])


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("individual", "individual"),
        ("Individual licence", "individual"),
        ("general_bulk", "general-bulk"),
        ("general bulk licence", "general-bulk"),
        ("special general", "special-general-bulk"),
        ("specified-subsidiary", "specified-subsidiary-bulk"),
    ],
)
def test_kinds_of_licence_as_people_write_them(written: str, read: str) -> None:
    held = {"authorisations": [{"law": "jp", "kind": written}]}
    assert transfer_of(document(held), "x", [japan()]).authorisations[0].kind == read


def test_what_is_absent() -> None:
    transfer = transfer_of(document({"end_user.listed": None}), "x", [japan()])
    assert "end_user.listed" not in transfer.facts, "a missing key is unknown"
    assert transfer.facts["consignee.listed"] == frozenset(), "a missing consignee is none"
    assert transfer.facts["end_use.purposes"] == frozenset(), "[] is known to be none"
    without_user = transfer_of(document({"end_user": None}), "x", [japan()])
    assert "end_user.listed" not in without_user.facts, "every export has an end user: not naming one is not knowing"


def test_rates_convert_and_their_absence_is_a_question() -> None:
    small = {"items.entries": {"jp": ["7(13)"]}, "items.value": "6_000 USD", "contract_value": "6_000 USD"}
    law = japan()
    asked = decide_transfer([law], transfer_of(document(small), "x", [law]))
    assert asked.outcome == "incomplete"
    assert "rates.USD" in [question.fact for question in asked.decisions[0].questions]
    for rate, outcome in (("166.66 JPY", "exempt"), ("166.67 JPY", "licence-required")):
        known = decide_transfer([law], transfer_of(document({**small, "rates": {"USD": rate}}), "x", [law]))
        assert known.outcome == outcome


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_read_and_written_and_read_the_same(path: Path) -> None:
    first = read_transfer(path, [japan()])
    again = transfer_of(json.loads(json.dumps(transfer_document(first))), "again", [japan()])
    assert again == first
    assert (
        answer_document(decide_transfer([japan()], again))["hash"]
        == answer_document(decide_transfer([japan()], first))["hash"]
    )


def test_amounts_are_exact() -> None:
    transfer = transfer_of(document({"items.value": "0.10 USD", "contract_value": None}), "x", [japan()])
    assert transfer.items[0].facts["items.value"] == Money(Decimal("0.10"), "USD")
    assert plain(Decimal("0.10")) == "0.10"


KEYS = st.sampled_from(
    ["act", "day", "from", "to", "items", "end_user", "rates", "claims", "authorisations", "zz", "via"]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=8) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8) | KEYS, inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(KEYS, VALUES, max_size=6))
def test_whatever_stands_in_a_file_it_is_read_or_refused(made: dict[str, Any]) -> None:
    try:
        transfer_of(made, "order.toml", [japan()])
    except BadInput as bad:
        assert bad.problems
        assert all(problem.says and problem.where for problem in bad.problems)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_whatever_bytes_come_they_are_read_or_refused(content: bytes) -> None:
    try:
        parse_transfer(content, "order.toml", [japan()])
    except BadInput as bad:
        assert bad.problems
