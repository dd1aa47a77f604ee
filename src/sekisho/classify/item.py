"""An item to classify: what it is called, of which kind it is, and what is known of it with where each fact came from.

``read_item`` reads the item file, whose contract is ``docs/classification.md``. Only what a person stated counts;
what was read out of a text is ``unconfirmed`` and counts as unknown until a person confirms it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from sekisho.classify.conditions import NOTHING, Nothing, Value
from sekisho.classify.facts import Catalogue, Fact
from sekisho.classify.kinds import Kinds
from sekisho.classify.library import Library
from sekisho.classify.span import Span
from sekisho.classify.units import NONE, dimension_of
from sekisho.classify.written import Unreadable, quantity
from sekisho.model.problem import BadInput, Problem

Source = Literal["stated", "confirmed", "read", "proposed", "derived"]
_COUNTED = (NONE, dimension_of(bit=1))  # dimensions whose unit may be left out
_KEYS = ("name", "description", "kind", "not_kind", "facts", "hs", "cas", "maker", "part", "confirmed", "groups")
_YES = {"yes", "true", "y", "はい", "有", "あり", "○", "該当"}
_NO = {"no", "false", "n", "いいえ", "無", "なし", "×", "非該当"}
_UNKNOWN = {"", "?", "unknown", "tbd", "不明", "未定", "未確認"}
_NOTHING = {"none", "n/a", "not applicable", "該当なし", "なし"}
LONGEST_DESCRIPTION = 2_000_000
_CAS = re.compile(r"\d{2,7}-\d{2}-\d")


@dataclass(frozen=True, slots=True)
class Stated:
    """The value of one fact with its provenance: as written, and where (file place, page and span of a datasheet)."""

    fact: str
    value: Value
    text: str
    source: Source = "stated"
    where: str = ""

    @property
    def counts(self) -> bool:
        """Whether a person stands behind it (derived facts are made from such facts only)."""
        return self.source in {"stated", "confirmed", "derived"}


@dataclass(frozen=True, slots=True)
class Item:
    """A product. ``kinds`` were stated; ``not_kinds`` were denied; ``facts`` by name, stated or merely read."""

    name: str
    description: str = ""
    kinds: tuple[str, ...] = ()
    not_kinds: tuple[str, ...] = ()
    facts: Mapping[str, Stated] = field(default_factory=dict)
    groups: Mapping[str, tuple[Mapping[str, Stated], ...]] = field(default_factory=dict)
    hs: str = ""

    @property
    def text(self) -> str:
        """Name and description, in which kinds are looked for."""
        return f"{self.name}\n{self.description}"


def check_cas(number: str) -> bool:
    """Whether a CAS number has its form and its check digit."""
    if not _CAS.fullmatch(number):
        return False
    digits = number.replace("-", "")
    return sum(int(d) * i for i, d in enumerate(reversed(digits[:-1]), start=1)) % 10 == int(digits[-1])


def read_item(table: Mapping[str, Any], library: Library, where: str) -> Item:
    """Read an item table; raises ``BadInput`` with every fault."""
    problems: list[Problem] = []
    for key in table:
        if key not in _KEYS:
            problems.append(
                Problem("item.key", f"{where} {key}", f"{key!r} has no meaning here", f"Known: {', '.join(_KEYS)}.")
            )
    name = table.get("name", "")
    description = table.get("description", "")
    for key, value in (("name", name), ("description", description)):
        if not isinstance(value, str):
            problems.append(Problem("item.text", f"{where} {key}", f"{key} must be text", f'Write {key} = "...".'))
    description = description if isinstance(description, str) else ""
    if len(description) > LONGEST_DESCRIPTION:
        problems.append(
            Problem("item.long", f"{where} description", f"the description has {len(description)} characters",
                    f"At most {LONGEST_DESCRIPTION}; give a datasheet with --datasheet.")
        )  # fmt: skip
    if not name and not description and not table.get("facts") and not table.get("cas"):
        problems.append(
            Problem("item.empty", where, "nothing is said of the item", "Give name, description or [facts].")
        )
    kinds = _kinds(table.get("kind"), "kind", library.kinds, where, problems)
    not_kinds = _kinds(table.get("not_kind"), "not_kind", library.kinds, where, problems)
    raw = table.get("facts", {})
    if not isinstance(raw, Mapping):
        problems.append(
            Problem(
                "item.facts", f"{where} facts", "[facts] must be a table", "Write [facts] and below it name = value."
            )
        )
        raw = {}
    raw = dict(raw)
    if "cas" in table:
        raw.setdefault("cas", table["cas"])
    facts = read_facts_of(raw, library.catalogue, library.kinds, kinds, f"{where} [facts]", problems)
    groups: dict[str, tuple[Mapping[str, Stated], ...]] = {}
    for group, rows in (table.get("groups") or {}).items():
        groups[group] = tuple(
            read_facts_of(row, library.catalogue, library.kinds, kinds, f"{where} [[groups.{group}]] {i}", problems)
            for i, row in enumerate(rows, start=1)
        )
    if problems:
        raise BadInput(problems)
    return Item(str(name), description, kinds, not_kinds, facts, groups, str(table.get("hs", "")))


def _kinds(value: Any, key: str, kinds: Kinds, where: str, problems: list[Problem]) -> tuple[str, ...]:
    if value is None or value == "":
        return ()
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, Sequence):
        problems.append(Problem("item.kind", f"{where} {key}", f"{key} is a name or a list of names", 'kind = "adc"'))
        return ()
    found = []
    for name in value:
        kind = kinds.named(str(name))
        if kind is None:
            near = ", ".join(kinds.nearest(str(name))) or "see 'sekisho classify --kinds'"
            problems.append(
                Problem("item.kind", f"{where} {key}", f"{name!r} is no kind of the catalogue", f"Near: {near}")
            )
        else:
            found.append(kind)
    return tuple(dict.fromkeys(found))


def read_facts_of(
    raw: Mapping[str, Any],
    catalogue: Catalogue,
    kinds: Kinds,
    item_kinds: tuple[str, ...],
    where: str,
    problems: list[Problem],
    source: Source = "stated",
) -> dict[str, Stated]:
    """Read facts by name or alias; faults (unknown name, impossible unit, contradiction) go to ``problems``."""
    found: dict[str, Stated] = {}
    for spelled, value in raw.items():
        place = f"{where} {spelled}"
        candidates = catalogue.named(spelled)
        if not candidates:
            near = ", ".join(catalogue.nearest(spelled))
            problems.append(Problem("fact.unknown", place, f"{spelled!r} is no fact of the catalogue", f"Near: {near}"))
            continue
        fact_value = _choose(candidates, value, kinds, item_kinds, place, problems)
        if fact_value is None:
            continue
        fact, known = fact_value
        if known is None:
            continue
        stated = Stated(fact.name, known, show_raw(value), source, place)
        before = found.get(fact.name)
        if before is not None and before.value != known:
            problems.append(
                Problem("fact.contradiction", place, f"{fact.name} is {before.text!r} and also {stated.text!r}",
                        f"Both {spelled!r} and {before.where.split()[-1]!r} mean {fact.name}; keep the right one.")
            )  # fmt: skip
            continue
        found[fact.name] = stated
    return found


def show_raw(value: Any) -> str:
    """Show a value as it was written."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(str(v) for v in value)
    return str(value)


