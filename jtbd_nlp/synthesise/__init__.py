"""Themes, outcomes, stories, jobs and pathways from coded statements: extractive, or compiled by rules from words that were said."""

from __future__ import annotations

from jtbd_nlp.synthesise.jobs import make_jobs
from jtbd_nlp.synthesise.outcomes import compile_outcomes
from jtbd_nlp.synthesise.pathways import make_pathways
from jtbd_nlp.synthesise.stories import make_stories
from jtbd_nlp.synthesise.themes import ThemeSet, make_themes

__all__ = ["ThemeSet", "compile_outcomes", "make_jobs", "make_pathways", "make_stories", "make_themes"]
