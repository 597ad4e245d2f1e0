"""The spaCy parser that segmenting uses (`jtbd_nlp.parser` has it)."""

from __future__ import annotations

from jtbd_nlp.parser import OFFICIAL, SERIES, load_parser, source

__all__ = ["OFFICIAL", "SERIES", "load_parser", "source"]
