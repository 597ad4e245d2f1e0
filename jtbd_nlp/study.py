"""A study in a folder: a run that keeps what it has done, does only what is new, and writes the result in one step."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict

from jtbd_nlp.analysis import Analysis
from jtbd_nlp.config import Config
from jtbd_nlp.errors import Interrupted
from jtbd_nlp.pipeline import Progress, load
from jtbd_nlp.privacy import check_key
from jtbd_nlp.schema import Note, Problem
from jtbd_nlp.store import ResultStore, Spool, output_place

#: stores in the sibling folder: of interviews as they are, and with stand-ins for names
_NAMED, _UNNAMED = "store.sqlite", "store-pseudonymous.sqlite"


class Noted(BaseModel):
    """What a person should know about one input; `source` is the name of its file, where it came from one."""

    model_config = ConfigDict(frozen=True)

    transcript: str
    source: str | None
    note: Note


class Study(BaseModel):
    """What a run has written; small, however many interviews there are.

    Attributes:
        folder: the output. interviews: how many are in it. problems: inputs that were left out. notes: about those that were not.
        summary: what was found, in Markdown, for reading in a terminal.
    """

    model_config = ConfigDict(frozen=True)

    folder: Path
    interviews: int
    problems: tuple[Problem, ...]
    notes: tuple[Noted, ...]
    summary: str

    @classmethod
    def of(cls, analysis: Analysis, folder: Path) -> Self:
        """Of an analysis that was saved in `folder`."""
        notes = tuple(Noted(transcript=t.id, source=t.source, note=note) for t in analysis.transcripts for note in t.notes)
        return cls(folder=folder, interviews=len(analysis.transcripts), problems=analysis.problems, notes=notes, summary=analysis.summary())

    def analysis(self) -> Analysis:
        """All that was found, read from the folder.

        Raises:
            OutputError: the folder is gone, or was changed.
        """
        return Analysis.load(self.folder)


def run(
    inputs: str | Path | Iterable[str | Path],
    out: str | Path,
    config: Config | str | Path | None = None,
    *,
    workers: int | None = None,
    force: bool = False,
    key: str | Path | None = None,
    progress: Progress | None = None,
) -> Study:
    """Analyse interviews into a folder, as `jtbd run` does; texts of interviews are not held in memory.

    What was done before into the same folder is not done again, also where the process was killed: finished files are in a store in the
    sibling `<out>.jtbd`. The output takes its place in one step at the end; until then it is what it was before.

    Args:
        inputs: folders and files of interviews.
        out: the folder to write to, which lies apart from the inputs.
        config: settings, or the path of a TOML file with them; None is the defaults.
        workers: processes for the per-transcript part; None takes what the config says, or decides by how much there is.
        force: start over.
        key: file that says who is behind each stand-in, made where there is none. With it names become stand-ins, and what an earlier
            run stored with names is deleted.
        progress: called with a stage's name, how much of it is done, and how much there is.

    Raises:
        InputError: not one input could be used. A bad file costs nothing but itself: it is listed in `problems`.
        OutputError: another run is writing there, the folder holds something else, or it cannot be written.
        ConfigError: a setting is not allowed, or the key lies in the output or among the interviews.
        Interrupted: it was interrupted and has kept what it finished.
    """
    given = [Path(path) for path in ([inputs] if isinstance(inputs, str | Path) else inputs)]
    pipeline = load(config)
    settings = pipeline.config
    key = check_key(Path(key), Path(out), given, wanted=True) if key is not None else None
    with (
        output_place(out, given) as place,
        ResultStore(place.side / (_UNNAMED if key else _NAMED)) as store,
        Spool(place.side / "spool") as spool,
    ):
        try:
            if force:
                store.clear()
            if key:
                with ResultStore(place.side / _NAMED) as old:
                    old.clear()
            analysis = pipeline.run(given, workers=workers or settings.engine.workers, progress=progress, store=store, key=key, spool=spool)
            analysis.save(place, report=settings.report.model_copy(update={"title": analysis.title}))
        except KeyboardInterrupt:
            raise Interrupted(len(store.keys()), place.side) from None
        return Study.of(analysis, place.target)
