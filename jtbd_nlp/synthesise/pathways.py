"""Pathways: groups of stories that reach the hire the same way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from jtbd_nlp.config import SynthesiseConfig
from jtbd_nlp.schema import (
    STAGES,
    Evidence,
    Job,
    Pathway,
    Quoted,
    Quoter,
    Stage,
    Statement,
    Story,
    Support,
    Tag,
    Theme,
    Transcript,
    content_id,
)
from jtbd_nlp.schema.arrays import StoryGroups
from jtbd_nlp.synthesise.grouped import Group, found_groups
from jtbd_nlp.synthesise.headings import heading, led
from jtbd_nlp.synthesise.picking import quotes, shortened, strongest
from jtbd_nlp.synthesise.syntax import Parse
from jtbd_nlp.synthesise.titles import Weighted
from jtbd_nlp.synthesise.words import Rarity

_TITLE_WORDS: Final = 18
#: people who are heard in each half of a title, and characters of it
_TITLE_VOICES: Final = 2
_TITLE_ROOM: Final = 150
#: probability from which a statement may stand for its tag in a title, where as many people as are heard have such a one
_TITLE_SURE: Final = 0.6
_TITLE_THEMES: Final = 2
#: the halves of a title: what drove them away while they were still with the old, and what they want (else what drew them)
_TITLE_PARTS: Final[tuple[tuple[tuple[Tag, ...], tuple[Stage | None, ...]], ...]] = (
    (("push",), ("first_thought", "passive_looking", None)),
    (("outcome", "pull"), (*STAGES, None)),
)
#: the account, in the order it happened: how a piece is led in, tags and stages that it is taken from
_ACCOUNT: Final[tuple[tuple[str, tuple[Tag, ...], tuple[Stage, ...]], ...]] = (
    ("It starts with", ("push",), ("first_thought", "passive_looking")),
    ("What holds them", ("habit",), STAGES),
    ("What draws them", ("pull",), ("passive_looking", "active_looking", "deciding")),
    ("What worries them", ("anxiety",), STAGES),
    ("What decides", ("hire",), STAGES),
    ("What they give up for it", ("tradeoff",), STAGES),
    ("Where they are now", ("pull",), ("first_use", "ongoing_use")),
)


def make_pathways(
    stories: Sequence[Story],
    groups: StoryGroups | None,
    themes: Sequence[Theme],
    jobs: Sequence[Job],
    statements: Sequence[Statement],
    transcripts: Sequence[Transcript],
    parse: Parse,
    config: SynthesiseConfig,
) -> tuple[Pathway, ...]:
    """One pathway a group, sorted by id; none where the stories do not fall into groups or there is no job to serve."""
    if not jobs:
        return ()
    quoter = Quoter.over(tuple(transcripts))
    rarity = Rarity(statements, parse)
    return tuple(
        sorted(
            (_pathway(g, stories, themes, jobs, statements, quoter, rarity, parse, config) for g in found_groups(groups)),
            key=lambda p: p.id,
        )
    )


def _pathway(
    group: Group,
    stories: Sequence[Story],
    themes: Sequence[Theme],
    jobs: Sequence[Job],
    statements: Sequence[Statement],
    quoter: Quoter,
    rarity: Rarity,
    parse: Parse,
    config: SynthesiseConfig,
) -> Pathway:
    inside = set(group.stories)
    own = sorted((s for s in statements if s.transcript in inside), key=lambda s: (s.transcript, s.start, s.end))
    said = {s.id: s.transcript for s in statements}
    members = sorted((s for s in stories if s.transcript in inside), key=lambda s: s.transcript)
    telling = _telling(group, themes, said, len(stories))
    by_id = {s.id: s for s in own}
    title = _title(telling, own, quoter, parse, rarity)
    titled = frozenset(e.statement for e in title.evidence if e.statement is not None)
    limit = config.max_quotes
    route = sorted(telling, key=lambda t: (_stage_of(t, by_id), -_support(t, inside, said), t.id))
    return Pathway(
        id=content_id("p", group.stories),
        title=title.text,
        title_evidence=title.evidence,
        job=min(jobs, key=lambda j: (-len(set(j.stories) & inside), j.id)).id,
        stories=group.stories,
        support=Support(k=len(group.stories), n=len(stories)),
        themes=tuple(t.id for t in route),
        theme_support=tuple(Support(k=_support(t, inside, said), n=len(group.stories)) for t in route),
        hire_criteria=quotes(strongest(own, ("hire",), parse), quoter, limit),
        fire_criteria=quotes(strongest(own, ("fire",), parse), quoter, limit),
        tradeoffs=quotes(strongest(own, ("tradeoff",), parse), quoter, limit),
        before=tuple(s.before for s in members if s.before is not None),
        after=tuple(s.after for s in members if s.after is not None),
        account=_account(telling, own, titled, quoter, parse),
        evidence=_evidence(telling, own, quoter),
        stability=group.stability,
    )


def _support(theme: Theme, inside: set[str], said: dict[str, str]) -> int:
    return len({said[i] for i in theme.statements if said.get(i) in inside})


def _telling(group: Group, themes: Sequence[Theme], said: dict[str, str], n: int) -> list[Theme]:
    """Themes that the group shares, the most characteristic first: said by at least two of its stories, and there more often than elsewhere."""
    inside = set(group.stories)
    k = len(group.stories)
    scored = []
    for theme in themes:
        within = _support(theme, inside, said)
        outside = len({said[i] for i in theme.statements if i in said}) - within
        share, elsewhere = within / k, outside / max(1, n - k)
        if within >= min(2, k) and (share >= elsewhere or share >= 0.5):
            scored.append((-round(share * (share - elsewhere), 6), -within, theme.id, theme))
    return [theme for *_, theme in sorted(scored, key=lambda s: s[:3])]


def _stage_of(theme: Theme, own: Mapping[str, Statement]) -> int:
    """Index of the commonest stage of a theme's statements in the group; the last for none."""
    said = Counter(own[i].stage for i in theme.statements if i in own)
    counts = [said[stage] for stage in STAGES[:-1]]
    return counts.index(max(counts)) if any(counts) else len(STAGES) - 1


