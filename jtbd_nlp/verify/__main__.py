"""`python -m jtbd_nlp.verify DIR`: exit code 0 where everything is as it was written, else 1."""

from __future__ import annotations

import sys

from jtbd_nlp.verify import render, verify

if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m jtbd_nlp.verify DIR")
    result = verify(sys.argv[1])
    sys.stdout.write(render(result) + "\n")
    sys.exit(0 if result.ok else 1)
