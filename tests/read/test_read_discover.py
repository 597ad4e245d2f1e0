"""From folders to files and ids."""

from __future__ import annotations

import itertools
import unicodedata
from pathlib import Path

import pytest

from jtbd_nlp.config import ReadConfig
from jtbd_nlp.errors import InputError
from jtbd_nlp.read import Discovery, Source, discover, find_duplicates, read_source

TALK = "Interviewer: What happened then?\nRui: I bought a mattress.\nInterviewer: And how did you sleep?\nRui: I slept well.\n"


def make(folder: Path, *names: str, text: str = TALK) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def ids(found: Discovery) -> dict[str, str]:
    return {s.name: s.id for s in found.sources}


def test_folders_are_walked_and_sorted(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a.txt", "deep/er/c.vtt")
    assert ids(discover([tmp_path])) == {"a.txt": "a", "b.txt": "b", "deep/er/c.vtt": "c"}
    assert [s.name for s in discover([tmp_path]).sources] == ["a.txt", "b.txt", "deep/er/c.vtt"]


def test_ids_grow_only_where_stems_repeat(tmp_path: Path) -> None:
    make(tmp_path, "one/s01.txt", "two/s01.txt", "two/s02.txt", "two/s02.vtt", "S02.docx", "s03.txt")
    assert ids(discover([tmp_path])) == {
        "S02.docx": "S02",
        "one/s01.txt": "one__s01",
        "s03.txt": "s03",
        "two/s01.txt": "two__s01",
        "two/s02.txt": "two__s02.txt",
        "two/s02.vtt": "two__s02.vtt",
    }


def test_ids_depend_on_the_set_of_inputs_alone(tmp_path: Path) -> None:
    make(tmp_path, "a/x.txt", "b/x.txt", "c/a__x.txt", "y.txt")
    inputs = [tmp_path / "a", tmp_path / "b" / "x.txt", tmp_path / "c", tmp_path / "y.txt"]
    first = discover(inputs)
    assert all(discover(order) == first for order in itertools.permutations(inputs))
    assert len({s.id for s in first.sources}) == 4
    assert not any(str(tmp_path) in s.name for s in first.sources)


def test_rows_of_a_table_have_ids_that_no_file_has(tmp_path: Path) -> None:
    """`<stem>__<key>` of a row could be the id of a file, or of a row of another table."""
    survey = "id,What made you buy a lock?,What happened then?\n{},My old lock froze in March.,I was late for work twice.\n"
    make(tmp_path, "survey.csv", text=survey.format("R-1"))
    make(tmp_path, "survey__R-1.txt", "Survey/R-1.txt", "other/R-1.txt")
    make(tmp_path, "a.csv", text=survey.format("b__c"))
    make(tmp_path, "a__b.csv", text=survey.format("c"))
    make(tmp_path, "plain.csv", text=survey.format("R-1"))
    found = [t.id for s in discover([tmp_path]).sources for t in read_source(s)]
    assert len({i.casefold() for i in found}) == len(found) == 7
    assert {"survey.csv__R-1", "a.csv__b__c", "a__b__c", "plain__R-1"} <= set(found)


def test_rows_of_one_table_never_share_an_id(tmp_path: Path) -> None:
    keys = ["a", "a", "A_1", "", "4", "b", "a_1_3", "_4", "e\u0301", "\u00e9"]
    rows = "".join(f"{key},My old lock froze in March.\n" for key in keys)
    make(tmp_path, "survey.csv", text=f"id,What made you buy a lock?\n{rows}")
    (source,) = discover([tmp_path]).sources
    ids = [unicodedata.normalize("NFC", t.id).casefold() for t in read_source(source)]
    assert len(set(ids)) == len(ids) == len(keys)


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    assert len(discover([tmp_path, tmp_path / "a.txt", str(tmp_path / "a.txt")]).sources) == 1


def test_system_files_are_passed_over_in_silence(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", ".DS_Store", "._a.txt", "Thumbs.db", "~$a.docx", ".git/config", "desktop.ini")
    found = discover([tmp_path])
    assert (ids(found), found.problems) == ({"a.txt": "a"}, ())
    assert ".DS_Store" in found.skipped


def test_media_missing_and_empty_are_named_with_a_reason(tmp_path: Path) -> None:
    make(tmp_path, "in/a.txt", "in/talk.mp4", "in/talk.m4a", "in/photo.JPG")
    (tmp_path / "empty").mkdir()
    found = discover([tmp_path / "in", tmp_path / "gone.txt", tmp_path / "empty"])
    reasons = {Path(p.source).name: p.reason for p in found.problems}
    assert set(reasons) == {"talk.mp4", "talk.m4a", "photo.JPG", "gone.txt", "empty"}
    assert "video" in reasons["talk.mp4"]
    assert "no such file" in reasons["gone.txt"]
    assert len(found.sources) == 1


def test_links_that_lead_back_or_nowhere(tmp_path: Path) -> None:
    make(tmp_path, "in/a.txt")
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "dangling.txt").symlink_to(tmp_path / "nowhere.txt")
    found = discover([tmp_path / "in"])
    assert ids(found) == {"a.txt": "a"}
    assert [p.source for p in found.problems] == ["dangling.txt"]


def test_names_with_spaces_and_emoji(tmp_path: Path) -> None:
    make(tmp_path, "höhe 🚲/inter view.final.txt")
    (source,) = discover([tmp_path]).sources
    assert source.id == "inter view.final"
    assert read_source(source)[0].source == "höhe 🚲/inter view.final.txt"


def test_a_file_that_vanishes_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be opened"):
        read_source(Source(path=str(tmp_path / "gone.txt"), name="gone.txt", id="gone"))


def test_too_big_is_an_input_error(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    (source,) = discover([tmp_path]).sources
    with pytest.raises(InputError, match="max_bytes"):
        read_source(source, ReadConfig(max_bytes=10))
    with pytest.raises(InputError, match="max_chars"):
        read_source(source, ReadConfig(max_chars=10))


def test_duplicates_are_found_across_formats(tmp_path: Path) -> None:
    long = "Rui: " + "I bought a mattress in November and slept on it for two weeks before I told my wife what it had cost us. " * 2 + "\n"
    make(tmp_path, "a.txt", "copy/b.txt", text="Interviewer: And then?\n" + long)
    make(tmp_path, "c.md", text="**Anna:** And then?\n\n**Ben:** " + long.removeprefix("Rui: ").upper())
    make(tmp_path, "d.txt", text="Interviewer: And then?\n" + long.replace("November", "May"))
    transcripts = [t for s in discover([tmp_path]).sources for t in read_source(s)]
    assert [(d.id, d.kept) for d in find_duplicates(transcripts)] == [("b", "a"), ("c", "a")]
