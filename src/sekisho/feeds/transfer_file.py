"""Read a transfer file (TOML or JSON): every key against the catalogue, every fault at once with its line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import tomli

from sekisho.feeds.fact_values import Reader
from sekisho.feeds.toml_lines import Lines
from sekisho.law.facts import Fact
from sekisho.law.pack import Pack
from sekisho.law.view import PARTIES
from sekisho.model.money import Money, parse_money
from sekisho.model.problem import BadInput, Problem
from sekisho.model.transfer import Authorisation, EarlierOrder, Facts, Item, Transfer, Value

LARGEST = 1_000_000
"""Bytes: no transfer is larger."""

AUTHORISATION_KEYS = ("law", "kind", "number", "from", "until", "entries", "destinations", "end_users")
ORDER_KEYS = ("day", "value", "entries")


def read_transfer(path: Path, packs: Iterable[Pack], *, day: date | None = None) -> Transfer:
    """Read a file, as of ``day`` when one is given; raises BadInput with every problem."""
    name = path.name
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except OSError as error:
        raise BadInput(
            [Problem("file-unreadable", name, f"cannot be read: {error.strerror}", "check the path")]
        ) from None
    return parse_transfer(content, name, packs, day=day)


def parse_transfer(content: bytes, name: str, packs: Iterable[Pack], *, day: date | None = None) -> Transfer:
    """Read the bytes of a transfer file called ``name``, as of ``day`` when one is given."""
    problem = _unfit(content, name)
    if problem:
        raise BadInput([problem])
    text = content.decode("utf-8-sig")
    try:
        document = (
            json.loads(text, parse_float=Decimal)
            if text.lstrip().startswith("{")
            else tomli.loads(text, parse_float=Decimal)
        )
    except (tomli.TOMLDecodeError, json.JSONDecodeError, RecursionError) as error:
        hint = "strings in quotes, dates bare (day = 2026-11-20), lists in brackets (listed = [])"
        raise BadInput([Problem("file-syntax", name, f"not readable: {error}", hint)]) from None
    if day is not None and isinstance(document, dict):
        document["day"] = day
    return transfer_of(document, name, packs, Lines(text))


def _unfit(content: bytes, name: str) -> Problem | None:
    if len(content) > LARGEST:
        return Problem(
            "file-huge", name, f"larger than {LARGEST:,} bytes", "one transfer a file; use decide-many for many"
        )
    if not content.strip():
        return Problem("file-empty", name, "the file is empty", "see examples/transfers for the form")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Problem("file-binary", name, "not UTF-8 text", "a transfer is a TOML or JSON text in UTF-8")
    if "\0" in text:
        return Problem("file-binary", name, "a binary file", "a transfer is a TOML or JSON text in UTF-8")
    return None


def transfer_of(document: Any, name: str, packs: Iterable[Pack], lines: Lines | None = None) -> Transfer:
    """Make a transfer out of a parsed document, or raise BadInput with every problem."""
    laws = list(packs)
    reading = _Reading(name, laws, lines or Lines(""))
    transfer = reading.whole(document)
    if reading.problems:
        raise BadInput(reading.problems)
    return transfer


class _Reading(Reader):
    """One pass over one document, gathering problems."""

    def __init__(self, name: str, packs: list[Pack], lines: Lines) -> None:
        super().__init__(name, packs, lines)
        self.sections: dict[str, dict[str, Fact]] = {}
        for fact in self.catalogue.values():
            section, _, key = fact.id.rpartition(".")
            if not fact.derived and not fact.id.startswith(("claim.", "items.entries.")):
                self.sections.setdefault(section, {})[key] = fact

    def whole(self, document: Any) -> Transfer:
        if not isinstance(document, dict):
            self.wrong("file-form", "", "not a table of keys", "see examples/transfers for the form")
            document = {}
        special = {"items", "authorisations", "earlier_orders", "claims", "rates"}
        known = {*self.sections[""], *(section for section in self.sections if section), *special}
        self.unknown_keys(document, "", known)
        self.act = document.get("act") if isinstance(document.get("act"), str) else ""
        facts: dict[str, Value] = self.section(document, "")
        self.day = facts.get("day") if isinstance(facts.get("day"), date) else None  # type: ignore[assignment]
        for section in self.sections:
            if section and section != "items":
                facts.update(self.party_or_section(document, section))
        self.own_staff(document, facts)
        items = tuple(self.items(document.get("items")))
        transfer = Transfer(
            day=self.day or date.min,
            facts=facts,
            items=items,
            authorisations=tuple(self.authorisations(document.get("authorisations", []))),
            earlier_orders=tuple(self.orders(document.get("earlier_orders", []))),
            claims=self.claims(document.get("claims", {})),
            rates=self.rates(document.get("rates", {})),
        )
        self.contradictions(transfer)
        return transfer

    def section(self, table: Mapping[str, Any], section: str, place: str | None = None) -> dict[str, Value]:
        """Read the known keys of one table; required ones must be there."""
        prefix = section if place is None else place
        found: dict[str, Value] = {}
        for key, fact in self.sections.get(section, {}).items():
            where = f"{prefix}.{key}" if prefix else key
            if key not in table:
                if fact.required:
                    self.wrong("key-missing", where, f"'{key}' is missing", fact.ask.get("en", ""))
            elif fact.type == "entries":
                found.update(self.entries(table[key], where, fact.id))
            else:
                value = self.value(fact, table[key], where)
                if value is not None:
                    found[fact.id] = value
        return found

    def party_or_section(self, document: Mapping[str, Any], section: str) -> dict[str, Value]:
        """Read ``[consignee]`` and the like. A party that is not there does not exist: it has no list entry."""
        if section not in document:
            if section not in PARTIES or section == "end_user":
                return {"end_user.named": False} if section == "end_user" else {}
            if section == "recipient" and self.act in ("technology", "deemed-export"):
                return {}
            return {f"{section}.named": False, f"{section}.listed": frozenset(), f"{section}.activities": frozenset()}
        table = document[section]
        if not isinstance(table, dict):
            self.wrong("type-table", section, "not a section", f"write [{section}] and its keys below")
            return {}
        self.unknown_keys(table, section, self.sections[section])
        found = self.section(table, section)
        if section in PARTIES:
            found[f"{section}.named"] = True
        return found

    def own_staff(self, document: Mapping[str, Any], facts: dict[str, Value]) -> None:
        """A recipient whose employer is the exporter itself, in Japan, works for a Japanese employer."""
        exporter, recipient = document.get("exporter"), document.get("recipient")
        if isinstance(exporter, dict) and isinstance(recipient, dict) and facts.get("exporter.country") == "JP":
            employer = recipient.get("employer")
            if isinstance(employer, str) and employer == exporter.get("name"):
                facts["recipient.employer"] = "japanese"

    def items(self, rows: Any) -> Iterable[Item]:
        if not isinstance(rows, list) or not rows:
            self.wrong("items-missing", "items", "no item is given", "write [[items]] with name, hs, entries, value")
            return
        for number, row in enumerate(rows):
            place = f"items[{number}]"
            if not isinstance(row, dict):
                self.wrong("type-table", place, "not a table", "write [[items]] and its keys below")
                continue
            self.unknown_keys(row, place, self.sections["items"])
            facts = self.section(row, "items", place)
            yield Item(str(facts.get("items.name", "")), facts)

    def authorisations(self, rows: Any) -> Iterable[Authorisation]:
        for place, row in self.rows(rows, "authorisations", AUTHORISATION_KEYS):
            law = row.get("law")
            if law not in self.laws:
                self.wrong(
                    "authorisation-law", f"{place}.law", f"law {law!r} is not asked", f"one of {', '.join(self.laws)}"
                )
                continue
            start, until = self.day_at(row, "from", place), self.day_at(row, "until", place)
            if start and until and until < start:
                self.wrong(
                    "contradiction", place, f"it ends on {until} before it begins on {start}", "correct from or until"
                )
            yield Authorisation(
                law=str(law),
                kind=self.kind(row.get("kind"), place, str(law)),
                number=str(row.get("number", "")),
                start=start,
                until=until,
                entries=self.paths(row.get("entries"), f"{place}.entries", str(law)),
                destinations=self.place_codes(row.get("destinations"), f"{place}.destinations"),
                end_users=frozenset(row["end_users"]) if isinstance(row.get("end_users"), list) else None,
            )

    def orders(self, rows: Any) -> Iterable[EarlierOrder]:
        for place, row in self.rows(rows, "earlier_orders", ORDER_KEYS):
            day, value = self.day_at(row, "day", place), self.money(row.get("value"), f"{place}.value")
            if day is None or value is None:
                self.wrong(
                    "key-missing",
                    place,
                    "an earlier order needs day and value",
                    'day = 2026-10-01, value = "400_000 JPY"',
                )
                continue
            yield EarlierOrder(day, value)

    def claims(self, table: Any) -> dict[str, Facts]:
        """``[claims.NAME]`` with its facts, or ``NAME = true`` when it rests on none."""
        if not isinstance(table, dict):
            self.wrong("type-table", "claims", "not a section", "write [claims.NAME] with its facts")
            return {}
        names = {rule.claim: None for pack in self.packs for rule in pack.rules.values() if rule.claim}
        found: dict[str, Facts] = {}
        for written, stated in table.items():
            name = written.replace("_", "-")
            where = f"claims.{written}"
            if name not in names:
                near = get_close_matches(name, names, n=1)
                hint = f"did you mean '{near[0]}'?" if near else f"one of {', '.join(names)}"
                self.wrong("claim-unknown", where, f"there is no exemption '{written}'", hint)
                continue
            if stated is False:
                continue
            if stated is not True and not isinstance(stated, dict):
                self.wrong("claim-form", where, "neither true nor a section", f"write [claims.{name}] with its facts")
                continue
            facts = {} if stated is True else stated
            known = {
                fact_id.removeprefix(f"claim.{name}."): fact
                for fact_id, fact in self.catalogue.items()
                if fact_id.startswith(f"claim.{name}.")
            }
            self.unknown_keys(facts, where, known)
            values = {
                key: self.value(known[key], value, f"{where}.{key}") for key, value in facts.items() if key in known
            }
            found[name] = {key: value for key, value in values.items() if value is not None}
        return found

    def rates(self, table: Any) -> dict[str, Any]:
        """``USD = "150 JPY"``: the price of one unit; all in one currency."""
        if not isinstance(table, dict):
            self.wrong("type-table", "rates", "not a section", 'write [rates] and USD = "150 JPY" below')
            return {}
        found: dict[str, Any] = {}
        bases: set[str] = set()
        for currency, written in table.items():
            money = parse_money(written) if isinstance(written, str) else None
            if (
                money is None
                or money.amount <= 0
                or not (len(currency) == 3 and currency.isalpha() and currency.isupper())
            ):
                self.wrong("rate-form", f"rates.{currency}", f"{written!r} is no rate", 'write USD = "150 JPY"')
                continue
            found[currency] = money.amount
            bases.add(money.currency)
        if len(bases) > 1:
            self.wrong(
                "rate-base", "rates", f"rates are given in {' and '.join(sorted(bases))}", "give all in one currency"
            )
        for base in bases:
            found.setdefault(base, type(next(iter(found.values())))(1))
        return found

    def contradictions(self, transfer: Transfer) -> None:
        """Facts that cannot both be so, whatever the law."""
        facts = transfer.facts
        if facts.get("act") == "export" and facts.get("from") is not None and facts.get("from") == facts.get("to"):
            self.wrong(
                "contradiction",
                "to",
                "an export that stays in its country",
                'correct from or to, or use act = "in-country-transfer"',
            )
        total = facts.get("contract_value")
        lines = [item.facts.get("items.value") for item in transfer.items]
        if isinstance(total, Money):
            same = [line.amount for line in lines if isinstance(line, Money) and line.currency == total.currency]
            if sum(same) > total.amount:
                says = f"the lines are worth {sum(same):,} {total.currency}, the whole contract {total}"
                self.wrong("contradiction", "contract_value", says, "the contract is worth at least its lines")
