"""One bad pack for each fault: the template with one change, and the codes that must be found."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sekisho.feeds.law_texts import load_texts
from sekisho.feeds.packs import load_pack
from sekisho.feeds.reference import hs_codes, place_code, places
from sekisho.law.check import Given, check_pack
from sekisho.law.domains import Reference
from sekisho.model.problem import BadInput, Problem
from shared_data import REPOSITORY

TEMPLATE = REPOSITORY / "packs" / "_template"
REFERENCE = Reference(frozenset(places()), hs_codes())


@dataclass(frozen=True)
class Fault:
    """A change of one file: ``old`` becomes ``new`` (an empty ``old``: ``new`` is added at the end)."""

    code: str
    file: str
    old: str
    new: str
    also: tuple[str, ...] = ()  # other codes that the same change must bring about
    where: str = ""  # part of the place that is named


def copied(folder: Path, *faults: Fault) -> Path:
    pack = folder / "zz"
    shutil.copytree(TEMPLATE, pack)
    for fault in faults:
        path = pack / fault.file
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        assert fault.old in text, f"{fault.file} does not hold {fault.old!r}"
        path.write_text(text.replace(fault.old, fault.new, 1) if fault.old else text + fault.new, encoding="utf-8")
    return pack


def findings(pack: Path, *, texts: bool = True, exercised: frozenset[str] | None = None) -> list[Problem]:
    """What ``law check`` finds: the problems of reading, or the findings of the checks."""
    try:
        loaded = load_pack(str(pack))
    except BadInput as bad:
        return list(bad.problems)
    held: Mapping[str, object] = load_texts([loaded], pack / "texts") if texts else {}
    return list(check_pack(loaded, Given(REFERENCE, held, place_code, exercised)).findings)  # type: ignore[arg-type]


RULE = """
[[rule]]
id = "zz.extra"
effect = "{effect}"
about = "permit"
says = {{ en = "An extra rule.", ja = "追加の規則。" }}
{more}
when = {{ {when} }}
[[rule.version]]
from = {start}
cite = {{ source = "zz-order", at = "Article 4" }}
certainty = "V"
"""


def extra(when: str, effect: str = "flag", more: str = "", start: str = "2020-01-01", after: str = "") -> str:
    return RULE.format(effect=effect, when=when, more=more, start=start) + after


PLACE_SET = """
[[place_set]]
id = "zz:extra"
says = {{ en = "extra", ja = "追加" }}
{body}
"""
SPAN = """  [[place_set.span]]
  from = {start}
  members = {members}
  cite = {{ source = "zz-order", at = "Annex B" }}
  certainty = "K"
