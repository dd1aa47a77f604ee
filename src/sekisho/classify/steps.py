"""The order of steps in a numbering: which steps may come after "c", "9", "(ix)", "ハ" or "(十の二)"."""

from __future__ import annotations

from sekisho.classify.kanji import branched, from_roman

IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン"


def next_step(own: str) -> str:
    """The step after this one in an English list: "3" -> "4", "b" -> "c"; "" when none follows."""
    if own.isdigit():
        return str(int(own) + 1)
    if len(own) == 1 and "a" <= own < "z":
        return chr(ord(own) + 1)
    return ""


def rank(own: str) -> tuple[int, ...] | None:
    """The place of a step among its siblings: c is (3,), イ is (1,), (x-2) is (10, 2), (十の二) is (10, 2)."""
    if len(own) == 1 and "a" <= own <= "z":
        return (ord(own) - ord("a") + 1,)
    inner = own.strip("()")
    head, _, branch = inner.partition("-")
    if head and all(sign in IROHA for sign in head) and len(head) <= 2:  # after ン comes イイ
        place = len(IROHA) * (len(head) - 1) + IROHA.index(head[-1]) + 1
        return (place, *([int(branch)] if branch.isdigit() else []))
    plain = from_roman(inner) or branched(inner)
    return tuple(int(part) for part in plain.split("-")) if plain else None


def may_follow(before: str, own: str) -> bool:
    """Whether ``own`` may stand right after ``before`` ("" for the first): the next number, or a branch of this one."""
    here = rank(own)
    if here is None:
        return False
    if not before:
        return here == (1,)
    last = rank(before)
    if last is None:
        return False
    branches = [(*last[:at], last[at] + 1) for at in range(len(last))] + [(*last, 2)]
    return here in branches
