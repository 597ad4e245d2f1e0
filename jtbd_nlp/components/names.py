"""Names of the groups of spans that the components write. Imports nothing: spaCy loads this in every program."""

from __future__ import annotations

from typing import Final

SEGMENTS_KEY: Final = "jtbd_segments"
TAGS_KEY: Final = "jtbd"
