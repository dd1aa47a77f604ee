"""Where Sekisho keeps what it has fetched: ``SEKISHO_HOME``, or the platform's own data folder."""

from __future__ import annotations

import os
from pathlib import Path


def home() -> Path:
    """Give the data folder: the environment variable ``SEKISHO_HOME`` when set, else the platform's default.

    The folder is not made here; whoever writes first makes it.
    """
    chosen = os.environ.get("SEKISHO_HOME", "").strip()
    if chosen:
        return Path(chosen).expanduser()
    from platformdirs import user_data_path

    return user_data_path("sekisho", appauthor=False)
