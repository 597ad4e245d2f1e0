"""What waits on disk for the corpus part comes back the same, and does not wait in memory."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from test_results import result

from jtbd_nlp import Analysis
from jtbd_nlp.errors import OutputError
from jtbd_nlp.schema import AnalysisRecord, Note, Problem, TimeMark, Transcript
from jtbd_nlp.schema.processed import Gathered, Processed
from jtbd_nlp.schema.shelved import whole
from jtbd_nlp.store import Spool


def test_what_is_added_comes_back_as_it_would_from_memory(tmp_path: Path) -> None:
    results = [
        result("b", text="Ünïcode \u2028 and\nlines.", score=1 / 3),
        Processed("bad.txt", problems=(Problem(source="bad.txt", reason="empty"),)),
        result("a", vector=(0.1, float("-0.0"))),
        Processed("silent.txt", (result("c").transcripts[0],)),
    ]
    memory = Gathered()
    with Spool(tmp_path / "spool") as spool:
        for one in results:
            memory.add(one)
            spool.add(one)
        assert [whole(t) for t in spool.transcripts()] == list(memory.transcripts())
        assert list(spool.statements()) == list(memory.statements())
        assert spool.problems == memory.problems
        assert spool.embeddings().ids == memory.embeddings().ids
        assert spool.embeddings().vectors.tobytes() == memory.embeddings().vectors.tobytes()
        assert spool.embeddings().vectors.dtype == np.float32
    assert list(tmp_path.iterdir()) == []


def test_a_transcript_on_the_shelf_is_used_like_one_in_memory(tmp_path: Path) -> None:
    given = result("a", text="It hurt a lot.").transcripts[0]
    given = given.model_copy(update={"marks": (TimeMark(start=0, end=7, start_s=1.5, end_s=2),), "format": "srt", "source_sha256": "ab"})
    with Spool(tmp_path / "spool") as spool:
        spool.add(Processed("a.txt", (given,)))
        (shelved,) = spool.transcripts()
        assert isinstance(shelved, Transcript)
        for name in (*Transcript.model_fields, "sha256"):
            assert getattr(shelved, name) == getattr(given, name), name
        assert shelved.time_of(3, 5) == given.time_of(3, 5)
        assert shelved.turn_text(shelved.turns[0]) == given.text
        noted = shelved.model_copy(update={"notes": (Note(code="duplicate", message="twice"),)})
        assert whole(noted) == given.model_copy(update={"notes": noted.notes})
        with pytest.raises(AttributeError):
            _ = shelved.words


def test_a_transcript_on_the_shelf_is_compared_and_written_with_its_text(tmp_path: Path) -> None:
    given = result("a", text="It hurt a lot.").transcripts[0]
    with Spool(tmp_path / "spool") as spool:
        spool.add(Processed("a.txt", (given,)))
        (shelved,) = spool.transcripts()
        assert shelved.model_dump_json() == given.model_dump_json()
        assert shelved.model_dump(mode="json", exclude={"id"}) == given.model_dump(mode="json", exclude={"id"})
        assert shelved == given
        assert given == shelved
        assert shelved != result("b", text="It hurt a lot.").transcripts[0]
        assert {shelved, given} == {given}
        record = AnalysisRecord(transcripts=(shelved,))
        assert record.model_dump_json() == AnalysisRecord(transcripts=(given,)).model_dump_json()
        assert record == AnalysisRecord(transcripts=(given,))


def test_texts_are_not_held_in_memory(tmp_path: Path) -> None:
    with Spool(tmp_path / "spool") as spool:
        spool.add(result("first"))
        tracemalloc.start()
        for n in range(200):
            spool.add(result(f"i{n}", text=f"{n} " + "word " * 20_000, vector=(0.5,) * 2))
        held = tracemalloc.get_traced_memory()[0]
        lengths = [len(t.text) for t in spool.transcripts()]
        after = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
    assert min(lengths[1:]) > 100_000
    assert held < 2_000_000
    assert after < 5_000_000


def test_what_a_killed_run_left_is_deleted(tmp_path: Path) -> None:
    (tmp_path / "spool").mkdir()
    (tmp_path / "spool" / "statements.jsonl").write_text("an old interview", encoding="utf-8")
    with Spool(tmp_path / "spool") as spool:
        assert list(spool.statements()) == []
        assert spool.embeddings().vectors.shape == (0, 0)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_said_with_what_to_do(tmp_path: Path) -> None:
    with Spool(tmp_path / "spool") as spool:
        spool._transcripts = open("/dev/full", "w+b")  # noqa: PTH123,SIM115
        with pytest.raises(OutputError, match="disk is full"):
            for n in range(100):
                spool.add(result(f"i{n}", text="word " * 1000))


def test_an_output_made_from_the_spool_is_the_same_bytes(study: Analysis, tmp_path: Path) -> None:
    with Spool(tmp_path / "spool") as spool:
        for transcript in study.transcripts:
            spool.add(Processed(transcript.source, (transcript,)))
        shelved = study.model_copy(update={"transcripts": spool.transcripts()})
        assert shelved.summary() == study.summary()
        study.save(tmp_path / "memory")
        shelved.save(tmp_path / "shelf")
    for path in sorted(p for p in (tmp_path / "memory").rglob("*") if p.is_file()):
        assert (tmp_path / "shelf" / path.relative_to(tmp_path / "memory")).read_bytes() == path.read_bytes(), path.name
