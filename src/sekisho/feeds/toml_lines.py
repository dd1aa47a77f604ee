"""Where a key stands in a TOML text, so that a problem can name its line."""

from __future__ import annotations

import re

_HEADER = re.compile(r"^\s*(\[\[?)\s*([A-Za-z0-9_.\-\"' ]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_\-]+|\"[^\"]*\")\s*(?:=|\.)")


class Lines:
    """Line numbers of headers and keys by path (``items[0].hs``); a key in an inline table has its parent's."""

    def __init__(self, text: str) -> None:
        self._lines: dict[str, int] = {}
        counts: dict[str, int] = {}
        prefix = ""
        for number, line in enumerate(text.splitlines(), 1):
            header = _HEADER.match(line)
            if header:
                name = header[2].replace(" ", "")
                if header[1] == "[[":
                    counts[name] = counts.get(name, -1) + 1
                    name = f"{name}[{counts[name]}]"
                prefix = name
                self._lines.setdefault(name, number)
                continue
            key = _KEY.match(line)
            if key:
                name = key[1].strip('"')
                self._lines.setdefault(f"{prefix}.{name}" if prefix else name, number)

    def of(self, path: str) -> int | None:
        """The line of ``path`` or of the nearest thing above it."""
        while path:
            if path in self._lines:
                return self._lines[path]
            path = path.rpartition(".")[0]
        return None
