"""An independent checker of an output folder: the standard library alone, nothing of what wrote it.

    python -m jtbd_nlp.verify DIR

First every byte: each file has the sha256 that `manifest.json` gives, none is missing, none was added, and the manifest fits its own seal.
Then, whoever may have rewritten the manifest too, what the files say of each other: slices, quotes, spans, ids, references and counts.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jtbd_nlp.verify.claims import (
    check_counts,
    check_evidence,
    check_groups,
    check_outcomes,
    check_stories,
    check_themes,
    check_unclustered,
)
from jtbd_nlp.verify.ground import (
    ANALYSIS,
    MANIFEST,
    STATEMENTS,
    Check,
    check_bytes,
    check_statements,
    check_transcripts,
    find_files,
    parse,
    read,
)
from jtbd_nlp.verify.report import Finding, Report, render

__all__ = ["Finding", "Report", "render", "verify"]

_CLAIMS = {
    "evidence": check_evidence,
    "themes": check_themes,
    "unclustered": check_unclustered,
    "outcomes": check_outcomes,
    "stories": check_stories,
    "jobs and pathways": check_groups,
    "counts": check_counts,
}


def verify(folder: str | Path) -> Report:
    """Check an output folder. Whatever is in it, the answer is a Report and never an exception."""
    check = Check(Path(folder))
    with check.reading(".", "the folder"):
        find_files(check)
        with check.reading(MANIFEST, "the manifest"):
            check_bytes(check)
        analysis: Any = None
        with check.reading(ANALYSIS, "the file"):
            analysis = parse(read(check.files[ANALYSIS]))
            check_transcripts(check, analysis)
        with check.reading(STATEMENTS, "the file"):
            check_statements(check)
        for what, part in _CLAIMS.items() if analysis is not None else ():
            with check.reading(ANALYSIS, what):
                part(check, analysis)
    return Report(str(folder), check.all_findings())
