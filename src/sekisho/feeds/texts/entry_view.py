"""One entry of a list and all that is known of it: tree, reasons, conditions, notes, related and corresponding entries.

With the installation's own copy of the text the words stand beside the facts; without it the shipped paths, numeric
words and headings in our own words are shown, and the view says so.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from sekisho.classify.numeric_words import numeric_words
from sekisho.classify.paths import normalise, steps, try_normalise
from sekisho.classify.regimes import regime
from sekisho.classify.tree import ControlList, Entry, Node, Note
from sekisho.feeds.texts import editions
from sekisho.feeds.texts.conditions_shown import NOT_MODELLED, Modelled, conditions
from sekisho.feeds.texts.shelf import Heading, Link, heading, headings, links
from sekisho.feeds.texts.skeleton import Row, Skeleton
from sekisho.model.problem import BadInput, Problem

SHORT = {"us": "us-ccl", "ccl": "us-ccl", "eu": "eu-annex-1", "feo": "jp-feo"}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph as it is shown; ``text`` and ``notes`` are empty without a copy of the text.

    ``says`` is our own heading and the condition, where the path is modelled.
    """

    path: str
    depth: int
    join: str = ""
    join_words: str = ""
    text: str = ""
    numbers: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    says: Modelled = NOT_MODELLED
    reserved: bool = False
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Related:
    """An entry that this one names, or that names it."""

    path: str
    heading: Heading | None
    direction: str  # "names" or "named by"


