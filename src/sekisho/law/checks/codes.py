"""Codes that must exist outside the pack: places, tariff codes, rows of the lists, forms of list codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sekisho.law.domains import Reference
from sekisho.law.pack import Pack
from sekisho.law.rule import Condition
from sekisho.law.schema_build import near
from sekisho.law.sets import is_under
from sekisho.model.problem import Problem

LIST_CODE = re.compile(r"^[a-z]{2,12}:[A-Za-z0-9\-]+(?:/[A-Za-z0-9.\-]+)*$")
USER_ASSIGNED = re.compile(r"^(?:AA|Q[M-Z]|X[A-Z]|ZZ)$")
"""ISO 3166-1 leaves these codes to their users; a fictional country takes one of them."""


def code_problems(pack: Pack, reference: Reference) -> Iterator[Problem]:
    """Every code that names nothing."""
    yield from _head_problems(pack, reference)
    for places in pack.places.values():
        members = {code for span in places.spans for code in span.members} if not places.made_of else set()
        yield from _places(pack, places.where, members, reference)
    for scope in pack.scopes.values():
        yield from _tariff(scope.where, (*scope.include, *scope.exclude, *scope.partly), reference)
    paths = [path for rows in pack.lists.values() for path in rows]
    for entries in pack.entry_sets.values():
        for member in sorted(entries.members):
            if not any(is_under(path, member) for path in paths):
                says = f"'{member}' is a row of none of the pack's lists"
                yield Problem("entry-code", entries.where, says, near(member, paths))
    for rows in pack.lists.values():
        for entry in rows.values():
            listed = [*entry.details.get("hs", ()), *entry.details.get("hs_except", ())]
            yield from _tariff(entry.where, listed, reference)
    for rule in pack.rules.values():
        seen = {repr(one): one for version in rule.versions for one in version.when}
        for condition in seen.values():
            yield from _condition(pack, rule.where, condition, reference)


def _head_problems(pack: Pack, reference: Reference) -> Iterator[Problem]:
    where = f"{pack.id}/pack.toml"
    if pack.country not in reference.places and not USER_ASSIGNED.match(pack.country):
        hint = "an ISO 3166-1 code; for a country that does not exist one of those left to users, such as ZZ"
        yield Problem("pack-country", where, f"'{pack.country}' is no country code", hint)
    known_acts = pack.facts["act"].values if "act" in pack.facts else ()
    for act in sorted((pack.acts | set(pack.lists_by_act)) - {*known_acts, ""}):
        yield Problem("pack-act", where, f"'{act}' is no act", near(act, known_acts))
    for name in sorted({name for names in pack.lists_by_act.values() for name in names} - set(pack.lists)):
        yield Problem("pack-list", where, f"entry_lists names '{name}', which is no list", near(name, pack.lists))


def _condition(pack: Pack, where: str, condition: Condition, reference: Reference) -> Iterator[Problem]:
    fact, arg = pack.facts.get(condition.fact), condition.arg
    codes = [arg] if isinstance(arg, str) else arg
    if fact is None or not isinstance(codes, list):
        return
    if isinstance(arg, str) and any(arg in sets for sets in (pack.places, pack.entry_sets, pack.scopes)):
        return
    if fact.type in ("place", "places"):
        yield from _places(pack, where, codes, reference)
    elif fact.type == "hs":
        for code in codes:
            if not str(code).isdigit():
                says = f"'{code}' will match nothing: in a rule HS codes are digits only"
                yield Problem("hs-code", where, says, f"write '{str(code).replace('.', '')}', or name a scope")
        yield from _tariff(where, [code for code in codes if str(code).isdigit()], reference)
    elif fact.type == "codes":
        for code in codes:
            if not LIST_CODE.match(str(code)):
                yield Problem("list-code", where, f"'{code}' is no list code", 'write law:list/code, as "jp:feul/N"')


def _places(pack: Pack, where: str, codes: Iterable[str], reference: Reference) -> Iterator[Problem]:
    for code in sorted(set(codes)):
        if code not in reference.places and code != pack.country:
            yield Problem("place-code", where, f"'{code}' is no place", near(code, reference.places))


def _tariff(where: str, codes: Iterable[str], reference: Reference) -> Iterator[Problem]:
    for code in dict.fromkeys(str(one).replace(".", "") for one in codes):
        if code not in reference.hs:
            parent = next((code[:size] for size in (4, 2) if code[:size] in reference.hs and size < len(code)), "")
            hint = f"{parent} exists, {code} does not" if parent else "see the HS 2022 nomenclature"
            yield Problem("hs-code", where, f"'{code}' is no HS 2022 code", hint)
