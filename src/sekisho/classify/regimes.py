"""What the numbers of the US and EU lists tell by themselves: the regime behind an entry and its Wassenaar number.

Both lists take their numbering from the regimes: the third sign of an entry names the regime, and the numbers of
Wassenaar entries are those of the Wassenaar list. The Wassenaar list itself is not read here, so its numbers are
general knowledge (certainty K), and national additions under such a number are possible.
"""

from __future__ import annotations

REGIMES = {"0": "WA", "1": "MTCR", "2": "NSG", "3": "AG", "4": "CWC"}


def regime(list_id: str, path: str) -> str:
    """The regime behind an entry: WA, MTCR, NSG, AG, CWC; "US" for the US list's own; "" where the number is silent."""
    if list_id not in ("us-ccl", "eu-annex-1") or len(path) < 5:
        return ""
    if path[0] == "0":
        return "NSG" if list_id == "eu-annex-1" else "US" if path[2] in "59Y" else ""
    if list_id == "us-ccl" and path[2] in "5679Y":
        return "WA-ML" if path[2] == "6" else "US"
    return REGIMES.get(path[2], "")


def wassenaar(list_id: str, path: str) -> str:
    """The Wassenaar number of a path ("3A001.a.5.a" is "3.A.1.a.5.a"), "" where the entry is of another regime."""
    if regime(list_id, path) != "WA":
        return ""
    entry, *steps = path.split(".")
    return ".".join([entry[0], entry[1], str(int(entry[2:])), *steps])
