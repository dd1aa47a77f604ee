"""Hypothesis strategies for transfers: the values that the rules tell apart come up often.

``flat_rows`` draws rows of the flat form (column to text), ``transfers`` the transfers that they mean. What is drawn
comes from the catalogue of facts and from the sets and thresholds that the rules of the packs mention.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from hypothesis import strategies as st

from sekisho.app.flat import flat_columns
from sekisho.feeds.flat_rows import FlatReading
from sekisho.feeds.reference import hs_codes, places
from sekisho.law.facts import Fact
from sekisho.law.pack import Pack
from sekisho.law.probes import claim_names
from sekisho.law.view import PARTIES
from sekisho.model.money import parse_money
from sekisho.model.problem import BadInput
from sekisho.model.transfer import Transfer

ELSEWHERE = ("JP", "US", "MY", "BR", "SG", "HK")
CURRENCIES = ("USD", "EUR")
HOME = st.just("JP")


class Interesting:
    """Written values of each fact that some rule can tell from another."""

    def __init__(self, packs: Sequence[Pack]) -> None:
        self.packs = packs
        self.columns = flat_columns(packs)
        self.conditions: dict[str, list[Any]] = {}
        for pack in packs:
            for rule in pack.rules.values():
                for version in rule.versions:
                    for condition in version.when:
                        self.conditions.setdefault(condition.fact, []).append(condition.arg)

    @cached_property
    def days(self) -> list[str]:
        """Every boundary with the day before it, and a few days of no importance."""
        turns = {day for pack in self.packs for day in pack.boundaries}
        found = turns | {day - timedelta(days=1) for day in turns} | {date(2021, 5, 3), date(2026, 11, 20)}
        return [day.isoformat() for day in sorted(found)]

    @cached_property
    def places(self) -> list[str]:
        """Members of every place set that rules name, places that rules name, and strangers."""
        found = set(ELSEWHERE)
        for pack in self.packs:
            for one in pack.places.values():
                for span in one.spans:
                    found |= set(sorted(span.members)[:2])
        for arg in self.args("to", "from", "via"):
            found.add(arg)
        return sorted(one for one in found if one in places())

    @cached_property
    def hs(self) -> list[str]:
        """Lines of every scope, their parents and children, as far as they are codes."""
        found: set[str] = {"01", "4901.10"}
        for pack in self.packs:
            for scope in pack.scopes.values():
                for line in (*scope.include[:4], *scope.exclude, *scope.partly):
                    found |= {line, line[:4], line[:2]} | set(sorted(c for c in hs_codes() if c.startswith(line))[:3])
        return sorted(code for code in found if code.replace(".", "") in hs_codes())

    def entries(self, pack: Pack) -> list[str]:
        """Rows of the lists: above, at and below the members of every set."""
        found: set[str] = set()
        listed = {path for rows in pack.lists.values() for path in rows}
        for one in pack.entry_sets.values():
            for member in sorted(one.members)[:6]:
                below = sorted(path for path in listed if path.startswith(f"{member}("))[:2]
                found |= {member, member.partition("(")[0], *below}
        return sorted(found & listed)

    def args(self, *facts: str) -> list[str]:
        """Texts that rules compare these facts with."""
        found: set[str] = set()
        for fact in facts:
            for arg in self.conditions.get(fact, ()):
                found |= {one for one in (arg if isinstance(arg, list) else [arg]) if isinstance(one, str)}
        return sorted(found)

    def codes(self, fact: Fact) -> list[str]:
        """List codes that rules ask for, what stands above and below them, and a code of no importance."""
        found = {"un:1267"}
        for arg in self.args(fact.id, "parties.listed", "end_user.listed"):
            found |= {arg, arg.partition("/")[0], f"{arg}/A1"}
        return sorted(found)

    def amounts(self) -> list[str]:
        """Either side of every threshold."""
        found: set[Decimal] = {Decimal(0), Decimal(48_000_000)}
        for fact in ("total_value", "items.value", "recent_value"):
            for arg in self.conditions.get(fact, ()):
                money = parse_money(arg) if isinstance(arg, str) else None
                if money is not None:
                    found |= {money.amount, money.amount - 1, money.amount + Decimal("0.0001")}
        return [f"{amount:f}" for amount in sorted(found)]


def flat_rows(packs: Sequence[Pack]) -> st.SearchStrategy[dict[str, str]]:
    """Rows of the flat form: what has to be stated, and a few facts more, often such as matter together."""
    return _flat_row(Interesting(packs))


def transfers(packs: Sequence[Pack]) -> st.SearchStrategy[Transfer]:
    """Transfers of one item that can be decided."""
    reading = FlatReading(packs)

    def made(row: Mapping[str, str]) -> Transfer | None:
        try:
            return reading.transfer([row], 0)
        except BadInput:
            return None

    return flat_rows(packs).map(made).filter(lambda transfer: transfer is not None)  # type: ignore[arg-type, return-value]


@st.composite
def _flat_row(draw: st.DrawFn, known: Interesting) -> dict[str, str]:
    acts = list(known.columns["act"].fact.values)  # type: ignore[union-attr]
    row = {
        "act": draw(st.sampled_from([*acts, "export", "export", "technology"])),
        "day": draw(st.sampled_from(known.days)),
        "from": draw(st.one_of(HOME, HOME, HOME, HOME, HOME, st.sampled_from(known.places))),
        "to": draw(st.sampled_from([place for place in known.places if place != "JP"])),
    }
    classified = draw(st.sampled_from(["listed", "hs", "both", "no", "list and hs"]))
    for pack in known.packs:
        if classified != "no" and classified != "hs":
            row[f"items.entries.{pack.id}"] = draw(_joined(st.sampled_from(known.entries(pack)), most=2))
        elif classified == "hs":
            row[f"items.entries.{pack.id}"] = "none"
    if "hs" in classified or classified == "both":
        row["items.hs"] = draw(st.sampled_from(known.hs))
    for group in draw(st.lists(st.sampled_from(GROUPS), unique=True, max_size=6)):
        group(draw, known, row)
    stated = [name for name, one in known.columns.items() if one.kind == "fact" and name not in row and one.fact]
    for name in draw(st.lists(st.sampled_from(stated), unique=True, max_size=4)):
        fact = known.columns[name].fact
        assert fact is not None
        row[name] = draw(written(known, fact))
    return row


def written(known: Interesting, fact: Fact) -> st.SearchStrategy[str]:
    """Cells of one fact."""
    match fact.type:
        case "bool":
            return st.sampled_from(["true", "false"])
        case "choice":
            return st.sampled_from(list(fact.values) + [f"{fact.missing}"] * isinstance(fact.missing, str))
        case "place":
            return st.sampled_from(known.places)
        case "places":
            return _joined(st.sampled_from(known.places))
        case "hs":
            return st.sampled_from(known.hs)
        case "set":
            return _joined(st.sampled_from(fact.values))
        case "codes":
            return _joined(st.sampled_from(known.codes(fact)))
        case "entries":
            pack = next(pack for pack in known.packs if fact.id.endswith(f".{pack.id}"))
            return _joined(st.sampled_from(known.entries(pack)))
        case "money":
            return _amounts(known)
        case "number" | "share":
            lines = [Decimal(str(arg)) for arg in known.conditions.get(fact.id, [1]) if not isinstance(arg, str)]
            values = [line + step for line in lines or [Decimal(1)] for step in (Decimal(0), -line / 2, line / 10)]
            return st.sampled_from([f"{value:f}" for value in values])
        case "date":
            lines = [arg for arg in known.conditions.get(fact.id, []) if isinstance(arg, date)] or [date(2020, 1, 1)]
            return st.sampled_from([f"{line - timedelta(days=step)}" for line in lines for step in (0, 1)])
        case _:
            return st.sampled_from([*known.args(fact.id), "Example"])


def _joined(one: st.SearchStrategy[str], most: int = 3) -> st.SearchStrategy[str]:
    """A set as text: known to be none, some, or some and perhaps more."""
    some = st.lists(one, min_size=1, max_size=most, unique=True).map(";".join)
    return st.one_of(some, some, st.just("none"), some.map(lambda text: f"{text};?"), st.just("?"))


def _amounts(known: Interesting) -> st.SearchStrategy[str]:
    own = st.sampled_from([f"{amount} {pack.currency}" for pack in known.packs for amount in known.amounts()])
    foreign = st.builds(
        lambda amount, unit: f"{amount} {unit}",
        st.sampled_from(["0", "333.33", "6666.67", "100_000", "1,000.5", "320", "0.00001"]),
        st.sampled_from(CURRENCIES),
    )
    return st.one_of(own, own, foreign)


def _money_group(draw: st.DrawFn, known: Interesting, row: dict[str, str]) -> None:
    for name in draw(st.sets(st.sampled_from(["items.value", "contract_value", "items.contract_value"]), min_size=1)):
        row[name] = draw(_amounts(known))
    unit = draw(st.sampled_from([known.packs[0].currency, "EUR"]))
    for currency in draw(st.sets(st.sampled_from([*CURRENCIES, known.packs[0].currency]))):
        if currency != unit:
            row[f"rates.{currency}"] = draw(st.sampled_from(["150", "0.0061", "3000.05", "0.33333333"])) + f" {unit}"


def _weapons_group(draw: st.DrawFn, known: Interesting, row: dict[str, str]) -> None:
    for name in ("end_use.purposes", "end_use.informed", "end_use.known_by"):
        if draw(st.booleans()):
            row[name] = draw(written(known, _fact(known, name)))
        else:
            row[name] = "none"


def _party_group(draw: st.DrawFn, known: Interesting, row: dict[str, str]) -> None:
    for party in draw(st.sets(st.sampled_from(PARTIES), min_size=1)):
        row[f"{party}.name"] = "Example"
        for key in draw(st.sets(st.sampled_from(["listed", "activities", "country"]))):
            row[f"{party}.{key}"] = draw(written(known, _fact(known, f"{party}.{key}")))
        if draw(st.integers(0, 29)) == 29:
            row[f"{party}.named"] = draw(st.sampled_from(["true", "false"]))


def _guideline_group(draw: st.DrawFn, known: Interesting, row: dict[str, str]) -> None:
    questions = [name for name in known.columns if name.startswith("guideline.")]
    row |= dict.fromkeys(questions, "ok")
    if questions and draw(st.booleans()):
        row[draw(st.sampled_from(questions))] = draw(st.sampled_from(["not-ok", "not-applicable", ""]))


def _recipient_group(draw: st.DrawFn, known: Interesting, row: dict[str, str]) -> None:
    row["act"] = draw(st.sampled_from(["technology", "deemed-export"]))
    for name in known.columns:
        if name.startswith(("recipient.", "items.public", "items.basic", "items.form")) and draw(st.booleans()):
            fact = known.columns[name].fact
            if fact is not None:
                row[name] = draw(written(known, fact))


def _claims_group(draw: st.DrawFn, known: Interesting, row: dict[str, str]) -> None:
    names = sorted({name for pack in known.packs for name in claim_names(pack)})
    if not names:
        return
    claim = draw(st.sampled_from(names))
    keys = [name for name in known.columns if name.startswith(f"claim.{claim}.")]
    if draw(st.booleans()) or not keys:
        row[f"claim.{claim}"] = draw(st.sampled_from(["true", "true", "false"]))
    for key in keys:
        if draw(st.booleans()):
            row[key] = draw(st.sampled_from(["true", "true", "false"]))


def _licences_group(draw: st.DrawFn, known: Interesting, row: dict[str, str]) -> None:
    pack = draw(st.sampled_from(known.packs))
    kinds = [fact.removeprefix("held.") for fact in pack.facts if fact.startswith("held.")]
    if not kinds:
        return
    held: dict[str, Any] = {"law": pack.id, "kind": draw(st.sampled_from(kinds)), "number": "1"}
    day = date.fromisoformat(row["day"])
    if draw(st.booleans()):
        held["from"] = (day + timedelta(days=draw(st.sampled_from([-200, -1, 0, 1])))).isoformat()
    if draw(st.booleans()):
        held["until"] = (day + timedelta(days=draw(st.sampled_from([200, 1, 0, -1])))).isoformat()
    if draw(st.booleans()):
        held["destinations"] = draw(st.sampled_from([[row["to"]], ["US", row["to"]], ["US"]]))
    if draw(st.booleans()):
        stated = [path for path in row.get(f"items.entries.{pack.id}", "").split(";") if path not in ("", "none", "?")]
        held["entries"] = draw(st.sampled_from([stated[:1], [path.partition("(")[0] for path in stated]]))
    row["authorisations"] = json.dumps([held, held | {"from": "2019-02-01"}][: draw(st.integers(1, 2))])


def _orders_group(draw: st.DrawFn, known: Interesting, row: dict[str, str]) -> None:
    day = date.fromisoformat(row["day"]) - timedelta(days=draw(st.sampled_from([1, 90, 91])))
    value = draw(_amounts(known))
    row["earlier_orders"] = json.dumps([{"day": day.isoformat(), "value": value}])


def _fact(known: Interesting, name: str) -> Fact:
    fact = known.columns[name].fact
    assert fact is not None
    return fact


GROUPS = (
    _money_group,
    _weapons_group,
    _party_group,
    _guideline_group,
    _recipient_group,
    _claims_group,
    _licences_group,
    _orders_group,
)
