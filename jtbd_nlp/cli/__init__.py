"""The `jtbd` command. A command holds its declarations and one call into the library; stdout is data, stderr is messages and progress.

Exit codes: `console.EXIT_CODES`, which docs/output.md explains.
"""

from __future__ import annotations

#: kept here, where nothing else is loaded; the other exit codes are in `console`
INTERRUPTED = 130


def main() -> None:
    """Entry point."""
    try:
        from jtbd_nlp.cli.app import app

        app()
    except KeyboardInterrupt:  # before a command had begun
        _forget_interrupt()
        raise SystemExit(INTERRUPTED) from None
    except SystemExit as ending:
        if ending.code == INTERRUPTED:
            _forget_interrupt()
        raise


def _forget_interrupt() -> None:
    """Have Python end with the exit code that it is given.

    CPython notes an interrupt that leaves code which was evaluated from a string (a namedtuple being made while a library is imported,
    say) as unhandled, even where it is caught further out, and then ends by the signal. Evaluating another string clears the note.
    """
    eval("0")  # noqa: S307
