"""Small laws in both renditions, and a writer of e-Gov XML for any law that was read from Markdown."""

from html import escape

from sekisho.feeds.texts.jp_law import Clause, LawText

GOODS = """---
title: "輸出貿易管理令別表第一及び外国為替令別表の規定に基づき貨物又は技術を定める省令"
identifier: "403M50000400049"
enforced_at: "2026-02-14"
---

**第一条（別表第一関係）**　輸出令別表第一の二の項の経済産業省令で定める仕様のものは、次のいずれかに該当するものとする。

- 一　装置であって、次のイ及びロに該当するもの（第三号に該当するものを除く。）
  - イ　出力が四〇ボルトアンペア以上のもの
  - ロ　次の（一）から（三）までの全てに該当するもの
    - （一）　六〇〇ヘルツ以上のもの
    - （二）　次の１又は２に該当するもの
      - １　三相のもの
      - ２　四相のもの
    - （三）　イに該当するもの

- 一の二　部分品であって、前号イに該当するもの

- 二　削除

- 三　第二条第二項第一号に該当するもの

**第二条**　輸出令別表第一の三の項（一）の経済産業省令で定めるものは、次のいずれかに該当するものとする。

- 一　物質

**２**　輸出令別表第一の三の項（二）の経済産業省令で定める仕様のものは、次のいずれにも該当しないものとする。

- 一　第一条第一号ロ（一）に該当するもの

- 二　第一条第三号又は同条第一号の二に該当するもの

**第二条の二**　外為令別表の六の項（二）の経済産業省令で定める技術は、第一条に該当するものの設計に必要な技術とする。

## 附則

この省令は、公布の日から施行する。
"""

ORDER = """---
title: "輸出貿易管理令"
identifier: "324CO0000000378"
enforced_at: "2026-06-05"
---

**第一条（輸出の許可）**　許可は、別表第一による。

## 附則

この政令は、公布の日から施行する。

**別表第一**

|  | 貨物 | 地域 |
| --- | --- | --- |
| 一 | （一）　銃砲（二）　爆発物（（一）に掲げるものを除く。） | 全地域 |
| 二 | 次に掲げる貨物であつて、経済産業省令で定める仕様のもの（一）　物質（二）　装置であつて、次に掲げるもの１　反応器２　弁２の２　管（二の二）　部品（一の項の中欄に掲げるものを除く。） | 全地域 |
| 三 | 電子計算機であつて、経済産業省令で定める仕様のもの | 全地域（別表第三に掲げる地域を除く。） |
"""

_LEVELS = ["Item", *(f"Subitem{depth}" for depth in range(1, 11))]


def egov_xml(law: LawText, *, law_num: str = "") -> bytes:
    """Write a law as e-Gov publishes it, in the frame of the law API (version 2)."""
    day = law.version.isoformat() if law.version else ""
    articles = "".join(
        f'<Article Num="{at}"><ArticleCaption>（{escape(article.caption)}）</ArticleCaption>'
        f"<ArticleTitle>{article.label}</ArticleTitle>{''.join(_paragraph(one) for one in article.paragraphs)}</Article>"
        for at, article in enumerate(law.articles, 1)
    )
    tables = "".join(_table(table.title, table.rows) for table in law.tables)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<law_data_response><law_info>'
        f"<law_id>{law.law_id}</law_id></law_info><revision_info><amendment_enforcement_date>{day}"
        '</amendment_enforcement_date></revision_info><law_full_text>\n<Law Era="Showa" Lang="ja" LawType="CabinetOrder">'
        f"<LawNum>{law_num}</LawNum><LawBody><LawTitle>{law.title}</LawTitle>\n<MainProvision><Chapter Num='1'>"
        f"<ChapterTitle>第一章</ChapterTitle>{articles}</Chapter></MainProvision>"
        "<SupplProvision><SupplProvisionLabel>附則</SupplProvisionLabel><Article Num='1'><ArticleTitle>第一条</ArticleTitle>"
        "<Paragraph Num='1'><ParagraphNum/><ParagraphSentence><Sentence>施行する。</Sentence></ParagraphSentence>"
        f"</Paragraph></Article></SupplProvision>{tables}</LawBody></Law></law_full_text></law_data_response>"
    ).encode()


def _paragraph(paragraph: Clause) -> str:
    return (
        f"<Paragraph><ParagraphNum>{paragraph.label}</ParagraphNum><ParagraphSentence><Sentence>"
        f"{escape(paragraph.text)}</Sentence></ParagraphSentence>{_below(paragraph, 0)}</Paragraph>"
    )


def _below(clause: Clause, depth: int) -> str:
    kind = _LEVELS[depth]
    out = ""
    for child in clause.children:
        if child.label:
            out += (
                f"<{kind}>\n  <{kind}Title>{child.label}</{kind}Title><{kind}Sentence><Sentence>{escape(child.text)}"
                f"</Sentence></{kind}Sentence>{_below(child, depth + 1)}</{kind}>\n"
            )
        else:
            out += f"<List><ListSentence><Sentence>{escape(child.text)}</Sentence></ListSentence></List>"
    return out


def _table(title: str, rows: list[list[Clause]]) -> str:
    body = "".join("<TableRow>" + "".join(_column(cell) for cell in row) + "</TableRow>" for row in rows)
    return (
        f"<AppdxTable Num='1'><AppdxTableTitle>{title}</AppdxTableTitle><RelatedArticleNum>（第一条関係）</RelatedArticleNum>"
        f"<TableStruct><Table>{body}</Table></TableStruct></AppdxTable>"
    )


def _column(cell: Clause) -> str:
    opening = f"<Sentence>{escape(cell.text)}</Sentence>" if cell.text else ""
    return f"<TableColumn>{opening}{_below(cell, 1)}</TableColumn>"
