"""What the engine is given: how an input is read, what it is called, and who hears of its result."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from jtbd_nlp.config import Config
from jtbd_nlp.schema import Transcript
from jtbd_nlp.schema.processed import Processed

if TYPE_CHECKING:
    from jtbd_nlp.read import Source

#: One input to its transcripts; raises InputError where it cannot be used.
Reader = Callable[["Source"], tuple[Transcript, ...]]
#: Hears of each item with its result as soon as it is done.
OnDone = Callable[["Source | Transcript", Processed], None]


def reader_of(config: Config) -> Reader:
    """Reads inputs as a config says."""
    from jtbd_nlp.read import read_source

    return lambda source: read_source(source, config.read)


def name_of(item: Source | Transcript) -> str:
    """What people know an input by: the name of its file; the id of a transcript that has none."""
    return (item.source or item.id) if isinstance(item, Transcript) else item.name
