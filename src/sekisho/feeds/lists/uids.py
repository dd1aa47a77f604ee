"""Ids for entries of lists whose publisher gives none: made of what identifies the entry to a person.

The same entry keeps its id over versions of the list as long as its country and its primary name stand; two entries
that share both are told apart by what else is printed, and only then by their order.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

_RUN = re.compile(r"[\W_]+")


def slug(text: str, limit: int = 72) -> str:
    """Write ``text`` in lower case with hyphens; letters of every script stay, accents of Latin letters go."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = _RUN.sub("-", unicodedata.normalize("NFC", plain)).strip("-")
    if len(plain) <= limit:
        return plain
    return f"{plain[: limit - 9].rstrip('-')}-{hashlib.sha256(plain.encode()).hexdigest()[:8]}"


class UidMaker:
    """Makes the ids of one reading, and no id twice."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._used: set[str] = set()

    def make(self, country: str, name: str, *more: str) -> str:
        """Make an id from country and name; ``more`` tells entries apart that share both."""
        base = f"{self._prefix}:{country or 'ZZ'}:{slug(name) or 'unnamed'}"
        uid = base
        if uid in self._used and any(more):
            uid = f"{base}:{hashlib.sha256(chr(31).join(more).encode()).hexdigest()[:8]}"
        number = 2
        while uid in self._used:
            uid = f"{base}:{number}"
            number += 1
        self._used.add(uid)
        return uid