def _choose(
    candidates: tuple[Fact, ...],
    value: Any,
    kinds: Kinds,
    item_kinds: tuple[str, ...],
    place: str,
    problems: list[Problem],
) -> tuple[Fact, Value | None] | None:
    readable: list[tuple[Fact, Value | None]] = []
    faults: list[Problem] = []
    for fact in candidates:
        try:
            readable.append((fact, read_value(fact, value)))
        except Unreadable as bad:
            faults.append(Problem("fact.value", place, bad.says, bad.hint or f"For example: {example(fact)}"))
    if not readable:
        problems.append(faults[0])
        return None
    if len(readable) > 1 and item_kinds:
        related = {k for kind in item_kinds for k in kinds.above(kind) | kinds.below(kind)}
        fitting = [(f, v) for f, v in readable if related & set(f.implied_by_kind)]
        readable = fitting or [(f, v) for f, v in readable if not f.implied_by_kind] or readable
    if len(readable) > 1:
        names = ", ".join(fact.name for fact, _ in readable)
        problems.append(
            Problem(
                "fact.ambiguous", place, f"this may mean {names}", "Write the name that is meant, or state the kind."
            )
        )
        return None
    return readable[0]


def example(fact: Fact) -> str:
    """An example of a value that a fact takes."""
    if fact.type in {"yes-no", "judgement"}:
        return "true or false"
    if fact.type == "choice":
        return ", ".join(fact.values)
    if fact.type == "cas":
        return "102-71-6"
    return f"12 {fact.unit}".strip()


def read_value(fact: Fact, value: Any) -> Value | None:
    """Read the value of a fact; None means "not known". Raises ``Unreadable`` with what would be right."""
    word = value.strip().casefold() if isinstance(value, str) else None
    if word is not None and word in _UNKNOWN:
        return None
    if fact.type in {"yes-no", "judgement"}:
        if isinstance(value, bool):
            return value
        if word in _YES:
            return True
        if word in _NO:
            return False
        raise Unreadable(f"{show_raw(value)[:60]!r} is neither yes nor no", "Write true or false.")
    if fact.type == "choice":
        given = [value] if isinstance(value, str) else list(value) if isinstance(value, list) else None
        if given is None or not all(isinstance(v, str) and v in fact.values for v in given):
            raise Unreadable(
                f"{show_raw(value)[:60]!r} is not among the choices", f"One or more of: {', '.join(fact.values)}."
            )
        return frozenset(given)
    if fact.type == "cas":
        given = [value] if isinstance(value, str) else list(value) if isinstance(value, list) else []
        for number in given:
            if not isinstance(number, str) or not check_cas(number.strip()):
                raise Unreadable(f"{show_raw(number)[:40]!r} is no CAS number", "The check digit must fit: 102-71-6.")
        return frozenset(number.strip() for number in given)
    return _measured(fact, value, word)


def _measured(fact: Fact, value: Any, word: str | None) -> Span | Nothing:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise Unreadable(f"{show_raw(value)[:60]!r} is no quantity", f"For example: {example(fact)}")
    if word in _NOTHING:
        return NOTHING
    if not isinstance(value, str):
        if fact.dimension not in _COUNTED:
            raise Unreadable(f"{value!r} has no unit", f"For example: '{value} {fact.unit}'")
        value = f"{value} {fact.unit}".strip()
    text = value
    if fact.dimension in _COUNTED and fact.unit and re.fullmatch(r"\s*[-+]?[\d.,]+\s*", text):
        text = f"{text} {fact.unit}"
    span = quantity(text, fact.dimension)
    # "up to 10 GSPS", "max. 10 GSPS" state the extreme that the fact asks for; only a comparator sign leaves it open.
    if fact.type == "quantity" and not span.is_exact and re.match(r"\s*(?:up to|max|最大)", text, re.IGNORECASE):
        return Span.exact(span.high)
    if fact.type == "quantity" and not span.is_exact and re.match(r"\s*(?:min(?!us)|最小)", text, re.IGNORECASE):
        return Span.exact(span.low)
    return span
