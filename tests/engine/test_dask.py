"""A cluster gives the same results as one process, whatever becomes of its workers; without one a run says so and ends."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from engine_parts import load, load_nothing, process_number, read, sources
from test_engine import TEXTS, shown

from jtbd_nlp.config import Config, EngineConfig
from jtbd_nlp.data import study_path
from jtbd_nlp.engine import run, run_with_store
from jtbd_nlp.errors import ConfigError, JtbdError, MissingExtraError, ModelError
from jtbd_nlp.store import ResultStore

pytest.importorskip("distributed")
TESTS = str(Path(__file__).parent)
LOCAL = Config()


class Cluster:
    """A scheduler and workers, each a process, over TCP on loopback."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        self.scheduler = self._start("dask_scheduler", "--host", "127.0.0.1", "--port", self.address.rsplit(":", 1)[1], "--no-dashboard")
        self.workers: list[subprocess.Popen[bytes]] = []

    def add_worker(self) -> None:
        self.workers.append(
            self._start("dask_worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1")
        )

    def _start(self, what: str, *words: str) -> subprocess.Popen[bytes]:
        path = os.pathsep.join([TESTS, str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")])
        environment = {**os.environ, "PYTHONPATH": path, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return subprocess.Popen([sys.executable, "-m", f"distributed.cli.{what}", *words], env=environment, **quiet)

    def config(self, **more: float) -> Config:
        return Config(engine=EngineConfig(kind="dask", scheduler=self.address, **more))

    def end(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    started = Cluster()
    for _ in range(2):
        started.add_worker()
    yield started
    started.end()


def processed(files, config, **more):
    return list(run(files, config, load=load, reader=read, **more))


def test_a_cluster_gives_what_one_process_gives_and_a_dead_worker_changes_nothing(cluster: Cluster, tmp_path: Path) -> None:
    files = sources(
        tmp_path,
        {**{name: f"{text} unhurried" for name, text in TEXTS.items()}, "many": "one||two", "bad": "unreadable", "part": "fine||secret"},
    )
    alone = processed(files, LOCAL)
    done: list[str] = []
    assert shown(processed(files, cluster.config(), on_done=lambda item, result: done.append(item.id))) == shown(alone)
    assert sorted(done) == sorted(f.id for f in files)
    with ResultStore(tmp_path / "store.sqlite") as store:
        results = run_with_store(files, cluster.config(), store, "v1", load=load, reader=read)
        first = next(results)
        cluster.workers[0].kill()
        assert shown([first, *results]) == shown(alone)
        again = run_with_store(
            files[:3], Config(engine=EngineConfig(kind="dask", scheduler="tcp://127.0.0.1:9")), store, "v1", load=load_nothing
        )
        assert shown(list(again)) == shown(alone[:3])
    assert cluster.workers[1].poll() is None


def test_an_input_that_kills_its_workers_costs_only_itself(cluster: Cluster, tmp_path: Path) -> None:
    cluster.add_worker()
    files = sources(tmp_path, {"a": "x", "b": f"fatal once {tmp_path / 'died'}", "c": "y"})
    assert [len(r.statements) for r in processed(files, cluster.config())] == [1, 3, 1]
    cluster.add_worker()
    cluster.add_worker()
    (tmp_path / "more").mkdir()
    files = sources(tmp_path / "more", {"b": f"fatal always {tmp_path / 'died'}"})
    (result,) = processed(files, cluster.config())
    assert result.problems[0].source == "b.txt"
    assert "workers of the cluster that it was given to died" in result.problems[0].reason


def test_what_is_wrong_with_the_cluster_is_said_and_nothing_hangs(cluster: Cluster, tmp_path: Path) -> None:
    files = sources(tmp_path, {f"i{n}": "unhurried" for n in range(30)})
    with pytest.raises(ModelError, match=r"Got no weights at all\."):
        list(run(files, cluster.config(), load=load_nothing, reader=read))
    with pytest.raises(ModelError, match="other code, weights, libraries"):
        processed(files, cluster.config(), made_by=process_number)
    results = run(files, cluster.config(connect_timeout_s=3), load=load, reader=read)
    next(results)
    cluster.scheduler.send_signal(signal.SIGKILL)
    began = time.monotonic()
    with pytest.raises(JtbdError, match=r"Lost the Dask scheduler.*Finished work is kept"):
        list(results)
    assert time.monotonic() - began < 60
    with pytest.raises(JtbdError, match=r"Got no answer from a Dask scheduler at tcp://127.0.0.1.*dask scheduler"):
        processed(files, cluster.config(connect_timeout_s=1))


def test_without_workers_an_address_or_the_extra_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = sources(tmp_path, {"a": "x"})
    lonely = Cluster()
    try:
        with pytest.raises(JtbdError, match=r"Got no worker at the Dask scheduler.*dask worker"):
            processed(files, lonely.config(no_worker_timeout_s=0.5))
    finally:
        lonely.end()
    for settings, said in (
        (EngineConfig(kind="dask"), "without a scheduler"),
        (EngineConfig(kind="dask", scheduler="nowhere"), "no address"),
    ):
        with pytest.raises(ConfigError, match=said):
            processed(files, Config(engine=settings))
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'jtbd-nlp\[dask\]'"):
        processed(files, lonely.config())


def test_the_command_writes_the_same_bytes_through_a_cluster(cluster: Cluster, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(
        '[tag]\nmodel = "fast"\n[embed]\nmodel = "hashing"\n[engine]\nconnect_timeout_s = 5\n', encoding="utf-8"
    )
    files = [str(p) for p in sorted(study_path().glob("*.txt"))[:3]]
    command = [sys.executable, "-m", "jtbd_nlp", "run", *files, "--config", str(tmp_path / "config.toml"), "--out"]
    for out, words in (("alone", ["--workers", "1"]), ("dask", ["--engine", "dask", "--scheduler", cluster.address])):
        done = subprocess.run([*command, str(tmp_path / out), *words], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    alone = {p.relative_to(tmp_path / "alone"): p.read_bytes() for p in (tmp_path / "alone").rglob("*") if p.is_file()}
    assert alone == {p.relative_to(tmp_path / "dask"): p.read_bytes() for p in (tmp_path / "dask").rglob("*") if p.is_file()}
    wrong = subprocess.run([*command, str(tmp_path / "x"), "--scheduler", cluster.address], capture_output=True, text=True, check=False)
    assert wrong.returncode == 2
    assert "--engine dask" in wrong.stderr
    away = subprocess.run(
        [*command, str(tmp_path / "y"), "--engine", "dask", "--scheduler", "tcp://127.0.0.1:9", "--json-logs"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert away.returncode == 1
    (event,) = map(json.loads, away.stderr.splitlines())
    assert event["event"] == "error"
    assert "Got no answer from a Dask scheduler" in event["message"]
