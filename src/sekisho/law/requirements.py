"""Requirement tables: rows of a control list that name a reason, the paragraphs it reaches and where it is marked.

A row bites when it reaches the paragraph of the item (``row_scope``) and its target is marked for the destination
(``marked``): a column of a country chart, a set of places, or everywhere. Both are answered in three values: a
coarse classification, a condition in words that nobody has answered, a place without a row in the chart or a table
of another day leave the row open.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from sekisho.law.kleene import Truth, all_of, any_of, negate
from sekisho.law.sets import is_under
from sekisho.law.snapshots import one_day
from sekisho.model.certainty import Certainty, weakest

if TYPE_CHECKING:
    from sekisho.law.pack import Pack

EVERYWHERE = "*"
MAYBE = "?"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One row. ``target`` is a chart column, a set of places, a party rule, a pointer elsewhere or nothing readable.

    ``include`` and ``exclude`` are paragraphs below the entry (none included: the whole entry); ``maybe`` are those on
    which the texts differ. ``of`` are the entries of what technology or software is for, where the row hangs on them,
    ``of_except`` those left out, ``of_maybe`` those reached in part, and ``of_reason`` the reason for which they must
    be controlled themselves. ``words`` says that the row hangs on a condition in words, which the pack turns into a
    question under the row's ``hash``; with ``words_at`` it decides at those paragraphs only.
    """

    entry: str
    reason: str
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    maybe: tuple[str, ...]
    of: tuple[str, ...]
    of_except: tuple[str, ...]
    of_maybe: tuple[str, ...]
    of_reason: str
    words: bool
    words_at: tuple[str, ...]
    kind: Literal["column", "set", "party", "pointer", "none"]
    target: str
    cite: str
    hash: str
    days: frozenset[date]
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class TableUse:
    """Which snapshots of a pack are joined, and the facts that they are joined with."""

    table: str
    chart: str
    law: str
    same_day: tuple[str, ...] = ()


@dataclass(frozen=True)
class Marker:
    """The marks of one day: ``chart`` by place, ``sets`` by name; ``day`` is the day that every row must hold on."""

    chart: Mapping[str, frozenset[str]]
    sets: Mapping[str, frozenset[str] | None]
    day: date | None
    skewed: bool

    def mark(self, row: Requirement, place: str | None) -> Truth:
        """Tell whether the row's target is marked for ``place`` (None: the place is not known)."""
        if self.skewed or (self.day is not None and self.day not in row.days):
            return None
        match row.kind:
            case "column":
                marks = self.chart.get(place) if place is not None else None
                return None if marks is None else row.target in marks
            case "set":
                if row.target == EVERYWHERE:
                    return True
                members = self.sets.get(row.target)
                return None if members is None or place is None else place in members
            case "party":
                return False
            case _:
                return None


@dataclass(frozen=True)
class Reached:
    """The rows of the item's entries, each with whether it reaches the item's paragraph; ``place`` it goes to."""

    rows: tuple[tuple[Requirement, Truth], ...]
    place: str | None
    elsewhere: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return ", ".join(f"{row.entry} {row.reason}" for row, truth in self.rows if truth is not False)


@dataclass(frozen=True)
class Marked:
    """The argument of ``marked``: the marks of the day and the one reason that is asked ("": any)."""

    marker: Marker
    reason: str = ""
    written: Mapping[str, Any] = field(default_factory=dict)


def row_scope(value: Reached, _arg: Any) -> Truth:
    """Some row of the table reaches the paragraph of the item."""
    return any_of(truth for _, truth in value.rows)


def marked(value: Reached, arg: Marked) -> Truth:
    """Some row of the reason asked reaches the paragraph and is marked for the destination."""
    return any_of(_bites(value, arg.marker, row, scope) for row, scope in value.rows if arg.reason in ("", row.reason))


def marked_certainty(value: Reached, arg: Marked) -> Certainty:
    """The weakest tag of the rows that bite."""
    return weakest(
        row.certainty
        for row, scope in value.rows
        if arg.reason in ("", row.reason) and _bites(value, arg.marker, row, scope) is True
    )


