"""Which packs a file calls for, and what a file may state for several laws."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from sekisho.app.decide import decide_transfer
from sekisho.app.written import answer_document, transfer_document
from sekisho.feeds.asked import Asked, asked_of
from sekisho.model.problem import BadInput
from transfers import document

OWN = {"via": [], "items.origin": "JP", "items.parts": [], "items.made_with": []}


def read(changes: dict[str, Any], *names: str) -> Asked:
    return asked_of(document(changes), "test", names)


def test_a_domestic_item_is_decided_by_one_law_alone() -> None:
    asked = read(OWN)
    answer = decide_transfer(asked.packs, asked.transfer, "test", asked.attached)
    assert {decision.law for decision in answer.decisions} == {"jp"}
    assert answer.open_laws == ()
    named = read(OWN, "jp")
    alone = decide_transfer(named.packs, named.transfer, "test", named.attached)
    assert (answer.outcome, answer.at_least, answer.at_most) == (alone.outcome, alone.at_least, alone.at_most)


def test_what_is_not_stated_opens_the_law_that_follows_goods_and_the_route() -> None:
    assert asked_laws({}) == {"jp", "us", "?"}
    assert asked_laws({**OWN, "items.parts": None}) == {"jp", "us"}
    assert asked_laws({**OWN, "via": ["SG"]}) == {"jp", "sg"}
    assert asked_laws({**OWN, "via": ["TH"]}) == {"jp", "TH"}


def asked_laws(changes: dict[str, Any]) -> set[str]:
    nexus = read(changes).attached.nexus
    assert nexus is not None
    return {one.law for one in nexus}


def test_a_named_law_answers_alone_whatever_the_goods() -> None:
    asked = read({}, "jp")
    assert [pack.id for pack in asked.packs] == ["jp"]
    assert asked.attached.nexus is None


def test_rows_are_read_written_and_read_again_the_same() -> None:
    changes = {
        **OWN,
        "legs": [{"from": "JP", "to": "SG", "via": []}, {"from": "SG", "to": "MY", "mode": "sea", "days": 45}],
        "items.parts": [{"name": "board", "origin": "US", "entries": {"us": ["3A001.b.8"]}, "value": "44_000 USD"}],
        "items.made_with": [{"what": "technology", "origin": "US", "entries": {"us": ["3E001"]}}],
        "end_user.owners": [{"name": "Holding", "share": "0.5", "listed": ["us:entity-list"]}],
        "knowledge.suspects": [],
        "obligations": [{"law": "us", "acts": ["reexport"], "until": "2027-01-01", "consent": True}],
        "authorisations": [{"law": "us", "kind": "individual", "conditions_kept": True}],
    }
    asked = read(changes, "jp")
    written = transfer_document(asked.transfer)
    assert written["items"][0]["parts"][0]["entries"] == {"us": ["3A001.b.8"]}
    assert written["legs"][1]["days"] == "45"
    again = asked_of(written, "again", ["jp"])
    assert again.transfer == asked.transfer
    assert transfer_document(again.transfer) == written


@pytest.mark.parametrize(
    ("changes", "code", "where"),
    [
        ({"items.parts": {}}, "type-table", "items[0].parts"),
        ({"items.parts": ["x"]}, "type-table", "items[0].parts[0]"),
        ({"items.parts": [{"orign": "US"}]}, "key-unknown", "items[0].parts[0].orign"),
        ({"items.parts": [{"origin": "USA"}]}, "place-unknown", "items[0].parts[0].origin"),
        ({"items.made_with": [{"what": "magic"}]}, "value-unknown", "items[0].made_with[0].what"),
        ({"legs": [{"from": "JP"}]}, "key-missing", "legs[0].to"),
        ({"end_user.owners": [{"share": "1.5"}]}, "number-range", "end_user.owners[0].share"),
        ({"knowledge.knows": ["moonshine"]}, "value-unknown", "knowledge.knows"),
        ({"obligations": [{"law": "xx"}]}, "authorisation-law", "obligations[0].law"),
        ({"obligations": [{"law": "us", "acts": ["fly"]}]}, "value-unknown", "obligations[0].acts"),
        ({"obligations": [{"law": "us", "consent": "yes"}]}, "type-bool", "obligations[0].consent"),
        ({"authorisations": [{"law": "jp", "kind": "individual", "conditions_kept": 1}]}, "type-bool", "conditions"),
    ],
)
def test_wrong_rows_are_named_with_their_place(changes: dict[str, Any], code: str, where: str) -> None:
    with pytest.raises(BadInput) as bad:
        read(changes, "jp")
    assert any(problem.code == code and where in problem.where for problem in bad.value.problems), bad.value.problems


def test_an_answer_of_several_laws_names_what_is_open_in_its_hash() -> None:
    def hashed(changes: dict[str, Any]) -> str:
        asked = asked_of(copy.deepcopy(document(changes)), "test")
        return str(answer_document(decide_transfer(asked.packs, asked.transfer, "test", asked.attached))["hash"])

    assert hashed(OWN) == hashed(OWN)
    assert hashed(OWN) != hashed({**OWN, "via": ["TH"]})
