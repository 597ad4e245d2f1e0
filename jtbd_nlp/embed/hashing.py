"""An embedder without weights: hashed words and letter groups. It drives the tests and works where no model may be used."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from jtbd_nlp.embed.base import OneByOne
from jtbd_nlp.errors import ConfigError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_WORD = re.compile(r"\w+")


class HashingEmbedder(OneByOne):
    """Signed feature hashing (Weinberger et al. 2009) of lower-cased words and of the letter groups of four inside them.

    Raises:
        ConfigError: width below 8.
    """

    def __init__(self, width: int = 256) -> None:
        if width < 8:
            raise ConfigError(f"Got width={width}; expected an integer >= 8.")
        super().__init__(f"hashing-{width}", width)

    def encode(self, text: str) -> NDArray[np.float32]:
        """Vector of one text. Shape: (width,), float32, norm 1."""
        import numpy as np

        vector = np.zeros(self._width, dtype=np.float64)
        for feature, weight in _features(text):
            digest = int.from_bytes(hashlib.blake2b(feature.encode("utf-8"), digest_size=8).digest(), "little")
            vector[(digest >> 1) % self._width] += weight if digest & 1 else -weight
        norm = float(np.linalg.norm(vector))
        if norm == 0.0:
            vector[0], norm = 1.0, 1.0
        return (vector / norm).astype(np.float32)


def _features(text: str) -> Iterator[tuple[str, float]]:
    words = _WORD.findall(text.lower()) or [text]
    for word in words:
        yield word, 1.0
        padded = f"^{word}$"
        for at in range(len(padded) - 3):
            yield f"#{padded[at : at + 4]}", 0.5
