"""Jobs: groups of people after the same progress."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from jtbd_nlp.config import SynthesiseConfig
from jtbd_nlp.schema import Dimension, Job, Outcome, Quoted, Quoter, Statement, Story, Support, Theme, Transcript, content_id
from jtbd_nlp.schema.arrays import StoryGroups
from jtbd_nlp.synthesise.alternatives import alternatives
from jtbd_nlp.synthesise.grouped import Group, found_groups
from jtbd_nlp.synthesise.jobmap import job_map
from jtbd_nlp.synthesise.jobstatement import Material, job_statement, job_story, ranked_outcomes
from jtbd_nlp.synthesise.jobtitle import job_title
from jtbd_nlp.synthesise.picking import quotes, shortened, strongest
from jtbd_nlp.synthesise.restating import product_words
from jtbd_nlp.synthesise.syntax import Parse
from jtbd_nlp.synthesise.words import Rarity

#: what is said of each job whose group does not pass the harder test
SUGGESTED: Final = "A suggestion: stories that each have a subject of their own, and no job in common, may group as clearly."


def make_jobs(
    stories: Sequence[Story],
    groups: StoryGroups | None,
    themes: Sequence[Theme],
    outcomes: Sequence[Outcome],
    statements: Sequence[Statement],
    transcripts: Sequence[Transcript],
    parse: Parse,
    config: SynthesiseConfig,
) -> tuple[Job, ...]:
    """One job a group of stories, sorted by id. Where the stories do not fall into groups, one job over all of them that say what they want;
    its `note` says so, as it does where the groups are a suggestion. No job where nobody says what they want."""
    quoter = Quoter.over(tuple(transcripts))
    rarity = Rarity(statements, parse)
    found = found_groups(groups)
    note = "" if groups is None or groups.structure.firm else SUGGESTED
    grouped = bool(found)
    if not grouped:
        wanting = {s.transcript for s in statements if "outcome" in s.tags or "pull" in s.tags}
        members = tuple(sorted({s.transcript for s in stories} & wanting))
        few = groups is None or groups.structure.verdict == "too_few"
        why = "too few to tell whether they want the same" if few else "no groups were found in what they want"
        note = f"One job over the {len(members)} of {len(stories)} stories that say what they want: {why}."
        found = (Group(members, None),) if members else ()
    made = [_job(g, grouped, note, stories, outcomes, statements, quoter, rarity, parse, config) for g in found]
    supported = {job.id: _common(job, themes, statements) for job in made}
    jobs = [job.model_copy(update={"themes": supported[job.id], "related": _related(job, made, supported)}) for job in made]
    return tuple(sorted(jobs, key=lambda j: j.id))


def _job(
    group: Group,
    grouped: bool,
    note: str,
    stories: Sequence[Story],
    outcomes: Sequence[Outcome],
    statements: Sequence[Statement],
    quoter: Quoter,
    rarity: Rarity,
    parse: Parse,
    config: SynthesiseConfig,
) -> Job:
    inside = set(group.stories)
    own = tuple(sorted((s for s in statements if s.transcript in inside), key=lambda s: (s.transcript, s.start, s.end)))
    wished = tuple(o for o in outcomes if o.transcript in inside)
    material = Material(own, wished, quoter, parse, rarity)
    ranked = ranked_outcomes(material)
    statement, chosen = job_statement(ranked, parse)
    ungrouped = not grouped and len(group.stories) > 1
    limit = config.max_quotes
    if not statement.text:  # nobody names an outcome: what drew them is what they want
        drawn = strongest(own, ("pull",), parse)
        statement = (
            statement.model_copy(update={"text": shortened(drawn[0], quoter, parse, config.max_title_words).text}) if drawn else statement
        )
    title = job_title(statement, chosen, ranked, material, config.max_title_words, ungrouped=ungrouped)
    others = (quoter.evidence(s) for s in [*strongest(own, ("outcome",), parse), *strongest(own, ("pull",), parse)][:limit])
    return Job(
        id=content_id("j", group.stories),
        title=title.text,
        statement=statement,
        story=job_story(statement, chosen, ranked, material),
        functional=_side("functional", ranked, material, limit),
        emotional=_side("emotional", ranked, material, limit),
        social=_side("social", ranked, material, limit),
        outcomes=tuple(o.id for o in ranked),
        map=job_map(material, ranked, product_words([s for s in stories if s.transcript in inside], parse), limit),
        solutions=quotes(strongest(own, ("solution",), parse), quoter),
        alternatives=alternatives([s for s in stories if s.transcript in inside], own, quoter),
        stories=group.stories,
        support=Support(k=len(group.stories), n=len(stories)),
        evidence=tuple(dict.fromkeys((*title.evidence, *others))),
        stability=group.stability,
        note=note,
    )


def _side(dimension: Dimension, ranked: Sequence[Outcome], material: Material, limit: int) -> tuple[Quoted, ...]:
    """The outcomes of one dimension, then what drew people in it."""
    own = {s.id: s for s in material.statements}
    wished = [o for o in ranked if own[o.statement].dimension == dimension and "outcome" in own[o.statement].tags]
    found = [Quoted(text=o.text, evidence=(o.evidence,)) for o in wished[:limit]]
    if len(found) < limit:
        drawn = strongest([s for s in material.statements if s.dimension == dimension], ("pull",), material.parse)
        found.extend(shortened(s, material.quoter, material.parse) for s in drawn[: limit - len(found)])
    return tuple(found)


def _common(job: Job, themes: Sequence[Theme], statements: Sequence[Statement]) -> tuple[str, ...]:
    """Themes of what they want and where they are (outcome, pull, push) that at least two of the job's stories say, most said first."""
    inside = set(job.stories)
    said = {s.id: s.transcript for s in statements if s.transcript in inside}
    counts = {t.id: len({said[i] for i in t.statements if i in said}) for t in themes if t.tag in ("outcome", "pull", "push")}
    return tuple(sorted((t for t, k in counts.items() if k >= min(2, len(job.stories))), key=lambda t: (-counts[t], t)))


def _related(job: Job, jobs: Sequence[Job], supported: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Jobs that share a theme with this one."""
    return tuple(sorted(other.id for other in jobs if other.id != job.id and set(supported[other.id]) & set(supported[job.id])))
