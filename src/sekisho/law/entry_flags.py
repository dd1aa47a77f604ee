"""What the entries of an item say of exceptions: a limit of value, or yes or no, by paragraph (``flag.*`` facts).

``flag.NAME`` is true, false or unknown for an exception that an entry opens; ``flag.NAME.limit`` is the value up to
which it opens, zero where it does not, unknown where the entry speaks in words. An item of several entries has what
all of them allow. What an entry says in words only a person can read; ``items.flag_NAME`` states the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sekisho.law.kleene import Truth, all_of, any_of
from sekisho.law.operators import MORE
from sekisho.law.pack import Pack
from sekisho.law.requirements import MAYBE, entries_by_code, within
from sekisho.model.money import Money
from sekisho.model.transfer import Value

Row = Mapping[str, Any]


def add_flags(pack: Pack, facts: dict[str, Value], asks: dict[str, tuple[str, ...]]) -> None:
    """``flag.NAME`` for every flag that the catalogue of the pack has."""
    wanted = [fact_id for fact_id in pack.facts if fact_id.startswith("flag.")]
    if not wanted or pack.requirements is None:
        return
    classified = f"items.entries.{pack.requirements.law}"
    paths = facts.get(classified)
    for fact_id in wanted:
        person = stated_by(fact_id)
        asks[fact_id] = (person if person in pack.facts and paths is not None else classified,)
    if not isinstance(paths, frozenset):
        return
    table = _flags_by_entry(pack)
    reasons = facts.get("requirement.reasons")
    for fact_id in wanted:
        stated = facts.get(stated_by(fact_id))
        if stated is not None:
            facts[fact_id] = stated
            continue
        _, name, *rest = fact_id.split(".")
        answers = [
            _for_path(table.get(code, {}).get(_written(name), ()), path.partition(".")[2], reasons, rest)
            for code, own in entries_by_code(paths)
            for path in sorted(own)
        ]
        found = _together(answers, rest, pack.currency)
        if found is not None:
            facts[fact_id] = found
    _add_excess(pack, facts, asks)


def _add_excess(pack: Pack, facts: dict[str, Value], asks: dict[str, tuple[str, ...]]) -> None:
    """``lvs.order_excess``, ``lvs.year_excess``: the order, and the calendar year, against the limit of the entry.

    The order is worth at least the line; nothing is too little to be told by the line alone.
    """
    limit = facts.get("flag.lvs.limit")
    for fact_id, stated, times in (
        ("lvs.order_excess", "items.order_value", 1),
        ("lvs.year_excess", "items.year_value", 12),
    ):
        if fact_id not in pack.facts:
            continue
        amount = facts.get(stated)
        line = facts.get("items.value")
        if not isinstance(limit, Money):
            asks[fact_id] = asks.get("flag.lvs.limit", (stated,))
        elif limit.amount == 0:
            facts[fact_id] = True
        elif isinstance(amount, Money) and amount.currency == limit.currency:
            facts[fact_id] = amount.amount > times * limit.amount
        elif isinstance(line, Money) and line.currency == limit.currency and line.amount > times * limit.amount:
            facts[fact_id] = True
        else:
            asks[fact_id] = (stated,)


def stated_by(fact_id: str) -> str:
    """The fact by which a person answers for an entry that speaks in words: ``items.flag_lvs_limit``."""
    return f"items.{fact_id.replace('.', '_')}"


def _written(name: str) -> str:
    return {"nac": "NAC/ACA"}.get(name, name.upper())


def _together(answers: Sequence[Any], rest: Sequence[str], currency: str) -> Value:
    if rest == ["limit"]:
        if not answers or any(answer is None for answer in answers):
            return None
        return Money(Decimal(min(answers)), currency)
    if rest and rest[0] in ("a5", "a6"):  # a bar is one for all
        return any_of(answers)
    return all_of(answers) if answers else False


def _for_path(rows: Iterable[Row], path: str, reasons: Value, rest: Sequence[str]) -> Any:
    if rest == ["limit"]:
        return _limit(list(rows), path, reasons)
    if rest and rest[0] in ("a5", "a6"):
        return _barred(rows, path, {"a5": "A:5", "a6": "A:6"}[rest[0]])
    return _yes(list(rows), path, reasons)


def _yes(rows: Sequence[Row], path: str, reasons: Value) -> Truth:
    """No where the entry is silent or says so; yes where a line opens the paragraph and no reason shuts it."""
    opened = any_of(
        None if row.get("words") else within(path, row.get("paths", ()), row.get("except", ()))
        for row in rows
        if row.get("yes") or row.get("words")
    )
    shut = any_of(_shut(row, path, reasons) for row in rows)
    return all_of((opened, {True: False, False: True, None: None}[shut]))


def _limit(rows: Sequence[Row], path: str, reasons: Value) -> int | None:
    """The value for the paragraph; zero where the entry gives none, None where it cannot be told."""
    shut = any_of(_shut(row, path, reasons) for row in rows)
    if shut is not False:
        return 0 if shut else None
    values: set[int] = set()
    unsure = any(row.get("words") for row in rows)
    for row in sorted((row for row in rows if "usd" in row), key=lambda row: not row.get("paths")):
        inside = within(path, row.get("paths", ()), row.get("except", ()))
        if inside is True:
            return int(row["usd"])
        if inside is None:
            unsure = True
            values.add(int(row["usd"]))
    return None if unsure else 0


def _shut(row: Row, path: str, reasons: Value) -> Truth:
    """Whether a line takes the exception away: not available, for this paragraph, or for a reason that bites."""
    if row.get("na"):
        return True
    tests: list[Truth] = []
    if row.get("na_paths"):
        tests.append(within(path, row["na_paths"], ()))
    barred = set(row.get("na_reasons", ()))
    if barred:
        if not isinstance(reasons, frozenset):
            tests.append(None)
        elif barred & reasons:
            tests.append(True)
        else:
            maybe = MORE in reasons or any(f"{reason}{MAYBE}" in reasons for reason in barred)
            tests.append(None if maybe else False)
    return any_of(tests)


def _barred(rows: Iterable[Row], path: str, group: str) -> Truth:
    found: list[Truth] = []
    for row in rows:
        if row.get("words"):
            found.append(None)
        elif group in row.get("bars", ()):
            found.append(within(path, row.get("paths", ()), ()))
    return any_of(found)


def _flags_by_entry(pack: Pack) -> Mapping[str, Mapping[str, Sequence[Row]]]:
    found: dict[str, Mapping[str, Sequence[Row]]] | None = pack.__dict__.get("_flags")
    if found is None:
        found = {row["entry"]: row.get("flags", {}) for row in pack.snapshots[pack.flags_table].rows}
        pack.__dict__["_flags"] = found
    return found
