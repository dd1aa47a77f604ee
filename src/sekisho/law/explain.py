"""Say a decision in words: conditions, citations and outcomes, in English or Japanese."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sekisho.law.evaluate import TestStep
from sekisho.law.kleene import Truth
from sekisho.law.operators import MORE, OPERATORS
from sekisho.law.pack import Pack
from sekisho.model.certainty import Citation
from sekisho.model.money import Money

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
    place = japanese_place(cite.at) if lang == "ja" else cite.at
    return f"{pack.source_title(cite.source, lang, short=True)} {place}"


_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
_IROHA = {"i": "イ", "ro": "ロ", "ha": "ハ", "ni": "ニ", "ho": "ホ", "he": "ヘ", "nu": "ヌ", "ri": "リ", "sa": "サ"}


def japanese_place(at: str) -> str:
    """``art. 4(1)(iii) ro`` is 第4条第1項第3号ロ; what is no article stays as written."""

    def article(found: re.Match[str]) -> str:
        text = _numbered(found["article"], "条")
        for part in re.findall(r"\(([^)]+)\)", found["parts"] or ""):
            number, _, branch = part.partition("-")
            if number.isdigit():
                text += _numbered(part, "項")
            elif re.fullmatch(r"[ivxl]+", number):
                text += f"第{_roman(number)}号" + (f"の{branch}" if branch else "")
            else:
                text += f"({part})"
        kana = _IROHA.get(found["kana"] or "", "")
        return text + kana

    text = re.sub(
        r"(?:art\. )(?P<article>\d+(?:-\d+)*)(?P<parts>(?:\([^)]+\))*)(?: (?P<kana>[a-z]{1,2})\b)?", article, at
    )
    text = re.sub(r"Table (\d+)((?:-\d+)*)(?:\(([ivxl]+)\))?", _table, text)
    return text.replace("suppl. prov. ", "附則第").replace("; ", "；").replace(", ", "、")


def _table(found: re.Match[str]) -> str:
    branch = "".join(f"の{one}" for one in found[2].split("-") if one)
    return f"別表第{found[1]}{branch}" + (f"第{_roman(found[3])}号" if found[3] else "")


def _numbered(number: str, unit: str) -> str:
    head, *branches = number.split("-")
    return f"第{head}{unit}" + "".join(f"の{branch}" for branch in branches)


def _roman(text: str) -> int:
    total = 0
    for letter, following in zip(text, [*text[1:], ""], strict=True):
        value = _ROMAN[letter]
        total += -value if following and _ROMAN[following] > value else value
    return total


def test_words(pack: Pack, step: TestStep, lang: str) -> str:
    """One test of the trace in words: what was asked, what was seen, how it came out."""
    fact, operator, arg, value, truth = step
    subject = fact_words(pack, fact, lang)
    if fact in pack.terms:
        asked = subject if arg is True else {"en": f"not: {subject}", "ja": f"否定：{subject}"}[lang]
        return f"{mark(truth)} {asked}"
    verb = OPERATORS[operator].words[lang].format(arg_words(pack, arg, lang))
    seen = {"en": "stated", "ja": "記載"}[lang]
    joint = " " if lang == "en" else ""
    return f"{mark(truth)} {subject}{joint}{verb} ({seen}: {value_words(value, lang)})"


def mark(truth: Truth) -> str:
    """A sign for an answer."""
    return {True: "✓", False: "✗", None: "?"}[truth]


def fact_words(pack: Pack, fact: str, lang: str) -> str:
    """A fact or term in words."""
    if fact in pack.facts:
        return pack.facts[fact].says.get(lang, fact)
    rows = pack.terms.get(fact)
    if rows:
        joint = {"en": " / or: ", "ja": "／又は："}[lang]
        return joint.join(row.says[lang].rstrip(".。") for row in rows[:2]) + ("…" if len(rows) > 2 else "")
    if fact.startswith("claim."):
        name = fact.removeprefix("claim.")
        return {"en": f"exemption '{name}' is invoked", "ja": f"特例「{name}」を主張する"}[lang]
    return fact


def arg_words(pack: Pack, arg: Any, lang: str) -> str:
    """The argument of a condition: a named set by its name, a list as a list."""
    if isinstance(arg, str):
        for named in (pack.places, pack.entry_sets, pack.scopes):
            if arg in named:
                return named[arg].says.get(lang, arg)
        return arg.replace("_", ",")
    if isinstance(arg, list | tuple):
        return ", ".join(str(one) for one in arg)
    if isinstance(arg, bool):
        return {"en": "yes" if arg else "no", "ja": "はい" if arg else "いいえ"}[lang]
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
