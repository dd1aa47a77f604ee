"""The readers of Japan's lists: small laws by hand, then the statute, in both renditions."""

from datetime import date
from functools import cache

import pytest
from jp_sample import GOODS, ORDER, egov_xml
from shared_data import shared_data

from sekisho.classify.paths import normalise, printed
from sekisho.classify.tree import ControlList
from sekisho.feeds.texts.jp import read_jp
from sekisho.feeds.texts.jp_markdown import read_markdown
from sekisho.model.problem import BadInput

GOODS_LAW, ORDER_LAW, FEO_LAW = "403M50000400049", "324CO0000000378", "355CO0000000260"
ROWS = {
    "1": 18, "2": 54, "3": 3, "3-2": 2, "4": 30, "5": 20, "6": 10, "7": 32, "8": 0, "9": 15, "10": 18, "11": 6,
    "12": 10, "13": 6, "14": 11, "15": 11, "16": 2,
}  # fmt: skip


@cache
def whole(law: str) -> ControlList:
    return read_jp(shared_data("law", "jp-egov", f"{law}.md"))


def codes(text: str) -> set[str]:
    with pytest.raises(BadInput) as error:
        read_jp(text.encode())
    assert all(problem.where and problem.says for problem in error.value.problems)
    return {problem.code for problem in error.value.problems}


# ---- by hand


def test_paths_of_the_ordinance():
    read = read_jp(GOODS.encode())
    assert [node.path for node in read.entry("1").walk()] == [
        "1", "1(i)", "1(i)イ", "1(i)ロ", "1(i)ロ(一)", "1(i)ロ(二)", "1(i)ロ(二)1", "1(i)ロ(二)2", "1(i)ロ(三)",
        "1(i-2)", "1(ii)", "1(iii)",
    ]  # fmt: skip
    assert [entry.id for entry in read.entries] == ["1", "2", "2-2"]
    assert [child.path for child in read.node("2").children] == ["2(1)", "2(2)"]
    assert read.node("1(ii)").reserved
    assert read.version == date(2026, 2, 14)
    assert [entry.category for entry in read.entries] == ["2", "3", "6"]


def test_connectives():
    read = read_jp(GOODS.encode())
    joins = {path: read.node(path).connective.join for path in ("1", "1(i)", "1(i)ロ", "1(i)ロ(二)", "2", "2(2)")}
    assert joins == {"1": "or", "1(i)": "and", "1(i)ロ": "and", "1(i)ロ(二)": "or", "2": "or", "2(2)": "none"}
    assert read.node("1(i)").connective.words.startswith("次のイ及びロ")


def test_references_in_context():
    read = read_jp(GOODS.encode())
    targets = {(one.source, one.target) for one in read.references if one.resolved}
    assert {
        ("1(i)", "1(iii)"),  # 第三号 of the own article
        ("1(i)ロ(三)", "1(i)イ"),  # a bare イ
        ("1(i-2)", "1(i)イ"),  # 前号イ
        ("1(iii)", "2(2)(i)"),  # another article's second paragraph
        ("2(2)(i)", "1(i)ロ(一)"),
        ("2(2)(ii)", "1(i-2)"),  # 同条 goes back to the article named before it
        ("1", "jp-table-1:2"),
        ("2-2", "jp-feo:6(2)"),
    } <= targets
    assert read.report.resolved_share == 1


def test_exclusions_and_labels():
    read = read_jp(GOODS.encode())
    assert [one.words for one in read.node("1(i)").exclusions] == ["第三号に該当するものを除く。"]
    assert read.node("1(i)ロ(二)1").label == "１"
    assert printed("jp-goods", "1(i)ロ(二)1") == "第一条第一号ロ（二）１"


def test_rows_of_a_table_that_run_on_in_one_cell():
    read = read_jp(ORDER.encode())
    assert read.id == "jp-table-1"
    assert [node.path for node in read.entry("2").walk()] == [
        "2",
        "2(1)",
        "2(2)",
        "2(2)1",
        "2(2)2",
        "2(2)2-2",
        "2(2-2)",
    ]
    assert read.node("1(2)").text == "爆発物（（一）に掲げるものを除く。）"  # a mention is no number
    assert {(one.source, one.target) for one in read.references} == {("1(2)", "1(1)"), ("2(2-2)", "1")}
    assert read.entry("3").section("地域") == "全地域（別表第三に掲げる地域を除く。）"


def test_both_renditions_give_the_same_tree():
    for text in (GOODS, ORDER):
        law = read_markdown(text, "sample")
        plain, marked = read_jp(text.encode()), read_jp(egov_xml(law))
        assert marked.version == plain.version
        assert [(node.path, node.hash) for node in marked.walk()] == [(node.path, node.hash) for node in plain.walk()]


def test_egov_xml_leaves_out_readings_and_parts_columns():
    law = read_markdown(GOODS, "sample")
    data = egov_xml(law).decode()
    ruby = data.replace("<Sentence>物質</Sentence>", "<Column><Sentence>物<Ruby>質<Rt>しつ</Rt></Ruby></Sentence></Column>"
                        "<Column><Sentence>第二</Sentence></Column>")  # fmt: skip
    assert read_jp(ruby.encode()).node("2(1)(i)").text == "物質 第二".replace(" ", " ")


