"""Inputs are processed in order, whatever becomes of one of them, of a worker, or of the one who waits."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from engine_parts import die_loading, load, load_nothing, sources, transcript

from jtbd_nlp.config import Config
from jtbd_nlp.engine import Processed, Rooms, count_workers, join_embeddings, run
from jtbd_nlp.errors import JtbdError, ModelError

CONFIG = Config()
TEXTS = {f"i{n:02}": f"interview {n} " + "word " * n for n in range(12)}


def shown(results: list[Processed]) -> list[object]:
    """Everything in some results, comparable."""
    return [
        (r.source, r.transcripts, r.statements, r.problems, r.embeddings.ids, r.embeddings.vectors.tobytes(), r.embeddings.vectors.dtype)
        for r in results
    ]


def test_results_come_in_order_and_are_the_same_for_any_number_of_workers(tmp_path: Path) -> None:
    files = sources(tmp_path, {**TEXTS, "i00": "slow start", "many": "one two||three", "bad": "unreadable", "blank": ""})
    alone = list(run(files, CONFIG, workers=1, load=load))
    done: list[str] = []
    together = list(run(files, CONFIG, workers=2, load=load, on_done=lambda item, result: done.append(item.id)))
    assert [r.source for r in alone] == [f.name for f in files]
    assert shown(alone) == shown(together)
    assert sorted(done) == sorted(f.id for f in files)
    assert done[0] != "i00"
    assert multiprocessing.active_children() == []


def test_an_input_with_several_transcripts_is_one_result(tmp_path: Path) -> None:
    (result,) = run(sources(tmp_path, {"many": "one two||three"}), CONFIG, load=load)
    assert [t.id for t in result.transcripts] == ["many__0", "many__1"]
    assert [s.text for s in result.statements] == ["one", "two", "three"]
    assert result.embeddings.ids == tuple(s.id for s in result.statements)
    assert join_embeddings([result.embeddings, result.embeddings]).vectors.shape == (6, 2)
    assert join_embeddings([]).vectors.shape == (0, 0)


@pytest.mark.parametrize("workers", [1, 2])
def test_what_is_wrong_with_one_input_is_said_without_its_words(tmp_path: Path, workers: int, caplog: pytest.LogCaptureFixture) -> None:
    files = sources(
        tmp_path, {"good": "a b", "bad": "unreadable", "odd": "a secret here", "part": "fine||secret", "gone": "x", "last": "c"}
    )
    Path(files[4].path).unlink()
    with caplog.at_level(logging.DEBUG):
        results = list(run(files, CONFIG, workers=workers, load=load))
    assert [len(r.statements) for r in results] == [2, 0, 0, 1, 0, 1]
    reasons = [r.problems[0].reason if r.problems else "" for r in results]
    assert reasons[1] == "not a transcript"
    assert "ValueError at engine/work.py:" in reasons[2]
    assert "ValueError" in reasons[3]
    assert "FileNotFoundError" in reasons[4]
    assert "secret" not in "".join(reasons) + caplog.text


@pytest.mark.parametrize("workers", [1, 2])
def test_broken_weights_stop_everything_with_their_reason(tmp_path: Path, workers: int) -> None:
    files = sources(tmp_path, {"a": "fine", "b": "no model", "c": "fine"})
    with pytest.raises(ModelError, match=r"Got no weights\."):
        list(run(files, CONFIG, workers=workers, load=load))
    with pytest.raises(ModelError, match=r"Got no weights at all\."):
        list(run(files, CONFIG, workers=workers, load=load_nothing))
    assert multiprocessing.active_children() == []


def test_a_worker_that_dies_is_replaced_and_its_input_done_again(tmp_path: Path) -> None:
    files = sources(tmp_path, {"a": "x", "b": "kill once", "c": "y", "d": "kill always", "e": "z", "f": "w"})
    results = list(run(files, CONFIG, workers=2, load=load))
    assert [len(r.statements) for r in results] == [1, 2, 1, 0, 1, 1]
    assert [r.source for r in results] == [f.name for f in files]
    (problem,) = results[3].problems
    assert problem.source == "d.txt"
    assert "ended 2 times (exit code -9)" in problem.reason


def test_workers_that_cannot_even_load_are_an_error_that_helps(tmp_path: Path) -> None:
    with pytest.raises(JtbdError, match=r"exit code -9.*__main__.*use one worker"):
        list(run(sources(tmp_path, TEXTS), CONFIG, workers=2, load=die_loading))


def test_whoever_stops_listening_leaves_no_process_behind(tmp_path: Path) -> None:
    results = run(sources(tmp_path, {**TEXTS, "i11": "endless"}), CONFIG, workers=2, load=load)
    assert next(results).source == "i00.txt"
    assert multiprocessing.active_children()
    results.close()
    assert multiprocessing.active_children() == []


def test_inputs_are_taken_as_they_are_needed() -> None:
    taken: list[int] = []

    def endless():
        while True:
            taken.append(len(taken))
            yield transcript(f"t{len(taken)}", "a b")

    for workers in (1, 2):
        taken.clear()
        results = run(endless(), CONFIG, workers=workers, load=load)
        assert [next(results).transcripts[0].id for _ in range(3)] == ["t1", "t2", "t3"]
        results.close()
        assert len(taken) <= 40


def test_loaded_rooms_are_used_in_this_process() -> None:
    rooms = load(CONFIG)
    results = list(run([transcript("t", "a b")], CONFIG, rooms=rooms, load=load_nothing))
    assert len(results[0].statements) == 2
    assert isinstance(rooms, Rooms)
    assert list(run([], CONFIG, workers=2, load=load_nothing)) == []


def test_how_many_workers() -> None:
    assert count_workers(None, 3) == 1
    assert count_workers(2, 3) == 2
    assert count_workers(8, 3) == 3
    assert count_workers(4, 0) == 1
    assert count_workers(4, None) == 4
    assert count_workers(None, 1000) >= 1


STUDY = """
import sys
from pathlib import Path
sys.path.insert(0, {parts!r})
from engine_parts import load, sources
from jtbd_nlp.config import Config
from jtbd_nlp.engine import run
if __name__ == "__main__":
    files = sources(Path({folder!r}), {{"a": "fine", "b": "endless", "c": "endless"}})
    for result in run(files, Config(), workers=2, load=load):
        import multiprocessing
        print(*[p.pid for p in multiprocessing.active_children()], flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="sends signals")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupt_ends_all_processes_at_once_and_quietly(tmp_path: Path, how: signal.Signals) -> None:
    script = tmp_path / "study.py"
    script.write_text(STUDY.format(parts=str(Path(__file__).parent), folder=str(tmp_path)))
    child = subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True, env=os.environ
    )
    assert child.stdout is not None
    workers = [int(word) for word in child.stdout.readline().split()]
    assert len(workers) == 2
    os.killpg(child.pid, signal.SIGINT) if how == signal.SIGINT else child.kill()
    _, said = child.communicate(timeout=90)
    assert said.count("Traceback") == (1 if how == signal.SIGINT else 0)
    until = time.monotonic() + 60
    while any(_alive(pid) for pid in workers) and time.monotonic() < until:
        time.sleep(0.02)
    assert not any(_alive(pid) for pid in workers)


def _alive(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rsplit(")", 1)[1].split()[0] != "Z"
