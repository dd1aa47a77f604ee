"""Readers on mangled texts: a tree or every problem at once, never a traceback, and never half a tree silently."""

import pytest
from eu_sample import FORMEX, LAYOUT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jp_sample import GOODS, ORDER, egov_xml
from us_sample import HEAD, TAIL, sample

from sekisho.classify.references import references
from sekisho.classify.tree import ControlList
from sekisho.feeds.texts.jp_markdown import read_markdown
from sekisho.feeds.texts.reading import read_text
from sekisho.model.problem import BadInput

TEXTS = {
    "us": sample(),
    "jp-markdown": GOODS.encode(),
    "jp-order": ORDER.encode(),
    "jp-xml": egov_xml(read_markdown(GOODS, "x")),
    "eu-layout": LAYOUT.encode(),
    "eu-formex": FORMEX.encode(),
}
spans = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 60), st.sampled_from(["", "a. ", "（", "<P>", "\n", "- 一　", "9"])),
    max_size=4,
)


def outcome(data: bytes) -> ControlList | BadInput:
    try:
        return read_text(data, "x")
    except BadInput as error:
        assert error.problems
        assert all(one.code and one.where and one.says for one in error.problems)
        return error


def mangled(text: str, changes: list[tuple[float, int, str]]) -> str:
    for at, length, instead in changes:
        start = int(at * len(text))
        text = text[:start] + instead + text[start + length :]
    return text


@pytest.mark.parametrize("name", TEXTS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=spans)
def test_mangled_texts(name, changes):
    found = outcome(mangled(TEXTS[name].decode(), changes).encode())
    if isinstance(found, ControlList):
        paths = [node.path for entry in found.entries for node in entry.walk()]
        assert len(paths) == len(set(paths))
        assert all(child.path.startswith(node.path) for node in found.walk() for child in node.children)
        if not found.id.startswith("jp"):
            assert found.references == references(found.entries)


@pytest.mark.parametrize("name", TEXTS)
def test_every_cut_is_read_or_refused(name):
    data = TEXTS[name]
    for at in range(0, len(data), max(1, len(data) // 150)):
        outcome(data[:at])


@given(st.binary(max_size=300))
def test_any_bytes(data):
    assert isinstance(outcome(data), BadInput)


def test_the_supplement_inside_a_larger_part():
    whole = sample().decode()
    inner = whole[whole.index("<DIV9") :]
    wrapped = f'<?xml version="1.0"?>\n<ECFR><DIV5 N="774"><HEAD>Part 774</HEAD>{inner}<DIV9 N="Supplement No. 2 to Part 774"/></DIV5></ECFR>'
    found = read_text(wrapped.encode(), "x")
    assert [entry.id for entry in found.entries] == ["3A001", "3A002", "3A991"]
    assert HEAD.startswith("<?xml")
    assert TAIL in inner
