"""The nouns of the library: frozen pydantic records. Only `arrays` holds numpy."""

from __future__ import annotations

from jtbd_nlp.schema.analysis import SCHEMA_VERSION, AnalysisRecord, FileHash, Manifest, Problem, Provenance, schema_version_of
from jtbd_nlp.schema.base import Record, content_id, text_sha256
from jtbd_nlp.schema.evidence import Evidence, Quoted, Quoter
from jtbd_nlp.schema.job import Alternative, Job, JobPhase, JobStatement, JobStory, Pathway
from jtbd_nlp.schema.labels import DIMENSIONED, DIMENSIONS, FORCES, PHASES, STAGES, TAGS, Dimension, Phase, Role, Stage, Tag, is_own_label
from jtbd_nlp.schema.parsed import ParsedText, ParsedToken, TokenRange
from jtbd_nlp.schema.statement import Statement, statement_id
from jtbd_nlp.schema.story import Balance, Event, Saturation, SaturationPoint, Story, Structure
from jtbd_nlp.schema.themes import Outcome, Support, Theme, theme_id
from jtbd_nlp.schema.transcript import Note, Segment, Span, TimeMark, TimeRange, Transcript, Turn

__all__ = [
    "DIMENSIONED", "DIMENSIONS", "FORCES", "PHASES", "SCHEMA_VERSION", "STAGES", "TAGS",
    "Alternative", "AnalysisRecord", "Balance", "Dimension", "Event", "Evidence", "FileHash", "Job", "JobPhase", "JobStatement", "JobStory",
    "Manifest", "Note", "Outcome", "ParsedText", "ParsedToken", "Pathway", "Phase", "Problem", "Provenance", "Quoted", "Quoter", "Record", "Role", "Saturation", "SaturationPoint",
    "Segment", "Span", "Stage", "Statement", "Story", "Structure", "Support", "Tag", "Theme", "TimeMark", "TimeRange", "TokenRange", "Transcript", "Turn",
    "content_id", "is_own_label", "schema_version_of", "statement_id", "text_sha256", "theme_id",
]  # fmt: skip
