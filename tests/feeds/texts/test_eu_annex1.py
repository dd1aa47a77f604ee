"""The readers of EU Annex I: small texts by hand, then the layout text of 2021, held against the US list."""

from functools import cache

import pytest
from eu_sample import FORMEX, LAYOUT
from rapidfuzz import fuzz

from sekisho.classify.paths import normalise, printed
from sekisho.classify.tree import ControlList
from sekisho.feeds.texts.eu_annex1 import read_eu_annex1
from sekisho.feeds.texts.us_ccl import read_us_ccl
from sekisho.model.problem import BadInput
from shared_data import shared_data


@cache
def whole() -> ControlList:
    return read_eu_annex1(shared_data("law", "eu-annex1-2021", "annex-1-2021.txt"))


def codes(text: str) -> set[str]:
    with pytest.raises(BadInput) as error:
        read_eu_annex1(text.encode())
    return {problem.code for problem in error.value.problems}


# ---- by hand


def test_paths_over_a_page_break():
    read = read_eu_annex1(LAYOUT.encode())
    assert [node.path for node in read.entry("3A001").walk()] == [
        "3A001", "3A001.a", "3A001.a.1", "3A001.a.2", "3A001.a.2.a", "3A001.a.2.b", "3A001.a.3", "3A001.a.4", "3A001.b",
    ]  # fmt: skip
    assert [entry.id for entry in read.entries] == ["0A001", "3A001", "3E001"]
    assert read.node("3A001.a.3").reserved


def test_numbers_of_notes_do_not_become_paragraphs():
    read = read_eu_annex1(LAYOUT.encode())
    [terms] = read.node("3A001.a").notes
    assert "2 'Dose' means any of the following: a The total; or b The rate." in " ".join(terms.text.split())
    [out] = read.node("3A001.a.2").notes
    assert (out.effect, out.about) == ("excludes", ("3A001.a.2",))


def test_lines_are_joined_and_exponents_come_home():
    read = read_eu_annex1(LAYOUT.encode())
    assert read.node("3A001.a.1").text == "A rate greater than 1,3 GSPS and a mass of 1 500 kg or less; or"
    assert read.node("3A001.a.2").text == "A dose of 5 x 10^3 Gy and all of the following:"
    assert read.node("3A001.a.4").text == "Speeds below 7 x 10^6 m/s;"


def test_an_entry_whose_first_paragraph_stands_on_its_line():
    read = read_eu_annex1(LAYOUT.encode())
    assert [child.text for child in read.node("3E001").children] == ['"Technology" for 3A001;', 'Other "technology".']


def test_terms_joins_and_references():
    read = read_eu_annex1(LAYOUT.encode())
    assert {one.term for one in read.definitions if not one.scope} == {"Accuracy", "Aircraft"}
    assert (read.node("3A001.a").connective.join, read.node("3A001.a.2").connective.join) == ("or", "and")
    assert {(one.source, one.target) for one in read.references} >= {("3A001.b", "3A001.a"), ("3A001.b", "0A001.b")}


def test_formex_gives_the_same_paths():
    read = read_eu_annex1(FORMEX.encode())
    assert [node.path for node in read.entry("3A001").walk()] == [
        "3A001", "3A001.a", "3A001.a.1", "3A001.a.2", "3A001.a.2.a", "3A001.a.2.b", "3A001.b",
    ]  # fmt: skip
    assert read.node("3A001.a.2").text == "A dose of 5 × 10^3 Gy and all of the following:"
    assert read.node("0A001").text == "“Nuclear reactors” and components, as follows:"
    assert [note.kind for note in read.node("3A001.a").notes] == ["technical-note"]
    assert read.node("3A001.a.2").notes[0].effect == "excludes"


@pytest.mark.parametrize(
    ("line", "instead", "code"),
    [
        ("           3.    Not used;\n", "", "text.gap"),
        ("                  a.     Made of silicon; and\n                  b.     Sealed;\n", "", "text.tail-lost"),
        ("0A001.b.", "0A009.b.", "text.references"),
        ("3E001  ", "3A001  ", "text.entry-twice"),
    ],
)
def test_damage_is_refused(line, instead, code):
    assert line in LAYOUT
    assert code in codes(LAYOUT.replace(line, instead))


def test_other_texts_are_refused():
    assert codes("nothing") == {"text.not-this-list"}
    assert codes("<a><NP/></a>") == {"text.not-this-list"}
    assert codes("<ACT>") == {"text.xml-broken"}
    assert codes("<a/>") == {"text.not-this-list"}
    with pytest.raises(BadInput):
        read_eu_annex1(b"\xff\xff")


# ---- the text of 2021


def test_counts():
    report = whole().report
    assert report.entries == 366
    assert report.nodes == 3284
    assert report.references == 1256
    assert report.resolved_share > 0.99
    assert len({one.term for one in whole().definitions if not one.scope}) > 170


def test_every_path_is_canonical_and_prints_as_the_eu_prints_it():
    paths = [node.path for node in whole().walk()]
    assert len(paths) == len(set(paths))
    assert all(normalise("eu-annex-1", printed("eu-annex-1", path)) == path for path in paths)


def test_hard_places():
    read = whole()
    assert [child.own for child in read.node("0B001.b").children][:3] == ["1", "2", "3"]  # after a note's own 1 to 3
    assert [child.own for child in read.node("6A002.a.3").children] == list("abcdefg")  # a page break inside a note
    assert [child.own for child in read.node("5A001").children] == list("abcdefghij")  # "f" is printed without its dot
    assert len(read.node("1C350").children) == 89
    assert read.node("3A002.g.2").text.endswith("1 x 10^-11 /month; or")


def test_paragraphs_shared_with_the_us_list_agree():
    """A second witness: where both lists number alike, most words are the same, so the reading is in step."""
    us = read_us_ccl(shared_data("law", "us-ccl", "ccl_supp1.xml"))
    moved = {"1C350", "1C351", "1C354", "2B350", "2B352", "2B201", "1C111", "1C236", "1C241", "9A120"}
    scores = [
        fuzz.token_set_ratio(node.text.replace(",", "."), other.text)
        for entry in whole().entries
        if entry.id not in moved
        for node in entry.walk()
        if (other := us.node(node.path)) is not None
        and not node.reserved
        and not other.reserved
        and node.path != entry.id
    ]
    assert len(scores) > 1900
    assert sum(score >= 70 for score in scores) / len(scores) > 0.95
