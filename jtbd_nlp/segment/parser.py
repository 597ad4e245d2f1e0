"""The spaCy parser that segmenting uses: one per process, loaded once."""

from __future__ import annotations

import importlib.util
import threading
from typing import TYPE_CHECKING

from jtbd_nlp.errors import ModelError
from jtbd_nlp.weights import find

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language

OFFICIAL = "en_core_web_sm"
SERIES = "3.8."
"""Models of this series have the same weights scheme; another one could cut the same text elsewhere."""

_EXCLUDE = ("ner", "senter")
_lock = threading.Lock()
_loaded: dict[tuple[str, ...], Language] = {}


def load_parser(exclude: tuple[str, ...] = _EXCLUDE) -> Language:
    """The English pipeline (tok2vec, tagger, parser, attribute_ruler, lemmatizer), the same object at every call in a process.

    The official `en_core_web_sm` is taken where a 3.8 version is installed, else the parts of it that are bundled.
    A `Language` must not be called from two threads at once; `Segmenter` holds a lock around it.

    Raises:
        ModelError: neither is there, or the bundled parts cannot be read.
    """
    with _lock:
        if exclude not in _loaded:
            _loaded[exclude] = _load(exclude)
        return _loaded[exclude]


def source() -> str:
    """Which parser `load_parser` takes, for the manifest: `en_core_web_sm 3.8.0` or the same with `(bundled)`."""
    installed = _installed_version()
    return f"{OFFICIAL} {installed}" if installed else f"{OFFICIAL} {_bundled_version(find('spacy'))} (bundled)"


def _load(exclude: tuple[str, ...]) -> Language:
    import spacy

    place: str | Path = OFFICIAL if _installed_version() else find("spacy")
    try:
        return spacy.load(place, exclude=list(exclude))
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"Got an unreadable spaCy model at {place} ({type(error).__name__}: {error}). Install the package again.") from error


def _installed_version() -> str | None:
    """Version of the installed official model if it is of the series, else None."""
    from importlib.metadata import PackageNotFoundError, version

    if importlib.util.find_spec(OFFICIAL) is None:
        return None
    try:
        found = version(OFFICIAL)
    except PackageNotFoundError:
        return None
    return found if found.startswith(SERIES) else None


def _bundled_version(folder: Path) -> str:
    import json

    return str(json.loads((folder / "meta.json").read_text(encoding="utf-8"))["version"])
