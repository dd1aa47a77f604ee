"""Mentions of paragraphs in the words of a Japanese law: 第六条第十七号イ、ロ又はヌからシまで, 五の項（十六）.

Each mention is read in its context: a bare 第三号 belongs to the article before it in the same chain, or to the
article it stands in; a bare イ to the items near it. Mentions of other laws (法第…条, 関税率表第…類) are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sekisho.classify.kanji import NUMERAL, K, branched, number, to_roman
from sekisho.classify.steps import IROHA

_KANA = rf"(?<![ァ-ヶー])イ?[{IROHA}](?![ァ-ヶー])"
_ATOM = re.compile(
    rf"(?P<deixis>[同前次本][条項号](?![{K}]))?(?P<article>第[{K}]+条(?:の[{K}]+)*)?(?P<paragraph>第[{K}]+項)?(?P<item>第[{K}]+号(?:の[{K}]+)*)?"
    rf"(?P<kana>{_KANA})?(?P<round>（{NUMERAL}）)?(?P<digit>(?<![０-９．])[０-９]{{1,2}}(?:の[０-９]+)?(?![０-９．]))?"
)
_ROWS = re.compile(rf"(?<!第)(?<![{K}])(?P<rows>{NUMERAL}(?:(?:、|及び|又は|若しくは|から){NUMERAL})*)(?:まで)?の項")
_CHAIN = re.compile(r"(?:まで)?(?:、|及び|又は|若しくは|並びに|から)")
_LABEL = re.compile(rf"（{NUMERAL}）")
_YEAR = re.compile(r"（[一二][〇一二三四五六七八九]{3}）")
_FOREIGN = re.compile(
    r"(?:法|令|規則|条約|協定|定書|規程|税率表|表|法律|政令|省令)(?:（[^）]*）)?(?:附則|別表)?$|関税率表[^。、]*$"
)
_LEVELS = ("article", "paragraph", "item", "kana", "round", "digit")


@dataclass(frozen=True, slots=True)
class MentionJa:
    """One mention: the words as printed, the list it speaks of ("" = the own one), and its steps from the top.

    ``local`` marks a mention that starts in the middle (イ, （一）, １): its place is looked up from where it stands.
    """

    words: str
    list: str
    steps: tuple[str, ...]
    local: bool
    at: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where the words stand: article "2-2", paragraph "(2)" or "", item "(iv)" or "".

    ``around`` gives the steps that 前条, 次項, 前号 and the like mean here, by those words.
    """

    article: str = ""
    paragraph: str = ""
    item: str = ""
    around: tuple[tuple[str, str], ...] = ()


def mentions(
    text: str, place: Place, said: dict[str, str] | None = None
) -> tuple[list[MentionJa], dict[str, str] | None]:
    """Find every mention in the words of an ordinance that stand at ``place``.

    ``said`` is the paragraph that the words above spoke of last (for 同条); what these words spoke of last comes back
    beside the mentions, None when it was another law.
    """
    taken = list(_table_spans(text))
    out = list(row_mentions(text))
    group = _groups(text)
    chains: dict[int, tuple[dict[str, str], int]] = {}  # enclosing parenthesis -> what the chain says so far, its end
    last: dict[str, str] | None = (
        {} if said is None else said
    )  # what 同条, 同項, 同号 refer to; None after a mention of another law
    for found in _ATOM.finditer(text):
        parts = {level: found[level] for level in _LEVELS if found[level]}
        deixis = found["deixis"] or ""
        if not (parts or deixis) or any(start <= found.start() < stop for start, stop in taken):
            continue
        if _YEAR.fullmatch(found[0]):
            continue
        inside = group[found.start()]
        before, end = chains.get(inside, ({}, -1))
        gap = "".join(text[at] for at in range(end, found.start()) if group[at] == inside) if end >= 0 else ""
        chained = end >= 0 and _CHAIN.fullmatch(gap) is not None
        top = next((level for level in _LEVELS if level in parts), "digit")
        if deixis:
            base = _deixis(deixis, last, place)
        elif chained:
            base = before
        else:
            base = {}
            if top in ("article", "paragraph", "item") and _FOREIGN.search(text[: found.start()]):
                base = None
            elif not _opens(top, text, found):
                chains.pop(inside, None)
                continue
        if base is None:
            last = None
            chains.pop(inside, None)
            continue
        here = _resolve(parts, base, top, place)
        local = not any(level in here for level in ("article", "item"))
        out.append(MentionJa(found[0], "", _steps(here), local, found.start()))
        chains[inside] = (here, found.end())
        if not local:
            last = {level: here[level] for level in ("article", "paragraph", "item") if level in here}
    return out, last


