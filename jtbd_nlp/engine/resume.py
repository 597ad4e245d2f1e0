"""The per-transcript part over files, of which some may have been done already."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Protocol

from jtbd_nlp.config import Config
from jtbd_nlp.engine.dispatch import run
from jtbd_nlp.engine.inputs import OnDone, Reader
from jtbd_nlp.engine.remote_worker import MadeBy
from jtbd_nlp.engine.work import Processed, Rooms
from jtbd_nlp.engine.worker import Load
from jtbd_nlp.schema import Transcript

if TYPE_CHECKING:
    from jtbd_nlp.read import Source


class Store(Protocol):
    """Keeps results by key; may forget any of them."""

    def keys(self) -> frozenset[str]: ...
    def get(self, key: str) -> Processed | None: ...
    def put(self, key: str, processed: Processed) -> None: ...
    def keep_only(self, keys: Sequence[str]) -> None: ...


def run_with_store(
    items: Sequence[Source | Transcript],
    config: Config,
    store: Store,
    made_by: str,
    *,
    workers: int | None = 1,
    rooms: Rooms | None = None,
    on_done: OnDone | None = None,
    load: Load = Rooms.load,
    reader: Reader | None = None,
    same: MadeBy | None = None,
) -> Generator[Processed, None, None]:
    """As `run`, but what the store has is not done again, and what is done is stored at once.

    When all have been given, results of files that are no longer among them are forgotten. Where nothing is left to do, no model is loaded.

    Args:
        items: files, whose results are kept, or transcripts, whose results are kept where they were read from a file.
        made_by: the hash of what results depend on besides their input (`fingerprint`).
        same: computes `made_by`; asked on each worker of a cluster.
    """
    keys = {_identity(item): _key(item, made_by) for item in items}
    known = store.keys()

    def key_of(item: Source | Transcript) -> str:
        return keys[_identity(item)]

    def keep(item: Source | Transcript, processed: Processed) -> None:
        if _is_of(key_of(item), processed):
            store.put(key_of(item), processed)
        if on_done is not None:
            on_done(item, processed)

    missing = [item for item in items if key_of(item) not in known]
    with closing(run(missing, config, workers=workers, rooms=rooms, on_done=keep, load=load, reader=reader, made_by=same)) as fresh:
        for item in items:
            if key_of(item) not in known:
                yield next(fresh)
                continue
            done = store.get(key_of(item))
            if done is None:  # damaged, or forgotten meanwhile
                yield from run([item], config, workers=1, rooms=rooms, on_done=keep, load=load, reader=reader, made_by=same)
                continue
            if on_done is not None:
                on_done(item, done)
            yield done
    store.keep_only([key for key in keys.values() if key])


def _identity(item: Source | Transcript) -> str:
    """What tells an input from all others of a run."""
    return f"transcript {item.id}" if isinstance(item, Transcript) else f"file {item.name}"


def _key(source: Source | Transcript, made_by: str) -> str:
    """`<sha256 of the file>-<hash of what else the result depends on>`; empty where there is no file, or it cannot be read."""
    if isinstance(source, Transcript):
        whole = hashlib.sha256(f"{made_by}\x1f{source.model_dump_json()}".encode()).hexdigest()
        return f"{source.source_sha256}-{whole}" if source.source_sha256 else ""
    try:
        with open(source.path, "rb") as handle:  # noqa: PTH123 - a source holds its path as text
            content = hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError:
        return ""
    rest = hashlib.sha256("\x1f".join((made_by, source.id, source.name)).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{content}-{rest}"


def _is_of(key: str, processed: Processed) -> bool:
    """Whether a result is of the bytes that the key names: the file may have changed before it was read."""
    return bool(key and processed.transcripts) and all(t.source_sha256 == key.partition("-")[0] for t in processed.transcripts)
