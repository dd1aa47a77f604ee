"""What must hold before a snapshot comes into force, and what was found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sekisho.feeds.lists.reading import Reading
from sekisho.feeds.manifest import AssertionResult, Manifest
from sekisho.feeds.publishers import Publisher
from sekisho.model.problem import Problem

SMALL = 20  # sources with fewer parties may lose any number of them


def assertions(publisher: Publisher, counts: Mapping[str, int], reading: Reading) -> list[AssertionResult]:
    """Check counts against what the publisher's file states and against the bounds kept for the list."""
    found = [
        _result("there is at least one party", "1 or more", counts.get("parties", 0), counts.get("parties", 0) > 0)
    ]
    declared = reading.facts.get("declared", "")
    if declared.isdigit():
        held = int(declared) == reading.read
        found.append(_result("as many entries as the file declares", declared, reading.read, held))
    for key, least in sorted(publisher.least.items()):
        number = counts.get(key, 0)
        found.append(_result(f"least {key}", f"{least} or more", number, number >= least))
    for key, most in sorted(publisher.most.items()):
        number = counts.get(key, 0)
        found.append(_result(f"most {key}", f"{most} or fewer", number, number <= most))
    return found


def _result(name: str, expected: str, number: int, held: bool) -> AssertionResult:
    return AssertionResult(name, expected, str(number), held)


def shrinking(
    publisher: Publisher,
    counts: Mapping[str, int],
    uids: Iterable[str],
    former: Manifest,
    former_uids: frozenset[str] | None,
) -> list[AssertionResult]:
    """Compare with the snapshot in force: how many of its entries are gone, and whether a source lost too many."""
    total = former.parties if former_uids is None else len(former_uids)
    gone = max(total - counts.get("parties", 0), 0) if former_uids is None else len(former_uids.difference(uids))
    limit = publisher.shrink_limit
    allowed = int(total * limit)
    name = f"entries of {former.snapshot} that are gone"
    found = [_result(name, f"{allowed} or fewer ({limit:.0%} of {total})", gone, gone <= allowed)]
    for key, before in sorted(former.counts.items()):
        if not key.startswith(("source:", "type:")) or before < SMALL:
            continue
        now, least = counts.get(key, 0), before - int(before * max(limit, 0.05) * 2)
        if now < least:
            found.append(_result(f"{key} against {former.snapshot}", f"{least} or more of {before}", now, False))
    return found


def as_problems(list_id: str, results: Iterable[AssertionResult], hint: str) -> list[Problem]:
    """Tell each assertion that does not hold."""
    return [
        Problem("list.assertion", list_id, f"{one.name}: expected {one.expected}, found {one.found}", hint)
        for one in results
        if not one.held
    ]
