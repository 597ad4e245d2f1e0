"""The configuration: one frozen section a room, and the only home of defaults. Read from TOML; unknown keys are errors."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from jtbd_nlp.errors import ConfigError
from jtbd_nlp.schema.labels import TAGS, Tag

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


class Section(BaseModel):
    """Base of all sections: frozen, closed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class InterviewRoles(Section):
    """Who asks and who answers in one interview: `interview` is its id, or the name of its file with or without folders and ending."""

    interview: str
    interviewers: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()


class ReadConfig(Section):
    """Reading. Names are compared without regard to case. `max_bytes` bounds a file, `max_chars` and `max_lines` its text
    (of a survey, the questions and answers of all rows).

    `interviewers` and `participants` are labels of speakers in any interview, `roles` those in one interview.

    `max_unpacked_bytes` bounds what a .docx, .xlsx or .odt unpacks to, `max_tags` the tags of its XML, `max_pages` the pages of a PDF,
    `max_instructions` what they take to draw, `max_rows` the rows of a table and `max_interviews` the interviews that one file
    holds; of a row `max_columns` are read.
    `text_column`, `speaker_column`, `interview_column`, `time_column` name the columns of a table; None finds them by their usual names.
    """

    interviewers: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    roles: tuple[InterviewRoles, ...] = ()
    max_bytes: int = Field(default=100_000_000, ge=1)
    max_chars: int = Field(default=20_000_000, ge=1)
    max_lines: int = Field(default=100_000, ge=1)
    max_unpacked_bytes: int = Field(default=64_000_000, ge=1)
    max_tags: int = Field(default=1_000_000, ge=1)
    max_pages: int = Field(default=2_000, ge=1)
    max_instructions: int = Field(default=400_000, ge=1)
    max_rows: int = Field(default=100_000, ge=1)
    max_columns: int = Field(default=500, ge=1)
    max_interviews: int = Field(default=20_000, ge=1)
    text_column: str | None = None
    speaker_column: str | None = None
    interview_column: str | None = None
    time_column: str | None = None


class PrivacyConfig(Section):
    """Stand-ins for names. `keep`: names that stay, such as the product that a study is about; `hide`: names to replace that were missed.

    `misheard`: whether words that sound or are spelled almost like a name of the study are taken for that name.
    """

    keep: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()
    misheard: bool = True


class SegmentConfig(Section):
    """Segmenting. Words are runs of letters and digits."""

    min_words: int = Field(default=4, ge=1)
    max_words: int = Field(default=40, ge=5)


class TagConfig(Section):
    """Tagging. `model`: folder of a tagger, `fast` (bundled, no transformer) or `lexicon`; None is the bundled one. `threads`: of one session; results do not depend on it."""

    model: Path | None = None
    operating_point: Literal["balanced", "careful"] = "balanced"
    threads: int = Field(default=1, ge=1)


class EmbedConfig(Section):
    """Embedding. `model`: folder or name of a sentence-transformers model, or `hashing`; None is the bundled one.

    `question_weight`, `turn_weight`: how much the question before a statement and the turn around it count beside its own words (1).
    """

    model: str | None = None
    threads: int = Field(default=1, ge=1)
    question_weight: float = Field(default=0.8, ge=0)
    turn_weight: float = Field(default=0.5, ge=0)


class ClusterConfig(Section):
    """Clustering. Names are those of HDBSCAN and UMAP. Below `small_n` distinct texts of a tag the exact way is taken.

    `tags`: which get themes. `themes_per_root`: the exact way looks for this times the square root of n themes, and for fewer where
    statements would not be nearer to their theme than to the next by `separation` on average (in log odds of saying the same). `margin`: a
    statement that is not nearer by this much belongs nowhere, but at most a share of `max_left_out` of a tag. `n_resamples`: of a
    theme's stability. `expected_groups`: number of groups of stories that is preferred where several stand out alike; `max_groups`
    bounds it. Above `max_texts` distinct texts of a tag, themes are found on a sample of as many, and each other text joins those nearest
    to it. `story_effect`: share of what sets each story apart that the null model of pathways and jobs keeps; less claims more groups, also
    where there are none (docs/pathways.md). `suggest_groups`: groups that this null would give too are kept as a suggestion, where stories that are
    alike in some of what they say are alike in the rest. Above `max_stories` groups are found on a sample of as many, and each other story joins the nearest.
    """

    tags: tuple[Tag, ...] = TAGS
    min_cluster_size: int = Field(default=2, ge=2)
    min_samples: int | None = None
    metric: Literal["cosine", "euclidean"] = "cosine"
    n_neighbors: int = Field(default=15, ge=2)
    n_components: int = Field(default=8, ge=2)
    random_state: int = 0
    small_n: int = Field(default=1_000, ge=2)
    max_texts: int = Field(default=4_000, ge=100)
    themes_per_root: float = Field(default=0.5, gt=0)
    separation: float = 0.15
    margin: float = 0.05
    max_left_out: float = Field(default=0.2, ge=0, le=1)
    n_resamples: int = Field(default=30, ge=2)
    expected_groups: float = Field(default=4.0, ge=2)
    max_groups: int = Field(default=12, ge=2)
    story_effect: float = Field(default=1.0, ge=0, le=1)
    suggest_groups: bool = True
    max_stories: int = Field(default=1_000, ge=20)


