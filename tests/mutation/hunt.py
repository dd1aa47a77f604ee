"""Run the golden cases against mutants of a pack: which are told from the real one, and which survive."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sekisho.app.law_test import Variant, try_variant
from sekisho.law.book import book_on
from sekisho.law.evaluate import Evaluation
from sekisho.law.pack import Pack
from sekisho.law.view import view_of

from mutation.pack_mutants import Mutant

WINDOW = timedelta(days=2)


@dataclass(frozen=True)
class Suite:
    """The variants of a pack with the rules that each asks, so that a mutant meets only those that can tell it."""

    variants: tuple[Variant, ...]
    asked: tuple[frozenset[str], ...]

    @staticmethod
    def of(variants: Sequence[Variant]) -> Suite:
        """Run every variant once and keep which rules it asked; every one must pass on the real pack."""
        kept = tuple(one for one in variants if one.transfer is not None)
        asked: list[frozenset[str]] = []
        for variant in kept:
            tried = try_variant(variant)
            assert tried.passed, (variant.id, tried.mismatches)
            decisions = tried.answer.decisions if tried.answer is not None else ()
            rules = {step[0] for decision in decisions for step in decision.trace}
            asked.append(frozenset(rules | _contradictions(variant)))
        return Suite(kept, tuple(asked))

    def told(self, mutant: Mutant) -> Variant | None:
        """The first variant that comes out otherwise with the mutant; None when it survives."""
        places = mutant.rule not in mutant.pack.rules and mutant.kind == "date"
        for variant, asked in zip(self.variants, self.asked, strict=True):
            assert variant.transfer is not None
            near = mutant.day is not None and abs(variant.transfer.day - mutant.day) <= WINDOW
            if (
                (mutant.rule in asked and mutant.day is None)
                or near
                or (mutant.kind == "rule" and mutant.rule in asked)
            ):
                if not try_variant(variant, _with_tables(mutant.pack, variant.pack)).passed:
                    return variant
            elif places and mutant.day is None:
                continue
        return None

    def survivors(self, hunted: Iterable[Mutant]) -> list[Mutant]:
        """The mutants that no variant tells from the real pack."""
        return [mutant for mutant in hunted if self.told(mutant) is None]


_TABLES: dict[tuple[int, int], Pack] = {}


def _with_tables(mutant: Pack, own: Pack) -> Pack:
    """The mutant with the table rows that the case brings."""
    from dataclasses import replace

    return mutant if mutant.tables == own.tables else replace(mutant, tables=own.tables)


def _contradictions(variant: Variant) -> set[str]:
    assert variant.transfer is not None
    book = book_on(variant.pack, variant.transfer.day)
    found: set[str] = set()
    for item in variant.transfer.items:
        evaluation = Evaluation(book, view_of(variant.pack, variant.transfer, item))
        for row in book.by_effect.get("contradiction", ()):
            evaluation.rule(row)
        found |= {step[0] for step in evaluation.trace()}
    return found
