"""What a result of the per-transcript part depends on besides its input, as one hash."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from jtbd_nlp.config import Config
from jtbd_nlp.schema import FileHash

_PACKAGE = Path(__file__).resolve().parent.parent
#: The code that a result comes from; libraries whose version may change one. `privacy` is not among them: stand-ins are put into a transcript
#: before it comes here, and its result is kept under the hash of the text with them in it, as of any transcript from memory.
_CODE: Final = ("read", "segment", "tag", "embed", "schema", "engine/inputs.py", "engine/work.py", "parser.py", "guest.py")
_LIBRARIES: Final = (
    "charset-normalizer", "en-core-web-sm", "lxml", "numpy", "onnxruntime", "openpyxl", "pypdf", "python-docx", "sentence-transformers", "spacy", "striprtf",
    "thinc", "tokenizers", "torch", "webvtt-py",
)  # fmt: skip


def fingerprint(config: Config, models: Iterable[FileHash]) -> str:
    """sha256, as hex digits, of the settings of the per-transcript rooms, the weights, the code and the versions of libraries.

    Args:
        models: name and sha256 of each folder of weights that the config asks for.
    """
    rooms = {"read": True, "segment": True, "tag": True, "embed": True}
    settings = config.model_dump(mode="json", include=rooms, exclude={"tag": {"threads"}, "embed": {"threads"}})
    parts = {
        "settings": settings,
        "models": sorted((model.name, model.sha256) for model in models),
        "code": code_sha256(),
        "libraries": {name: _version(name) for name in _LIBRARIES},
        "machine": [platform.python_version(), platform.machine()],
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


@cache
def code_sha256() -> str:
    """sha256 over the source of the per-transcript part, so that no result outlives a change of the code that made it."""
    digest = hashlib.sha256()
    for name in _CODE:
        place = _PACKAGE / name
        for path in sorted(p for p in (place.rglob("*") if place.is_dir() else [place]) if p.is_file() and "__pycache__" not in p.parts):
            digest.update(path.relative_to(_PACKAGE).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
