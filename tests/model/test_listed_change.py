"""What changed between two versions of a list."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from list_samples import real
from sekisho.model.listed import Identifier, ListedName, ListedParty
from sekisho.model.listed_change import FieldChange, change, field_changes

ONE = ListedParty("a:1", "a", "organisation", (ListedName("One"), ListedName("Uno", "alias")), programmes=("X",))


def test_fields_are_compared_one_by_one():
    after = replace(
        ONE,
        names=(*ONE.names, ListedName("Eins", "alias")),
        programmes=(),
        remarks="said",
        identifiers=(Identifier("imo", "1"),),
    )
    assert field_changes(ONE, after) == (
        FieldChange("names", (), (ListedName("Eins", "alias"),)),
        FieldChange("identifiers", (), (Identifier("imo", "1"),)),
        FieldChange("programmes", ("X",), ()),
        FieldChange("remarks", (), ("said",)),
    )
    assert field_changes(ONE, ONE) == ()


def test_a_new_order_is_a_change_only_where_the_primary_name_changes():
    two = replace(ONE, names=tuple(reversed(ONE.names)))
    assert [one.field for one in field_changes(ONE, two)] == ["names"]
    more = replace(ONE, programmes=("X", "Y"))
    assert change([more], [replace(more, programmes=("Y", "X"))]).changed == ()


def test_added_removed_changed_and_renamed():
    two, three = replace(ONE, uid="a:2"), replace(ONE, uid="a:3", names=(ListedName("Three"),))
    four = replace(ONE, uid="a:4", names=(ListedName("four"), ListedName("THREE", "former")))
    found = change([ONE, two, three], [replace(ONE, title="x"), two, four])
    assert [party.uid for party in found.added] == ["a:4"]
    assert [party.uid for party in found.removed] == ["a:3"]
    assert [one.uid for one in found.changed] == ["a:1"]
    assert found.renamed == (("a:3", "a:4"),)
    assert change([three, replace(three, uid="a:5")], [four]).renamed == ()  # two could be meant


parties = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["One", "Two", "Three"]), max_size=6)


@given(parties, parties)
def test_a_difference_turned_round_is_the_difference_the_other_way(old, new):
    def made(held):
        return [ListedParty(uid, "x", "unknown", (ListedName(name),)) for uid, name in held.items()]

    there, back = change(made(old), made(new)), change(made(new), made(old))
    assert (there.added, there.removed) == (back.removed, back.added)
    assert [one.uid for one in there.changed] == [one.uid for one in back.changed]
    assert {one.uid for one in there.changed} == {uid for uid in old.keys() & new.keys() if old[uid] != new[uid]}
    assert change(made(old), made(old)) == change([], [])


def test_ofac_over_sixteen_months():
    old = real("ofac-csv", "parties/ofac-history/sdn-2021-08-18.csv.gz")[0]
    new = real("ofac-csv", "parties/ofac-history/sdn-2022-12-28.csv.gz")[0]
    found = change(old.values(), new.values())
    assert (len(found.added), len(found.removed)) == (2_860, 513)
    assert 9_083 + 2_860 - 513 == 11_430
    assert len(found.changed) > 500
    assert all(one.fields for one in found.changed)


def test_the_un_list_between_two_editions():
    old = real("un-xml", "parties/un-2024-05/un_consolidated.xml.gz")[0]
    new = real("un-xml", "parties/un-2026-02/UN_consolidated.xml.gz")[0]
    found = change(old.values(), new.values())
    assert (len(found.added), len(found.removed)) == (137, 9)