def _title(telling: Sequence[Theme], own: Sequence[Statement], quoter: Quoter, parse: Parse, rarity: Rarity) -> Quoted:
    """What drives the group away and what it wants, each in words of participants: "What drove them on: ... · ... → Wishes: ... · ..."."""
    parts: list[Quoted] = []
    for tags, stages in _TITLE_PARTS:
        rank = {i: place for place, t in reversed(list(enumerate(t for t in telling if t.tag in tags))) for i in t.statements}
        tag = next((tag for tag in tags if any(tag in s.tags for s in own)), tags[0])
        said = [s for s in own if tag in s.tags]
        fitting = [s for s in said if s.stage in stages] or said
        sure = [s for s in fitting if s.tags[tag] >= _TITLE_SURE]
        fitting = sure if len({s.transcript for s in sure}) >= _TITLE_VOICES else fitting
        shared = [s for s in fitting if rank.get(s.id, _TITLE_THEMES) < _TITLE_THEMES]
        pool = shared if len({s.transcript for s in shared}) >= _TITLE_VOICES else fitting
        members = [Weighted(s, -float(rank.get(s.id, _TITLE_THEMES))) for s in pool]
        best = heading(members, quoter, parse, rarity, _TITLE_WORDS, tag, _TITLE_ROOM, _TITLE_VOICES)
        if best is not None:
            by_id = {s.id: s for s in pool}
            named = [by_id[e.statement] for e in best.evidence if e.statement is not None]
            parts.append(best.model_copy(update={"text": led(tag, best.text, named)}))
    return Quoted(
        text=" → ".join(p.text for p in parts) or "Stories that go together", evidence=tuple(e for p in parts for e in p.evidence)
    )


def _account(
    telling: Sequence[Theme], own: Sequence[Statement], titled: frozenset[str], quoter: Quoter, parse: Parse
) -> tuple[Quoted, ...]:
    """One paragraph: a quote for each point of the route, one of the title where it fits, else from the most characteristic theme that the group
    shares where there is one."""
    rank = {i: place for place, theme in reversed(list(enumerate(telling))) for i in theme.statements}
    pieces, used = [], set()
    for lead, tags, stages in _ACCOUNT:
        pool = [s for s in own if any(tag in s.tags for tag in tags) and s.stage in (*stages, None) and s.id not in used]
        first = min((rank[s.id] for s in pool if s.id in rank), default=None)
        named = [s for s in pool if s.id in titled]
        found = strongest(named or [s for s in pool if rank.get(s.id) == first], tags, parse)
        if found:
            used.add(found[0].id)
            quote = shortened(found[0], quoter, parse)
            pieces.append(Quoted(text=f"{lead}: “{quote.text}”.", evidence=quote.evidence))
    return tuple(pieces)


def _evidence(telling: Sequence[Theme], own: Sequence[Statement], quoter: Quoter) -> tuple[Evidence, ...]:
    """Every statement of the group that is in one of its shared themes."""
    shared = {i for theme in telling for i in theme.statements}
    return tuple(quoter.evidence(s) for s in own if s.id in shared)
