"""`Analysis`: the result as people use it. The data are `AnalysisRecord`'s; this adds frames, saving, loading and pictures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from pydantic import ValidationError

from jtbd_nlp import output
from jtbd_nlp.errors import OutputError
from jtbd_nlp.schema import AnalysisRecord, Evidence, Statement, Transcript

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from jtbd_nlp.config import ReportConfig
    from jtbd_nlp.store.staging import OutputPlace

_Named = TypeVar("_Named", Transcript, Statement)


class Analysis(AnalysisRecord):
    """What was found in a set of interviews; see `AnalysisRecord` for its fields."""

    def to_frame(self, name: str) -> pd.DataFrame:
        """A pandas DataFrame: `statements`, `stories`, `themes`, `outcomes`, `jobs`, `pathways` or `matrix` (stories x themes).

        Raises:
            ConfigError: there is no frame of that name.
        """
        from jtbd_nlp.report.frames import to_frame

        return to_frame(self, name)

    def plot_forces(self) -> Figure:
        """The four forces as a matplotlib figure.

        Raises:
            MissingExtraError: matplotlib is not installed.
        """
        from jtbd_nlp.report.plots import forces_plot

        return forces_plot(self)

    def summary(self) -> str:
        """What was found, in Markdown, for reading in a terminal."""
        from jtbd_nlp.report.markdown import render_markdown

        return render_markdown(self)

    def save(self, folder: str | Path | OutputPlace, *, report: ReportConfig | None = None) -> Path:
        """Write the analysis into `folder` and return it. The new output is built beside it and takes its place in one step.

        Args:
            folder: where to; an `OutputPlace` is a folder that the caller has locked already (`jtbd_nlp.store.output_place`).
            report: settings of `report.html`; None is the defaults.

        Raises:
            OutputError: the folder cannot be written, or holds something that is not an output of this library.
        """
        from jtbd_nlp.report.html import render_html
        from jtbd_nlp.store.staging import replace_folder

        page = render_html(self, report)
        return replace_folder(folder, lambda fresh: output.write(self, page, fresh))

    @classmethod
    def load(cls, folder: str | Path) -> Self:
        """Read what `save` or `jtbd run` wrote.

        Raises:
            OutputError: the folder is not such an output, or is damaged.
            SchemaError: it was written with a schema that this version does not read.
        """
        try:
            return cls.model_validate(output.read(Path(folder)))
        except ValidationError as error:
            first = error.errors()[0]
            raise OutputError(
                f"Got {folder}, where {'.'.join(map(str, first['loc']))} is not what the schema allows ({first['msg']}). "
                f"See what changed with: jtbd verify {folder}"
            ) from error

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        """JSON schema of `analysis.json`."""
        return cls.model_json_schema(mode="serialization")

    def transcript(self, name: str) -> Transcript:
        """The interview of that id.

        Raises:
            KeyError: there is none.
        """
        return _by_id(self.transcripts, name, "transcript")

    def statement(self, name: str) -> Statement:
        """The statement of that id.

        Raises:
            KeyError: there is none.
        """
        return _by_id(self.statements, name, "statement")

    def is_true(self, evidence: Evidence) -> bool:
        """Whether the quote of `evidence` stands where it says, in a text with the sha256 that it says."""
        transcript = next((t for t in self.transcripts if t.id == evidence.transcript), None)
        return (
            transcript is not None
            and transcript.sha256 == evidence.sha256
            and transcript.text[evidence.start : evidence.end] == evidence.quote
        )

    def _repr_html_(self) -> str:
        from jtbd_nlp.report.notebook import repr_html

        return repr_html(self)


def _by_id(records: Sequence[_Named], name: str, kind: str) -> _Named:
    found = next((record for record in records if record.id == name), None)
    if found is None:
        raise KeyError(f"Got {kind} id {name!r}; there are {len(records)}, such as {', '.join(r.id for r in records[:3])}.")
    return found
