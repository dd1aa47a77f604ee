"""Write a file so that it is there whole or not at all, even when the power fails."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO


@contextlib.contextmanager
def incoming(folder: Path) -> Iterator[tuple[IO[bytes], Path]]:
    """Open a temporary file in ``folder`` (made if need be); it is gone at the end unless it was put in place."""
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".incoming-", dir=folder)
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            path.chmod(0o644)
            yield stream, path
    finally:
        path.unlink(missing_ok=True)


def put_in_place(stream: IO[bytes], path: Path, target: Path) -> None:
    """Make a temporary file durable and give it its name in one step."""
    stream.flush()
    os.fsync(stream.fileno())
    stream.close()
    path.replace(target)
    _sync_folder(target.parent)


def write_whole(target: Path, content: bytes) -> None:
    """Write ``content`` to ``target``, whole or not at all."""
    with incoming(target.parent) as (stream, path):
        stream.write(content)
        put_in_place(stream, path, target)


def _sync_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):  # some systems cannot sync a folder
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
