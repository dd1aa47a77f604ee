"""Whether a new edition moved oddly against the one known before: entries gone, entries halved, a list that shrank.

A publisher does remove entries; then the operator names them (``--accept 3A123``) and they are recorded as accepted.
"""

from __future__ import annotations

from collections.abc import Collection

from sekisho.classify.tree import ControlList
from sekisho.feeds.texts.skeleton import Row, Skeleton, skeleton
from sekisho.model.problem import Problem

MOST_SHRINK = 0.03  # the share of paragraphs that may go from one edition to the next without a question
MOST_SHRINK_OLDER = 0.25  # an older edition may be that much smaller than the one known
FEW = 4


def compare(new: ControlList, before: Skeleton, where: str, accept: Collection[str] = ()) -> list[Problem]:
    """Give every odd move; entries named in ``accept`` ("all" for every one) are not asked about."""
    now = skeleton(new)
    if "all" in accept:
        return []
    living, was = _living(now), _living(before)
    if new.version is not None and before.version is not None and new.version < before.version:
        return _shrunk(len(living), len(was), before, where, MOST_SHRINK_OLDER)
    found = []
    same_day = new.version is not None and new.version == before.version
    for entry, rows in before.entries.items():
        if entry in accept:
            continue
        if entry not in now.entries:
            says = f"entry {entry} of {_name(before)} is gone"
            hint = f"if the publisher removed it, say --accept {entry}"
            found.append(Problem("text.entry-gone", f"{where} {entry}", says, hint))
            continue
        found += _entry(entry, rows, now, before, where, whole=same_day)
    if not same_day:
        found += _shrunk(len(living), len(was), before, where, MOST_SHRINK)
    return found


def _entry(
    entry: str, rows: tuple[Row, ...], now: Skeleton, before: Skeleton, where: str, *, whole: bool
) -> list[Problem]:
    here = {row.path for row in now.entries[entry] if not row.reserved}
    was = [row.path for row in rows if not row.reserved]
    lost = [path for path in was if path not in here]
    if whole and lost:
        says = f"{entry} lost {len(lost)} paragraph(s) of the same day's text: {', '.join(lost[:6])}"
        hint = "two texts of one day must agree; one of them is damaged"
        return [Problem("text.paragraph-gone", f"{where} {entry}", says, hint)]
    if len(was) - len(here) >= FEW and len(here) * 2 <= len(was):
        says = f"{entry} has {len(here)} paragraphs; in {_name(before)} it had {len(was)}"
        hint = f"if the publisher shortened it, say --accept {entry}"
        return [Problem("text.entry-shrunk", f"{where} {entry}", says, hint)]
    return []


def _shrunk(now: int, was: int, before: Skeleton, where: str, most: float) -> list[Problem]:
    if was and now < was * (1 - most):
        says = f"the list has {now:,} paragraphs; {_name(before)} had {was:,}"
        return [Problem("text.shrunk", where, says, "if this is right, say --accept all")]
    return []


def _living(held: Skeleton) -> set[str]:
    return {row.path for row in held.rows if not row.reserved}


def _name(before: Skeleton) -> str:
    return f"the edition of {before.version}" if before.version else f"edition {before.sha256[:12]}"
