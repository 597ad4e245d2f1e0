"""The bundled study: twelve interviews on how people came to sleep better. Written for this project; any likeness is chance."""

from __future__ import annotations

from pathlib import Path


def study_path() -> Path:
    """Folder with the twelve interviews, `Speaker: text` plain text files."""
    return Path(__file__).resolve().parent / "study"
