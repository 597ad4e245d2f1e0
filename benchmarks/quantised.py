"""What few bits cost: the float network of a training run against the weights that ship, at the same thresholds.

usage: python -m benchmarks.quantised TRAINING_FOLDER GOLD... [--operating-point balanced|careful] [--threads N]

TRAINING_FOLDER is where `jtbd train` wrote: `float.onnx` and `model.onnx` (quantised), with one `meta.json` and tokenizer for both. Prints as JSON
micro F1 and macro F1 over forces and outcomes of each, what the quantised ones gain (with the 95 % interval of a paired bootstrap by interview), the greatest
difference of a logit, and whether the quantised weights are those that the library holds.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jtbd_nlp.tag.encoder import EncoderTagger, load_encoder
from jtbd_nlp.tag.matrices import FILE
from jtbd_nlp.tag.meta import TaggerMeta
from jtbd_nlp.training.agreement import forces_f1, micro_f1, paired
from jtbd_nlp.training.calibrate import Held, placed
from jtbd_nlp.training.gold import Gold, read_gold
from jtbd_nlp.training.project import score_held
from jtbd_nlp.weights import find


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--operating-point", choices=("balanced", "careful"), default="balanced")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    print(json.dumps(compare(args.folder, read_gold(args.gold, labels=None), args.operating_point, args.threads), indent=1))


def compare(folder: Path, gold: Sequence[Gold], point: str, threads: int) -> dict[str, Any]:
    """Figures of both, and what the quantised gains over float (below zero: loses)."""
    sides = {name: score_held(load(folder, name, point, threads), gold) for name in ("float.onnx", "model.onnx")}
    meta = TaggerMeta.load(folder)
    decided = {name: placed(held, meta, point) for name, held in sides.items()}
    before, after = decided.values()
    return {
        "interviews": len(gold),
        "operating_point": point,
        **{
            name: {"micro_f1": round(micro_f1(items), 4), "forces_outcome_macro_f1": round(forces_f1(items), 4)}
            for name, items in decided.items()
        },
        "gain_of_quantised": {
            "micro_f1": paired(before, after).model_dump(),
            "forces_outcome_macro_f1": paired(before, after, figure=forces_f1).model_dump(),
        },
        "greatest_difference_of_a_logit": round(greatest_difference(*sides.values()), 4),
        "is_what_ships": meta.weights_sha256 == TaggerMeta.load(find("tagger")).weights_sha256,
    }


def load(folder: Path, weights: str, point: str, threads: int) -> EncoderTagger:
    """The tagger of a folder with one of its files of weights in the place of `model.onnx`."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        for file, source in (("model.onnx", weights), ("tokenizer.json", "tokenizer.json"), ("meta.json", "meta.json")):
            shutil.copyfile(folder / source, place / file)
        if weights == "model.onnx" and (folder / FILE).exists():
            shutil.copyfile(folder / FILE, place / FILE)
        return load_encoder(place, point, threads)


def greatest_difference(a: Sequence[Held], b: Sequence[Held]) -> float:
    """Over all segments, runs of segments and columns."""
    return max(
        (
            abs(x - y)
            for one, other in zip(a, b, strict=True)
            for run, row in one.scores.rows.items()
            for x, y in zip(row, other.scores.row(run), strict=True)
        ),
        default=0.0,
    )


if __name__ == "__main__":
    main()
