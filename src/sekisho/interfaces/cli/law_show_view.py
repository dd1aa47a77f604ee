"""A part of the law for a person at a terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rich.markup import escape
from rich.padding import Padding

from sekisho.interfaces.cli.output import console
from sekisho.law.explain import CERTAINTY_WORDS, OUTCOME_WORDS

KINDS = {
    "rule": {"en": "rule", "ja": "規則"},
    "term": {"en": "term", "ja": "用語"},
    "claim": {"en": "exemption to be claimed", "ja": "主張を要する特例"},
    "place-set": {"en": "places", "ja": "国・地域の集合"},
    "entry-set": {"en": "part of the lists", "ja": "項番の集合"},
    "scope": {"en": "tariff scope", "ja": "関税番号の範囲"},
    "list": {"en": "control list", "ja": "規制リスト"},
    "list-row": {"en": "list row", "ja": "項番"},
    "fact": {"en": "fact", "ja": "事実"},
    "source": {"en": "source", "ja": "出典"},
}
EFFECTS = {
    "subject": {"en": "the law attaches", "ja": "法令の適用"},
    "term": {"en": "gives a term", "ja": "用語の要件"},
    "prohibited": {"en": "prohibits", "ja": "禁止"},
    "licence-required": {"en": "requires a licence", "ja": "許可・承認を要する"},
    "lift": {"en": "lifts", "ja": "解除"},
    "no-licence": {"en": "says why nothing is needed", "ja": "不要の根拠"},
    "licence": {"en": "a type of licence", "ja": "許可の種類"},
    "policy": {"en": "how applications are treated", "ja": "審査の方針"},
    "duty": {"en": "a duty", "ja": "義務"},
    "flag": {"en": "something to look at", "ja": "注意"},
    "penalty": {"en": "what a breach costs", "ja": "罰則"},
    "contradiction": {"en": "facts that exclude each other", "ja": "両立しない事実"},
}
WORDS = {
    "when": {"en": "when all of these hold", "ja": "次の全てを満たすとき"},
    "always": {"en": "always", "ja": "常に"},
    "from": {"en": "from {} on", "ja": "{}以後"},
    "until": {"en": "from {} until {}", "ja": "{}から{}の前日まで"},
    "ever": {"en": "at all times", "ja": "全期間"},
    "same": {"en": "the same conditions", "ja": "条件は同じ"},
    "not_in_force": {"en": "not in force on that day", "ja": "その日には効力がない"},
    "lifts": {"en": "lifts", "ja": "解除する規則"},
    "lifted_by": {"en": "lifted by", "ja": "解除事由"},
    "given_by": {"en": "given by (any of)", "ja": "要件（いずれか）"},
    "asked_by": {"en": "asked by", "ja": "参照する規則"},
    "used_by": {"en": "used by", "ja": "参照する規則"},
    "legal": {"en": "by itself", "ja": "当然に"},
    "claimed": {"en": "when claimed", "ja": "主張による"},
    "details": {"en": "details", "ja": "詳細"},
    "bound": {"en": "bound to the text", "ja": "原文との照合"},
    "stands": {"en": "stands there", "ja": "原文どおり"},
    "gone": {"en": "does not stand there", "ja": "原文にない"},
    "unseen": {"en": "text not at hand", "ja": "原文なし"},
    "text": {"en": "the official words", "ja": "条文"},
    "members": {"en": "members", "ja": "構成"},
    "gained": {"en": "gained", "ja": "追加"},
    "lost": {"en": "lost", "ja": "除外"},
    "made_of": {"en": "made of", "ja": "次の集合から成る"},
    "include": {"en": "includes", "ja": "含む"},
    "exclude": {"en": "leaves out", "ja": "除く"},
    "partly": {"en": "in part", "ja": "一部"},
    "main": {"en": "main rows", "ja": "項"},
    "below": {"en": "below it", "ja": "下位の項番"},
    "sets": {"en": "in", "ja": "属する集合"},
    "facts": {"en": "rests on", "ja": "必要な事実"},
    "values": {"en": "values", "ja": "値"},
    "missing": {"en": "when absent", "ja": "記載がないとき"},
    "unknown": {"en": "unknown", "ja": "不明"},
    "must": {"en": "must be given", "ja": "必須"},
    "derived": {"en": "worked out by the system", "ja": "システムが算出"},
    "edition": {"en": "edition of {}", "ja": "{}現在の版"},
    "seen": {"en": "last seen in force on {}", "ja": "{}に現行であることを確認"},
    "undated": {"en": "bears no day", "ja": "版の日付なし"},
    "cited": {"en": "cited by rows tagged", "ja": "確度別の引用数"},
    "none": {"en": "none", "ja": "なし"},
    "ask": {"en": "asks", "ja": "質問"},
}


def show(document: Mapping[str, Any], lang: str, *, first: bool = True) -> None:
    """Print one description."""
    _View(lang).show(document, first=first)


class _View:
    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.out = console()

    def word(self, key: str) -> str:
        return WORDS[key][self.lang]

    def line(self, text: str, indent: int = 2) -> None:
        self.out.print(Padding(text, (0, 0, 0, indent), expand=False))

    def head(self, key: str) -> None:
        self.out.print(f"\n[bold]{self.word(key)}[/]")

    def show(self, document: Mapping[str, Any], *, first: bool) -> None:
        if not first:
            self.out.print("")
        kind = KINDS[document["kind"]][self.lang]
        self.out.print(f"[bold]{escape(document['id'])}[/]  [dim]{kind} · {document['law']}[/]")
        if document["says"]:
            self.line(escape(document["says"]))
        if document["where"]:
            self.line(f"[dim]{escape(document['where'])}[/]")
        parts: dict[str, Callable[[Mapping[str, Any]], None]] = {
            "rule": self.rule,
            "place-set": self.place_set,
            "entry-set": self.entry_set,
            "scope": self.scope,
            "list": self.whole_list,
            "list-row": self.entry,
            "fact": self.fact,
            "source": self.source,
            "claim": self.claim,
            "term": self.term,
        }
        parts[document["kind"]](document)

    def term(self, one: Mapping[str, Any]) -> None:
        self.rules("given_by", one["given_by"])
        self.rules("asked_by", one["asked_by"])

    def period(self, one: Mapping[str, Any]) -> str:
        if one["from"] is None and one["repealed"] is None:
            return self.word("ever")
        if one["repealed"] is None:
            return self.word("from").format(one["from"])
        return self.word("until").format(one["from"], one["repealed"])

    def certain(self, tag: str) -> str:
        return f"{tag} ({CERTAINTY_WORDS[tag][self.lang]})"

    def cite(self, one: Mapping[str, Any], indent: int = 4) -> None:
        edition = f", {self.word('edition').format(one['as_of'])}" if one["as_of"] else ""
        self.line(f"[dim]{escape(one['says'])} — {escape(one['title'])}{edition}[/]", indent)

    def rule(self, one: Mapping[str, Any]) -> None:
        effect = EFFECTS[one["effect"]][self.lang]
        outcome = f" → {OUTCOME_WORDS[one['outcome']][self.lang]}" if one["outcome"] else ""
        how = f" · {self.word(one['lift_kind'])}" if one["lift_kind"] else ""
        claim = f" '{one['claim']}'" if one["claim"] else ""
        term = f" {one['gives_term']}" if one["gives_term"] else ""
        self.line(f"{effect}{term}{outcome}{how}{claim}")
        if one["ask"]:
            self.line(f"{self.word('ask')}: {escape(one['ask'])}")
        if not one["in_force"]:
            self.line(f"[yellow]{self.word('not_in_force')}[/]")
        shown: Sequence[Any] | None = None
        for version in one["versions"]:
            self.out.print(f"\n[bold]{self.period(version)}[/]  {self.certain(version['certainty'])}")
            self.cite(version["cite"])
            if version["note"]:
                self.line(f"[dim]{escape(version['note'])}[/]", 4)
            if version["conditions"] == shown:
                self.line(self.word("same"))
            else:
                self.conditions(version["conditions"])
            shown = version["conditions"]
        self.rules("lifts", one["lifts"])
        self.rules("lifted_by", one["lifted_by"])
        self.details(one["details"])
        self.bound(one["bound"])
        self.text(one["text"])

    def conditions(self, conditions: Sequence[Mapping[str, Any]]) -> None:
        self.line(self.word("when") if conditions else self.word("always"))
        for one in conditions:
            self.line(f"•\u00a0{escape(one['says'])}  [dim]{escape(one['fact'])}[/]", 4)

    def rules(self, key: str, rules: Sequence[Mapping[str, Any]]) -> None:
        if not rules:
            return
        self.head(key)
        for one in rules:
            how = f"  [dim]{self.word(one['kind'])}[/]" if one.get("kind") and key == "lifted_by" else ""
            self.line(f"{escape(one['id'])}{how}")
            self.line(f"[dim]{escape(one['says'])}[/]", 4)

    def details(self, details: Any) -> None:
        if not details:
            return
        self.head("details")
        for key, value in details.items():
            said = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
            self.line(f"{key}: {escape(said)}")

    def bound(self, bound: Sequence[Mapping[str, Any]]) -> None:
        if not bound:
            return
        self.head("bound")
        for one in bound:
            state = self.word({True: "stands", False: "gone", None: "unseen"}[one["stands"]])
            value = f" = {', '.join(map(str, one['value']))}" if one["value"] else ""
            words = f"「{one['words']}」" if one["words"] else one["reads"]
            told = f" · {state}" if one["words"] else ""
            self.line(f"{escape(words)}{escape(value)}  [dim]{one['source']} {escape(one['at'])}{told}[/]")

    def text(self, texts: Sequence[Mapping[str, Any]]) -> None:
        if not texts:
            return
        self.head("text")
        for one in texts:
            self.line(f"[dim]{one['source']} {escape(one['at'])}[/]")
            self.line(escape(one["words"]), 4)

    def places(self, places: Sequence[Mapping[str, str]]) -> str:
        return ", ".join(f"{one['code']} {one['name']}" for one in places) or self.word("none")

    def place_set(self, one: Mapping[str, Any]) -> None:
        if one["made_of"]:
            self.line(f"{self.word('made_of')}: {', '.join(one['made_of'])}")
        for span in one["spans"]:
            self.out.print(f"\n[bold]{self.period(span)}[/]  {self.certain(span['certainty'])}")
            self.cite(span["cite"])
            for key in ("gained", "lost"):
                if span[key]:
                    self.line(f"{self.word(key)}: {escape(self.places(span[key]))}")
            self.line(f"{self.word('members')} ({len(span['members'])}): {escape(self.places(span['members']))}")
        self.used(one)
        self.bound(one["bound"])

    def used(self, one: Mapping[str, Any]) -> None:
        if one["used_by"]:
            self.head("used_by")
            self.line(", ".join(one["used_by"]))

    def entry_set(self, one: Mapping[str, Any]) -> None:
        self.head("members")
        for member in one["members"]:
            says = "; ".join(f"{row['says']} [{row['list']}]" for row in member["lists"])
            self.line(f"{member['path']}  [dim]{escape(says)}[/]")
        self.used(one)
        self.bound(one["bound"])

    def scope(self, one: Mapping[str, Any]) -> None:
        for key in ("include", "exclude", "partly"):
            if one[key]:
                self.line(f"{self.word(key)}: {', '.join(one[key])}")
        self.used(one)
        self.bound(one["bound"])

    def whole_list(self, one: Mapping[str, Any]) -> None:
        self.head("main")
        for row in one["main"]:
            self.line(f"{row['path']}  {escape(row['says'])}")

    def entry(self, one: Mapping[str, Any]) -> None:
        self.line(f"{self.period(one)} · {self.certain(one['certainty'])}")
        self.cite(one["cite"], 2)
        if one["sets"]:
            self.line(f"{self.word('sets')}: {', '.join(one['sets'])}")
        self.details(one["details"])
        if one["below"]:
            self.head("below")
            for row in one["below"]:
                self.line(f"{row['path']}  {escape(row['says'])}")
        self.text(one["text"])

    def fact(self, one: Mapping[str, Any]) -> None:
        self.line(f"[dim]{one['type']}[/]")
        if one["ask"]:
            self.line(f"{self.word('ask')}: {escape(one['ask'])}")
        if one["values"]:
            self.line(f"{self.word('values')}: {', '.join(one['values'])}")
        silent = "must" if one["required"] else "derived" if one["derived"] else ""
        missing = self.word(silent) if silent else self.word("unknown") if one["missing"] is None else one["missing"]
        self.line(f"{self.word('missing')}: {missing}")
        self.rules("asked_by", one["asked_by"])

    def source(self, one: Mapping[str, Any]) -> None:
        edition = self.word("edition").format(one["as_of"]) if one["as_of"] else self.word("undated")
        seen = f", {self.word('seen').format(one['read'])}" if one["read"] else ""
        hand = "" if one["text_at_hand"] else f" · {self.word('unseen')}"
        self.line(f"{one['source_kind']} · {edition}{seen}{hand}")
        self.line(one["address"])
        if one["note"]:
            self.line(escape(one["note"]))
        if one["cited"]:
            self.line(f"{self.word('cited')} {', '.join(f'{tag}: {number}' for tag, number in one['cited'].items())}")

    def claim(self, one: Mapping[str, Any]) -> None:
        self.rules("lifts", one["lifts"])
        if one["facts"]:
            self.head("facts")
            for fact in one["facts"]:
                self.line(f"{escape(fact['ask'])}  [dim]{fact['id']}[/]")
