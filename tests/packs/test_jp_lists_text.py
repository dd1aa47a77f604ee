"""The Japanese control lists held against the statute, where its text is at hand (else skipped)."""

import re

import pytest
from jp_text import (
    KANA,
    NAMES,
    TEXTS,
    N,
    arabic,
    book,
    citation,
    cited,
    entries,
    law,
    numbered,
    order,
    ordinance_units,
    paths,
    rows,
    subs,
    table,
)


@pytest.mark.parametrize("name", ["table-1", "feo-table"])
def test_live_sub_rows_equal_the_text(name):
    number, title = TEXTS[name]
    text = table(law(number), title)
    assert {row["path"] for row in rows(name)} == set(text)
    gone = set()
    for row, (cell, _) in text.items():
        read = numbered(cell)
        live = {n for n, words in read.items() if not words.startswith("削除")}
        assert subs(name, row) == live, row
        gone |= {f"{row}({n})" for n in set(read) - live}
    assert set(book(name)["deleted"]) == gone


@pytest.mark.parametrize("name", ["table-1", "feo-table"])
def test_places_equal_the_text(name):
    number, title = TEXTS[name]
    for row, (_, places) in table(law(number), title).items():
        (entry,) = [e for e in rows(name) if e["path"] == row]
        assert (entry["places"] == "all") == (places == "全地域"), row


@pytest.mark.parametrize("name", NAMES)
def test_the_place_in_the_order_says_the_path(name):
    for entry in entries(name):
        at = entry["at"]
        if name == "table-2-3":
            found = re.fullmatch(rf"別表第二の三 第({N})号(の二)?([ァ-ヶ])?(?:（([０-９]+)）)?", at)
            number, second, kana, head = found.groups()
            path = "2-3/" + arabic(number) + ("-2" if second else "")
            path += f"({KANA[kana]})" if kana else ""
            path += f"({int(head)})" if head else ""
        else:
            found = re.fullmatch(rf"別表(?:第一|第二)? ({N})の項(?:（({N})）)?", at)
            path = arabic(found[1]) + (f"({arabic(found[2])})" if found[2] else "")
        assert path == entry["path"]


def test_the_small_value_rows_equal_table_3_3():
    body = order().split("\n**別表第三の三**\n", 1)[1].split("\n**", 1)[0]
    notice, _, whole = body.replace("別表第一の", "").partition("であつて、経済産業大臣が告示で定めるもの")
    found, row = set(), None
    for piece in re.finditer(rf"({N})の項(の中欄)?|（({N})）", notice):
        if piece[1]:
            row = arabic(piece[1])
            found |= {row} if piece[2] else set()
        else:
            found.add(f"{row}({arabic(piece[3])})")
    assert {e["path"] for e in entries("table-1") if e.get("table_3_3") == "notice"} == found
    assert "一五の項の中欄" in whole
    assert [e["path"] for e in entries("table-1") if e.get("table_3_3") == "whole"] == ["15"]


def test_every_live_item_of_the_goods_ordinance_has_its_row():
    units, claimed = ordinance_units(), set()
    for entry in entries("table-1"):
        keys = ("ordinance", "ordinance_likely") if "(" in entry["path"] else ("ordinance",)
        claimed |= {citation(one) for one in cited(entry, *keys)}
    unplaced = {citation(one) for one in book("table-1")["ordinance_unplaced"]}
    assert not claimed & unplaced
    expected = set()
    for article in (*"123456", *"89", "2-2", "10", "11", "12", "13", "14"):
        if len(units[article]["paragraphs"]) > 1:
            expected |= {(article, "paragraph", str(p)) for p in units[article]["paragraphs"]}
        else:
            expected |= {(article, "item", item) for _, item in units[article]["items"]}
    assert {c for c in claimed if c[1] != "article"} | unplaced == expected
    assert {c[0] for c in claimed if c[1] == "article"} == {a for a in units if int(a.split("-")[0]) <= 14}


def test_the_ordinance_article_names_the_row():
    units = ordinance_units()
    for entry in entries("table-1"):
        row = entry["path"].split("(")[0]
        for one in cited(entry, "ordinance", "ordinance_likely"):
            article, kind, number = citation(one)
            line = units[article]["paragraphs"][int(number) if kind == "paragraph" else 1]
            named = re.search(rf"輸出令」という。）別表第一の({N})の項|輸出令別表第一の({N})の項", line)
            if one == "13(8)":
                assert named is None  # paragraph 8 gives the detectors without naming 14(11)
            else:
                assert arabic(named[1] or named[2]) == row, (entry["path"], one)


