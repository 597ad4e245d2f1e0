"""The whole result, and how it was made."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pydantic import Field, SerializeAsAny

from jtbd_nlp.schema.base import Record
from jtbd_nlp.schema.job import Job, Pathway
from jtbd_nlp.schema.labels import Tag
from jtbd_nlp.schema.statement import Statement
from jtbd_nlp.schema.story import Saturation, Story, Structure
from jtbd_nlp.schema.themes import Outcome, Theme
from jtbd_nlp.schema.transcript import Transcript

#: MAJOR.MINOR. A minor step only adds fields that have a default; a major step may change or remove. A file is read where its major is
#: this one and its minor is not above this one. 1.1: `Statement.labels`. 1.2: `Event.when`, `Pathway.theme_support`, `Saturation.alone`.
#: 1.3: `JobPhase.restated`, `Structure.firm`.
SCHEMA_VERSION: Final = "1.3"
#: what is written where nothing newer than its fields is used
SUPPORT_VERSION: Final = "1.2"
#: what is written where statements have labels of one's own, and nothing newer is used
LABELS_VERSION: Final = "1.1"
#: what is written where nothing newer is used
FIRST_VERSION: Final = "1.0"


def schema_version_of(
    statements: Iterable[Statement],
    stories: Iterable[Story] = (),
    pathways: Iterable[Pathway] = (),
    saturation: Saturation | None = None,
    jobs: Iterable[Job] = (),
    structures: Iterable[Structure | None] = (),
) -> str:
    """The lowest schema version that can read these: what is written without anything newer stays readable by all."""
    if any(phase.restated for job in jobs for phase in job.map) or any(s is not None and not s.firm for s in structures):
        return SCHEMA_VERSION
    dated = any(event.when is not None for story in stories for event in story.timeline)
    if dated or any(p.theme_support for p in pathways) or (saturation is not None and saturation.alone):
        return SUPPORT_VERSION
    return LABELS_VERSION if any(s.labels for s in statements) else FIRST_VERSION


class Problem(Record):
    """An input that could not be used, and why."""

    source: str
    reason: str


class FileHash(Record):
    """A file of the output, of a model, or an input: relative name and sha256 of its bytes."""

    name: str
    sha256: str


class Provenance(Record):
    """What made a result: versions, settings, weights and inputs. No time, no worker count, no absolute path."""

    package_version: str
    models: tuple[FileHash, ...] = ()
    config: dict[str, object] = Field(default_factory=dict)
    inputs: tuple[FileHash, ...] = ()


class AnalysisRecord(Record):
    """What was found in a set of interviews. Everything is sorted, so equal inputs give equal bytes.

    Attributes:
        schema_version: the lowest version of the schema that can read it.
        transcripts: the interviews, whole; statements: everything that carries a tag or a label of one's own, sorted by transcript, start, end.
        unclustered: per tag, ids of statements that are in no theme: listed, never lost.
        structure: whether the stories fall into pathways; job_structure: whether they fall into jobs.
        problems: inputs that were left out.
    """

    schema_version: str = FIRST_VERSION
    title: str = "Jobs to be done"
    transcripts: tuple[SerializeAsAny[Transcript], ...] = Field(default=(), repr=False)
    statements: tuple[Statement, ...] = Field(default=(), repr=False)
    themes: tuple[Theme, ...] = Field(default=(), repr=False)
    unclustered: dict[Tag, tuple[str, ...]] = Field(default_factory=dict, repr=False)
    outcomes: tuple[Outcome, ...] = Field(default=(), repr=False)
    stories: tuple[Story, ...] = Field(default=(), repr=False)
    jobs: tuple[Job, ...] = Field(default=(), repr=False)
    pathways: tuple[Pathway, ...] = Field(default=(), repr=False)
    structure: Structure | None = None
    job_structure: Structure | None = None
    saturation: Saturation | None = None
    problems: tuple[Problem, ...] = ()
    provenance: Provenance | None = Field(default=None, repr=False)


class Manifest(Provenance):
    """How an output was made, and the sha256 of each of its files: equal inputs give equal bytes."""

    schema_version: str = FIRST_VERSION
    files: tuple[FileHash, ...]
    #: sha256 of the manifest file's bytes with this field empty, so that a change of the manifest itself shows
    seal: str = ""
