"""Decide a table of transfers in DuckDB: memory stays bounded, bad rows stand beside the good, files appear whole."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from threading import Event, Thread

import duckdb

from sekisho.app.bulk import ANSWER, REFUSED, ROW, Summary
from sekisho.app.flat import CellReading, flat_columns
from sekisho.law.column_layers import text
from sekisho.model.problem import BadInput, Problem
from sekisho.store.deciding import LawOnRows
from sekisho.store.tables import CSV, PARQUET, Span, Table, check_columns, open_table, own_columns, quoted, workshop

Heard = Callable[[str, float], None]
POLL = 0.2
"""Seconds between two looks at how far a query is."""
MANY = 10
"""Questions and problems that a summary names."""


def decide_table(
    path: Path,
    out: Path,
    reading: CellReading,
    *,
    refused: Path | None = None,
    on: date | None = None,
    span: Span | None = None,
    threads: int | None = None,
    heard: Heard | None = None,
) -> Summary:
    """Decide every row of the table at ``path`` under every law of ``reading`` and write the answers to ``out``.

    Rows that cannot be decided are written to ``refused`` (beside ``out`` when left out) with every fault; without
    any, no such file is written. ``on`` decides as of that day. ``span`` takes only a part of the rows. BadInput when
    the table as a whole cannot be decided: nothing is written then.
    """
    hear = heard or (lambda phase, share: None)
    check_target(out)
    with workshop(threads) as (connection, scratch):
        hear("opening", 0.0)
        table = open_table(connection, path, scratch, span)
        check_columns(table, flat_columns(reading.packs), day_given=on is not None)
        connection.execute(f"CREATE TABLE refused ({_refused_heads()})")
        for row, says, line in table.broken:
            told = [row, None, "", "row-form", f"the line does not split into the columns: {says}", line]
            connection.execute("INSERT INTO refused VALUES (?, ?, ?, ?, ?, ?)", told)
        laws = [LawOnRows(connection, table, reading, pack, on) for pack in reading.packs]
        with _watched(connection, hear) as phase:
            for law in laws:
                law.decide(scratch, phase)
            phase("writing", 0.0)
            copy_whole(connection, _answers(connection, table, laws), out)
            _write_refused(connection, refused or beside(out))
            return summarise(connection, out, table, reading)


def beside(out: Path) -> Path:
    """Where refused rows go when no other place is given."""
    return out.with_name(f"{out.stem}.refused.csv")


def check_target(out: Path) -> None:
    """BadInput when the answers cannot be written there."""
    problems = []
    if out.suffix.lower() not in (*PARQUET, *CSV):
        problems.append(Problem("table-kind", str(out), f"'{out.suffix}' is no table", "write .parquet, .csv or .tsv"))
    if not out.resolve().parent.is_dir():
        problems.append(Problem("file-unwritable", str(out), "there is no such folder", "make it first"))
    if problems:
        raise BadInput(problems)


def _answers(connection: duckdb.DuckDBPyConnection, table: Table, laws: Sequence[LawOnRows]) -> str:
    """SQL of the answers of all laws: what names the row, what the law says, what the user handed through."""
    parts = []
    for law in laws:
        named = dict(
            zip(ROW, ("row_number", "row_name", text(law.pack.id), "the_day", "row_to", "row_entries"), strict=True)
        )
        columns = [f"{sql} AS {quoted(name)}" for name, sql in named.items()] + list(ANSWER)
        columns += [f"own_{place} AS {quoted(name)}" for place, name in enumerate(own_columns(table))]
        parts.append(f"SELECT {', '.join(columns)} FROM ({law.answered()})")
    sql = " UNION ALL ".join(parts)
    found = connection.execute("SELECT count(*) FROM refused").fetchone()
    if found != (0,):
        sql = f"SELECT * FROM ({sql}) WHERE row NOT IN (SELECT row FROM refused)"
    if len(laws) > 1 or any(law.has_apart for law in laws):
        sql = f"SELECT * FROM ({sql}) ORDER BY row, law"
    return sql


def _refused_heads() -> str:
    return ", ".join(f"{quoted(name)} {'BIGINT' if name == 'row' else 'VARCHAR'}" for name in REFUSED)


def copy_whole(connection: duckdb.DuckDBPyConnection, query: str, out: Path) -> None:
    """Write a query's rows to a file that appears only when it is whole."""
    delimiter = CSV.get(out.suffix.lower())
    form = "FORMAT parquet, COMPRESSION zstd" if delimiter is None else f"FORMAT csv, HEADER, DELIM {text(delimiter)}"
    handle, name = tempfile.mkstemp(prefix=f".{out.stem}-", suffix=out.suffix, dir=out.resolve().parent)
    os.close(handle)
    try:
        connection.execute(f"COPY ({query}) TO {text(name)} ({form})")
        os.chmod(name, 0o644)
        os.replace(name, out)
    finally:
        Path(name).unlink(missing_ok=True)


