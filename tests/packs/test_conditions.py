"""The shipped conditions against the texts they were written from, and their thresholds one by one."""

from collections import Counter

import pytest

from boundaries import cases, leaves, thresholds
from sekisho.classify.conditions import Bound, Is, OfKind, Ref, atoms
from sekisho.classify.library import entry_of
from sekisho.classify.verify import check_entry
from shelf import LISTS, shelf, text_of

NAMED = [
    "3A001",
    "3A002",
    "3A090",
    "4A003",
    "5A002",
    "5A001",
    "6A002",
    "6A003",
    "6A005",
    "6A008",
    "7A001",
    "7A002",
    "7A003",
    "7A101",
    "9A012",
    "1C010",
    "1C210",
    "1C350",
    "2B001",
    "2B006",
    "2B201",
    "2B350",
    "2B352",
    "3A225",
    "3A233",
]


def test_the_named_entries_are_modelled():
    assert set(NAMED) <= set(shelf().modelled("us-ccl"))
    assert set(NAMED) - {"3A090"} <= set(shelf().modelled("eu-annex-1"))


@pytest.mark.parametrize("list_id", LISTS)
def test_every_number_and_word_stands_in_the_text(list_id):
    text = text_of(list_id)
    problems, numbers, agreeing, stale = [], 0, 0, []
    for entry in shelf().modelled(list_id):
        checked = check_entry(shelf().conditions(list_id, entry), text, shelf().catalogue)
        problems.extend(checked.problems)
        stale.extend(checked.stale)
        numbers += checked.numbers
        agreeing += checked.agreeing
    assert not problems
    assert not stale
    assert agreeing == numbers > 1000


def test_a_wrong_number_is_found():
    """The check must fail where it should: one threshold changed in each entry, one word misquoted."""
    from dataclasses import replace

    text = text_of("us-ccl")
    conditions = shelf().conditions("us-ccl", "3A001")
    path = next(path for path in conditions.root.walk() if path.path == "3A001.a.5.a.3")

    def with_condition(condition):
        def swap(node):
            below = tuple(swap(child) for child in node.below)
            return replace(node, condition=condition if node.path == path.path else node.condition, below=below)

        return replace(conditions, root=swap(conditions.root))

    def changed(**kw):
        first, *rest = path.condition.parts
        return replace(path.condition, parts=(replace(first, **kw), *rest))

    wrong_number = changed(bounds=replace(path.condition.parts[0].bounds, low=13.0))
    wrong_words = changed(words=("12 bits or so",))
    for wrong, code in ((wrong_number, "condition.number"), (wrong_words, "condition.words")):
        found = check_entry(with_condition(wrong), text, shelf().catalogue).problems
        assert code in [problem.code for problem in found]
    moved = replace(conditions, root=replace(conditions.root, hash="0" * 16))
    assert check_entry(moved, text, shelf().catalogue).stale == ("3A001",)


@pytest.mark.parametrize("list_id", LISTS)
def test_three_neighbours_of_every_threshold(list_id):
    counts: Counter[str] = Counter()
    wrong = []
    for entry in shelf().modelled(list_id):
        for threshold, chains in thresholds(shelf().conditions(list_id, entry)):
            made = cases(threshold, chains, shelf().catalogue)
            assert len(made) == 3, threshold
            counts["alone" if made[0].alone else "paragraph"] += 1
            wrong += [case for case in made if case.truth() is not case.expected]
    assert not wrong
    assert counts["alone"] < 0.12 * counts["paragraph"], counts


@pytest.mark.parametrize("list_id", LISTS)
def test_every_paragraph_at_the_end_of_a_branch_asks_for_something_that_the_item_must_be(list_id):
    """A paragraph that only says what an item is not would list everything else."""
    for entry in shelf().modelled(list_id):
        for chain in leaves(shelf().conditions(list_id, entry).root):
            asked = [atom for path in chain for atom in atoms(path.condition)]
            assert any(
                isinstance(atom, OfKind | Ref | Bound) or (isinstance(atom, Is) and atom.wanted) for atom in asked
            )


@pytest.mark.parametrize("list_id", LISTS)
def test_references_between_paragraphs_lead_somewhere(list_id):
    for entry in shelf().modelled(list_id):
        for path in shelf().conditions(list_id, entry).root.walk():
            for atom in atoms(path.condition):
                if isinstance(atom, Ref) and ":" not in atom.path:
                    known = entry_of(list_id, atom.path) in shelf().lists[list_id].entries
                    assert known, (path.path, atom.path)


@pytest.mark.parametrize("list_id", LISTS)
def test_every_entry_is_named_by_a_kind_so_that_none_is_passed_over(list_id):
    unnamed = [e for e in shelf().lists[list_id].entries if (list_id, e) not in shelf().kinds_of_entry]
    assert unnamed == []


def test_kinds_name_existing_entries_and_facts():
    for kind in shelf().kinds.kinds.values():
        for list_id, entries in kind.entries.items():
            missing = [entry for entry in entries if entry not in shelf().lists[list_id].entries]
            assert not missing, (kind.name, list_id, missing)
        for fact in (*kind.implies, *kind.expects):
            assert fact in shelf().catalogue, (kind.name, fact)


def test_a_modelled_entry_is_named_by_every_kind_it_asks_for():
    """An entry whose conditions hold for a kind must be among those looked at for that kind, or for a broader one."""
    kinds = shelf().kinds
    missing = []
    for list_id in LISTS:
        for entry in shelf().modelled(list_id):
            for path in shelf().conditions(list_id, entry).root.walk():
                for atom in atoms(path.condition):
                    if isinstance(atom, OfKind):
                        missing += [
                            (list_id, path.path, kind)
                            for kind in atom.kinds
                            if entry not in kinds.entries(kind, list_id) and kind != "equipment-part"
                        ]
    assert missing == []


def test_every_fact_can_be_asked_in_both_languages():
    for fact in shelf().catalogue.facts.values():
        for words in (fact.says, fact.ask):
            assert words["en"].strip(), fact.name
            assert words["ja"].strip(), fact.name
            assert not words["en"].startswith(words["ja"]), fact.name
