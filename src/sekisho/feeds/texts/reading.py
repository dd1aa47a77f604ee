"""One door for every official text: which list a file holds is told by its content."""

from __future__ import annotations

from datetime import date

from sekisho.classify.tree import ControlList
from sekisho.model.problem import BadInput, Problem

READER = 1  # raised when the same bytes give another tree; kept trees of an older reader are made again

TITLES = {
    "us-ccl": {"en": "US Commerce Control List", "ja": "米国 商務省規制品目リスト（CCL）"},
    "eu-annex-1": {"en": "EU dual-use list (Annex I)", "ja": "EU 二重用途品リスト（附属書Ⅰ）"},
    "jp-table-1": {"en": "Japan, Export Trade Control Order, Appended Table 1", "ja": "輸出貿易管理令 別表第一"},
    "jp-feo": {"en": "Japan, Foreign Exchange Order, Appended Table", "ja": "外国為替令 別表"},
    "jp-goods": {"en": "Japan, goods and technology ordinance", "ja": "貨物等省令"},
}


def read_text(data: bytes, where: str, version: date | None = None) -> ControlList:
    """Read whichever list the bytes hold; raises ``BadInput`` when it is none or damaged."""
    return _READERS[which(data, where)](data, where, version)


def which(data: bytes, where: str) -> str:
    """Tell the reader by the first signs in the content: "us-ccl", "jp" or "eu-annex-1"."""
    head = data[:200_000]
    if b"Supplement No. 1 to Part 774" in head:
        return "us-ccl"
    if data.lstrip()[:1] == b"<":
        if b"<LawBody" in data or b"<Law " in head:
            return "jp"
        if b"<NP>" in data or b"<GR.SEQ" in data or b"BIB.INSTANCE" in head:
            return "eu-annex-1"
    elif "第一条".encode() in head or "別表".encode() in head:
        return "jp"
    elif b"DUAL-USE ITEMS" in head.upper():
        return "eu-annex-1"
    says = "this is none of the list texts that can be read"
    hint = "the US list as eCFR XML, Japan's laws as Markdown or e-Gov XML, EU Annex I as layout text or Formex XML"
    raise BadInput([Problem("text.not-a-list", where, says, hint)])


def _us(data: bytes, where: str, version: date | None) -> ControlList:
    from sekisho.feeds.texts.us_ccl import read_us_ccl

    return read_us_ccl(data, version, where=where)


def _jp(data: bytes, where: str, version: date | None) -> ControlList:
    from sekisho.feeds.texts.jp import read_jp

    return read_jp(data, version, where=where)


def _eu(data: bytes, where: str, version: date | None) -> ControlList:
    from sekisho.feeds.texts.eu_annex1 import read_eu_annex1

    return read_eu_annex1(data, version, where=where)


_READERS = {"us-ccl": _us, "jp": _jp, "eu-annex-1": _eu}
