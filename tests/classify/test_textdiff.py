"""Differences between editions, and the conditions that they make stale."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "feeds" / "texts"))
from us_sample import ADC, ANALYSERS, OTHER, entry, note, paragraph, sample

from sekisho.classify.bindings import Binding, binding_hash, stale
from sekisho.classify.textdiff import diff
from sekisho.classify.tree import canonical, words_hash
from sekisho.feeds.texts.us_ccl import read_us_ccl


def edition(*entries: str):
    return read_us_ccl(sample(*entries))


OLD = edition()


def changes(new) -> list[tuple[str, str]]:
    return [(one.kind, one.path) for one in diff(OLD, new).changes]


def test_the_same_text_has_no_difference():
    assert diff(OLD, edition()).changes == ()


def test_a_reworded_paragraph_shows_its_words():
    found = diff(OLD, edition(ADC.replace("greater than 1.3 GSPS", "of 1.5 GSPS or more"), ANALYSERS, OTHER))
    [one] = found.changes
    assert (one.kind, one.path) == ("reworded", "3A001.a.1")
    pieces = [(piece.kind, piece.words.strip()) for piece in one.pieces() if piece.kind != "same"]
    assert pieces == [("del", "greater than 1.3"), ("ins", "of 1.5"), ("ins", "or more")]
    assert "".join(piece.words for piece in one.pieces() if piece.kind != "ins") == one.before
    assert "".join(piece.words for piece in one.pieces() if piece.kind != "del") == one.after


def test_added_removed_and_moved():
    more = ANALYSERS.replace("dBm/Hz.", "dBm/Hz; and") + paragraph("c. New words.")
    assert changes(edition(ADC, more, OTHER)) == [("reworded", "3A002.b"), ("added", "3A002.c")]
    cell = paragraph("e. Cells, other than those described in 3A001.a or .b;")
    moved = ADC.replace(cell, paragraph("e. [Reserved]") + cell.replace("e. ", "f. ", 1))
    found = diff(OLD, edition(moved, ANALYSERS, OTHER))
    assert [(one.kind, one.path, one.moved_from) for one in found.changes if one.kind == "moved"] == []
    assert ("added", "3A001.f") in [(one.kind, one.path) for one in found.changes]


def test_a_paragraph_that_changed_its_number():
    items = paragraph("a. A bandwidth above 40 MHz; and") + paragraph("b. A level that is a good deal below the floor.")
    old = edition(ADC, entry("3A002", "Equipment having both of the following", items), OTHER)
    items = paragraph("a. A bandwidth above 40 MHz; and") + paragraph("b. Anything at all; and") + paragraph(
        "c. A level that is a good deal below the floor."
    )  # fmt: skip
    found = diff(old, edition(ADC, entry("3A002", "Equipment having both of the following", items), OTHER))
    assert ("added", "3A002.c") in [(one.kind, one.path) for one in found.changes]
    renumbered = items.replace("a. A bandwidth above 40 MHz; and", "a. [Reserved]").replace(
        "b. Anything at all; and", "b. [Reserved]"
    )
    found = diff(
        old,
        edition(
            ADC.replace("3A002.b", "3A002.c"),
            entry("3A002", "Equipment having both of the following", renumbered),
            OTHER,
        ),
    )
    assert ("moved", "3A002.c", "3A002.b") in [(one.kind, one.path, one.moved_from) for one in found.changes] or (
        "reworded", "3A002.b") in [(one.kind, one.path) for one in found.changes]  # fmt: skip


def test_notes_and_requirements():
    added = ADC + note("Note:", "3A001.e includes watches.")
    assert changes(edition(added, ANALYSERS, OTHER)) == [("notes", "3A001.e")]
    assert changes(edition(ADC.replace("NS Column 2.", "NS Column 1."), ANALYSERS, OTHER)) == [
        ("requirements", "3A001")
    ]


def test_typography_is_no_change():
    assert changes(edition(ADC.replace("“", '"').replace("−", "-"), ANALYSERS, OTHER)) == []


def test_bindings_go_stale_with_their_words():
    bound = ["3A001.a", "3A001.a.1", "3A001.a.2", "3A002"]
    held = [Binding("us-ccl", path[:5], path, binding_hash(OLD.node(path), "us-ccl", bound)) for path in bound]
    assert stale(held, OLD) == ()
    new = edition(ADC.replace("1.3 GSPS", "1.4 GSPS").replace("Made of silicon", "Made of tin"), ANALYSERS, OTHER)
    assert [(one.binding.path, one.why) for one in diff(OLD, new, held).stale] == [
        ("3A001.a.1", "changed"),
        ("3A001.a.2", "changed"),  # the paragraphs below stand behind the condition above them
    ]
    gone = edition(ADC.replace("3A002.b and ", ""), OTHER)
    assert ("3A002", "gone") in [(one.binding.path, one.why) for one in diff(OLD, gone, held).stale]


def test_what_was_stale_before_is_not_told_again():
    held = [Binding("us-ccl", "3A001", "3A001.a", "0000000000000000")]
    assert diff(OLD, edition(), held).stale == ()
    assert len(stale(held, OLD)) == 1


def test_different_lists_are_not_compared():
    from dataclasses import replace

    with pytest.raises(ValueError, match="different lists"):
        diff(OLD, replace(OLD, id="eu-annex-1"))


def test_hashes_even_out_typography_only():
    assert words_hash("“a” − b") == words_hash('"a"  - b')
    assert words_hash("10³ m²") == words_hash("10^3 m^2")
    assert words_hash("10³") != words_hash("103")
    assert canonical("１０　メガ") == "10 メガ"