def _deixis(word: str, last: dict[str, str] | None, place: Place) -> dict[str, str] | None:
    """What 同条, 前号 or 次項 stands for: the levels it fixes; None when it points into another law."""
    levels = {"条": ("article",), "項": ("article", "paragraph"), "号": ("article", "paragraph", "item")}[word[1]]
    if word[0] == "同":
        return None if last is None else {level: last[level] for level in levels if level in last}
    here = {"article": place.article, "paragraph": place.paragraph, "item": place.item}
    around = dict(place.around).get(word)
    if word[0] != "本":
        if around is None:
            return None
        here[levels[-1]] = around
    return {level: here[level] for level in levels if here[level]}


def _groups(text: str) -> list[int]:
    """For every sign the position of the parenthesis it stands in, -1 outside; labels （一） do not count as such."""
    out, stack = [], [-1]
    labels = {at for found in _LABEL.finditer(text) for at in range(found.start(), found.end())}
    for at, sign in enumerate(text):
        if sign == "（" and at not in labels:
            stack.append(at)
        out.append(stack[-1])
        if sign == "）" and at not in labels and len(stack) > 1:
            stack.pop()
    return out


def row_mentions(text: str, own: str = "jp-table-1") -> Iterator[MentionJa]:
    """Mentions of table rows: 別表第一の七の項（十六）, 二、四及び一五の項の中欄, 外為令別表の一〇の項（一）.

    A row without its table belongs to the table named before it in the same chain, else to ``own``.
    """
    which, end = own, -1
    for found in _ROWS.finditer(text):
        before = text[: found.start()]
        if re.search(r"(?:外国為替令|外為令)別表の$", before):
            which = "jp-feo"
        elif re.search(r"別表第一の$", before):
            which = "jp-table-1"
        elif end < 0 or not _CHAIN.fullmatch(text[end : found.start()]):
            which = own
        rows = re.split(r"、|及び|又は|若しくは|から", found["rows"])
        for row in rows[:-1]:
            yield MentionJa(found[0], which, (str(branched(row)),), False, found.start())
        subs = list(_subs(text, found.end()))
        last = str(branched(rows[-1]))
        for sub in [words for _, words in subs] or [""]:
            steps = (last, f"({branched(sub[1:-1])})") if sub else (last,)
            yield MentionJa(f"{found[0]}{sub}", which, steps, False, found.start())
        end = subs[-1][0] if subs else found.end()


def _subs(text: str, at: int) -> Iterator[tuple[int, str]]:
    """The numbers （十六） that follow a row, each with where it ends."""
    sub = re.compile(rf"（{NUMERAL}）")
    found = sub.match(text, at)
    while found:
        yield found.end(), found[0]
        gap = _CHAIN.match(text, found.end())
        found = sub.match(text, gap.end()) if gap else None


def _table_spans(text: str) -> Iterator[tuple[int, int]]:
    for found in _ROWS.finditer(text):
        ends = [end for end, _ in _subs(text, found.end())]
        yield found.start(), ends[-1] if ends else found.end()


def _opens(top: str, text: str, found: re.Match[str]) -> bool:
    """Whether a mention may begin here: a bare label counts only where the words treat it as one."""
    if top in ("article", "paragraph", "item", "round"):
        return True
    ahead, behind = text[found.end() :], text[: found.start()]
    named = re.match(
        r"(?:に(?:該当|掲げる|規定|用いる|おいて|つい)|及び|又は|若しくは|から|まで|、|の(?:いずれ|全て|すべて|貨物))",
        ahead,
    )
    return bool(named) and not re.search(r"[０-９ァ-ヶー―－]$", behind)


def _resolve(parts: dict[str, str], base: dict[str, str], top: str, place: Place) -> dict[str, str]:
    upper = _LEVELS[: _LEVELS.index(top)] if parts else _LEVELS
    here = {level: base[level] for level in upper if level in base} | parts
    if top in ("paragraph", "item") and parts and "article" not in here:
        here["article"] = place.article
        if top == "item" and place.paragraph and "paragraph" not in here:
            here["paragraph"] = place.paragraph
    return here


def _steps(here: dict[str, str]) -> tuple[str, ...]:
    out = []
    for level in _LEVELS:
        if level in here:
            out.append(_step(level, here[level]))
    return tuple(out)


def _step(level: str, words: str) -> str:
    if level == "article":
        return words if words[0] != "第" else article_number(words)
    if level == "paragraph":
        return words if words[0] == "(" else f"({number(words[1:-1])})"
    if level == "item":
        if words[0] == "(":
            return words
        first, _, rest = words[1:].partition("号")
        return f"({to_roman(branched(first + rest) or '0')})"
    if level == "round":
        return f"({words[1:-1]})"
    return str(branched(words)) if level == "digit" else words


def article_number(label: str) -> str:
    """Read "第二条の二" as "2-2"."""
    first, _, rest = label[1:].partition("条")
    return str(branched(first + rest))
