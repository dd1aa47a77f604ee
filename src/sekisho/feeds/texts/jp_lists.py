"""Japan's lists out of a law text: Table 1 of the Order, the table of the FEO, the goods ordinance."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from sekisho.classify.kanji import K, branched, to_roman
from sekisho.classify.mentions_ja import article_number
from sekisho.classify.references_ja import references
from sekisho.classify.tree import ControlList, Definition, Entry, Node, Note, ReadingReport, node_hash
from sekisho.classify.wording_ja import aliases, connective, exclusions
from sekisho.feeds.texts.check_ja import check
from sekisho.feeds.texts.jp_law import Article, Clause, LawText, Table
from sekisho.model.problem import BadInput, Problem

LAWS = {"324CO0000000378": "jp-table-1", "355CO0000000260": "jp-feo", "403M50000400049": "jp-goods"}
_TABLES = {"jp-table-1": "別表第一", "jp-feo": "別表"}
_DELETED = re.compile(r"削除。?")


def make_list(law: LawText, sha256: str, where: str, version: date | None = None) -> ControlList:
    """Make the control list that this law holds; raises ``BadInput`` with every problem when it is not whole."""
    list_id = LAWS.get(law.law_id) or _by_title(law.title)
    if list_id is None:
        says = f"'{law.title or law.law_id or 'this text'}' is none of the laws that hold Japan's lists"
        hint = f"the laws are {', '.join(LAWS)} by their e-Gov number"
        raise BadInput([Problem("text.not-this-list", where, says, hint)])
    problems: list[Problem] = []
    if list_id == "jp-goods":
        entries = [_article(article) for article in law.articles]
        annexes = [_annex(table) for table in law.tables]
    else:
        table = next((table for table in law.tables if table.title == _TABLES[list_id]), None)
        if table is None:
            says = f"the law has no {_TABLES[list_id]}"
            raise BadInput([Problem("text.tail-lost", where, says, "take the whole law with its tables")])
        entries, annexes = _rows(table, list_id, where, problems), []
    followed = references(list_id, entries)
    inner = tuple(one for one in followed if ":" not in one.target)
    read = ControlList(
        id=list_id,
        version=version or law.version,
        sha256=sha256,
        entries=tuple(entries),
        annexes=tuple(annexes),
        definitions=_definitions(entries),
        references=followed,
        report=ReadingReport(
            entries=len(entries),
            nodes=sum(1 for entry in entries for _ in entry.walk()),
            notes=sum(len(node.notes) for entry in entries for node in entry.walk()),
            references=len(inner),
            unresolved=tuple(one for one in inner if not one.resolved),
        ),
    )
    problems += check(read, where, at_least=0.995)
    if problems:
        raise BadInput(problems)
    return read


def _by_title(title: str) -> str | None:
    names = {"輸出貿易管理令": "jp-table-1", "外国為替令": "jp-feo"}
    if "別表の規定に基づき貨物又は技術を定める省令" in title:
        return "jp-goods"
    return names.get(title.strip())


@dataclass(slots=True)
class _Draft:
    path: str
    own: str
    clause: Clause
    children: list[_Draft] = field(default_factory=list)
    introduced: str = ""

    def freeze(self) -> Node:
        text = " ".join(self.clause.text.split())
        notes = tuple(Note("text", "", child.text) for child in self.clause.children if not child.label)
        return Node(
            path=self.path,
            own=self.own,
            text=text,
            hash=node_hash(self.path, text, notes),
            label=self.clause.label,
            connective=connective(text, introduced=self.introduced) if self.children else connective(""),
            notes=notes,
            exclusions=exclusions(text),
            children=tuple(child.freeze() for child in self.children),
            reserved=_DELETED.fullmatch(text) is not None,
            line=self.clause.line,
        )


def _article(article: Article) -> Entry:
    number = article_number(article.label)
    several = len(article.paragraphs) > 1
    head = article.paragraphs[0]
    root = _Draft(number, number, Clause(article.label, "" if several else head.text, article.line))
    if several:
        root.introduced = "the paragraphs of an article"
        for at, paragraph in enumerate(article.paragraphs, 1):
            own = f"({at})"
            part = _Draft(f"{number}{own}", own, Clause(paragraph.label or "１", paragraph.text, paragraph.line))
            part.children = [_item(child, part.path) for child in paragraph.children if child.label]
            root.children.append(part)
    else:
        root.clause.children = [child for child in head.children if not child.label]
        root.children = [_item(child, number) for child in head.children if child.label]
    group = "technology" if int(number.split("-")[0]) >= 15 else "goods"
    return Entry(number, root.freeze(), category=_row_of(article), group=group)


def _row_of(article: Article) -> str:
    """The table row that the article spells out, by its own words ("別表第一の六の項")."""
    found = re.search(rf"別表(?:第一)?の(?P<row>[{K}]+(?:の[{K}]+)*)の項", article.paragraphs[0].text)
    return str(branched(found["row"])) if found else ""


def _item(clause: Clause, above: str) -> _Draft:
    own = f"({to_roman(branched(clause.label) or '0')})"
    return _below(clause, above, own)


def _below(clause: Clause, above: str, own: str) -> _Draft:
    node = _Draft(f"{above}{own}", own, clause)
    node.children = [_below(child, node.path, _own(child.label)) for child in clause.children if child.label]
    return node


def _own(label: str) -> str:
    if label.startswith("（"):
        return f"({label[1:-1]})"
    if re.fullmatch(r"[０-９]+(?:の[０-９]+)*", label):
        return str(branched(label))
    return label


def _rows(table: Table, list_id: str, where: str, problems: list[Problem]) -> list[Entry]:
    entries = []
    for row in table.rows:
        if not row or not row[0].text.strip():
            continue  # the head row
        number = branched(row[0].text.strip())
        if number is None or len(row) < 3:
            says = f"this row of {table.title} has no number or no three columns: {row[0].text[:20]}"
            problems.append(Problem("text.row", f"{where}:{row[0].line}", says, "compare with the law"))
            continue
        root = _Draft(number, number, Clause(row[0].text, row[1].text, row[1].line))
        root.introduced = "the parts of a row"
        for part in row[1].children:
            sub = _Draft(
                f"{number}({branched(part.label.strip('（）'))})", f"({branched(part.label.strip('（）'))})", part
            )
            sub.introduced = "the parts of a row"
            sub.children = [_below(inner, sub.path, _own(inner.label)) for inner in part.children]
            root.children.append(sub)
        entries.append(Entry(number, root.freeze(), category=number, sections=(("地域", row[-1].text),)))
    return entries


def _annex(table: Table) -> Entry:
    words = "\n".join(
        " | ".join(" ".join([cell.text, *(c.label + c.text for c in cell.children)]) for cell in row)
        for row in table.rows
    )
    notes = (Note("table", table.title, words),) if words else ()
    root = Node(
        table.title, table.title, "", node_hash(table.title, "", notes), table.title, notes=notes, line=table.line
    )
    return Entry(table.title, root, category="")


def _definitions(entries: list[Entry]) -> tuple[Definition, ...]:
    return tuple(found for entry in entries for node in entry.walk() for found in aliases(node.text, entry.id))