class SynthesiseConfig(Section):
    """Synthesis. Fewer than `min_stories` stories are never grouped; `alpha` is the level of the permutation test.

    `max_title_words` bounds each phrase of a title; `n_exemplars` a theme's exemplars; `max_quotes` the quotes under one heading of a job or pathway.
    """

    min_stories: int = Field(default=6, ge=3)
    alpha: float = Field(default=0.05, gt=0, lt=1)
    n_permutations: int = Field(default=199, ge=19)
    n_resamples: int = Field(default=100, ge=10)
    random_state: int = 0
    max_title_words: int = Field(default=18, ge=4)
    n_exemplars: int = Field(default=3, ge=1)
    max_quotes: int = Field(default=6, ge=1)


class ReportConfig(Section):
    """The report. `top_themes`: themes of a force or a stage shown at a glance; `top_quotes`: quotes shown before a reader opens the rest."""

    title: str = "Jobs to be done"
    top_themes: int = Field(default=5, ge=1)
    top_quotes: int = Field(default=3, ge=1)


class EngineConfig(Section):
    """Where the per-transcript part runs. Never part of what is written.

    `kind`: `local`, in `workers` processes of this machine (None decides by how many inputs there are, up to all cores), or `dask`, on the
    workers of the scheduler at `scheduler` (such as `tcp://10.0.0.5:8786`). `connect_timeout_s`: how long the scheduler may take to
    answer; `no_worker_timeout_s`: how long a run waits while no worker is there. `settle_s`: with `--watch`, how long nothing may have
    changed before it is run again.
    """

    kind: Literal["local", "dask"] = "local"
    workers: int | None = Field(default=None, ge=1)
    scheduler: str | None = None
    connect_timeout_s: float = Field(default=10, gt=0)
    no_worker_timeout_s: float = Field(default=60, gt=0)
    settle_s: float = Field(default=2, gt=0)


class Config(Section):
    """All sections."""

    read: ReadConfig = ReadConfig()
    privacy: PrivacyConfig = PrivacyConfig()
    segment: SegmentConfig = SegmentConfig()
    tag: TagConfig = TagConfig()
    embed: EmbedConfig = EmbedConfig()
    cluster: ClusterConfig = ClusterConfig()
    synthesise: SynthesiseConfig = SynthesiseConfig()
    report: ReportConfig = ReportConfig()
    engine: EngineConfig = EngineConfig()

    @classmethod
    def from_toml(cls, path: str | Path) -> Self:
        """Read a TOML file with one table a section.

        Raises:
            ConfigError: the file cannot be read, is not TOML, or holds a key or value that is not allowed.
        """
        try:
            data = tomllib.loads(Path(path).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"Got config {path}, which cannot be read ({error}). Expected a TOML file in UTF-8.") from error
        except tomllib.TOMLDecodeError as error:
            raise ConfigError(
                f"Got config {path}, which is not TOML ({error}). Expected tables such as [cluster] with keys below."
            ) from error
        try:
            return cls.model_validate(data)
        except ValidationError as error:
            lines = [f"{'.'.join(map(str, e['loc']))}: {_refused(cls, e)}" for e in error.errors()]
        # Without its cause, which quotes what it got.
        raise ConfigError(f"Config {path} has {len(lines)} setting(s) that are not allowed. " + "; ".join(lines))


def _refused(model: type[BaseModel], error: ErrorDetails) -> str:
    """What is wrong at a place of the config, and what may stand there: for an unknown key the names that are known beside it.

    Texts are not shown, since they may be the names of people, unless they are one of a few words that stand to choose from.
    """
    if error["type"] == "extra_forbidden":
        return f"no such name; expected one of {', '.join(sorted(_section(model, error['loc'][:-1]).model_fields))}"
    if error["type"] == "missing":
        return "is missing; expected a value"
    got = error["input"]
    shown = (
        repr(got) if isinstance(got, bool | int | float) or error["type"] == "literal_error" else _KINDS.get(type(got), "something else")
    )
    return f"got {shown}; {error['msg']}"


#: what a value that is not shown is called in TOML
_KINDS: Final[Mapping[type, str]] = {str: "a string", list: "an array", dict: "a table"}


def _section(model: type[BaseModel], place: Sequence[int | str]) -> type[BaseModel]:
    """The section at a place, in an array of sections too."""
    for key in place:
        field = model.model_fields.get(str(key))
        for part in (field.annotation, *get_args(field.annotation)) if field is not None else ():
            if isinstance(part, type) and issubclass(part, BaseModel):
                model = part
    return model
