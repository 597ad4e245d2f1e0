"""The corpus part: what is made of all statements at once. Calls the rooms in their order; a function of the set of statements."""

from __future__ import annotations

from collections.abc import Callable

from jtbd_nlp.config import Config
from jtbd_nlp.guest import import_quietly
from jtbd_nlp.schema import AnalysisRecord, Statement, Transcript, schema_version_of
from jtbd_nlp.schema.arrays import Embeddings


def analyse(
    statements: tuple[Statement, ...],
    transcripts: tuple[Transcript, ...],
    embeddings: Embeddings,
    config: Config,
    progress: Callable[[str, int, int], None],
) -> AnalysisRecord:
    """Themes, outcomes, stories, jobs and pathways of sorted statements and transcripts.

    Statements that carry labels of the user's own alone are kept, and nothing is made of them.
    """
    import_quietly("numpy", "scipy.cluster.hierarchy")
    from jtbd_nlp.cluster import cluster_statements, group_stories, saturation
    from jtbd_nlp.parser import parse
    from jtbd_nlp.synthesise import compile_outcomes, make_jobs, make_pathways, make_stories, make_themes

    steps = ("themes", "outcomes", "stories", "jobs", "pathways")
    names = tuple(t.id for t in transcripts)
    given, others = statements, [s for s in statements if not s.tags]
    statements = tuple(s for s in statements if s.tags)

    def starts(step: str) -> None:
        progress(f"making {step}", steps.index(step), len(steps))

    starts("themes")
    clusterings = cluster_statements(statements, embeddings, config.cluster)
    found = make_themes(statements, clusterings, embeddings, transcripts, parse, config.synthesise)
    starts("outcomes")
    outcomes = compile_outcomes(found.statements, transcripts, parse, config.synthesise)
    starts("stories")
    stories = make_stories(transcripts, found.statements, found.themes, outcomes, parse, config.synthesise)
    starts("jobs")
    wanting = group_stories(names, statements, embeddings, cluster=config.cluster, synthesise=config.synthesise, kind="job")
    jobs = make_jobs(stories, wanting, found.themes, outcomes, found.statements, transcripts, parse, config.synthesise)
    starts("pathways")
    routes = group_stories(names, statements, embeddings, cluster=config.cluster, synthesise=config.synthesise, kind="pathway")
    pathways = make_pathways(stories, routes, found.themes, jobs, found.statements, transcripts, parse, config.synthesise)
    enough = saturation(names, found.statements, clusterings, stories, pathways)
    progress("making pathways", len(steps), len(steps))
    return AnalysisRecord(
        schema_version=schema_version_of(given, stories, pathways, enough, jobs, (routes.structure, wanting.structure)),
        title=config.report.title or AnalysisRecord.model_fields["title"].default,
        transcripts=transcripts,
        statements=tuple(sorted((*found.statements, *others), key=lambda s: (s.transcript, s.start, s.end))),
        themes=found.themes,
        unclustered=found.unclustered,
        outcomes=outcomes,
        stories=stories,
        jobs=jobs,
        pathways=pathways,
        structure=routes.structure,
        job_structure=wanting.structure,
        saturation=enough,
    )
