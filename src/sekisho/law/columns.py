"""Compile books to SQL: the second evaluator, which decides a whole column of transfers at once.

SQL's AND, OR and NOT on nullable booleans are Kleene's connectives, so a rule is written as it is read: a conjunction
of its tests, a term as a disjunction of its rows. Every test, rule and term is one column of a layer of nested
queries and is computed once. ``sekisho.law.decide`` says what the answers mean; a differential test holds both equal.

The query takes a relation with a key and one nullable boolean for each probe (``sekisho.law.probes``) and gives one
row for each key with the columns of ``OUTPUT``. Lists are texts joined by ``;``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sekisho.law.book import Book
from sekisho.law.column_layers import Layers, either, joined, nested, text, when, words
from sekisho.law.column_lifts import NOTHING_HIGH, NOTHING_LOW, Family, families_of, lifts_sql
from sekisho.law.column_notes import certainty_sql, conflict_sql, flags_sql, licences_sql
from sekisho.law.column_questions import questions_sql, stated_behind
from sekisho.law.column_rules import RuleColumns, rules_sql
from sekisho.law.probes import Opening, Probe
from sekisho.law.rule import Effect
from sekisho.law.stretches import Stretches, lay_over
from sekisho.model.certainty import CERTAINTIES
from sekisho.model.outcome import OUTCOMES, RANK

OUTPUT = (
    "at_least",
    "at_most",
    "outcome",
    "rules",
    "certainty",
    "flags",
    "questions",
    "licences",
    "conflict",
    "contradiction",
)
"""Columns of the answer. ``rules`` holds ``id:state``; ``contradiction`` the rules by which a row is refused."""

ASKED: tuple[Effect, ...] = (
    "subject",
    "prohibited",
    "licence-required",
    "lift",
    "no-licence",
    "licence",
    "flag",
    "contradiction",
)
"""Effects whose rules are answered; terms only as far as these ask for them."""


@dataclass(frozen=True)
class Columns:
    """The law of some stretches as SQL: the probes it needs answered and the layers that follow from them."""

    law: Stretches
    probes: tuple[Probe, ...]
    layers: tuple[Mapping[str, str], ...]
    test_probes: Mapping[int, frozenset[str]]
    term_levels: tuple[tuple[str, ...], ...]

    @cached_property
    def always(self) -> set[str]:
        """Probes that every answer rests on, whatever the rules."""
        return set(words(self.layers_of("most"), {probe.column for probe in self.probes}))

    @cached_property
    def plain_tests(self) -> dict[int, str]:
        """Tests that are one probe and nothing else, with its column."""
        names = {probe.column for probe in self.probes}
        return {number: sql for number in range(len(self.law.tests)) if (sql := self.layers_of(f"a{number}")) in names}

    @cached_property
    def term_tests(self) -> dict[str, tuple[int, ...]]:
        """The tests that ask for each term."""
        found: dict[str, list[int]] = {}
        for number, test in enumerate(self.law.tests):
            if test.is_term:
                found.setdefault(test.condition.fact, []).append(number)
        return {term: tuple(numbers) for term, numbers in found.items()}

    def layers_of(self, column: str) -> str:
        """The SQL of one column, empty when there is none."""
        return next((layer[column] for layer in self.layers if column in layer), "")

    def query(self, relation: str, key: str) -> str:
        """SQL that decides every row of ``relation``.

        It has the column ``key``, ``stretch`` (the number of the book, from 0) and one for each probe.
        """
        given = [key, "stretch", *(probe.column for probe in self.probes)]
        joined_up = f"(SELECT * FROM {relation} JOIN {self.law.values()} USING (stretch))"
        return nested(self.layers, joined_up, [*given, *self.law.columns], [key])


def compile_books(books: Sequence[Book]) -> Columns:
    """Compile the books of one pack; raises NotInColumns for a test that has no columnar form."""
    law = lay_over(books)
    opening = Opening(law)
    layers = Layers()
    names = rules_sql(law, opening, [row for effect in ASKED for row in law.by_effect.get(effect, ())], layers)
    families = families_of(law)
    layers.add({"subject": either(names[row.id] for row in law.by_effect.get("subject", ()))})
    layers.add(
        {f"g_{names[row.id]}": f"subject IS NOT FALSE AND {names[row.id]} IS NOT FALSE" for row in law.requirements}
    )
    lifts_sql(law, families, names, layers)
    _bounds(law, opening, families, names, layers)
    _states(law, families, names, layers)
    certainty_sql(law, families, names, layers)
    questions = questions_sql(law, opening, families, names, layers)
    refused = {row.id: names[row.id] for row in law.by_effect.get("contradiction", ())}
    answer = {
        "at_least": _outcome("least"),
        "at_most": _outcome("most"),
        "outcome": _outcome("settled"),
        "rules": _rules_text(law, families, names),
        "certainty": f"[{', '.join(map(text, CERTAINTIES))}][certain + 1]",
        "flags": flags_sql(law, families, names),
        "questions": questions,
        "licences": licences_sql(law, names),
        "conflict": conflict_sql(law, names),
        "contradiction": when(refused),
    }
    layers.add({column: answer[column] for column in OUTPUT})
    probes = opening.probes
    names_of_probes = {probe.column for probe in probes}
    columns = {name: sql for layer in layers.layers for name, sql in layer.items()}
    rests = {
        number: frozenset(
            word
            for sql in (columns.get(f"a{number}", ""), *(when for _, when in stated_behind(law, opening, number)))
            for word in words(sql, names_of_probes)
        )
        for number in range(len(law.tests))
    }
    return Columns(law, probes, tuple(layers.layers), rests, names.term_levels)


def _named(layer: Mapping[str, str]) -> str:
    return ", ".join(f"{sql} AS {name}" for name, sql in layer.items())


def _bounds(law: Stretches, opening: Opening, families: Iterable[Family], names: RuleColumns, layers: Layers) -> None:
    """Both ends of the interval (decide: ``_bounds``); ``lo_`` and ``hi_`` those of each requirement."""
    free = RANK["no-licence"]
    ends: dict[str, str] = {}
    for family in families:
        number = family.number
        for row in family.requirements:
            effect = RANK["prohibited" if row.rule.effect == "prohibited" else "licence-required"]
            name = names[row.id]
            for end, pick, lifts, nothing in (
                ("lo", "LEAST", "low", NOTHING_LOW),
                ("hi", "GREATEST", "high", NOTHING_HIGH),
            ):
                unlifted = f"CASE WHEN lifted_{number} THEN {nothing} ELSE {effect} END"
                unsure = f"CASE WHEN {name} IS NULL THEN {free} ELSE {nothing} END"
                ends[f"{end}_{name}"] = f"CASE WHEN g_{name} THEN {pick}({lifts}_{number}, {unlifted}, {unsure}) END"
    layers.add(ends)
    least = ", ".join([str(free), *(f"lo_{names[row.id]}" for row in law.requirements)])
    most = ", ".join([str(free), *(f"hi_{names[row.id]}" for row in law.requirements)])
    known_act = opening.act_in(law.pack.acts)
    outside = RANK["prohibited"]  # an act that the pack does not cover is never free
    layers.add(
        {
            "least": f"CASE WHEN subject THEN GREATEST({least}) ELSE 0 END",
            "most": f"CASE WHEN subject IS FALSE THEN 0 WHEN {known_act} THEN GREATEST({most}) ELSE {outside} END",
        }
    )
    required, incomplete = RANK["licence-required"], RANK["incomplete"]
    layers.add({"settled": f"CASE WHEN least >= {required} OR least = most THEN least ELSE {incomplete} END"})


def _states(law: Stretches, families: Iterable[Family], names: RuleColumns, layers: Layers) -> None:
    """How each rule takes part in the answer (decide: ``_rules_used``)."""
    states: dict[str, str] = {}
    lifting: dict[str, list[str]] = {}
    helping: dict[str, list[str]] = {}
    for family in families:
        number = family.number
        for row in family.requirements:
            name = names[row.id]
            states[f"stands_{name}"] = f"g_{name} AND {name} IS TRUE AND NOT lifted_{number} AND NOT open_{number}"
            states[f"open_{name}"] = f"g_{name} AND NOT lifted_{number} AND ({name} IS NULL OR open_{number})"
        earlier: list[str] = []
        for lift in family.lifts:
            first = [f"{name} IS NOT TRUE" for name in earlier]
            lifting.setdefault(lift.id, []).append("(" + " AND ".join([*first, f"sure_{number}"]) + ")")
            helping.setdefault(lift.id, []).append(f"(live_{number} AND NOT lifted_{number})")
            earlier.append(names[lift.id])
    for lift_id, ways in lifting.items():
        states[f"lifts_{names[lift_id]}"] = f"{names[lift_id]} IS TRUE AND {either(ways)}"
        states[f"may_{names[lift_id]}"] = f"{names[lift_id]} IS NULL AND {either(helping[lift_id])}"
    for row in law.by_effect.get("no-licence", ()):
        wanted = row.rule.outcome or "no-licence"
        reached = "subject IS FALSE" if wanted == "not-subject" else "subject IS NOT FALSE"
        free = wanted in ("no-licence", "not-subject")
        states[f"basis_{names[row.id]}"] = (
            f"settled = {RANK[wanted]} AND {reached} AND {names[row.id]} IS TRUE" if free else "FALSE"
        )
    layers.add(states)


def _rules_text(law: Stretches, families: Iterable[Family], names: RuleColumns) -> str:
    parts = []
    for family in families:
        for row in family.requirements:
            name = names[row.id]
            lifted = f"g_{name} AND {name} IS TRUE AND lifted_{family.number}"
            parts.append(
                f"CASE WHEN stands_{name} THEN {text(row.id + ':stands')} WHEN open_{name} THEN "
                f"{text(row.id + ':open')} WHEN {lifted} THEN {text(row.id + ':lifted')} END"
            )
    for lift_id in dict.fromkeys(lift.id for family in families for lift in family.lifts):
        name = names[lift_id]
        parts.append(
            f"CASE WHEN lifts_{name} THEN {text(lift_id + ':lifts')} WHEN may_{name} THEN "
            f"{text(lift_id + ':may-lift')} END"
        )
    for row in law.by_effect.get("no-licence", ()):
        parts.append(f"CASE WHEN basis_{names[row.id]} THEN {text(row.id + ':basis')} END")
    return joined(parts)


def _outcome(column: str) -> str:
    mildest_first = ", ".join(text(outcome) for outcome in reversed(OUTCOMES))
    return f"[{mildest_first}][{column} + 1]"
