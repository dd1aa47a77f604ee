"""What the words of an English list say about structure: how children join, what is taken out, what a note does.

Each finding carries the words it rests on. Where the words do not tell, the answer is empty, never a guess.
"""

from __future__ import annotations

import re
from collections import deque

from sekisho.classify.tree import Connective, Effect, Exclusion, Join

_ANY = re.compile(
    r"\b(?:any(?: one)?(?: or more)?|either|one(?: or more)?|at least one|"
    r"one or a combination)\s+of\s+the\s+(?:following|below)\b[^:;.]{0,80}",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"\b(?:(?:all|both|each|every one|at least two|two)\s+of\s+the\s+(?:following|below)|"
    r"all\s+(?:the\s+)?following|both\s+following)\b[^:;.]{0,80}",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"\b(?:as\s+follows?|the\s+following|following|limited\s+to|includ(?:es|ing))\b[^:;.]{0,80}", re.IGNORECASE
)
_TAIL = re.compile(r"[;,:.)]?\s*\b(and|or|and/or)\s*[.;:]?\s*$", re.IGNORECASE)

_TAKEN_OUT = re.compile(
    r"\b(?:except(?:ing)?(?:\s+(?:for|those|that|when|as))?|other\s+than|excluding|not\s+including|"
    r"with\s+the\s+exception\s+of|but\s+not|unless)\b[^;:]*",
    re.IGNORECASE,
)
_NOTE_EXCLUDES = re.compile(
    r"\b(?:do(?:es)?\s+not\s+(?:apply|control|include|cover|prohibit|extend|refer|specify)|(?:is|are)\s+not\s+"
    r"(?:controlled|included|specified|subject)|excludes?|not\s+controlled\s+by)\b",
    re.IGNORECASE,
)
_NOTE_INCLUDES = re.compile(
    r"\b(?:includ(?:es|ing)|also\s+(?:applies|controls)|applies\s+(?:to|only)|controls)\b", re.IGNORECASE
)
_NOTE_DEFINES = re.compile(
    r"\b(?:means|(?:is|are)\s+(?:defined|also\s+referred|the\s+\w+|an?\s+\w+)|refers\s+to|for\s+the\s+purposes?\s+of|"
    r"denotes)\b",
    re.IGNORECASE,
)
_NOTE_REFERS = re.compile(r"\b(?:see|refer\s+to|specified\s+(?:by|in))\b", re.IGNORECASE)


def tail_word(text: str) -> Join:
    """The joining word at the very end of a paragraph ("...; and"), "" when there is none."""
    found = _TAIL.search(text.strip())
    if found is None:
        return ""
    word = found[1].lower()
    return "or" if "or" in word else "and"


def connective(chapeau: str, tails: list[Join], *, introduced: str = "") -> Connective:
    """Read how the children under ``chapeau`` join.

    ``tails`` holds, for each child but the last, the joining word at the end of its last paragraph. The chapeau's own
    words come first; "as follows" lists alternatives; without either, the joining words decide. ``introduced`` names a
    printed heading ("Items:") that opens a list of alternatives when nothing else tells.
    """
    said: set[Join] = {tail for tail in tails if tail}
    opening = chapeau.rsplit(";", 1)[-1] if ":" in chapeau[-40:] else chapeau
    for words in (opening, chapeau):
        either, every = _last(_ANY, words), _last(_ALL, words)
        if either or every:
            found = max(either, every, key=lambda match: match.start() if match else -1)
            assert found is not None
            return _weigh("or" if found is either else "and", _plain(found), said)
    if found := _last(_LIST, chapeau):
        if said == {"and"} and re.search(r"\bhaving\s+the\s+following\b", chapeau, re.IGNORECASE):
            return Connective("and", f"{_plain(found)}; {tails_words(tails)}")
        return Connective("or", _plain(found))
    if len(said) == 1:
        return Connective(next(iter(said)), tails_words(tails))
    if len(said) > 1:
        return Connective("", tails_words(tails), "the paragraphs end in both 'and' and 'or'")
    return Connective("or", introduced) if introduced else Connective()


def tails_words(tails: list[Join]) -> str:
    """Show the joining words at the ends of the children, in order."""
    return ", ".join(f"'{tail}' after no. {at}" for at, tail in enumerate(tails, 1) if tail)


def _weigh(join: Join, words: str, said: set[Join]) -> Connective:
    other = said - {join}
    doubt = f"the chapeau says '{join}', a paragraph below ends in '{other.pop()}'" if other else ""
    return Connective(join, words, doubt)


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(iter(deque(pattern.finditer(text), maxlen=1)), None)


def _plain(found: re.Match[str]) -> str:
    return " ".join(found[0].split())


def exclusions(text: str) -> tuple[Exclusion, ...]:
    """The clauses of a paragraph that take something out of it again."""
    return tuple(Exclusion(" ".join(found[0].split()), "text") for found in _TAKEN_OUT.finditer(text))


def note_effect(kind: str, text: str) -> Effect:
    """What a note does to the paragraph it hangs on, by its own words; "" when they do not tell."""
    if kind == "nota-bene":
        return "refers"
    if _NOTE_EXCLUDES.search(text):
        return "excludes"
    if kind == "technical-note" or _NOTE_DEFINES.search(text):
        return "defines"
    if _NOTE_INCLUDES.search(text):
        return "includes"
    return "refers" if _NOTE_REFERS.search(text) else ""
