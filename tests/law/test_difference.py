"""What changed between two days, and between two packs."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

from bad_packs import Fault, copied
from sekisho.feeds.packs import load_pack
from sekisho.law.difference import Change, between_days, between_packs

JP = load_pack("jp")


def on(before: str, after: str) -> dict[str, Change]:
    return {one.id: one for one in between_days(JP, date.fromisoformat(before), date.fromisoformat(after))}


def test_korea_leaves_and_returns() -> None:
    left = on("2019-08-27", "2019-08-28")
    assert left["jp:table-3"].fields == (("members", ["KR"], []),)
    assert left["jp.policy.korea-outside-table-3"].how == "began"
    back = on("2023-07-20", "2023-07-21")
    assert ("members", [], ["KR"]) in back["jp:table-3"].fields
    assert back["jp.policy.korea-outside-table-3"].how == "ended"


def test_the_reform_of_2025() -> None:
    changes = on("2025-10-08", "2025-10-09")
    assert changes["jp.inform.group-a"].how == "began"
    assert changes["jp.basis.group-a-before-2025"].how == "ended"
    assert changes["jp.catch-all.wmd-use"].how == "cited", "the same law, now read in the text"
    gained = dict((name, new) for name, _, new in changes["jp.e1.group-a"].fields)["conditions"]
    assert {one.fact for one in gained} == {"jp.wmd-inform", "jp.conv-inform"}
    assert changes["jp.e1.group-a"].how == "changed"


def test_nothing_changes_within_a_stretch_and_something_on_each_boundary() -> None:
    for day in JP.boundaries[1:]:
        assert list(between_days(JP, day - timedelta(days=1), day)), day
        assert not list(between_days(JP, day, day))
    assert not on("2026-06-05", "2027-04-13")


def test_a_day_back_is_the_day_forward_reversed() -> None:
    forward, back = on("2025-10-08", "2025-10-09"), on("2025-10-09", "2025-10-08")
    assert set(forward) == set(back)
    opposite = {"began": "ended", "ended": "began", "changed": "changed", "cited": "cited"}
    for key, one in forward.items():
        assert back[key].how == opposite[one.how]


def proposal(tmp_path: Path, *faults: Fault) -> dict[str, Change]:
    return {one.id: one for one in between_packs(load_pack("_template"), load_pack(str(copied(tmp_path, *faults))))}


def test_the_same_pack_is_the_same(tmp_path: Path) -> None:
    assert proposal(tmp_path) == {}


def test_a_proposal(tmp_path: Path) -> None:
    changes = proposal(
        tmp_path,
        Fault("", "rules/exemptions.toml", '"5_000 XTS"', '"8_000 XTS"'),
        Fault("", "sets.toml", '"JP", "NZ"]', '"JP", "NZ", "CL"]'),
        Fault(
            "",
            "lists/control-list.toml",
            "",
            '[[entry]]\npath = "C"\nen = "c"\nja = "c"\nat = "Annex A"\ncertainty = "V"\n',
        ),
        Fault("", "pack.toml", "2026.01.01", "2026.02.01"),
        Fault("", "facts.toml", "Will the goods come back within a year?", "Do they come back?"),
        Fault("", "sources.toml", "as_of = 2025-06-01", "as_of = 2025-07-01"),
        Fault("", "rules/around.toml", '[[rule]]\nid = "zz.policy.arms"', '[[rule]]\nid = "zz.policy.all-arms"'),
        Fault("", "sets.toml", '"84.61"', '"84.62"'),
    )
    assert {key: one.how for key, one in changes.items()} == {
        "zz": "changed",
        "zz.small-value": "changed",
        "zz:partners": "changed",
        "zz:list/C": "began",
        "claim.temporary-export.back_within_a_year": "changed",
        "zz-guidance": "changed",
        "zz.policy.arms": "ended",
        "zz.policy.all-arms": "began",
        "zz:machine-tools/hs": "changed",
    }
    (name, old, new) = changes["zz.small-value"].fields[0]
    assert (name, len(old), len(new)) == ("versions", 1, 1)


def test_a_pack_without_a_list(tmp_path: Path) -> None:
    pack = copied(
        tmp_path,
        Fault(
            "", "pack.toml", '[entry_lists]           # whose rows classify what is moved\ndefault = ["zz:list"]\n', ""
        ),
    )
    shutil.rmtree(pack / "lists")
    changes = {one.id: one.how for one in between_packs(load_pack("_template"), load_pack(str(pack)))}
    assert changes["zz:list/B(1)"] == "ended"
