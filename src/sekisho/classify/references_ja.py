"""Cross-references of Japanese lists: every mention followed to its paragraph, in the own list or in another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sekisho.classify.kanji import branched
from sekisho.classify.mentions_ja import MentionJa, Place, mentions, row_mentions
from sekisho.classify.paths import parent, steps
from sekisho.classify.tree import Entry, Node, Reference


def references(list_id: str, entries: Iterable[Entry]) -> tuple[Reference, ...]:
    """Follow every mention. A mention of another list has the target "jp-table-1:6(2)" and counts as resolved here."""
    held = tuple(entries)
    known = {node.path: node for entry in held for node in entry.walk()}
    articles = [entry.id for entry in held]
    out: dict[tuple[str, str], Reference] = {}
    for entry in held:
        said: dict[str, dict[str, str] | None] = {}
        for node in entry.walk():
            if list_id == "jp-goods":
                above = said.get(parent(list_id, node.path))
                place = _place(node, entry, articles, known)
                found, said[node.path] = mentions(_words(node), place, above)
                said[node.path] = said[node.path] or above
            else:
                found = list(_in_table(_words(node), list_id))
            for mention in found:
                reference = _follow(mention, list_id, node, known)
                if reference.target != node.path:
                    out.setdefault((reference.source, reference.target), reference)
    return tuple(out.values())


def _words(node: Node) -> str:
    return "。".join([node.text, *(note.text for note in node.notes)])


def _place(node: Node, entry: Entry, articles: list[str], known: dict[str, Node]) -> Place:
    """Where the node stands, and what 前条, 次項 and 前号 mean there."""
    where = list(steps("jp-goods", node.path))
    paragraph = where[1] if len(where) > 1 and where[1].strip("()").isdigit() else ""
    rest = where[2:] if paragraph else where[1:]
    item = rest[0] if rest else ""
    around = _neighbours("条", entry.id, articles)
    around += _neighbours("項", paragraph, [child.own for child in entry.root.children] if paragraph else [])
    above = known.get(entry.id + paragraph)
    around += _neighbours("号", item, [child.own for child in above.children] if above and item else [])
    return Place(entry.id, paragraph, item, tuple(around))


def _neighbours(level: str, own: str, siblings: list[str]) -> list[tuple[str, str]]:
    if own not in siblings:
        return []
    at = siblings.index(own)
    before = [(f"前{level}", siblings[at - 1])] if at else []
    return before + ([(f"次{level}", siblings[at + 1])] if at + 1 < len(siblings) else [])


def _in_table(text: str, list_id: str) -> Iterator[MentionJa]:
    """In a table row a bare （五） is a part of the own row, and a bare 二の項 a row of the own table."""
    yield from row_mentions(text, list_id)
    for mention in mentions(text, Place())[0]:
        if not mention.list and mention.local:
            yield mention


def _follow(mention: MentionJa, list_id: str, node: Node, known: dict[str, Node]) -> Reference:
    if mention.list and mention.list != list_id:
        return Reference(node.path, f"{mention.list}:{''.join(mention.steps)}", mention.words, resolved=True)
    if not mention.local:
        target = "".join(mention.steps)
        if target not in known and f"{mention.steps[0]}(1)" in known:  # 第二条第一号 of an article with paragraphs
            target = "".join([mention.steps[0], "(1)", *mention.steps[1:]])
        return Reference(node.path, target, mention.words, target in known)
    near = _near(mention.steps, list_id, node, known)
    return Reference(node.path, near or "".join(mention.steps), mention.words, near is not None)


def _near(wanted: tuple[str, ...], list_id: str, node: Node, known: dict[str, Node]) -> str | None:
    """Look for steps such as イ(一) below the paragraph itself, then beside it, then further up."""
    above = list(steps(list_id, node.path))
    if list_id in ("jp-table-1", "jp-feo"):
        wanted = tuple(_numbered(step) for step in wanted)
    while above:
        path = "".join([*above, *wanted])
        if path in known:
            return path
        above.pop()
    return None


def _numbered(step: str) -> str:
    inner = step.strip("()")
    return f"({branched(inner)})" if step.startswith("(") else step
