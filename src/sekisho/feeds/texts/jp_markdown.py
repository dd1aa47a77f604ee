"""Japanese laws in a Markdown rendition: front matter, 「**第一条**　」, nested 「- イ　」, tables, then 附則."""

from __future__ import annotations

import re
from datetime import date

from sekisho.classify.kanji import NUMERAL
from sekisho.classify.steps import IROHA
from sekisho.feeds.texts.jp_cells import cell
from sekisho.feeds.texts.jp_law import Article, Clause, LawText, Table, deleted_labels
from sekisho.model.problem import BadInput, Problem

MAX_CHARACTERS = 20_000_000
_FRONT = re.compile(r"^(?P<key>[a-z_]+):\s*\"?(?P<value>[^\"]*)\"?\s*$")
_ARTICLE = re.compile(rf"^\*\*(?P<label>第{NUMERAL}条(?:の{NUMERAL})*)(?:（(?P<caption>[^）]*)）)?\*\*　?(?P<text>.*)$")
_PARAGRAPH = re.compile(r"^\*\*(?P<label>[０-９]+)\*\*　(?P<text>.*)$")
_ITEM = re.compile(
    rf"^(?P<indent> *)- (?:(?P<label>{NUMERAL}(?:(?:及び|から){NUMERAL}(?:まで)?)?|イ?[{IROHA}]|（{NUMERAL}）|"
    r"[０-９]+(?:の[０-９]+)*)　(?P<text>.*)|(?P<plain>.*))$"
)
_TABLE = re.compile(rf"^\*\*(?P<title>別表(?:第{NUMERAL})?)\*\*")


def read_markdown(text: str, where: str) -> LawText:
    """Read one law; raises ``BadInput`` with every line that does not fit."""
    if len(text) > MAX_CHARACTERS:
        raise BadInput([Problem("text.too-large", where, f"{len(text):,} characters are not read", "give one law")])
    reader = _Reader(where)
    for line, words in enumerate(text.splitlines(), 1):
        reader.take(words.rstrip(), line)
    if not reader.law.articles:
        says, hint = "no article (第一条) was found", "give the law as the Markdown rendition or as e-Gov XML"
        reader.problems.append(Problem("text.not-this-list", where, says, hint))
    if reader.problems:
        raise BadInput(reader.problems)
    return reader.law


class _Reader:
    def __init__(self, where: str) -> None:
        self.where = where
        self.law = LawText("", "")
        self.problems: list[Problem] = []
        self._front = 0
        self._main = True
        self._stack: list[Clause] = []

    def take(self, words: str, line: int) -> None:
        if words == "---" and self._front < 2 and not self.law.articles:
            self._front += 1
        elif self._front == 1:
            self._front_matter(words.strip())
        elif not words.strip() or words.startswith("### "):
            return
        elif words.startswith("## "):
            self._main = not words.startswith("## 附則")
            self._stack = []
        elif found := _TABLE.match(words):
            self._main, self._stack = False, []
            self.law.tables.append(Table(found["title"], line))
        elif words.startswith("|") and self.law.tables:
            self._row(words, line)
        elif not self._main and self.law.tables:
            self.law.tables[-1].rows.append([cell(words.strip().removeprefix("- "), line)])
        elif self._main:
            self._provision(words, line)

    def _front_matter(self, words: str) -> None:
        found = _FRONT.match(words)
        if found is None:
            return
        if found["key"] == "identifier":
            self.law.law_id = found["value"]
        elif found["key"] == "title":
            self.law.title = found["value"]
        elif found["key"] in ("enforced_at", "last_updated") and self.law.version is None:
            try:
                self.law.version = date.fromisoformat(found["value"])
            except ValueError:
                says = f"{found['key']} is {found['value']!r}, not a day"
                self.problems.append(Problem("text.date", self.where, says, "a day is written 2026-02-14"))

    def _provision(self, words: str, line: int) -> None:
        if found := _ARTICLE.match(words):
            paragraph = Clause("", found["text"].strip(), line)
            self.law.articles.append(Article(found["label"], found["caption"] or "", line, [paragraph]))
            self._stack = [paragraph]
        elif (found := _PARAGRAPH.match(words)) and self.law.articles:
            paragraph = Clause(found["label"], found["text"].strip(), line)
            self.law.articles[-1].paragraphs.append(paragraph)
            self._stack = [paragraph]
        elif (found := _ITEM.match(words)) and self._stack:
            self._item(found, line)
        elif self._stack:  # a formula, or words that go on below the items
            last = self._stack[-1]
            last.text += f" {words.strip()}"
        else:
            says = f"this line belongs to no article: {words[:40]}"
            self.problems.append(Problem("text.stray", f"{self.where}:{line}", says, "compare with the law"))

    def _item(self, found: re.Match[str], line: int) -> None:
        depth = len(found["indent"]) // 2 + 1
        if depth > len(self._stack):
            says = f"the item {found['label'] or ''} is {depth - len(self._stack)} level(s) too deep"
            self.problems.append(Problem("text.stray", f"{self.where}:{line}", says, "compare with the law"))
            return
        for label in deleted_labels(found["label"] or ""):
            clause = Clause(label, (found["text"] or found["plain"] or "").strip(), line)
            self._stack[depth - 1].children.append(clause)
            self._stack[depth:] = [clause]

    def _row(self, words: str, line: int) -> None:
        cells = [part.strip() for part in words.strip().strip("|").split("|")]
        if all(set(part) <= {"-", ":", " "} for part in cells) and any("-" in part for part in cells):
            return
        self.law.tables[-1].rows.append([cell(part, line) for part in cells])
