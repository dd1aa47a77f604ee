"""What a book asks of the stated facts, so that many transfers can be answered value by value.

A probe is one test of one fact as the table states it. Facts that the view works out (``sekisho.law.view``) are opened
here into probes of stated facts and the SQL that joins their answers: a party that is not named, the recipient who
stands in for an end user, all parties together, exemptions that are invoked. Sums of money, held licences and cells
of the bulk matrix stay facts of their own; whoever answers the probes works them out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from sekisho.law.column_layers import UNKNOWN, either
from sekisho.law.kleene import Truth
from sekisho.law.operators import OPERATORS, any_in, any_of, is_, none_in, none_of
from sekisho.law.pack import Pack
from sekisho.law.stretches import Stretches, Test
from sekisho.law.view import PARTIES
from sekisho.model.transfer import Value

TECHNOLOGY_ACTS = frozenset({"technology", "deemed-export"})
"""Acts in which a recipient who is not named is unknown; in all others there is none."""

STANDS_IN = ("country", "listed", "activities")
"""What the recipient of technology lends the end user when no other is named."""


Operation: TypeAlias = Callable[[Any, Any], Truth]


class NotInColumns(Exception):
    """A test that the columnar form cannot carry; the message names fact and operator."""


@dataclass(frozen=True, slots=True)
class Probe:
    """One test of one stated fact: ``column`` is its name in SQL, ``args`` its argument in each stretch.

    ``silence`` is the value that an absent key has. An argument of None is a set that is not known in that stretch.
    """

    column: str
    fact: str
    test: Operation
    args: tuple[Any, ...]
    silence: Value

    def answer(self, value: Value, stretch: int) -> Truth:
        """Answer the test for a stated value; None is unknown, unless silence means something."""
        seen, arg = self.silence if value is None else value, self.args[stretch]
        return None if seen is None or arg is None else self.test(seen, arg)


def known(_value: Any, _arg: Any) -> Truth:
    """Any value at all is known."""
    return True


def is_in(value: str, arg: frozenset[str]) -> Truth:
    """The value is one of the argument's."""
    return value in arg


def rate_missing(_value: Any, _arg: Any) -> Truth:
    """Whether an amount is stated in a currency whose rate is not; worked out where the amounts are."""
    return None


def claim_names(pack: Pack) -> Mapping[str, str]:
    """Every exemption that must be invoked, with the fact that invokes it too ("" where there is none)."""
    return {rule.claim: rule.invoked_by for rule in pack.rules.values() if rule.claim}


