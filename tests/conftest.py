"""Fixtures shared by all tests."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from jtbd_nlp import Analysis, Pipeline

ROOT = Path(__file__).resolve().parent.parent


def shared_folder() -> Path:
    """The reference material beside the checkout; JTBD_SHARED names another place."""
    return Path(os.environ.get("JTBD_SHARED", ROOT.parent / "shared"))


def pytest_configure() -> None:
    """Interrupts are heard: whoever starts the tests in the background hands on that they are ignored, to the processes that tests start too."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The reference material; skips where it is absent, unless JTBD_REQUIRE_SHARED says that it must be there."""
    folder = shared_folder()
    if not (folder / "eval" / "score.py").exists():
        if os.environ.get("JTBD_REQUIRE_SHARED"):
            pytest.fail(f"JTBD_REQUIRE_SHARED is set and {folder} holds no eval/score.py")
        pytest.skip("the reference material is not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    """The default pipeline with the bundled weights."""
    import jtbd_nlp

    return jtbd_nlp.load()


@pytest.fixture(scope="session")
def study(pipeline: Pipeline) -> Analysis:
    """The bundled study, analysed."""
    from jtbd_nlp.data import study_path

    return pipeline.run(study_path())
