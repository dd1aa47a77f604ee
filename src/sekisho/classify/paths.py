"""Paths: how each list numbers its paragraphs, one canonical spelling for each, and every usual spelling read.

====================  ==========================  =====================================================
list                  canonical                   also read
====================  ==========================  =====================================================
us-ccl, eu-annex-1    ``3A001.a.5.a``             ``3A001a5a`` (EU print), ``3a001 A.5.A``, ``3A001(a)(5)(a)``
jp-table-1, jp-feo    ``6(2)``, ``3-2(1)``        ``6-(2)``, ``六の項（二）``, ``6項(2)``, ``別表第一の六の項（二）``
jp-goods              ``5(ii)イ(一)1``            ``第五条第二号イ（一）１``, ``5(2)イ(一)`` is paragraph 2 of article 5
====================  ==========================  =====================================================

In the goods ordinance an Arabic number in brackets after the article is the paragraph (項), a Roman one the item (号).
"""

from __future__ import annotations

import re
import unicodedata

from sekisho.model.problem import BadInput, Problem

LISTS = ("us-ccl", "eu-annex-1", "jp-table-1", "jp-feo", "jp-goods")

_ENTRY = re.compile(r"(\d[A-E][0-9Y]\d\d)", re.IGNORECASE)
_STEP = re.compile(r"[a-z]+|\d+")


def normalise(list_id: str, text: str) -> str:
    """Give the canonical spelling of a path; raises ``BadInput`` when ``text`` is no path of that list."""
    found = try_normalise(list_id, text)
    if found is None:
        raise BadInput([Problem("path.unreadable", text, f"this is not a path of {list_id}", f"write it like {example(list_id)}")])
    return found


def try_normalise(list_id: str, text: str) -> str | None:
    """As ``normalise``, but None when ``text`` is no path of that list."""
    if list_id in ("us-ccl", "eu-annex-1"):
        return _normalise_dual_use(text)
    raise NotImplementedError(list_id)


def example(list_id: str) -> str:
    """A path of that list as it should be written."""
    return {"jp-table-1": "6(2)", "jp-feo": "6(2)", "jp-goods": "5(ii)イ(一)"}.get(list_id, "3A001.a.5.a")


def split(path: str) -> tuple[str, tuple[str, ...]]:
    """Split a canonical us-ccl or eu-annex-1 path into its entry and its steps."""
    entry, *steps = path.split(".")
    return entry, tuple(steps)


def _normalise_dual_use(text: str) -> str | None:
    evened = unicodedata.normalize("NFKC", text).strip().rstrip(".;,")
    head = _ENTRY.match(evened)
    if head is None:
        return None
    rest = evened[head.end() :]
    if not re.fullmatch(r"(?:[\s.()]*(?:[a-zA-Z]+|\d+))*[\s.()]*", rest):
        return None
    return ".".join([head[1].upper(), *_STEP.findall(rest.lower())])
