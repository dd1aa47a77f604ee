"""The left cell of a requirement row: the reason for control and what of the entry it reaches.

Four kinds. ``entire``: the whole entry. ``paths``: paragraphs, or all but some. ``derived``: software or technology for
what other entries control. ``described``: a condition in words, which a pack turns into a question bound to the hash
of the row; the paragraphs that it stands for are kept where the text begins with them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sekisho.feeds.us.paragraphs import list_of, tidy, whole_list
from sekisho.feeds.us.scope_value import Kind, Scope
from sekisho.feeds.us.settled import settled

_LEAD = re.compile(r"^(?:Control(?:\(s\)|s)?:? ?|Country Chart\. ?)*")
_REASON = re.compile(r"^([A-Z]{2})(?: and ([A-Z]{2}))? appl(?:y|ies)(?: to)?,? ?")
_RUSSIA = re.compile(r"^Russian industry sector sanctions? appl(?:y|ies)(?: to)? ?")
_ENTIRE = re.compile(r"^(?:the )?entire entry\b[.,]?\s*")
_EXCEPT = re.compile(r"^except:?\s+")
_FOR_REASONS = re.compile(r",? ?(?:controlled )?for ([A-Z]{2}) reasons?\b\.?", re.IGNORECASE)
_OUTSIDE = re.compile(r"\(\s*except(?:ed)?(?: for)? ([^()]*)\)", re.IGNORECASE)
_PLAIN_LEAD = re.compile(
    r"^(?:only to |to )?(?:the )?(?:items|commodities|paragraphs?)?\s*"
    r"(?:controlled|specified)?\s*(?:by|in)?\s*(?:paragraphs?\s*)?"
)
# What the words of a derived row may say beside the entries themselves without narrowing it further.
_MEANS = re.compile(
    r"\"?(?:software|technology|equipment|items|commodities|materials|systems|valves)\"?,?\s*"
    r"|\b(?:for|and|or|by|in|under|to|the|of|those|that|controlled|specified|as noted|ECCNs?|therefor|only)\b"
    r"|\"?(?:required|specially designed|modified|development|production|use|operation|installation|maintenance|repair"
    r"|overhaul|refurbishing)\"?,?\s*",
    re.IGNORECASE,
)
_TECHNOLOGY = re.compile(
    r"^(?:\"?(?:specially designed|required)\"?(?: or modified)? )?\"?(?:software|technology),?\"?(?: |,)", re.I
)
_NARROW = re.compile(r"\b(disposal|operation)\b|required|specially designed|\"use\"|\"FADEC", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Left:
    """A left cell read: its reasons (``RU`` for Russian industry sector sanctions) and its scope."""

    reasons: tuple[str, ...]
    scope: Scope


def read_left(text: str, entry: str, known: Sequence[str]) -> Left | None:
    """Read a left cell, or the beginning of a requirement paragraph; None when it names no reason."""
    text = _LEAD.sub("", tidy(text)).strip()
    russian = _RUSSIA.match(text)
    lead = russian or _REASON.match(text)
    if lead is None:
        return None
    reasons = ("RU",) if russian else tuple(one for one in lead.groups() if one)
    return Left(reasons, _scope(reasons[0], text[lead.end() :].strip(), entry, known))


def _scope(reason: str, text: str, entry: str, known: Sequence[str]) -> Scope:
    read = settled(entry, reason, text)
    if read is not None:
        return read
    entire = _ENTIRE.match(text)
    if entire:
        return _entire(text[entire.end() :].strip(), entry, known)
    if (_TECHNOLOGY.match(text) or text.startswith("equipment for engines")) and "does not apply" not in text:
        derived = _derived(text, entry, known)
        if derived is not None:
            return derived
    plain = _PLAIN_LEAD.sub("", text, count=1)
    excluded: list[str] = []
    body = _take_outside(plain, entry, known, excluded)
    paths = whole_list(re.sub(r"\bof this entry\b|\bonly\b", "", body), entry, known)
    if paths is not None and all(path.startswith(f"{entry}.") for path in paths):
        return Scope("paths", include=_relative(paths, entry), exclude=_relative(excluded, entry))
    kind: Kind = "derived" if _TECHNOLOGY.match(text) and "does not apply" in text else "described"
    return Scope(kind, include=_leading(plain, entry, known), words=True)


def _entire(tail: str, entry: str, known: Sequence[str]) -> Scope:
    if not tail or tail.startswith(("(refer to", "A license is required", "The Commerce", "For licensing", "See ")):
        return Scope("entire")
    exception = _EXCEPT.match(tail)
    if exception is None:
        return Scope("described", words=True)
    body = tail[exception.end() :].rstrip(".")
    paths = whole_list(body, entry, known)
    if paths is not None and all(path.startswith(f"{entry}.") for path in paths):
        return Scope("paths", exclude=_relative(paths, entry))
    derived = _derived_exception(body, known, entry)
    return derived or Scope("described", words=True)


def _derived_exception(body: str, known: Sequence[str], entry: str) -> Scope | None:
    """All but the software, technology or equipment for some other entry."""
    found = list_of(body, entry, known)
    others = tuple(path for path in found.paths if not path.startswith(entry))
    rest = _MEANS.sub(" ", found.rest).strip(' ,.;"')
    if not others or rest or len(others) != len(found.paths) or "for" not in found.rest:
        return None
    return Scope("described", of_except=others, words=len({path[:5] for path in others}) > 1)


def _derived(text: str, entry: str, known: Sequence[str]) -> Scope | None:
    body = re.split(r"\. (?=A license|Accordingly)", text)[0]
    reasons = {reason.upper() for reason in _FOR_REASONS.findall(body)}
    body = _FOR_REASONS.sub(" ", body)
    outside: list[str] = []
    maybe = re.findall(r"(\d[A-E](?:\d{3})?) \(except as (?:noted|specified) in the heading\)", body)
    body = re.sub(r"\(except as (?:noted|specified) in the heading\)", "", body)
    body = _take_outside(body, entry, known, outside)
    trailing = re.search(r" except (\d[A-E]\d{3}\.\S+)$", body)
    if trailing:
        outside.append(trailing[1])
        body = body[: trailing.start()]
    found = list_of(body, entry, known)
    of = _groups([path for path in found.paths if not path.startswith(f"{entry}.")], known)
    own = tuple(path for path in found.paths if path.startswith(f"{entry}."))
    rest = _MEANS.sub(" ", found.rest).strip(' ,.;"')
    if len(reasons) > 1 or (not of and not own):
        return None
    if not of and not rest and "for" not in found.rest:
        return Scope("paths", include=_relative(own, entry))
    if not of:
        return None
    unsure = _groups(maybe, known)
    return Scope(
        "derived",
        include=_relative(own, entry),
        of=tuple(path for path in of if path not in unsure),
        of_except=tuple(outside),
        of_maybe=unsure,
        of_reason=next(iter(reasons), ""),
        words=bool(rest) or _narrowed(body),
    )


def _narrowed(body: str) -> bool:
    """Whether the row speaks of one kind of technology only, such as disposal, where its entry covers more."""
    if re.search(r"\bdisposal\b|FADEC|characteristics|parameters", body, re.IGNORECASE):
        return True
    return bool(re.search(r"for the \"?use\"? of|\"required\"|\"specially designed\"", body))


def _take_outside(text: str, entry: str, known: Sequence[str], outside: list[str]) -> str:
    """Move ``(except .b.5)`` out of the text."""

    def take(found: re.Match[str]) -> str:
        before = text[: found.start()]
        last = list_of(before, entry, known).paths
        near = last[-1].partition(".")[0] if last else entry
        paths = whole_list(found[1], near, known)
        if paths is None:
            return found[0]
        outside.extend(paths)
        return ""

    return _OUTSIDE.sub(take, text)


def _groups(paths: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """A product group (``3B``) is every entry in it."""
    found: list[str] = []
    for path in paths:
        found += [code for code in known if code.startswith(path)] if len(path) == 2 else [path]
    return tuple(dict.fromkeys(found))


def _leading(text: str, entry: str, known: Sequence[str]) -> tuple[str, ...]:
    """The paragraphs with which a description begins (``3A002.h when ...``); none when it begins with words."""
    found = re.match(rf"^(?:items |commodities |equipment )?(?:described )?(?:in |controlled in )?({entry}\.\S+)", text)
    if found is None or re.search(rf"{entry}\.", text[found.end() :]) or re.search(r"EXCEPT|except", text):
        return ()
    head = re.split(r" (?:that|when|for|if|in|capable|\"specially)\b", text[found.start(1) :], maxsplit=1)[0]
    paths = whole_list(head, entry, known)
    return _relative(paths, entry) if paths else ()


def _relative(paths: Sequence[str], entry: str) -> tuple[str, ...]:
    return tuple(path.removeprefix(f"{entry}.") for path in paths)
