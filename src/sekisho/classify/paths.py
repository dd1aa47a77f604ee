"""Paths: how each list numbers its paragraphs, one canonical spelling for each, and every usual spelling read.

====================  ===================  ==========================================================
list                  canonical            also read
====================  ===================  ==========================================================
us-ccl, eu-annex-1    ``3A001.a.5.a``      ``3A001a5a`` (EU print), ``3a001 A.5.A``, ``3A001(a)(5)(a)``
jp-table-1, jp-feo    ``6(2)``, ``3-2(1)`` ``6項(2)``, ``六の項（二）``, ``別表第一の六の項（二）``, ``3の2(1)``
jp-goods              ``5(ii)イ(一)1``     ``第五条第二号イ（一）１``, ``5条2号イ（一）１``
====================  ===================  ==========================================================

In the goods ordinance an Arabic number in brackets after the article is a paragraph (項) of an article that has
several, a Roman one an item (号): ``2(2)(v)`` is 第二条第二項第五号. Then follow イ, (一), 1, 一, イ, (一).
"""

from __future__ import annotations

import re
import unicodedata

from sekisho.classify.kanji import NUMERAL, K, branched, from_roman, kanji, number, to_roman
from sekisho.model.problem import BadInput, Problem

LISTS = ("us-ccl", "eu-annex-1", "jp-table-1", "jp-feo", "jp-goods")
_DUAL_USE = ("us-ccl", "eu-annex-1")

_ENTRY = re.compile(r"(\d[A-E][0-9Y]\d\d)", re.IGNORECASE)
_REST = re.compile(
    r"(?:[\s.()]*(?:(?<![A-Za-z])(?:[a-zA-Z]{1,2}|i{2,3}|iv|vi{1,3}|ix)(?![A-Za-z])|(?<!\d)[1-9]\d{0,2}(?!\d)))*[\s.()]*"
)
_STEP = re.compile(r"[a-z]+|\d+")

_N = r"[0-9]+(?:-[0-9]+)*"
_ROW = re.compile(rf"(?P<row>{_N})(?:\((?P<sub>{_N})\)(?P<part>{_N})?)?")
_GOODS = re.compile(
    rf"(?P<article>{_N})(?:\((?P<paragraph>[0-9]+)\))?(?:\((?P<item>[ivxlc]+(?:-[0-9]+)*)\)(?P<steps>.*))?"
)
_GOODS_STEPS = re.compile(rf"[ァ-ヶ]{{1,2}}(?:-[0-9]+)?|\({NUMERAL}\)|[0-9]+(?:-[0-9]+)*|{NUMERAL}")
_JP_ROW = re.compile(
    rf"(?:輸出(?:貿易管理)?令|外(?:国為替|為)令)?(?:別表(?:第一)?)?の?(?P<row>{NUMERAL}|[0-9]+(?:[の-][0-9]+)*)の?項"
    r"(?P<rest>.*)"
)
_JP_ARTICLE = re.compile(
    rf"第?(?P<article>{NUMERAL}|[0-9]+)条(?:の(?P<branch>{NUMERAL}|[0-9]+))?"
    rf"(?:第?(?P<paragraph>{NUMERAL}|[0-9]+)項)?"
    rf"(?:第?(?P<item>{NUMERAL}|[0-9]+)号(?:の(?P<item_branch>[{K}]+|[0-9]+))?)?(?P<steps>.*)"
)


def normalise(list_id: str, text: str) -> str:
    """Give the canonical spelling of a path; raises ``BadInput`` when ``text`` is no path of that list."""
    found = try_normalise(list_id, text)
    if found is None:
        says = f"this is not a path of {list_id}"
        raise BadInput([Problem("path.unreadable", text, says, f"write it like {example(list_id)}")])
    return found


def try_normalise(list_id: str, text: str) -> str | None:
    """As ``normalise``, but None when ``text`` is no path of that list."""
    if len(text) > 120:
        return None
    if list_id in _DUAL_USE:
        return _dual_use(text)
    if list_id in ("jp-table-1", "jp-feo"):
        return _row(text)
    return _goods(text) if list_id == "jp-goods" else None


def example(list_id: str) -> str:
    """A path of that list as it should be written."""
    return {"jp-table-1": "6(2)", "jp-feo": "6(2)", "jp-goods": "5(ii)イ(一)"}.get(list_id, "3A001.a.5.a")


