"""Carry the partitions of a table on a Dask cluster (extra ``cluster``); a worker that dies is replaced by another.

Each part is decided by ``decide_table`` in a worker process and written to a file of its own that appears only when it
is whole; parts are put together in the order of the rows. The table and the answers lie on storage that all share.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from sekisho.app.bulk import REFUSED, Summary
from sekisho.app.flat import CellReading
from sekisho.law.column_layers import text
from sekisho.model.problem import BadInput, Problem
from sekisho.store.bulk import Heard, beside, check_target, copy_whole, decide_table, summarise
from sekisho.store.tables import Span, Table, open_table, workshop

Reads = Callable[[Sequence[str], str], CellReading]
"""Loads the laws named and the user's own rows, in whatever process it is called."""
RETRIES = 3
"""How often a part is tried again when its worker is lost."""


def decide_on_cluster(
    path: Path,
    out: Path,
    names: Sequence[str],
    reads: Reads,
    *,
    address: str,
    rows: str = "",
    refused: Path | None = None,
    on: date | None = None,
    part: int = 250_000,
    heard: Heard | None = None,
    before_gather: Callable[[], None] | None = None,
) -> Summary:
    """Decide the table at ``path`` under the laws ``names`` on the cluster at ``address``, ``part`` rows at a time.

    The answers are those of ``decide_table``. Lines of one ``transfer`` stay together. ``before_gather`` is called
    when all parts are handed out. BadInput as ``decide_table``, and when the scheduler cannot be reached.
    """
    check_target(out)
    hear = heard or (lambda phase, share: None)
    folder = Path(tempfile.mkdtemp(prefix=f".{out.stem}-parts-", dir=out.resolve().parent))
    try:
        with workshop() as (connection, scratch):
            table = open_table(connection, path, scratch)
            spans = _spans(connection, table, part)
            _on_workers(path, folder, list(names), reads, spans, address, rows, on, hear, before_gather)
            hear("joining", 0.0)
            parts = [folder / f"{number}.parquet" for number in range(len(spans))]
            copy_whole(connection, f"SELECT * FROM read_parquet({_listed(parts)})", out)
            _join_refused(connection, table, [beside(one) for one in parts], refused or beside(out))
            return summarise(connection, out, table, reads(names, rows))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _spans(connection: duckdb.DuckDBPyConnection, table: Table, part: int) -> list[Span]:
    """Cut the rows into parts; where a part would split a transfer it grows to the transfer's last row."""
    ends = [*range(part, table.rows, part), table.rows]
    if "transfer" in table.columns:
        stretches = connection.execute(
            f"SELECT transfer, min(row_number), max(row_number), count(*) FROM {table.relation} WHERE transfer IS NOT NULL GROUP BY 1"
        ).fetchall()
        if any(last - first + 1 != count for _, first, last, count in stretches):
            hint = "sort the table by its column 'transfer', or decide it without --cluster"
            raise BadInput([Problem("table-transfers", table.name, "lines of one transfer lie apart", hint)])
        last_of = {row: last for _, first, last, _ in stretches for row in range(first, last)}
        ends = sorted({last_of.get(end, end) for end in ends})
    firsts = [1, *(end + 1 for end in ends[:-1])]
    return [Span(first, end) for first, end in zip(firsts, ends, strict=True)]


def _on_workers(
    path: Path,
    folder: Path,
    names: list[str],
    reads: Reads,
    spans: Sequence[Span],
    address: str,
    rows: str,
    on: date | None,
    hear: Heard,
    before_gather: Callable[[], None] | None,
) -> None:
    try:
        from distributed import Client, as_completed
    except ImportError:
        hint = "install the extra: pip install sekisho[cluster]"
        raise BadInput([Problem("cluster-missing", "--cluster", "Dask is not installed", hint)]) from None
    try:
        client: Any = Client(address, timeout="10s")  # type: ignore[no-untyped-call]  # Dask has no types
    except (OSError, TimeoutError, ValueError) as error:
        hint = "such as tcp://10.0.0.5:8786"
        raise BadInput([Problem("cluster-unreachable", address, f"no scheduler answers: {error}", hint)]) from None
    with client:
        work = [
            (str(path.resolve()), str(folder), number, names, reads, span, rows, on)
            for number, span in enumerate(spans)
        ]
        futures = [client.submit(decide_part, *one, retries=RETRIES, pure=False) for one in work]
        if before_gather is not None:
            before_gather()
        for done, future in enumerate(as_completed(futures), 1):  # type: ignore[no-untyped-call]
            future.result()
            hear("deciding", done / len(futures))


def decide_part(
    path: str, folder: str, number: int, names: list[str], reads: Reads, span: Span, rows: str, on: date | None
) -> None:
    """Decide one part in a worker; what an earlier try left unfinished is never read."""
    decide_table(Path(path), Path(folder) / f"{number}.parquet", reads(names, rows), span=span, on=on, threads=1)


def _listed(files: Sequence[Path]) -> str:
    return "[" + ", ".join(text(str(file)) for file in files) + "]"


def _join_refused(connection: duckdb.DuckDBPyConnection, table: Table, parts: Sequence[Path], target: Path) -> None:
    """Put the refused rows of the parts together; ``summarise`` counts them from the table ``refused``."""
    heads = ", ".join(f'"{name}" {"BIGINT" if name == "row" else "VARCHAR"}' for name in REFUSED)
    connection.execute(f"CREATE TABLE refused ({heads})")
    for row, says, line in table.broken:
        told = [row, None, "", "row-form", f"the line does not split into the columns: {says}", line]
        connection.execute("INSERT INTO refused VALUES (?, ?, ?, ?, ?, ?)", told)
    for part in parts:
        if part.exists():
            connection.execute(f"INSERT INTO refused SELECT * FROM read_csv({text(str(part))}, all_varchar = true)")
    connection.execute("CREATE OR REPLACE TABLE refused AS SELECT DISTINCT * FROM refused")
    target.unlink(missing_ok=True)
    if connection.execute("SELECT count(*) FROM refused").fetchone() != (0,):
        copy_whole(connection, "SELECT * FROM refused ORDER BY ALL", target)
