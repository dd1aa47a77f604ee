"""Where reference texts lie outside the repository; a test that needs one skips when it is absent."""

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]


def shared_data(*parts: str) -> Path:
    """The path under SEKISHO_SHARED_DATA, else under ``../shared/data`` beside the repository."""
    named = os.environ.get("SEKISHO_SHARED_DATA")
    root = Path(named) if named else REPOSITORY.parent / "shared" / "data"
    found = root.joinpath(*parts)
    if not found.exists():
        pytest.skip(f"reference data not present: {'/'.join(parts)} (set SEKISHO_SHARED_DATA)")
    return found
