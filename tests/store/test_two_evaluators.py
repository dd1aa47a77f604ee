"""One rule, two evaluators: the interpreter and the SQL agree on generated transfers, unknown facts included."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from two_evaluators import differences

from sekisho.feeds.flat_rows import read_laws
from strategies import flat_rows

READING = read_laws(["jp"])


@settings(max_examples=2, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(st.lists(flat_rows(READING.packs), min_size=8, max_size=12))
def test_interpreter_and_sql_agree(rows: list[Mapping[str, str]]) -> None:
    assert differences(READING, rows) == []
