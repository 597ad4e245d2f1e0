"""The store gives back exactly what was put there, or nothing; it is never in the way."""

from __future__ import annotations

import logging
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from jtbd_nlp.schema import Problem, Statement, Transcript, Turn, statement_id
from jtbd_nlp.schema.arrays import Embeddings
from jtbd_nlp.schema.processed import Processed
from jtbd_nlp.store import ResultStore


def result(name: str = "a", text: str = "It hurt.", score: float = 0.9, vector: tuple[float, ...] = (1 / 3, -0.0)) -> Processed:
    """A result with one statement."""
    transcript = Transcript(
        id=name, text=text, turns=(Turn(index=0, speaker="P", role="participant", start=0, end=len(text)),), source=f"{name}.txt"
    )
    statement = Statement(
        id=statement_id(name, 0, len(text)), transcript=name, turn=0, speaker="P", start=0, end=len(text), text=text,
        tags={"push": score}, scores={"push": score, "pull": 1 - score}, undecided=("habit",), stage="none", time=(score, 2.5),
    )  # fmt: skip
    return Processed(f"{name}.txt", (transcript,), (statement,), Embeddings((statement.id,), np.array([vector], dtype=np.float32)))


def same(one: Processed | None, other: Processed) -> bool:
    return (
        one is not None
        and (one.source, one.transcripts, one.statements, one.problems)
        == (other.source, other.transcripts, other.statements, other.problems)
        and one.embeddings.ids == other.embeddings.ids
        and one.embeddings.vectors.dtype == np.float32
        and one.embeddings.vectors.shape == other.embeddings.vectors.shape
        and one.embeddings.vectors.tobytes() == other.embeddings.vectors.tobytes()
    )


TEXTS = st.text(alphabet=st.characters(blacklist_categories=("Cs",)), min_size=1, max_size=40)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS, score=st.floats(0, 1), vector=st.lists(st.floats(width=32, allow_nan=False), max_size=5))
def test_what_is_put_comes_back_the_same_to_the_last_bit(tmp_path: Path, text: str, score: float, vector: list[float]) -> None:
    given_result = result(text=text, score=score, vector=tuple(vector))
    with ResultStore(tmp_path / "s.sqlite") as store:
        store.put("k", given_result)
    with ResultStore(tmp_path / "s.sqlite") as store:
        assert same(store.get("k"), given_result)


def test_results_are_found_by_key_forgotten_and_cleared(tmp_path: Path) -> None:
    with ResultStore(tmp_path / "s.sqlite") as store:
        assert store.get("k") is None
        for name in "abc":
            store.put(name, result(name))
        store.put("bad", Processed("bad.txt", problems=(Problem(source="bad.txt", reason="empty"),)))
        assert store.keys() == {"a", "b", "c"}
        store.put("a", result("a", text="It hurts."))
        assert same(store.get("a"), result("a", text="It hurts."))
        store.keep_only(["a", "never there"])
        assert store.keys() == {"a"}
        store.clear()
        assert store.keys() == frozenset()
        store.put("d", result("d"))
        assert store.keys() == {"d"}
        store.keep_only([])
    assert list(tmp_path.iterdir()) == []


def test_what_is_forgotten_is_not_in_the_file(tmp_path: Path) -> None:
    with ResultStore(tmp_path / "s.sqlite") as store:
        store.put("a", result("a", text="My name is Zebedee."))
        store.put("b", result("b"))
        store.keep_only(["b"])
    assert b"Zebedee" not in b"".join(p.read_bytes() for p in tmp_path.iterdir())


def test_a_damaged_file_is_made_anew_with_a_warning(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "s.sqlite"
    rng = random.Random(0)
    for _ in range(12):
        path.unlink(missing_ok=True)
        with ResultStore(path) as store:
            for n in range(30):
                store.put(f"k{n}", result(f"i{n}"))
        whole = path.read_bytes()
        at = rng.randrange(len(whole))
        damage = rng.choice([b"", whole[:at], b"not a database at all" * 99, whole[:at] + rng.randbytes(400) + whole[at + 400 :]])
        path.write_bytes(damage)
        with ResultStore(path) as store:
            for n in range(30):
                found = store.get(f"k{n}")
                assert found is None or same(found, result(f"i{n}"))
            store.put("after", result("after"))
            assert same(store.get("after"), result("after"))
    assert "made anew" in caplog.text
    assert "It hurt" not in caplog.text


def test_a_changed_row_is_not_believed(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with ResultStore(tmp_path / "s.sqlite") as store:
        store.put("a", result("a"))
        store.put("b", result("b"))
    database = sqlite3.connect(tmp_path / "s.sqlite")
    database.execute("UPDATE results SET record = replace(record, 'hurt', 'went') WHERE key = 'a'")
    database.commit()
    database.close()
    with ResultStore(tmp_path / "s.sqlite") as store, caplog.at_level(logging.WARNING):
        assert store.get("a") is None
        assert store.keys() == {"b"}
        assert "damaged" in caplog.text


def test_a_store_of_another_format_is_emptied(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "s.sqlite")
    database.execute("CREATE TABLE results (something TEXT)")
    database.execute("PRAGMA user_version = 99")
    database.close()
    with ResultStore(tmp_path / "s.sqlite") as store:
        assert store.keys() == frozenset()
        store.put("a", result("a"))
        assert same(store.get("a"), result("a"))


def test_without_a_place_to_write_everything_goes_on(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "folder", tmp_path / "nowhere" / "s.sqlite"):
        with ResultStore(path) as store:
            store.put("a", result("a"))
            assert store.get("a") is None
            assert store.keys() == frozenset()
            store.keep_only([])
    assert caplog.text.count("is not kept") == 2


def test_a_full_disk_ends_the_keeping_and_nothing_else(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with ResultStore(tmp_path / "s.sqlite") as store:
        store.put("a", result("a"))
        assert store._database is not None
        store._database.execute("PRAGMA max_page_count = 8")
        for n in range(20):
            store.put(f"k{n}", result(f"i{n}", text="long " * 2000))
        assert "full" in caplog.text
    with ResultStore(tmp_path / "s.sqlite") as store:
        assert same(store.get("a"), result("a"))


WRITER = """
import sys
sys.path.insert(0, {tests!r})
from test_results import result
from jtbd_nlp.store import ResultStore
store = ResultStore({path!r})
for n in range(100000):
    store.put(f"k{{n}}", result(f"i{{n}}", text="word " * 300))
    print(n, flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="sends signals")
def test_killed_at_any_instant_what_was_put_is_there(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    rng = random.Random(1)
    code = WRITER.format(tests=str(Path(__file__).parent), path=str(path))
    for _ in range(3):
        child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(rng.random() / 5)
        child.send_signal(signal.SIGKILL)
        told = child.communicate()[0].split()
        last = int(told[-1]) if told else 0
        with ResultStore(path) as store:
            assert store.keys() >= {f"k{n}" for n in range(last + 1)}
            assert same(store.get(f"k{last}"), result(f"i{last}", text="word " * 300))
            store.clear()
