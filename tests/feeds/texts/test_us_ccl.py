"""The reader of the US list: a small text by hand, then the publisher's own."""

from datetime import date
from functools import cache

import pytest
from shared_data import shared_data
from us_sample import ADC, ANALYSERS, OTHER, entry, note, paragraph, sample

from sekisho.classify.paths import normalise
from sekisho.classify.tree import ControlList
from sekisho.feeds.texts.us_ccl import read_us_ccl
from sekisho.model.problem import BadInput

DAY = date(2026, 6, 24)


@cache
def whole() -> ControlList:
    return read_us_ccl(shared_data("law", "us-ccl", "ccl_supp1.xml"), DAY)


def codes(error: pytest.ExceptionInfo[BadInput]) -> set[str]:
    return {problem.code for problem in error.value.problems}


# ---- by hand


def test_paths_words_and_superscripts():
    read = read_us_ccl(sample())
    assert [one.id for one in read.entries] == ["3A001", "3A002", "3A991"]
    assert read.node("3A001.a.2").text == "A dose of 5 × 10^3 Gy and all of the following:"
    assert [child.own for child in read.node("3A001").children] == ["a", "b", "c", "d", "e"]
    assert [child.reserved for child in read.node("3A001").children] == [False, True, True, True, False]


def test_connectives_with_the_words_that_justify_them():
    read = read_us_ccl(sample())
    joins = {path: (read.node(path).connective.join, read.node(path).connective.words) for path in
             ("3A001", "3A001.a", "3A001.a.2", "3A002")}  # fmt: skip
    assert joins == {
        "3A001": ("or", "as follows (see List of Items Controlled)"),
        "3A001.a": ("or", "any of the following"),
        "3A001.a.2": ("and", "all of the following"),
        "3A002": ("and", "both of the following (see List of Items Controlled)"),
    }


def test_notes_hang_on_what_they_name_and_are_cut_at_their_numbers():
    read = read_us_ccl(sample())
    told = [(one.label, one.effect, one.text) for one in read.node("3A001.a").notes]
    assert told == [
        ("Technical Note (1)", "defines", "For the purposes of 3A001.a:\n'Rate' is the output rate."),
        ("Technical Note (2)", "defines", "For the purposes of 3A001.a:\n'Dose' means the total."),
    ]
    [out] = read.node("3A001.a.2").notes
    assert out.effect == "excludes"
    assert read.node("3A001.a.2").exclusions[0].words == "3A001.a.2 does not apply to toys."
    assert {(one.term, one.scope) for one in read.definitions} == {("Rate", "3A001.a"), ("Dose", "3A001.a")}


def test_reasons_requirements_and_sections():
    first = read_us_ccl(sample()).entry("3A001")
    assert first.reasons == ("NS", "AT")
    assert [(row.reason, row.target) for row in first.requirements] == [("NS", "NS Column 2"), ("AT", "AT Column 1")]
    assert first.section("LVS") == "$3000"


def test_references_follow_full_and_relative_mentions():
    read = read_us_ccl(sample())
    targets = {(one.source, one.target) for one in read.references}
    assert {("3A001", "3A002.b"), ("3A001", "3A991"), ("3A001.e", "3A001.a"), ("3A001.e", "3A001.b")} <= targets
    assert read.report.resolved_share == 1


def test_a_paragraph_enclosed_in_a_note_is_let_out():
    inside = "<NOTE><HED><I>Note:</I></HED><P><I>3A002.a does not apply to toys.</I></P><P>b. Upright words;</P></NOTE>"
    items = paragraph("a. First, see 3A001.a;") + inside + paragraph("c. Third.")
    read = read_us_ccl(sample(ADC, entry("3A002", "Things, as follows", items), OTHER))
    assert [child.path for child in read.node("3A002").children] == ["3A002.a", "3A002.b", "3A002.c"]


def test_a_list_inside_a_note_stays_in_the_note():
    own = note("Note:", "3A002 does not control any of the following:", "a. Toys;", "b. Clocks.")
    items = paragraph("a. First;") + paragraph("b. Second.") + own
    read = read_us_ccl(sample(ADC, entry("3A002", "Things, as follows", items), OTHER))
    assert len(read.node("3A002").children) == 2
    assert read.node("3A002").notes[0].text.endswith("b. Clocks.")


def test_a_list_without_the_line_items():
    bare = ANALYSERS.replace("<FP><I>Items:</I>\n</FP>\n", "")
    assert read_us_ccl(sample(ADC, bare, OTHER)).node("3A002.b") is not None


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        (ADC.replace(paragraph("a.1. A rate greater than 1.3 GSPS; <I>or</I>"), ""), "text.gap"),
        (
            ADC.replace(paragraph("a.2.a. Made of silicon; <I>and</I>") + paragraph("a.2.b. Sealed;"), ""),
            "text.references",
        ),
        (ADC.replace(paragraph("a. Converters having any of the following:"), ""), "text.no-parent"),
        (ADC.replace(paragraph("a.2.b. Sealed;"), paragraph("a.2.a. Sealed;")), "text.path-twice"),
        (ADC[: ADC.index("<FP><I>Items")], "text.tail-lost"),
    ],
)
def test_damage_is_refused(broken, code):
    with pytest.raises(BadInput) as error:
        read_us_ccl(sample(broken, ANALYSERS, OTHER))
    found = codes(error)
    assert code in found or (code == "text.references" and "text.tail-lost" in found)
    assert all(problem.where and problem.says for problem in error.value.problems)