def _write_refused(connection: duckdb.DuckDBPyConnection, target: Path) -> None:
    target.unlink(missing_ok=True)
    if connection.execute("SELECT count(*) FROM refused").fetchone() != (0,):
        copy_whole(connection, "SELECT DISTINCT * FROM refused ORDER BY ALL", target)


def summarise(connection: duckdb.DuckDBPyConnection, out: Path, table: Table, reading: CellReading) -> Summary:
    """Count what was decided, from the file that was written."""
    delimiter = CSV.get(out.suffix.lower())
    source = (
        f"read_parquet({text(str(out))})" if delimiter is None else f"read_csv({text(str(out))}, all_varchar = true)"
    )
    counts = connection.execute(
        f'SELECT "to", outcome, count(*), count(*) FILTER (WHERE CAST(conflict AS BOOLEAN)) FROM {source} GROUP BY ALL'
    ).fetchall()
    by_outcome: dict[str, int] = {}
    by_country: dict[str, dict[str, int]] = {}
    for country, outcome, count, _ in counts:
        by_outcome[outcome] = by_outcome.get(outcome, 0) + count
        own = by_country.setdefault(country, {})
        own[outcome] = own.get(outcome, 0) + count
    ranked = sorted(by_country.items(), key=lambda item: (-sum(item[1].values()), item[0]))

    def listed(column: str) -> dict[str, int]:
        rows = connection.execute(
            f"SELECT unnest(string_split({column}, ';')) AS one, sum(rows) FROM "
            f"(SELECT {column}, count(*) AS rows FROM {source} WHERE {column} <> '' GROUP BY ALL) "
            "GROUP BY one ORDER BY 2 DESC, 1"
        ).fetchall()
        return {str(one): int(rows) for one, rows in rows}

    faults = connection.execute(
        "SELECT code || ' ' || \"column\", count(DISTINCT row) FROM refused GROUP BY ALL ORDER BY 2 DESC, 1"
    ).fetchall()
    bad = connection.execute("SELECT count(DISTINCT row) FROM refused").fetchone()
    return Summary(
        rows=table.rows + len(table.broken),
        decided=sum(by_outcome.values()),
        refused=int(bad[0]) if bad else 0,
        by_outcome=by_outcome,
        by_country=dict(ranked),
        questions=listed("questions"),
        flags=listed("flags"),
        conflicts=sum(count for *_, count in counts),
        problems={str(fault): int(rows) for fault, rows in faults},
        packs={pack.id: {"version": pack.version, "sha256": pack.sha256} for pack in reading.packs},
    )


@contextmanager
def _watched(connection: duckdb.DuckDBPyConnection, hear: Heard) -> Iterator[Heard]:
    """Tell how far the running query is, from a thread that only looks."""
    now = ["opening"]
    done = Event()

    def phase(name: str, share: float) -> None:
        now[0] = name
        hear(name, share)

    def look() -> None:
        while not done.wait(POLL):
            share = connection.query_progress()
            if share is not None and share > 0:
                hear(now[0], min(share / 100, 1.0))

    watcher = Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield phase
    finally:
        done.set()
        watcher.join()
