"""The per-transcript part as one function: from one input to its transcripts, statements and vectors."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from jtbd_nlp.config import Config
from jtbd_nlp.engine.inputs import Reader, name_of, reader_of
from jtbd_nlp.errors import ConfigError, InputError, MissingExtraError, ModelError, place_of
from jtbd_nlp.guest import import_quietly
from jtbd_nlp.schema import Problem, Statement, Transcript
from jtbd_nlp.schema.arrays import Embeddings
from jtbd_nlp.schema.processed import Processed, join_embeddings

if TYPE_CHECKING:
    from jtbd_nlp.embed import Embedder
    from jtbd_nlp.read import Source
    from jtbd_nlp.segment import Segmenter
    from jtbd_nlp.tag import Tagger

__all__ = ["Processed", "Rooms", "join_embeddings", "read_all"]

logger = logging.getLogger("jtbd_nlp")


@dataclass(frozen=True, eq=False)
class Rooms:
    """The rooms of the per-transcript part with their models loaded. One object serves any number of threads."""

    reader: Reader
    segmenter: Segmenter
    tagger: Tagger
    embedder: Embedder

    @classmethod
    def load(cls, config: Config) -> Self:
        """The rooms that a config asks for; models are read from disk.

        Raises:
            ModelError: weights are missing or damaged.
            MissingExtraError: an optional package is needed.
        """
        import_quietly("numpy", "onnxruntime", "tokenizers", "spacy")
        from jtbd_nlp.embed import load_embedder
        from jtbd_nlp.segment import load_segmenter
        from jtbd_nlp.tag import load_tagger

        return cls(
            reader=reader_of(config),
            segmenter=load_segmenter(config.segment),
            tagger=load_tagger(config.tag),
            embedder=load_embedder(config.embed),
        )

    def process(self, item: Source | Transcript) -> Processed:
        """`process_transcript` or `process_source`, by what it is."""
        return self.process_transcript(item) if isinstance(item, Transcript) else self.process_source(item)

    def process_source(self, source: Source) -> Processed:
        """Read one input and process its transcripts. What goes wrong with it becomes a Problem, without a word of its text.

        Raises:
            ModelError, ConfigError: no input could be processed like this.
        """
        return self.process_read(read_one(self.reader, source))

    def process_read(self, read: Processed) -> Processed:
        """Process the transcripts of one input that has been read (`read_one`).

        Raises:
            ModelError, ConfigError: no input could be processed like this.
        """
        if read.problems:
            return read
        return _joined(read.source, [self.process_transcript(t) for t in sorted(read.transcripts, key=lambda t: t.id)])

    def process_transcript(self, transcript: Transcript) -> Processed:
        """Segment, tag and embed one transcript. What goes wrong with it becomes a Problem, without a word of its text.

        Raises:
            ModelError, ConfigError: no transcript could be processed like this.
        """
        name = name_of(transcript)
        try:
            statements = self.tagger.tag(transcript, self.segmenter.segment(transcript))
            embeddings = self.embedder.embed(transcript, statements)
        except (ModelError, ConfigError):
            raise
        except Exception as error:  # noqa: BLE001,RUF100 - a bad file never stops a folder
            return Processed(source=name, problems=(problem_of(error, name),))
        return Processed(source=name, transcripts=(transcript,), statements=statements, embeddings=embeddings)


def read_one(reader: Reader, source: Source) -> Processed:
    """The transcripts of one input, not processed; what goes wrong with it becomes a Problem, without a word of its text.

    Raises:
        ModelError, ConfigError: no input could be read like this.
    """
    try:
        return Processed(source=source.name, transcripts=tuple(reader(source)))
    except (ModelError, ConfigError):
        raise
    except Exception as error:  # noqa: BLE001,RUF100 - a bad file never stops a folder
        return Processed(source=source.name, problems=(problem_of(error, source.name),))


def read_all(sources: Iterable[Source], config: Config) -> Processed:
    """The transcripts of all inputs, not processed, as `read_one` gives them.

    Raises:
        ModelError, ConfigError: no input could be read like this.
    """
    reader = reader_of(config)
    return _joined("", [read_one(reader, source) for source in sources])


def problem_of(error: Exception, source: str) -> Problem:
    """An error as the reason why an input was left out.

    Of an unexpected one only its type and its place in this package are told: its message may hold words of the interview.
    """
    if isinstance(error, InputError):
        return Problem(source=error.source, reason=error.reason)
    if isinstance(error, MissingExtraError):
        return Problem(source=source, reason=str(error))
    if isinstance(error, MemoryError):
        return Problem(source=source, reason="it needs more memory than there is; split it into smaller files")
    at = place_of(error)
    logger.warning("Could not process an input: %s at %s.", type(error).__name__, at)
    return Problem(source=source, reason=f"could not be processed ({type(error).__name__} at {at}); please report this error with the two")


def _joined(source: str, parts: list[Processed]) -> Processed:
    """The transcripts of one input as one result."""
    statements: list[Statement] = [s for part in parts for s in part.statements]
    embeddings: Embeddings = join_embeddings(part.embeddings for part in parts)
    return Processed(
        source=source,
        transcripts=tuple(t for part in parts for t in part.transcripts),
        statements=tuple(statements),
        embeddings=embeddings,
        problems=tuple(p for part in parts for p in part.problems),
    )