def test_a_dangling_conjunction_at_the_end_is_a_lost_tail():
    cut = ANALYSERS.replace(paragraph("b. A floor below −150 dBm/Hz."), "")
    with pytest.raises(BadInput) as error:
        read_us_ccl(sample(ADC, cut, OTHER))
    assert "text.tail-lost" in codes(error)


def test_broken_references_name_every_place():
    lost = ADC.replace("3A002.b and 3A991", "3A992.b and 3A993")
    with pytest.raises(BadInput) as error:
        read_us_ccl(sample(lost, ANALYSERS, OTHER))
    assert {"3A992.b", "3A993"} <= {word for one in error.value.problems for word in one.says.split()}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<",
        b"not xml",
        b"<a/>",
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        sample()[:400],
        sample().replace(b"Supplement No. 1", b"Supplement No. 4"),
    ],
)
def test_other_files_are_refused_with_a_problem(data):
    with pytest.raises(BadInput) as error:
        read_us_ccl(data)
    assert error.value.problems


# ---- the publisher's text of 2026-06-24


def test_counts():
    report = whole().report
    assert report.entries == 638
    assert report.nodes == 5229
    assert report.notes == 1045
    assert report.references == 4744
    assert report.resolved_share >= 0.995


def test_what_does_not_resolve_are_the_publishers_own_faults():
    assert {(one.source, one.target) for one in whole().report.unresolved} == {
        ("1D613.a", "1B613.y"), ("1E001", "1C012"), ("3B991.b.2.g", "3B991.b.10"),
        ("3E001", "3A001.a.15"), ("3E001", "3A001.b.13"), ("3E001", "3A004"), ("3E001", "3B003"),
        ("3E001", "3C007"), ("3E001", "3C008"), ("3E001", "3C009"), ("5E002.a", "5A004.z.3"), ("5E002.a", "5A004.z.4"),
        ("9A004.d", "5A002.z.8"), ("0A505", "0A018.b"),
    }  # fmt: skip


def test_every_path_is_canonical_and_stands_once():
    paths = [node.path for node in whole().walk() if not node.path.startswith("annex")]
    assert len(paths) == len(set(paths))
    assert all(normalise("us-ccl", path) == path for path in paths)


def test_entries_known_for_swallowing_others():
    read = whole()
    assert read.entry("8D001").reasons == ("NS", "AT")  # printed in another heading style
    assert read.node("1C001.b").text.startswith("Materials not transparent")  # enclosed in a note
    assert read.node("6A002.a.3").text.startswith("Non-“space-qualified”")  # enclosed in a note
    assert read.node("5A001.j") is not None  # an entry without the line "Items:"
    assert read.node("9C610.a") is not None  # items on the line "List of Items Controlled"
    assert {"0D614", "2B352", "3D006", "3E002"} <= {one.id for one in read.entries}  # another reader lost them
    assert any("4800" in node.text.replace(",", "") for node in read.entry("3A090").walk())  # the tail of a long entry


def test_categories_have_their_notes():
    preface = whole().preface
    assert any("Cryptography Note" in note.text for note in preface if note.about == ("5.2",))
    [annex] = whole().annexes
    assert len(annex.root.children) == 52  # explosives
    assert annex.root.children[11].children[1].text.endswith("(CAS 78644 90 3);")


def test_the_adc_paragraphs():
    node = whole().node("3A001.a.5.a")
    assert (node.connective.join, node.connective.words) == ("or", "any of the following")
    assert [child.path for child in node.children] == [f"3A001.a.5.a.{number}" for number in range(1, 6)]
    labels = [note.label for note in node.notes if note.kind == "technical-note"]
    assert labels == [f"Technical Note ({number})" for number in range(1, 5)]


def test_nearly_every_list_tells_how_it_joins():
    parents = [node for node in whole().walk() if any(not child.reserved for child in node.children)]
    told = [node for node in parents if node.connective.join and node.connective.words]
    assert len(told) / len(parents) > 0.99
    assert sum(bool(node.connective.doubt) for node in parents) <= 2


def test_hashes_ignore_typography_and_nothing_else():
    data = shared_data("law", "us-ccl", "ccl_supp1.xml").read_bytes()
    swapped = data.replace("“".encode(), b'"').replace("”".encode(), b'"').replace("−".encode(), b"-")
    again = {node.path: node.hash for node in read_us_ccl(swapped).walk()}
    assert {node.path: node.hash for node in whole().walk()} == again
    moved = read_us_ccl(data.replace(b"greater than 65 MSPS", b"greater than 66 MSPS"))
    changed = {node.path for node in moved.walk() if node.hash != whole().node(node.path).hash}
    assert changed == {"3A001.a.5.a.5"}
