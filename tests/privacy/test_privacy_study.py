"""A whole study with stand-ins: consistent, true to its offsets, the same whatever the order."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings, strategies as st

from jtbd_nlp.config import PrivacyConfig
from jtbd_nlp.privacy import Key, pseudonymise
from jtbd_nlp.privacy.rebuild import Moved, Swap
from jtbd_nlp.read import transcript_from_text
from jtbd_nlp.schema import Note, Problem, TimeMark, Transcript, Turn

FIRST = (
    "Interviewer: Hello Katrin, when did the bike arrive, was that in Leipzig?\n"
    "Katrin Thistlewood: It came in March. My boss, Tadeusz, had one from Veltrona already, and I asked Tadeusz about it. "
    "You can write to katrin.thistlewood@veltrona.io or ring 07700 900123.\n"
)
SECOND = (
    "Interviewer: how did you hear about it\n"
    "jolanda: so tadeus told me about it he works with katrin thistlewood at veltrona and we met in leipzig and my email is "
    "katrin dot thistlewood at veltrona dot io and i think it was a good idea to look for another way of doing it\n"
)


def study() -> list[Transcript]:
    return [transcript_from_text(FIRST, id="Katrin Thistlewood"), transcript_from_text(SECOND, id="jolanda_2")]


def by_name(done: object, key: Key, name: str) -> Transcript:
    (id,) = [id for id, i in key.interviews.items() if i.name == name]
    return next(t for t in done.transcripts if t.id == id)  # type: ignore[attr-defined]


def stand_in(key: Key, form: str) -> str:
    return next(name for name, s in key.stand_ins.items() if form in s.forms)


def test_names_are_gone_and_stand_ins_are_the_same_everywhere() -> None:
    done = pseudonymise(study())
    first, second = by_name(done, done.key, "Katrin Thistlewood"), by_name(done, done.key, "jolanda_2")
    for text in (first.text, second.text, repr(first), repr(second)):
        assert not re.search("katrin|thistle|tadeus|veltrona|leipzig|jolanda|07700", text, re.IGNORECASE)
    katrin, boss, mail = (
        stand_in(done.key, "katrin thistlewood"),
        stand_in(done.key, "tadeusz"),
        stand_in(done.key, "katrin.thistlewood@veltrona.io"),
    )
    assert stand_in(done.key, "katrin") == katrin  # the first name alone is hers
    assert first.turns[1].speaker == katrin
    assert first.turns[0].speaker == "Interviewer"
    assert boss in first.text and boss in second.text  # heard as "tadeus" there
    assert mail in first.text and mail in second.text  # said there
    assert "It came in March. My boss, " in first.text
    assert "a good idea to look for another way of doing it" in second.text


def test_offsets_are_true_to_the_new_text() -> None:
    old = study()[0]
    turn = old.turns[1]
    marks = (
        TimeMark(start=turn.start, end=turn.start + 17, start_s=0, end_s=1),
        TimeMark(start=turn.start + 18, end=turn.end, start_s=1, end_s=9),
    )
    done = pseudonymise([old.model_copy(update={"marks": marks})])
    (new,) = done.transcripts
    assert new.turn_text(new.turns[1]).startswith("It came in March. My boss, P")
    assert new.text[: new.turns[1].start].endswith(new.turns[1].speaker + ": ")
    assert new.text[new.marks[0].start : new.marks[0].end] == "It came in March."
    assert new.marks[1].end == new.turns[1].end
    assert [t.role for t in new.turns] == [t.role for t in old.turns]


def test_the_order_of_interviews_means_nothing() -> None:
    there, back = pseudonymise(study()), pseudonymise(study()[::-1])
    assert there.transcripts == back.transcripts
    assert there.key == back.key


def test_interviews_that_are_added_later_use_the_key() -> None:
    one = pseudonymise(study()[:1])
    both = pseudonymise(study(), one.key)
    for name, entry in one.key.stand_ins.items():
        assert set(entry.forms) <= set(both.key.stand_ins[name].forms)
    assert by_name(both, both.key, "Katrin Thistlewood").id == one.transcripts[0].id
    again = pseudonymise(study(), both.key)
    assert again.key == both.key
    assert again.transcripts == both.transcripts


def test_an_interview_that_was_renamed_keeps_its_id() -> None:
    one = pseudonymise(study()[:1])
    renamed = study()[0].model_copy(update={"id": "first"})
    assert pseudonymise([renamed], one.key).transcripts[0].id == one.transcripts[0].id


def test_labels_that_look_like_stand_ins_are_not_taken() -> None:
    text = "Interviewer: Who told you?\nP1: It was Tadeusz from Veltrona, and P2 heard it too, and then we all went home.\n"
    done = pseudonymise([transcript_from_text(text)])
    assert done.transcripts[0].turns[1].speaker == "P1"
    assert re.search(r"It was P3 from \w+_1, and P2 heard it too", done.transcripts[0].text)


def test_files_that_could_not_be_read_and_notes_lose_their_names() -> None:
    noted = study()[0].model_copy(update={"notes": (Note(code="odd", message="Tadeusz says little"),)})
    done = pseudonymise([noted], problems=[Problem(source="Jolanda Fernsby.docx", reason="broken")])
    assert "Tadeusz" not in done.transcripts[0].notes[0].message
    assert done.problems[0].source in done.key.interviews
    assert "Fernsby" not in done.problems[0].source
    ending = pseudonymise([noted], problems=[Problem(source="Jolanda.docx", reason="a zip-based (.docx) file of Jolanda's")])
    assert re.fullmatch(r"a zip-based \(\.docx\) file of P\d*'s", ending.problems[0].reason)
    assert done.text("Talks with Tadeusz") == f"Talks with {stand_in(done.key, 'tadeusz')}"


def test_settings_say_what_stays_and_what_goes() -> None:
    done = pseudonymise(study(), config=PrivacyConfig(keep=("Veltrona",), hide=("good idea",)))
    texts = " ".join(t.text for t in done.transcripts)
    assert "one from Veltrona already" in texts
    assert "good idea" not in texts


def test_an_error_tells_no_word_of_an_interview(monkeypatch: pytest.MonkeyPatch) -> None:
    import jtbd_nlp.privacy.api as api
    from jtbd_nlp.errors import InputError

    def fails(*args: object) -> None:
        raise KeyError("Katrin Thistlewood")

    monkeypatch.setattr(api, "stretches_of", fails)
    with pytest.raises(InputError) as caught:
        pseudonymise(study())
    assert "Katrin" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


@given(
    st.text(min_size=1, max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9), st.text(max_size=5)), max_size=6), st.data()
)
def test_places_outside_of_swaps_keep_their_words(text: str, raw: list[tuple[int, int, str]], data: st.DataObject) -> None:
    swaps: list[Swap] = []
    for start, length, new in sorted(raw):
        end = min(start + length, len(text))
        if start < end and (not swaps or swaps[-1].end <= start):
            swaps.append(Swap(start, end, new))
    moved = Moved(text, swaps)
    edges = [0, *(p for s in swaps for p in (s.start, s.end)), len(text)]
    for a, b in zip(edges[::2], edges[1::2], strict=True):
        assert moved.text[moved.start(a) if a not in {s.start for s in swaps} else moved.end(a) : moved.end(b)].endswith(text[a:b])
    place = data.draw(st.integers(0, len(text)))
    assert 0 <= moved.start(place) <= len(moved.text)
    assert moved.start(0) == 0
    assert moved.end(len(text)) == len(moved.text)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.text(alphabet="ab AB.@:1é\n-'\u0301🙂", min_size=1, max_size=30).filter(lambda s: s.strip()), min_size=1, max_size=5),
    st.integers(0, 9),
)
def test_any_text_gives_a_valid_transcript(said: list[str], seed: int) -> None:
    text, turns = "", []
    for i, words in enumerate(said):
        label = random.Random(seed + i).choice(["Interviewer", "Ann Bee", "@x", ""])
        start = len(text) + len(label) + 2
        text += f"{label}: {words}\n"
        turns.append(Turn(index=i, speaker=label, role="participant", start=start, end=start + len(words)))
    done = pseudonymise([Transcript(id="t", text=text, turns=tuple(turns))])
    (new,) = done.transcripts  # built through the schema, which checks turns and text
    assert len(new.turns) == len(turns)
    assert pseudonymise([Transcript(id="t", text=text, turns=tuple(turns))], done.key).transcripts == done.transcripts
