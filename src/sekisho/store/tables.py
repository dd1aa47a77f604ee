"""Tables of transfers in Parquet or CSV, opened in DuckDB so that nothing of their names or content is trusted."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from sekisho.app.flat import OWN, FlatColumn, column_problems
from sekisho.law.column_layers import text
from sekisho.model.problem import BadInput, Problem

PARQUET = (".parquet", ".pq")
CSV = {".csv": ",", ".tsv": "\t"}
SLOW_PLANNING = "join_order,filter_pullup,statistics_propagation,common_subexpressions"
"""Optimisers that cost more on a thousand columns than they save: every join here is to a small table."""
LONGEST_LINE = 1_000_000
MEMORY = "1GB"
"""What DuckDB may hold; beyond it spills to disk. The process stays below twice that."""


@dataclass(frozen=True, slots=True)
class Table:
    """An opened table: its name for people, the SQL that reads it with ``row`` (from 1), its columns and types."""

    name: str
    relation: str
    columns: Mapping[str, str]
    rows: int
    broken: tuple[tuple[int, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """The rows from ``first`` to ``last`` (both counted, from 1); a part of a table that one worker decides."""

    first: int
    last: int


@contextmanager
def workshop(threads: int | None = None) -> Iterator[tuple[duckdb.DuckDBPyConnection, Path]]:
    """A database in memory with bounded memory and a scratch folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="sekisho-") as folder:
        scratch = Path(folder)
        connection = duckdb.connect(":memory:", config={"autoinstall_known_extensions": "false"})
        try:
            connection.execute(f"SET memory_limit = {text(MEMORY)}")
            connection.execute(f"SET temp_directory = {text(str(scratch / 'spill'))}")
            connection.execute("SET TimeZone = 'UTC'")
            connection.execute(f"SET disabled_optimizers = {text(SLOW_PLANNING)}")
            if threads is not None:
                connection.execute(f"SET threads = {int(threads)}")
            yield connection, scratch
        finally:
            connection.close()


def open_table(connection: duckdb.DuckDBPyConnection, path: Path, scratch: Path, span: Span | None = None) -> Table:
    """Open a Parquet or CSV file; BadInput when it cannot be read or has no rows.

    Lines of a CSV that do not split into its columns are kept in ``broken`` (row, what is wrong, the line).
    """
    kind = "".join(path.suffixes[-2:]) if path.suffix == ".gz" else path.suffix
    problem = _unfit(path, kind)
    if problem:
        raise BadInput([problem])
    # The link's name holds no character that DuckDB would take for a pattern.
    link = scratch / f"source{kind.lower()}"
    if not link.exists():
        link.symlink_to(path.resolve())
    broken: tuple[tuple[int, str, str], ...] = ()
    source = link
    try:
        if kind.lower() not in PARQUET:
            source = scratch / "source.staged.parquet"
            broken = _staged(connection, link, source, CSV[kind.lower().removesuffix(".gz")], path.name)
        numbered = f"read_parquet({text(str(source))}, file_row_number = true)"
        described = connection.execute(f"DESCRIBE SELECT * EXCLUDE (file_row_number) FROM {numbered}").fetchall()
        counted = connection.execute(f"SELECT count(*) FROM {numbered}").fetchone()
    except duckdb.Error as error:
        hint = "write it again as Parquet, or as CSV in UTF-8"
        raise BadInput(
            [Problem("table-unreadable", path.name, f"cannot be read: {_first_line(error)}", hint)]
        ) from None
    rows = counted[0] if counted else 0
    if not rows and not broken:
        raise BadInput([Problem("table-empty", path.name, "the table has no row", "one row an item; see docs/bulk.md")])
    row = "file_row_number + 1" if not broken else _row_among(broken)
    relation = f"(SELECT * EXCLUDE (file_row_number), {row} AS row_number FROM {numbered}"
    if span is not None:
        relation += f" WHERE file_row_number BETWEEN {span.first - 1} AND {span.last - 1}"
        rows = max(0, min(rows, span.last) - span.first + 1)
    columns = {str(one[0]): str(one[1]) for one in described}
    return Table(path.name, relation + ")", columns, rows, broken)


def check_columns(table: Table, columns: Mapping[str, FlatColumn], *, day_given: bool) -> None:
    """BadInput when the table has columns that mean nothing, lacks one that it needs, or holds what no cell can."""
    problems = column_problems(list(table.columns), columns, table.name, day_given=day_given)
    for name, kind in table.columns.items():
        known = columns.get(name)
        if known is None:
            continue
        nested = kind.endswith("[]") or kind.startswith(("STRUCT", "MAP"))
        lists = known.type == "json" or (known.fact is not None and known.fact.is_set and kind == "VARCHAR[]")
        if kind in ("BLOB", "BIT") or (nested and not lists):
            hint = f"it holds {known.form}"
            problems.append(Problem("column-type", f"{table.name} {name}", f"'{name}' is of type {kind}", hint))
    if problems:
        raise BadInput(problems)


def _unfit(path: Path, kind: str) -> Problem | None:
    if not path.is_file():
        return Problem("file-unreadable", path.name, "there is no such file", "check the path")
    if kind.lower() not in PARQUET and kind.lower().removesuffix(".gz") not in CSV:
        return Problem("table-kind", path.name, f"'{kind}' is no table", "give a .parquet, .csv or .tsv file")
    if path.stat().st_size == 0:
        return Problem("table-empty", path.name, "the file is empty", "one row an item; see docs/bulk.md")
    return None


def _staged(
    connection: duckdb.DuckDBPyConnection, source: Path, staged: Path, delimiter: str, name: str
) -> tuple[tuple[int, str, str], ...]:
    """Write a CSV as Parquet, every cell as text, and give the lines that could not be split."""
    options = (
        f"delim = {text(delimiter)}, quote = '\"', escape = '\"', header = true, all_varchar = true, "
        f"max_line_size = {LONGEST_LINE}, store_rejects = true, auto_detect = true, nullstr = ''"
    )
    connection.execute(
        f"COPY (SELECT * FROM read_csv({text(str(source))}, {options})) TO {text(str(staged))} (FORMAT parquet)"
    )
    rejects = connection.execute(
        "SELECT line, any_value(error_message), any_value(csv_line) FROM reject_errors GROUP BY line ORDER BY line"
    ).fetchall()
    return tuple((int(line) - 1, str(says), str(written or "")[:200]) for line, says, written in rejects)


def _row_among(broken: tuple[tuple[int, str, str], ...]) -> str:
    """The row in the file, broken lines counted: they were left out when the rest was numbered."""
    before = ", ".join(str(row - place) for place, (row, _, _) in enumerate(broken))
    return f"(file_row_number + 1 + len(list_filter([{before}], lambda shift: shift <= file_row_number + 1)))"


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__


def quoted(name: str) -> str:
    """A column's name in SQL."""
    return '"' + name.replace('"', '""') + '"'


def own_columns(table: Table) -> list[str]:
    """The columns of the user's own, which are handed through."""
    return [name for name in table.columns if name.startswith(OWN)]
