"""Parsers that talk: what they would say on stderr of a damaged file is said by our own messages."""

from __future__ import annotations

import logging
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()


@contextmanager
def quietly(logger: str) -> Iterator[None]:
    """Within, a library's warnings are not shown and its logger does not write on stderr of its own accord; all is as it was afterwards.

    Handlers that the host has set get its records as ever: only the last resort of `logging`, stderr, is kept from them.

    Args:
        logger: name of the library's logger.
    """
    with _lock, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parser, handler = logging.getLogger(logger), logging.NullHandler()
        parser.addHandler(handler)
        try:
            yield
        finally:
            parser.removeHandler(handler)
