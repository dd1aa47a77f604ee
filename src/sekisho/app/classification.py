"""The written form of a classification: stable JSON, and what a transfer file can take over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sekisho.classify.answer import Answer, Considered, ListAnswer, Listing
from sekisho.classify.asking import Question
from sekisho.classify.item import Stated
from sekisho.classify.library import Library
from sekisho.classify.why import Support, show_value

FORM = "sekisho.classification/1"
LAWS = {"us-ccl": "us", "eu-annex-1": "eu", "jp-goods": "jp"}


def answer_document(
    library: Library, answer: Answer, lang: str, editions: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The answer as JSON: the contract is in ``docs/classification.md``."""
    return {
        "form": FORM,
        "item": {
            "name": answer.item.name,
            "kinds": list(answer.item.kinds),
            "mentioned": [{"kind": m.kind, "words": m.words} for m in dict.fromkeys(_first_mentions(answer))],
            "facts": [_fact(library, stated) for stated in answer.facts.values()],
            "unconfirmed": [_fact(library, stated) for stated in answer.item.facts.values() if not stated.counts],
        },
        "lists": {one.list_id: _list(one, lang, (editions or {}).get(one.list_id, "")) for one in answer.lists},
        "entries": transfer_entries(answer),
    }


def transfer_entries(answer: Answer) -> dict[str, list[str]]:
    """What ``entries`` of a transfer's item may state: listed rows, [] for not-listed; undetermined is left out."""
    found: dict[str, list[str]] = {}
    for one in answer.lists:
        law = LAWS[one.list_id]
        if one.verdict == "listed":
            rows = [(listing.row or listing.entry) if law == "jp" else listing.path for listing in one.entries]
            found[law] = list(dict.fromkeys(rows))
        elif one.verdict == "not-listed":
            found[law] = []
    return found


def _first_mentions(answer: Answer) -> list[Any]:
    seen: dict[str, Any] = {}
    for mention in answer.mentions:
        seen.setdefault(mention.kind, mention)
    return list(seen.values())


def _fact(library: Library, stated: Stated) -> dict[str, Any]:
    fact = library.catalogue[stated.fact]
    return {
        "fact": stated.fact,
        "value": show_value(stated.value, fact.unit),
        "as_given": stated.text,
        "source": stated.source,
        "where": stated.where,
    }


def _list(one: ListAnswer, lang: str, edition: str) -> dict[str, Any]:
    document: dict[str, Any] = {
        "verdict": one.verdict,
        "entries": [_listing(listing, lang) for listing in one.entries],
        "considered": [_considered(entry) for entry in one.considered],
        "questions": [_question(question, lang) for question in one.questions],
        "version": one.version,
        "status": one.status,
        "reasons": list(one.reasons),
        "text": edition,
    }
    if one.if_confirmed is not None:
        document["if_confirmed"] = {"verdict": one.if_confirmed, "entries": list(one.if_confirmed_entries)}
    return document


def _listing(listing: Listing, lang: str) -> dict[str, Any]:
    return {
        "path": listing.path,
        "entry": listing.entry,
        **({"row": listing.row} if listing.row else {}),
        "says": listing.says.get(lang, ""),
        "status": listing.status,
        "why": [_support(support) for support in listing.why],
    }


def _support(support: Support) -> dict[str, Any]:
    return {
        "fact": support.fact,
        "value": support.value,
        "words": list(support.words),
        "at": support.at,
        "source": support.source,
        "where": support.where,
        "holds": support.holds,
    }


def _considered(entry: Considered) -> dict[str, Any]:
    return {"entry": entry.entry, "result": entry.result, **({"open": list(entry.open)} if entry.open else {})}


def _question(question: Question, lang: str) -> dict[str, Any]:
    return {
        "fact": question.fact,
        "ask": question.ask.get(lang) or question.ask.get("en", ""),
        "type": question.type,
        **({"unit": question.unit} if question.unit else {}),
        "settles": question.settles,
        **({"read": question.read} if question.read else {}),
    }
