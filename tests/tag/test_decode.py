from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings, strategies as st

from jtbd_nlp.schema import STAGES, TAGS, Segment, Transcript, Turn
from jtbd_nlp.tag.decode import Run, Scores, decode, runs
from jtbd_nlp.tag.meta import Calibration, TaggerMeta

WIDTH = 30
STAGE = len(TAGS) + 3
META = TaggerMeta(
    format_version=1,
    operating_points={"balanced": dict.fromkeys(TAGS, 0.5), "careful": dict.fromkeys(TAGS, 0.9)},
    no_below=dict.fromkeys(TAGS, 0.3),
)


def interview(sizes: list[int]) -> tuple[Transcript, list[Segment]]:
    text, spans = "A: ", []
    for size in sizes:
        start = len(text)
        text += " ".join(["talk"] * size)
        spans.append((start, len(text)))
        text += " "
    turn = Turn(index=0, speaker="A", role="participant", start=3, end=len(text))
    transcript = Transcript(id="t", text=text, turns=(turn,))
    return transcript, [Segment(transcript="t", turn=0, start=a, end=b, text=text[a:b]) for a, b in spans]


def row(join: float = -9.0, **tags: float) -> list[float]:
    return [tags.get(tag, -9.0) for tag in TAGS] + [0.0] * (WIDTH - len(TAGS) - 1) + [join]


def test_a_segment_that_continues_the_one_before_is_joined_to_it() -> None:
    transcript, segments = interview([5, 5, 5])
    scores = Scores({Run(0, 1): row(push=3), Run(1, 2): row(join=3, push=3), Run(2, 3): row(pull=3), Run(0, 2): row(push=4, fire=2)})
    first, second = decode(transcript, segments, scores, META, "balanced")
    assert (first.start, first.end) == (segments[0].start, segments[1].end)
    assert set(first.tags) == {"push", "fire"}
    assert set(second.tags) == {"pull"}
    assert transcript.text[first.start : first.end] == first.text


def test_tags_between_no_and_yes_are_undecided_and_never_among_the_tags() -> None:
    transcript, segments = interview([5])
    (found,) = decode(transcript, segments, Scores({Run(0, 1): row(push=3, pull=-0.5)}), META, "balanced")
    assert found.undecided == ("pull",)
    assert list(found.tags) == ["push"]
    assert list(found.scores) == list(TAGS)
    assert decode(transcript, segments, Scores({Run(0, 1): row(pull=-0.5)}), META, "balanced") == ()


def test_attributes_come_with_the_tags_that_have_them() -> None:
    transcript, segments = interview([5])
    values = row(context=3)
    values[STAGE + STAGES.index("deciding")] = 4.0
    (found,) = decode(transcript, segments, Scores({Run(0, 1): values}), META, "balanced")
    assert (found.dimension, found.stage, found.phase) == (None, "deciding", None)


def test_calibration_moves_probabilities_not_their_order() -> None:
    transcript, segments = interview([5])
    meta = META.model_copy(update={"calibration": {"push": Calibration(slope=0.5, intercept=-0.2)}})
    (found,) = decode(transcript, segments, Scores({Run(0, 1): row(push=3)}), meta, "balanced")
    assert 0.5 < found.tags["push"] < 0.9


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 30), st.floats(-5, 5), st.floats(-5, 5)), min_size=1, max_size=12), st.floats(0.1, 1.01))
def test_statements_never_overlap_and_stay_within_the_limits(parts: list[tuple[int, float, float]], join_at: float) -> None:
    transcript, segments = interview([n for n, _, _ in parts])
    meta = META.model_copy(update={"join_at": join_at})
    scores = Scores({Run(i, i + 1): row(join=join, push=push) for i, (_, join, push) in enumerate(parts)})
    found = runs(segments, scores, meta)
    assert [i for run in found for i in range(run.first, run.last)] == list(range(len(parts)))
    assert all(run.last - run.first <= meta.max_run for run in found)
    statements = decode(transcript, segments, scores, meta, "balanced")
    assert all(a.end <= b.start for a, b in pairwise(statements))
    assert all(len(s.text.split()) <= max(meta.max_words, 30) for s in statements)


@given(st.floats(-8, 8))
def test_what_the_careful_point_decides_the_balanced_one_decides_too(push: float) -> None:
    transcript, segments = interview([5])
    scores = Scores({Run(0, 1): row(push=push)})
    careful = decode(transcript, segments, scores, META, "careful")
    balanced = decode(transcript, segments, scores, META, "balanced")
    assert {s.id for s in careful} <= {s.id for s in balanced}
