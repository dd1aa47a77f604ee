"""One item of a transfer as one law sees it: the stated facts, the defaults of silence and the derived facts.

The derived facts are the few things that a row cannot say: sums of money, all parties together, licences held.
Each is a named function of this module; ``asks`` tells which stated facts would make a derived one known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from sekisho.law.kleene import Truth, any_of
from sekisho.law.operators import MORE
from sekisho.law.pack import Pack
from sekisho.law.sets import is_under
from sekisho.model.money import Money
from sekisho.model.transfer import Authorisation, Item, Transfer, Value

PARTIES = ("end_user", "consignee", "intermediary", "recipient")
SPLITTING_WINDOW = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class View:
    """``facts`` by id (absent: unknown) and, for derived ones, the stated facts to ask instead."""

    facts: Mapping[str, Value]
    asks: Mapping[str, tuple[str, ...]]


def view_of(pack: Pack, transfer: Transfer, item: Item) -> View:
    """Give the facts of one item for the law of ``pack``, amounts in the law's currency."""
    facts: dict[str, Value] = dict(_silence(pack))
    facts.update(transfer.facts)
    facts.update(item.facts)
    facts["day"] = transfer.day
    asks: dict[str, tuple[str, ...]] = {}
    _recipient_as_end_user(facts, asks)
    _all_parties(facts, asks)
    _money(pack, transfer, item, facts, asks)
    _claims(pack, transfer, facts)
    _held(pack, transfer, facts, asks)
    return View(facts, asks)


def _silence(pack: Pack) -> Mapping[str, Value]:
    """The facts whose absence is itself an answer (nothing claimed, a question unanswered)."""
    found: dict[str, Value] | None = pack.__dict__.get("_silence")
    if found is None:
        found = {fact.id: fact.missing for fact in pack.facts.values() if fact.missing is not None}
        pack.__dict__["_silence"] = found
    return found


def _recipient_as_end_user(facts: dict[str, Value], asks: dict[str, tuple[str, ...]]) -> None:
    """Who receives technology is its end user when no other is named."""
    if facts.get("end_user.named") is not False or not facts.get("recipient.named"):
        return
    for key in ("country", "listed", "activities"):
        facts.pop(f"end_user.{key}", None)
        if facts.get(f"recipient.{key}") is not None:
            facts[f"end_user.{key}"] = facts[f"recipient.{key}"]
        else:
            asks[f"end_user.{key}"] = (f"recipient.{key}",)


def _all_parties(facts: dict[str, Value], asks: dict[str, tuple[str, ...]]) -> None:
    """``parties.listed``: on which lists any party stands; ``?`` in it while a party has not been screened."""
    listed: set[str] = set()
    unscreened = []
    for party in PARTIES:
        value = facts.get(f"{party}.listed")
        if isinstance(value, frozenset):
            listed |= value
        else:
            unscreened.append(asks.get(f"{party}.listed", (f"{party}.listed",))[0])
    if unscreened:
        listed.add(MORE)
        asks["parties.listed"] = tuple(dict.fromkeys(unscreened))
    facts["parties.listed"] = frozenset(listed)


def _money(
    pack: Pack, transfer: Transfer, item: Item, facts: dict[str, Value], asks: dict[str, tuple[str, ...]]
) -> None:
    """``items.value`` in the law's currency, ``total_value`` of the contract and ``recent_value`` of 90 days."""

    def own(amount: Value, asked: str) -> Money | None:
        if not isinstance(amount, Money):
            return None
        found = amount.converted(pack.currency, transfer.rates)
        if found is None:
            asks[asked] = (f"rates.{amount.currency}",)
        return found

    facts.pop("items.value", None)
    line = own(item.facts.get("items.value"), "items.value")
    if line is not None:
        facts["items.value"] = line
    stated = item.facts.get("items.contract_value") or transfer.facts.get("contract_value")
    total = own(stated, "total_value")
    if stated is None:
        total = _known_part(pack, transfer)
        asks["total_value"] = ("contract_value",)
    if total is not None:
        facts["total_value"] = total
    recent = [order for order in transfer.earlier_orders if transfer.day - SPLITTING_WINDOW <= order.day]
    if recent and line is not None:
        sums = [order.value.converted(pack.currency, transfer.rates) for order in recent]
        known = sum((amount.amount for amount in sums if amount is not None), line.amount)
        facts["recent_value"] = Money(known, pack.currency, at_least=None in sums)
    elif not transfer.earlier_orders:
        facts["recent_value"] = Money(Decimal(0), pack.currency)


