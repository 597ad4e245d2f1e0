"""Where the time of the per-transcript part goes, room by room, and what the encoders alone cost on this machine.

    python -m benchmarks.rooms [--interviews 4] [--words 1500] [--rounds 1]
    python -m benchmarks.rooms --interviews 20 --rounds 3      the full size

One process, one thread, processor seconds, models loaded, the least of the rounds. `encoder` is the part of a room inside onnxruntime. The same
inputs then run through bare sessions, nothing else: that time is the floor of the room as its model stands. Of it, `matrix products` is what
onnxruntime's own profile gives the operators that multiply matrices.

`roofline`: the operations of those products, by the shapes in the same profile, over what this core does in a large product of matrices on one
thread (`benchmarks.roofline`): the seconds that nothing could go below, beside those that the bare encoder takes. `share_of_peak` is theirs in
floats; an encoder whose products are of 8-bit integers may do more than that, so the peak of such products stands beside it.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.measure import ONE_THREAD, Panel, plot, python, report
from benchmarks.recombined import write
from benchmarks.roofline import PRODUCTS, operations, peaks
from jtbd_nlp.config import Config
from jtbd_nlp.engine import Rooms
from jtbd_nlp.read import discover, read_source
from jtbd_nlp.tag.encoder import open_network
from jtbd_nlp.weights import find

#: what is counted, not timed
COUNTS = ("words", "statements", "tag_tokens", "embed_tokens", "tag_operations", "embed_operations")
Feed = dict[str, Any]


def main() -> None:
    """Measure, print, plot."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--interviews", type=int, default=4)
    parser.add_argument("--words", type=int, default=1_500)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child is not None:
        print(json.dumps(profile(given.child)))
        return
    with tempfile.TemporaryDirectory() as scratch:
        write(Path(scratch), given.interviews, given.words)
        rows = [json.loads(python("-m", "benchmarks.rooms", "--child", scratch, env=ONE_THREAD).stdout) for _ in range(given.rounds)]
    counts = {key: rows[0].pop(key) for key in COUNTS}
    peak = {kind: max(row[f"peak {kind}"] for row in rows) for kind in ("float", "int8") if f"peak {kind}" in rows[0]}
    best = {key: min(row[key] for row in rows) for key in rows[0] if not key.startswith("peak ")}
    words = counts["words"]
    whole = sum(value for key, value in best.items() if key in ("read", "segment", "tag", "embed"))
    result: dict[str, Any] = {
        "interviews": given.interviews,
        **counts,
        "cpu_s": {key: round(value, 3) for key, value in best.items()},
        "whole_cpu_s": round(whole, 3),
        "words_a_second": round(words / whole),
        "share_of_encoders_alone": round((best["tag: encoder alone"] + best["embed: encoder alone"]) / whole, 3),
        "roofline": roofline(peak, counts, best),
        "share_of_matrix_products": round((best["tag: matrix products"] + best["embed: matrix products"]) / whole, 3),
    }
    report("rooms", result)
    plot("rooms", [Panel("Per-transcript part", "", "processor seconds", {key: [(0, value)] for key, value in best.items()}, bars=True)])


def roofline(peak: dict[str, float], counts: dict[str, float], seconds: dict[str, float]) -> dict[str, Any]:
    """Operations of the encoders, the seconds that they would take at the peak of this core, those that they take, and the share of the peak."""
    found: dict[str, Any] = {"peak_gigaoperations_a_second": {kind: round(value, 1) for kind, value in peak.items()}}
    for room in ("tag", "embed"):
        work, taken = counts[f"{room}_operations"], seconds[f"{room}: encoder alone"]
        found[room] = {
            "megaoperations_a_token": round(work / counts[f"{room}_tokens"] / 1e6, 2),
            "seconds_at_peak": {kind: round(work / value / 1e9, 3) for kind, value in peak.items()},
            "seconds_taken": round(taken, 3),
            "share_of_peak": {kind: round(work / value / 1e9 / taken, 3) for kind, value in peak.items()},
        }
    return found


