"""Read item files (TOML) and datasheets (PDF, text) from disk, bounded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import tomli

from sekisho.classify.reads import Line, lines_of
from sekisho.model.problem import BadInput, Problem

LARGEST_ITEM = 8 << 20
LARGEST_SHEET = 64 << 20
MOST_PAGES = 400


def read_item_file(path: Path) -> dict[str, Any]:
    """Read an item's TOML table; raises ``BadInput`` when the file is missing, too large or no TOML."""
    data = _bytes(path, LARGEST_ITEM)
    try:
        return tomli.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as bad:
        raise BadInput([Problem("item.encoding", path.name, f"not UTF-8: {bad}", "Save the file as UTF-8.")]) from bad
    except tomli.TOMLDecodeError as bad:
        raise BadInput([Problem("item.toml", path.name, str(bad), "See docs/classification.md for the form.")]) from bad


def _bytes(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(most + 1)
    except OSError as bad:
        raise BadInput([Problem("file.unreadable", str(path), bad.strerror or str(bad), "Check the path.")]) from bad
    if len(data) > most:
        raise BadInput([Problem("file.large", path.name, f"larger than {most >> 20} MiB", "Give a smaller file.")])
    return data


def read_datasheet(path: Path) -> tuple[Line, ...]:
    """The lines of a datasheet with their places; raises ``BadInput`` for a scan without text."""
    data = _bytes(path, LARGEST_SHEET)
    if path.suffix.lower() == ".pdf" or data.startswith(b"%PDF"):
        return _pdf(path, data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp932", errors="replace")
    return tuple(lines_of(text, path.name))


def _pdf(path: Path, data: bytes) -> tuple[Line, ...]:
    from io import BytesIO

    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise BadInput([Problem("pdf.locked", path.name, "the PDF is encrypted", "Give an unlocked copy.")])
        lines: list[Line] = []
        for number, page in enumerate(reader.pages[:MOST_PAGES], start=1):
            lines.extend(lines_of(page.extract_text() or "", f"{path.name} p. {number}"))
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError) as bad:
        raise BadInput([Problem("pdf.damaged", path.name, f"not a readable PDF: {bad}", "Give a sound copy.")]) from bad
    if not any(line.text.strip() for line in lines):
        raise BadInput(
            [
                Problem(
                    "pdf.scan",
                    path.name,
                    "the PDF holds pictures of pages and no text",
                    "Run text recognition first, or write the facts yourself.",
                )
            ]
        )
    return tuple(lines)
