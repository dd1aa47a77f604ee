"""An answer for a person at a terminal: outcome first, then reasons, ways out, licences, duties and questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sekisho.interfaces.cli.output import console
from sekisho.law.decision import Answer, Decision, Entry
from sekisho.law.explain import CERTAINTY_WORDS, OUTCOME_WORDS, SIGNS, STATE_WORDS, cited, fact_words, mark, test_words
from sekisho.law.pack import Pack

COLOURS = {
    "prohibited": "bold red",
    "licence-required": "bold yellow",
    "incomplete": "bold magenta",
    "covered": "bold cyan",
    "exempt": "bold green",
    "no-licence": "bold green",
    "not-subject": "bold",
}
MOST_RULES = 6
MOST_NEEDS = 3
HEADS = {
    "why": {"en": "Why", "ja": "理由"},
    "lifts": {"en": "What would lift it", "ja": "解除しうるもの"},
    "licences": {"en": "Licences that could cover it", "ja": "使用しうる許可"},
    "policies": {"en": "How applications are treated", "ja": "審査の方針"},
    "duties": {"en": "Duties", "ja": "義務"},
    "penalties": {"en": "If it went without", "ja": "無許可の場合"},
    "flags": {"en": "Look at", "ja": "注意"},
    "questions": {"en": "Open questions, the most decisive first", "ja": "未回答の質問（決定に効く順）"},
    "turning": {"en": "Turning points", "ja": "結論が変わる点"},
    "trace": {"en": "Every rule asked", "ja": "全ての判定"},
}


def show(packs: Sequence[Pack], answer: Answer, document: Mapping[str, Any], lang: str, *, trace: bool = False) -> None:
    """Print ``answer``."""
    out = console()
    by_id = {pack.id: pack for pack in packs}
    for decision in answer.decisions:
        pack = by_id[decision.law]
        _headline(out, pack, decision, lang)
        _questions(out, decision, lang)
        _why(out, pack, decision, lang, whole=trace)
        _lifts(out, pack, decision, lang)
        for key in ("licences", "policies", "flags", "duties", "penalties"):
            _entries(out, pack, key, getattr(decision, key), lang)
        if trace:
            _trace(out, pack, decision, lang)
        _foot(out, pack, decision, lang)
    if "turning_points" in document:
        _turning(out, document["turning_points"], lang)
    if len(answer.decisions) > 1:
        whole = {"en": "The whole", "ja": "全体"}[lang]
        out.print(f"\n{whole}: {_outcome(answer.outcome, lang)}")


def _line(out: Any, text: str, indent: int, style: str = "") -> None:
    out.print(Padding(Text(text, style=style), (0, 0, 0, indent), expand=False))


def _outcome(outcome: str, lang: str) -> str:
    return f"[{COLOURS[outcome]}]{SIGNS[outcome]} {OUTCOME_WORDS[outcome][lang]}[/]"


def _headline(out: Any, pack: Pack, decision: Decision, lang: str) -> None:
    title = pack.title[lang].partition(":" if lang == "en" else "：")[0]
    out.print(f"{_outcome(decision.outcome, lang)}  {escape(decision.item)}  [dim]{title}, {decision.day}[/]")
    if decision.at_least != decision.at_most:
        least, most = (OUTCOME_WORDS[end][lang] for end in (decision.at_least, decision.at_most))
        words = {"en": f"between '{least}' and '{most}'", "ja": f"「{least}」から「{most}」までの間"}
        out.print(f"  [dim]{words[lang]}[/]")
    if decision.conflicts:
        says = {"en": "Conflict in the law as written", "ja": "規則間の矛盾"}[lang]
        for pair in decision.conflicts:
            out.print(f"  [bold red]{says}: {' / '.join(pair)}[/]")


def _head(out: Any, key: str, lang: str) -> None:
    out.print(f"\n[bold]{HEADS[key][lang]}[/]")


def _table() -> Table:
    return Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)


def _certain(tag: str, lang: str) -> str:
    return f"{tag} ({CERTAINTY_WORDS[tag][lang]})"


def _why(out: Any, pack: Pack, decision: Decision, lang: str, *, whole: bool) -> None:
    if not decision.rules:
        return
    _head(out, "why", lang)
    shown = decision.rules if whole else decision.rules[:MOST_RULES]
    for use in shown:
        _line(out, use.says[lang], 2)
        parts = (STATE_WORDS[use.state][lang], use.id, cited(pack, use.cite, lang), _certain(use.certainty, lang))
        _line(out, " · ".join(parts), 4, "dim")
    if len(shown) < len(decision.rules):
        more = len(decision.rules) - len(shown)
        _line(out, {"en": f"and {more} more (--trace)", "ja": f"ほか{more}件（--trace）"}[lang], 2, "dim")


def _questions(out: Any, decision: Decision, lang: str) -> None:
    if not decision.questions:
        return
    _head(out, "questions", lang)
    for number, question in enumerate(decision.questions, 1):
        _line(out, f"{number}. {question.ask[lang]}", 2)
        _line(out, question.fact, 5, "dim")


def _lifts(out: Any, pack: Pack, decision: Decision, lang: str) -> None:
    """Held licences on one line, exemptions to claim by name, and what lifts by facts that are still open."""
    if not decision.remedies:
        return
    _head(out, "lifts", lang)
    held = [remedy for remedy in decision.remedies if remedy.outcome == "covered"]
    claims = {remedy.claim: remedy for remedy in decision.remedies if remedy.claim}
    others = [remedy for remedy in decision.remedies if remedy not in held and not remedy.claim]
    if held:
        kinds = ", ".join(remedy.id.rpartition(".")[2] for remedy in held)
        _line(out, {"en": f"a licence held that reaches it: {kinds}", "ja": f"本件に及ぶ許可の保有：{kinds}"}[lang], 2)
    for remedy in others:
        _line(out, remedy.says[lang], 2)
        needs = "; ".join(fact_words(pack, need, lang) for need in remedy.needs[:MOST_NEEDS])
        more = " …" if len(remedy.needs) > MOST_NEEDS else ""
        word = {"en": "needs", "ja": "必要な事実"}[lang]
        _line(out, f"{remedy.id} · {cited(pack, remedy.cite, lang)} · {word}: {needs}{more}", 4, "dim")
    if claims:
        _line(out, {"en": "an exemption that applies and is claimed:", "ja": "主張しうる特例："}[lang], 2)
        table = _table()
        for _ in range(3):
            table.add_column(overflow="fold")
        for name, remedy in claims.items():
            place = cited(pack, remedy.cite, lang)
            table.add_row("   ", name, f"{remedy.says[lang]} [dim]{escape(place)}[/]")
        out.print(table)


def _entries(out: Any, pack: Pack, key: str, entries: Sequence[Entry], lang: str) -> None:
    if not entries:
        return
    _head(out, key, lang)
    told: set[str] = set()
    words = {"preconditions": {"en": "before", "ja": "要件"}, "conditions": {"en": "conditions", "ja": "条件"}}
    for entry in entries:
        maybe = "" if entry.sure else {"en": " (if it applies)", "ja": "（該当する場合）"}[lang]
        code = f"{entry.code} · " if key == "flags" else ""
        _line(out, f"{code}{entry.says[lang]}{maybe}{_detail(key, entry, pack, lang)}", 2)
        _line(out, f"{cited(pack, entry.cite, lang)} · {_certain(entry.certainty, lang)}", 4, "dim")
        for name, word in words.items():
            listed = "; ".join(entry.details.get(name, {}).get(lang, ()))
            if listed:
                again = {"en": "as above", "ja": "上に同じ"}[lang] if listed in told else listed
                told.add(listed)
                _line(out, f"{word[lang]}: {again}", 4, "dim")


def _detail(key: str, entry: Entry, pack: Pack, lang: str) -> str:
    details = entry.details
    if key == "licences" and "validity" in details:
        return f" — {details['validity'][lang]}"
    if key == "duties" and "until" in details:
        return {"en": f" Until {details['until']}.", "ja": f"（{details['until']}まで）"}[lang]
    if key == "penalties":
        company = f"{details['max_fine_company']:,} {pack.currency}"
        person = f"{details['max_fine_person']:,} {pack.currency}"
        words = {
            "en": f" Fine up to {person} for a person, {company} for a company; ban up to {details['ban_years']} y.",
            "ja": f" 罰金は個人 {person} 以下、法人 {company} 以下。輸出等の禁止は{details['ban_years']}年以内。",
        }
        return words[lang]
    return ""


def _turning(out: Any, points: Sequence[Mapping[str, Any]], lang: str) -> None:
    _head(out, "turning", lang)
    if not points:
        out.print(
            {"en": "  No single known fact would change the outcome.", "ja": "  単独で結論を変える事実はない。"}[lang]
        )
        return
    table = _table()
    for point in points:
        table.add_row(
            "",
            str(point["fact"]),
            f"{point['now']} → {point['instead']}",
            Text.from_markup(_outcome(point["outcome"], lang)),
        )
    out.print(table)


def _trace(out: Any, pack: Pack, decision: Decision, lang: str) -> None:
    _head(out, "trace", lang)
    for rule_id, truth, tests in decision.trace:
        out.print(Padding(Text(f"{mark(truth)} {rule_id}", style="" if truth else "dim"), (0, 0, 0, 2)))
        for step in tests:
            out.print(Padding(Text(test_words(pack, step, lang), style="dim"), (0, 0, 0, 6)))


def _foot(out: Any, pack: Pack, decision: Decision, lang: str) -> None:
    certain = _certain(decision.certainty, lang)
    named = f"{pack.id} {pack.version} ({pack.sha256[:12]})"
    words = {
        "en": f"pack {named}, texts as of {pack.checked}; weakest certainty {certain}. Not legal advice.",
        "ja": f"パック {named}、原文は{pack.checked}現在。最も弱い確度：{certain}。法的助言ではない。",
    }
    out.print(f"\n[dim]{words[lang]}[/]")
