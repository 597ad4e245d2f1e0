"""A Doc as a Transcript, and back: the only place that knows how the two fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from jtbd_nlp.config import ReadConfig
from jtbd_nlp.errors import InputError
from jtbd_nlp.schema import Segment, Transcript, Turn, content_id

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, SpanGroup


def transcript_of(doc: Doc, config: ReadConfig) -> Transcript:
    """The Doc as an interview: `Speaker: text` lines are turns; any other text is one turn of an unknown speaker.

    The transcript's text is the Doc's, code point for code point. Its id comes from that text.
    """
    from jtbd_nlp.read import transcript_from_text

    name = content_id("doc", [doc.text])
    try:
        transcript = transcript_from_text(doc.text, id=name, config=config)
    except InputError:
        return _prose(name, doc.text)
    return transcript if transcript.text == doc.text else _prose(name, doc.text)


def turns_attr(turns: Sequence[Turn]) -> list[list[str | int]]:
    """Turns as a span group can keep them (plain values): speaker, role, start, end."""
    return [[turn.speaker, turn.role, turn.start, turn.end] for turn in turns]


def transcript_from_attr(doc: Doc, rows: Sequence[Sequence[Any]]) -> Transcript:
    """The transcript whose turns `turns_attr` kept.

    Raises:
        SchemaError: the turns do not fit the Doc's text.
        ValueError: a row does not hold a speaker, a role, a start and an end.
    """
    turns = (Turn(index=i, speaker=speaker, role=role, start=start, end=end) for i, (speaker, role, start, end) in enumerate(rows))
    return Transcript(id=content_id("doc", [doc.text]), text=doc.text, turns=tuple(turns))


def segments_of(group: SpanGroup, transcript: Transcript) -> tuple[Segment, ...]:
    """A group of spans as segments, in order; spans outside of the turns, or over an earlier one, are left out."""
    out: list[Segment] = []
    for span in sorted(group, key=lambda s: (s.start_char, s.end_char)):
        turn = next((t for t in transcript.turns if t.start <= span.start_char < t.end), None)
        start = max(span.start_char, out[-1].end) if out else span.start_char
        end = min(span.end_char, turn.end) if turn else start
        if turn and transcript.text[start:end].strip():
            out.append(Segment(transcript=transcript.id, turn=turn.index, start=start, end=end, text=transcript.text[start:end]))
    return tuple(out)


def token_span(doc: Doc, start: int, end: int, label: str = "") -> Span:
    """Code points [start, end) as a Span: the tokens that they touch."""
    span = doc.char_span(start, end, label=label, alignment_mode="expand")
    assert span is not None  # with "expand" there is one for every range inside the text
    return span


def _prose(name: str, text: str) -> Transcript:
    return Transcript(id=name, text=text, turns=(Turn(index=0, speaker="", role="unknown", start=0, end=len(text)),))
