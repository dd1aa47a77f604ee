"""The book: append-only, chained, whole or not at all."""

from __future__ import annotations

import sqlite3

import pytest

from sekisho.model.listed import ListedName, ListedParty
from sekisho.model.problem import BadInput
from sekisho.screen.judgement import judge
from sekisho.screen.query import Asked
from sekisho.screen.rescreen import Outcome, OutcomeChange
from sekisho.store.screening_book import ScreeningBook

LISTED = ListedParty(uid="t:1", source="t:l", type="person", names=(ListedName("HASSAN, Ali"),))
PARTY = Asked(("Ali Hassan",), key="C-1")
MOMENT = "2026-11-20T10:00:00+00:00"


def made(**more):
    return judge(PARTY, LISTED, "cleared", who="A", moment=MOMENT, why="another man", **more)


def outcome(score=0.9, party="C-1"):
    return Outcome(party, "t:1", "t:l", score, "HASSAN, Ali", "HASSAN, Ali")


def test_judgements_come_back_as_they_were(tmp_path):
    path = tmp_path / "b" / "book.sqlite3"
    with ScreeningBook(path) as book:
        book.add_judgement(made(evidence=("a", "b")))
        book.add_judgement(made(transfer="order-7.toml"))
    with ScreeningBook(path) as book:
        assert book.judgements() == [made(evidence=("a", "b")), made(transfer="order-7.toml")]
        assert book.judgements("C-1") == book.judgements()
        assert book.judgements("C-2") == []
        assert book.damaged() == []


@pytest.mark.parametrize("statement", ["UPDATE event SET body = '{}'", "DELETE FROM event"])
def test_events_are_never_changed(tmp_path, statement):
    path = tmp_path / "book.sqlite3"
    with ScreeningBook(path) as book:
        book.add_judgement(made())
    with sqlite3.connect(path) as raw, pytest.raises(sqlite3.IntegrityError, match="never"):
        raw.execute(statement)


def test_a_forged_event_is_told(tmp_path):
    path = tmp_path / "book.sqlite3"
    with ScreeningBook(path) as book:
        for _ in range(3):
            book.add_judgement(made())
    with sqlite3.connect(path) as raw:
        raw.execute("DROP TRIGGER event_kept")
        raw.execute("UPDATE event SET body = replace(body, 'cleared', 'confirmed') WHERE seq = 2")
    with ScreeningBook(path) as book:
        assert book.damaged() == [2]


def test_changed_outcomes_are_shown_until_someone_acknowledges_them(tmp_path):
    with ScreeningBook(tmp_path / "book.sqlite3") as book:
        book.record([OutcomeChange("new", None, outcome())], MOMENT, "list changed")
        book.record([OutcomeChange("score", outcome(), outcome(0.8))], MOMENT, "list changed")
        first, second = book.pending()
        assert (first.change.kind, second.change.kind) == ("new", "score")
        assert book.outcomes() == {outcome().pair: outcome(0.8)}
        assert book.acknowledge([first.seq], "A. Reviewer", MOMENT) == 1
        assert [one.seq for one in book.pending()] == [second.seq]
        with pytest.raises(BadInput) as bad:
            book.acknowledge([first.seq, 999], "A. Reviewer", MOMENT)
        assert len(bad.value.problems) == 2
        assert [one.seq for one in book.pending()] == [second.seq]
        book.record([OutcomeChange("gone", outcome(0.8), None)], MOMENT, "list changed")
        assert book.outcomes() == {}
        assert book.damaged() == []


def test_a_record_that_fails_leaves_nothing(tmp_path):
    def broken():
        yield OutcomeChange("new", None, outcome())
        raise RuntimeError("cut off")

    with ScreeningBook(tmp_path / "book.sqlite3") as book:
        with pytest.raises(RuntimeError):
            book.record(broken(), MOMENT, "list changed")
        assert book.pending() == []
        assert book.outcomes() == {}


def test_personal_data_can_be_erased_and_the_chain_holds(tmp_path):
    path = tmp_path / "book.sqlite3"
    with ScreeningBook(path) as book:
        book.add_judgement(made())
    with sqlite3.connect(path) as raw:
        raw.execute("DELETE FROM rested_on")
    with ScreeningBook(path) as book:
        assert book.damaged() == []
        assert book.judgements()[0].party_values == {}


def test_a_file_that_is_no_book_is_bad_input(tmp_path):
    path = tmp_path / "book.sqlite3"
    path.write_bytes(b"this is no database, and long enough to be read as one" * 40)
    with pytest.raises(BadInput, match="cannot be read"):
        ScreeningBook(path)
