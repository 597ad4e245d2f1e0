"""Output takes its place whole or not at all, and nothing of anybody else's is lost."""

from __future__ import annotations

import errno
import json
import os
import signal
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from jtbd_nlp.errors import OutputError
from jtbd_nlp.store import output_place, replace_folder, swap

FILES = ("a.txt", "sub/b.txt", "statements.jsonl")


def writer(mark: str) -> Callable[[Path], None]:
    """Writes an output whose every file holds `mark`."""

    def build(folder: Path) -> None:
        (folder / "sub").mkdir()
        for name in FILES:
            (folder / name).write_text(mark)
        manifest = {"schema_version": "1.0", "package_version": mark, "files": [{"name": name, "sha256": ""} for name in FILES]}
        (folder / "manifest.json").write_text(json.dumps(manifest))

    return build


def mark_of(folder: Path) -> str:
    """The one mark of a whole output; fails on a mixture."""
    marks = {(folder / name).read_text() for name in FILES}
    marks.add(json.loads((folder / "manifest.json").read_text())["package_version"])
    assert len(marks) == 1
    assert {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()} == {*FILES, "manifest.json"}
    return marks.pop()


def without_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(swap, "exchange", lambda first, second: False)


@pytest.mark.parametrize("one_step", [True, False])
def test_new_output_replaces_the_old_one_and_leaves_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, one_step: bool
) -> None:
    if not one_step:
        without_exchange(monkeypatch)
    out = tmp_path / "out 📁"
    for mark in ("old", "new", "newer"):
        replace_folder(out, writer(mark))
        assert mark_of(out) == mark
        assert sorted(tmp_path.iterdir()) == [out]


def test_the_folder_keeps_its_permissions(tmp_path: Path) -> None:
    out = tmp_path / "out"
    replace_folder(out, writer("old"))
    out.chmod(0o700)
    replace_folder(out, writer("new"))
    assert stat.S_IMODE(out.stat().st_mode) == 0o700


def test_an_empty_folder_and_missing_parents_are_taken(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    replace_folder(tmp_path / "empty", writer("x"))
    replace_folder(tmp_path / "a" / "b" / "c", writer("y"))
    assert (mark_of(tmp_path / "empty"), mark_of(tmp_path / "a" / "b" / "c")) == ("x", "y")


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    replace_folder(tmp_path / "link", writer("x"))
    assert (tmp_path / "link").is_symlink()
    assert mark_of(tmp_path / "real") == "x"


@pytest.mark.parametrize("one_step", [True, False])
def test_an_error_while_building_leaves_the_old_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, one_step: bool) -> None:
    if not one_step:
        without_exchange(monkeypatch)
    out = tmp_path / "out"
    replace_folder(out, writer("old"))

    def build(folder: Path) -> None:
        writer("new")(folder)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        replace_folder(out, build)
    assert mark_of(out) == "old"
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize(
    ("code", "word"), [(errno.ENOSPC, "full"), (errno.EROFS, "read-only"), (errno.EACCES, "may not write"), (errno.EIO, "Choose")]
)
def test_a_refusing_file_system_is_said_plainly(tmp_path: Path, code: int, word: str) -> None:
    out = tmp_path / "out"
    replace_folder(out, writer("old"))

    def build(folder: Path) -> None:
        (folder / "a.txt").write_text("half")
        raise OSError(code, os.strerror(code))

    with pytest.raises(OutputError, match=word):
        replace_folder(out, build)
    assert mark_of(out) == "old"


def test_files_of_others_are_never_overwritten(tmp_path: Path) -> None:
    thesis = tmp_path / "thesis"
    thesis.mkdir()
    (thesis / "chapter.txt").write_text("three years")
    with pytest.raises(OutputError, match=r"not an output of this library.*Choose a new name"):
        replace_folder(thesis, writer("x"))
    (thesis / "manifest.json").write_text('{"name": "a web page", "icons": []}')
    with pytest.raises(OutputError, match="not an output of this library"):
        replace_folder(thesis, writer("x"))
    assert (thesis / "chapter.txt").read_text() == "three years"
    with pytest.raises(OutputError, match="not a folder"):
        replace_folder(thesis / "chapter.txt", writer("x"))


