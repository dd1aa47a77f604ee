"""The right cell of a requirement row: a column of the Country Chart, a set of places, or a pointer elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

TargetKind = Literal["column", "set", "party", "pointer", "none"]

_COLUMN = re.compile(r"^(?:([A-Z]{2}) )?Column (\d)\b")
_SECTION = re.compile(r"(?:§+ ?|sections? )?(7\d\d\.\d+(?:\([A-Za-z0-9]+\))*)")
EVERYWHERE = "*"


@dataclass(frozen=True, slots=True)
class Target:
    """``name`` is a column (``NS 1``), a set of the pack (``us:mo-d5``) or ``*``; ``cite`` the sections named."""

    kind: TargetKind
    name: str = ""
    cite: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Write what is not empty."""
        return {
            "kind": self.kind,
            **({"name": self.name} if self.name else {}),
            **({"cite": list(self.cite)} if self.cite else {}),
        }


# The first pattern that is found names the set. Order matters: what is narrower stands first.
_SETS: tuple[tuple[str, str], ...] = (
    (r"United Arab Emirates or destinations .*D:1, D:4, and D:5.*excluding", "us:advanced-computing-ae"),
    (r"D:1, D:4, and D:5.*excluding", "us:advanced-computing"),
    (r"Macau or a destination specified in Country Group D:5", "us:mo-d5"),
    (r"China, Russia,? or Venezuela", "us:cn-ru-ve"),
    (r"non-States Parties.*except for Israel and Taiwan", "us:not-cwc-but-il-tw"),
    (r"States not Party to the CWC", "us:not-cwc"),
    (r"7[46][46]\.1(?:\(b\))? ?(?:of the EAR )?for UN controls", "us:un"),
    (r"Iraq or Pakistan", "us:iq-pk"),
    (r"to Iraq (?:or|and) transfer within Iraq", "us:iq"),
    (r"to Pakistan or transfer within Pakistan", "us:pk"),
    (r"to Iran and North Korea", "us:ir-kp"),
    (r"country in Country Group E:1", "us:e1"),
    (r"to North Korea", "us:kp"),
    (r"ALL destinations, except Canada", "us:all-but-ca"),
    (r"§ 742\.15", "us:all-but-ca"),
    (r"§ 742\.14", "us:all-but-au-ca-gb"),
    (r"746\.8", "us:ru-by"),
    (r"(?i)worldwide|all destinations", EVERYWHERE),
)


def read_target(text: str, reason: str) -> Target | None:
    """Read a right cell, or what a requirement paragraph says after its scope; None when it has a new shape."""
    cite = tuple(dict.fromkeys(_SECTION.findall(text)))
    column = _COLUMN.match(text)
    if column:
        return Target("column", f"{column[1] or reason} {column[2]}", cite)
    if text in ("", "N/A", "N/A."):
        return Target("none")
    if re.search(r"proceed directly to part 754", text):
        return Target("pointer", "part 754")
    if re.fullmatch(r"See § 742\.6\(a\)\(11\) of the EAR\.?", text):
        return Target("party", "footnote 5", cite)
    for pattern, name in _SETS:
        if re.search(pattern, text):
            return Target("set", name, cite)
    return None
