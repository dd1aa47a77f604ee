"""What several laws come to together, as JSON: authorisations and their order, promises, clashes, laws not answered."""

from __future__ import annotations

from typing import Any

from sekisho.app.written_value import plain
from sekisho.law.combine import Authorisation, Clash, Combination, Consent
from sekisho.law.decision import OpenLaw
from sekisho.model.transfer import Obligation


def obligation_document(promise: Obligation) -> dict[str, Any]:
    """A promise in the form in which a later transfer file states it."""
    return {
        key: plain(value)
        for key, value in {
            "law": promise.law,
            "acts": promise.acts,
            "until": promise.until,
            "holder": promise.holder,
            "consent": promise.consent,
            "items": promise.items,
        }.items()
        if value not in (None, "")
    }


def open_law_document(open_law: OpenLaw, lang: str) -> dict[str, Any]:
    """A law that attaches or may attach and did not answer."""
    return {
        "law": open_law.law,
        "attaches": "yes" if open_law.truth else "unknown",
        "why": list(open_law.why),
        "asks": list(open_law.asks),
        "ask": open_law.ask[lang],
    }


def together_core(together: Combination | None) -> dict[str, Any]:
    """All but the words: what the hash of the answer is over."""
    if together is None:
        return {}
    return {
        "authorisations": [_authorisation(one) for one in together.authorisations],
        "order": list(together.order),
        "circles": [list(circle) for circle in together.circles],
        "consents": [_consent(one) for one in together.consents],
        "obligations": [obligation_document(one) for one in together.promises],
        "conflicts_of_law": [_clash(one) for one in together.clashes],
    }


def together_document(together: Combination | None, lang: str) -> dict[str, Any]:
    """The same with the words of the rules that clash."""
    document = together_core(together)
    if together is not None:
        for written, clash in zip(document["conflicts_of_law"], together.clashes, strict=True):
            written["says"] = clash.says[lang]
            for side, rule in zip(written["rules"], clash.rules, strict=True):
                side["says"] = rule[2][lang]
    return document


def _authorisation(one: Authorisation) -> dict[str, Any]:
    return {
        "id": one.id,
        "law": one.law,
        "about": one.about,
        "item": one.item,
        "leg": one.leg + 1,
        "state": one.state,
        "rules": list(one.rules),
        "certainty": one.certainty,
        "after": list(one.after),
    }


def _consent(one: Consent) -> dict[str, Any]:
    return {
        "law": one.promise.law,
        "leg": one.leg + 1,
        "acts": plain(one.promise.acts),
        "until": plain(one.promise.until),
        "consent": {True: "yes", False: "no", None: "unknown"}[one.promise.consent],
        "at_least": one.at_least,
        "at_most": one.at_most,
    }


def _clash(one: Clash) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind,
        "item": one.item,
        "leg": one.leg + 1,
        "sure": "yes" if one.sure else "unknown",
        "rules": [
            {"law": law, "rule": rule, "cite": str(cite), "certainty": certainty}
            for law, rule, _, cite, certainty in one.rules
        ],
    }
