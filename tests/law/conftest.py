"""The pack of Japan and its golden cases, read once a session."""

import pytest

from sekisho.app.law_test import Variant
from sekisho.feeds.cases import case_files, read_cases
from sekisho.feeds.packs import load_pack
from sekisho.law.pack import Pack


@pytest.fixture(scope="session")
def japan() -> Pack:
    return load_pack("jp")


@pytest.fixture(scope="session")
def variants() -> tuple[Variant, ...]:
    return read_cases(case_files("jp"), "jp")