def steps(list_id: str, path: str) -> tuple[str, ...]:
    """Split a canonical path into its entry and its steps: ("3A001", "a", "5"), ("5", "(ii)", "イ", "(一)")."""
    if list_id in _DUAL_USE:
        return tuple(path.split("."))
    head = re.match(_N, path)
    if head is None:
        return (path,)
    rest = path[head.end() :]
    return (head[0], *re.findall(rf"\([^)]*\)|[ァ-ヶ]{{1,2}}(?:-[0-9]+)?|{_N}|{NUMERAL}", rest))


def parent(list_id: str, path: str) -> str:
    """The path one step up, "" above an entry."""
    return join(list_id, steps(list_id, path)[:-1])


def join(list_id: str, parts: tuple[str, ...]) -> str:
    """Put steps together again: the opposite of ``steps``."""
    return ("." if list_id in _DUAL_USE else "").join(parts)


def printed(list_id: str, path: str) -> str:
    """The path as the list's own publisher prints it (the EU writes 3A001a5a, Japan 第五条第二号イ（一）)."""
    if list_id == "eu-annex-1":
        entry, *rest = path.split(".")
        return entry + ("." if rest and rest[0].isdigit() else "") + "".join(rest)
    if list_id == "jp-goods":
        return _goods_printed(path)
    if list_id in ("jp-table-1", "jp-feo"):
        return _row_printed(path)
    return path


def _dual_use(text: str) -> str | None:
    evened = unicodedata.normalize("NFKC", text).strip().rstrip(".;,")
    head = _ENTRY.match(evened)
    if head is None or not head[0].isascii() or not _REST.fullmatch(evened, head.end()):
        return None
    return ".".join([head[1].upper(), *_STEP.findall(evened[head.end() :].lower())])


def _row(text: str) -> str | None:
    evened = unicodedata.normalize("NFKC", text).strip().replace(" ", "").replace("–", "-")
    if found := _JP_ROW.fullmatch(evened):
        row = branched(found["row"])
        rest = re.sub(rf"\(({NUMERAL})\)", lambda sub: f"({branched(sub[1])})", found["rest"])
        evened = f"{row}{re.sub(r'(?<=[0-9])の(?=[0-9])', '-', rest)}"
    evened = re.sub(r"(?<=[0-9])の(?=[0-9])", "-", evened)
    found = _ROW.fullmatch(evened)
    return evened if found and found["row"] else None


def _goods(text: str) -> str | None:
    evened = unicodedata.normalize("NFKC", text).strip().replace(" ", "")
    if found := _JP_ARTICLE.fullmatch(evened):
        article = "-".join(filter(None, [branched(found["article"]), branched(found["branch"] or "0")]))
        article = article.removesuffix("-0")
        item = branched(found["item"]) if found["item"] else None
        if item and found["item_branch"]:
            item = f"{item}-{branched(found['item_branch'])}"
        paragraph = f"({number(found['paragraph'])})" if found["paragraph"] else ""
        evened = f"{article}{paragraph}{f'({to_roman(item)})' if item else ''}{found['steps']}"
    found = _GOODS.fullmatch(evened)
    if found is None or (found["item"] and from_roman(found["item"]) is None):
        return None
    rest = found["steps"] or ""
    return evened if "".join(_GOODS_STEPS.findall(rest)) == rest else None


def _row_printed(path: str) -> str:
    row, *rest = steps("jp-table-1", path)
    numbers = [kanji(int(part)) for part in row.split("-")]
    out = "の".join(numbers) + "の項"
    for step in rest:
        if step.startswith("("):
            out += f"（{'の'.join(kanji(int(part)) for part in step[1:-1].split('-'))}）"
        else:
            out += step.replace("-", "の").translate(_WIDE)
    return out


def _goods_printed(path: str) -> str:
    article, *rest = steps("jp-goods", path)
    first, *branches = article.split("-")
    out = f"第{kanji(int(first))}条" + "".join(f"の{kanji(int(branch))}" for branch in branches)
    for step in rest:
        inner = step.strip("()")
        if step.startswith("(") and inner.isdigit():
            out += f"第{kanji(int(inner))}項"
        elif step.startswith("(") and (roman := from_roman(inner)):
            item, *branch = roman.split("-")
            out += f"第{kanji(int(item))}号" + "".join(f"の{kanji(int(part))}" for part in branch)
        else:
            out += step.replace("(", "（").replace(")", "）").translate(_WIDE)
    return out


_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
