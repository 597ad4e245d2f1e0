"""The per-transcript part over files, of which some may have been done already."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from jtbd_nlp.config import Config
from jtbd_nlp.engine.local import OnDone, run
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
    sources: Sequence[Source],
    config: Config,
    store: Store,
    made_by: str,
    *,
    workers: int | None = 1,
    rooms: Rooms | None = None,
    on_done: OnDone | None = None,
    load: Load = Rooms.load,
) -> Iterator[Processed]:
    """As `run`, but what the store has is not done again, and what is done is stored at once.

    When all have been given, results of inputs that are no longer among them are forgotten. Where nothing is left to do, no model is loaded.

    Args:
        made_by: the hash of what results depend on besides their input (`fingerprint`).
    """
    keys = {source.name: _key(source, made_by) for source in sources}
    known = store.keys()
    fresh_sources = [source for source in sources if keys[source.name] not in known]

    def keep(item: Source | Transcript, processed: Processed) -> None:
        key = "" if isinstance(item, Transcript) else keys[item.name]
        if key and _is_of(key, processed):
            store.put(key, processed)
        if on_done is not None:
            on_done(item, processed)

    fresh = run(fresh_sources, config, workers=workers, rooms=rooms, on_done=keep, load=load)
    for source in sources:
        if keys[source.name] not in known:
            yield next(fresh)
            continue
        done = store.get(keys[source.name])
        if done is None:  # damaged, or forgotten meanwhile
            yield from run([source], config, workers=1, rooms=rooms, on_done=keep, load=load)
            continue
        if on_done is not None:
            on_done(source, done)
        yield done
    store.keep_only([key for key in keys.values() if key])


def _key(source: Source, made_by: str) -> str:
    """`<sha256 of the file>-<hash of what else the result depends on>`; empty where the file cannot be read."""
    try:
        with open(source.path, "rb") as handle:  # noqa: PTH123 - a source holds its path as text
            content = hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError:
        return ""
    rest = hashlib.sha256("\x1f".join((made_by, source.id, source.name)).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{content}-{rest}"


def _is_of(key: str, processed: Processed) -> bool:
    """Whether a result is of the bytes that the key names: the file may have changed before it was read."""
    return bool(processed.transcripts) and all(t.source_sha256 == key.partition("-")[0] for t in processed.transcripts)
