"""The index: saved and mapped, shared by threads, exact, and answers that never depend on the batch."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lists import index_of, listed

from sekisho.model.listed import Identifier
from sekisho.screen.features import weights
from sekisho.screen.index import IndexFileError, build, load
from sekisho.screen.query import Asked
from sekisho.screen.search import screen, screen_all

NAMES = [
    "PUTIN, Vladimir", "BIN LADIN, Osama", "HUAWEI TECHNOLOGIES CO., LTD.", "AL QA'IDA", "KIM, Jong Un", "SEA STAR 5",
    "LUKASHENKO, Aliaksandr", "習近平", "محمد علي", "ROSNEFT OIL COMPANY", "MOHAMMED, Ali", "GARCIA LOPEZ, Maria",
]  # fmt: skip
QUERIES = [
    "Vladimir Putin", "Osama bin Laden", "huawei tech", "alqaeda", "Kim Jong-un", "sea star 5", "Lukashenka", "习近平",
    "Mohamed Ali", "rosneft", "Maria Garcia", "", "!!!", "John Smith", "a" * 500, "x\ny", "Иван\u0000", " ".join(["ab"] * 80),
]  # fmt: skip


def rows(found):
    return list(zip(found.asked.tolist(), found.name.tolist(), found.score.tolist(), strict=True))


@pytest.fixture(scope="module")
def index():
    return index_of(*NAMES)


def test_results_never_depend_on_the_batch(index):
    together = rows(index.find(QUERIES, threshold=0.1))
    alone = [
        (n, name, score)
        for n, query in enumerate(QUERIES)
        for _, name, score in rows(index.find([query], threshold=0.1))
    ]
    turned = rows(index.find(QUERIES[::-1], threshold=0.1))
    assert together == alone
    assert sorted(together) == sorted((len(QUERIES) - 1 - n, name, score) for n, name, score in turned)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(QUERIES) | st.text(max_size=30), max_size=8))
def test_any_text_in_any_company_gives_the_same(names):
    index = _shared()
    together = rows(index.find(names, threshold=0.1))
    assert together == [
        (n, at, s) for n, name in enumerate(names) for _, at, s in rows(index.find([name], threshold=0.1))
    ]


_INDEX = []


def _shared():
    if not _INDEX:
        _INDEX.append(index_of(*NAMES))
    return _INDEX[0]


def test_threads_share_one_index(index):
    want = rows(index.find(QUERIES, threshold=0.1))
    with ThreadPoolExecutor(8) as pool:
        for got in pool.map(lambda _: rows(index.find(QUERIES, threshold=0.1)), range(40)):
            assert got == want


def test_saved_and_mapped_is_the_same(index, tmp_path):
    path = tmp_path / "names.idx"
    index.save(path)
    again = load(path)
    assert rows(again.find(QUERIES, threshold=0.1)) == rows(index.find(QUERIES, threshold=0.1))
    assert again.party(3) == index.party(3)
    assert again.about == index.about
    with pytest.raises(ValueError, match="read-only"):
        again.tables.name_party[0] = 7


def test_a_damaged_or_foreign_file_is_refused(index, tmp_path):
    path = tmp_path / "names.idx"
    index.save(path)
    whole = path.read_bytes()
    for bad in (b"", b"PK\x03\x04 something else", whole[:40], whole[: len(whole) // 2], whole[:16] + b"\xff" * 200):
        path.write_bytes(bad)
        with pytest.raises(IndexFileError):
            load(path)


def test_the_score_of_a_pair_never_depends_on_what_else_is_listed(index):
    for name in NAMES:
        alone = index_of(name)
        for query in QUERIES:
            here = {index.name(n): s for _, n, s in rows(index.find([query], threshold=0.1, most=300))}
            there = {alone.name(n): s for _, n, s in rows(alone.find([query], threshold=0.1, most=300))}
            assert there.get(name) == here.get(name)


def test_every_candidate_that_scores_is_found(index):
    """The search skips postings and prunes by bounds; alignment of every single pair must give nothing more."""
    from sekisho.screen.search import explain

    for query in QUERIES:
        if not query.strip():
            continue
        found = {n for _, n, _ in rows(index.find([query], threshold=0.3, most=300))}
        for number in range(index.names):
            hit = explain(index, Asked((query,)), 0, number, index.party(index.party_of(number)))
            if hit.score >= 0.301:
                assert number in found


def test_screening_many_is_screening_each(index):
    parties = [Asked((query,), key=str(n)) for n, query in enumerate(QUERIES)]
    assert screen_all(index, parties, 0.2) == [screen(index, party, 0.2) for party in parties]


def test_an_empty_list_and_an_empty_question():
    nothing = build([])
    assert screen(nothing, Asked(("anyone",))).hits == ()
    assert rows(index_of("one name").find([])) == []
    assert screen(index_of("one name"), Asked(())).hits == ()


def test_identifiers_are_found_whatever_the_spelling():
    index = build(
        [listed("SEA STAR", identifiers=(Identifier("imo", "IMO 9187629"), Identifier("passport", "A-0012 345")))]
    )
    assert index.with_identifier(Identifier("imo", "9187629")) == [0]
    assert index.with_identifier(Identifier("passport", "a0012345")) == [0]
    assert index.with_identifier(Identifier("passport", "9187629")) == []


def test_the_edition_pins_words_and_weights(index):
    assert index.about["edition"]
    assert np.array_equal(index.points, weights())
