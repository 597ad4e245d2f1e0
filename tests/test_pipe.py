"""What happens where the reader of stdout goes away, as `head` does."""

from __future__ import annotations

import subprocess
import sys

from jtbd_nlp.data import study_path


def test_a_closed_pipe_is_no_error_of_the_library() -> None:
    command = [sys.executable, "-m", "jtbd_nlp", "check", str(study_path() / "sleep__s01.txt")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None and running.stderr is not None
        running.stdout.close()
        said = running.stderr.read()
    assert "unexpected" not in said
    assert "Traceback" not in said
