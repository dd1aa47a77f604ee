"""Read golden cases: one TOML file a case, a base transfer in file form and variants that change it.

```toml
title     = { en = "...", ja = "..." }
why       = { en = "...", ja = "..." }
cite      = [{ source = "jp-etco", at = "art. 4(1)(v)" }]
certainty = "V"                       # of the expected result

[transfer]                            # as in a transfer file
act = "export"
...
[expect]                              # of the base, called "a"
outcome = "exempt"

[[variant]]
name   = "b"
says   = { en = "...", ja = "..." }   # optional
change = { end_use.informed = ["wmd"], items.value = "1_000_001 JPY" }   # a key under items changes every line
remove = ["contract_value"]           # keys taken out
from   = "b"                          # optional: start from another variant instead of the base
on     = [2025-10-08]                 # optional: the same expectation on other days too
expect = { outcome = "licence-required", stands = ["jp.list"] }
```
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import tomli

from sekisho.app.law_test import CHECKS, OTHER_KEYS, Case, Variant
from sekisho.feeds.packs import load_pack, packs_root
from sekisho.feeds.transfer_file import transfer_of
from sekisho.law.pack import Pack
from sekisho.model.certainty import CERTAINTIES, Citation
from sekisho.model.problem import BadInput, Problem

CASE_KEYS = frozenset({"title", "why", "cite", "certainty", "transfer", "expect", "variant", "table"})
VARIANT_KEYS = frozenset({"name", "says", "change", "remove", "from", "on", "expect"})


def case_files(law: str) -> tuple[Path, ...]:
    """The case files of a pack (its id or its folder)."""
    folder = Path(law) if "/" in law or law.startswith(".") else packs_root() / law
    return tuple(sorted((folder / "cases").glob("*.toml")))


def read_cases(files: Iterable[Path], law: str) -> tuple[Variant, ...]:
    """Read every case; BadInput with every fault of every file."""
    packs: dict[str, Pack] = {}
    variants: list[Variant] = []
    problems: list[Problem] = []
    for path in files:
        reading = _CaseFile(path, law, packs)
        variants.extend(reading.variants())
        problems.extend(reading.problems)
    if problems:
        raise BadInput(problems)
    return tuple(variants)


class _CaseFile:
    """One file, gathering problems."""

    def __init__(self, path: Path, law: str, packs: dict[str, Pack]) -> None:
        self.path, self.law, self.packs = path, law, packs
        self.problems: list[Problem] = []

    def wrong(self, code: str, place: str, says: str, hint: str = "") -> None:
        self.problems.append(Problem(code, f"{self.path.name} {place}".strip(), says, hint))

    def variants(self) -> list[Variant]:
        try:
            document = tomli.loads(self.path.read_text(encoding="utf-8"), parse_float=Decimal)
        except OSError as error:
            self.wrong("file-unreadable", "", f"cannot be read: {error.strerror}", "check the path")
            return []
        except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
            self.wrong("file-syntax", "", f"not readable as TOML: {error}", "correct the line")
            return []
        self.keys(document, "", CASE_KEYS)
        pack = self.pack(document.get("table", {}))
        case = self.case(document, pack)
        base = document.get("transfer")
        if not isinstance(base, dict):
            self.wrong("case-transfer", "transfer", "the transfer is missing", "write [transfer] and its keys below")
            return []
        found: list[Variant] = []
        written: dict[str, dict[str, Any]] = {"a": base}
        if "expect" in document:
            found.append(self.variant(case, pack, "a", base, document["expect"]))
        for number, row in enumerate(document.get("variant", ())):
            found.extend(self.rows(case, pack, row, f"variant[{number}]", written))
        if not found:
            self.wrong("case-expect", "", "the case expects nothing", "write [expect] or [[variant]] with expect")
        return found

    def rows(
        self, case: Case, pack: Pack, row: Mapping[str, Any], place: str, written: dict[str, dict[str, Any]]
    ) -> Iterable[Variant]:
        self.keys(row, place, VARIANT_KEYS)
        name = row.get("name")
        if not isinstance(name, str) or not name or name in written:
            self.wrong("case-name", place, f"name {name!r} is missing or there twice", 'write name = "b"')
            return
        start = row.get("from", "a")
        if start not in written:
            self.wrong("case-from", f"{place}.from", f"there is no variant '{start}' before this one")
            return
        changed = merged(written[start], row.get("change", {}))
        for key in row.get("remove", ()):
            if not taken_out(changed, key):
                self.wrong("case-remove", f"{place}.remove", f"'{key}' is not there", "name a key of the transfer")
        written[name] = changed
        expected = row.get("expect", {})
        yield self.variant(case, pack, name, changed, expected)
        for day in row.get("on", ()):
            if isinstance(day, date):
                yield self.variant(case, pack, f"{name} on {day}", {**changed, "day": day}, expected)
            else:
                self.wrong("type-date", f"{place}.on", f"{day!r} is no day", "on = [2025-10-08]")

    def variant(self, case: Case, pack: Pack, name: str, document: dict[str, Any], expected: Any) -> Variant:
        place = f"variant {name}"
        self.expectation(expected, place, pack)
        label = f"{self.path.name} {place}"
        try:
            transfer = transfer_of(copy.deepcopy(document), label, [pack])
        except BadInput as bad:
            if not (isinstance(expected, dict) and expected.get("problems")):
                self.problems.extend(bad.problems)
            return Variant(case, name, label, pack, None, bad.problems, expected)
        return Variant(case, name, label, pack, transfer, (), expected)

    def expectation(self, expected: Any, place: str, pack: Pack) -> None:
        if not isinstance(expected, dict) or not expected:
            self.wrong("case-expect", place, "expects nothing", 'write expect = { outcome = "..." }')
            return
        self.keys(expected, f"{place} expect", frozenset({*CHECKS, *OTHER_KEYS}))
        for key, value in expected.items():
            check = CHECKS.get(key)
            if check is not None and not isinstance(value, check.kind):
                self.wrong("case-type", f"{place} expect.{key}", f"{value!r} is no {check.kind.__name__}", check.says)
            elif key in RULE_KEYS:
                self.known_rules(value, f"{place} expect.{key}", pack)

    def known_rules(self, ids: list[str], place: str, pack: Pack) -> None:
        for rule in ids:
            if rule not in pack.rules:
                near = get_close_matches(rule, pack.rules, n=1)
                self.wrong(
                    "case-rule", place, f"there is no rule '{rule}'", f"did you mean '{near[0]}'?" if near else ""
                )

    def case(self, document: Mapping[str, Any], pack: Pack) -> Case:
        texts: dict[str, Mapping[str, str]] = {}
        for key in ("title", "why"):
            value = document.get(key)
            if not isinstance(value, dict) or not all(value.get(lang) for lang in ("en", "ja")):
                self.wrong(
                    "case-text", key, f"'{key}' is missing in a language", f'{key} = {{ en = "...", ja = "..." }}'
                )
                value = {"en": "", "ja": ""}
            texts[key] = value
        cites = []
        for row in document.get("cite", ()) or [{}]:
            source, at = row.get("source", ""), row.get("at", "")
            if source not in pack.sources or not at:
                near = get_close_matches(source, pack.sources, n=1)
                hint = f"did you mean '{near[0]}'?" if near else 'cite = [{ source = "jp-etco", at = "art. 1(1)" }]'
                self.wrong("case-citation", "cite", f"source '{source}' is not known or the place is missing", hint)
            cites.append(Citation(source, at))
        certainty: Any = document.get("certainty")
        if certainty not in CERTAINTIES:
            self.wrong("case-certainty", "certainty", f"certainty is {certainty!r}", "one of V, S, K, U")
            certainty = "U"
        return Case(self.path.stem, self.path.name, texts["title"], texts["why"], tuple(cites), certainty)

    def pack(self, tables: Mapping[str, Any]) -> Pack:
        key = json.dumps(tables, default=str, sort_keys=True)
        if key not in self.packs:
            self.packs[key] = load_pack(self.law, extra=tables)
        return self.packs[key]

    def keys(self, table: Mapping[str, Any], place: str, known: frozenset[str]) -> None:
        for key in table:
            if key not in known:
                near = get_close_matches(key, known, n=1)
                hint = f"did you mean '{near[0]}'?" if near else f"known here: {', '.join(sorted(known))}"
                self.wrong("key-unknown", f"{place}.{key}".lstrip("."), f"unknown key '{key}'", hint)


RULE_KEYS = frozenset(
    {"stands", "open", "lifted", "lifts", "may_lift", "basis", "reasons", "not_deciding", "holds", "unknown", "fails"}
    | {"could_lift", "no_way_out"}
)
"""Keys of an expectation that hold rule ids."""


def merged(base: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """Give ``base`` with the keys of ``change`` set, tables within tables; ``items.hs`` sets it in every line."""
    result = copy.deepcopy(dict(base))
    for key, value in change.items():
        current = result.get(key)
        if isinstance(value, dict) and isinstance(current, dict):
            result[key] = merged(current, value)
        elif isinstance(value, dict) and isinstance(current, list):
            result[key] = [merged(row, value) if isinstance(row, dict) else row for row in current]
        else:
            result[key] = copy.deepcopy(value)
    return result


def taken_out(document: dict[str, Any], path: str) -> bool:
    """Remove the key at ``path`` (``items.hs`` in every line); tell whether it was there."""
    head, _, rest = path.partition(".")
    if not rest:
        return document.pop(head, _NOTHING) is not _NOTHING
    below = document.get(head)
    rows = [below] if isinstance(below, dict) else below if isinstance(below, list) else []
    found = [taken_out(row, rest) for row in rows if isinstance(row, dict)]  # every row, not only the first
    return any(found)


_NOTHING = object()
