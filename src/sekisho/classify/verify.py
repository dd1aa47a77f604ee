"""Check a pack's conditions against the reader's copy of the text: words, numbers, hashes, nothing left out.

Every quoted word must stand in the paragraph (or note) it is bound to; every number of an atom must be the number that
those words say, with the comparator they say; every paragraph of a modelled entry must be under some condition, be
reserved, or be named as an exclusion. What fails is a ``Problem``; what moved is stale.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sekisho.classify.bindings import binding_hash, covered
from sekisho.classify.conditions import All, AnyOf, Atom, Bound, Condition, EntryConditions, Is, Not, Path
from sekisho.classify.facts import Catalogue
from sekisho.classify.numbers import Style, find_numbers
from sekisho.classify.span import INF, Span
from sekisho.classify.tree import ControlList, Node, canonical
from sekisho.classify.units import Dimension
from sekisho.classify.written import Written, find
from sekisho.model.problem import Problem

STYLES: Mapping[str, Style] = {"us-ccl": "plain", "eu-annex-1": "eu", "jp-goods": "ja"}
_OPPOSITE = {">": "<=", ">=": "<", "<": ">=", "<=": ">"}
_SENSE = {"above": ">", "at-least": ">=", "below": "<", "at-most": "<="}


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of one entry counted and found: ``numbers`` of atoms, those ``bound`` to words and ``agreeing``."""

    entry: str
    paths: int
    numbers: int
    agreeing: int
    by_formula: int
    problems: tuple[Problem, ...]
    stale: tuple[str, ...]


def check_entry(conditions: EntryConditions, text: ControlList, catalogue: Catalogue) -> Checked:
    """Check one modelled entry against a text of its list."""
    problems: list[Problem] = []
    stale: list[str] = []
    paths = list(conditions.root.walk())
    bound = [path.path for path in paths]
    style = STYLES.get(text.id, "plain")
    numbers = agreeing = formulas = 0
    for path in paths:
        node = text.node(path.path)
        where = f"{text.id} {path.path}"
        if node is None:
            problems.append(Problem("condition.path", where, "the text has no such paragraph", "Correct the path."))
            continue
        if path.hash != binding_hash(node, text.id, bound):
            stale.append(path.path)
        problems.extend(_left_out(path, node, bound, where))
        for atom, negated in _atoms(path.condition):
            texts = _texts(atom, path, node, text, bound)
            for words in atom.words:
                if not _stands(words, texts):
                    problems.append(
                        Problem(
                            "condition.words",
                            where,
                            f"{words!r} does not stand at {atom.at or path.path}",
                            "Quote the text.",
                        )
                    )
            if isinstance(atom, Bound):
                fact = catalogue[atom.fact]
                for operator, shown in atom.shown:
                    numbers += 1
                    if fact.formula:
                        good = _formula(atom, fact.formula, style)
                        formulas += good
                    else:
                        down = fact.downward and any("below" in words for words in atom.words)
                        good = _agrees(atom, operator, fact.dimension, style, negated, down)
                    agreeing += good
                    if not good:
                        problems.append(
                            Problem("condition.number", where,
                                    f"{atom.fact} {operator} {shown} is not what the words say: "
                                    + (", ".join(repr(w) for w in atom.words) or "no words given"),
                                    "Correct the number or the words.")
                        )  # fmt: skip
            elif isinstance(atom, Is) and catalogue[atom.fact].type == "cas" and isinstance(atom.wanted, frozenset):
                numbers += len(atom.wanted)
                agreeing += len(atom.wanted)
    return Checked(conditions.entry, len(paths), numbers, agreeing, formulas, tuple(problems), tuple(stale))


def _atoms(condition: Condition, negated: bool = False) -> Iterable[tuple[Atom, bool]]:
    if isinstance(condition, Not):
        yield from _atoms(condition.part, not negated)
    elif isinstance(condition, All | AnyOf):
        for part in condition.parts:
            yield from _atoms(part, negated)
    else:
        yield condition, negated


def _left_out(path: Path, node: Node, bound: list[str], where: str) -> Iterable[Problem]:
    """Paragraphs beside a modelled child that neither carry a condition nor are excluded nor reserved."""
    if not path.below or node.connective.join == "and":
        return
    for child in node.children:
        under = [p for p in bound if p == child.path or any(n.path == p for n in child.walk())]
        if not under and not child.reserved and child.path not in path.excluded:
            yield Problem(
                "condition.left-out", where, f"{child.path} has no condition", "Write one, or name it in excluded."
            )


