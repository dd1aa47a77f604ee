"""Which facts are asked for, in columns. The order in which they decide most is told by ``decide``, row by row."""

from __future__ import annotations

from collections.abc import Iterable

from sekisho.law.column_layers import Layers, either, every, when
from sekisho.law.column_lifts import Family, opened
from sekisho.law.column_rules import RuleColumns
from sekisho.law.probes import STANDS_IN, Opening, rate_missing
from sekisho.law.stretches import Stretches
from sekisho.law.view import PARTIES

RATES = "rates"
"""The question for a rate that is not given; ``decide`` names the currency."""


def questions_sql(
    law: Stretches, opening: Opening, families: Iterable[Family], names: RuleColumns, layers: Layers
) -> str:
    """SQL of the facts asked, in the order of the catalogue (questions: ``questions_of``; evaluate: ``unknown_facts``).

    From the rules that are open the asking goes down: a term that is unknown asks for its unknown rows. ``w_`` tells
    whether a rule is asked about.
    """
    weighed = _open_rules(law, families, names, layers)
    layers.add({f"w_{names[rule]}": f"{names[rule]} IS NULL AND {either(ways)}" for rule, ways in weighed.items()})
    asking = list(weighed)
    for ready in reversed(names.term_levels):
        above: dict[str, list[str]] = {}
        for rule in asking:
            for variant in law.rows[rule].variants:
                for number in variant.tests:
                    fact = law.tests[number].condition.fact
                    if law.tests[number].is_term and fact in ready:
                        above.setdefault(fact, []).append(variant.gated(f"(w_{names[rule]} AND a{number} IS NULL)"))
        layers.add(
            {
                f"w_{names[row.id]}": f"{names[row.id]} IS NULL AND {either(ways)}"
                for term, ways in above.items()
                for row in law.terms[term]
            }
        )
        asking += [row.id for term in above for row in law.terms[term]]
    return when(_facts(law, opening, asking, names))


def _open_rules(law: Stretches, families: Iterable[Family], names: RuleColumns, layers: Layers) -> dict[str, list[str]]:
    """The rules whose answers could narrow the interval, each with the SQL of when it could."""
    weighed: dict[str, list[str]] = {row.id: ["subject IS NULL"] for row in law.by_effect.get("subject", ())}
    unsettled: dict[str, str] = {}
    for family in families:
        rows = [names[row.id] for row in family.requirements]
        weighed |= {row.id: [f"g_{names[row.id]}"] for row in family.requirements}
        unsettled[f"unsettled_{family.number}"] = either(
            f"(g_{name} AND ({name} IS NULL OR lo_{name} <> hi_{name}))" for name in rows
        )
    layers.add(unsettled)
    for lift_id, places in opened(families, names).items():
        weighed[lift_id] = [f"(unsettled_{family.number} AND {still})" for family, still in places]
    return weighed


def _facts(law: Stretches, opening: Opening, asking: Iterable[str], names: RuleColumns) -> dict[str, str]:
    """Each stated fact with the SQL that tells whether it is asked for."""
    by_fact: dict[str, list[str]] = {}
    by_test: dict[int, list[str]] = {}
    for rule_id in dict.fromkeys(asking):
        for variant in law.rows[rule_id].variants:
            for number in variant.tests:
                if not law.tests[number].is_term:
                    by_test.setdefault(number, []).append(variant.gated(f"w_{names[rule_id]}"))
            if variant.unsettled:
                settled = every([f"w_{names[rule_id]}", *(f"a{number} IS NOT NULL" for number in variant.tests)])
                by_fact.setdefault(f"law:{rule_id}", []).append(variant.gated(settled))
    for number, ways in by_test.items():
        unknown = f"a{number} IS NULL AND {either(ways)}"
        for fact, condition in stated_behind(law, opening, number):
            by_fact.setdefault(fact, []).append(f"({condition} AND {unknown})" if condition else f"({unknown})")
    order = {fact: place for place, fact in enumerate(law.pack.facts)}
    ranked = sorted(by_fact, key=lambda fact: order.get(fact, len(order)))
    return {fact: either(by_fact[fact]) for fact in ranked}


def stated_behind(law: Stretches, opening: Opening, number: int) -> Iterable[tuple[str, str]]:
    """The stated facts behind a test's fact, each with the SQL of when it is the one to ask (view: ``asks``)."""
    fact = law.tests[number].condition.fact
    party, _, key = fact.rpartition(".")
    if fact == "parties.listed":
        unscreened = {party: f"({opening.screened(party)}) IS NULL" for party in PARTIES}
        for one, condition in unscreened.items():
            if one == "end_user":
                yield "recipient.listed", f"{condition} AND {opening.stands_in()}"
                yield "end_user.listed", f"{condition} AND NOT {opening.stands_in()}"
            else:
                yield f"{one}.listed", condition
        yield fact, f"NOT {either(unscreened.values())}"
    elif party == "end_user" and key in STANDS_IN:
        lent = f"({opening.stands_in()} AND {opening.known(f'recipient.{key}')} IS NULL)"
        yield f"recipient.{key}", lent
        yield fact, f"NOT {lent}"
    elif fact in ("items.value", "total_value"):
        missing = opening.always(fact, rate_missing, True)
        yield RATES, missing
        yield "contract_value" if fact == "total_value" else fact, f"NOT {missing}"
    elif party == "held":
        yield "authorisations.entries", ""
        yield "authorisations.destinations", ""
    else:
        yield fact, ""
