"""What a transcript's segments promise, through the real parser."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings, strategies as st

from jtbd_nlp.config import SegmentConfig
from jtbd_nlp.parser import load_parser
from jtbd_nlp.schema import Role, Segment, Transcript, Turn
from jtbd_nlp.segment import Segmenter, load_segmenter
from jtbd_nlp.segment.segmenter import parsable

WORD = re.compile(r"\w+(?:['’]\w+)*")
STORY = (
    "The clinic closed at five and I never made it there. So I asked my sister, because she had switched the year before. "
    "Yes. I was worried about the price, to be honest, but it turned out cheaper; now I don't even think about it. "
    "When the letter came in September I sat down and I read all of it, twice, and then I called them up and said that I had had enough."
)


def interview(*said: str, roles: tuple[Role, ...] = ()) -> Transcript:
    text, turns = "", []
    for i, words in enumerate(said):
        text += "P: "
        turns.append(Turn(index=i, speaker="P", role=roles[i] if roles else "participant", start=len(text), end=len(text) + len(words)))
        text += words + "\n"
    return Transcript(id="t", text=text, turns=tuple(turns))


def texts(segments: tuple[Segment, ...]) -> list[str]:
    return [s.text for s in segments]


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return load_segmenter()


def check(transcript: Transcript, segments: tuple[Segment, ...]) -> None:
    """Exact slices, in order, inside their turn, no white space at the ends, and nothing that was said is left out."""
    at = 0
    for s in segments:
        turn = transcript.turns[s.turn]
        assert transcript.text[s.start : s.end] == s.text == s.text.strip() != ""
        assert at <= s.start and turn.start <= s.start < s.end <= turn.end
        at = s.end
    for turn in transcript.turns:
        kept = "".join(s.text for s in segments if s.turn == turn.index)
        said = transcript.turn_text(turn) if turn.role != "interviewer" else ""
        assert re.sub(r"\s", "", kept) == re.sub(r"\s", "", said)


def test_only_those_who_answer_are_segmented_and_unknown_speakers_count_as_such(segmenter: Segmenter) -> None:
    transcript = interview(
        "Why did you leave?", "It broke all the time.", "I never liked it anyway.", roles=("interviewer", "participant", "unknown")
    )
    assert texts(segmenter.segment(transcript)) == ["It broke all the time.", "I never liked it anyway."]


def test_sentences_and_clauses_that_say_different_things_are_apart(segmenter: Segmenter) -> None:
    transcript = interview(STORY)
    found = segmenter.segment(transcript)
    check(transcript, found)
    assert "So I asked my sister, because she had switched the year before." in texts(found)
    assert "Yes. I was worried about the price, to be honest," in texts(found)
    assert any(t.startswith("but it turned out cheaper;") for t in texts(found))
    assert "and then I called them up and said that I had had enough." in texts(found)


def test_short_pieces_are_whole_sentences(segmenter: Segmenter) -> None:
    for text in texts(segmenter.segment(interview(STORY))):
        assert len(WORD.findall(text)) >= 4 or text[-1] in ".!?…", text


def test_a_turn_shorter_than_a_segment_is_one(segmenter: Segmenter) -> None:
    assert texts(segmenter.segment(interview("Yes", "  ", "", "[laughs]"))) == ["Yes", "[laughs]"]


def test_speech_without_punctuation_is_cut_where_thoughts_change(segmenter: Segmenter) -> None:
    said = "i mean it was fine for years and then we got the app so i stopped doing it by hand and now it takes me ten minutes"
    found = texts(segmenter.segment(interview(said)))
    assert len(found) >= 3
    assert found[1].startswith("and then we got the app")


def test_no_segment_of_endless_speech_is_longer_than_the_limit(segmenter: Segmenter) -> None:
    said = "we used to do it by hand and then it got too much so i looked for something that would save us the evenings " * 400
    transcript = interview(said.strip())
    found = segmenter.segment(transcript)
    check(transcript, found)
    assert max(len(WORD.findall(s.text)) for s in found) <= SegmentConfig().max_words


def test_the_limits_of_the_config_are_kept() -> None:
    said = "we used to do it by hand and then it got too much so i looked for something that would save us the evenings " * 4
    found = load_segmenter(SegmentConfig(min_words=2, max_words=8)).segment(interview(said.strip()))
    assert max(len(WORD.findall(s.text)) for s in found) <= 8


def test_a_turn_is_cut_the_same_whoever_speaks_before_it(segmenter: Segmenter) -> None:
    alone = texts(segmenter.segment(interview(STORY)))
    others = [f"{STORY} And that was number {i}, more or less, give or take a week." for i in range(9)]
    among = segmenter.segment(interview(*others[:5], STORY, *others[5:]))
    assert texts(tuple(s for s in among if s.turn == 5)) == alone


def test_threads_get_the_same_segments(segmenter: Segmenter) -> None:
    transcripts = [interview(STORY, f"We had {i} of them, and I hated every one.") for i in range(8)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(segmenter.segment, transcripts)) == [segmenter.segment(t) for t in transcripts]


def test_the_vocabulary_of_a_long_running_process_does_not_grow(segmenter: Segmenter) -> None:
    segmenter.segment(interview(STORY))
    before = len(load_parser().vocab.strings), sum(1 for _ in load_parser().vocab)
    segmenter.segment(interview(" ".join(f"wug{i} broke my frobnicator{i} again." for i in range(50))))
    assert (len(load_parser().vocab.strings), sum(1 for _ in load_parser().vocab)) == before


@settings(max_examples=25, deadline=None)
@given(st.text(st.sampled_from("ab I'.,;!?-—\n\t\u00a0é😀é“”()and"), max_size=300))
def test_any_text_is_cut_into_exact_slices(said: str) -> None:
    transcript = interview(said)
    check(transcript, load_segmenter().segment(transcript))


@given(st.text(max_size=200))
def test_what_the_parser_sees_has_the_same_code_points(text: str) -> None:
    assert len(parsable(text)) == len(text)


def test_capitals_throughout_are_cut_like_the_same_words_in_lower_case(segmenter: Segmenter) -> None:
    said = "WE TRIED TWO OF THEM AND BOTH BROKE. I WENT BACK TO PAPER."
    assert texts(segmenter.segment(interview(said))) == [t.upper() for t in texts(segmenter.segment(interview(said.lower())))]


def test_wrapped_lines_are_one_sentence_and_paragraphs_are_apart(segmenter: Segmenter) -> None:
    found = texts(segmenter.segment(interview("I bought it in the\nshop next door.\n\nAnd the first week was hard")))
    assert found == ["I bought it in the\nshop next door.", "And the first week was hard"]
