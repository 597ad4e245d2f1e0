"""Results of the per-transcript part, kept by the hash of everything that they depend on."""

from __future__ import annotations

import hashlib
import logging
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TypeVar

from jtbd_nlp.schema.packed import Packed, pack, unpack
from jtbd_nlp.schema.processed import Processed

logger = logging.getLogger("jtbd_nlp")

#: Written into the file; one with another number is thrown away and made anew, since all in it can be computed again.
FORMAT: Final = 1
_T = TypeVar("_T")


class ResultStore:
    """A SQLite file of results: JSON and raw little-endian float32, nothing that is executed when it is read.

    Each `put` is on the disk when it returns, as far as a killed process is concerned. The store is never the only home of anything: where
    it is damaged it is made anew, where it cannot be written the run goes on without it; both are said in a warning. For one thread.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._database: sqlite3.Connection | None = None
        self._open(fresh=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file, and delete it where nothing is in it; the store holds and takes nothing after that."""
        database, self._database = self._database, None
        if database is None:
            return
        with suppress(sqlite3.Error, OSError):
            empty = database.execute("SELECT 1 FROM results LIMIT 1").fetchone() is None
            database.close()
            if empty:
                self._remove()
        database.close()

    def keys(self) -> frozenset[str]:
        """Keys of all results that are there."""
        rows: list[tuple[str]] = self._ask(lambda d: d.execute("SELECT key FROM results").fetchall(), [])
        return frozenset(row[0] for row in rows)

    def get(self, key: str) -> Processed | None:
        """The result of this key; None where there is none, or where it is damaged."""
        question = "SELECT record, vectors, width, sha256 FROM results WHERE key = ?"
        rows: list[tuple[bytes, bytes, int, str]] = self._ask(lambda d: d.execute(question, (key,)).fetchall(), [])
        if not rows:
            return None
        try:
            return _checked(key, *rows[0])
        except (ValueError, TypeError):
            logger.warning("A result in %s is damaged and is computed again.", self.path)
            self._ask(lambda d: d.execute("DELETE FROM results WHERE key = ?", (key,)), None)
            return None

    def put(self, key: str, processed: Processed) -> None:
        """Keep a result; one with problems is not kept, since it may fare better the next time."""
        if processed.problems:
            return
        packed = pack(processed)
        row = (key, packed.record, packed.vectors, packed.width, _checksum(key, packed))
        self._ask(lambda d: d.execute("INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?)", row), None)

    def keep_only(self, keys: Iterable[str]) -> None:
        """Forget all other results, so that an interview that was taken out of a study leaves nothing here."""
        for key in sorted(self.keys() - set(keys)):
            self._ask(lambda d, key=key: d.execute("DELETE FROM results WHERE key = ?", (key,)), None)  # type: ignore[misc]

    def clear(self) -> None:
        """Forget everything."""
        self._open(fresh=True)

    def _ask(self, question: Callable[[sqlite3.Connection], _T], otherwise: _T) -> _T:
        """Ask the database; where that fails, say so, and go on with a new one or without."""
        if self._database is None:
            return otherwise
        try:
            return question(self._database)
        except sqlite3.OperationalError as error:  # full, read-only, locked: what is there is good, what comes is not kept
            logger.warning("Could not use %s (%s); what is done from now on is not kept.", self.path, error)
            self.close()
        except sqlite3.DatabaseError as error:
            logger.warning("Got a damaged %s (%s); it is made anew.", self.path, error)
            self._open(fresh=True)
        return otherwise

    def _open(self, fresh: bool) -> None:
        self.close()
        try:
            if fresh:
                self._remove()
            try:
                self._database = _connect(self.path)
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError) and not self.path.exists():
                    raise
                logger.warning("Got a damaged %s (%s); it is made anew.", self.path, error)
                self._remove()
                self._database = _connect(self.path)
        except (sqlite3.Error, OSError) as error:
            logger.warning("Could not use %s (%s); what is done is not kept.", self.path, error)

    def _remove(self) -> None:
        for end in ("", "-wal", "-shm", "-journal"):
            self.path.with_name(self.path.name + end).unlink(missing_ok=True)


def _connect(path: Path) -> sqlite3.Connection:
    """An open store of this format; one of another format is emptied.

    Raises:
        sqlite3.Error: it is damaged, or cannot be made.
    """
    database = sqlite3.connect(path, isolation_level=None, timeout=30)
    try:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute("PRAGMA secure_delete = ON")
        database.execute("PRAGMA trusted_schema = OFF")
        if database.execute("PRAGMA user_version").fetchone()[0] != FORMAT:
            database.execute("DROP TABLE IF EXISTS results")
            database.execute(f"PRAGMA user_version = {FORMAT}")
        database.execute(
            "CREATE TABLE IF NOT EXISTS results (key TEXT PRIMARY KEY, record BLOB NOT NULL, vectors BLOB NOT NULL, "
            "width INTEGER NOT NULL, sha256 TEXT NOT NULL) WITHOUT ROWID"
        )
        database.execute("SELECT key, record, vectors, width, sha256 FROM results LIMIT 1").fetchone()
    except sqlite3.Error:
        database.close()
        raise
    return database


def _checksum(key: str, packed: Packed) -> str:
    digest = hashlib.sha256(f"{key} {packed.width} {len(packed.record)}\n".encode())
    digest.update(packed.record)
    digest.update(packed.vectors)
    return digest.hexdigest()


def _checked(key: str, record: bytes, vectors: bytes, width: int, sha256: str) -> Processed:
    """A row as a result.

    Raises:
        ValueError: the row is not what was put there.
    """
    packed = Packed(record, vectors, width)
    if _checksum(key, packed) != sha256:
        raise ValueError("the checksum does not fit")
    return unpack(packed)
