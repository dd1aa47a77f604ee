"""What the US list prints between its entries: notes of chapters, and the annex of explosives to category 1."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element

from sekisho.classify.tree import Entry, Note
from sekisho.feeds.texts.draft import Draft
from sekisho.feeds.texts.us_inline import words
from sekisho.feeds.texts.us_notes import notes_of
from sekisho.feeds.texts.xml_safe import line_of

_ITEM = re.compile(r"^(?P<own>\d{1,3}|[a-z])\.\s+(?P<text>.+)$", re.DOTALL)


def preface_notes(chapter: str, element: Element) -> list[Note]:
    """Make the notes of one element that stands before a chapter's entries ("5.2" is part 2 of category 5)."""
    if element.tag == "NOTE":
        drafts = notes_of(list(element), "")
    elif element.tag == "P" and words(element):
        drafts = notes_of("Note: " + words(element), "")
    else:
        return []
    for draft in drafts:
        draft.about = (chapter,)
    return [draft.freeze() for draft in drafts]


def annex(annex_id: str, title: str, elements: Iterable[Element], line: int) -> Entry:
    """Read a numbered list whose lettered parts hang under the number before them."""
    root = Draft(annex_id, annex_id, [title], "", line)
    root.introduced = "the numbers of a list"
    for element in elements:
        text = words(element)
        found = _ITEM.match(text)
        if found is None:
            root.last().words.append(text)
            continue
        parent = root if found["own"].isdigit() else root.children[-1] if root.children else root
        child = Draft(
            f"{parent.path}.{found['own']}", found["own"], [found["text"]], f"{found['own']}.", line_of(element)
        )
        child.reserved = found["text"].strip(" .;").lower() == "[reserved]"
        parent.children.append(child)
    return Entry(annex_id, root.freeze(), category=annex_id.rpartition("-")[2])
