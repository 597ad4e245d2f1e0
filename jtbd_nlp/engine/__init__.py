"""Where the per-transcript part runs: this process or a pool of processes."""

from __future__ import annotations

from jtbd_nlp.engine.fingerprint import fingerprint
from jtbd_nlp.engine.local import all_cores, count_workers, run
from jtbd_nlp.engine.resume import run_with_store
from jtbd_nlp.engine.work import Processed, Rooms, join_embeddings, read_all

__all__ = ["Processed", "Rooms", "all_cores", "count_workers", "fingerprint", "join_embeddings", "read_all", "run", "run_with_store"]
