"""`python -m jtbd_nlp` is the `jtbd` command."""

from __future__ import annotations

from jtbd_nlp.cli import main

if __name__ == "__main__":
    main()
