"""What hangs together by name: circles of terms and lifts, lifts that lift nothing, what nobody asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sekisho.law.bindings import bindings_of
from sekisho.law.entry_flags import stated_by
from sekisho.law.pack import Pack
from sekisho.law.requirements import rows_by_entry
from sekisho.law.rule import REQUIREMENTS, Rule
from sekisho.law.view import DERIVED
from sekisho.model.problem import Problem


def term_circles(pack: Pack) -> Iterator[Problem]:
    """Terms that rest on themselves; no answer can be found for them."""
    asks = {
        term: {c.fact for rule in rules for version in rule.versions for c in version.when if c.fact in pack.terms}
        for term, rules in pack.terms.items()
    }
    for circle in _circles(asks):
        where = pack.terms[circle[0]][0].where
        says = f"the term rests on itself: {' → '.join((*circle, circle[0]))}"
        yield Problem("term-cycle", where, says, "say one of them without the other")


def lift_problems(pack: Pack) -> Iterator[Problem]:
    """Lifts in a circle, of rules that impose nothing, or of rules that are in force on other days only."""
    lifts = {rule.id: set(rule.lifts) for rule in pack.rules.values() if rule.lifts}
    for circle in _circles(lifts):
        says = f"the lifts run in a circle: {' → '.join((*circle, circle[0]))}"
        yield Problem("lift-cycle", pack.rules[circle[0]].where, says, "lift requirements only")
    for rule in pack.rules.values():
        if rule.lifts and rule.effect != "lift":
            says = f"a rule of effect '{rule.effect}' has 'lifts'"
            yield Problem("lift-effect", rule.where, says, 'write effect = "lift", or take the key out')
            continue
        targets = [pack.rules[name] for name in rule.lifts]
        for target in targets:
            if target.effect not in REQUIREMENTS:
                says = f"it lifts {target.id}, a rule of effect '{target.effect}' that requires nothing"
                hint = "only requirements are lifted; to limit another rule, give that rule a condition"
                yield Problem("lift-target", rule.where, says, hint)
        required = [target for target in targets if target.effect in REQUIREMENTS]
        if rule.effect == "lift" and required and not any(_share_a_day(pack, rule, target) for target in required):
            says = "no rule that it lifts is in force on a day on which it is itself"
            yield Problem("lift-nothing", rule.where, says, "correct the dates or what it lifts")


def _share_a_day(pack: Pack, one: Rule, other: Rule) -> bool:
    return any(
        a.period.overlaps(b.period)
        for a in one.versions
        for b in other.versions
        if all(period.end is None or period.end > pack.start for period in (a.period, b.period))
    )


def _circles(arrows: Mapping[str, Iterable[str]]) -> list[tuple[str, ...]]:
    """Every circle once, found by walking each arrow once."""
    done: set[str] = set()
    found: list[tuple[str, ...]] = []

    def walk(name: str, path: list[str]) -> None:
        if name in path:
            found.append(tuple(path[path.index(name) :]))
            return
        if name in done:
            return
        for following in sorted(arrows.get(name, ())):
            walk(following, [*path, name])
        done.add(name)

    for name in arrows:
        walk(name, [])
    return found


def unused_problems(pack: Pack) -> Iterator[Problem]:
    """Terms, facts, sets and sources that no rule speaks of; facts that nothing can make known."""
    conditions = [c for rule in pack.rules.values() for version in rule.versions for c in version.when]
    asked = {condition.fact for condition in conditions} | {rule.invoked_by for rule in pack.rules.values()}
    asked |= facts_worked_with(pack)
    for term, rules in pack.terms.items():
        if term not in asked:
            yield Problem(
                "term-unused", rules[0].where, f"no rule asks for the term '{term}'", "ask it, or take it out"
            )
    yield from _fact_problems(pack, asked)
    named = {condition.arg for condition in conditions if isinstance(condition.arg, str)}
    named |= {part for places in pack.places.values() for part in places.made_of}
    named |= sets_worked_with(pack)
    sets = [(one.id, one.where) for one in pack.places.values()]
    sets += [(one.id, one.where) for one in pack.entry_sets.values()]
    sets += [(one.id, one.where) for one in pack.scopes.values()]
    for set_id, where in sets:
        if set_id not in named:
            yield Problem("set-unused", where, f"no rule names the set '{set_id}'", "name it, or take it out")
    cited = {version.cite.source for rule in pack.rules.values() for version in rule.versions}
    cited |= {span.cite.source for places in pack.places.values() for span in places.spans}
    cited |= {str(entry.details.get("source", "")) for rows in pack.lists.values() for entry in rows.values()}
    cited |= {binding.source for binding in bindings_of(pack)}
    for source in pack.sources.values():
        if source.id not in cited:
            says = f"nothing cites the source '{source.id}'"
            yield Problem("source-unused", source.where, says, "take it out")


def facts_worked_with(pack: Pack) -> set[str]:
    """The facts that answer for rows of a table or for derived facts, beside those that rules ask for."""
    found = {condition.fact for conditions in pack.row_questions.values() for condition in conditions}
    found |= {stated_by(fact_id) for fact_id in pack.facts if fact_id.startswith("flag.")}
    return found | {"items.order_value", "items.year_value", pack.deemed_destination}


def sets_worked_with(pack: Pack) -> set[str]:
    """The sets that the tables of a pack and its counting of content name."""
    found = {pack.destinations}
    if pack.requirements is not None:
        rows = (row for rows in rows_by_entry(pack, pack.requirements.table).values() for row in rows)
        found |= {row.target for row in rows if row.kind == "set"}
    return found | ({pack.content.every_part, pack.content.listed_parts} if pack.content else set())


def _fact_problems(pack: Pack, asked: set[str]) -> Iterator[Problem]:
    claims = {rule.claim for rule in pack.rules.values() if rule.claim}
    for fact_id in sorted(pack.own_facts):
        fact = pack.facts[fact_id]
        where = fact.where
        claim = fact_id.split(".")[1] if fact_id.startswith("claim.") else ""
        if claim and claim not in claims:
            says = f"no rule has the claim '{claim}'"
            yield Problem("fact-claim", where, says, "write it as the 'claim' of a lift")
        elif fact.derived and not fact_id.startswith(DERIVED):
            says = "the fact is derived, and nothing derives it: it would stay unknown for ever"
            yield Problem("fact-derived", where, says, f"only {', '.join(DERIVED)} are worked out; let it be stated")
        elif fact_id not in asked:
            yield Problem("fact-unused", where, f"no rule asks for '{fact_id}'", "ask it, or take it out")
