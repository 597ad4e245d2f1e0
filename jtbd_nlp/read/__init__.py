"""Reading: files to transcripts, one reader a format; speakers and their roles."""

from __future__ import annotations

from jtbd_nlp.read.api import read_source, transcript_from_text
from jtbd_nlp.read.check import check_source, check_sources
from jtbd_nlp.read.discover import discover
from jtbd_nlp.read.duplicates import find_duplicates
from jtbd_nlp.read.records import Check, Discovery, Duplicate, QuestionCheck, Source, SpeakerCheck, SpeakerRole, TranscriptCheck
from jtbd_nlp.read.roles import find_roles
from jtbd_nlp.read.talk import TurnText

__all__ = [
    "Check", "Discovery", "Duplicate", "QuestionCheck", "Source", "SpeakerCheck", "SpeakerRole", "TranscriptCheck", "TurnText",
    "check_source", "check_sources", "discover", "find_duplicates", "find_roles", "read_source", "transcript_from_text",
]  # fmt: skip
