"""`nlp.add_pipe("jtbd_segments")`: sentences and clauses of what participants say, in `doc.spans["jtbd_segments"]`.

spaCy imports this module in every program that makes a pipeline: it must stay light and never fail.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from spacy.language import Language

from jtbd_nlp.components.names import SEGMENTS_KEY

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from jtbd_nlp.schema import Segment, Transcript
    from jtbd_nlp.segment import Segmenter


@Language.factory(
    "jtbd_segments",
    assigns=["doc.spans"],
    default_config={"spans_key": SEGMENTS_KEY, "min_words": None, "max_words": None, "interviewers": [], "participants": []},
)
def make_segments(
    nlp: Language,  # noqa: ARG001 - spaCy asks for it
    name: str,
    spans_key: str,
    min_words: int | None,
    max_words: int | None,
    interviewers: list[str],
    participants: list[str],
) -> SegmentsComponent:
    """Make the component. `min_words`, `max_words`: None is the library's default; the rest are names of speakers."""
    return SegmentsComponent(
        name, spans_key=spans_key, min_words=min_words, max_words=max_words, interviewers=interviewers, participants=participants
    )


class SegmentsComponent:
    """Cuts a Doc into segments. The group's `attrs["turns"]` keeps the turns: speaker, role, start, end (code points).

    `predict` is pure; `__call__` alone writes to the Doc. Nothing is kept between Docs.

    Raises:
        ConfigError: a setting is not allowed.
    """

    def __init__(
        self,
        name: str = "jtbd_segments",
        *,
        spans_key: str = SEGMENTS_KEY,
        min_words: int | None = None,
        max_words: int | None = None,
        interviewers: list[str] | None = None,
        participants: list[str] | None = None,
    ) -> None:
        self.name = name
        self.spans_key = spans_key
        from jtbd_nlp.components.settings import section
        from jtbd_nlp.config import ReadConfig, SegmentConfig

        self._read = section(ReadConfig, "jtbd_segments", {"interviewers": interviewers, "participants": participants})
        self._segment = section(SegmentConfig, "jtbd_segments", {"min_words": min_words, "max_words": max_words})
        self._lock = threading.Lock()
        self._segmenter: Segmenter | None = None

    def __call__(self, doc: Doc) -> Doc:
        """Write the segments of a Doc.

        Raises:
            ModelError: the bundled parser is missing or cannot be read.
        """
        from spacy.tokens import SpanGroup

        from jtbd_nlp.components.interview import token_span, turns_attr

        transcript = self.transcript(doc)
        spans = [token_span(doc, s.start, s.end) for s in self.predict(transcript)]
        doc.spans[self.spans_key] = SpanGroup(doc, name=self.spans_key, spans=spans, attrs={"turns": turns_attr(transcript.turns)})
        return doc

    def transcript(self, doc: Doc) -> Transcript:
        """The Doc as an interview: turns where lines start with a speaker, else one turn."""
        from jtbd_nlp.components.interview import transcript_of

        return transcript_of(doc, self._read)

    def predict(self, transcript: Transcript) -> tuple[Segment, ...]:
        """The segments of an interview."""
        with self._lock:
            if self._segmenter is None:
                from jtbd_nlp.segment import load_segmenter

                self._segmenter = load_segmenter(self._segment)
        return self._segmenter.segment(transcript)

    def __getstate__(self) -> dict[str, Any]:
        """What a worker process gets: settings, no models."""
        return {key: value for key, value in self.__dict__.items() if key not in ("_lock", "_segmenter")}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, _lock=threading.Lock(), _segmenter=None)