def _bites(value: Reached, marker: Marker, row: Requirement, scope: Truth) -> Truth:
    return False if scope is False else all_of((scope, marker.mark(row, value.place)))


def reasons_at(value: Reached, marker: Marker) -> frozenset[str]:
    """The reasons that need a licence at the destination; ``NS?`` may need one, ``?`` stands for an unread entry."""
    by_reason: dict[str, Truth] = {}
    for row, scope in value.rows:
        bites = _bites(value, marker, row, scope)
        by_reason[row.reason] = any_of((by_reason.get(row.reason, False), bites))
    found = {reason if truth else f"{reason}{MAYBE}" for reason, truth in by_reason.items() if truth is not False}
    return frozenset(found | ({MAYBE} if value.elsewhere else set()))


def reaching(value: Reached, name: Callable[[Requirement], str]) -> frozenset[str]:
    """What the rows that reach the item are called by ``name``, wherever it goes; ``MT?`` where one may reach it."""
    sure = {name(row) for row, scope in value.rows if scope is True}
    maybe = {
        f"{name(row)}{MAYBE}" for row, scope in value.rows if scope is None and name(row) and name(row) not in sure
    }
    return frozenset((sure | maybe | ({MAYBE} if value.elsewhere else set())) - {""})


def open_facts(value: Reached, marker: Marker, words: Callable[[Requirement], Sequence[str]]) -> tuple[str, ...]:
    """The facts that would settle the rows that are still open; ``words`` gives those of a condition in words."""
    found: dict[str, None] = {}
    for row, scope in value.rows:
        if _bites(value, marker, row, scope) is not None:
            continue
        if marker.skewed or (marker.day is not None and marker.day not in row.days):
            found["snapshot.days"] = None
            continue
        if scope is None:
            found.update(dict.fromkeys(words(row)))
        if value.place is None and row.target != EVERYWHERE:
            found["destination"] = None
        elif scope is True:
            found["to_treated_as" if row.kind == "column" else f"row.{row.entry}.{row.reason}"] = None
    return tuple(found)


Table = Mapping[str, Sequence["Requirement"]]


def reaches(
    row: Requirement,
    paths: frozenset[str],
    made_for: frozenset[str] | None,
    words: Callable[[Requirement], Truth],
    table: Table,
) -> Truth:
    """Tell whether the row reaches an item of ``paths`` (of the row's entry), made for the entries ``made_for``."""
    own = any_of(_own_paragraph(row, path.partition(".")[2]) for path in paths)
    if own is False:
        return False
    tests: list[Truth] = [own]
    if row.of or row.of_maybe or row.of_except:
        tests.append(None if made_for is None else any_of(_made_for(row, path, table) for path in made_for))
    if row.words and False not in tests:
        tests.append(_in_words(row, paths, words))
    return all_of(tests)


def _in_words(row: Requirement, paths: frozenset[str], words: Callable[[Requirement], Truth]) -> Truth:
    """The answer of the words, where they decide: not at a paragraph that is none of those named."""
    inner = [path.partition(".")[2] for path in paths]
    if row.words_at and all(_under(path, one) is False for path in inner for one in row.words_at):
        return True
    answer = words(row)
    if row.words_at and answer is False and not all(any(_under(path, one) for one in row.words_at) for path in inner):
        return None
    return answer


def _own_paragraph(row: Requirement, path: str) -> Truth:
    plain = within(path, row.include, row.exclude)
    if plain is not False or not row.maybe:
        return plain
    return None if any(_under(path, one) is not False for one in row.maybe) else False


def _made_for(row: Requirement, path: str, table: Table) -> Truth:
    """Whether the row reaches what is made for ``path``: an entry of its own, not left out, with its reason."""
    inside: Truth = any_of(_at(path, one) for one in row.of) if row.of or row.of_maybe else True
    if inside is False and any(_at(path, one) is not False for one in row.of_maybe):
        inside = None
    outside = any_of(_at(path, one) for one in row.of_except)
    return all_of((inside, negate(outside), _controlled_for(row.of_reason, path, table)))


