"""Where the bundled models are: one function, the same answer in a checkout and in an installed wheel."""

from __future__ import annotations

from pathlib import Path

from jtbd_nlp.errors import ModelError

_PACKAGE = Path(__file__).resolve().parent


def find(name: str) -> Path:
    """Folder of the bundled model `name` (`tagger`, `embedder`, `spacy`).

    A wheel carries them as `jtbd_nlp/_models/<name>`; a checkout has them as `models/<name>` beside the package.

    Raises:
        ModelError: the folder is in neither place.
    """
    for folder in (_PACKAGE / "_models" / name, _PACKAGE.parent / "models" / name):
        if folder.is_dir():
            return folder
    raise ModelError(
        f"Got no folder for the bundled model {name!r}; expected jtbd_nlp/_models/{name} (wheel) or models/{name} (checkout). Install the package again."
    )
