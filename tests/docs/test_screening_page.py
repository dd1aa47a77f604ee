"""The page on screening says the weights that count."""

from __future__ import annotations

from pathlib import Path

from sekisho.screen.facts import FACTS
from sekisho.screen.features import FEATURES

PAGE = (Path(__file__).parents[2] / "docs" / "screening.md").read_text(encoding="utf-8")


def test_every_feature_stands_there_with_its_weight():
    for feature in FEATURES:
        assert f"| `{feature.name}` | {feature.weight:+.2f} |" in PAGE
    for fact in FACTS:
        assert f"| `{fact.name}` |" in PAGE
