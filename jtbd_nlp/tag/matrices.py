"""Matrices of an encoder that multiplies in whole numbers: few bits in a file beside the network, a byte in memory.

The network could hold them itself and unpack them when it is loaded, but the runtime keeps every step of that: a gigabyte in place of forty megabytes.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FILE: Final = "matrices.npz"
#: Weights go to 63: two products of an unsigned byte and one of these always fit into 16 bits, where processors without VNNI add them
GREATEST: Final = 63
_LEAST: Final = 1e-9


def floats(stored: dict[str, NDArray[Any]]) -> NDArray[np.float32]:
    """Rows (columns of the matrix, inputs) of what is stored.

    Args:
        stored: `int8` (columns, inputs) and `scale` (columns, 1), or `int4` (columns, inputs / 2) and `scale` (columns, inputs / block): numbers from 0
            to 15, of which 8 is zero, the first half of a row in the lower bits, the second in the upper ones.
    """
    import numpy as np

    scale = stored["scale"].astype(np.float32)
    if "int8" in stored:
        wide: NDArray[np.float32] = stored["int8"].astype(np.float32) * scale
        return wide
    numbers = np.concatenate([stored["int4"] & 15, stored["int4"] >> 4], axis=1)
    blocks = numbers.reshape(len(scale), scale.shape[1], -1).astype(np.float32) - 8
    return (blocks * scale[:, :, None]).reshape(numbers.shape)


def whole(rows: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """A matrix in whole numbers from -63 to 63, (inputs, columns), and the scale of each column, (columns,).

    Args:
        rows: (columns, inputs).
    """
    import numpy as np

    step = np.maximum(np.abs(rows).max(axis=1, keepdims=True) / np.float32(GREATEST), np.float32(_LEAST))
    return np.ascontiguousarray(np.rint(rows / step).astype(np.int8).T), step[:, 0]


def save_matrices(path: Path, stored: dict[str, dict[str, NDArray[Any]]]) -> None:
    """Write what `floats` takes, by the matrices' names."""
    import numpy as np

    np.savez(path, allow_pickle=False, **{f"{name}/{part}": array for name, parts in stored.items() for part, array in parts.items()})


def load_matrices(path: Path) -> dict[str, NDArray[Any]]:
    """`NAME.whole` and `NAME.step` of each matrix of a file, as the network names them.

    Raises:
        OSError, ValueError, KeyError: the file cannot be read, or holds something else.
    """
    import numpy as np

    out: dict[str, NDArray[Any]] = {}
    with np.load(path, allow_pickle=False) as file:
        parts: dict[str, list[str]] = {}
        for key in file.files:
            name, _, part = key.rpartition("/")
            parts.setdefault(name, []).append(part)
        for name, given in sorted(parts.items()):
            out[f"{name}.whole"], out[f"{name}.step"] = whole(floats({part: file[f"{name}/{part}"] for part in given}))
    return out
