"""What several laws come to together, for a person: open laws, authorisations in order, promises, clashes."""

from __future__ import annotations

from typing import Any

from rich.padding import Padding
from rich.text import Text

from sekisho.law.decision import Answer

HEADS = {
    "open": {"en": "Laws that may attach and did not answer", "ja": "適用の可能性があり未回答の法令"},
    "set": {"en": "Authorisations, in order", "ja": "必要な許可等（順序）"},
    "consents": {"en": "Promises that bind this transfer", "ja": "この取引を拘束する誓約"},
    "clashes": {"en": "Laws that conflict: nobody chooses here", "ja": "法令の抵触（システムは選択しない）"},
    "circles": {"en": "Authorisations that wait for each other", "ja": "互いに前提となる許可"},
}
STATES = {
    "required": {"en": "required", "ja": "必要"},
    "possible": {"en": "may be required", "ja": "必要となる可能性"},
    "exception": {"en": "exception used", "ja": "例外を使用"},
}


def show_together(out: Any, answer: Answer, lang: str) -> None:
    """Print what concerns the laws together; nothing when one law answers alone and nothing is open."""
    together = answer.together
    if answer.open_laws:
        _head(out, "open", lang)
        for law in answer.open_laws:
            asked = f" ({', '.join(law.asks)})" if law.asks else ""
            _line(out, f"{law.law} · {law.ask[lang]}{asked}")
    if together is None:
        return
    if len({one.law for one in together.authorisations}) > 1:
        _head(out, "set", lang)
        by_id = {one.id: one for one in together.authorisations}
        for number, key in enumerate(together.order, 1):
            one = by_id[key]
            waits = {"en": "after", "ja": "先行："}[lang]
            after = f" · {waits} {', '.join(one.after)}" if one.after else ""
            _line(out, f"{number}. {one.law} {one.about} · {STATES[one.state][lang]} · {one.item}{after}")
    if together.consents:
        _head(out, "consents", lang)
        for consent in together.consents:
            _line(out, f"{consent.promise.law}: {consent.at_least} .. {consent.at_most}")
    if together.circles:
        _head(out, "circles", lang)
        for circle in together.circles:
            _line(out, " → ".join(circle))
    if together.clashes:
        _head(out, "clashes", lang)
        for clash in together.clashes:
            _line(out, f"{clash.says[lang]} ({clash.item})")
            for side, rule, says, cite, certainty in clash.rules:
                _line(out, f"{side} {rule}: {says[lang]} ({cite}, {certainty})", 4)


def _head(out: Any, key: str, lang: str) -> None:
    out.print(f"\n[bold]{HEADS[key][lang]}[/]")


def _line(out: Any, text: str, indent: int = 2) -> None:
    out.print(Padding(Text(text), (0, 0, 0, indent), expand=False))
