"""A good guest in other programs: importing is light, nothing global changes, threads agree."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import jtbd_nlp
from jtbd_nlp.data import study_path

HEAVY = {
    "docx", "hdbscan", "jinja2", "matplotlib", "numba", "numpy", "onnxruntime", "pandas", "rich", "scipy", "sentence_transformers", "sklearn",
    "spacy", "tokenizers", "torch", "transformers", "typer", "umap",
}  # fmt: skip


def _python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stderr == ""
    return done.stdout


def test_importing_the_package_loads_no_heavy_module():
    loaded = set(_python("import jtbd_nlp, sys; print(*sorted({name.split('.')[0] for name in sys.modules}))").split())
    assert "jtbd_nlp" in loaded
    assert not loaded & (HEAVY | {"pydantic"})


def test_public_records_need_pydantic_alone():
    loaded = set(
        _python("from jtbd_nlp import Config, Statement, Transcript; import sys; print(*{n.split('.')[0] for n in sys.modules})").split()
    )
    assert "pydantic" in loaded
    assert not loaded & HEAVY


def test_every_public_name_is_there_and_an_unknown_one_is_named():
    assert all(getattr(jtbd_nlp, name) is not None for name in jtbd_nlp.__all__)
    try:
        jtbd_nlp.analyze  # noqa: B018
    except AttributeError as error:
        assert "analyze" in str(error)
        assert "load" in str(error)
    else:
        raise AssertionError("an unknown name was found")


GLOBALS = """
import json, locale, logging, os, random, signal, sys, threading, warnings
import numpy as np

def state():
    return {
        "environment": dict(os.environ),
        "warnings": repr(warnings.filters),
        "logging": repr([logging.root.level, logging.root.handlers, logging.getLogger("jtbd_nlp").handlers, logging.raiseExceptions]),
        "signals": repr([(s, signal.getsignal(s)) for s in sorted(signal.valid_signals())]),
        "random": hash(random.getstate()),
        "numpy": repr((np.geterr(), np.random.get_state()[1][:4].tolist())),
        "recursion": sys.getrecursionlimit(),
        "folder": os.getcwd(),
        "locale": locale.setlocale(locale.LC_ALL),
        "hooks": repr((sys.excepthook, sys.displayhook, threading.excepthook)),
    }

before = state()
import jtbd_nlp
from jtbd_nlp.data import study_path
analysis = jtbd_nlp.load().run(sorted(study_path().glob("*.txt"))[:2])
after = state()
print(json.dumps({"statements": len(analysis.statements), "changed": sorted(k for k in before if before[k] != after[k])}))
"""


def test_running_changes_nothing_global_and_prints_nothing():
    seen = json.loads(_python(GLOBALS))
    assert seen["statements"] > 10
    assert seen["changed"] == []


def test_four_threads_on_one_pipeline_agree_with_one(pipeline):
    from jtbd_nlp.config import ReadConfig
    from jtbd_nlp.read import discover, read_source

    sources = discover([study_path()], ReadConfig()).sources[:4]
    transcripts = [t for s in sources for t in read_source(s, ReadConfig())]
    alone = [pipeline.tag(t) for t in transcripts]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(pipeline.tag, transcripts * 2))
    assert sum(map(len, alone)) > 20
    assert together == alone * 2
