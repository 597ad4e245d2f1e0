"""Any sentence-transformers model, by name or folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jtbd_nlp.embed.base import OneByOne
from jtbd_nlp.errors import MissingExtraError, ModelError
from jtbd_nlp.guest import import_quietly

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class SentenceTransformersEmbedder(OneByOne):
    """Vectors of a sentence-transformers model on the CPU, one text at a time so that no row depends on its neighbours.

    A name that is not in the local cache is fetched by sentence-transformers; a folder never needs a network.

    Raises:
        MissingExtraError: sentence-transformers is not installed.
        ModelError: there is no such model, or it cannot be opened.
    """

    def __init__(self, model: str) -> None:
        try:
            import_quietly("sentence_transformers")
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise MissingExtraError("sentence_transformers", "train") from error
        try:
            self._model = SentenceTransformer(model, device="cpu")
        except Exception as error:  # whatever the hub, the file system or torch raises
            raise ModelError(
                f"Got embed model {model!r}, which cannot be opened ({error}). Expected a folder or name of a sentence-transformers model."
            ) from error
        name = model.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]  # of a folder the last part: no path of a machine is written
        super().__init__(name, int(self.encode("width").shape[0]))

    def encode(self, text: str) -> NDArray[np.float32]:
        """Vector of one text. Shape: (width,), float32, norm 1."""
        import numpy as np

        vector = np.asarray(self._model.encode([text], show_progress_bar=False, convert_to_numpy=True)[0], dtype=np.float32)
        norm = float(np.linalg.norm(vector))
        return vector / np.float32(norm) if norm > 0 else np.full_like(vector, 1 / np.sqrt(vector.shape[0]))
