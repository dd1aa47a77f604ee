"""Find entries for a text: BM25 over whole entries (own headings, the kinds that name them and their aliases).

Used when no kind is known, and for "also consider"; it proposes and never clears. English words are folded and stripped
of a plural, Japanese is cut into pairs of characters, so that no dictionary is needed.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sekisho.classify.library import Library

K1, B = 1.2, 0.6
LONGEST_QUERY = 20_000
_WORD = re.compile(r"[a-z0-9]+|[぀-ヿ㐀-鿿]+")
_STOP = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "for",
        "from",
        "has",
        "have",
        "in",
        "into",
        "is",
        "it",
        "its",
        "of",
        "on",
        "or",
        "our",
        "that",
        "the",
        "this",
        "to",
        "used",
        "using",
        "with",
        "we",
        "not",
        "other",
        "than",
        "equipment",
        "systems",
        "system",
        "device",
        "devices",
        "parts",
        "components",
        "product",
        "products",
        "related",
        "specially",
        "designed",
    ]
)


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry found, with its score and the terms of the query that it shares."""

    entry: str
    score: float
    terms: tuple[str, ...]


def terms(text: str) -> list[str]:
    """Cut a text into index terms."""
    flat = unicodedata.normalize("NFKC", text[:LONGEST_QUERY]).casefold()
    found: list[str] = []
    for match in _WORD.finditer(flat):
        word = match[0]
        if word[0].isascii():
            if word in _STOP or (len(word) < 2 and not word.isdigit()):
                continue
            found.append(word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word)
        else:
            found.extend(word[i : i + 2] for i in range(max(1, len(word) - 1)))
    return found


class Index:
    """An index of the entries of one list."""

    def __init__(self, documents: Mapping[str, str]) -> None:
        self._counts = {entry: Counter(terms(text)) for entry, text in documents.items()}
        self._lengths = {entry: sum(count.values()) for entry, count in self._counts.items()}
        self._mean = sum(self._lengths.values()) / max(1, len(self._lengths))
        self._holders: dict[str, list[str]] = {}
        for entry, count in self._counts.items():
            for term in count:
                self._holders.setdefault(term, []).append(entry)

    def find(self, text: str, most: int) -> tuple[Hit, ...]:
        """The entries that share most with ``text``, best first."""
        scores: dict[str, float] = {}
        shared: dict[str, list[str]] = {}
        total = len(self._counts)
        for term in dict.fromkeys(terms(text)):
            holders = self._holders.get(term, ())
            if not holders:
                continue
            weight = math.log(1 + (total - len(holders) + 0.5) / (len(holders) + 0.5))
            for entry in holders:
                count = self._counts[entry][term]
                norm = K1 * (1 - B + B * self._lengths[entry] / self._mean)
                scores[entry] = scores.get(entry, 0.0) + weight * count * (K1 + 1) / (count + norm)
                shared.setdefault(entry, []).append(term)
        ranked = sorted(scores, key=lambda entry: (-scores[entry], entry))
        return tuple(Hit(entry, round(scores[entry], 3), tuple(shared[entry])) for entry in ranked[:most])


class Retriever:
    """Entries of every list for a text: those of the kinds that it mentions first, then the index."""

    def __init__(self, library: Library, texts: Mapping[str, Mapping[str, str]] | None = None) -> None:
        self._library = library
        self._texts = texts or {}
        self._indices: dict[str, Index] = {}

    def index(self, list_id: str) -> Index:
        """The index of one list, made when it is first asked for."""
        if list_id not in self._indices:
            self._indices[list_id] = Index(dict(self._documents(list_id)))
        return self._indices[list_id]

    def _documents(self, list_id: str) -> Iterable[tuple[str, str]]:
        pack = self._library.lists[list_id]
        own = self._texts.get(list_id, {})
        for entry, info in pack.entries.items():
            kinds = self._library.kinds_of_entry.get((list_id, entry), ())
            names = [
                " ".join((*kind.says.values(), *kind.aliases)) for kind in (self._library.kinds[name] for name in kinds)
            ]
            yield entry, " ".join([entry, *info.says.values(), *info.says.values(), *names, own.get(entry, "")])

    def entries(self, list_id: str, text: str, most: int) -> tuple[str, ...]:
        """The entries that a text may concern, best first: by the kinds it mentions, then by shared words."""
        found: dict[str, None] = {}
        for mention in self._library.kinds.mentioned(text):
            found.update(dict.fromkeys(self._library.kinds.entries(mention.kind, list_id)))
        hits = self.index(list_id).find(text, most * 3)
        ranked = sorted(found, key=lambda entry: -next((h.score for h in hits if h.entry == entry), 0.0))
        ordered = dict.fromkeys([*ranked, *(hit.entry for hit in hits)])
        return tuple(ordered)[:most]
