"""Nothing is done twice, whatever happened in between, and the results are the same."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from engine_parts import File, load, load_nothing, sources, transcript
from test_engine import TEXTS, shown

from jtbd_nlp.config import Config, EmbedConfig, EngineConfig, ReportConfig, SegmentConfig, TagConfig
from jtbd_nlp.engine import Processed, fingerprint, run, run_with_store
from jtbd_nlp.schema import FileHash
from jtbd_nlp.store import ResultStore

CONFIG = Config()


@pytest.fixture
def store(tmp_path: Path):
    with ResultStore(tmp_path / "store.sqlite") as opened:
        yield opened


class Counting:
    """A store that says what was put."""

    def __init__(self, store: ResultStore) -> None:
        self.inner, self.put_names = store, []
        self.keys, self.get, self.keep_only = store.keys, store.get, store.keep_only

    def put(self, key: str, processed: Processed) -> None:
        self.put_names.append(processed.source)
        self.inner.put(key, processed)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_second_run_does_the_new_and_the_changed_alone(tmp_path: Path, store: ResultStore, workers: int) -> None:
    files = sources(tmp_path, {**TEXTS, "bad": "unreadable", "many": "one two||three"})
    counting = Counting(store)
    first = list(run_with_store(files, CONFIG, counting, "v1", workers=workers, load=load))
    assert shown(first) == shown(list(run(files, CONFIG, load=load)))
    assert sorted(counting.put_names) == sorted(f.name for f in files if f.id != "bad")
    counting.put_names.clear()
    good = [f for f in files if f.id != "bad"]
    again = list(run_with_store(good, CONFIG, counting, "v1", workers=workers, load=load_nothing))
    assert shown(again) == shown([r for r in first if not r.problems])
    assert counting.put_names == []
    changed = sources(tmp_path, {"i03": "now it says this", "new": "nothing else"})
    now = sorted([f for f in good if f.id != "i03"] + changed, key=lambda f: f.name)
    third = list(run_with_store(now, CONFIG, counting, "v1", workers=workers, load=load))
    assert sorted(counting.put_names) == ["i03.txt", "new.txt"]
    assert shown(third) == shown(list(run(now, CONFIG, load=load)))


def test_another_name_id_or_maker_is_another_result(tmp_path: Path, store: ResultStore) -> None:
    (file,) = sources(tmp_path, {"a": "same words"})
    list(run_with_store([file], CONFIG, store, "v1", load=load))
    for other, made_by in ((file, "v2"), (File(file.path, "b/a.txt", "a"), "v1"), (File(file.path, "a.txt", "b__a"), "v1")):
        counting = Counting(store)
        (result,) = run_with_store([other], CONFIG, counting, made_by, load=load)
        assert len(counting.put_names) == 1
        assert result.transcripts[0].id == other.id


def test_transcripts_from_memory_are_always_done(tmp_path: Path, store: ResultStore) -> None:
    items = [transcript("t1", "one two"), *sources(tmp_path, {"a": "three"}), transcript("t2", "four")]
    first = list(run_with_store(items, CONFIG, store, "v1", load=load))
    assert [len(r.statements) for r in first] == [2, 1, 1]
    assert len(store.keys()) == 1
    assert shown(list(run_with_store(items, CONFIG, store, "v1", load=load))) == shown(first)


def test_an_interview_that_was_taken_out_is_forgotten(tmp_path: Path, store: ResultStore) -> None:
    files = sources(tmp_path, {"a": "stays", "b": "withdraws consent"})
    list(run_with_store(files, CONFIG, store, "v1", load=load))
    assert len(store.keys()) == 2
    list(run_with_store(files[:1], CONFIG, store, "v1", load=load))
    assert len(store.keys()) == 1


def test_a_file_that_changes_between_is_not_kept_under_its_old_key(tmp_path: Path, store: ResultStore) -> None:
    files = sources(tmp_path, {"a": "first", "b": "second"})
    results = run_with_store(files, CONFIG, store, "v1", load=load)
    next(results)
    Path(files[1].path).write_text("another text altogether", encoding="utf-8")
    assert next(results).transcripts[0].text == "another text altogether"
    assert list(results) == []
    assert len(store.keys()) == 1
    Path(files[0].path).unlink()
    gone, kept = run_with_store(files, CONFIG, store, "v1", load=load)
    assert gone.problems
    assert kept.transcripts


def test_a_damaged_result_is_done_again(tmp_path: Path, store: ResultStore) -> None:
    files = sources(tmp_path, {"a": "first", "b": "second"})
    first = list(run_with_store(files, CONFIG, store, "v1", load=load))
    assert store._database is not None
    store._database.execute("UPDATE results SET vectors = zeroblob(8)")
    assert shown(list(run_with_store(files, CONFIG, store, "v1", load=load))) == shown(first)
    assert shown(list(run_with_store(files, CONFIG, store, "v1", load=load_nothing))) == shown(first)


def test_the_fingerprint_knows_what_results_depend_on() -> None:
    base = fingerprint(CONFIG, [])
    same = Config(engine=EngineConfig(workers=7), report=ReportConfig(title="x"), tag=TagConfig(threads=4), embed=EmbedConfig(threads=3))
    assert fingerprint(same, []) == base == fingerprint(Config(), [])
    others = [fingerprint(Config(segment=SegmentConfig(min_words=5)), []), fingerprint(CONFIG, [FileHash(name="tagger", sha256="0")])]
    assert len({base, *others}) == 3


STUDY = """
import sys
from pathlib import Path
sys.path.insert(0, {parts!r})
from engine_parts import load, sources
from jtbd_nlp.config import Config
from jtbd_nlp.engine import run_with_store
from jtbd_nlp.store import ResultStore
if __name__ == "__main__":
    files = sources(Path({folder!r}), {{f"i{{n:02}}": f"slow interview {{n}}" for n in range(12)}})
    with ResultStore({store!r}) as store:
        for _ in run_with_store(files, Config(), store, "v1", workers={workers}, load=load):
            print("one more", flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="sends signals")
@pytest.mark.parametrize("workers", [1, 2])
def test_killed_again_and_again_it_goes_on_and_ends_the_same(tmp_path: Path, workers: int) -> None:
    rng = random.Random(workers)
    place = tmp_path / "store.sqlite"
    script = tmp_path / "study.py"
    script.write_text(STUDY.format(parts=str(Path(__file__).parent), folder=str(tmp_path), store=str(place), workers=workers))
    before: frozenset[str] = frozenset()
    for how in (signal.SIGKILL, signal.SIGINT, signal.SIGKILL):
        child = subprocess.Popen(
            [sys.executable, str(script)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
        )
        assert child.stdout is not None
        for _ in range(min(11, len(before) + 1)):
            child.stdout.readline()
        time.sleep(0.2 * rng.random())
        child.send_signal(how)
        child.communicate(timeout=90)
        with ResultStore(place) as store:
            assert store.keys() >= before
            before = store.keys()
    files = sources(tmp_path, {f"i{n:02}": f"slow interview {n}" for n in range(12)})
    with ResultStore(place) as store:
        counting = Counting(store)
        results = list(run_with_store(files, CONFIG, counting, "v1", load=load))
    assert len(counting.put_names) == 12 - len(before)
    assert len(before) >= 3
    assert shown(results) == shown(list(run(files, CONFIG, load=load)))