"""

C = "rules/controls.toml"
E = "rules/exemptions.toml"
A = "rules/around.toml"
S = "sets.toml"
L = "lists/control-list.toml"
FROM = "from = 2020-01-01"
LISTED = f'{FROM}\ncite = {{ source = "zz-order", at = "Article 4" }}\ncertainty = "V"'
NEW_FACT = """
[[fact]]
id = "{id}"
type = "{type}"
{more}says = {{ en = "new", ja = "新規" }}
ask = {{ en = "Is it?", ja = "そうですか。" }}
"""
WORDS = 'words = "a total value of 5,000 XTS or less"'
EMBARGO_SAYS = 'says = { en = "No goods may be sent to an embargoed destination.", ja = "禁輸仕向地への貨物の輸出は禁止される。" }\n'


def until(day: str) -> str:
    return LISTED.replace(FROM, f"{FROM}\nrepealed = {day}")


READING = [
    Fault("pack-toml", C, 'effect = "prohibited"', "effect = prohibited"),
    Fault("pack-head", "pack.toml", 'currency = "XTS"\n', ""),
    Fault("law-date", "pack.toml", "start    = 2020-01-01", 'start    = "2020-01-01"'),
    Fault("law-id", C, 'id = "zz.embargo"\n', ""),
    Fault("law-twice", C, 'id = "zz.embargo"', 'id = "zz.list"'),
    Fault("law-twice", L, 'path = "B(2)"', 'path = "B(1)"'),
    Fault("law-twice", "facts.toml", "", NEW_FACT.format(id="items.form", type="text", more="")),
    Fault("law-key", "facts.toml", "[[fact]]", "[[facts]]"),
    Fault("law-key", C, "about = ", "abuot = "),
    Fault("law-key", S, "  repealed = 2024-07-01", "  repealled = 2024-07-01"),
    Fault("law-key", "pack.toml", "acts     =", "atcs     ="),
    Fault("law-row", "facts.toml", "[[fact]]", 'topic = "x"\n[[fact]]'),
    Fault("law-row", C, 'when = { act.is = "technology" }', 'when = "technology"'),
    Fault("law-list", S, 'members = ["A"]', 'members = "A"', ("entry-set",)),
    Fault("law-text", C, EMBARGO_SAYS, ""),
    Fault("law-language", C, ', ja = "禁輸仕向地への貨物の輸出は禁止される。"', ""),
    Fault("law-language", L, 'ja = "質量分析計"\n', ""),
    Fault("law-date", C, FROM, 'from = "1 January 2020"'),
    Fault("law-citation", C, 'cite = { source = "zz-order", at = "Article 3" }\n', ""),
    Fault("law-citation", S, 'cite = { source = "zz-order", at = "Annex C" }', 'cite = { source = "zz-order" }'),
    Fault("law-source", C, '{ source = "zz-order", at = "Article 3" }', '{ source = "zz-ordre", at = "Article 3" }'),
    Fault("law-certainty", C, 'certainty = "V"', 'certainty = "sure"'),
    Fault("law-certainty", L, 'certainty = "V"\n', ""),
    Fault("topic-state", "pack.toml", 'state = "partial"', 'state = "half"'),
    Fault("fact-type", "facts.toml", 'type = "bool"', 'type = "boolean"'),
    Fault("fact-values", "facts.toml", 'type = "bool"', 'type = "choice"'),
    Fault("place-members", S, '  members = ["KP"]\n', ""),
    Fault("place-set", S, "", PLACE_SET.format(body="")),
    Fault("place-set", S, "", PLACE_SET.format(body='union = ["zz:nowhere"]')),
    Fault("entry-list", L, 'list = "zz:list"\n', ""),
    Fault("entry-path", L, 'path = "B(2)"\n', ""),
    Fault("entry-set", S, 'members = ["A"]', "members = []"),
    Fault("set-list", S, 'members = ["A"]', 'members = ["A"]\nfrom_list = "zz:lists"'),
    Fault("scope-set", S, 'include = ["84.57", "84.58", "84.59", "84.60", "84.61"]\n', ""),
    Fault("scope-code", S, '"84.57"', '"84.5"'),
    Fault("rule-effect", C, 'effect = "prohibited"', 'effect = "forbidden"'),
    Fault("rule-version", C, f"[[rule.version]]\n{LISTED}\n", ""),
    Fault("rule-needs", C, 'term = "zz.weapons-use"\n', ""),
    Fault("rule-needs", E, 'outcome = "covered"\n', ""),
    Fault("rule-lift-kind", E, 'lift_kind = "legal"', 'lift_kind = "lawful"'),
    Fault("rule-claim", E, 'claim = "temporary-export"\n', ""),
    Fault("rule-outcome", E, 'outcome = "covered"', 'outcome = "free"'),
    Fault("rule-ask", C, "ask = {", "# ask = {"),
    Fault("rule-lifts", E, 'lifts = ["zz.list", "zz.catch-all"]', 'lifts = ["zz.list", "zz.catchall"]'),
    Fault("rule-lifts", E, 'lifts = ["zz.list", "zz.catch-all"]', 'lifts = ["zz.none.*"]'),
    Fault("condition-fact", C, "end_use.purposes.any_of", "end_use.porpoises.any_of"),
    Fault("condition-operator", C, 'act.is = "technology"', 'act = "technology"'),
    Fault("condition-set", C, 'to.in = "zz:embargo"', 'to.in = "zz:embargoes"'),
    Fault("condition-set", C, 'any_in = "zz:list/all"', 'any_in = "zz:list/each"'),
    Fault("condition-list", C, 'any_of = ["wmd"]', 'any_of = "wmd"'),
    Fault("condition-list", C, 'act.in = ["export", "reexport"]', "act.in = []"),
    Fault("condition-quantity", E, '"5_000 XTS"', '"5000 crowns"'),
    Fault("condition-value", C, 'any_of = ["wmd"]', 'any_of = ["wdm"]'),
    Fault("bind-empty", E, f"{WORDS}\nvalue = 5000\n", ""),
    Fault("bind-reads", S, 'reads = "places"', 'reads = "names"'),
]

ERRORS = [
    Fault("version-order", C, LISTED, until("2019-01-01"), ("rule-never-in-force", "lift-nothing", "rules-gap")),
    Fault(
        "version-overlap",
        C,
        LISTED,
        f"{LISTED}\n[[rule.version]]\n{LISTED.replace('2020', '2022')}",
        ("number-unbound",),
    ),
    Fault(
        "version-gap",
        C,
        LISTED,
        f"{until('2021-01-01')}\n[[rule.version]]\n{LISTED.replace('2020', '2022')}",
        ("rules-gap", "number-unbound"),
    ),
    Fault("set-order", S, "  repealed = 2024-07-01", "  repealed = 2019-07-01", ("rule-before-set",)),
    Fault("set-overlap", S, "  repealed = 2024-07-01", "  repealed = 2025-07-01"),
    Fault("set-gap", S, "  repealed = 2024-07-01", "  repealed = 2023-07-01", ("rule-before-set",)),
    Fault("entry-order", L, 'path = "B(2)"', 'path = "B(2)"\nfrom = 2022-01-01\nrepealed = 2021-01-01'),
    Fault(
        "rule-never-in-force",
        C,
        LISTED,
        until("2020-01-01").replace(FROM, "from = 2019-12-31"),
        ("lift-nothing", "rules-gap"),
    ),
    Fault(
        "rule-before-term",
        A,
        "",
        extra("zz.late.is = true")
        + extra('act.is = "export"', "term", 'term = "zz.late"', "2021-01-01")
        .replace("zz.extra", "zz.late.row")
        .replace("extra rule", "late row")
        .replace("追加の", "後の"),
        ("number-unbound",),
    ),
    Fault(
        "rule-before-set",
        S,
        f'  {FROM}\n  members = ["KP"]',
        '  from = 2021-01-01\n  members = ["KP"]',
        ("number-unbound",),
    ),
    Fault("rule-never", A, "", extra('total_value.below = "0 XTS"'), ("number-unbound",), "zz.extra"),
    Fault("rule-contradiction", A, "", extra('to.in = "zz:embargo", to.not_in = ["KP", "IR"]'), where="zz.extra"),
    Fault(
        "rule-contradiction",
        A,
        "",
        extra('total_value.at_most = "10 XTS", total_value.above = "10 XTS"'),
        ("number-unbound",),
    ),
    Fault(
        "rule-contradiction",
        A,
        "",
        extra('end_use.purposes.any_of = ["missile"], end_use.purposes.none_of = ["missile"]'),
    ),
    Fault(
        "rule-contradiction",
        A,
        "",
        extra("end_user.founded.at_least = 2024-01-01, end_user.founded.below = 2024-01-01"),
    ),
    Fault("rule-contradiction", A, "", extra('items.hs.in = "zz:machine-tools/hs", items.hs.is = "9027"')),
    Fault(
        "rule-contradiction",
        A,
        "",
        extra('items.entries.zz.all_in = "zz:list/arms", items.entries.zz.none_in = "zz:list/all"'),
    ),
    Fault(
        "rule-unreachable",
        A,
        "",
        extra(
            'zz.weapons-use.is = true, end_use.purposes.none_of = ["nuclear", "chemical-weapons", "biological-weapons", "missile"], end_use.informed.none_of = ["wmd"]'
        ),
    ),
    Fault("rules-conflict", C, "zz.weapons-use.is = false\n", "", where="zz.basis.no-trigger"),
    Fault(
        "rules-twice",
        C,
        "",
        extra('to.in = "zz:embargo", act.in = ["export", "reexport"]', "prohibited"),
        where="zz.extra",
    ),
    Fault("term-cycle", C, 'when = { end_use.informed.any_of = ["wmd"] }', "when = { zz.weapons-use.is = true }"),
    Fault("lift-cycle", E, 'lifts = ["zz.list"]', 'lifts = ["zz.small-value"]', ("lift-target",)),
    Fault("lift-target", E, 'lifts = ["zz.list", "zz.catch-all"]', 'lifts = ["zz.list", "zz.duty.records"]'),
    Fault("lift-effect", C, 'id = "zz.embargo"', 'id = "zz.embargo"\nlifts = ["zz.list"]'),
    Fault(
        "lift-nothing",
        E,
        'to.in = "zz:partners"\n',
        'to.in = "zz:partners"\nact.is = "technology"\n',
        where="small-value",
    ),
    Fault("fact-claim", "facts.toml", "", NEW_FACT.format(id="claim.gift.is_gift", type="bool", more="")),
    Fault("fact-derived", "facts.toml", "", NEW_FACT.format(id="items.weight", type="number", more="derived = true\n")),
    Fault("v-without-text", "sources.toml", 'text_id = "zz-order"\n', "", ("bind-source",)),
    Fault("cite-place", C, 'at = "Article 3"', 'at = "Article 33"'),
    Fault("cite-place", C, 'at = "Article 3"', 'at = "art. 3"'),
    Fault("pack-country", "pack.toml", 'country  = "ZZ"', 'country  = "Z9"', ("place-code", "rule-never")),
    Fault("pack-act", "pack.toml", '"technology"]', '"technologie"]'),
    Fault("pack-list", "pack.toml", 'default = ["zz:list"]', 'default = ["zz:liste"]'),
    Fault("place-code", S, '"CA", "JP"]', '"CA", "JA"]'),
    Fault("place-code", A, "", extra('to.in = ["BR", "XQ"]')),
    Fault("hs-code", S, '"84.57"', '"84.99"'),
    Fault("hs-code", A, "", extra('items.hs.in = ["8457", "84.58"]')),
    Fault("entry-code", S, 'members = ["A", "B"]', 'members = ["A", "B", "C"]'),
    Fault("list-code", A, "", extra('end_user.listed.any_of = ["zz list"]')),
    Fault(
        "bind-source",
        E,
        f'source = "zz-order"\nat = "Article 6"\n{WORDS}',
        f'source = "zz-guidance"\nat = "Article 6"\n{WORDS}',
    ),
    Fault(
        "bind-source",
        E,
        f'source = "zz-order"\nat = "Article 6"\n{WORDS}',
        f'source = "zz-ordre"\nat = "Article 6"\n{WORDS}',
    ),
    Fault("bind-source", E, f"{WORDS}\n", ""),
    Fault("bind-unread", E, WORDS, 'words = "a total value of"'),
    Fault("bind-value", E, "value = 5000", "value = 6000", ("bind-idle", "number-unbound")),
    Fault("bind-value", A, "value = [6, 100_000, 2_000_000]", "value = [6, 2_000_000, 100_000]"),
    Fault("bind-idle", A, "ban_years = 2", "ban_years = 3", ("number-unbound",)),
    Fault(
        "bind-idle", S, "  value = 2024-07-01", "  value = 2024-07-02", ("bind-idle", "bind-value", "number-unbound")
    ),
    Fault("bind-place", E, f'at = "Article 6"\n{WORDS}', f'at = "Article 66"\n{WORDS}'),
    Fault("bind-words", "texts/zz-order.md", "5,000 XTS or less", "6,000 XTS or less"),
    Fault("bind-words", "texts/zz-act.md", "six years", "eight years"),
    Fault("bind-members", "texts/zz-order.md", "Canada, Japan, New Zealand.", "Canada, Japan."),
    Fault("bind-members", "texts/zz-order.md", "Canada, Japan, New Zealand.", "Canada, Japan, New Zealand, Zealandia."),
    Fault("bind-reads", S, 'reads = "places"', 'reads = "headings"'),
]

WARNINGS = [
    Fault("rules-gap", C, "zz.weapons-use.is = false\n", 'zz.weapons-use.is = false\nexporter.country.is_not = "BR"\n'),
    Fault("rule-partly-dead", S, f'  {FROM}\n  members = ["KP"]\n', f'  {FROM}\n  repealed = 2021-01-01\n  members = []\n  cite = {{ source = "zz-order", at = "Annex C" }}\n  certainty = "K"\n  [[place_set.span]]\n  from = 2021-01-01\n  members = ["KP"]\n', ("number-unbound",)),
    Fault("lift-idle", E, 'lifts = ["zz.list"]\nlift_kind = "legal"', 'lifts = ["zz.list", "zz.catch-all"]\nlift_kind = "legal"'),
    Fault("term-unused", C, "", extra('to.is = "BR"', "term", 'term = "zz.idle"')),
    Fault("fact-unused", "facts.toml", "", NEW_FACT.format(id="items.colour", type="text", more="")),
    Fault("set-unused", S, "", PLACE_SET.format(body=SPAN.format(start="2020-01-01", members='["BR"]'))),
    Fault("set-unused", S, "", '\n[[scope]]\nid = "zz:idle"\nsays = { en = "idle", ja = "不使用" }\ninclude = ["84"]\n'),
    Fault("source-unused", "sources.toml", "", '\n[[source]]\nid = "zz-idle"\ntitle = { en = "Idle", ja = "不使用" }\nas_of = 2026-01-01\n'),
    Fault("says-twice", A, 'en = "Without a licence: up to six years."', 'en = "Individual licence"'),
    Fault("version-after-text", C, LISTED, LISTED.replace("2020-01-01", "2026-06-01"), ("rules-gap", "number-unbound")),
    Fault("version-before-law", C, LISTED, LISTED.replace("2020-01-01", "2019-12-19")),
    Fault("source-stale", "pack.toml", "checked  = 2026-01-01", "checked  = 2026-02-01"),
    Fault("number-unbound", E, f'source = "zz-order"\nat = "Article 6"\n{WORDS}\nvalue = 5000', f'source = "zz-order"\nat = "Article 6"\n{WORDS}'),
    Fault("text-edition", "texts/zz-order.md", 'last_updated: "2026-01-01"', 'last_updated: "2026-03-01"'),
]  # fmt: skip

NOTES = [
    Fault("source-undated", "sources.toml", "as_of = 2025-06-01\n", ""),
]
