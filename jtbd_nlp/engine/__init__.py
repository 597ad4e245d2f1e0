"""The per-transcript part: in this process, a pool of processes or on a cluster; resumed from a store under the fingerprint of its makers."""

from __future__ import annotations

from jtbd_nlp.engine.dispatch import count_workers, run
from jtbd_nlp.engine.fingerprint import fingerprint
from jtbd_nlp.engine.resume import run_with_store
from jtbd_nlp.engine.work import Processed, Rooms, join_embeddings, read_all

__all__ = ["Processed", "Rooms", "count_workers", "fingerprint", "join_embeddings", "read_all", "run", "run_with_store"]
