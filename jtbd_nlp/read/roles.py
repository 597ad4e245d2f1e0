"""Who asks and who answers: what a person said, what a header or a label says, else the talk itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import exp
from typing import Final

from jtbd_nlp.config import ReadConfig
from jtbd_nlp.read.pieces import RoleHint
from jtbd_nlp.read.records import SpeakerRole
from jtbd_nlp.read.talk import Manner, TurnText, manners
from jtbd_nlp.read.words import folded, is_interpreter, is_letter_label, role_of_label
from jtbd_nlp.schema import Role, Transcript

#: Logistic regression (L2, C = 0.3) of "is an interviewer" on a speaker's manner, fitted on coded stories and real interviews apart from
#: those that figures are reported on; benchmarks/roles.py measures it.
_WEIGHTS: Final = {"asks": 1.8, "asks_of_all": 3.9, "length": -1.34, "to_you": 3.45, "opens": 0.32, "answers": -4.2, "prompts": 2.5}
_INTERCEPT: Final = -1.9
#: Below this the talk does not tell.
_SURE: Final = 0.65
#: Where an interviewer is known, another speaker must ask this clearly to be a second one.
_SECOND: Final = 1.5
#: Log odds above which one of three or more interviews: two hosts and a guest are commoner than the other way round, but who neither
#: asks nor prompts is no host because a guest tells much. Set on the files that the weights were fitted on.
_THIRD: Final = -1.2
_SILENT: Final = 0.5
#: Where the extremes are so far apart, one of them interviews and the other does not.
_APART: Final = 2.0
#: Fewer words than this say little of a speaker among three or more.
_FEW_WORDS: Final = 25
#: So many turns count as not yet telling anything.
_PRIOR_TURNS: Final = 4
_ASKERS: Final = frozenset("qim")
_ANSWERERS: Final = frozenset("apr")


def find_roles(
    turns: Transcript | Sequence[TurnText], config: ReadConfig | None = None, hints: Iterable[RoleHint] = ()
) -> tuple[SpeakerRole, ...]:
    """The role of every speaker, in the order in which they first speak.

    Args:
        turns: a transcript, or its turns as `TurnText`.
        config: `interviewers` and `participants` override everything. Where only interviewers are named and one of them speaks, all
            others are participants.
        hints: roles that a header gives.
    """
    config = config or ReadConfig()
    if isinstance(turns, Transcript):
        turns = [TurnText(t.speaker, turns.turn_text(t)) for t in turns.turns]
    labels = list(dict.fromkeys(turn.speaker for turn in turns))
    said = _told(labels, config)
    if said and "participant" not in said.values() and not config.participants:
        said = {**dict.fromkeys(labels, "participant"), **said}
    told = {label: SpeakerRole(speaker=label, role=role, confidence=1.0, reason="setting") for label, role in said.items()}
    hinted = {folded(h.speaker): h.role for h in hints}
    for label in labels:
        if label not in told and (role := hinted.get(folded(label))):
            told[label] = SpeakerRole(speaker=label, role=role, confidence=0.98 if role != "unknown" else 0.5, reason="header")
    for label in labels:
        if label not in told and (named := _of_label(label, labels)):
            told[label] = SpeakerRole(speaker=label, role=named, confidence=0.97 if named != "unknown" else 0.5, reason="label")
    if len(told) == len(labels):
        return tuple(told[label] for label in labels)
    if len(labels) == 1:
        return (SpeakerRole(speaker=labels[0], role="participant", confidence=0.9, reason="alone"),)
    known: set[Role] = {r.role for r in told.values()} - {"unknown"}
    rest = [m for m in manners(turns) if m.speaker not in told]
    by_talk = {r.speaker: r for r in _of_talk(rest, known, len(labels))}
    return tuple(told.get(label) or by_talk[label] for label in labels)


def _told(labels: Sequence[str], config: ReadConfig) -> dict[str, Role]:
    """Speakers that a person named: by the whole label, or by its first words where that fits one label alone."""
    said: dict[str, Role] = {}
    pairs: tuple[tuple[tuple[str, ...], Role], ...] = ((config.participants, "participant"), (config.interviewers, "interviewer"))
    for names, role in pairs:
        for name in map(folded, names):
            same = [label for label in labels if folded(label) == name]
            begins = [label for label in labels if folded(label).startswith(name + " ")]
            said.update(dict.fromkeys(same or (begins if len(begins) == 1 else []), role))
    return said


def _of_label(label: str, labels: Sequence[str]) -> Role | None:
    if is_interpreter(label):
        return "unknown"
    if is_letter_label(label):
        letters = {folded(other) for other in labels if is_letter_label(other)}
        others = {role_of_label(other) for other in labels if not is_letter_label(other)}
        paired = (letters & _ASKERS and letters & _ANSWERERS) or (others and (letters & {"q", "i"}))
        return role_of_label(label) if paired else None
    return role_of_label(label)


def _score(m: Manner) -> float:
    """Log odds that a speaker is an interviewer."""
    return _INTERCEPT + sum(weight * float(getattr(m, name)) for name, weight in _WEIGHTS.items())


def _odds(score: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, score))))


def _of_talk(rest: Sequence[Manner], known: set[Role], speakers: int) -> list[SpeakerRole]:
    scores = {m.speaker: _score(m) for m in rest}
    if len(rest) == 1 and speakers == 2 and len(known) == 1:
        other: Role = "participant" if "interviewer" in known else "interviewer"
        return [SpeakerRole(speaker=rest[0].speaker, role=other, confidence=0.95, reason="talk")]
    if len(rest) == 2 and speakers == 2:
        # One of two asks: only the difference matters.
        first, second = (m.speaker for m in rest)
        turns = sum(m.turns for m in rest)
        sure = _odds((scores[first] - scores[second]) * turns / (turns + _PRIOR_TURNS))
        return [_decided(first, sure), _decided(second, 1 - sure)]
    shifts = {m.speaker: _SECOND if "interviewer" in known else _THIRD if m.seeks else _SILENT for m in rest}
    few = {m.speaker for m in rest if m.words < _FEW_WORDS}
    chances = {s: _odds((score - shifts[s]) * (0.3 if s in few else 1.0)) for s, score in scores.items()}
    for m in rest:
        if m.speaker in few and not m.seeks:
            chances[m.speaker] = min(chances[m.speaker], 0.5)
    likeliest = sorted(chances, key=lambda s: (-chances[s], s))
    if likeliest and scores[likeliest[0]] - scores[likeliest[-1]] > _APART:
        if "interviewer" not in known and likeliest[0] not in few:
            chances[likeliest[0]] = max(chances[likeliest[0]], 0.7)
        if "participant" not in known:
            chances[likeliest[-1]] = min(chances[likeliest[-1]], 0.3)
    return [_decided(m.speaker, chances[m.speaker]) for m in rest]


def _decided(speaker: str, chance: float) -> SpeakerRole:
    """A role from the chance that the speaker is an interviewer."""
    sure = max(chance, 1 - chance)
    role: Role = "unknown" if sure < _SURE else "interviewer" if chance > 0.5 else "participant"
    return SpeakerRole(speaker=speaker, role=role, confidence=round(sure, 3), reason="talk")
