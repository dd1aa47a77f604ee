"""The order of steps in a numbering: which step comes after "c", "9" or "ハ"."""

from __future__ import annotations

IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
GOJUON = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワ"


def next_step(own: str) -> str:
    """The step after this one: "3" -> "4", "b" -> "c"; "" when none follows."""
    if own.isdigit():
        return str(int(own) + 1)
    if len(own) == 1 and "a" <= own < "z":
        return chr(ord(own) + 1)
    return ""
