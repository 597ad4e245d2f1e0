"""From customer interviews to Jobs-to-be-Done, each with the quote that proves it.

Public names are loaded on first use: importing the package imports nothing heavy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from jtbd_nlp.version import __version__

#: public name -> module that defines it
_HOMES = {
    "Analysis": "jtbd_nlp.analysis",
    "Config": "jtbd_nlp.config",
    "Pipeline": "jtbd_nlp.pipeline",
    "Study": "jtbd_nlp.study",
    "changes": "jtbd_nlp.watch",
    "load": "jtbd_nlp.pipeline",
    "run": "jtbd_nlp.study",
    **dict.fromkeys(("Evidence", "Job", "Manifest", "Outcome", "Pathway", "Quoted", "Segment", "Statement", "Story", "Theme", "Transcript", "Turn"), "jtbd_nlp.schema"),
    **dict.fromkeys(("ConfigError", "InputError", "JtbdError", "MissingExtraError", "ModelError", "OutputError", "SchemaError"), "jtbd_nlp.errors"),
}  # fmt: skip

if TYPE_CHECKING:
    from jtbd_nlp.analysis import Analysis as Analysis
    from jtbd_nlp.config import Config as Config
    from jtbd_nlp.errors import (
        ConfigError as ConfigError,
        InputError as InputError,
        JtbdError as JtbdError,
        MissingExtraError as MissingExtraError,
        ModelError as ModelError,
        OutputError as OutputError,
        SchemaError as SchemaError,
    )
    from jtbd_nlp.pipeline import Pipeline as Pipeline, load as load
    from jtbd_nlp.schema import (
        Evidence as Evidence,
        Job as Job,
        Manifest as Manifest,
        Outcome as Outcome,
        Pathway as Pathway,
        Quoted as Quoted,
        Segment as Segment,
        Statement as Statement,
        Story as Story,
        Theme as Theme,
        Transcript as Transcript,
        Turn as Turn,
    )
    from jtbd_nlp.study import Study as Study, run as run
    from jtbd_nlp.watch import changes as changes

__all__ = [*sorted(_HOMES), "__version__"]  # noqa: PLE0604


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}; it has {', '.join(sorted(_HOMES))}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
