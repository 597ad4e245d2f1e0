"""The rooms in their order: interviews in, an `Analysis` out, with stand-ins and copies seen to, and what comes from elsewhere checked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from jtbd_nlp.analysis import Analysis
from jtbd_nlp.config import Config
from jtbd_nlp.errors import InputError, SchemaError
from jtbd_nlp.provenance import made_by, provenance
from jtbd_nlp.schema import Note, Problem, Segment, Statement, Transcript

if TYPE_CHECKING:
    from jtbd_nlp.engine import Processed, Rooms
    from jtbd_nlp.read import Discovery, Source
    from jtbd_nlp.schema.arrays import Embeddings
    from jtbd_nlp.store import ResultStore, Spool

#: called with a stage's name, how much of it is done, and how much there is
Progress = Callable[[str, int, int], None]
Inputs = str | Path | Transcript | Iterable[str | Path | Transcript]


def load(config: Config | str | Path | None = None) -> Pipeline:
    """The pipeline with the bundled weights; no network is used. Models are read on first use.

    Args:
        config: settings, or the path of a TOML file with them; None is the defaults.

    Raises:
        ConfigError: the file cannot be read or holds settings that are not allowed.
    """
    return Pipeline(config if isinstance(config, Config) else Config.from_toml(config) if config is not None else Config())


class Pipeline:
    """Interviews in, an `Analysis` out. One loaded pipeline serves any number of threads."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self._rooms: Rooms | None = None
        self._lock = threading.Lock()

    @property
    def rooms(self) -> Rooms:
        """The per-transcript rooms with their models, loaded once."""
        with self._lock:
            if self._rooms is None:
                from jtbd_nlp.engine import Rooms

                self._rooms = Rooms.load(self.config)
            return self._rooms

    def run(
        self,
        inputs: Inputs,
        *,
        workers: int | None = 1,
        progress: Progress | None = None,
        store: ResultStore | None = None,
        key: str | Path | None = None,
        spool: Spool | None = None,
    ) -> Analysis:
        """Everything: read, segment, tag, embed, cluster, synthesise.

        Args:
            inputs: a folder, files, or Transcripts. A bad file costs nothing but itself: it is listed in `problems`. An interview that is
                there twice, under another name or in another format, counts once; the notes of the one that is kept name the others.
            workers: processes for the per-transcript part; None decides by how much there is. The result does not depend on it.
            progress: called as work is done.
            store: what was done before; files that are in it are not processed again, and those that are not are added at once.
            key: file of the key, made where there is none. With it names, addresses and numbers become stand-ins before anything is
                processed or stored, and the analysis knows interviews by the ids that the key gives them.
            spool: where results wait for the corpus part. None keeps them in memory; with a `Spool` on disk, texts of interviews are not
                held in memory, and the analysis can be used until the spool is closed.

        Raises:
            InputError: not one input could be used.
            ConfigError: there is something else where the key should be. OutputError: the key cannot be written.
        """
        if key is not None:
            return self._run_pseudonymised(inputs, key, workers, progress, store, spool)
        from jtbd_nlp.read import find_duplicates
        from jtbd_nlp.schema.processed import Gathered

        done = Gathered() if spool is None else spool

        def heard() -> Iterator[Transcript]:
            for result in self.process(inputs, workers=workers, progress=progress, store=store):
                done.add(result)
                yield from result.transcripts

        twice = {d.id: d.kept for d in find_duplicates(heard())}
        problems = sorted(done.problems, key=lambda p: (p.source, p.reason))
        transcripts = [_with_copies(t, twice) for t in done.transcripts() if t.id not in twice]
        if not transcripts:
            raise _nothing(problems)
        statements = [s for s in done.statements() if s.transcript not in twice]
        analysis = self.analyse(statements, transcripts, embeddings=done.embeddings(), progress=progress)
        return analysis.model_copy(update={"problems": tuple(problems)})

    def process(
        self, inputs: Inputs, *, workers: int | None = 1, progress: Progress | None = None, store: ResultStore | None = None
    ) -> Iterator[Processed]:
        """The per-transcript part over many inputs, one result an input, in a fixed order; what cannot be used comes as a problem."""
        from jtbd_nlp.engine import Processed, run, run_with_store

        given, found = self._take(inputs)
        todo: list[Source | Transcript] = [*given, *found.sources]
        if found.problems:
            yield Processed(problems=found.problems)
        if store is None:
            here = workers == 1 and self.config.engine.kind == "local"
            results = run(todo, self.config, workers=workers, rooms=self.rooms if here else None, made_by=made_by)
        else:
            results = run_with_store(todo, self.config, store, made_by(self.config), workers=workers, rooms=self._rooms, same=made_by)
        for done, result in enumerate(results, start=1):
            yield result
            _tell(progress, "interviews", done, len(todo))

    def read(self, inputs: Inputs) -> Processed:
        """The interviews of the inputs, not processed yet, and why the others were left out.

        Raises:
            ConfigError: no input could be read with these settings.
        """
        from jtbd_nlp.engine import Processed, read_all

        given, found = self._take(inputs)
        heard = read_all(found.sources, self.config)
        return Processed(transcripts=(*given, *heard.transcripts), problems=(*found.problems, *heard.problems))

    def _take(self, inputs: Inputs) -> tuple[list[Transcript], Discovery]:
        """The transcripts among the inputs, sorted by id, and the files below the others."""
        from jtbd_nlp.read import Discovery, discover

        items = [inputs] if isinstance(inputs, str | Path | Transcript) else list(inputs)
        given = sorted((item for item in items if isinstance(item, Transcript)), key=lambda t: t.id)
        paths = [item for item in items if not isinstance(item, Transcript)]
        return given, discover(paths, self.config.read) if paths else Discovery()

    def _run_pseudonymised(
        self,
        inputs: Inputs,
        key: str | Path,
        workers: int | None,
        progress: Progress | None,
        store: ResultStore | None,
        spool: Spool | None,
    ) -> Analysis:
        from jtbd_nlp.privacy import load_key, pseudonymise, save_key, without_names

        before = load_key(key)
        heard = self.read(inputs)
        if not heard.transcripts:
            raise _nothing(heard.problems)
        speakers = (*self.config.read.interviewers, *self.config.read.participants)
        hidden = pseudonymise(heard.transcripts, before, self.config.privacy, problems=heard.problems, speakers=speakers)
        save_key(hidden.key, key)
        analysis = load(without_names(self.config, hidden)).run(
            hidden.transcripts, workers=workers, progress=progress, store=store, spool=spool
        )
        problems = sorted((*hidden.problems, *analysis.problems), key=lambda p: (p.source, p.reason))
        return analysis.model_copy(update={"problems": tuple(problems)})

    def segment(self, transcript: Transcript) -> tuple[Segment, ...]:
        """The segments of one interview."""
        return self.rooms.segmenter.segment(transcript)

    def tag(self, transcript: Transcript) -> tuple[Statement, ...]:
        """The statements of one interview: the per-transcript part."""
        return self.rooms.tagger.tag(transcript, self.segment(transcript))

    def stream(self, transcripts: Iterable[Transcript]) -> Iterator[Processed]:
        """Statements and vectors of many interviews, lazily, in the order given."""
        for transcript in transcripts:
            yield self.rooms.process_transcript(transcript)

    def embed(self, statements: Sequence[Statement], transcripts: Sequence[Transcript]) -> Embeddings:
        """Vectors of statements that come from elsewhere, such as those coded by people.

        Raises:
            SchemaError: a statement is of a transcript that is not among those given.
        """
        from jtbd_nlp.engine import join_embeddings

        said: dict[str, list[Statement]] = {t.id: [] for t in transcripts}
        for statement in statements:
            if statement.transcript not in said:
                raise _without_transcript(statement, len(said))
            said[statement.transcript].append(statement)
        return join_embeddings(self.rooms.embedder.embed(t, said[t.id]) for t in sorted(transcripts, key=lambda t: t.id))

    def analyse(
        self,
        statements: Sequence[Statement],
        transcripts: Sequence[Transcript],
        *,
        embeddings: Embeddings | None = None,
        progress: Progress | None = None,
    ) -> Analysis:
        """The corpus part alone, also on statements coded by people. A function of the set: the order given means nothing.

        Args:
            statements: of these transcripts, without overlap inside one.
            embeddings: vectors of the statements by id; None computes them.

        Raises:
            SchemaError: ids repeat, or a statement is not a slice of its transcript.
        """
        heard = sorted(transcripts, key=lambda t: t.id)
        said = sorted(statements, key=lambda s: (s.transcript, s.start, s.end))
        _check(said, heard)
        vectors = embeddings if embeddings is not None else self.embed(said, heard)
        from jtbd_nlp.corpus import analyse

        record = analyse(tuple(said), tuple(heard), vectors, self.config, lambda stage, k, n: _tell(progress, stage, k, n))
        return Analysis(**dict(record)).model_copy(update={"provenance": provenance(self.config, heard)})


