"""Being a good guest: third-party modules change global state when they are imported (warning filters, environment variables, `random`).

Here they don't.
"""

from __future__ import annotations

import os
import random
import threading
import warnings
from importlib import import_module

_lock = threading.Lock()


def import_quietly(*names: str) -> None:
    """Import modules, then put back the warning filters, the environment and the state of `random` as they were.

    Call it before the first use of a heavy module; an import that follows finds the module loaded.

    Raises:
        ImportError: a module is not installed.
    """
    with _lock, warnings.catch_warnings():
        before, drawn = dict(os.environ), random.getstate()
        try:
            for name in names:
                import_module(name)
        finally:
            for name in set(os.environ) - set(before):
                del os.environ[name]
            os.environ.update(before)
            random.setstate(drawn)