class Opening:
    """Turns the tests of the law into SQL over probe columns, noting each probe that is needed."""

    def __init__(self, law: Stretches) -> None:
        self.law = law
        self._claims = claim_names(law.pack)
        self._probes: dict[tuple[str, str, str], Probe] = {}

    @property
    def probes(self) -> tuple[Probe, ...]:
        """The probes asked for so far, in order."""
        return tuple(self._probes.values())

    def probe(self, fact: str, test: Operation, args: tuple[Any, ...], written: Any) -> str:
        """The column of one probe; the same question has one column."""
        key = (fact, test.__name__, repr(written))
        if key not in self._probes:
            described = self.law.pack.facts.get(fact)
            silence = described.missing if described is not None else None
            self._probes[key] = Probe(f"p{len(self._probes)}", fact, test, args, silence)
        return self._probes[key].column

    def always(self, fact: str, test: Operation, arg: Any) -> str:
        """The column of a probe whose argument is the same in every stretch."""
        return self.probe(fact, test, (arg,) * len(self.law.books), arg)

    def is_true(self, fact: str) -> str:
        """The column that tells whether a yes-or-no fact is so."""
        return self.always(fact, is_, True)

    def known(self, fact: str) -> str:
        """The column that is true when the fact is known, NULL when it is not."""
        return self.always(fact, known, True)

    def named(self, party: str) -> str:
        """Whether a party is named; never unknown."""
        return self.is_true(f"{party}.named")

    def act_in(self, acts: frozenset[str]) -> str:
        """Whether the act is one of these."""
        return self.probe("act", is_in, (acts,) * len(self.law.books), sorted(acts))

    def stands_in(self) -> str:
        """Whether the recipient counts as end user (view: ``_recipient_as_end_user``)."""
        return f"(NOT {self.named('end_user')} AND {self.named('recipient')})"

    def test(self, test: Test, term: str = "") -> str:
        """SQL of one test: a nullable boolean. ``term`` is the column of the term that it asks for."""
        fact = test.condition.fact
        if test.is_term:
            return _of_truth(test, term)
        if fact.startswith("claim.") and fact.removeprefix("claim.") in self._claims:
            return _of_truth(test, self._claimed(fact))
        party, _, key = fact.rpartition(".")
        if fact == "parties.listed":
            return self._any_party(test)
        if party in PARTIES and key == "named":
            return self._named(test, party)
        if party in PARTIES and key in STANDS_IN:
            return self._of_party(test, _operation(test), party, key)
        return self._plain(fact, test, _operation(test))

    def screened(self, party: str) -> str:
        """True when the lists on which a party stands are known, NULL when they are not."""
        own = self.known(f"{party}.listed")
        if party == "end_user":
            return f"CASE WHEN {self.stands_in()} THEN {self.known('recipient.listed')} ELSE {own} END"
        absent = f"NULLIF(TRUE, {self.act_in(TECHNOLOGY_ACTS)})" if party == "recipient" else "TRUE"
        return f"CASE WHEN {self.named(party)} THEN {own} ELSE {absent} END"

    def _plain(self, fact: str, test: Test, operation: Operation) -> str:
        return self.probe(fact, operation, _args(test), test.condition.arg)

    def _of_party(self, test: Test, operation: Operation, party: str, key: str) -> str:
        """A test of what is known of one party, as the view sees that party."""
        own = self._plain(f"{party}.{key}", test, operation)
        if party == "end_user":
            lent = self._plain(f"recipient.{key}", test, operation)
            return f"CASE WHEN {self.stands_in()} THEN {lent} ELSE {own} END"
        if key == "country":
            return own
        answers = {operation(frozenset(), arg) for arg in _args(test) if arg is not None}
        if len(answers) != 1:
            raise NotInColumns(f"{test.condition.fact}.{test.condition.op}: a set that changes what no one means")
        absent = _truth(answers.pop())
        if party == "recipient":
            absent = f"CASE WHEN {self.act_in(TECHNOLOGY_ACTS)} THEN {UNKNOWN} ELSE {absent} END"
        return f"CASE WHEN {self.named(party)} THEN {own} ELSE {absent} END"

    def _named(self, test: Test, party: str) -> str:
        answer = _of_truth(test, self.named(party))
        if party != "recipient":
            return answer
        unknown = f"NOT {self.named(party)} AND {self.act_in(TECHNOLOGY_ACTS)}"
        return f"CASE WHEN {unknown} THEN {UNKNOWN} ELSE {answer} END"

    def _claimed(self, fact: str) -> str:
        ways = [self.is_true(fact)]
        invoked_by = self._claims[fact.removeprefix("claim.")]
        if invoked_by:
            ways.append(self.is_true(invoked_by))
        return either(f"coalesce({way}, FALSE)" for way in ways)

    def _any_party(self, test: Test) -> str:
        """All parties together: one found decides; a party not screened leaves it unknown."""
        operation = _operation(test)
        positive: dict[Operation, Operation] = {any_of: any_of, any_in: any_in, none_of: any_of, none_in: any_in}
        asked = positive.get(operation)
        if asked is None:
            raise NotInColumns(f"parties.listed.{test.condition.op}")
        found = either(self._of_party(test, asked, party, "listed") for party in PARTIES)
        return f"NOT {found}" if operation in (none_of, none_in) else found


def _operation(test: Test) -> Operation:
    return OPERATORS[test.condition.op].test


def _args(test: Test) -> tuple[Any, ...]:
    return tuple(None if atom is None else atom.arg for atom in test.atoms)


def _truth(truth: Truth) -> str:
    return {True: "TRUE", False: "FALSE", None: UNKNOWN}[truth]


def _of_truth(test: Test, column: str) -> str:
    """The answer of a test on a fact that is itself a truth."""
    arg = next(atom.arg for atom in test.atoms if atom is not None)
    if_true, if_false = _operation(test)(True, arg), _operation(test)(False, arg)
    if (if_true, if_false) == (True, False):
        return column
    if (if_true, if_false) == (False, True):
        return f"NOT {column}"
    return f"CASE WHEN {column} THEN {_truth(if_true)} WHEN NOT {column} THEN {_truth(if_false)} END"
