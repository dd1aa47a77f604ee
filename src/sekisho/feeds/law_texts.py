"""Official texts of laws that the reader keeps: ``<text_id>.md`` in a folder of his own. None is shipped."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from sekisho.law.pack import Pack
from sekisho.law.statute import Statute, read_statute
from sekisho.model.problem import BadInput, Problem

LARGEST = 20_000_000
"""Bytes of one text."""


def texts_folder(stated: Path | None = None) -> Path | None:
    """The folder of texts: the one stated, else ``SEKISHO_TEXTS``, else ``texts`` in the data folder if it is there.

    Raises BadInput when a folder was stated, on the command line or in the environment, and is not there.
    """
    chosen = stated or (Path(os.environ["SEKISHO_TEXTS"]) if os.environ.get("SEKISHO_TEXTS") else None)
    if chosen is not None:
        if not chosen.is_dir():
            raise BadInput([Problem("texts-missing", str(chosen), "there is no such folder", "name a folder of texts")])
        return chosen
    own = _data_home() / "texts"
    return own if own.is_dir() else None


def _data_home() -> Path:
    stated = os.environ.get("SEKISHO_HOME", "").strip()
    if stated:
        return Path(stated).expanduser()
    from platformdirs import user_data_path

    return user_data_path("sekisho", appauthor=False)


def load_texts(packs: Iterable[Pack], folder: Path | None) -> dict[str, Statute]:
    """Read the texts that the sources of ``packs`` name, as far as they are in ``folder``, by their id.

    A file is looked for in the folder and one level below. Raises BadInput with every file that cannot be read.
    """
    if folder is None:
        return {}
    wanted = {source.text_id for pack in packs for source in pack.sources.values() if source.text_id}
    found: dict[str, Statute] = {}
    problems: list[Problem] = []
    for text_id in sorted(wanted):
        path = next((one for one in (folder / f"{text_id}.md", *folder.glob(f"*/{text_id}.md")) if one.is_file()), None)
        if path is None:
            continue
        try:
            if path.stat().st_size > LARGEST:
                problems.append(
                    Problem("file-huge", path.name, f"larger than {LARGEST:,} bytes", "give one law a file")
                )
                continue
            found[text_id] = read_statute(text_id, path.read_text(encoding="utf-8-sig"))
        except OSError as error:
            problems.append(
                Problem("file-unreadable", path.name, f"cannot be read: {error.strerror}", "check the file")
            )
        except UnicodeDecodeError:
            problems.append(Problem("file-binary", path.name, "not UTF-8 text", "a law is a Markdown text in UTF-8"))
    if problems:
        raise BadInput(problems)
    return found
