"""A table on a Dask cluster of a scheduler and two worker processes, one of which is killed in mid-run."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from sekisho.feeds.flat_rows import read_laws
from sekisho.model.problem import BadInput
from sekisho.store.bulk import beside, decide_table
from sekisho.store.cluster import decide_on_cluster

pytest.importorskip("distributed", reason="Dask is the extra 'cluster'")
ROWS = 6_000
HEAD = "id,act,day,from,to,items.name,items.hs,items.entries.jp,end_user.listed,end_user.activities,end_use.purposes,"
HEAD += "end_use.informed,contract_value"
KINDS = (
    "export,2026-11-20,JP,MY,mill,845710,6(2),none,none,none,none,48000000 JPY",
    "export,2026-11-20,JP,TH,analyser,903084,7(13),none,none,none,none,980000 JPY",
    "export,2023-07-20,JP,KR,pump,841410,none,none,none,missile,none,980000 JPY",
    "export,2026-11-20,JP,CN,scope,903020,,none,none,none,none,980000 JPY",
    "export,2026-11-20,JP,ZZ,scope,903020,none,none,none,none,none,980000 JPY",
)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    lines = [HEAD, *(f"r{number},{KINDS[number % len(KINDS)]}" for number in range(ROWS))]
    (tmp_path / "orders.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path / "orders.csv"


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = int(one.getsockname()[1])
    address = f"tcp://127.0.0.1:{port}"
    base = [sys.executable, "-m"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": tmp_path, "env": dict(os.environ)}
    place = ["--host", "127.0.0.1", "--no-dashboard"]
    scheduler = subprocess.Popen([*base, "distributed.cli.dask_scheduler", "--port", str(port), *place], **quiet)  # type: ignore[call-overload]
    worker = [*base, "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny", *place]
    workers = [
        subprocess.Popen([*worker, "--name", f"w{number}", "--local-directory", str(tmp_path)], **quiet)  # type: ignore[call-overload]
        for number in range(2)
    ]
    yield address, workers
    for process in (*workers, scheduler):
        if process.poll() is None:
            process.kill()
        process.wait()


def rows_of(path: Path) -> list[tuple[object, ...]]:
    return duckdb.sql(f"SELECT * FROM read_csv('{path}', all_varchar = true) ORDER BY row::INT, law").fetchall()


def test_a_killed_worker_loses_nothing(
    table: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path
) -> None:
    address, workers = cluster
    here, there = tmp_path / "here.csv", tmp_path / "there.csv"
    local = decide_table(table, here, read_laws(["jp"]))

    def kill_one() -> None:
        workers[0].send_signal(signal.SIGKILL)

    summary = decide_on_cluster(table, there, ["jp"], read_laws, address=address, part=600, before_gather=kill_one)
    assert workers[0].wait() == -signal.SIGKILL
    assert (summary.rows, summary.decided, summary.refused) == (ROWS, ROWS * 4 // 5, ROWS // 5)
    assert summary.by_outcome == local.by_outcome
    assert rows_of(there) == rows_of(here)
    assert beside(there).read_text() == beside(here).read_text()
    assert not list(tmp_path.glob(".there-parts-*")), "parts are cleared away"


def test_lines_of_one_transfer_stay_together(
    tmp_path: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    address, _ = cluster
    table = tmp_path / "orders.csv"
    head = HEAD.replace("contract_value", "items.value") + ",transfer"
    line = "export,2026-11-20,JP,TH,analyser,903084,7(13),none,none,none,none,400000 JPY"
    together = [head, *(f"r{number},{line},t{number // 3}" for number in range(30))]
    table.write_text("\n".join(together) + "\n", encoding="utf-8")
    summary = decide_on_cluster(table, tmp_path / "out.csv", ["jp"], read_laws, address=address, part=4)
    assert summary.by_outcome == {"licence-required": 30}, "three lines of 400,000 yen are worth more than a million"
    apart = [together[0], *sorted(together[1:], key=lambda one: int(one[1 : one.index(",")]) % 3)]
    table.write_text("\n".join(apart) + "\n", encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        decide_on_cluster(table, tmp_path / "out.csv", ["jp"], read_laws, address=address, part=4)
    assert caught.value.problems[0].code == "table-transfers"


def test_no_scheduler_is_told(table: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        decide_on_cluster(table, tmp_path / "out.csv", ["jp"], read_laws, address="tcp://127.0.0.1:9")
    assert caught.value.problems[0].code == "cluster-unreachable"
