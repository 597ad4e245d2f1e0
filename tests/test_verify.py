"""The checker accepts what was written and refuses whatever was changed, also where the manifest was rewritten to fit."""

from __future__ import annotations

import hashlib
import json
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jtbd_nlp import output
from jtbd_nlp.schema import TAGS, AnalysisRecord, content_id
from jtbd_nlp.verify import render, verify

sys.path.insert(0, str(Path(__file__).parent / "report"))
from report_builders import study


def record(grouped: bool = True) -> AnalysisRecord:
    """A whole analysis, made by hand from the coded stories, with ids as the library makes them."""
    made = study(grouped=grouped, names=("s01", "s07"))
    data = made.model_dump_json()
    for outcome in made.outcomes:
        data = data.replace(outcome.id, content_id("o", (outcome.statement, outcome.text)))
    made = AnalysisRecord.model_validate_json(data)
    loose = {tag: tuple(sorted(s.id for s in made.statements if tag in s.tags and tag not in s.themes)) for tag in TAGS}
    return made.model_copy(update={"unclustered": {tag: names for tag, names in loose.items() if names}})


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("verify") / "out"
    output.write(record(), "<html>report</html>", out)
    return out


@pytest.fixture
def out(written: Path, tmp_path: Path) -> Path:
    """A copy to be spoiled."""
    return Path(shutil.copytree(written, tmp_path / "out"))


