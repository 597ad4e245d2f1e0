"""The corpus part: what is made of all statements at once. Calls the rooms in their order; a function of the set of statements."""

from __future__ import annotations

from collections.abc import Callable

from jtbd_nlp.config import Config
from jtbd_nlp.schema import AnalysisRecord, Statement, Transcript
from jtbd_nlp.schema.arrays import Embeddings

#: stages of the corpus part, as progress names them
STAGES = 4


def analyse(
    statements: tuple[Statement, ...],
    transcripts: tuple[Transcript, ...],
    embeddings: Embeddings,
    config: Config,
    progress: Callable[[str, int, int], None],
) -> AnalysisRecord:
    """Themes, outcomes, stories, jobs and pathways of sorted statements and transcripts."""
    raise NotImplementedError
