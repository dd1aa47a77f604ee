"""The questions of an undetermined answer, most decisive first, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sekisho.classify.conditions import Bound, Is, atoms
from sekisho.classify.derive import derive
from sekisho.classify.evaluate import Leaf, Session
from sekisho.classify.item import Item, Stated
from sekisho.classify.known import expected_facts, implied_facts
from sekisho.classify.questions import KIND, Asker, cover


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask: a fact of the catalogue, the kind, or an entry to be read.

    ``settles`` counts the open paragraphs that rest on it; ``read`` is what was read for it in a text, unconfirmed.
    """

    fact: str
    ask: Mapping[str, str]
    type: str
    unit: str = ""
    settles: int = 0
    read: str = ""


def ask(session: Session, entries: Iterable[str], *, complete: bool) -> tuple[tuple[Question, ...], tuple[str, ...]]:
    """The questions that would settle what is open, and why it is open ("opaque:3A001.z", "not-modelled:6A001").

    Where no kind is stated, the kind is asked first and the others are chosen as if the kind read in the text, the
    likeliest answer, had been given.
    """
    entries = tuple(entries)
    questions: list[Question] = []
    reasons: list[str] = [] if entries else ["nothing-found"]
    if not complete and not session.item.kinds:
        reasons.append("kind-not-stated")
        questions.append(Question(KIND, _KIND_ASK, "kind", settles=len(entries)))
        session = _as_if_stated(session)
    usual = _as_usual(session)
    leaves = _leaves(usual, entries)
    found = cover(Asker(usual), leaves)
    names = {name for leaf in leaves for name in _facts_of(leaf)}
    for name in usual.known.facts.keys() - session.known.facts.keys():
        if name in names:
            questions.append(_question(session, name, sum(name in _facts_of(leaf) for leaf in leaves)))
    questions.extend(_question(session, name, count) for name, count in found.facts)
    for entry in entries:
        if session.library.conditions(session.list_id, entry) is None:
            questions.append(_read_entry(session, entry))
            reasons.append(f"not-modelled:{entry}")
    for path in found.unsettled:
        stale = path in session.stale
        questions.append(_read_path(path, stale=stale))
        reasons.append(f"{'stale' if stale else 'opaque'}:{path}")
    return tuple(questions), tuple(reasons)


def _leaves(session: Session, entries: tuple[str, ...]) -> list[Leaf]:
    results = [session.entry(entry) for entry in entries]
    return [leaf for result in results for leaf in (*result.listed, *result.open)]


def _facts_of(leaf: Leaf) -> set[str]:
    conditions = [path.condition for path in (*leaf.chain, leaf.path)]
    return {atom.fact for condition in conditions for atom in atoms(condition) if isinstance(atom, Bound | Is)}


def _as_if_stated(session: Session) -> Session:
    """The same item with the kinds that its text mentions, the narrowest of each branch, as if they were stated."""
    mentioned = [kind for kind in sorted(session.mentioned) if session.is_kind((kind,))]
    narrow = tuple(k for k in mentioned if not any(o != k and k in session.library.kinds.above(o) for o in mentioned))
    if not narrow:
        return session
    item = replace(session.item, kinds=narrow)
    return _with(session, item, implied_facts(session.library, item))


def _as_usual(session: Session) -> Session:
    """The same item with what is usual for its kinds, which must still be asked."""
    usual = expected_facts(session.library, session.item)
    return _with(session, session.item, usual) if usual else session


def _with(session: Session, item: Item, facts: Mapping[str, Stated]) -> Session:
    values = {**{name: fact.value for name, fact in facts.items()}, **session.known.facts}
    derive(values, {}, session.library.catalogue, session.library.when, [], item.name)
    mentioned = () if item.kinds else session.mentioned
    return Session(session.library, session.list_id, item, values, mentioned, session.stale)


def _question(session: Session, name: str, count: int) -> Question:
    if name == KIND:
        return Question(KIND, _KIND_ASK, "kind", settles=count)
    if name.startswith(KIND + ":"):
        return Question(name, _also_kind(session, name), "kind", settles=count)
    fact = session.library.catalogue[name]
    read = session.item.facts.get(name)
    return Question(name, fact.ask, fact.type, fact.unit, count, "" if read is None else read.text)


_KIND_ASK = {
    "en": "What is the product? State its kind (sekisho classify --kinds lists them).",
    "ja": "製品の種類は何ですか（sekisho classify --kinds で一覧を表示）。",
}


def _also_kind(session: Session, name: str) -> dict[str, str]:
    kinds = [session.library.kinds[kind] for kind in name.partition(":")[2].split("|") if kind in session.library.kinds]
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
