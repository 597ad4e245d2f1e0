"""The key: which stand-in stands for what. A file of its own that only its owner can read."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

from pydantic import Field, ValidationError

from jtbd_nlp.errors import ConfigError, OutputError
from jtbd_nlp.privacy.records import Kind
from jtbd_nlp.schema import Record

VERSION: Final = 1
_MODE: Final = 0o600
_LIMIT: Final = 500_000_000


class StandIn(Record):
    """What a stand-in stands for: the forms of one name, number or address, in lower case; the first stands for all."""

    kind: Kind
    forms: tuple[str, ...]


class Interview(Record):
    """Where an interview came from: its id as it was read, and the sha256 of its text; no hash for a file that could not be read."""

    name: str
    sha256: str = ""


class Key(Record):
    """All stand-ins of a study, and the ids of its interviews. Equal studies give equal keys."""

    version: int = VERSION
    stand_ins: dict[str, StandIn] = Field(default_factory=dict)
    interviews: dict[str, Interview] = Field(default_factory=dict)


def load_key(path: str | Path) -> Key:
    """Read a key; where there is no file yet, an empty one.

    Raises:
        ConfigError: there is something else at that path.
    """
    path = Path(path).expanduser()
    if not path.exists():
        return Key()
    try:
        if path.stat().st_size > _LIMIT:
            raise ValueError("too big")
        key = Key.model_validate(json.loads(path.read_bytes().decode("utf-8")))
        if key.version != VERSION:
            raise ValueError("another version")
    except (OSError, ValueError, RecursionError, ValidationError) as error:
        # The error's own text may hold names, so it is not told.
        reason = (error.strerror or "unreadable") if isinstance(error, OSError) else "not a key"
        raise ConfigError(
            f"Got --key {path}, which cannot be used ({reason}); expected a key that an earlier run wrote, or a new name. Nothing was changed."
        ) from None
    return key


def save_key(key: Key, path: str | Path) -> None:
    """Write a key in one step, for its owner alone (mode 0600).

    Raises:
        OutputError: the file cannot be written.
    """
    path = Path(path).expanduser().resolve()
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    data = json.dumps(key.model_dump(mode="json"), ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass") + b"\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MODE)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise OutputError(
            f"Could not write the key {path}: {error.strerror or type(error).__name__}. Choose another place for it."
        ) from None


def check_key(path: Path | None, out: Path, inputs: Iterable[Path], *, wanted: bool) -> Path | None:
    """The path of a key that lies apart from the output and from the interviews; None where no stand-ins are `wanted`.

    Raises:
        ConfigError: one of the two is given without the other, or the key lies in the output, its store, or a folder of interviews.
    """
    if not wanted:
        if path is not None:
            raise ConfigError(f"Got --key {path} without --pseudonymize; expected both or neither. Add --pseudonymize to replace names.")
        return None
    if path is None:
        raise ConfigError(
            "Got --pseudonymize without --key; expected --key FILE, the file that says who is behind each stand-in. "
            "Choose a place for it outside the output and the interviews; interviews added later need it again."
        )
    place = path.expanduser().resolve()
    target = out.expanduser().resolve()
    if place.is_dir():
        raise ConfigError(f"Got --key {path}, which is a folder; expected the name of a file in it, such as {path / 'key.json'}.")
    for folder in (target, target.with_name(target.name + ".jtbd"), *(p.expanduser().resolve() for p in inputs)):
        if place == folder or folder in place.parents:
            raise ConfigError(
                "Got a --key that lies in the output, its store or the interviews; expected a place outside of them, so that none is handed on with the key."
            )
    return place
