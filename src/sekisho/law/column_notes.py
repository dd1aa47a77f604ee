"""What goes with an answer, in columns: how certain it is, flags, licences that could cover, conflicts."""

from __future__ import annotations

from collections.abc import Iterable

from sekisho.law.column_layers import Layers, either, when
from sekisho.law.column_lifts import Family, opened
from sekisho.law.column_rules import RuleColumns
from sekisho.law.stretches import Row, Stretches
from sekisho.model.certainty import CERTAINTIES

NO_TAG = len(CERTAINTIES)


def certainty_sql(law: Stretches, families: Iterable[Family], names: RuleColumns, layers: Layers) -> None:
    """Add ``certain``: 0 for V to 3 for U, the weakest tag among the deciding rules (evaluate: ``certainty``)."""
    for ready in names.term_levels:
        layers.add({f"c_{names.terms[term]}": _term(law, term, names) for term in ready})
    used = [
        f"CASE WHEN {condition} THEN {_rule(law, row, names)} ELSE 0 END"
        for row, condition in _deciding(law, families, names)
    ]
    layers.add({"certain": f"GREATEST({', '.join(['0', *used])})"})


def _deciding(law: Stretches, families: Iterable[Family], names: RuleColumns) -> Iterable[tuple[Row, str]]:
    """The rules on which an outcome may rest, with the SQL that tells whether it does; lifted ones do not count."""
    lifts: dict[str, Row] = {}
    for family in families:
        for row in family.requirements:
            yield row, f"(stands_{names[row.id]} OR open_{names[row.id]})"
        lifts |= {lift.id: lift for lift in family.lifts}
    for lift in lifts.values():
        yield lift, f"(lifts_{names[lift.id]} OR may_{names[lift.id]})"
    for row in law.by_effect.get("no-licence", ()):
        yield row, f"basis_{names[row.id]}"


def _rule(law: Stretches, row: Row, names: RuleColumns) -> str:
    """The rank of a rule's weakest tag: its version, its sets, the surest row of each term that holds."""
    terms: dict[str, list[str]] = {}
    for variant in row.variants:
        for number in variant.tests:
            test = law.tests[number]
            if test.is_term and law.terms[test.condition.fact]:
                terms.setdefault(names.terms[test.condition.fact], []).append(variant.gate)
    parts = [row.certain]
    for term, gates in terms.items():
        always = "" in gates or len(gates) == len(row.variants)
        parts.append(f"c_{term}" if always else f"CASE WHEN {either(gates)} THEN c_{term} ELSE 0 END")
    return f"GREATEST({', '.join(parts)})" if len(parts) > 1 else row.certain


def _term(law: Stretches, term: str, names: RuleColumns) -> str:
    parts = [f"CASE WHEN {names[row.id]} THEN {_rule(law, row, names)} ELSE {NO_TAG} END" for row in law.terms[term]]
    return f"CASE WHEN {names.terms[term]} THEN LEAST({', '.join([str(NO_TAG), *parts])}) ELSE 0 END"


def flags_sql(law: Stretches, families: Iterable[Family], names: RuleColumns) -> str:
    """The codes of flags that hold, and of those raised because an open lift rests on an unknown fact."""
    raised: dict[str, list[str]] = {}
    for row in law.by_effect.get("flag", ()):
        raised.setdefault(str(row.rule.details.get("code", row.id)), []).append(names[row.id])
    for lift_id, places in opened(families, names).items():
        for variant in law.rows[lift_id].variants:
            for number in variant.tests:
                fact = law.pack.facts.get(law.tests[number].condition.fact)
                if fact is not None and fact.unknown_flag:
                    raised.setdefault(fact.unknown_flag, []).extend(
                        variant.gated(f"(live_{family.number} AND a{number} IS NULL AND {still})")
                        for family, still in places
                    )
    return when({code: either(ways) for code, ways in raised.items()})


def licences_sql(law: Stretches, names: RuleColumns) -> str:
    """The codes of licence types that could cover a requirement that is not ruled out."""
    codes: dict[str, list[str]] = {}
    for row in law.by_effect.get("licence", ()):
        met = either(f"g_{names[one.id]}" for one in law.requirements if one.rule.about == row.rule.about)
        codes.setdefault(str(row.rule.details.get("code", row.id)), []).append(
            f"({names[row.id]} IS NOT FALSE AND {met})"
        )
    return when({code: either(ways) for code, ways in codes.items()})


def conflict_sql(law: Stretches, names: RuleColumns) -> str:
    """Whether a row says that nothing is needed beside a requirement of the same kind that stands."""
    pairs = []
    for row in law.by_effect.get("no-licence", ()):
        same = [names[one.id] for one in law.requirements if one.rule.about == row.rule.about]
        if same:
            pairs.append(f"({names[row.id]} IS TRUE AND {either(f'stands_{name}' for name in same)})")
    return either(pairs)