def _controlled_for(reason: str, path: str, table: Table) -> Truth:
    """Whether a row of ``reason`` reaches ``path`` itself; its words and what it is made for are not known here."""
    if not reason:
        return True
    code, _, paragraph = path.partition(".")
    found: Truth = False
    for row in table.get(code, ()):
        if row.reason == reason:
            reached = _own_paragraph(row, paragraph)
            if reached is True and (row.words or row.of or row.of_except):
                reached = None
            found = any_of((found, reached))
    return found


def within(path: str, include: Sequence[str], exclude: Sequence[str]) -> Truth:
    """Tell whether paragraph ``path`` ("" is the whole entry) is under ``include`` and not under ``exclude``."""
    inside: Truth = any_of(_under(path, one) for one in include) if include else True
    return all_of((inside, negate(any_of(_under(path, one) for one in exclude))))


def _under(path: str, paragraph: str) -> Truth:
    if path and is_under(path, paragraph):
        return True
    return None if not path or is_under(paragraph, path) else False


def _at(path: str, entry: str) -> Truth:
    return True if is_under(path, entry) else None if is_under(entry, path) else False


def rows_by_entry(pack: Pack, table: str) -> Mapping[str, tuple[Requirement, ...]]:
    """The rows of a table by entry; read and made once for a pack."""
    found: dict[str, dict[str, tuple[Requirement, ...]]] = pack.__dict__.setdefault("_requirements", {})
    if table not in found:
        by_entry: dict[str, list[Requirement]] = {}
        for row in pack.snapshots[table].rows:
            by_entry.setdefault(row["entry"], []).append(_requirement(row))
        found[table] = {entry: tuple(rows) for entry, rows in by_entry.items()}
    return found[table]


def _requirement(row: Mapping[str, Any]) -> Requirement:
    scope, target = row["scope"], row["target"]
    return Requirement(
        entry=row["entry"],
        reason=row["reason"],
        include=tuple(scope.get("include", ())),
        exclude=tuple(scope.get("exclude", ())),
        maybe=tuple(scope.get("maybe", ())),
        of=tuple(scope.get("of", ())),
        of_except=tuple(scope.get("of_except", ())),
        of_maybe=tuple(scope.get("of_maybe", ())),
        of_reason=scope.get("of_reason", ""),
        words=bool(scope.get("words", False)),
        words_at=tuple(scope.get("words_at", ())),
        kind=target["kind"],
        target=target.get("name", ""),
        cite=", ".join(target.get("cite", ())),
        hash=row["hash"],
        days=frozenset(date.fromisoformat(day) for day in row["days"]),
        certainty=row["certainty"],
    )


def marker_on(pack: Pack, use: TableUse, day: date, same_day: Sequence[str]) -> Marker:
    """The marks of a pack on ``day``; ``same_day`` names the snapshots that must be of one day."""
    made: dict[tuple[int, tuple[str, ...]], Marker] = pack.__dict__.setdefault("_markers", {})
    key = (bisect_right(pack.boundaries, day), tuple(same_day))
    if key not in made:
        joined = [pack.snapshots[name] for name in same_day if name != use.table]
        needed = one_day(joined)
        made[key] = Marker(
            chart={row["place"]: frozenset(row["marks"]) for row in pack.snapshots[use.chart].rows},
            sets={name: (span.members if (span := places.on(day)) else None) for name, places in pack.places.items()},
            day=needed,
            skewed=bool(joined) and needed is None,
        )
    return made[key]


def entries_by_code(paths: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """Group paths (``3A001.b.8``) by their entry (``3A001``)."""
    by_code: dict[str, set[str]] = {}
    for path in paths:
        by_code.setdefault(path.partition(".")[0], set()).add(path)
    return ((code, frozenset(found)) for code, found in sorted(by_code.items()))
