"""One written value to one fact's value: types, codes, places, amounts, each with its remedy when it is wrong."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Any

from sekisho.feeds.reference import hs_codes, nearest_place, places
from sekisho.feeds.toml_lines import Lines
from sekisho.law.facts import Fact
from sekisho.law.pack import Pack
from sekisho.law.sets import is_under
from sekisho.model.money import Money, parse_money
from sekisho.model.problem import Problem
from sekisho.model.transfer import Value

_CODE = re.compile(r"^[a-z]{2,12}:[A-Za-z0-9\-]+(?:/[A-Za-z0-9.\-]+)*$")
_HS = re.compile(r"^\d{2}(?:\.?\d{2}(?:\.?\d{2})?)?$|^\d{2}\.\d{2}(?:\.\d{2})?$")
LONGEST = 2000
"""Characters of one text."""


class Reader:
    """Gathers problems while it reads values; ``day`` and ``act`` are known once the head is read."""

    def __init__(self, name: str, packs: list[Pack], lines: Lines) -> None:
        self.name = name
        self.packs = packs
        self.laws = [pack.id for pack in packs]
        self.lines = lines
        self.catalogue: dict[str, Fact] = {fact_id: fact for pack in packs for fact_id, fact in pack.facts.items()}
        self.problems: list[Problem] = []
        self.day: date | None = None
        self.act: str = ""

    def wrong(self, code: str, where: str, says: str, hint: str = "") -> None:
        """Note a problem at a path of the file."""
        line = self.lines.of(where)
        place = f"{self.name}:{line} {where}" if line else f"{self.name} {where}".strip()
        self.problems.append(Problem(code, place, says, hint))

    def unknown_keys(self, table: Mapping[str, Any], place: str, known: Iterable[str]) -> None:
        """Note every key that is none of ``known``, with the nearest right one."""
        names = sorted(known)
        for key in table:
            if key not in names:
                near = get_close_matches(str(key), names, n=1, cutoff=0.5)
                hint = f"did you mean '{near[0]}'?" if near else f"known here: {', '.join(names)}"
                where = f"{place}.{key}" if place else str(key)
                self.wrong("key-unknown", where, f"unknown key '{key}'", hint)

    def rows(self, rows: Any, place: str, keys: tuple[str, ...]) -> Iterable[tuple[str, Mapping[str, Any]]]:
        """Give the tables of an array with their places."""
        if not isinstance(rows, list):
            self.wrong("type-table", place, "not a list of tables", f"write [[{place}]] for each")
            return
        for number, row in enumerate(rows):
            where = f"{place}[{number}]"
            if isinstance(row, dict):
                self.unknown_keys(row, where, keys)
                yield where, row
            else:
                self.wrong("type-table", where, "not a table", f"write [[{place}]] for each")

    def value(self, fact: Fact, written: Any, where: str) -> Value:
        """Read one value of ``fact``; None when it is wrong (a problem was noted)."""
        match fact.type:
            case "bool":
                return self._bool(fact, written, where)
            case "choice":
                return self._choice(fact, written, where)
            case "set":
                return self._set(fact, written, where)
            case "codes":
                return self._codes(fact, written, where)
            case "date":
                return self._date(written, where)
            case "number" | "share":
                return self._number(fact, written, where)
            case "money":
                return self.money(written, where)
            case "place":
                return self._place(written, where)
            case "places":
                return self.place_codes(written, where)
            case "hs":
                return self._hs(written, where)
            case _:
                return self._text(written, where)

    def _text(self, written: Any, where: str) -> str | None:
        if not isinstance(written, str):
            self.wrong("type-text", where, f"{written!r} is no text", 'write it in quotes: "..."')
        elif not written.strip() or len(written) > LONGEST:
            self.wrong("text-length", where, "empty, or too long", f"one to {LONGEST} characters")
        else:
            return written
        return None

    def _bool(self, fact: Fact, written: Any, where: str) -> bool | None:
        if isinstance(written, str) and written in fact.aliases:
            return fact.aliases[written] == "true"
        if isinstance(written, bool):
            return written
        self.wrong(
            "type-bool",
            where,
            f"{written!r} is neither true nor false",
            "write true or false, or leave it out if unknown",
        )
        return None

    def _choice(self, fact: Fact, written: Any, where: str) -> str | None:
        if not isinstance(written, str):
            self.wrong("type-choice", where, f"{written!r} is no text", f"one of {', '.join(fact.values)}")
            return None
        found = self._vocabulary(fact, written)
        if found is None and not fact.open_values:
            self._not_in(fact, written, where)
        return found

    def _vocabulary(self, fact: Fact, written: str) -> str | None:
        plain = written.strip()
        for form in (plain, plain.lower().replace("_", "-").replace(" ", "-")):
            if form in fact.values or form == fact.missing:
                return form
            if form in fact.aliases:
                return fact.aliases[form]
        return None

    def _not_in(self, fact: Fact, written: str, where: str) -> None:
        near = get_close_matches(written, fact.values, n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"one of {', '.join(fact.values)}"
        self.wrong("value-unknown", where, f"'{written}' is no value of {fact.id}", hint)

    def _list(self, written: Any, where: str) -> list[str] | None:
        if isinstance(written, list) and all(isinstance(one, str) for one in written):
            return written
        self.wrong("type-list", where, f"{written!r} is no list of texts", 'write ["..."], or [] for known to be none')
        return None

    def _set(self, fact: Fact, written: Any, where: str) -> frozenset[str] | None:
        listed = self._list(written, where)
        if listed is None:
            return None
        found = [(one, self._vocabulary(fact, one)) for one in listed]
        for one, value in found:
            if value is None:
                self._not_in(fact, one, where)
        values = frozenset(value for _, value in found if value is not None)
        if "none" in values and len(values) > 1:
            self.wrong("contradiction", where, "'none' beside other values", "either none or the values")
        return values

    def _codes(self, fact: Fact, written: Any, where: str) -> frozenset[str] | None:
        listed = self._list(written, where)
        if listed is None:
            return None
        found: set[str] = set()
        for one in listed:
            code = fact.aliases.get(one.strip(), one.strip())
            if not _CODE.match(code):
                self.wrong("code-form", where, f"'{one}' is no list code", 'write law:list/code, such as "jp:feul/N"')
                continue
            known = self._party_lists(code.partition(":")[0])
            if known and not any(is_under(code, own) or is_under(own, code) for own in known):
                near = get_close_matches(code, known, n=1)
                hint = f"did you mean '{near[0]}'?" if near else f"known: {', '.join(sorted(known))}"
                self.wrong("code-unknown", where, f"'{one}' is on no list that the law knows", hint)
            found.add(code)
        return frozenset(found)

    def _party_lists(self, law: str) -> set[str]:
        """The list codes that the rules of a law ask for."""
        return {
            code
            for pack in self.packs
            if pack.id == law
            for rule in pack.rules.values()
            for version in rule.versions
            for condition in version.when
            if condition.fact.endswith(".listed") and isinstance(condition.arg, list)
            for code in condition.arg
        }

    def _date(self, written: Any, where: str) -> date | None:
        if isinstance(written, datetime):
            written = written.isoformat()
        if isinstance(written, date):
            return written
        if isinstance(written, str):
            try:
                return date.fromisoformat(written)
            except ValueError:
                pass
        self.wrong("type-date", where, f"{written!r} is no day", "write it bare: 2026-11-20")
        return None

    def day_at(self, row: Mapping[str, Any], key: str, place: str) -> date | None:
        """Read an optional day of a table."""
        return self._date(row[key], f"{place}.{key}") if key in row else None

    def _number(self, fact: Fact, written: Any, where: str) -> Decimal | None:
        if isinstance(written, bool) or not isinstance(written, int | float | Decimal | str):
            self.wrong("type-number", where, f"{written!r} is no number", "write a number")
            return None
        try:
            number = Decimal(str(written).replace("_", ""))
        except InvalidOperation:
            self.wrong("type-number", where, f"{written!r} is no number", "write a number")
            return None
        if not number.is_finite() or number < 0 or (fact.type == "share" and number > 1):
            hint = "a share from 0 to 1 (0.25 for a quarter)" if fact.type == "share" else "zero or more"
            self.wrong("number-range", where, f"{written!r} is out of range", hint)
            return None
        return number

    def money(self, written: Any, where: str) -> Money | None:
        """Read an amount with its currency."""
        found = parse_money(written) if isinstance(written, str) else None
        if found is None:
            self.wrong("money-form", where, f"{written!r} is no amount", 'write "48_000_000 JPY"')
        elif found.amount < 0:
            self.wrong("money-form", where, f"{written!r} is negative", "an amount is zero or more")
        else:
            return found
        return None

    def _place(self, written: Any, where: str) -> str | None:
        if isinstance(written, str) and written in places():
            return written
        near = nearest_place(written) if isinstance(written, str) else ""
        hint = f"write '{near}'" if near else "an ISO 3166-1 code of two capital letters"
        self.wrong("place-unknown", where, f"{written!r} is no country or territory code", hint)
        return None

    def place_codes(self, written: Any, where: str) -> frozenset[str] | None:
        """Read a list of places; None when it is absent or wrong."""
        if written is None:
            return None
        listed = self._list(written, where)
        return None if listed is None else frozenset(filter(None, (self._place(one, where) for one in listed)))

    def _hs(self, written: Any, where: str) -> str | None:
        if isinstance(written, str) and _HS.match(written.strip()):
            code = written.strip().replace(".", "")
            if code in hs_codes():
                return code
            parent = next((code[:size] for size in (4, 2) if code[:size] in hs_codes() and len(code) > size), "")
            hint = f"{parent} exists, {code} does not" if parent else "see the HS 2022 nomenclature"
            self.wrong("hs-unknown", where, f"'{written}' is no HS 2022 code", hint)
        else:
            self.wrong("hs-form", where, f"{written!r} is no HS code", 'two, four or six digits: "8457.10"')
        return None

    def kind(self, written: Any, place: str, law: str) -> str:
        """Read the kind of a held licence."""
        known = [fact_id.removeprefix("held.") for fact_id in self.catalogue if fact_id.startswith("held.")]
        plain = str(written or "").strip().lower().replace("_", "-").replace(" ", "-")
        short = re.sub(r"-(licence|license|permit)$", "", plain)
        for form in (plain, short, f"{short}-bulk"):
            if form in known:
                return form
        near = get_close_matches(plain, known, n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"one of {', '.join(known)}"
        self.wrong("authorisation-kind", f"{place}.kind", f"{written!r} is no kind of licence of {law}", hint)
        return ""

    def entries(self, written: Any, where: str, fact_id: str) -> dict[str, Value]:
        """Read ``entries = { jp = ["6(2)"] }``: one fact for each law; other laws' entries are kept as they are."""
        if not isinstance(written, dict):
            self.wrong("type-table", where, f"{written!r} is not by law", 'write entries = { jp = ["6(2)"] }')
            return {}
        found: dict[str, Value] = {}
        for law, paths in written.items():
            if law in self.laws:
                value = self.paths(paths, f"{where}.{law}", law)
            else:
                listed = self._list(paths, f"{where}.{law}")
                value = None if listed is None else frozenset(listed)
            if value is not None:
                found[f"{fact_id}.{law}"] = value
        return found

    def paths(self, written: Any, where: str, law: str) -> frozenset[str] | None:
        """Read paths of a law's control list; each must exist there on the day."""
        if written is None:
            return None
        listed = self._list(written, where)
        if listed is None:
            return None
        pack = next(pack for pack in self.packs if pack.id == law)
        return frozenset(filter(None, (self._path(pack, one, where) for one in listed)))

    def _path(self, pack: Pack, written: str, where: str) -> str | None:
        path = plain_path(written)
        rows = {entry: row for name in pack.entry_lists(self.act) for entry, row in pack.lists.get(name, {}).items()}
        row = rows.get(path)
        if row is None:
            near = get_close_matches(path, rows, n=1, cutoff=0.5)
            hint = f"did you mean '{near[0]}'?" if near else "row and sub-row, such as 6(2)"
            self.wrong(
                "entry-unknown", where, f"'{written}' is no entry of {pack.title['en'].partition(':')[0]}'s lists", hint
            )
        elif self.day is not None and not row.exists_on(self.day):
            self.wrong(
                "entry-day", where, f"'{written}' does not stand in the list on {self.day}", "use the row of that day"
            )
        else:
            return path
        return None


def plain_path(written: str) -> str:
    """``６の項（２）`` and ``6 (2)`` are ``6(2)``."""
    text = unicodedata.normalize("NFKC", written).replace("の項", "").replace("項", "").replace("の", "-")
    return re.sub(r"\s+", "", text)