def profile(folder: Path) -> dict[str, float]:
    """Processor seconds of each room over a folder, in this process, and of its encoder."""
    config = Config()
    rooms = Rooms.load(config)
    feeds: dict[str, list[Feed]] = {"tag": [], "embed": []}
    inside: dict[str, float] = defaultdict(float)
    _spy(rooms, feeds, inside)
    spent: dict[str, float] = defaultdict(float)

    def timed(name: str, call: Callable[..., Any], *arguments: Any) -> Any:
        before = time.process_time()
        value = call(*arguments)
        spent[name] += time.process_time() - before
        return value

    sources = discover([folder], config.read).sources
    rooms.process(sources[0])  # what is loaded at first use
    inside.clear()
    for kept in feeds.values():
        kept.clear()
    words = said = 0
    for source in sources:
        for transcript in timed("read", read_source, source, config.read):
            words += len(transcript.text.split())
            segments = timed("segment", rooms.segmenter.segment, transcript)
            statements = timed("tag", rooms.tagger.tag, transcript, segments)
            timed("embed", rooms.embedder.embed, transcript, statements)
            said += len(statements)
    bare = {name: alone(find({"tag": "tagger", "embed": "embedder"}[name]), kept) for name, kept in feeds.items()}
    return {
        "words": words,
        "statements": said,
        **{f"{name}_tokens": sum(tokens(feed) for feed in kept) for name, kept in feeds.items()},
        **spent,
        **{f"{name}: in encoder": inside[name] for name in feeds},
        **{f"{name}_operations": one.operations for name, one in bare.items()},
        **{f"{name}: encoder alone": one.seconds for name, one in bare.items()},
        **{f"{name}: matrix products": one.seconds * one.share for name, one in bare.items()},
        **{f"peak {kind}": value for kind, value in peaks().items()},
    }


def tokens(feed: Feed) -> int:
    """How many tokens are read at once."""
    return int((feed["ids"] if "ids" in feed else feed["input_ids"]).shape[1])


def _spy(rooms: Rooms, feeds: dict[str, list[Feed]], inside: dict[str, float]) -> None:
    """Note what goes into the sessions, and how long they take."""
    tagger: Any = rooms.tagger
    embedder: Any = rooms.embedder
    forward, session = tagger._forward, embedder._inner._session

    def tag(*arrays: Any) -> Any:
        feeds["tag"].append(dict(zip(("ids", "types", "starts", "ends", "before"), arrays, strict=True)))
        before = time.process_time()
        out = forward(*arrays)
        inside["tag"] += time.process_time() - before
        return out

    class Session:
        """The embedder's, watched."""

        def run(self, names: Sequence[str], feed: Feed) -> Any:
            feeds["embed"].append(feed)
            before = time.process_time()
            out = session.run(names, feed)
            inside["embed"] += time.process_time() - before
            return out

    tagger._forward, embedder._inner._session = tag, Session()


@dataclass(frozen=True)
class Bare:
    """A model over feeds with nothing around it: processor seconds, the share of them in products of matrices, and the operations of these."""

    seconds: float
    share: float
    operations: float


def alone(folder: Path, feeds: Sequence[Feed]) -> Bare:
    """Run a model over feeds, with nothing around it. Shares and operations are those of some 200 of the feeds, operations scaled by tokens."""
    import onnxruntime as ort

    def session(profiled: str | None) -> Any:
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        if profiled:
            options.enable_profiling, options.profile_file_prefix = True, profiled
        return open_network(folder / "model.onnx", options)

    bare = session(None)
    wanted = {given.name for given in bare.get_inputs()}
    kept = [{name: value for name, value in feed.items() if name in wanted} for feed in feeds]
    bare.run(None, kept[0])
    before = time.process_time()
    for feed in kept:
        bare.run(None, feed)
    seconds = time.process_time() - before
    with tempfile.TemporaryDirectory() as scratch:
        watched = session(str(Path(scratch) / "profile"))
        some = slice(None, None, max(1, len(kept) // 200))
        for feed in kept[some]:
            watched.run(None, feed)
        events = json.loads(Path(watched.end_profiling()).read_text(encoding="utf-8"))
    by_kind: Counter[str] = Counter()
    for event in events:
        if event.get("cat") == "Node" and event["name"].endswith("_kernel_time"):
            by_kind[event["args"]["op_name"]] += event["dur"]
    share = sum(by_kind[kind] for kind in PRODUCTS) / max(1, sum(by_kind.values()))
    return Bare(seconds, share, operations(events) * sum(map(tokens, feeds)) / sum(map(tokens, feeds[some])))


if __name__ == "__main__":
    main()