def _texts(atom: Atom, path: Path, node: Node, text: ControlList, bound: list[str]) -> list[str]:
    """Where an atom's words may stand: its own paragraphs, or the one named by ``at`` with its notes."""
    if atom.at:
        named = text.node(atom.at)
        nodes: tuple[Node, ...] = () if named is None else tuple(named.walk())
    else:
        nodes = covered(node, text.id, bound)
    entry = path.path.partition(".")[0]
    extra = text.node(entry)
    out = [canonical(n.text) for n in nodes]
    out += [canonical(note.text) for n in nodes for note in n.notes]
    if extra is not None:
        out += [canonical(note.text) for note in extra.notes]
    return out


def _stands(words: str, texts: list[str]) -> bool:
    wanted = canonical(words).casefold()
    return any(wanted in text.casefold() for text in texts)


@lru_cache(maxsize=8192)
def _found(words: str, style: Style) -> tuple[Written, ...]:
    return find(words, style)


def _agrees(atom: Bound, operator: str, dimension: Dimension, style: Style, negated: bool, down: bool) -> bool:
    """Whether some quantity in the words has the atom's number and does not say the contrary."""
    ends = (atom.bounds.low, atom.bounds.high)
    wanted = ends[0] if operator in {"above", "at-least", "equals"} else ends[1]
    for words in atom.words:
        for written in _found(words, style):
            for reading in (written, *written.also):
                span = reading.span(dimension)
                if span is not None and not dimension and _same_count(span, written.sense, wanted, operator):
                    return True
                if span is not None and _same_number(span, wanted):
                    sense = written.sense
                    if sense in {"=", "range"} or operator == "equals" or atom.part == "covers":
                        return True
                    if down and sense[0] == "<":
                        return True
                    if "better" in words and "less" not in words and "more" not in words:
                        return True
                    if (
                        sense == _SENSE[operator]
                        or _same_count(span, sense, wanted, operator)
                        or (negated and sense == _OPPOSITE[_SENSE[operator]])
                    ):
                        return True
                    if _says_all(words) and sense[0] != _SENSE[operator][0]:
                        return True
    return _by_number(atom, operator, dimension, style, negated)


def _by_number(atom: Bound, operator: str, dimension: Dimension, style: Style, negated: bool) -> bool:
    """Where the list's unit cannot be read, the bare number as the pack writes it, with the comparator of the words."""
    shown = dict(atom.shown)[operator]
    ours = find_numbers(canonical(shown))
    for words in atom.words:
        for written in _found(words, style):
            number = written.low if written.low is not None else written.high
            if not ours or number is None or abs(number) != abs(ours[0].value):
                continue
            if written.has_unit and any(unit.dimension == dimension for unit in written.units):
                continue  # the unit was read and the value differs
            sense = written.sense
            if (
                sense in {"=", "range"}
                or sense == _SENSE.get(operator)
                or (negated and sense == _OPPOSITE[_SENSE[operator]])
            ):
                return True
            if "better" in words:
                return True
    return False


def _same_count(span: Span, sense: str, wanted: float, operator: str) -> bool:
    """Over whole numbers "more than two" is "at least three"."""
    end = span.low if sense in {">", ">="} else span.high
    if abs(end) == INF or end != int(end) or wanted != int(wanted):
        return False
    up = {">": 1.0, ">=": 0.0, "<": -1.0, "<=": 0.0}
    ours = _SENSE.get(operator, "=")
    return sense[0] == ours[0] and end + up.get(sense, 0.0) == wanted + up.get(ours, 0.0)


def _same_number(span: Span, wanted: float) -> bool:
    return any(
        abs(end) != INF and (end == wanted or abs(end - wanted) <= 1e-9 * max(abs(end), abs(wanted)))
        for end in (span.low, span.high)
    )


def _says_all(words: str) -> bool:
    return any(sign in words for sign in ("全て", "entire", "range from", "from "))


def _formula(atom: Bound, formula: str, style: Style) -> bool:
    """Whether the words hold the numbers of the limit that the fact is measured against."""
    said = {float(number.value) for words in atom.words for number in find_numbers(canonical(words), style)}
    plain = {float(number.value) for words in atom.words for number in find_numbers(canonical(words), "plain")}
    needed = [float(number) for number in formula.split()]
    return any(abs(n) in {abs(s) for s in said | plain} for n in needed)
