"""Themes of very many statements: time, peak memory, the same bytes, and how well planted themes are found.

    python -m benchmarks.corpus_part [--sizes 2000 20000] [--quality 5000] [--again]
    python -m benchmarks.corpus_part --sizes 5000 20000 50000 100000 200000 --again      the full size

For each size a study with planted themes is made (`benchmarks.planted`) and `cluster_statements` runs over it in a process of its own, `--again`
a second time: both must give the same labels. `--quality` compares, on one tag with as many statements, the way that few statements go with the
way of many and with samples of a half and a quarter. One thread a process.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.measure import ONE_THREAD, Panel, exponent, plot, python, report
from benchmarks.planted import Base, Planted, kept_base, plant
from jtbd_nlp.config import ClusterConfig
from jtbd_nlp.schema.arrays import Clustering
from jtbd_nlp.training.scoring import adjusted_rand, b_cubed


def main() -> None:
    """Measure, print, plot."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="*", default=[2_000, 20_000])
    parser.add_argument(
        "--beside", type=Path, nargs="*", default=[], help="results (JSON) of earlier runs on this machine to show beside these"
    )
    parser.add_argument("--quality", type=int, default=5_000)
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--base", type=Path, help="folder to keep the embedded corpora in from one run to the next")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child is not None:
        print(json.dumps(child(given.child, given.sizes[0])))
        return
    with kept_base(given.base) as folder:
        rows = [row for path in given.beside for row in json.loads(path.read_text(encoding="utf-8"))["sizes"]]
        for size in given.sizes:
            runs = [json.loads(python(*_child(folder, size), env=ONE_THREAD).stdout) for _ in range(1 + given.again)]
            if len({row["sha256"] for row in runs}) > 1:
                raise SystemExit(f"{size} statements: two runs gave different themes")
            rows.append({**min(runs, key=lambda row: row["cpu_s"]), "runs_of_same_bytes": len(runs)})
        quality = quality_of(plant(Base.load(folder), given.quality * 8), given.quality) if given.quality else []
    sizes = [row["statements"] for row in rows]
    growth = {key: exponent(sizes, [row[key] for row in rows]) for key in ("cpu_s", "peak_mib")}
    report("corpus_part", {"sizes": rows, "exponents": growth, "quality": quality})
    plot(
        "corpus_part",
        [
            Panel("Themes: processor time", "statements", "seconds", {"one thread": [(r["statements"], r["cpu_s"]) for r in rows]}),
            Panel("Themes: peak memory", "statements", "MiB", {"process": [(r["statements"], r["peak_mib"]) for r in rows]}),
        ],
    )


def _child(folder: Path, size: int) -> tuple[str, ...]:
    return ("-m", "benchmarks.corpus_part", "--child", str(folder), "--sizes", str(size))


def child(folder: Path, size: int) -> dict[str, Any]:
    """Cluster one made study in this process."""
    import resource

    from jtbd_nlp.cluster import cluster_statements

    made = plant(Base.load(folder), size)
    data = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    wall, cpu = time.perf_counter(), time.process_time()
    found = cluster_statements(made.statements, made.embeddings, ClusterConfig())
    return {
        "statements": size,
        "wall_s": round(time.perf_counter() - wall, 1),
        "cpu_s": round(time.process_time() - cpu, 1),
        "peak_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "of_that_input_mib": round(data),
        "themes": sum(max(c.labels) + 1 for c in found),
        **score(made.theme, found),
        "sha256": hashlib.sha256(repr(found).encode()).hexdigest(),
    }


def quality_of(made: Planted, n: int) -> list[dict[str, Any]]:
    """One tag's first n statements, clustered in each way."""
    from collections import Counter

    from jtbd_nlp.cluster import cluster_statements

    tag = Counter(next(iter(s.tags)) for s in made.statements).most_common(1)[0][0]
    said = [s for s in made.statements if tag in s.tags][:n]
    ways = {
        "few statements": ClusterConfig(small_n=n + 1, n_resamples=2),
        "many statements": ClusterConfig(small_n=2, max_texts=n, n_resamples=2),
        "many, sample of a half": ClusterConfig(small_n=2, max_texts=n // 2, n_resamples=2),
        "many, sample of a quarter": ClusterConfig(small_n=2, max_texts=n // 4, n_resamples=2),
    }
    rows: list[dict[str, Any]] = []
    known: dict[str, Clustering] = {}
    for name, config in ways.items():
        cpu = time.process_time()
        (found,) = cluster_statements(said, made.embeddings, config)
        known[name] = found
        whole = known.get("many statements", found)
        agreement = round(adjusted_rand(list(whole.labels), list(found.labels)), 3)
        row = {"way": name, "statements": len(said), "cpu_s": round(time.process_time() - cpu, 1), "themes": max(found.labels) + 1}
        rows.append({**row, **score(made.theme, [found]), "adjusted_rand_with_all": agreement if "sample" in name else None})
    return rows


def score(theme: Mapping[str, int], found: Sequence[Clustering]) -> dict[str, float]:
    """B-cubed F1 and adjusted Rand over statements with a planted theme (one in no theme is alone), and the share of all in none."""
    planted, guess = [], []
    for clustering in found:
        for row, (name, label) in enumerate(zip(clustering.ids, clustering.labels, strict=True)):
            if name in theme:
                planted.append(theme[name])
                guess.append(f"{clustering.tag} {label if label >= 0 else f'alone {row}'}")
    labels = [label for clustering in found for label in clustering.labels]
    return {
        "b_cubed": round(b_cubed(planted, guess), 3),
        "adjusted_rand": round(adjusted_rand(planted, guess), 3),
        "in_none": round(sum(label < 0 for label in labels) / max(1, len(labels)), 3),
    }


if __name__ == "__main__":
    main()
