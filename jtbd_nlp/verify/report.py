"""What a check says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

PROVED: Final = (
    "every file has the bytes that the manifest lists; none is missing, none was added",
    "every statement is the slice of its transcript that it says, in order and without overlap",
    "every quote of the analysis stands in its transcript where it says, and the transcript has the text that was analysed",
    "ids of statements, themes, outcomes, jobs and pathways follow from what they stand for",
    "everything that is named by id is there; members, support and forces are counted right",
)
CANNOT_PROVE: Final = (
    "scores, probabilities, dimensions, stages, phases and stabilities: they come from models and resampling",
    "titles and other wording beside the quotes; which of the true quotes and themes were chosen; whether the groups are right; time codes",
    "that report.html shows what the analysis says, and that the transcripts are what was said, if all files were rewritten to fit",
)
#: so many findings are kept
MOST: Final = 1_000


@dataclass(frozen=True)
class Finding:
    """Something that is not as it was written: in which file, and what. A changed transcript has one that counts what no longer stands in it."""

    file: str
    what: str


@dataclass(frozen=True)
class Report:
    """What a check found: `findings` holds the first thousand."""

    folder: str
    findings: tuple[Finding, ...]
    proved: tuple[str, ...] = PROVED
    cannot_prove: tuple[str, ...] = CANNOT_PROVE

    @property
    def ok(self) -> bool:
        """Whether everything is as it was written, as far as that can be proved."""
        return not self.findings


def render(report: Report) -> str:
    """A report as lines for people: one a finding, but one in all of the file of a transcript."""
    lines: list[str] = []
    at: dict[str, int] = {}
    for finding in report.findings:
        if finding.file in at:
            lines[at[finding.file]] += f"; {finding.what}"
            continue
        if finding.file.startswith("transcripts/"):
            at[finding.file] = len(lines)
        lines.append(f"{finding.file}: {finding.what}")
    count = f"{len(lines)}{' or more' if len(report.findings) == MOST else ''}"
    lines.append(f"{report.folder}: " + ("as it was written." if report.ok else f"NOT as it was written; {count} finding(s)."))
    if report.ok:
        lines += ["Proved:", *(f"  {text}" for text in report.proved)]
    return "\n".join([*lines, "Cannot be proved:", *(f"  {text}" for text in report.cannot_prove)])
