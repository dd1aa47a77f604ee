"""Functions compiled on first use and kept on disk, so that only the very first screening of an installation waits.

The store is named by a digest of every source in this room: a changed helper can never leave a stale caller behind
(numba itself looks only at the file of the outermost function).
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numba
import platformdirs

F = TypeVar("F", bound=Callable[..., Any])


def _digest() -> str:
    here = Path(__file__).parent
    seal = hashlib.sha256(f"{numba.__version__} {sys.version_info[:2]}".encode())
    for source in sorted(here.glob("*.py")):
        if b"@compiled" in (body := source.read_bytes()):
            seal.update(source.name.encode() + b"\0" + body)
    return seal.hexdigest()[:16]


CACHE = Path(platformdirs.user_cache_dir("sekisho", appauthor=False)) / "kernels" / _digest()


def is_ready() -> bool:
    """Tell whether the machine code of this version is already on disk (else the first call compiles, ~20 s)."""
    return (CACHE / "ready").exists()


def mark_ready() -> None:
    """Remember that compilation has been completed once."""
    if CACHE.is_dir():
        (CACHE / "ready").touch()


def compiled(function: F) -> F:
    """Compile ``function`` to machine code that runs without the interpreter lock."""
    before = numba.config.CACHE_DIR
    if not before:
        numba.config.CACHE_DIR = str(CACHE)
    try:
        made: F = numba.njit(cache=True, nogil=True, error_model="numpy")(function)
    finally:
        numba.config.CACHE_DIR = before
    return made
