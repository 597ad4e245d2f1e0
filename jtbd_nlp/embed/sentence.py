"""Any sentence-transformers model, by name or folder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from jtbd_nlp.embed.base import embed_texts
from jtbd_nlp.errors import MissingExtraError, ModelError
from jtbd_nlp.guest import import_quietly
from jtbd_nlp.schema.arrays import Embeddings
from jtbd_nlp.schema.statement import Statement
from jtbd_nlp.schema.transcript import Transcript

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class SentenceTransformersEmbedder:
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
        self._name = model.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
        self._width = int(self.encode("width").shape[0])

    @property
    def name(self) -> str:
        """Name of the model: the last part where it was a folder, so that no path of a machine is written."""
        return self._name

    @property
    def width(self) -> int:
        """Length of a vector."""
        return self._width

    def embed(self, transcript: Transcript, statements: Sequence[Statement]) -> Embeddings:  # noqa: ARG002
        """Vectors of `statements`, in their order. Shape: (n_statements, width), float32, rows of norm 1."""
        return embed_texts(statements, self._width, self.encode)

    def encode(self, text: str) -> NDArray[np.float32]:
        """Vector of one text. Shape: (width,), float32, norm 1."""
        import numpy as np

        vector = np.asarray(self._model.encode([text], show_progress_bar=False, convert_to_numpy=True)[0], dtype=np.float32)
        norm = float(np.linalg.norm(vector))
        return vector / np.float32(norm) if norm > 0 else np.full_like(vector, 1 / np.sqrt(vector.shape[0]))