def test_files_added_to_an_output_are_not_lost(tmp_path: Path) -> None:
    out = tmp_path / "out"
    replace_folder(out, writer("old"))
    (out / "my notes.md").write_text("mine")
    with pytest.raises(OutputError, match=r"my notes\.md first"):
        replace_folder(out, writer("new"))
    assert (out / "my notes.md").read_text() == "mine"
    (out / "my notes.md").unlink()
    (out / ".DS_Store").write_text("litter")
    replace_folder(out, writer("new"))
    assert mark_of(out) == "new"


def test_output_and_input_lie_apart(tmp_path: Path) -> None:
    interviews = tmp_path / "interviews"
    interviews.mkdir()
    (interviews / "a.txt").write_text("A: hello")
    for target in (interviews, interviews / "deep" / "out"):
        with pytest.raises(OutputError, match=r"lies in"):
            replace_folder(target, writer("x"), inputs=[interviews])
    with pytest.raises(OutputError, match="lies in the output"):
        replace_folder(tmp_path / "interviews", writer("x"), inputs=[interviews / "a.txt"])
    (tmp_path / "link").symlink_to(interviews)
    with pytest.raises(OutputError, match="lies in the input folder"):
        replace_folder(interviews / "out", writer("x"), inputs=[tmp_path / "link"])
    replace_folder(interviews / "out", writer("x"), inputs=[interviews / "a.txt"])
    assert (interviews / "a.txt").read_text() == "A: hello"


def test_the_current_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OutputError, match="current folder"):
        replace_folder(".", writer("x"))


def test_a_loop_of_links_is_refused(tmp_path: Path) -> None:
    (tmp_path / "one").symlink_to(tmp_path / "two")
    (tmp_path / "two").symlink_to(tmp_path / "one")
    with pytest.raises(OutputError):
        replace_folder(tmp_path / "one", writer("x"))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the administrator may write everywhere")
def test_a_folder_without_permission_is_said_plainly(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(OutputError, match="may not write"):
            replace_folder(tmp_path / "out", writer("x"))
    finally:
        tmp_path.chmod(0o700)


def test_a_second_run_says_so_and_stops(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with output_place(out) as place:
        with pytest.raises(OutputError, match=rf"another run \(process {os.getpid()}\)"):
            replace_folder(out, writer("second"))
        place.replace(writer("first"))
        place.replace(writer("again"))
    assert mark_of(out) == "again"
    replace_folder(out, writer("later"))
    assert mark_of(out) == "later"


def test_what_is_kept_beside_the_output_stays(tmp_path: Path) -> None:
    with output_place(tmp_path / "out") as place:
        (place.side / "store.sqlite").write_text("kept")
        place.replace(writer("x"))
    assert sorted(p.name for p in (tmp_path / "out.jtbd").iterdir()) == ["store.sqlite"]
    assert stat.S_IMODE((tmp_path / "out.jtbd").stat().st_mode) == 0o700


def _run_and_die(out: Path, mark: str, step: int, one_step: bool) -> bool:
    """In a child: replace `out`, killed at the `step`-th thing that it asks of the file system. True where it was killed."""
    child = os.fork()
    if child == 0:
        if not one_step:
            swap.exchange = lambda first, second: False
        left = [step]

        def count(event: str, _: object) -> None:
            if event == "open" or event.startswith(("os.", "shutil.", "ctypes.call")):
                left[0] -= 1
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        try:
            replace_folder(out, writer(mark))
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("one_step", [True, False])
def test_killed_at_any_step_the_output_is_old_or_new_and_the_next_run_succeeds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, one_step: bool
) -> None:
    monkeypatch.setattr(os, "fsync", lambda handle: None)  # a process that is killed loses nothing that it wrote
    out = tmp_path / "out"
    replace_folder(out, writer("0"))
    seen, absent = set(), 0
    for step in range(1, 400):
        old, new = str(2 * step - 2), str(2 * step - 1)
        killed = _run_and_die(out, new, step, one_step)
        if out.exists():
            assert mark_of(out) in (old, new)
        else:
            absent += 1
        with output_place(out):
            pass
        seen.add(mark_of(out) == new)
        assert mark_of(out) in (old, new)
        replace_folder(out, writer(str(2 * step)))
        assert mark_of(out) == str(2 * step)
        assert list(tmp_path.iterdir()) == [out]
        if not killed:
            break
    else:
        pytest.fail("the child never ended by itself")
    assert step > 20
    assert seen == {True, False}
    assert absent == 0 if one_step else absent > 0
