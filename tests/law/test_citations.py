"""Places out of citations, and their Japanese form."""

from __future__ import annotations

import pytest

from sekisho.feeds.law_texts import load_texts
from sekisho.feeds.packs import load_pack
from sekisho.law.citations import in_japanese, parts_of
from shared_data import shared_data


@pytest.mark.parametrize(
    ("at", "paths"),
    [
        ("art. 4(1)(iii) ro, (iv) ro", [("a4", "p1", "i3", "ロ"), ("a4", "p1", "i4", "ロ")]),
        ("art. 2(1)(i-2); suppl. prov. 3", [("a2", "p1", "i1-2"), ("s", "p3")]),
        ("art. 69-7(2), 72(1)(i), 53(1)", [("a69-7", "p2"), ("a72", "p1", "i1"), ("a53", "p1")]),
        ("art. 9(2)(vi) i, ro", [("a9", "p2", "i6", "イ"), ("a9", "p2", "i6", "ロ")]),
        ("art. 2(1)(i-6) to (i-8)", [("a2", "p1", "i1-6"), ("a2", "p1", "i1-8")]),
        ("Table 1-16(2)", [("t1", "r16", "(2)")]),
        ("Table 2-3(i)", [("t2-3", "i1")]),
        ("Table 2-34", [("t2", "r34")]),
        ("Tables 3 and 3-2", [("t3",), ("t3-2",)]),
        ("(ii), (iii), bracket", [("i2",), ("i3",), None]),
        ("art. 55-8; Order art. 11", [("a55-8",), ("a11",)]),
        ("compliance circular, record keeping", [None, None]),
        ("1(6), question 17", [None, None]),
    ],
)
def test_parts(at: str, paths: list[tuple[str, ...] | None]) -> None:
    assert [part.path for part in parts_of(at)] == paths


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("art. 4(1)(iii) ro, (iv) ro", "第4条第1項第3号ロ、第4号ロ"),
        ("art. 2(1)(i-2); Table 2-2", "第2条第1項第1号の2；別表第2の2"),
        ("art. 69-8(1)(iv), 53(2)", "第69条の8第1項第4号、第53条第2項"),
        ("Table 1-16, third column", "別表第1の16の項、下欄"),
        ("art. 9(2)(vi) i, ro", "第9条第2項第6号イ、ロ"),
        ("art. 55-8; Order art. 11", "第55条の8；Order 第11条"),
        ("suppl. prov. 3", "附則第3項"),
        ("2019-07-01 and 2023-03-23", "2019-07-01及び2023-03-23"),
        ("record keeping", "record keeping"),
    ],
)
def test_japanese(at: str, said: str) -> None:
    assert in_japanese(at) == said


def test_every_place_that_japan_cites_as_read_is_in_the_texts() -> None:
    pack = load_pack("jp")
    texts = load_texts([pack], shared_data("law", "jp-egov"))
    seen = 0
    for rule in pack.rules.values():
        for version in rule.versions:
            text = texts.get(pack.sources[version.cite.source].text_id)
            if version.certainty != "V" or version.period.end is not None:
                continue
            assert text is not None, rule.id
            for part in parts_of(version.cite.at):
                if part.path is not None and not part.law:
                    seen += 1
                    assert text.below(part.path), (rule.id, part.words)
    assert seen > 150
