"""The `jtbd` command. A command holds its declarations and one call into the library; stdout is data, stderr is messages and progress.

Exit codes: 0 all done; 1 nothing could be done, or what was checked is not in order; 2 the command line or the config is wrong;
3 done, but some inputs were left out, each named on stderr; 130 interrupted.
"""

from __future__ import annotations


def main() -> None:
    """Entry point."""
    try:
        from jtbd_nlp.cli.app import app

        app()
    except KeyboardInterrupt:  # before a command had begun
        raise SystemExit(130) from None
