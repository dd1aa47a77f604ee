"""Provisions of a law's text by their place."""

from __future__ import annotations

from datetime import date

import pytest

from sekisho.law.statute import cell_parts, joined, path_of, plain_words, read_statute
from shared_data import shared_data

LAW = """---
title: "見本令"
publication_date: "2019-11-05"
last_updated: "2026-01-01"
---

### 第一章　総則

**第一条（目的）**　第一条の本文。

**２**　第二項の本文。

**第四条の二**　枝番の条。

- 一　第一号の本文
  - イ　イの本文
    - （１）　イの一
  - ロ　ロの本文
- 二の二　枝番の号

## 附則

**１**　この政令は、公布の日から施行する。

**３**　令和九年四月十三日までの間

## 附則

この政令は、令和四年三月十八日から施行する。

**別表第一**

|  | 貨物 | 地域 |
| --- | --- | --- |
| 一 | （一）　銃砲（二）　削除（二の二）　爆発物 | 全地域 |
| 三の二 | 細菌製剤 | 全地域 |

**別表第二の三**

- 一　甲、乙
"""


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("第一条", "第一条の本文。\n第二項の本文。"),
        ("第1条第2項", "第二項の本文。"),
        ("第四条の二第一項第一号イ", "イの本文\nイの一"),
        ("第四条の二第一号", "第一号の本文\nイの本文\nイの一\nロの本文"),
        ("第4条の2第1号イ（１）", "イの一"),
        ("第四条の二第二号の二", "枝番の号"),
        ("附則第三項", "令和九年四月十三日までの間"),
        ("別表第二の三", "甲、乙"),
        ("別表第二の三第一号", "甲、乙"),
        ("別表第一の一の項（二の二）", "爆発物"),
        ("別表第一 三の二の項", "細菌製剤 | 全地域"),
    ],
)
def test_places(place: str, words: str) -> None:
    assert joined(read_statute("x", LAW).at(place)) == words


@pytest.mark.parametrize("place", ["第二条", "第一条第三項", "別表第二", "別表第四", "Article 4", "？"])
def test_places_that_are_not_there(place: str) -> None:
    assert read_statute("x", LAW).at(place) == ()


def test_head_tables_and_supplementary_provisions() -> None:
    law = read_statute("x", LAW)
    assert (law.title, law.edition, law.promulgated) == ("見本令", date(2026, 1, 1), date(2019, 11, 5))
    assert law.table("別表第一") == {
        "1": ("（一）　銃砲（二）　削除（二の二）　爆発物", "全地域"),
        "3-2": ("細菌製剤", "全地域"),
    }
    assert "令和四年三月十八日" in joined(law.at("附則"))
    assert law.at("") == law.provisions
    assert [one.line for one in law.at("第一条")] == [9, 11]


def test_a_path_is_read_or_refused() -> None:
    assert path_of("第四条第一項第五号イ") == ("a4", "p1", "i5", "イ")
    assert path_of("別表第一の一六の項（二）") == ("t1", "r16", "(2)")
    assert path_of("別表第二の四") == ("t2-4",)
    assert path_of("一") == ("i1",)
    assert path_of("") == ()
    assert path_of("art. 4") is None


def test_headings_in_latin_letters() -> None:
    law = read_statute("y", "## Article 4 – Licences\n\nAll goods.\n\n## Article 41\n\nOther.\n\n# Annex B\n\nChile\n")
    assert joined(law.at("article 4")) == "All goods."
    assert joined(law.at("Annex B")) == "Chile"
    assert law.at("Article 5") == ()
    assert law.edition is None


def test_cells_and_plain_words() -> None:
    assert cell_parts("次の貨物（一）　銃（十三の二）　弾") == {"1": "銃", "13-2": "弾"}
    assert cell_parts("（一）に掲げるもの") == {}
    assert plain_words("（１）　百万円\n以下") == "(1)百万円以下"


@pytest.mark.parametrize(
    ("text_id", "place", "words"),
    [
        ("324CO0000000378", "第四条第一項第五号", "総価額が百万円"),
        ("324CO0000000378", "附則第三項", "令和九年四月十三日までの間"),
        ("324CO0000000378", "別表第一の一六の項（二）", "第二五類から第四〇類まで"),
        ("324AC0000000228", "第七十二条第一項第三号", "第六十九条の八五億円以下"),
        ("413M60000400249", "別表", "重水の製造"),
        ("413M60000400249", "一", "三百キロメートル以上"),
        ("403M50000400049", "第十四条の二", "第八五・二六項"),
        ("410M50000400008", "第九条第二項第十号", "基礎科学分野"),
    ],
)
def test_the_real_texts(text_id: str, place: str, words: str) -> None:
    path = shared_data("law", "jp-egov", f"{text_id}.md")
    law = read_statute(text_id, path.read_text(encoding="utf-8"))
    found = law.at(place)
    assert words in joined(found)
    assert len(joined(found)) < len(joined(law.provisions)) / 2