def test_the_japanese_citation_says_the_same():
    for name in ("table-1", "feo-table"):
        for entry in entries(name):
            assert ("ordinance" in entry) == ("ordinance_at" in entry), entry["path"]
            if "ordinance" not in entry:
                continue
            article, _, tail = entry["ordinance_at"].partition("条")
            if found := re.match("の[一二三]", tail):
                article, tail = article + found[0], tail[2:]
            article = arabic(article.removeprefix("第"))
            said = set()
            for piece in filter(None, tail.split("・")):
                if span := re.fullmatch(rf"第({N})号から第({N})号まで", piece):
                    first, last = int(arabic(span[1])), int(arabic(span[2]))
                    said |= {(article, "item", str(n)) for n in range(first, last + 1)}
                elif item := re.fullmatch(r"第([一二三四五六七八九十]+)号(の[一二三四五])?([ァ-ヶ])?", piece):
                    said.add((article, "item", arabic(item[1] + (item[2] or ""))))
                else:
                    said.add((article, "paragraph", arabic(re.fullmatch(rf"第({N})項", piece)[1])))
            said = said or {(article, "article", "")}
            assert said == {citation(one) for one in cited(entry, "ordinance")}, entry["path"]


def test_technology_paragraphs_equal_the_ordinance():
    expected = {}
    for article, unit in ordinance_units().items():
        for number, line in unit["paragraphs"].items():
            if found := re.search(rf"(?:外為令|」という。）)別表の({N})の項(?:（({N})）)?の経済産業省令", line):
                path = arabic(found[1]) + (f"({arabic(found[2])})" if found[2] else "")
                expected[path] = f"{article}({number})" if len(unit["paragraphs"]) > 1 else article
    assert {e["path"]: e["ordinance"] for e in entries("feo-table") if "ordinance" in e} == expected


def test_technology_kinds_goods_and_scope_equal_the_text():
    text = table(law("355CO0000000260"), "別表")
    for entry in entries("feo-table"):
        if "kinds" not in entry:
            continue
        row, _, sub = entry["path"].partition("(")
        words = numbered(text[row][0])[sub[:-1]] if sub else text[row][0]
        said = re.search("((?:設計|製造|使用|、|又は)+)に係る技術", words)[1]
        kinds = {"設計": "design", "製造": "manufacture", "使用": "use"}
        assert entry["kinds"] == [kinds[k] for k in re.findall("設計|製造|使用", said)], entry["path"]
        assert entry["whole"] is ("経済産業省令で定めるもの" not in words), entry["path"]
        head = words.split("に係る技術")[0] if "貨物の" in words.split("に係る技術")[0] else ""
        goods = technology_goods(head)
        assert set(entry["goods"]) == goods, entry["path"]


def test_approval_rows_equal_table_2():
    text = table(order(), "別表第二")
    live = {row for row, cells in text.items() if not cells[0].startswith("削除")}
    assert {row["path"] for row in rows("table-2")} == live
    assert set(book("table-2")["deleted"]) == set(text) - live
    for row in live:
        assert subs("table-2", row) == set(numbered(text[row][0])), row
        for entry in entries("table-2"):
            if entry["path"].split("(")[0] == row:
                assert (entry["places"] == "all") == (text[row][1] == "全地域"), entry["path"]


def test_approval_heads_equal_table_2_3():
    body = order().split("\n**別表第二の三**\n", 1)[1].split("\n**別表第二の四**", 1)[0]
    expected, number, kana = set(), "", ""
    for line in body.splitlines():
        if found := re.match(r"- ([一二三])(の二)?　", line):
            number, kana = "2-3/" + arabic(found[1]) + ("-2" if found[2] else ""), ""
            expected.add(number)
        elif found := re.match(r"  - ([ァ-ヶ])　", line):
            kana = f"({KANA[found[1]]})"
            expected.add(number + kana)
        elif found := re.match(r" {2,4}- （([０-９]+)）　", line):
            expected.add(f"{number}{kana}({int(found[1])})")
    assert paths("table-2-3") == expected


def technology_goods(words):
    """Table 1 paths that the opening words of a technology row name."""
    if "輸出貿易管理令別表第一" not in words:
        return set()
    words = words.replace("輸出貿易管理令別表第一の", "")
    whole = re.search(rf"({N})の項の中欄", words)
    if whole:
        return {arabic(whole[1])}
    found, row, since = set(), None, None
    for piece in re.finditer(rf"({N})の項|（({N})）(から)?", words):
        if piece[1]:
            row = arabic(piece[1])
            continue
        sub = arabic(piece[2])
        if since:
            live = [e["path"] for e in entries("table-1") if e["path"].startswith(row + "(")]
            first, last = live.index(f"{row}({since})"), live.index(f"{row}({sub})")
            found |= set(live[first : last + 1])
        found.add(f"{row}({sub})")
        since = sub if piece[3] else None
    return found
