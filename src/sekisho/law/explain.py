"""Say a decision in words: conditions, citations and outcomes, in English or Japanese."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from sekisho.law.citations import in_japanese
from sekisho.law.evaluate import TestStep
from sekisho.law.kleene import Truth
from sekisho.law.operators import MORE, OPERATORS
from sekisho.law.pack import Pack
from sekisho.law.rule import Condition
from sekisho.model.certainty import Citation
from sekisho.model.money import Money, parse_money

PlaceName: TypeAlias = Callable[[str, str], str]
"""A place's code and a language to its name."""


def plain_place(code: str, _lang: str) -> str:
    """The code itself, where no names are at hand."""
    return code


OUTCOME_WORDS: Mapping[str, Mapping[str, str]] = {
    "prohibited": {"en": "Prohibited", "ja": "禁止"},
    "licence-required": {"en": "Licence required", "ja": "許可要"},
    "incomplete": {"en": "Incomplete", "ja": "要確認"},
    "covered": {"en": "Covered by a licence held", "ja": "保有許可の範囲内"},
    "exempt": {"en": "Exempt", "ja": "特例により許可不要"},
    "no-licence": {"en": "No licence needed", "ja": "許可不要"},
    "not-subject": {"en": "Not subject", "ja": "対象外"},
}
SIGNS: Mapping[str, str] = {
    "prohibited": "■",
    "licence-required": "▲",
    "incomplete": "?",
    "covered": "◆",
    "exempt": "◇",
    "no-licence": "●",
    "not-subject": "○",
}
CERTAINTY_WORDS: Mapping[str, Mapping[str, str]] = {
    "V": {"en": "primary text checked", "ja": "原文確認済み"},
    "S": {"en": "secondary source", "ja": "二次資料"},
    "K": {"en": "general knowledge, not checked", "ja": "一般知識（未確認）"},
    "U": {"en": "unsettled", "ja": "未確定"},
}
STATE_WORDS: Mapping[str, Mapping[str, str]] = {
    "stands": {"en": "stands", "ja": "成立"},
    "open": {"en": "open", "ja": "未確定"},
    "lifted": {"en": "lifted", "ja": "解除"},
    "lifts": {"en": "lifts", "ja": "解除事由"},
    "may-lift": {"en": "may lift", "ja": "解除の可能性"},
    "basis": {"en": "basis", "ja": "根拠"},
}


def cited(pack: Pack, cite: Citation, lang: str) -> str:
    """A citation as read in ``lang``: the name under which the source is cited, and the place."""
    place = (cite.at_ja or in_japanese(cite.at)) if lang == "ja" else cite.at
    return f"{pack.source_title(cite.source, lang, short=True)} {place}"


def test_words(pack: Pack, step: TestStep, lang: str) -> str:
    """One test of the trace in words: what was asked, what was seen, how it came out."""
    fact, operator, arg, value, truth = step
    asked = condition_words(pack, Condition(fact, operator, arg), lang)
    if fact in pack.terms:
        return f"{mark(truth)} {asked}"
    seen = {"en": "stated", "ja": "記載"}[lang]
    return f"{mark(truth)} {asked} ({seen}: {value_words(value, lang)})"


def condition_words(pack: Pack, condition: Condition, lang: str, place: PlaceName = plain_place) -> str:
    """A condition as a clause: ``destination is in Table 3 (Group A)``; a yes-or-no fact as what it says."""
    fact, op, arg = condition.fact, condition.op, condition.arg
    subject = fact_words(pack, fact, lang)
    if isinstance(arg, bool) and op in ("is", "is_not"):
        holds = arg is (op == "is")
        return subject if holds else {"en": f"it is not so that: {subject}", "ja": f"次に当たらない：{subject}"}[lang]
    known = pack.facts.get(fact)
    name = place if known is not None and known.type in ("place", "places") else plain_place
    said = arg_words(pack, arg, lang, name)
    if op in ("in", "not_in") and isinstance(arg, list):
        listed = {
            "in": {"en": f" is {said}", "ja": f"が {said} である"},
            "not_in": {"en": f" is not {said}", "ja": f"が {said} でない"},
        }
        return subject + listed[op][lang]
    return subject + (" " if lang == "en" else "") + OPERATORS[op].words[lang].format(said)


def mark(truth: Truth) -> str:
    """A sign for an answer."""
    return {True: "✓", False: "✗", None: "?"}[truth]


def fact_words(pack: Pack, fact: str, lang: str) -> str:
    """A fact or term in words."""
    if fact in pack.facts:
        return pack.facts[fact].says.get(lang, fact)
    rows = pack.terms.get(fact)
    if rows:
        joint = {"en": ", or: ", "ja": "、又は："}[lang]
        return joint.join(row.says[lang].rstrip(".。") for row in rows[:2]) + ("…" if len(rows) > 2 else "")
    if fact.startswith("claim."):
        name = fact.removeprefix("claim.")
        return {"en": f"exemption '{name}' is invoked", "ja": f"特例「{name}」を主張する"}[lang]
    return fact


def arg_words(pack: Pack, arg: Any, lang: str, place: PlaceName = plain_place) -> str:
    """The argument of a condition: a named set by its name, a list as alternatives, an amount with its commas."""
    if isinstance(arg, bool):
        return arg_words_bool(arg, lang)
    if isinstance(arg, str):
        for named in (pack.places, pack.entry_sets, pack.scopes):
            if arg in named:
                return named[arg].says.get(lang, arg)
        amount = parse_money(arg)
        return place(arg, lang) if amount is None else str(amount)
    if isinstance(arg, dict):
        reason = f" ({arg['reason']})" if "reason" in arg else ""
        return f"{arg.get('table', '')}{reason}"
    if isinstance(arg, list | tuple):
        *first, last = [place(str(one), lang) for one in arg]
        if not first:
            return last
        return {"en": f"{', '.join(first)} or {last}", "ja": f"{'、'.join(first)}又は{last}"}[lang]
    return str(arg)


def value_words(value: Any, lang: str) -> str:
    """A fact's value in words; unknown is said."""
    if value is None:
        return {"en": "unknown", "ja": "不明"}[lang]
    if isinstance(value, bool):
        return arg_words_bool(value, lang)
    if isinstance(value, frozenset):
        known = sorted(one for one in value if one != MORE)
        unknown = {"en": "…and what is not yet known", "ja": "…ほか未確認"}[lang] if MORE in value else ""
        none = {"en": "none", "ja": "なし"}[lang]
        return ", ".join(known) + unknown if known or unknown else none
    if isinstance(value, Money):
        return str(value)
    return str(value)


def arg_words_bool(value: bool, lang: str) -> str:
    """Yes or no."""
    return {"en": "yes" if value else "no", "ja": "はい" if value else "いいえ"}[lang]
