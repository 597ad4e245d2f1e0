"""Every error that the library raises on purpose. A message says what was got, what is allowed and what to do."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


class JtbdError(Exception):
    """Base class of all errors of this library; catch it to catch them all."""


class ConfigError(JtbdError, ValueError):
    """A setting or an argument is outside what is allowed."""


class InputError(JtbdError):
    """One input could not be used. It is collected beside the good ones; it never stops a folder."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str]]:
        return type(self), (self.source, self.reason)


class ModelError(JtbdError):
    """Weights are missing, damaged or of a format that this version does not read."""


class OutputError(JtbdError):
    """The output could not be written, or what is there is not an output of this library."""


class PlaceError(OutputError):
    """The output may not be written where it was asked for: it would overwrite somebody's files or interviews. The message names them."""


class SchemaError(JtbdError, ValueError):
    """Records do not fit together, or a file has a schema version that this library cannot read."""


class MissingExtraError(JtbdError, ImportError):
    """An optional dependency is needed; the message holds the line to run."""

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(f"Got no module {package!r}, which this needs. Install it with: pip install 'jtbd-nlp[{extra}]'")
        self.package = package
        self.extra = extra

    def __reduce__(self) -> tuple[type[MissingExtraError], tuple[str, str]]:
        return type(self), (self.package, self.extra)


class Interrupted(KeyboardInterrupt):
    """A run into a folder was interrupted: no error of the library's. `kept` files are finished and in `side`; the same call goes on."""

    def __init__(self, kept: int, side: Path) -> None:
        super().__init__(f"{kept} finished {'file is' if kept == 1 else 'files are'} kept in {side}")
        self.kept = kept
        self.side = side


def place_of(error: BaseException) -> str:
    """`tag/windows.py:88`: the innermost line of this package that an error came through; it tells nothing of the interview, as its message may."""
    place, step = "an unknown place", error.__traceback__
    while step is not None:
        file = Path(step.tb_frame.f_code.co_filename)
        if _PACKAGE in file.parents:
            place = f"{file.relative_to(_PACKAGE).as_posix()}:{step.tb_lineno}"
        step = step.tb_next
    return place
