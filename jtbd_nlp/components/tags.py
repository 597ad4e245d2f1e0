"""`nlp.add_pipe("jtbd_tags")`: what participants say of the job, in `doc.spans["jtbd"]`.

spaCy imports this module in every program that makes a pipeline: it must stay light and never fail.
"""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, Any

from spacy.language import Language

from jtbd_nlp.components.names import SEGMENTS_KEY, TAGS_KEY
from jtbd_nlp.components.segments import SegmentsComponent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, SpanGroup

    from jtbd_nlp.schema import Segment, Statement, Transcript
    from jtbd_nlp.tag import Tagger


@Language.factory(
    "jtbd_tags",
    requires=["doc.spans"],
    assigns=["doc.spans"],
    default_config={"spans_key": TAGS_KEY, "segments_key": SEGMENTS_KEY, "model": None, "operating_point": None, "threads": None},
)
def make_tags(
    nlp: Language,  # noqa: ARG001 - spaCy asks for it
    name: str,
    spans_key: str,
    segments_key: str,
    model: str | None,
    operating_point: str | None,
    threads: int | None,
) -> TagsComponent:
    """Make the component. `model`: folder of a tagger, `fast` or `lexicon`; None of `model`, `operating_point`, `threads` is the library's default."""
    return TagsComponent(
        name, spans_key=spans_key, segments_key=segments_key, model=model, operating_point=operating_point, threads=threads
    )


class TagsComponent:
    """Tags the segments of a Doc: one Span a statement and tag, its label the tag; then one for each label of your own that it has.

    Lists in the group's `attrs` run beside its spans: `scores` (the tag's calibrated probability), `statements` (ids; spans
    of one statement share it), `dimensions`, `stages`, `phases` (`""` where there is none). To change the group, build a
    new one: deleting a span would leave the lists behind.

    `predict` is pure; `__call__` alone writes to the Doc. Nothing is kept between Docs.

    Raises:
        ConfigError: a setting is not allowed.
    """

    def __init__(
        self,
        name: str = "jtbd_tags",
        *,
        spans_key: str = TAGS_KEY,
        segments_key: str = SEGMENTS_KEY,
        model: str | None = None,
        operating_point: str | None = None,
        threads: int | None = None,
    ) -> None:
        self.name = name
        self.spans_key = spans_key
        self.segments_key = segments_key
        from jtbd_nlp.components.settings import section
        from jtbd_nlp.config import TagConfig

        self._config = section(TagConfig, "jtbd_tags", {"model": model, "operating_point": operating_point, "threads": threads})
        self._lock = threading.Lock()
        self._tagger: Tagger | None = None
        self._process = 0

    def __call__(self, doc: Doc) -> Doc:
        """Write the tags of a Doc. Where it has no segments, they are found first; any group of spans will do for them.

        Raises:
            ModelError: the tagger is missing or cannot be read.
        """
        from jtbd_nlp.components.interview import segments_of, transcript_from_attr, transcript_of
        from jtbd_nlp.config import ReadConfig

        if self.segments_key not in doc.spans:
            SegmentsComponent(spans_key=self.segments_key)(doc)
        given = doc.spans[self.segments_key]
        turns = given.attrs.get("turns")
        transcript = transcript_of(doc, ReadConfig()) if turns is None else transcript_from_attr(doc, turns)
        doc.spans[self.spans_key] = self._group(doc, self.predict(transcript, segments_of(given, transcript)))
        return doc

    def predict(self, transcript: Transcript, segments: Sequence[Segment]) -> tuple[Statement, ...]:
        """The statements of an interview."""
        return self._loaded().tag(transcript, segments)

    def _group(self, doc: Doc, statements: Sequence[Statement]) -> SpanGroup:
        from spacy.tokens import SpanGroup

        from jtbd_nlp.components.interview import token_span

        rows = [(s, name, p) for s in statements for name, p in _codes(s)]
        attrs = {
            "scores": [p for _, _, p in rows],
            "statements": [s.id for s, _, _ in rows],
            "dimensions": [s.dimension or "" for s, _, _ in rows],
            "stages": [s.stage or "" for s, _, _ in rows],
            "phases": [s.phase or "" for s, _, _ in rows],
        }
        return SpanGroup(doc, name=self.spans_key, spans=[token_span(doc, s.start, s.end, name) for s, name, _ in rows], attrs=attrs)

    def _loaded(self) -> Tagger:
        with self._lock:
            # A forked worker must not use a session whose threads stayed behind in its parent.
            if self._tagger is None or self._process != os.getpid():
                from jtbd_nlp.tag import load_tagger

                self._tagger, self._process = load_tagger(self._config), os.getpid()
            return self._tagger

    def __getstate__(self) -> dict[str, Any]:
        """What a worker process gets: settings, no models."""
        return {key: value for key, value in self.__dict__.items() if key not in ("_lock", "_tagger")}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, _lock=threading.Lock(), _tagger=None)


def _codes(statement: Statement) -> list[tuple[str, float]]:
    """Tags in the order of the codebook, then own labels in the order of the alphabet, each with its probability."""
    from jtbd_nlp.schema import TAGS

    return [*((tag, statement.tags[tag]) for tag in TAGS if tag in statement.tags), *sorted(statement.labels.items())]
