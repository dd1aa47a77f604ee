"""Japanese laws as e-Gov publishes them: the standard law XML (法令標準XMLスキーマ, version 3).

Read are the bare ``Law`` file of a bulk download and the answers of the law API (version 1 ``DataRoot``, version 2
``law_data_response``). Supplementary provisions, figures and forms are passed over; ruby readings are left out.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from xml.etree.ElementTree import Element

from sekisho.feeds.texts.jp_cells import cell
from sekisho.feeds.texts.jp_law import Article, Clause, LawText, Table, deleted_labels
from sekisho.feeds.texts.xml_safe import line_of, parse_xml
from sekisho.model.problem import BadInput, Problem

_LEVELS = ("Item", *(f"Subitem{depth}" for depth in range(1, 11)))
_BELOW = dict(pairwise(_LEVELS))
_SILENT = {"Rt", "Fig", "Remarks", "SupplNote"}
_FILE = re.compile(r"(?P<law>\d{3}[A-Z0-9]{12})_(?P<day>\d{8})_")
_EXTRA = {"TableStruct": "表", "FigStruct": "図", "StyleStruct": "様式", "NoteStruct": "記"}


def read_egov_xml(data: bytes, where: str) -> LawText:
    """Read one law; raises ``BadInput`` with every element that does not fit."""
    root = parse_xml(data, where)
    law = root if _tag(root) == "Law" else next((found for found in root.iter() if _tag(found) == "Law"), None)
    body = None if law is None else _child(law, "LawBody")
    if law is None or body is None:
        says = "there is no law (Law/LawBody) in this XML"
        raise BadInput([Problem("text.not-this-list", where, says, "take the law's XML from e-Gov (法令検索)")])
    reader = _Reader(where)
    reader.law.law_id, reader.law.version = _identity(root, where)
    title = _child(body, "LawTitle")
    reader.law.title = _words(title) if title is not None else ""
    reader.body(body)
    if not reader.law.articles:
        reader.problem("text.tail-lost", law, "the law has no article in its main provisions")
    if reader.problems:
        raise BadInput(reader.problems)
    return reader.law


def _identity(root: Element, where: str) -> tuple[str, date | None]:
    """The e-Gov number and the day of the text, from the API's frame or from the name of the downloaded file."""
    law_id, day = "", ""
    for element in root.iter():
        tag = _tag(element).replace("_", "").lower()
        if tag == "lawid" and not law_id:
            law_id = _words(element)
        elif tag == "amendmentenforcementdate" and not day:
            day = _words(element).replace("-", "")
        elif tag == "law":
            break
    if named := _FILE.search(where):
        law_id, day = law_id or named["law"], day or named["day"]
    try:
        return law_id, date.fromisoformat(day) if day else None
    except ValueError:
        return law_id, None


class _Reader:
    def __init__(self, where: str) -> None:
        self.where = where
        self.law = LawText("", "")
        self.problems: list[Problem] = []

    def problem(self, code: str, element: Element, says: str) -> None:
        self.problems.append(Problem(code, f"{self.where}:{line_of(element)}", says, "take the law from e-Gov again"))

    def body(self, body: Element) -> None:
        main = _child(body, "MainProvision")
        for article in main.iter() if main is not None else ():
            if _tag(article) == "Article" and article.get("Hide") != "true":
                self._article(article)
        for table in body:
            if _tag(table) == "AppdxTable":
                self._table(table)

    def _article(self, element: Element) -> None:
        title, caption = _child(element, "ArticleTitle"), _child(element, "ArticleCaption")
        if title is None or not _words(title):
            self.problem("text.tail-lost", element, f"article {element.get('Num', '?')} has no title")
            return
        article = Article(_words(title), _words(caption).strip("（）") if caption is not None else "", line_of(element))
        for paragraph in element:
            if _tag(paragraph) == "Paragraph":
                article.paragraphs.append(self._clause(paragraph, "Paragraph"))
        if not article.paragraphs:
            self.problem("text.tail-lost", element, f"{article.label} has no paragraph")
            return
        self.law.articles.append(article)

    def _clause(self, element: Element, kind: str) -> Clause:
        label = _child(element, "ParagraphNum" if kind == "Paragraph" else f"{kind}Title")
        sentence = _child(element, f"{kind}Sentence")
        clause = Clause(_words(label) if label is not None else "", "", line_of(element))
        if sentence is not None:
            clause.text = _words(sentence)
        if kind != "Paragraph" and not clause.label:
            self.problem("text.tail-lost", element, f"{kind} {element.get('Num', '?')} has no number (Title)")
        below = _BELOW.get(kind, "Item")
        for child in element:
            tag = _tag(child)
            if tag == below:
                clause.children += self._expanded(child, below)
            elif tag == "List":
                clause.last().text += f" {_words(child)}"
            elif tag in _EXTRA:
                clause.children.append(Clause("", f"［{_EXTRA[tag]}］ {_words(child)}".strip(), line_of(child)))
            elif tag in _LEVELS:
                says = f"{tag} stands directly in {kind}; {below} is expected"
                self.problem("text.stray", child, says)
        return clause

    def _expanded(self, element: Element, kind: str) -> list[Clause]:
        """One clause, or several where a run of numbers is deleted ("十二及び十三　削除")."""
        clause = self._clause(element, kind)
        labels = deleted_labels(clause.label)
        if len(labels) == 1:
            return [clause]
        return [Clause(label, clause.text, clause.line) for label in labels]

    def _table(self, element: Element) -> None:
        title = _child(element, "AppdxTableTitle")
        words = _words(title) if title is not None else ""
        table = Table(re.split(r"[（(\s　]", words, maxsplit=1)[0], line_of(element))
        for row in element.iter():
            if _tag(row) in ("TableRow", "TableHeaderRow"):
                columns = [child for child in row if _tag(child) in ("TableColumn", "TableHeaderColumn")]
                table.rows.append([self._cell(column) for column in columns])
        for item in element:
            if _tag(item) == "Item":
                clause = self._clause(item, "Item")
                table.rows.append([Clause("", f"{clause.label}　{clause.text}".strip(), clause.line)])
        self.law.tables.append(table)

    def _cell(self, column: Element) -> Clause:
        """A cell: numbered parts as elements, or as sentences that begin with their number."""
        parts = [child for child in column if _tag(child) in _LEVELS]
        if parts:
            opening = [child for child in column if _tag(child) not in _LEVELS]
            clause = Clause("", "".join(_words(child) for child in opening), line_of(column))
            clause.children = [self._clause(child, _tag(child)) for child in parts]
            return clause
        paragraphs = [child for child in column if _tag(child) == "Paragraph"]
        if paragraphs:
            clause = self._clause(paragraphs[0], "Paragraph")
            return Clause("", clause.text, clause.line, clause.children)
        return cell(_words(column), line_of(column))


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _child(element: Element, tag: str) -> Element | None:
    return next((child for child in element if _tag(child) == tag), None)


def _words(element: Element) -> str:
    """The element's words; columns are parted by a full-width space, white space between tags is no words."""
    return _gather(element).strip(" \n\t")


def _gather(element: Element) -> str:
    if _tag(element) in _SILENT:
        return ""
    out = _clean(element.text)
    for at, child in enumerate(element):
        if _tag(child) == "Column" and at:
            out += "　"
        out += _gather(child) + _clean(child.tail)
    return out


def _clean(text: str | None) -> str:
    """Words keep their full-width spaces; the indentation between tags goes."""
    return re.sub(r"[ \t]*\r?\n[ \t]*", "", text) if text else ""
