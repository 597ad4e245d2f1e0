"""Titles of jobs: wishes of up to three people, so that none passes for all; where few say a wish, what drew the others."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Final

from jtbd_nlp.schema import Evidence, JobStatement, Outcome, Quoted, Tag
from jtbd_nlp.synthesise.headings import LEADS, ROOM, heading
from jtbd_nlp.synthesise.jobstatement import FELT_WANTS, Material, distinct_statements
from jtbd_nlp.synthesise.titles import Weighted
from jtbd_nlp.synthesise.wording import lowered

#: people whose wishes a title names
_WISHES: Final = 3
#: what a passage must be worth to stand beside wishes: one that keeps most of what it is cut from
_WORTH: Final = 0.3
#: wishes from which they are chosen
_CONSIDERED: Final = 8
#: wishes beside which what draws others is not named
_ENOUGH: Final = 2
#: probability from which a statement is named as a wish before others
_SURE: Final = 0.5
#: characters below which no further passage fits
_LEAST: Final = 25
_GROUPED: Final = "Wanted"
_UNGROUPED: Final = "Several wishes"
#: words that a wish is told with after "wanted:", by the metric of its outcome, for what is wanted and for what is not
_MORE: Final = {
    "ability to": "to ",
    "likelihood that": "that ",
    "likelihood of": "",
    "chance for": "",
    "number of": "more ",
    "amount of": "more ",
}
_LESS: Final = {"ability to": "not to ", "need to": "not to have to ", "likelihood of": "not ", "number of": "fewer ", "amount of": "less "}


def job_title(
    statement: JobStatement, chosen: Outcome | None, ranked: Sequence[Outcome], material: Material, max_words: int, *, ungrouped: bool
) -> Quoted:
    """The job statement where one story stands alone; of several stories the wishes of up to three, how many more say what they want, then what
    drew others, within `ROOM`.

    The evidence is whole statements, in the order named.
    """
    alone = Quoted(text=statement.text or "What they want was not said", evidence=() if chosen is None else (chosen.evidence,))
    if len({s.transcript for s in material.statements}) < 2:
        return alone
    named = _fitting(ranked, material)
    texts = [_told(outcome) for outcome in named]
    evidence = [o.evidence for o in named]
    tags: tuple[Tag, ...] = ("outcome", "pull")
    groups = {tag: list[str]() for tag in tags}
    groups["outcome"] = texts
    wishing = {e.transcript for e in evidence}
    for tag in tags:
        pools = _unheard(tag, evidence, material)
        room, left = ROOM - sum(len(t) + 3 for g in groups.values() for t in g), _WISHES - len(evidence)
        if room < _LEAST or left < 1 or (tag == "pull" and len(evidence) >= _ENOUGH):
            continue
        least = _WORTH if texts else None
        tried = (heading(pool, material.quoter, material.parse, material.rarity, max_words, tag, room, left, least) for pool in pools)
        more = next((shown for shown in tried if shown is not None), None)
        if more is not None:
            told = more.text.split(" · ")
            groups[tag] = [*groups[tag], *(told if tag == "pull" else (lowered(t, material.parse(t).tokens[0]) for t in told))]
            whole = {s.id: s for s in material.statements}
            evidence += [material.quoter.evidence(whole[e.statement]) for e in more.evidence if e.statement is not None]
            wishing |= {e.transcript for e in more.evidence if tag == "outcome"}
    left = len({s.transcript for s in material.statements if "outcome" in s.tags} - wishing)
    if left and groups["outcome"]:
        groups["outcome"] = [*groups["outcome"], f"and {left} more"]
    wished, drawn = " · ".join(groups["outcome"]), " · ".join(groups["pull"])
    parts = [f"{_UNGROUPED if ungrouped else _GROUPED}: {wished}" if wished else "", f"{LEADS['pull']}: {drawn}" if drawn else ""]
    text = ". ".join(p for p in parts if p)
    return Quoted(text=text, evidence=tuple(evidence)) if text else alone


def _fitting(ranked: Sequence[Outcome], material: Material) -> tuple[Outcome, ...]:
    """As many wishes of different people as a title has room for; of as many the most typical and clearest."""
    sure = {s.id: s.tags.get("outcome", 0.0) >= _SURE for s in material.statements}
    clear = sorted(ranked, key=lambda o: ("unclear_reference" in o.lint) + (not sure[o.statement]))  # a stable sort
    found = [wished.outcome for wished in distinct_statements(clear, material, _CONSIDERED)]
    for size in range(min(_WISHES, len(found)), 1, -1):
        for chosen in combinations(found, size):
            if len(" · ".join(map(_told, chosen))) <= ROOM:
                return chosen
    return tuple(found[:1])


def _unheard(tag: Tag, evidence: Sequence[Evidence], material: Material) -> list[list[Weighted]]:
    """Statements of people who are not heard yet; of wishes then also what else those wish who are."""
    heard, shown = {e.transcript for e in evidence}, {e.statement for e in evidence}
    said = [s for s in material.statements if tag in s.tags and s.id not in shown]
    others = [s for s in said if s.transcript not in heard]
    return [[Weighted(s, float(material.supported(s.id))) for s in pool] for pool in (others, said if tag == "outcome" else []) if pool]


def _told(outcome: Outcome) -> str:
    """An outcome after "wanted:"."""
    direction = outcome.direction.text if outcome.direction is not None else ""
    body = " ".join(slot.text for slot in (outcome.object_of_control, outcome.contextual_clarifier) if slot is not None)
    if direction == "Feel able to":
        return f"to {body}"
    if outcome.metric is None:
        return FELT_WANTS[direction] + body
    metric, more = outcome.metric.text, direction == "Increase"
    return (_MORE if more else _LESS).get(metric, f"{'more' if more else 'less'} {metric} ") + body
