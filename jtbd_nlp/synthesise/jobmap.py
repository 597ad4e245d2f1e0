"""The job map: the eight phases with their steps, outcomes and struggles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from jtbd_nlp.schema import PHASES, JobPhase, Outcome, Phase, Quoted, Statement
from jtbd_nlp.synthesise.jobstatement import Material
from jtbd_nlp.synthesise.phrases import phrase
from jtbd_nlp.synthesise.picking import quotes, readable, shortened, strongest
from jtbd_nlp.synthesise.restating import named, restated
from jtbd_nlp.synthesise.syntax import Syntax
from jtbd_nlp.synthesise.words import lemmas


def job_map(material: Material, outcomes: Sequence[Outcome], products: Mapping[str, frozenset[str]], limit: int) -> tuple[JobPhase, ...]:
    """All eight phases in order; empty ones stay empty. `products`: per transcript, the words that name what was hired, fired or considered.

    A step is in the phase that it was coded with. An outcome or a struggle goes to the phase of the step that it shares most rare words with, in the
    same interview (the nearest such step where several are equal); where it shares none, to the step of its own turn; else to no phase.
    """
    of: dict[Phase, list[Statement]] = defaultdict(list)
    steps: dict[str, list[Statement]] = defaultdict(list)
    for step in material.statements:
        if step.phase is not None and "step" in step.tags:
            of[step.phase].append(step)
            steps[step.transcript].append(step)
    own = {s.id: s for s in material.statements}
    wished: dict[Phase, list[str]] = defaultdict(list)
    for outcome in outcomes:
        phase = _phase_of(own[outcome.statement], steps[outcome.transcript], material)
        if phase is not None:
            wished[phase].append(outcome.id)
    hard: dict[Phase, list[Statement]] = defaultdict(list)
    for struggle in strongest(material.statements, ("push",), material.parse):
        phase = _phase_of(struggle, steps[struggle.transcript], material)
        if phase is not None and "step" not in struggle.tags:
            hard[phase].append(struggle)
    shown = {phase: strongest(of[phase], ("step",), material.parse)[:limit] for phase in PHASES}
    return tuple(
        JobPhase(
            phase=phase,
            steps=_short(shown[phase], material),
            product_steps=tuple(sorted(s.id for s in shown[phase] if _is_tied(s, material, products))),
            restated=tuple(q for s in shown[phase] if (q := _restated(s, material, products)) is not None),
            outcomes=tuple(sorted(wished[phase])),
            struggles=quotes(hard[phase], material.quoter, limit),
        )
        for phase in PHASES
    )


def _short(steps: Sequence[Statement], material: Material) -> tuple[Quoted, ...]:
    return tuple(shortened(s, material.quoter, material.parse) for s in steps)


def _is_tied(step: Statement, material: Material, products: Mapping[str, frozenset[str]]) -> bool:
    return bool(named(Syntax(material.parse(step.text)), products.get(step.transcript, frozenset())))


def _restated(step: Statement, material: Material, products: Mapping[str, frozenset[str]]) -> Quoted | None:
    """What is shown of a step, without its product."""
    syntax = Syntax(material.parse(step.text))
    part = readable(step, material.parse) or phrase(step, syntax, 0, len(syntax.tokens))
    return None if part is None else restated(part, products.get(step.transcript, frozenset()), material.quoter)


def _phase_of(statement: Statement, steps: Sequence[Statement], material: Material) -> Phase | None:
    """The phase of the step, among those of the statement's own interview, that it goes with."""
    words = lemmas(statement.text, material.parse)
    best: tuple[float, int, str] | None = None
    found: Phase | None = None
    for step in steps:
        shared = sum(material.rarity(w) for w in sorted(words & lemmas(step.text, material.parse)))
        if shared == 0 and step.turn != statement.turn:
            continue
        key = (-round(shared, 6), abs(step.start - statement.start), step.id)
        if best is None or key < best:
            best, found = key, step.phase
    return found