def reseal(folder: Path) -> None:
    """Rewrite the manifest so that it fits whatever is there: what a careful forger does."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.name != "manifest.json")
    manifest["files"] = [{"name": p.relative_to(folder).as_posix(), "sha256": hashlib.sha256(p.read_bytes()).hexdigest()} for p in files]
    manifest["seal"] = ""
    seal = hashlib.sha256((json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()).hexdigest()
    (folder / "manifest.json").write_bytes((json.dumps({**manifest, "seal": seal}, ensure_ascii=False, indent=1) + "\n").encode())


def rewrite(folder: Path, change: Callable[[Any, list[Any]], object]) -> None:
    """Change analysis.json and statements.jsonl as data, and the manifest with them."""
    analysis = json.loads((folder / "analysis.json").read_text(encoding="utf-8"))
    rows = [json.loads(line) for line in (folder / "statements.jsonl").read_text(encoding="utf-8").splitlines()]
    before = json.dumps([analysis, rows])
    change(analysis, rows)
    assert json.dumps([analysis, rows]) != before
    (folder / "analysis.json").write_text(json.dumps(analysis, ensure_ascii=False), encoding="utf-8")
    (folder / "statements.jsonl").write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")
    reseal(folder)


def test_what_was_written_is_accepted_with_or_without_groups(written: Path, tmp_path: Path) -> None:
    assert verify(written).findings == ()
    output.write(record(grouped=False), "<html></html>", tmp_path / "few")
    assert verify(tmp_path / "few").findings == ()
    said = render(verify(written))
    assert "as it was written" in said
    assert "titles" in said.split("Cannot be proved:")[1]


def test_an_honest_rewrite_is_accepted(out: Path) -> None:
    reseal(out)
    assert verify(out).findings == ()


def test_what_is_in_no_theme_may_be_counted_as_heard_once_and_not_twice(out: Path) -> None:
    """Each text of a tag counts, not each tag."""

    def claim(more: int) -> Callable[[Any, list[Any]], object]:
        def change(a: Any, rows: list[Any]) -> object:
            said = {row["id"]: row["text"] for row in rows}
            loose = {tag: {said[name] for name in names} for tag, names in a["unclustered"].items()}
            assert max(map(len, loose.values())) > 1
            alone = sum(map(len, loose.values())) + more
            return a["saturation"].update(heard=len(a["themes"]) + alone, alone=alone)

        return change

    rewrite(out, claim(0))
    assert verify(out).ok
    rewrite(out, claim(1))
    assert not verify(out).ok


def test_every_changed_byte_of_every_file_is_found(out: Path) -> None:
    rng = random.Random(0)
    for path in sorted(p for p in out.rglob("*") if p.is_file()):
        whole = path.read_bytes()
        places = {0, len(whole) - 1, *(rng.randrange(len(whole)) for _ in range(12))}
        for at in places:
            path.write_bytes(whole[:at] + bytes([whole[at] ^ (1 << rng.randrange(8))]) + whole[at + 1 :])
            assert not verify(out).ok, f"{path.name} byte {at}"
        for spoiled in (whole[:-1], whole + b"\n", b"", whole[1:]):
            path.write_bytes(spoiled)
            assert not verify(out).ok, path.name
        path.write_bytes(whole)
    assert verify(out).ok


def test_files_added_moved_or_missing_are_found(out: Path) -> None:
    (out / "transcripts" / "s99.txt").write_text("Anna: I was there too.")
    assert [f.file for f in verify(out).findings] == ["transcripts/s99.txt"] * 2
    reseal(out)
    assert [f.what for f in verify(out).findings] == ["is not named by the analysis"]
    (out / "transcripts" / "s99.txt").unlink()
    (out / "empty").mkdir()
    assert not verify(out).ok
    (out / "empty").rmdir()
    reseal(out)
    (out / ".DS_Store").write_bytes(b"left by a file manager")
    assert verify(out).ok
    for name in ("report.html", "statements.jsonl", "analysis.json", "manifest.json", "transcripts/s01.txt"):
        kept = (out / name).read_bytes()
        (out / name).unlink()
        assert name in {f.file for f in verify(out).findings}
        (out / name).write_bytes(kept)
    (out / "report.html").rename(out / "elsewhere.html")
    (out / "report.html").symlink_to(out / "elsewhere.html")
    assert "report.html" in {f.file for f in verify(out).findings}


def first(rows: list[Any], **wanted: Any) -> Any:
    return next(r for r in rows if all(r.get(k) == v for k, v in wanted.items()))


FORGERIES: dict[str, Callable[[Any, list[Any]], object]] = {
    "a statement is moved": lambda a, rows: rows[3].update(start=rows[3]["start"] + 1, end=rows[3]["end"] + 1),
    "a statement is longer": lambda a, rows: rows[3].update(end=rows[3]["end"] + 1),
    "a statement says something else": lambda a, rows: rows[3].update(text=rows[3]["text"][::-1]),
    "a statement has another id": lambda a, rows: rows[3].update(id="s_000000000000"),
    "a statement is in another interview": lambda a, rows: rows[3].update(transcript="s07"),
    "a statement is of nowhere": lambda a, rows: rows[3].update(transcript="../manifest.json"),
    "a statement is of another speaker": lambda a, rows: rows[3].update(speaker="Interviewer"),
    "a statement is of another turn": lambda a, rows: rows[3].update(turn=0),
    "a turn is below zero": lambda a, rows: rows[3].update(turn=-1),
    "a statement is twice": lambda a, rows: rows.insert(3, rows[3]),
    "a statement is gone": lambda a, rows: rows.pop(3),
    "two statements change places": lambda a, rows: rows.insert(3, rows.pop(4)),
    "a statement names another theme": lambda a, rows: next(r for r in rows if r["themes"])["themes"].update(push="t_000000000000"),
    "a statement leaves its theme": lambda a, rows: next(r for r in rows if r["themes"])["themes"].clear(),
    "a statement loses a force": lambda a, rows: next(r for r in rows if "push" in r["tags"] and not r["themes"])["tags"].pop("push"),
    "a statement gains a force": lambda a, rows: next(r for r in rows if "pull" not in r["tags"])["tags"].update(pull=0.9),
    "a position is no whole number": lambda a, rows: rows[3].update(start=float(rows[3]["start"])),
    "a quote is another": lambda a, rows: a["stories"][0]["timeline"][0]["evidence"].update(quote="I never said that"),
    "a quote is empty": lambda a, rows: a["stories"][0]["timeline"][0]["evidence"].update(
        quote="", end=a["stories"][0]["timeline"][0]["evidence"]["start"]
    ),
    "a quote is from elsewhere": lambda a, rows: a["themes"][0]["title_evidence"][0].update(start=0, end=10),
    "a quote is of another interview": lambda a, rows: a["themes"][0]["title_evidence"][0].update(transcript="s99"),
    "a quote is of another statement": lambda a, rows: a["jobs"][0]["evidence"][0].update(statement=rows[-1]["id"]),
    "a quote is of another text": lambda a, rows: a["outcomes"][0]["evidence"].update(sha256="0" * 64),
    "a quote has no text": lambda a, rows: a["outcomes"][0]["evidence"].update(sha256=None),
    "a theme has another id": lambda a, rows: a["themes"][0].update(id="t_000000000000"),
    "a theme has another tag": lambda a, rows: a["themes"][0].update(tag="step"),
    "a theme loses a statement": lambda a, rows: a["themes"][0]["statements"].pop(),
    "a theme gains a statement": lambda a, rows: a["themes"][0]["statements"].append(rows[0]["id"]),
    "a theme is gone": lambda a, rows: a["themes"].pop(),
    "a theme has a strange exemplar": lambda a, rows: a["themes"][0].update(exemplars=["s_000000000000"]),
    "a theme is heard more often": lambda a, rows: a["themes"][0]["support"].update(k=a["themes"][0]["support"]["k"] + 1),
    "a theme is of fewer interviews": lambda a, rows: a["themes"][0]["support"].update(n=3),
    "an unclustered statement is hidden": lambda a, rows: next(v for v in a["unclustered"].values() if v).pop(),
    "an unclustered statement is made up": lambda a, rows: a["unclustered"]["push"].append("s_000000000000"),
    "an outcome says something else": lambda a, rows: a["outcomes"][0].update(text="Minimize everything"),
    "an outcome has another id": lambda a, rows: a["outcomes"][0].update(id="o_000000000000"),
    "an outcome is of another statement": lambda a, rows: a["outcomes"][0].update(statement=rows[0]["id"]),
    "an outcome is of another interview": lambda a, rows: a["outcomes"][0].update(transcript="s99"),
    "a story is gone": lambda a, rows: a["stories"].pop(),
    "a story is twice": lambda a, rows: a["stories"].append(a["stories"][0]),
    "an event is of another statement": lambda a, rows: a["stories"][0]["timeline"][0].update(statement=rows[-1]["id"]),
    "an event was told at another time": lambda a, rows: a["stories"][0]["timeline"][0].update(told=99),
    "a force is counted wrong": lambda a, rows: a["stories"][0]["balance"].update(push=a["stories"][0]["balance"]["push"] + 1),
    "a balance leans elsewhere": lambda a, rows: a["stories"][0]["balance"].update(score=-1.0),
    "a story names a strange theme": lambda a, rows: a["stories"][0]["themes"].append("t_000000000000"),
    "a story names a strange outcome": lambda a, rows: a["stories"][0]["outcomes"].append("o_000000000000"),
    "a job has another id": lambda a, rows: a["jobs"][0].update(id="j_000000000000"),
    "a job gains a story": lambda a, rows: a["jobs"][0]["stories"].append("s99"),
    "a job is supported by more": lambda a, rows: a["jobs"][0]["support"].update(k=9),
    "a job names a strange theme": lambda a, rows: a["jobs"][0]["themes"].append("t_000000000000"),
    "a job names a strange outcome": lambda a, rows: a["jobs"][0]["map"][0].update(outcomes=["o_000000000000"]),
    "a job is related to nothing": lambda a, rows: a["jobs"][0].update(related=["j_000000000000"]),
    "a step tied to a product is none of the job": lambda a, rows: a["jobs"][0]["map"][0].update(product_steps=["s_000000000000"]),
    "a pathway serves no job": lambda a, rows: a["pathways"][0].update(job="j_000000000000"),
    "a pathway loses its stories": lambda a, rows: a["pathways"][0].update(stories=[]),
    "a pathway has another id": lambda a, rows: a["pathways"][0].update(id="p_000000000000"),
    "a pathway is twice": lambda a, rows: a["pathways"].append(a["pathways"][0]),
    "more stories are claimed": lambda a, rows: a["structure"].update(n=40),
    "pathways are claimed without structure": lambda a, rows: a["structure"].update(verdict="no_structure", k=0),
    "a theme of a pathway is heard by more": lambda a, rows: a["pathways"][0].update(theme_support=[{"k": 9, "n": 9}]),
    "more was said in no theme": lambda a, rows: a["saturation"].update(heard=999 + a["saturation"]["heard"], alone=999),
    "more themes were heard": lambda a, rows: a["saturation"].update(heard=99),
    "an interview is gone": lambda a, rows: a["transcripts"].pop(),
    "an interview is of another text": lambda a, rows: a["transcripts"][0].update(sha256="0" * 64),
    "a turn is moved": lambda a, rows: a["transcripts"][0]["turns"][3].update(start=0),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_with_a_rewritten_manifest_is_found(out: Path, name: str) -> None:
    rewrite(out, FORGERIES[name])
    found = verify(out).findings
    assert found
    assert all(f.file in ("analysis.json", "statements.jsonl") or f.file.startswith("transcripts/") for f in found)


def test_a_changed_transcript_with_a_rewritten_manifest_is_found(out: Path) -> None:
    rng = random.Random(1)
    for path in sorted((out / "transcripts").iterdir()):
        whole = path.read_bytes()
        for at in [rng.randrange(len(whole)) for _ in range(6)]:
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
            reseal(out)
            assert not verify(out).ok, f"{path.name} byte {at}"
        path.write_bytes(whole)
    reseal(out)
    assert verify(out).ok


def lines_of(folder: Path) -> list[str]:
    """What is shown of a folder that is not as it was written, but for the last lines."""
    return render(verify(folder)).split(f"\n{folder}: ")[0].splitlines()


@pytest.mark.parametrize("resealed", [False, True])
def test_a_changed_transcript_is_told_once_with_how_much_of_it_no_longer_stands(out: Path, resealed: bool) -> None:
    file = out / "transcripts" / "s01.txt"
    file.write_bytes(b"x" + file.read_bytes())
    if resealed:
        reseal(out)
    rows = [json.loads(line) for line in (out / "statements.jsonl").read_text(encoding="utf-8").splitlines()]
    (line,) = lines_of(out)
    said = sum(row["transcript"] == "s01" for row in rows)
    assert said > 3
    assert line.startswith(
        f"transcripts/s01.txt: is not the text that was analysed; no longer in it: {said} statements (statements.jsonl line "
    )
    assert re.search(r"line (\d+, ){3}\.\.\.\), \d+ quotes \(characters (\d+:\d+, ){3}\.\.\.\)", line)
    assert ("; was changed: it has another sha256" in line) == (not resealed)


def test_a_change_where_nothing_was_quoted_says_that_all_still_stands(out: Path) -> None:
    file = out / "transcripts" / "s01.txt"
    file.write_bytes(file.read_bytes() + b"\n")
    reseal(out)
    assert lines_of(out) == ["transcripts/s01.txt: is not the text that was analysed; every statement and quote still stands in it"]


@pytest.mark.parametrize("content", [None, b"\xff"])
def test_a_transcript_that_cannot_be_read_is_told_once(out: Path, content: bytes | None) -> None:
    file = out / "transcripts" / "s01.txt"
    if content is None:
        file.unlink()
    else:
        file.write_bytes(content)
    (line,) = lines_of(out)
    assert "statements (statements.jsonl line " in line
    assert "missing or unreadable" in line


def test_a_changed_transcript_does_not_hide_what_else_was_forged(out: Path) -> None:
    rewrite(out, lambda a, rows: (rows[3].update(speaker="Nobody"), a["outcomes"][0]["evidence"].update(sha256="0" * 64)))
    for file in (out / "transcripts").iterdir():
        file.write_bytes(b"x" + file.read_bytes())
    reseal(out)
    shown = lines_of(out)
    assert [line.split(":")[0] for line in shown] == ["transcripts/s01.txt", "transcripts/s07.txt", "statements.jsonl", "analysis.json"]
    assert "turn or speaker" in shown[2]
    assert "is of another text" in shown[3]


HOSTILE = [
    b"", b"{", b"[]", b"null", b"17", b"\xff\xfe", b"[" * 200_000, b'{"a":' * 100_000, b"9" * 10_000, b'{"files": 3, "seal": 1}', b'{"x": 1e999}',
    b'{"x": NaN}', b'{"a": 1, "a": 2}', b'{"transcripts": [1, null, {}], "themes": {"a": 1}, "files": [[]]}', b'{"transcripts": {"id": []}}',
    b'{"transcripts": [{"id": {"a": 1}, "turns": []}]}', b'{"transcripts": [{"id": "s01", "sha256": 1, "turns": [{"start": -1, "end": 1e9}]}]}',
]  # fmt: skip


@pytest.mark.parametrize("name", ["manifest.json", "analysis.json", "statements.jsonl", "transcripts/s01.txt"])
def test_hostile_files_are_findings_and_never_a_traceback(out: Path, name: str) -> None:
    for content in HOSTILE:
        (out / name).write_bytes(content)
        if name != "manifest.json":
            reseal(out)
        assert not verify(out).ok
        assert render(verify(out))


def test_every_record_may_be_of_any_shape(out: Path) -> None:
    analysis = json.loads((out / "analysis.json").read_text(encoding="utf-8"))
    keys = {key: value for part in analysis.values() if isinstance(part, list) and part for key, value in part[0].items()}
    assert len(keys) > 30
    for shape in (None, 0, "x", [], {}, [[1]], {"k": None}, -(10**400), "\udcff"):
        for part in ("themes", "outcomes", "stories", "jobs", "pathways", "transcripts", "structure", "unclustered"):
            changed = {**analysis, part: [shape] if isinstance(analysis[part], list) else shape}
            if isinstance(analysis[part], list) and isinstance(shape, list | dict):
                changed[part] = [dict.fromkeys(analysis[part][0], shape)]
            (out / "analysis.json").write_text(json.dumps(changed), encoding="utf-8")
            reseal(out)
            assert isinstance(verify(out).ok, bool)


def test_it_runs_by_itself_and_a_folder_that_is_none_is_refused(written: Path, tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "jtbd_nlp.verify", str(written)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Proved:" in done.stdout
    done = subprocess.run([sys.executable, "-m", "jtbd_nlp.verify", str(tmp_path / "nowhere")], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "")
    assert "NOT as it was written" in done.stdout
    assert not verify(tmp_path).ok


def test_it_imports_the_standard_library_alone() -> None:
    code = "import sys; before = set(sys.modules); import jtbd_nlp.verify; print(*sorted({m.split('.')[0] for m in set(sys.modules) - before}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) <= {"jtbd_nlp", *sys.stdlib_module_names}
