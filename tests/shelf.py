"""The shipped classification packs, and short ways to classify with them."""

from __future__ import annotations

from functools import cache
from typing import Any

from sekisho.app.classify import prepared
from sekisho.classify.answer import Answer, ListAnswer, Reading, classify
from sekisho.classify.library import Library
from sekisho.classify.retrieve import Retriever
from sekisho.classify.tree import ControlList
from sekisho.feeds.classification import library
from sekisho.feeds.packs import packs_root
from sekisho.feeds.texts.reading import read_text
from shared_data import shared_data

LISTS = ("us-ccl", "jp-goods", "eu-annex-1")
TEXTS = {
    "us-ccl": ("law", "us-ccl", "ccl_supp1.xml"),
    "jp-goods": ("law", "jp-egov", "403M50000400049.md"),
    "eu-annex-1": ("law", "eu-annex1-2021", "annex-1-2021.txt"),
}


def shelf() -> Library:
    return library(packs_root())


@cache
def search() -> Retriever:
    return Retriever(shelf())


def answer(table: dict[str, Any], lists: tuple[str, ...] = LISTS, reading: Reading | None = None) -> Answer:
    """Classify an item table as the command does."""
    return classify(shelf(), prepared(shelf(), {"name": "item", **table}, "test"), lists, reading, search())


def one(table: dict[str, Any], list_id: str = "us-ccl", reading: Reading | None = None) -> ListAnswer:
    return answer(table, (list_id,), reading).lists[0]


def paths(found: ListAnswer) -> list[str]:
    return [listing.path for listing in found.entries]


@cache
def text_of(list_id: str) -> ControlList:
    """The list text in the shared data, read once a run."""
    file = shared_data(*TEXTS[list_id])
    return read_text(file.read_bytes(), file.name)
