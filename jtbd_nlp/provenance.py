"""What made a result: version, settings, weights, inputs."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jtbd_nlp.config import Config
from jtbd_nlp.parser import source
from jtbd_nlp.schema import FileHash, Provenance, Transcript, text_sha256
from jtbd_nlp.tag import tagger_folder
from jtbd_nlp.version import __version__
from jtbd_nlp.weights import find

#: bundled models that decide what comes out
MODELS = ("embedder", "spacy", "tagger")
_UNWRITTEN: dict[str, Any] = {
    "engine": True,
    "privacy": {"keep", "hide"},
    "read": {"interviewers", "participants", "roles"},
    "tag": {"model", "threads"},
    "embed": {"model", "threads"},
}


def provenance(config: Config, transcripts: Sequence[Transcript]) -> Provenance:
    """Of a run with this config over these transcripts.

    What is no folder of files (an embedder that is known by name, the lexicon, an installed spaCy pipeline) is told by the sha256 of
    its name. Left out are the engine's section, which never changes a result, paths of this machine, and names of people.
    """
    settings = config.model_dump(mode="json", exclude=_UNWRITTEN)
    return Provenance(
        package_version=__version__,
        models=tuple(FileHash(name=name, sha256=_sha256(name, config)) for name in MODELS),
        config=settings,
        inputs=tuple(FileHash(name=t.source or t.id, sha256=t.source_sha256 or t.sha256) for t in transcripts),
    )


def made_by(config: Config) -> str:
    """The hash of all that a result of the per-transcript part depends on besides its input, on the machine that this is called on."""
    from jtbd_nlp.engine import fingerprint

    return fingerprint(config, provenance(config, ()).models)


def _sha256(name: str, config: Config) -> str:
    folder = find(name)
    if name == "tagger":
        folder = tagger_folder(config.tag)
    elif name == "embedder" and config.embed.model is not None:
        folder = Path(config.embed.model)
    elif name == "spacy" and not source().endswith("(bundled)"):
        return text_sha256(source())
    return folder_sha256(folder) if folder.is_dir() else text_sha256(folder.as_posix())


@cache
def folder_sha256(folder: Path) -> str:
    """sha256 over the relative names and the bytes of all files below a folder, computed once a process."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
