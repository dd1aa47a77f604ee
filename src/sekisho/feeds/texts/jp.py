"""Japan's Order, FEO and goods ordinance: one door for the Markdown rendition and for e-Gov XML."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from sekisho.classify.tree import ControlList
from sekisho.feeds.texts.jp_lists import make_list
from sekisho.feeds.texts.jp_markdown import read_markdown
from sekisho.model.problem import BadInput, Problem


def read_jp(source: bytes | Path, version: date | None = None, *, where: str = "") -> ControlList:
    """Read one of the three laws; which one is told by its e-Gov number or title.

    ``version`` overrides the day of the text that the Markdown front matter or the e-Gov revision states.
    Raises ``BadInput`` with every problem and its line when it is another law or was damaged.
    """
    data = source if isinstance(source, bytes) else source.read_bytes()
    where = where or ("jp" if isinstance(source, bytes) else source.name)
    sha256 = hashlib.sha256(data).hexdigest()
    if data.lstrip()[:1] == b"<":
        from sekisho.feeds.texts.jp_egov_xml import read_egov_xml

        return make_list(read_egov_xml(data, where), sha256, where, version)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        says = f"byte {error.start} is not UTF-8"
        raise BadInput([Problem("text.encoding", where, says, "the file is damaged or in another encoding")]) from None
    return make_list(read_markdown(text, where), sha256, where, version)
