"""Ways to find themes among very many statements, side by side: which one the library took, and why.

    python -m benchmarks.ways [--statements 5000] [--base FOLDER]

One tag of a planted study (`benchmarks.planted`); each way in a process of its own, with one thread and, where it may matter, with two: processor
time, peak memory, how well the planted themes are found, and whether both gave the same bytes. Ways whose package is not installed are left out
(`pip install evoc fast-hdbscan`). Compiled code is cached by numba in a run before the one that counts.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.corpus_part import score
from benchmarks.measure import ONE_THREAD, Panel, plot, python, report
from benchmarks.planted import Base, kept_base, plant
from jtbd_nlp.config import ClusterConfig
from jtbd_nlp.schema.arrays import Clustering

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WAYS = {
    "average linkage": None,
    "UMAP, HDBSCAN": None,
    "UMAP, fast_hdbscan": "fast_hdbscan",
    "PCA 16, fast_hdbscan": "fast_hdbscan",
    "EVoC": "evoc",
    "UMAP, HDBSCAN on a quarter": None,
    "MiniBatchKMeans": None,
}
#: the share of a tag's statements among all, at the least
SHARE = 12


def main() -> None:
    """Measure, print, plot."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--statements", type=int, default=5_000)
    parser.add_argument("--base", type=Path, help="folder to keep the embedded corpora in from one run to the next")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child is not None:
        print(json.dumps(child(given.child[0], Path(given.child[1]), given.statements)))
        return
    with kept_base(given.base) as folder:
        rows = []
        for way, package in WAYS.items():
            if package is None or importlib.util.find_spec(package) is not None:
                command = ("-m", "benchmarks.ways", "--child", way, str(folder), "--statements", str(given.statements))
                runs = [json.loads(python(*command, env={**ONE_THREAD, "NUMBA_NUM_THREADS": threads}).stdout) for threads in ("2", "1")]
                rows.append({**runs[1], "same_with_two_threads": runs[0]["sha256"] == runs[1]["sha256"]})
    report("ways", {"statements": given.statements, "ways": rows})
    bars = {
        title: {row["way"]: [(0, row[key])] for row in rows} for title, key in (("Processor seconds", "cpu_s"), ("B-cubed F1", "b_cubed"))
    }
    plot("ways", [Panel(title, "", "", lines, bars=True) for title, lines in bars.items()])


def child(way: str, folder: Path, n: int) -> dict[str, Any]:
    """Cluster in one way, in this process."""
    import resource

    import numpy as np

    from jtbd_nlp.cluster.units import units_of

    made = plant(Base.load(folder), n * SHARE)
    tag = Counter(next(iter(s.tags)) for s in made.statements).most_common(1)[0][0]
    units = units_of(tag, [s for s in made.statements if tag in s.tags][:n], made.embeddings)
    cpu = time.process_time()
    labels = np.asarray(_labels(way, units.vectors), dtype=np.int64)
    spent = time.process_time() - cpu
    found = Clustering(tag, tuple(copies[0].id for copies in units.members), tuple(labels.tolist()), (0.0,) * len(labels))
    return {
        "way": way,
        "cpu_s": round(spent, 2),
        "peak_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "themes": int(labels.max()) + 1,
        **score(made.theme, [found]),
        "sha256": hashlib.sha256(labels.tobytes()).hexdigest(),
    }


def _labels(way: str, vectors: NDArray[np.float64]) -> NDArray[np.int64]:
    import numpy as np

    from jtbd_nlp.cluster.density import density_labels, project
    from jtbd_nlp.cluster.exact import linked
    from jtbd_nlp.cluster.sample import join_nearest
    from jtbd_nlp.cluster.similarity import WEIGHTS

    config, n = ClusterConfig(), len(vectors)
    least = max(config.min_cluster_size, round(n**0.5 / 4))
    if way == "average linkage":
        return linked(WEIGHTS.cosine * (vectors @ vectors.T), np.ones(n, dtype=np.int64), config).labels
    if way == "UMAP, HDBSCAN":
        return density_labels(project(vectors, config), config)[0]
    if way == "UMAP, HDBSCAN on a quarter":
        rows = np.arange(0, n, 4)
        labels, firm = density_labels(project(vectors[rows], config), config)
        return join_nearest(vectors, rows, labels, firm, config)[0]
    if way == "EVoC":
        from evoc import EVoC

        found: NDArray[np.int64] = EVoC(random_state=0).fit_predict(vectors.astype(np.float32))
        return found
    if way == "MiniBatchKMeans":
        from sklearn.cluster import MiniBatchKMeans

        k = round(config.themes_per_root * n**0.5)
        groups: NDArray[np.int64] = MiniBatchKMeans(k, random_state=0, n_init=1).fit_predict(vectors)
        return groups
    from fast_hdbscan import HDBSCAN

    if way == "UMAP, fast_hdbscan":
        points = project(vectors, config)
    else:
        centred = vectors - vectors.mean(axis=0)
        points = centred @ np.linalg.eigh(centred.T @ centred)[1][:, -16:]
    dense: NDArray[np.int64] = HDBSCAN(min_cluster_size=least).fit_predict(points)
    return dense


if __name__ == "__main__":
    main()
