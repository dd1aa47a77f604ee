"""A file on a Dask cluster of a scheduler and two worker processes, one of which is killed in mid-run."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time

import duckdb
import pytest

pytest.importorskip("distributed", reason="Dask is the extra 'cluster'")
PEOPLE = 240_000


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture
def cluster(tmp_path):
    environment = os.environ | {"SEKISHO_HOME": str(tmp_path / "home"), "NO_COLOR": "1"}
    address = f"tcp://127.0.0.1:{free_port()}"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": tmp_path, "env": environment}
    scheduler = subprocess.Popen(
        [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", address.rsplit(":")[-1],
         "--no-dashboard"], **quiet,
    )  # fmt: skip
    workers = [
        subprocess.Popen(
            [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard",
             "--host", "127.0.0.1", "--name", f"w{number}", "--local-directory", str(tmp_path)], **quiet,
        )
        for number in range(2)
    ]  # fmt: skip
    yield address, workers, environment
    for process in (*workers, scheduler):
        if process.poll() is None:
            process.kill()
        process.wait()


def test_nothing_is_lost_and_nothing_twice_when_a_worker_is_killed(cluster, tmp_path):
    address, workers, environment = cluster
    path = tmp_path / "customers.csv"
    path.write_text(
        "id,name\n"
        + "\n".join(
            f"C-{n}," + ("Vymysel Zavod No 7" if n % 50 == 7 else f"Harmless Person{n} Gardener") for n in range(PEOPLE)
        )
    )
    base = [sys.executable, "-m", "sekisho", "screen", "--file", str(path)]
    subprocess.run([*base[:-2], "Somebody"], env=environment, cwd=tmp_path, check=True, capture_output=True)
    run = subprocess.Popen(
        [*base, "--out", "hits.parquet", "--cluster", address], env=environment, cwd=tmp_path,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    parts = tmp_path / "hits.parquet.parts"
    until = time.monotonic() + 240
    while time.monotonic() < until and run.poll() is None:
        if len([file for file in parts.glob("*.json") if file.stem.isdigit()]) >= 2:
            break
        time.sleep(0.01)
    assert run.poll() is None, "the run was to be caught half way: " + (run.stderr.read() if run.stderr else "")
    workers[0].send_signal(signal.SIGKILL)
    _, err = run.communicate(timeout=240)
    assert run.returncode == 0, err
    assert workers[0].wait() == -signal.SIGKILL
    ((count, distinct),) = duckdb.sql(f"SELECT count(*), count(DISTINCT row) FROM '{tmp_path}/hits.parquet'").fetchall()
    assert count == distinct == PEOPLE // 50
    subprocess.run([*base, "--out", "alone.parquet"], env=environment, cwd=tmp_path, check=True, capture_output=True)
    ((differ,),) = duckdb.sql(
        f"SELECT count(*) FROM (FROM '{tmp_path}/hits.parquet' EXCEPT ALL FROM '{tmp_path}/alone.parquet')"
    ).fetchall()
    assert differ == 0
