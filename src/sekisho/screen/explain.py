"""A hit in words that an auditor accepts: which words stand for which, what else is known, and what each was worth."""

from __future__ import annotations

from typing import Literal

from sekisho.screen.query import Hit, How, Reason

Lang = Literal["en", "ja"]

HOW_WORDS: dict[Lang, dict[How, str]] = {
    "en": {
        "same": "the same word",
        "spelt-alike": "spelled alike",
        "says-same": "a short form, nickname or translation of it",
        "other-script": "the same sound in another script",
        "parted": "written together on one side and apart on the other",
        "initial": "an initial of it",
    },
    "ja": {
        "same": "同じ語",
        "spelt-alike": "綴りが近い語",
        "says-same": "略称・愛称・訳語",
        "other-script": "別の文字で同じ音",
        "parted": "続け書きと分かち書きの違い",
        "initial": "頭文字",
    },
}

# feature -> (English, Japanese); {share} is the value as a percentage, {detail} what was compared.
SAYS: dict[str, tuple[str, str]] = {
    "share_asked": ("{share} of the asked name's weight agrees", "照会名の重みの{share}が一致"),
    "share_listed": ("{share} of the listed name's weight agrees", "掲載名の重みの{share}が一致"),
    "contradiction": ("both names go on with different words", "双方に異なる語が残る"),
    "person_contradiction": ("a person whose other names differ", "人物で、他の名が異なる"),
    "leftovers_alike": ("the words left over resemble each other ({share})", "残った語どうしが似ている（{share}）"),
    "spelling": ("the agreeing words are spelled differently", "一致した語の綴りに差がある"),
    "worst_spelling": ("one agreeing word is spelled quite differently", "一致した語の一つは綴りの差が大きい"),
    "evidence": ("so much agrees in all (rare words count more)", "一致の総量（珍しい語ほど重い）"),
    "one_word": ("only one identifying word agrees", "識別力のある語の一致は一語だけ"),
    "numbers_differ": ("the numbers in the names differ", "名称中の番号が異なる"),
    "number_missing": ("one name has a number that the other lacks", "一方にだけ番号がある"),
    "turned": ("the words stand in another order", "語順が異なる"),
    "initials": ("an initial stands for a word", "頭文字が語の代わりをしている"),
    "parted": ("words are written together on one side only", "続け書きと分かち書きの違いがある"),
    "said_otherwise": ("a short form, nickname or translation was used", "略称・愛称・訳語による一致"),
    "other_script": ("words were compared across scripts", "異なる文字どうしを音で比べた"),
    "generic_differs": ("further words of the names differ", "名称の他の語が異なる"),
    "words_left_asked": ("the asked name has further identifying words", "照会名に識別力のある語が残る"),
    "words_left_listed": ("the listed name has further identifying words", "掲載名に識別力のある語が残る"),
    "vessel_spelling": (
        "a vessel's or aircraft's name must be spelled as it is",
        "船舶・航空機の名は綴りどおりであるべき",
    ),
    "type_differs": ("the listed party is of another type", "掲載者の種別が異なる"),
    "weak_alias": ("the publisher calls this a weak alias", "公表者が弱い別名としている"),
    "filiation_turned": ("father and child have changed places", "親子の順が入れ替わっている"),
    "identifiers": ("identifier: {detail}", "識別番号: {detail}"),
    "birth_date": ("date of birth: {detail}", "生年月日: {detail}"),
    "country": ("country: {detail}", "国: {detail}"),
    "address": ("address: {detail}", "住所: {detail}"),
}

_LEFT: dict[Lang, str] = {
    "en": "left over: asked {asked}; listed {listed}",
    "ja": "残り: 照会側 {asked}、掲載側 {listed}",
}
_NONE: dict[Lang, str] = {"en": "none", "ja": "なし"}
_DECIDED: dict[Lang, dict[str, str]] = {
    "en": {
        "same": "the identifier decides that this is the party",
        "other": "the identifier decides that this is another party",
    },
    "ja": {"same": "識別番号により同一と判断", "other": "識別番号により別の者と判断"},
}


def reason_in_words(reason: Reason, lang: Lang = "en") -> str:
    """Say one reason with the points that it added."""
    pattern = SAYS[reason.feature][0 if lang == "en" else 1]
    told = pattern.format(share=f"{reason.value:.0%}", detail=reason.detail)
    return f"{reason.points:+.2f} {told}"


def pairs_in_words(hit: Hit, lang: Lang = "en") -> list[str]:
    """Say which word stands for which, and how."""
    words = HOW_WORDS[lang]
    return [
        f"{pair.asked} = {pair.listed} ({words[pair.how]}"
        + (f", {pair.alike:.0%})" if pair.how in ("spelt-alike", "other-script") else ")")
        for pair in hit.pairs
    ]


def why(hit: Hit, lang: Lang = "en") -> str:
    """Say in one line why the system thinks so: pairs, what is left over, what else is known."""
    parts = pairs_in_words(hit, lang)
    if hit.left_asked or hit.left_listed:
        asked = " ".join(hit.left_asked) or _NONE[lang]
        listed = " ".join(hit.left_listed) or _NONE[lang]
        parts.append(_LEFT[lang].format(asked=asked, listed=listed))
    known = {"identifiers", "birth_date", "country", "address", "type_differs", "weak_alias", "numbers_differ"}
    parts.extend(reason_in_words(reason, lang) for reason in hit.reasons if reason.feature in known)
    if hit.decided:
        parts.append(_DECIDED[lang][hit.decided])
    return "; ".join(parts) if lang == "en" else "、".join(parts)


def in_words(hit: Hit, lang: Lang = "en") -> list[str]:
    """Say everything, a line each: pairs, what is left over, every reason with its points, the heaviest first."""
    lines = pairs_in_words(hit, lang)
    if hit.left_asked or hit.left_listed:
        asked = " ".join(hit.left_asked) or _NONE[lang]
        listed = " ".join(hit.left_listed) or _NONE[lang]
        lines.append(_LEFT[lang].format(asked=asked, listed=listed))
    lines += [reason_in_words(reason, lang) for reason in sorted(hit.reasons, key=lambda r: -abs(r.points))]
    if hit.decided:
        lines.append(_DECIDED[lang][hit.decided])
    return lines
