"""The tagger that ships: a small transformer through onnxruntime, one window at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jtbd_nlp.errors import ModelError
from jtbd_nlp.schema import Segment, Statement, Transcript
from jtbd_nlp.tag.decode import Run, Scores, tag_with
from jtbd_nlp.tag.matrices import FILE, load_matrices
from jtbd_nlp.tag.meta import TaggerMeta
from jtbd_nlp.tag.windows import Stretch, Talk, Window, stream, windows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Forward = Callable[
        ["NDArray[np.int64]", "NDArray[np.int64]", "NDArray[np.int64]", "NDArray[np.int64]", "NDArray[np.int64]"], "NDArray[np.float32]"
    ]


class EncoderTagger:
    """Tags through an encoder that reads a window at a time.

    A window is a function of its transcript alone and is never padded or batched with others, so scores do not depend on
    batches, threads or workers. One tagger may be used by several threads.
    """

    def __init__(self, forward: Forward, tokenizer: Any, meta: TaggerMeta, operating_point: str = "balanced") -> None:
        """
        Args:
            forward: ids (1, n_tokens), types (1, n_tokens), starts, ends, before (n_units,) to logits (n_units, 30 and one a label of one's own).
            tokenizer: A `tokenizers.Tokenizer` without truncation or padding.
            meta: The tagger's meta.json.
            operating_point: Which thresholds decide.
        """
        meta.point(operating_point)
        self.meta = meta
        self.operating_point = operating_point
        self._forward = forward
        self._tokenizer = tokenizer

    def scores(self, transcript: Transcript, segments: Sequence[Segment]) -> Scores:
        """Logits of all segments and of the runs that may become one statement. Interviewers' segments are not scored."""
        heard = [i for i, s in enumerate(segments) if transcript.turns[s.turn].role != "interviewer"]
        talk = [Talk(t.start, t.end, t.role != "interviewer") for t in transcript.turns]
        source = stream(transcript.text, talk, self._tokenizer)
        stretches = [Stretch(segments[i].start, segments[i].end) for i in heard]
        turns = [segments[i].turn for i in heard]
        found: dict[Run, list[list[float]]] = {}
        for turn in range(self.meta.passes):
            first = None if not turn else max(80, self.meta.max_tokens * turn // self.meta.passes)
            for window in windows(source, talk, stretches, max_tokens=self.meta.max_tokens, first=first):
                for run, row in self._window(window, turns):
                    found.setdefault(Run(heard[run.first], heard[run.last - 1] + 1), []).append(row)
        return Scores({run: [sum(column) / len(rows) for column in zip(*rows, strict=True)] for run, rows in found.items()})

    def tag(self, transcript: Transcript, segments: Sequence[Segment]) -> tuple[Statement, ...]:
        """Statements of one transcript, sorted by place, without overlap. Segments may come in any order."""
        return tag_with(self.scores, transcript, segments, self.meta, self.operating_point)

    def _window(self, window: Window, turns: Sequence[int]) -> list[tuple[Run, list[float]]]:
        import numpy as np

        units = window.units
        found: list[Run] = []
        starts, ends, before = [], [], []
        for n, unit in enumerate(units):
            near = n > 0 and turns[units[n - 1].segment] == turns[unit.segment]
            found.append(Run(unit.segment, unit.segment + 1))
            starts.append(unit.start)
            ends.append(unit.end)
            before.append(n - 1 if near else n)
        for n, unit in enumerate(units):
            for m in range(n + 1, min(len(units), n + self.meta.max_run)):
                if turns[units[m].segment] != turns[unit.segment]:
                    break
                if units[m].core:
                    before.append(len(found))
                    found.append(Run(unit.segment, units[m].segment + 1))
                    starts.append(unit.start)
                    ends.append(units[m].end)
        arrays = [np.asarray(values, dtype=np.int64) for values in ([window.ids], [window.types], starts, ends, before)]
        logits = self._forward(*arrays)
        rows = logits.tolist()
        return [(run, row) for n, (run, row) in enumerate(zip(found, rows, strict=True)) if n >= len(units) or units[n].core]


def open_network(file: Path, options: Any) -> Any:
    """An onnxruntime session over a network and the matrices that stand beside it.

    Args:
        file: The network.
        options: `onnxruntime.SessionOptions`; its level of logging is set, and the matrices are added.
    """
    import onnxruntime as ort

    options.log_severity_level = 3
    beside = file.with_name(FILE)
    if beside.exists():
        matrices = load_matrices(beside)
        options.add_external_initializers(list(matrices), [ort.OrtValue.ortvalue_from_numpy(array) for array in matrices.values()])
    return ort.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])


def load_encoder(folder: Path, operating_point: str, threads: int) -> EncoderTagger:
    """Load an encoder tagger from its folder (`model.onnx`, `tokenizer.json`, `meta.json`, and `matrices.npz` where it multiplies in whole numbers).

    Raises:
        ModelError: something is missing or damaged.
    """
    import onnxruntime as ort
    from tokenizers import Tokenizer

    meta = TaggerMeta.load(folder)
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    try:
        session = open_network(folder / "model.onnx", options)
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:  # both libraries raise their own classes, tokenizers a bare Exception
        raise ModelError(
            f"Got no usable weights in {folder} ({type(error).__name__}). Expected model.onnx, tokenizer.json and what else it came with; install or train them again."
        ) from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    width = session.get_outputs()[0].shape[-1]
    if isinstance(width, int) and width != meta.width:
        raise ModelError(f"Got model.onnx with {width} columns in {folder}; its meta.json says {meta.width}. Install or train it again.")

    wanted = {given.name for given in session.get_inputs()}  # an encoder without token types takes none

    def forward(ids: Any, types: Any, starts: Any, ends: Any, before: Any) -> NDArray[np.float32]:
        inputs = {"ids": ids, "types": types, "starts": starts, "ends": ends, "before": before}
        out: NDArray[np.float32] = session.run(["logits"], {name: value for name, value in inputs.items() if name in wanted})[0]
        return out

    return EncoderTagger(forward, tokenizer, meta, operating_point)
