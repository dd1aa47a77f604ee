"""What the words of a Japanese list say about structure: いずれか, 全て, 及び, 又は, and the clauses ending in を除く.

Parentheses qualify and are set aside first; the words that govern the items below stand outside them.
"""

from __future__ import annotations

import re
from collections import deque

from sekisho.classify.steps import IROHA
from sekisho.classify.tree import Connective, Definition, Exclusion

_STEP = rf"(?:[{IROHA}]|（[一二三四五六七八九十の]+）|[０-９]+|[一二三四五六七八九十]+)"
_NAMED = rf"次の(?P<first>{_STEP})(?P<rest>(?:、{_STEP})*(?:から|及び|又は|若しくは)(?P<last>{_STEP})(?P<until>まで)?)"
_NONE = re.compile(r"次の[^、。]{0,30}?いずれにも")
_ANY = re.compile(
    r"次の[^。]{0,40}?いずれか|次に掲げる|次の各号に掲げる|次の[^、。]{0,12}?(?:又は|若しくは)[^、。]{0,12}?に該当"
)
_ALL = re.compile(
    r"次の[^。]{0,30}?(?:全て|すべて)|次の[^、。]{0,16}?及び[^、。]{0,16}?(?:に|の)|次の[^、。]{0,10}?から[^、。]{0,10}?まで"
)
_SPAN = re.compile(_NAMED)
_ALIAS = re.compile(
    r"(?P<words>[^「」（）、。]{2,60})（[^（）]*?以下[^（）「」]*「(?P<term>[^」]{1,40})」という。[^）]*）"
)


def flat(text: str) -> str:
    """The text without what stands in parentheses."""
    out, depth = [], 0
    for sign in text:
        depth += sign == "（"
        if depth == 0:
            out.append(sign)
        depth -= sign == "）" and depth > 0
    return "".join(out)


def balanced(text: str) -> bool:
    """Whether every parenthesis that opens also closes."""
    depth = 0
    for sign in text:
        depth += (sign == "（") - (sign == "）")
        if depth < 0:
            return False
    return depth == 0


def connective(chapeau: str, *, introduced: str = "") -> Connective:
    """Read how the items under ``chapeau`` join; where nothing tells, ``introduced`` names a list of alternatives."""
    for words in (_open(chapeau), chapeau):
        if found := _NONE.search(words):
            return Connective("none", found[0])
        either, every = _last(_ANY, words), _last(_ALL, words)
        if either or every:
            found = max(either, every, key=lambda match: match.end() if match else -1)
            assert found is not None
            return Connective("or" if found is either else "and", found[0])
    return Connective("or", introduced) if introduced else Connective()


def announced(chapeau: str) -> tuple[str, str] | None:
    """The first and last label that the words promise ("次のイからハまで"), None when they promise none."""
    found = _last(_SPAN, _open(chapeau)) or _last(_SPAN, chapeau)
    return (found["first"], found["last"]) if found else None


def announces(text: str) -> bool:
    """Whether the words outside parentheses promise items below."""
    return bool(re.search(r"次の(?:いずれ|各号|全て|すべて)|次に掲げる(?!式)", flat(text)))


def exclusions(text: str) -> tuple[Exclusion, ...]:
    """The parenthesised clauses that take something out again ("（…を除く。）"), outermost first."""
    found, stack = [], []
    for at, sign in enumerate(text):
        if sign == "（":
            stack.append(at)
        elif sign == "）" and stack:
            inner = text[stack.pop() + 1 : at]
            if re.search(r"を除(?:く。?|き、.*)$", inner):
                found.append(Exclusion(inner, "text"))
    return tuple(found)


def aliases(text: str, scope: str) -> tuple[Definition, ...]:
    """Terms that the text coins for itself ("…（以下「輸出令」という。）")."""
    return tuple(Definition(found["term"], found["words"], scope) for found in _ALIAS.finditer(text))


def _open(text: str) -> str:
    """The text with parenthesised clauses set aside, except labels like （一）, which the words name."""
    return flat(re.sub(r"（([一二三四五六七八九十]+(?:の[一二三四五六七八九十]+)*)）", "\x01\\1\x02", text)).translate(
        {1: "（", 2: "）"}
    )


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(iter(deque(pattern.finditer(text), maxlen=1)), None)
