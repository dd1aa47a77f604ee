"""Decide the same rows by the interpreter and by SQL, and say where they differ."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from sekisho.app.bulk import ANSWER, answer_row
from sekisho.app.decide import decide_transfer
from sekisho.feeds.flat_rows import FlatReading
from sekisho.model.problem import BadInput
from sekisho.store.bulk import decide_table
from sekisho.store.tables import quoted

Row = Mapping[str, object]
SETS = ("rules", "flags", "questions", "licences")


def by_interpreter(reading: FlatReading, rows: Sequence[Row]) -> list[object]:
    """What the interpreter says of each row: the columns of the answer, or the codes of its faults."""
    found: list[object] = []
    for row in rows:
        lines = [one for one in rows if one.get("transfer") and one.get("transfer") == row.get("transfer")] or [row]
        place = next(number for number, line in enumerate(lines) if line is row)
        try:
            answer = decide_transfer(reading.packs, reading.transfer(lines, place))
        except BadInput as bad:
            found.append({problem.code for problem in bad.problems})
            continue
        found.append([comparable(answer_row(one)) for one in answer.decisions if one.number == place])
    return found


def by_sql(reading: FlatReading, rows: Sequence[Row], types: Mapping[str, str] | None = None) -> list[object]:
    """What SQL says of each row, in the same form."""
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder, "rows.parquet"), Path(folder, "out.parquet")
        write_rows(source, rows, types)
        decide_table(source, out, reading, threads=1)
        answers = duckdb.execute(f"SELECT row, {', '.join(ANSWER)} FROM read_parquet(?) ORDER BY row, law", [str(out)])
        found: dict[int, object] = {}
        for number, *values in answers.fetchall():
            found.setdefault(number, []).append(comparable(dict(zip(ANSWER, values, strict=True))))  # type: ignore[attr-defined]
        refused = out.with_name("out.refused.csv")
        if refused.exists():
            for number, code in duckdb.execute("SELECT row, code FROM read_csv(?)", [str(refused)]).fetchall():
                assert not isinstance(found.get(number), list), "a refused row was decided"
                found.setdefault(number, set()).add(code)  # type: ignore[attr-defined]
    return [found.get(number) for number in range(1, len(rows) + 1)]


def write_rows(path: Path, rows: Sequence[Row], types: Mapping[str, str] | None = None) -> None:
    """Write rows as Parquet; every column is text unless ``types`` says otherwise."""
    columns = list(dict.fromkeys(name for row in rows for name in row)) or ["act", "day", "from", "to"]
    heads = ", ".join(f"{quoted(name)} {(types or {}).get(name, 'VARCHAR')}" for name in columns)
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE rows ({heads})")
        if rows:
            values = ", ".join("?" for _ in columns)
            connection.executemany(
                f"INSERT INTO rows VALUES ({values})", [[row.get(name) for name in columns] for row in rows]
            )
        connection.execute(f"COPY rows TO '{path}' (FORMAT parquet)")


def comparable(answer: Mapping[str, object]) -> dict[str, object]:
    """An answer with its lists as sets: SQL does not rank them."""
    return {
        name: frozenset(filter(None, str(value).split(";"))) if name in SETS else value
        for name, value in answer.items()
    }


def differences(reading: FlatReading, rows: Sequence[Row]) -> list[str]:
    """Each row on which the two do not agree, with both answers."""
    told = []
    for row, one, other in zip(rows, by_interpreter(reading, rows), by_sql(reading, rows), strict=True):
        if not agree(one, other):
            told.append(f"{dict(row)}\n  interpreter {_words(one, other)}\n  SQL         {_words(other, one)}")
    return told


def agree(one: object, other: object) -> bool:
    """Whether both decide alike, or both refuse: SQL tells every fault, the interpreter stops before the law's own."""
    return one <= other if isinstance(one, set) and isinstance(other, set) else one == other


def _words(one: object, other: object) -> object:
    if not isinstance(one, list) or not isinstance(other, list):
        return one
    return [
        {
            name: (sorted(value) if isinstance(value, frozenset) else value)
            for name, value in mine.items()
            if value != its[name]
        }
        for mine, its in zip(one, other, strict=True)
    ]