def _known_part(pack: Pack, transfer: Transfer) -> Money | None:
    """The lines of this transfer: the whole contract is worth at least that."""
    known = Decimal(0)
    for item in transfer.items:
        amount = item.facts.get("items.value")
        converted = amount.converted(pack.currency, transfer.rates) if isinstance(amount, Money) else None
        known += converted.amount if converted is not None else Decimal(0)
    return Money(known, pack.currency, at_least=True)


def _claims(pack: Pack, transfer: Transfer, facts: dict[str, Value]) -> None:
    """``claim.NAME`` for every exemption that must be invoked: true when it is, false when it is not."""
    for rule in pack.rules.values():
        if rule.claim:
            named = rule.claim in transfer.claims
            facts[f"claim.{rule.claim}"] = named or (bool(rule.invoked_by) and facts.get(rule.invoked_by) is True)
    for name, stated in transfer.claims.items():
        facts.update({f"claim.{name}.{key}": value for key, value in stated.items()})


def _held(pack: Pack, transfer: Transfer, facts: dict[str, Value], asks: dict[str, tuple[str, ...]]) -> None:
    """``held.KIND``: whether a held licence of that kind reaches this item, destination and day.

    ``bulk.KIND``: whether a loaded matrix cell opens that bulk licence to the item and the destination; unknown
    where no cell is loaded.
    """
    mine = [held for held in transfer.authorisations if held.law == pack.id]
    for fact_id in pack.facts:
        if fact_id.startswith("held."):
            kind = fact_id.removeprefix("held.")
            reach = any_of(_reaches(pack, held, facts) for held in mine if held.kind == kind)
            if reach is None:
                asks[fact_id] = ("authorisations.entries", "authorisations.destinations")
            facts[fact_id] = reach
        elif fact_id.startswith("bulk."):
            facts[fact_id] = _cell(pack, fact_id.removeprefix("bulk."), facts)


def _reaches(pack: Pack, held: Authorisation, facts: Mapping[str, Value]) -> Truth:
    day, to = facts["day"], facts.get("to")
    if (held.start is not None and day < held.start) or (held.until is not None and day > held.until):  # type: ignore[operator]
        return False
    tests: list[Truth] = [None if held.start is None or held.until is None else True]
    tests.append(None if held.destinations is None else to in held.destinations)
    entries = facts.get(f"items.entries.{pack.id}")
    if held.entries is None or not isinstance(entries, frozenset):
        tests.append(None)
    else:
        tests.extend(any(is_under(path, own) for own in held.entries) for path in entries)
    if held.kind not in ("individual", "approval"):
        # A bulk licence names no destination or row of its own: the matrix decides (``bulk.KIND``).
        tests = [truth for truth in tests if truth is not None]
    return False if False in tests else None if None in tests else True


def _cell(pack: Pack, kind: str, facts: Mapping[str, Value]) -> Truth:
    entries, to = facts.get(f"items.entries.{pack.id}"), facts.get("to")
    if not isinstance(entries, frozenset) or not entries or not isinstance(to, str):
        return None
    day = facts["day"]
    found: list[Truth] = []
    for path in entries:
        cells = [
            cell
            for cell in pack.tables.get(f"{pack.id}:bulk-matrix", ())
            if is_under(path, cell["item"])
            and to in cell["places"]
            and cell["from"] <= day
            and ("repealed" not in cell or day < cell["repealed"])
        ]
        found.append(any(kind in cell["allows"] for cell in cells) if cells else None)
    return False if False in found else None if None in found else True


def without(transfer: Transfer, number: int, fact: str) -> Transfer:
    """Give the transfer with one stated fact of item ``number`` (or of the whole) made unknown."""
    if fact.startswith("items."):
        item = transfer.items[number]
        facts = {key: value for key, value in item.facts.items() if key != fact}
        items = (*transfer.items[:number], replace(item, facts=facts), *transfer.items[number + 1 :])
        return replace(transfer, items=items)
    return replace(transfer, facts={key: value for key, value in transfer.facts.items() if key != fact})


def stating(transfer: Transfer, number: int, fact: str, value: Value) -> Transfer:
    """Give the transfer with one fact of item ``number`` (or of the whole) stated as ``value``."""
    if fact == "day":
        return replace(transfer, day=value)  # type: ignore[arg-type]
    if fact.startswith("items."):
        item = transfer.items[number]
        items = (
            *transfer.items[:number],
            replace(item, facts={**item.facts, fact: value}),
            *transfer.items[number + 1 :],
        )
        return replace(transfer, items=items)
    return replace(transfer, facts={**transfer.facts, fact: value})
