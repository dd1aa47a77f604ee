"""Classify one item: a verdict for each list, with the words it rests on and the questions that would settle it.

``listed`` needs one paragraph that holds. ``not-listed`` needs a stated kind, every entry of that kind (and of every
kind that the text mentions) modelled and false, and nothing stale or opaque on the way. All else is ``undetermined``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from sekisho.classify.conditions import Value
from sekisho.classify.derive import derive
from sekisho.classify.evaluate import EntryResult, Leaf, Session
from sekisho.classify.item import Item, Stated, read_value, show_raw
from sekisho.classify.kinds import Mention
from sekisho.classify.library import Library
from sekisho.classify.questions import KIND, Asker, cover
from sekisho.classify.why import Support, supports
from sekisho.model.problem import BadInput, Problem

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
class Question:
    """One thing to ask: a fact of the catalogue, the kind, or an entry to be read; ``settles`` counts open paragraphs."""

    fact: str
    ask: Mapping[str, str]
    type: str
    unit: str = ""
    settles: int = 0


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


def known_facts(library: Library, item: Item, *, also_unconfirmed: bool = False) -> dict[str, Stated]:
    """The facts that count, with those derived from them. Raises ``BadInput`` when a derivation contradicts one."""
    stated = {name: fact for name, fact in item.facts.items() if fact.counts or also_unconfirmed}
    values: dict[str, Value] = {name: fact.value for name, fact in stated.items()}
    groups = {
        group: tuple({name: fact.value for name, fact in row.items()} for row in rows)
        for group, rows in item.groups.items()
    }
    problems: list[Problem] = []
    for name, implied in implied_facts(library, item).items():
        if name not in values:
            values[name], stated[name] = implied.value, implied
        elif values[name] != implied.value and isinstance(implied.value, bool):
            problems.append(
                Problem("fact.contradiction", f"{item.name} {name}",
                        f"{name} is stated otherwise than {implied.where} implies", "Correct the fact or the kind.")
            )  # fmt: skip
    if library.catalogue.derived:
        made = derive(values, groups, library.catalogue, library.when, problems, item.name)
        for name, of in made.items():
            stated[name] = Stated(name, values[name], "", "derived", ", ".join(of))
    if problems:
        raise BadInput(problems)
    return stated


def implied_facts(library: Library, item: Item) -> dict[str, Stated]:
    """The facts that follow from the stated kinds; nothing is implied when two kinds are stated that disagree."""
    found: dict[str, Stated] = {}
    for kind in item.kinds:
        for above in sorted(library.kinds.above(kind), key=lambda name: name != kind):
            for name, raw in library.kinds[above].implies.items():
                value = read_value(library.catalogue[name], raw)
                if value is not None and name not in found:
                    found[name] = Stated(name, value, show_raw(raw), "derived", f"kind {above}")
    return {name: fact for name, fact in found.items() if all(_implied_by(library, kind, name) for kind in item.kinds)}


def _implied_by(library: Library, kind: str, fact: str) -> bool:
    return any(fact in library.kinds[above].implies for above in library.kinds.above(kind))


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
                kind = library.kinds.by_cas.get(number)
                if kind:
                    found.update(dict.fromkeys(library.kinds.entries(kind, list_id)))
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
    session = Session(library, list_id, item, values, mentions, stale)
    entries, complete = candidates(library, list_id, item, mentions, search)
    results = [session.entry(entry) for entry in entries]
    listed = [leaf for result in results for leaf in result.listed]
    reviewed = frozenset(reading.reviewed.get(list_id, ()))
    verdict: Verdict
    questions: tuple[Question, ...] = ()
    reasons: list[str] = []
    if listed:
        verdict = "listed"
    elif complete and all(result.truth is False for result in results):
        verdict = "not-listed"
    else:
        verdict = "undetermined"
        questions = ask(session, results, reasons, complete=complete)
    used = [r.entry for r in results if r.truth is True] if listed else [r.entry for r in results]
    status: Status = "reviewed" if used and all(e in reviewed for e in used) else "draft"
    if any(path.path in stale for r in results for leaf in r.open for path in (*leaf.chain, leaf.path)):
        status = "stale"
    return ListAnswer(
        list_id,
        verdict,
        tuple(_listing(session, leaf, facts, reviewed) for leaf in listed),
        tuple(_considered(result) for result in results),
        questions,
        library.lists[list_id].version,
        status,
        reasons=tuple(reasons),
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


def ask(
    session: Session, results: Iterable[EntryResult], reasons: list[str], *, complete: bool
) -> tuple[Question, ...]:
    """The questions that would settle what is open, most decisive first."""
    results = list(results)
    asker = Asker(session)
    found = cover(asker, [leaf for result in results for leaf in result.open])
    catalogue = session.library.catalogue
    questions = []
    facts = list(found.facts)
    if not complete and not session.item.kinds:
        facts = [(KIND, len(results)), *((name, count) for name, count in facts if name != KIND)]
        reasons.append("kind-not-stated")
    for name, count in facts:
        if name == KIND:
            questions.append(Question(KIND, _KIND_ASK, "kind", settles=count))
        elif name.startswith(KIND + ":"):
            questions.append(Question(name, _also_kind(session, name), "kind", settles=count))
        else:
            fact = catalogue[name]
            questions.append(Question(name, fact.ask, fact.type, fact.unit, count))
    for result in results:
        if not result.modelled:
            questions.append(_read_entry(session, result.entry))
            reasons.append(f"not-modelled:{result.entry}")
    for path in found.unsettled:
        questions.append(_read_path(path, stale=path in session.stale))
        reasons.append(f"{'stale' if path in session.stale else 'opaque'}:{path}")
    if not results:
        reasons.append("nothing-found")
    return tuple(questions)


_KIND_ASK = {
    "en": "What is the product? State its kind (sekisho classify --kinds lists them).",
    "ja": "製品の種類は何ですか（sekisho classify --kinds で一覧を表示）。",
}


def _also_kind(session: Session, name: str) -> dict[str, str]:
    kinds = [
        session.library.kinds[kind] for kind in name.partition(":")[2].split("|") if kind in session.library.kinds
    ]
    en = " or ".join(kind.says["en"] for kind in kinds[:4])
    ja = "又は".join(kind.says["ja"] for kind in kinds[:4])
    return {
        "en": f"Is it (also) {en}? If so add the kind; if not, name it in not_kind.",
        "ja": f"{ja}にも当たりますか。当たる場合は kind に、当たらない場合は not_kind に加えてください。",
    }


def _read_entry(session: Session, entry: str) -> Question:
    info = session.library.lists[session.list_id].entries.get(entry)
    en = info.says["en"] if info else ""
    ja = info.says["ja"] if info else ""
    return Question(
        f"entry:{entry}",
        {
            "en": f"{entry} ({en}) has no conditions yet: read its words and judge.",
            "ja": f"{entry}（{ja}）は条件が未作成です。条文を読んで判断してください。",
        },
        "read",
    )


def _read_path(path: str, *, stale: bool) -> Question:
    why_en = "its text has changed since the condition was written" if stale else "it cannot be settled by a fact"
    why_ja = "条件の作成後に条文が変わりました" if stale else "事実の回答だけでは決まりません"
    return Question(
        f"path:{path}",
        {"en": f"Read {path}: {why_en}.", "ja": f"{path} を読んでください。{why_ja}。"},
        "read",
    )


def _with_provisional(answer: ListAnswer, then: ListAnswer) -> ListAnswer:
    return ListAnswer(
        answer.list_id, answer.verdict, answer.entries, answer.considered, answer.questions, answer.version, answer.status,
        then.verdict, tuple(listing.path for listing in then.entries), answer.reasons,
    )  # fmt: skip