def test_egov_file_names_tell_the_day(tmp_path):
    law = read_markdown(GOODS, "sample")
    bare = egov_xml(law).decode()
    bare = bare[bare.index("<Law ") : bare.index("</Law>") + 6]
    path = tmp_path / "403M50000400049_20251015_507M60000400070.xml"
    path.write_text(bare, encoding="utf-8")
    read = read_jp(path)
    assert (read.id, read.version) == ("jp-goods", date(2025, 10, 15))


@pytest.mark.parametrize(
    ("line", "instead", "code"),
    [
        ("    - （二）　次の１又は２に該当するもの\n      - １　三相のもの\n      - ２　四相のもの\n", "", "text.gap"),
        ("      - １　三相のもの\n      - ２　四相のもの\n", "", "text.tail-lost"),
        ("    - （三）　イに該当するもの\n", "", "text.tail-lost"),  # から（三）まで promises it
        ("（第三号に該当するものを除く。）", "（第三号に該当する", "text.tail-lost"),
        ("- 一　物質\n", "", "text.tail-lost"),
        ("第二条第二項第一号に該当する", "第九条第二項第一号に該当する", "text.references"),
        ("**第二条**", "**第三条**", "text.gap"),
        ("identifier: \"403M50000400049\"", "identifier: \"324AC0000000228\"", ""),
    ],
)  # fmt: skip
def test_damage_is_refused(line, instead, code):
    assert line in GOODS
    text = GOODS.replace(line, instead, 1)
    if not code:  # the title still tells which law it is
        assert read_jp(text.encode()).id == "jp-goods"
        return
    assert code in codes(text)


def test_other_texts_are_refused():
    assert "text.not-this-list" in codes("第一条の話\n")
    assert "text.not-this-list" in codes(GOODS.replace("別表の規定に基づき", "").replace(GOODS_LAW, "0"))
    with pytest.raises(BadInput):
        read_jp(b"\xff\xfe\x00")
    with pytest.raises(BadInput):
        read_jp(b"<Law><LawBody></LawBody></Law>")
    with pytest.raises(BadInput):
        read_jp(ORDER.split("**別表第一**")[0].encode())


# ---- the statute


def test_rows_of_table_1_are_complete():
    read = whole(ORDER_LAW)
    assert {entry.id: len(entry.root.children) for entry in read.entries} == ROWS
    deleted = {node.path for node in read.walk() if node.reserved}
    assert deleted == {"5(2)", "5(9)", "9(4)", "9(9)", "14(4)", "14(8)"}
    assert [child.own for child in read.node("3-2(2)").children] == [
        "1",
        "2",
        "3",
        "4",
        "5",
        "5-2",
        "6",
        "7",
        "8",
        "9",
        "10",
    ]
    assert read.report.resolved_share == 1


def test_rows_of_the_foreign_exchange_order():
    read = whole(FEO_LAW)
    rows = {entry.id: len(entry.root.children) for entry in read.entries}
    assert list(rows) == list(ROWS)
    assert (rows["5"], rows["10"], rows["15"], rows["1"]) == (8, 7, 7, 0)
    assert "jp-table-1:10(9)" in {one.target for one in read.references}


def test_articles_of_the_goods_ordinance():
    read = whole(GOODS_LAW)
    ids = [entry.id for entry in read.entries]
    assert ids == [
        "1", "2", "2-2", *map(str, range(3, 15)), "14-2", "15", "15-2", "15-3", *map(str, range(16, 29)),
    ]  # fmt: skip
    assert (read.report.nodes, read.report.references) == (3306, 1299)
    assert read.report.resolved_share == 1
    assert read.node("6(i)ル").text.endswith("／２０，４８０")  # a formula on a line of its own
    assert [read.node(f"1({item})").reserved for item in ("xii", "xiii", "xv", "xvi")] == [True] * 4


def test_facts_of_the_second_reading_stand_where_it_says():
    read = whole(GOODS_LAW)
    assert "〇・〇〇〇九ミリメートル以下" in read.node("5(ii)イ(一)").text.replace(
        "ミリ", "ミリ"
    ) or "〇・九マイクロ" in "".join(node.text for node in read.node("5(ii)イ").walk())
    assert "六〇〇ヘルツ" in read.node("1(viii)ロ(二)").text
    assert "蒸気又はガス" in "".join(node.text for node in read.node("2-2(2)(v)").walk())
    assert read.node("3(i-3)").text.startswith("エアゾール")


def test_every_path_is_canonical_and_prints():
    for law in (GOODS_LAW, ORDER_LAW, FEO_LAW):
        read = whole(law)
        paths = [node.path for entry in read.entries for node in entry.walk()]
        assert len(paths) == len(set(paths))
        assert all(normalise(read.id, path) == path for path in paths)
        assert all(normalise(read.id, printed(read.id, path)) == path for path in paths)


def test_almost_every_list_tells_how_it_joins():
    parents = [node for node in whole(GOODS_LAW).walk() if node.children]
    assert sum(not node.connective.join for node in parents) <= 3
    assert len(parents) > 800


@pytest.mark.parametrize("law", [GOODS_LAW, ORDER_LAW, FEO_LAW])
def test_the_statute_as_egov_xml_gives_the_same_tree(law):
    path = shared_data("law", "jp-egov", f"{law}.md")
    marked = read_jp(egov_xml(read_markdown(path.read_text(encoding="utf-8"), law)))
    plain = whole(law)
    assert marked.version == plain.version
    assert [(node.path, node.hash) for entry in marked.entries for node in entry.walk()] == [
        (node.path, node.hash) for entry in plain.entries for node in entry.walk()
    ]