def _nothing(problems: Iterable[Problem]) -> InputError:
    named = "; ".join(f"{p.source}: {p.reason}" for p in problems) or "got no inputs; name a folder or files of interviews"
    return InputError("nothing to analyse", named)


def _with_copies(transcript: Transcript, twice: Mapping[str, str]) -> Transcript:
    copies = sorted(copy for copy, kept in twice.items() if kept == transcript.id)
    notes = tuple(Note(code="duplicate", message=f"{copy} says the same words and is not counted again") for copy in copies)
    return transcript.model_copy(update={"notes": (*transcript.notes, *notes)}) if notes else transcript


def _tell(progress: Progress | None, stage: str, done: int, total: int) -> None:
    if progress is not None:
        progress(stage, done, total)


def _without_transcript(statement: Statement, given: int) -> SchemaError:
    return SchemaError(
        f"Got statement {statement.id} of transcript {statement.transcript!r}, which is not among the {given} transcripts given; "
        "expected the transcript of each statement. Give it too."
    )


def _check(statements: Sequence[Statement], transcripts: Sequence[Transcript]) -> None:
    heard = {t.id: t for t in transcripts}
    if len(heard) != len(transcripts):
        repeated = sorted({t.id for t in transcripts if sum(u.id == t.id for u in transcripts) > 1})
        raise SchemaError(f"Got transcripts that share the id {repeated[0]!r}; expected an id of its own for each.")
    for name, said in groupby(statements, key=lambda s: s.transcript):
        end = 0
        text = heard[name].text if name in heard else ""
        for s in said:
            if name not in heard:
                raise _without_transcript(s, len(heard))
            if text[s.start : s.end] != s.text:
                raise SchemaError(
                    f"Got statement {s.id}, whose text is not transcript {name!r} [{s.start}:{s.end}]; expected exactly that slice."
                )
            if s.start < end:
                raise SchemaError(
                    f"Got statement {s.id} at {s.start} of transcript {name!r}, inside one that ends at {end}; expected no overlap."
                )
            end = s.end
