"""Classify one item: a verdict for each list, with the words it rests on and the questions that would settle it.

``listed`` needs one paragraph that holds. ``not-listed`` needs a stated kind with at least one entry to examine, every
entry of that kind (and of every kind that the text mentions) modelled and false, and nothing stale or opaque on the
way. All else is ``undetermined``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol

from sekisho.classify.asking import Question, ask
from sekisho.classify.evaluate import EntryResult, Leaf, Session
from sekisho.classify.item import Item, Stated
from sekisho.classify.kinds import Mention
from sekisho.classify.known import known_facts
from sekisho.classify.library import Library
from sekisho.classify.why import Support, supports

Verdict = Literal["listed", "not-listed", "undetermined"]
Status = Literal["draft", "reviewed", "stale"]
MOST_SEARCHED = 8


class Search(Protocol):
    """Finds entries for a text; see ``retrieve``. Only used when no kind is known, and never to clear."""

    def entries(self, list_id: str, text: str, most: int) -> tuple[str, ...]:
        """The entries that the text may concern, best first."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known of the lists outside the packs: stale paths and reviewed entries by list, and a search."""

    stale: Mapping[str, Collection[str]] = field(default_factory=dict)
    reviewed: Mapping[str, Collection[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listing:
    """One paragraph that names the item, and what supports it, word by word."""

    path: str
    entry: str
    row: str
    says: Mapping[str, str]
    why: tuple[Support, ...]
    status: Status


@dataclass(frozen=True, slots=True)
class Considered:
    """One entry that was examined: what came of it, and whether it is modelled."""

    entry: str
    result: Literal["listed", "not-listed", "open", "not-modelled"]
    open: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListAnswer:
    """The answer for one list."""

    list_id: str
    verdict: Verdict
    entries: tuple[Listing, ...]
    considered: tuple[Considered, ...]
    questions: tuple[Question, ...]
    version: str
    status: Status
    if_confirmed: Verdict | None = None
    if_confirmed_entries: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer for one item: per list, with the facts as they were understood and the kinds found in its text."""

    item: Item
    facts: Mapping[str, Stated]
    mentions: tuple[Mention, ...]
    lists: tuple[ListAnswer, ...]


def classify(
    library: Library,
    item: Item,
    list_ids: Iterable[str],
    reading: Reading | None = None,
    search: Search | None = None,
) -> Answer:
    """Classify an item against lists. The day is chosen by the caller through the packs and texts it hands in."""
    reading = reading or Reading()
    facts = known_facts(library, item)
    unconfirmed = any(not fact.counts for fact in item.facts.values())
    mentions = library.kinds.mentioned(item.text)
    answers = []
    for list_id in list_ids:
        answer = _one_list(library, list_id, item, facts, mentions, reading, search)
        if unconfirmed and answer.verdict == "undetermined":
            everything = known_facts(library, item, also_unconfirmed=True)
            then = _one_list(library, list_id, item, everything, mentions, reading, search)
            answer = _with_provisional(answer, then)
        answers.append(answer)
    return Answer(item, facts, mentions, tuple(answers))


def candidates(
    library: Library, list_id: str, item: Item, mentions: Iterable[Mention], search: Search | None
) -> tuple[tuple[str, ...], bool]:
    """The entries to examine; and whether a stated kind says that these are all there are."""
    found: dict[str, None] = {}
    complete = bool(item.kinds)
    for kind in item.kinds:
        above = library.kinds.above(kind)
        complete = complete and any(list_id in library.kinds[name].entries for name in above if name in library.kinds)
        found.update(dict.fromkeys(library.kinds.entries(kind, list_id)))
        for narrower in library.kinds.below(kind):
            found.update(dict.fromkeys(library.kinds.entries(narrower, list_id)))
    for mention in mentions:
        found.update(dict.fromkeys(library.kinds.entries(mention.kind, list_id)))
    for stated in item.facts.values():
        if stated.fact == "cas" and isinstance(stated.value, frozenset):
            for number in stated.value:
                named = library.kinds.by_cas.get(number)
                if named:
                    found.update(dict.fromkeys(library.kinds.entries(named, list_id)))
    if not found and search is not None:
        found.update(dict.fromkeys(search.entries(list_id, item.text, MOST_SEARCHED)))
    return tuple(found), complete


def _one_list(
    library: Library,
    list_id: str,
    item: Item,
    facts: Mapping[str, Stated],
    mentions: tuple[Mention, ...],
    reading: Reading,
    search: Search | None,
) -> ListAnswer:
    values = {name: fact.value for name, fact in facts.items()}
    stale = frozenset(reading.stale.get(list_id, ()))
    session = Session(library, list_id, item, values, (m.kind for m in mentions), stale)
    entries, complete = candidates(library, list_id, item, mentions, search)
    results = [session.entry(entry) for entry in entries]
    listed = [leaf for result in results for leaf in result.listed]
    reviewed = frozenset(reading.reviewed.get(list_id, ()))
    verdict: Verdict
    questions: tuple[Question, ...] = ()
    reasons: tuple[str, ...] = ()
    if listed:
        verdict = "listed"
    elif complete and results and all(result.truth is False for result in results):
        verdict = "not-listed"
    else:
        verdict = "undetermined"
        questions, reasons = ask(session, entries, complete=complete)
    used = [r.entry for r in results if r.truth is True] if listed else [r.entry for r in results]
    status: Status = "reviewed" if used and all(e in reviewed for e in used) else "draft"
    if any(session.is_stale(path) for r in results for leaf in r.open for path in (*leaf.chain, leaf.path)):
        status = "stale"
    return ListAnswer(
        list_id,
        verdict,
        tuple(_listing(session, leaf, facts, reviewed) for leaf in listed),
        tuple(_considered(result) for result in results),
        questions,
        library.lists[list_id].version,
        status,
        reasons=reasons,
    )


def _listing(session: Session, leaf: Leaf, facts: Mapping[str, Stated], reviewed: frozenset[str]) -> Listing:
    root = (*leaf.chain, leaf.path)[0]
    conditions = session.library.conditions(session.list_id, root.path)
    assert conditions is not None
    return Listing(
        leaf.path.path,
        root.path,
        conditions.row,
        leaf.path.says,
        supports(session, leaf, facts),
        "reviewed" if root.path in reviewed else "draft",
    )


def _considered(result: EntryResult) -> Considered:
    if not result.modelled:
        return Considered(result.entry, "not-modelled")
    if result.truth is True:
        return Considered(result.entry, "listed")
    if result.truth is False:
        return Considered(result.entry, "not-listed")
    return Considered(result.entry, "open", tuple(leaf.path.path for leaf in result.open))


def _with_provisional(answer: ListAnswer, then: ListAnswer) -> ListAnswer:
    paths = tuple(listing.path for listing in then.entries)
    return replace(answer, if_confirmed=then.verdict, if_confirmed_entries=paths)
