"""The written forms of a transfer and an answer: stable JSON, and the hash by which an answer is known again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sekisho.law.decision import Answer, Decision, Entry
from sekisho.law.evaluate import TraceStep
from sekisho.law.kleene import Truth
from sekisho.model.money import Money
from sekisho.model.transfer import Transfer, Value

FORM = "sekisho.answer/1"


def plain(value: Any) -> Any:
    """A value as JSON knows it: dates ISO, sets sorted, amounts and decimals as text."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset | set):
        return sorted(value)
    if isinstance(value, Money):
        return ("≥ " if value.at_least else "") + value.plain()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    return value


def transfer_document(transfer: Transfer) -> dict[str, Any]:
    """The transfer in the form of its file, so that it can be read and decided again."""
    document: dict[str, Any] = {}
    facts: dict[str, Value] = dict(transfer.facts)
    for key, value in facts.items():
        if not key.endswith(".named") and not _stated_absent(key, facts):
            _put(document, key, plain(value))
    document["items"] = [_item(item.facts) for item in transfer.items]
    if transfer.authorisations:
        document["authorisations"] = [
            {
                key: plain(value)
                for key, value in {
                    "law": held.law,
                    "kind": held.kind,
                    "number": held.number,
                    "from": held.start,
                    "until": held.until,
                    "entries": held.entries,
                    "destinations": held.destinations,
                    "end_users": held.end_users,
                }.items()
                if value not in (None, "")
            }
            for held in transfer.authorisations
        ]
    if transfer.earlier_orders:
        document["earlier_orders"] = [
            {"day": order.day.isoformat(), "value": order.value.plain()} for order in transfer.earlier_orders
        ]
    if transfer.claims:
        document["claims"] = {name: plain(facts) or True for name, facts in transfer.claims.items()}
    if transfer.rates:
        base = next(currency for currency, rate in transfer.rates.items() if rate == 1)
        document["rates"] = {currency: f"{rate} {base}" for currency, rate in transfer.rates.items()}
    return document


def _item(facts: Mapping[str, Value]) -> dict[str, Any]:
    written: dict[str, Any] = {}
    for key, value in facts.items():
        _put(written, key.removeprefix("items."), plain(value))
    return written


def _stated_absent(key: str, facts: Mapping[str, Value]) -> bool:
    """A party section that is not there gave empty sets; they are not written."""
    section = key.partition(".")[0]
    return facts.get(f"{section}.named") is False


def _put(document: dict[str, Any], path: str, value: Any) -> None:
    *sections, key = path.split(".")
    for section in sections:
        document = document.setdefault(section, {})
    document[key] = value


def canonical(value: Any) -> bytes:
    """One byte form of a JSON value: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def answer_document(answer: Answer, lang: str = "en") -> dict[str, Any]:
    """The whole answer as JSON; ``hash`` of each decision and of the whole leaves the language out."""
    decisions = [decision_document(decision, lang) for decision in answer.decisions]
    document: dict[str, Any] = {
        "form": FORM,
        "outcome": answer.outcome,
        "at_least": answer.at_least,
        "at_most": answer.at_most,
        "day": answer.day.isoformat(),
        "releasable": answer.releasable,
        "decisions": decisions,
        "transfer": transfer_document(answer.transfer),
    }
    hashed = {"transfer": document["transfer"], "decisions": [one["hash"] for one in decisions]}
    document["hash"] = hashlib.sha256(canonical(hashed)).hexdigest()
    return document


def decision_document(decision: Decision, lang: str = "en") -> dict[str, Any]:
    """One decision as JSON."""
    core: dict[str, Any] = {
        "law": decision.law,
        "item": decision.item,
        "item_number": decision.number + 1,
        "day": decision.day.isoformat(),
        "outcome": decision.outcome,
        "at_least": decision.at_least,
        "at_most": decision.at_most,
        "rules": [
            {
                "id": use.id,
                "effect": use.effect,
                "state": use.state,
                "cite": str(use.cite),
                "certainty": use.certainty,
            }
            for use in decision.rules
        ],
        "lifts": [
            {
                "id": remedy.id,
                "kind": remedy.kind,
                "claim": remedy.claim,
                "outcome": remedy.outcome,
                "lifts": list(remedy.lifts),
                "needs": list(remedy.needs),
                "cite": str(remedy.cite),
                "certainty": remedy.certainty,
            }
            for remedy in decision.remedies
        ],
        "licences": [_entry(entry) for entry in decision.licences],
        "policies": [_entry(entry) for entry in decision.policies],
        "duties": [_entry(entry) for entry in decision.duties],
        "penalties": [_entry(entry) for entry in decision.penalties],
        "flags": list(dict.fromkeys(entry.code for entry in decision.flags)),
        "questions": [{"fact": question.fact} for question in decision.questions],
        "conflicts": [list(pair) for pair in decision.conflicts],
        "certainty": decision.certainty,
        "pack": {"version": decision.pack_version, "sha256": decision.pack_sha256},
        "trace": [_trace_step(step) for step in decision.trace],
    }
    core["hash"] = hashlib.sha256(canonical(core)).hexdigest()
    return _worded(core, decision, lang)


def _worded(core: dict[str, Any], decision: Decision, lang: str) -> dict[str, Any]:
    """Add what a person reads; it is not part of the hash."""
    for written, use in zip(core["rules"], decision.rules, strict=True):
        written["says"] = use.says[lang]
    for written, remedy in zip(core["lifts"], decision.remedies, strict=True):
        written["says"] = remedy.says[lang]
    for key in ("licences", "policies", "duties", "penalties"):
        for written, entry in zip(core[key], getattr(decision, key), strict=True):
            written["says"] = entry.says[lang]
    for written, question in zip(core["questions"], decision.questions, strict=True):
        written["ask"] = question.ask[lang]
        written["closes"] = question.closes
        written["rules"] = list(question.rules)
    core["flag_notes"] = [
        {"code": flag.code, "rule": flag.id, "says": flag.says[lang], "certainty": flag.certainty}
        for flag in decision.flags
    ]
    return core


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "code": entry.code,
        "sure": _truth(entry.sure),
        "cite": str(entry.cite),
        "certainty": entry.certainty,
        **{key: plain(value) for key, value in entry.details.items() if key != "code"},
    }


def _trace_step(step: TraceStep) -> dict[str, Any]:
    rule, truth, tests = step
    return {
        "rule": rule,
        "holds": _truth(truth),
        "tests": [
            {"fact": fact, "op": op, "arg": plain(arg), "value": plain(value), "holds": _truth(answer)}
            for fact, op, arg, value, answer in tests
        ],
    }


def _truth(truth: Truth) -> str:
    return {True: "yes", False: "no", None: "unknown"}[truth]