@dataclass(frozen=True, slots=True)
class EntryView:
    """What ``sekisho entry`` shows. ``own_copy`` tells whether the words come from the installation's own text."""

    list: str
    path: str
    edition: str
    own_copy: bool
    heading: Heading | None
    regime: str
    reasons: tuple[str, ...]
    requirements: tuple[tuple[str, str, str], ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    above: tuple[Paragraph, ...] = ()
    related: tuple[Related, ...] = ()
    corresponding: tuple[Link, ...] = ()
    definitions: tuple[tuple[str, str], ...] = ()
    sections: tuple[tuple[str, str], ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """Give the view as a JSON-ready dictionary."""
        plain = asdict(self)
        for part in (*plain["paragraphs"], *plain["above"]):
            said = part.pop("says")
            part |= {
                "heading": {"en": said["en"], "ja": said["ja"]} if said["en"] else None,
                "condition": said["lines"],
            }
        plain["heading"] = {"en": self.heading.en, "ja": self.heading.ja} if self.heading else None
        plain["requirements"] = [{"reason": a, "applies_to": b, "target": c} for a, b, c in self.requirements]
        plain["definitions"] = [{"term": a, "words": b} for a, b in self.definitions]
        plain["sections"] = [{"title": a, "text": b} for a, b in self.sections]
        return plain


def which_list(named: str, path: str) -> str:
    """The list that a short name means; ``jp`` is the table for 6(2) and the ordinance for 5(ii)イ."""
    if named == "jp":
        table = try_normalise("jp-table-1", path)
        return "jp-table-1" if table is not None else "jp-goods"
    list_id = SHORT.get(named, named)
    if list_id not in editions.SHIPPED:
        hint = f"lists are {', '.join(editions.SHIPPED)}, or us, eu, jp for short"
        raise BadInput([Problem("entry.list", named, "there is no such list", hint)])
    return list_id


def view(path: str, named: str, day: date, home: Path | None = None) -> EntryView:
    """Gather what is known of one path on a day; raises ``BadInput`` when there is no such path or no such edition."""
    list_id = which_list(named, path)
    wanted = normalise(list_id, path)
    held = editions.edition_on(list_id, day, home)
    if held is not None:
        return _with_text(editions.load(held, home), wanted, held.as_of)
    shipped = editions.shipped(list_id)
    if shipped is None or (shipped.version is not None and shipped.version > day):
        says = f"there is no edition of {list_id} for {day}"
        hint = (
            f"the shipped paths are of {shipped.version}" if shipped else "import the text: sekisho lists text import"
        )
        raise BadInput([Problem("entry.no-edition", list_id, says, hint)])
    return _without_text(shipped, wanted)


def _with_text(text: ControlList, path: str, day: str) -> EntryView:
    node = text.node(path)
    if node is None:
        raise BadInput([_unknown(text.id, path, [one.path for one in text.walk()])])
    entry = text.entry(steps(text.id, path)[0])
    assert entry is not None
    modelled = conditions(text.id, path)
    above = [one for part in _uppers(text.id, path) if (one := text.node(part)) is not None]
    inside = {one.path for one in node.walk()}
    return EntryView(
        list=text.id,
        path=path,
        edition=day,
        own_copy=True,
        heading=_heading(text.id, path, modelled),
        regime=_regime(text.id, path),
        reasons=entry.reasons,
        requirements=tuple((row.reason, row.applies_to, row.target) for row in entry.requirements),
        paragraphs=tuple(_paragraph(one, text.id, path, modelled) for one in node.walk()),
        above=tuple(_paragraph(one, text.id, one.path, modelled) for one in above),
        related=_related(text, entry, inside, _uppers(text.id, path)),
        corresponding=links(text.id, path),
        definitions=tuple((one.term, one.words) for one in text.definitions if one.scope and one.scope in inside),
        sections=entry.sections if path == entry.id else (),
    )


def _without_text(shipped: Skeleton, path: str) -> EntryView:
    if path not in shipped.by_path:
        raise BadInput([_unknown(shipped.list, path, list(shipped.by_path))])
    entry = steps(shipped.list, path)[0]
    rows = [row for row in shipped.entries[entry] if _inside(shipped.list, row.path, path)]
    modelled = conditions(shipped.list, path)
    return EntryView(
        list=shipped.list,
        path=path,
        edition=shipped.version.isoformat() if shipped.version else "",
        own_copy=False,
        heading=_heading(shipped.list, path, modelled),
        regime=_regime(shipped.list, path),
        reasons=shipped.by_path[entry].reasons,
        paragraphs=tuple(_bare(row, shipped.list, path, modelled) for row in rows),
        above=tuple(
            _bare(shipped.by_path[part], shipped.list, part, modelled)
            for part in _uppers(shipped.list, path)
            if part in shipped.by_path
        ),
        corresponding=links(shipped.list, path),
    )


def _paragraph(node: Node, list_id: str, top: str, modelled: dict[str, Modelled]) -> Paragraph:
    return Paragraph(
        path=node.path,
        depth=len(steps(list_id, node.path)) - len(steps(list_id, top)),
        join=node.connective.join,
        join_words=node.connective.words,
        text=node.text,
        numbers=numeric_words(node.text, japanese=list_id.startswith("jp")),
        notes=node.notes,
        says=modelled.get(node.path, NOT_MODELLED),
        reserved=node.reserved,
        hash=node.hash,
    )


def _bare(row: Row, list_id: str, top: str, modelled: dict[str, Modelled]) -> Paragraph:
    depth = len(steps(list_id, row.path)) - len(steps(list_id, top))
    shown = modelled.get(row.path, NOT_MODELLED)
    return Paragraph(row.path, depth, row.join, "", "", row.words, (), shown, row.reserved, row.hash)


def _related(text: ControlList, entry: Entry, inside: set[str], uppers: list[str]) -> tuple[Related, ...]:
    found: dict[tuple[str, str], Related] = {}
    for reference in text.references:
        own, other = reference.source in inside, reference.target in inside
        if own == other or not reference.resolved:
            continue
        path = reference.target if own else reference.source
        list_id, _, bare = path.rpartition(":")
        code = steps(list_id or text.id, bare)[0] if text.id in ("us-ccl", "eu-annex-1") else path
        if code == entry.id or code in uppers:
            continue
        direction = "names" if own else "named by"
        found.setdefault((code, direction), Related(code, heading(list_id or text.id, bare), direction))
    return tuple(sorted(found.values(), key=lambda one: (one.direction, one.path)))


def _heading(list_id: str, path: str, modelled: dict[str, Modelled]) -> Heading | None:
    """The path's own heading where it is modelled, else that of the nearest entry or item above."""
    said = modelled.get(path, NOT_MODELLED)
    return Heading(said.en, said.ja) if said.en and said.ja else heading(list_id, path)


def _regime(list_id: str, path: str) -> str:
    held = headings(list_id)
    shipped = (held[part].regime for part in reversed([*_uppers(list_id, path), path]) if part in held)
    return next((named for named in shipped if named), "") or regime(list_id, path)


def _uppers(list_id: str, path: str) -> list[str]:
    parts = steps(list_id, path)
    sign = "." if list_id in ("us-ccl", "eu-annex-1") else ""
    return [sign.join(parts[:n]) for n in range(1, len(parts))]


def _inside(list_id: str, path: str, top: str) -> bool:
    parts = steps(list_id, top)
    return steps(list_id, path)[: len(parts)] == parts


def _unknown(list_id: str, path: str, known: list[str]) -> Problem:
    near = get_close_matches(path, known, n=3, cutoff=0.6)
    hint = f"near: {', '.join(near)}" if near else "sekisho lists text status shows what is kept"
    return Problem("entry.unknown", path, f"{list_id} has no such path", hint)
