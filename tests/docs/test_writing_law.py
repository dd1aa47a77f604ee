"""docs/writing-law.md documents every operator, effect, type, key and state that a pack may use."""

import re
from pathlib import Path

import pytest

from sekisho.law.facts import FACT_TYPES
from sekisho.law.operators import OPERATORS
from sekisho.law.rule import EFFECTS
from sekisho.law.schema import ARRAYS, HEAD_KEYS
from sekisho.law.schema_build import BIND_KEYS, READS
from sekisho.law.schema_rules import FACT_KEYS, RULE_KEYS, VERSION_KEYS
from sekisho.law.schema_sets import ENTRY_SET_KEYS, PLACE_SET_KEYS, SCOPE_KEYS, SOURCE_KEYS, SPAN_KEYS
from sekisho.law.schema_topics import STATES as TOPIC_STATES
from sekisho.model.certainty import CERTAINTIES

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "writing-law.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    """The text under a heading up to the next one of any level."""
    return re.split(r"^#{2,3} ", PAGE.split(f"# {title}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


def first_column(title: str) -> list[str]:
    return re.findall(r"^\| `([a-z_-]+)` \|", section(title), flags=re.MULTILINE)


def test_operators_are_those_of_the_engine() -> None:
    assert first_column("Operators") == list(OPERATORS)


def test_effects_are_those_of_the_engine() -> None:
    assert sorted(first_column("Effects")) == sorted(EFFECTS)


def test_fact_types_are_those_of_the_engine() -> None:
    assert sorted(first_column("Facts")) == sorted(FACT_TYPES)


def test_keys_of_a_rule_and_of_a_bind() -> None:
    assert set(first_column("Keys of a rule")) == RULE_KEYS
    assert set(first_column("Binding numbers to the text")) == BIND_KEYS


def test_certainty_tags() -> None:
    assert re.findall(r"^\| `([A-Z])` \|", section("Certainty"), flags=re.MULTILINE) == list(CERTAINTIES)


@pytest.mark.parametrize(
    "words",
    [
        *sorted(VERSION_KEYS - {"when"} | SPAN_KEYS | PLACE_SET_KEYS | ENTRY_SET_KEYS | SCOPE_KEYS | SOURCE_KEYS),
        *sorted(FACT_KEYS - {"required"} | HEAD_KEYS - {"entry_lists"}),
        *READS,
        *TOPIC_STATES,
    ],
)
def test_other_words_are_explained(words: str) -> None:
    assert re.search(rf"`\[*(?:place_set\.|entry_set\.|scope\.)?{words}(?:\]*`| = )", PAGE), words


@pytest.mark.parametrize("array", sorted(ARRAYS - {"source", "fact", "rule"}))
def test_arrays_are_explained(array: str) -> None:
    assert f"[[{array}]]" in PAGE


def test_the_rule_shown_is_the_one_of_the_template() -> None:
    shown = PAGE.split("```toml\n", 1)[1].split("```", 1)[0]
    template = Path(__file__).resolve().parents[2] / "packs" / "_template" / "rules" / "exemptions.toml"
    written = template.read_text(encoding="utf-8")
    for line in shown.splitlines():
        if line.startswith(("items.", "to.", "total_value", "cite", "from", "lifts")):
            assert re.sub(r"\s+", " ", line) in re.sub(r" +", " ", written), line
