"""Tables: the columns that are promised, plain cells, and no formula for a spreadsheet to run."""

from __future__ import annotations

import pandas as pd
import pytest
from report_builders import from_text, with_more

from jtbd_nlp.errors import ConfigError
from jtbd_nlp.report.frames import TABLES, to_frame
from jtbd_nlp.report.index import Index
from jtbd_nlp.schema import TAGS, AnalysisRecord


@pytest.mark.parametrize("name", sorted(TABLES))
def test_cells_are_plain_values_and_the_index_is_unique(analysis: AnalysisRecord, name: str) -> None:
    frame = to_frame(analysis, name)
    assert len(frame) > 0
    assert frame.index.is_unique
    assert all(value is None or pd.isna(value) or isinstance(value, (str, int, float)) for row in frame.itertuples() for value in row)
    assert to_frame(AnalysisRecord(), name).columns.tolist() == ([] if name == "matrix" else frame.columns.tolist())


@pytest.mark.parametrize("name", sorted(TABLES))
def test_documented_columns_are_those_of_the_table(analysis: AnalysisRecord, name: str) -> None:
    documented = str(to_frame.__doc__)
    if name != "matrix":
        part = documented.split(f"- `{name}`:")[1].split("- `", maxsplit=1)[0]
        columns = [c for c in to_frame(analysis, name).columns if not c.startswith("p_")]
        assert [c for c in columns if f"`{c}`" not in part] == []


def test_statements_are_exact_and_keep_their_probabilities(analysis: AnalysisRecord) -> None:
    frame = to_frame(analysis, "statements")
    assert frame["text"].tolist() == [s.text for s in analysis.statements]
    assert frame["tags"].tolist() == ["; ".join(t for t in TAGS if t in s.tags) for s in analysis.statements]
    assert frame["p_push"].notna().sum() == sum("push" in s.tags for s in analysis.statements)


def test_matrix_counts_statements_of_stories_and_themes(analysis: AnalysisRecord) -> None:
    frame = to_frame(analysis, "matrix")
    assert frame.shape == (len(analysis.transcripts), len(analysis.themes))
    for theme in analysis.themes:
        assert frame[theme.id].sum() == len(theme.statements)
        assert (frame[theme.id] > 0).sum() == theme.support.k


def test_solutions_steps_tied_to_a_product_and_the_note_of_a_job_are_columns(analysis: AnalysisRecord) -> None:
    frame = to_frame(told := with_more(analysis), "jobs")
    row = frame.loc[told.jobs[0].id]
    phase = next(p for p in told.jobs[0].map if p.product_steps)
    assert (row["solutions"], row["note"]) == ("a button", "Made of all stories.")
    assert row["product_steps"] == phase.steps[0].text
    assert phase.steps[0].text in row["steps"]
    assert row["restated"] == phase.restated[0].text == phase.steps[0].text.split()[0]


def test_support_of_each_theme_in_a_pathway_is_a_column(analysis: AnalysisRecord) -> None:
    frame, index = to_frame(analysis, "pathways"), Index(analysis)
    for path in analysis.pathways:
        counts = [index.support_in(index.themes[t], path.stories) for t in path.themes]
        assert frame.loc[path.id, "theme_support"] == "; ".join(f"{c.k} of {c.n}" for c in counts)
        assert all(0 < c.k <= path.support.k == c.n for c in counts)


def test_formulas_are_defused_on_demand_alone() -> None:
    built = from_text({"a": 'Eve: <<push first_thought: =HYPERLINK("x") was all I had left>> then\n'})
    assert to_frame(built, "statements")["text"].iloc[0].startswith("=HYPERLINK")
    assert to_frame(built, "statements", spreadsheet=True)["text"].iloc[0].startswith("'=HYPERLINK")


def test_unknown_table_names_those_there_are(analysis: AnalysisRecord) -> None:
    with pytest.raises(ConfigError, match=r"'themen'.*jobs, matrix, outcomes, pathways, statements, stories, themes"):
        to_frame(analysis, "themen")
