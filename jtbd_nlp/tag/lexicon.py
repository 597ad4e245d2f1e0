"""A tagger of cue words: no weights, no training. It drives tests and shows what words alone can do."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from jtbd_nlp.schema import DIMENSIONED, TAGS, Dimension, Phase, Segment, Stage, Statement, Tag, Transcript, statement_id

_CUES: Mapping[Tag, str] = MappingProxyType(
    {
        "push": r"annoy\w*|frustrat\w*|fed up|sick of|tired of|kept (?:failing|crashing|breaking)|broke(?:n)?|waste[ds]?|could ?n[o']?t (?:sleep|find|keep)|too (?:slow|expensive|much)|nightmare|struggl\w*|had enough",
        "pull": r"love(?:d|s)?|so much (?:easier|faster|better)|saves? (?:me|us)|recommended|swears? by|the best (?:part|thing)|i can (?:now|finally)|finally",
        "anxiety": r"worr(?:y|ied|ies)|afraid|scared|nervous|not sure (?:if|whether)|what if|hesita\w*|doubt\w*|risk\w*|trust it",
        "habit": r"always (?:did|done|used|have)|used to it|good enough|out of habit|we(?:'ve| have) always|stuck with|familiar|never bothered",
        "outcome": r"i (?:just )?(?:want(?:ed)?|need(?:ed)?) to|so (?:that )?i (?:can|could)|without (?:having|worrying)|the goal|my goal|i wish i could",
        "context": r"i(?:'m| am) an? \w+|we(?:'re| are) a (?:team|company|family)|years old|i live|i work",
        "step": r"(?:first|then|every (?:day|week|month|morning|friday)),? i|i (?:usually|copy|check|open|write|put|log|export)",
        "tradeoff": r"but it(?:'s| is) worth|worth (?:it|the)|costs? more but|gave up|in exchange|the price (?:of|for)",
        "hire": r"(?:it )?had to|what sold (?:me|us)|that'?s why (?:i|we) (?:chose|picked|bought)|the reason (?:i|we) (?:chose|picked|bought)|decid(?:ed|ing) factor|must have",
        "fire": r"cancell?ed|returned it|sent it back|stopped using|gave up on|got rid of|ruled (?:it )?out|deal ?breaker|switched (?:away|off)",
        "solution": r"(?:they|it|you) should (?:add|have|build|make)|i wish (?:it|they) had|a button|would be nice if|feature",
    }
)
_DENIED = re.compile(r"\b(?:not|never|wasn'?t|weren'?t|isn'?t|aren'?t|no)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_EMOTIONAL = re.compile(r"\b(?:feel\w*|felt|afraid|worr\w*|love\w*|frustrat\w*|annoy\w*|guilty|peace|calm|scared|happy)\b", re.IGNORECASE)
_SOCIAL = re.compile(
    r"\b(?:wife|husband|boss|colleagues?|friends?|people (?:think|say)|neighbou?rs?|team|look like|seen as)\b", re.IGNORECASE
)
_STAGES: tuple[tuple[Stage, str], ...] = (
    ("deciding", r"decid\w+|chose|picked|went with|bought"),
    ("first_use", r"set(?:ting)? (?:it )?up|first (?:day|week|night|time)|installed|arrived"),
    ("active_looking", r"search\w*|googled|compared?|tried (?:out|a few)|looked (?:at|for|into)|reviews"),
    ("passive_looking", r"noticed|heard (?:of|about)|came across|saw an? ad"),
    ("ongoing_use", r"now|these days|every (?:day|week)|still use"),
    ("first_thought", r"used to|back then|at that point|one day|before (?:that|then)"),
)
_PHASES: tuple[tuple[Phase, str], ...] = (
    ("define", r"plan|decide what"),
    ("locate", r"find|search|look for|collect"),
    ("prepare", r"set up|prepare|get ready|before i"),
    ("confirm", r"check|make sure|verify"),
    ("monitor", r"track|monitor|watch"),
    ("modify", r"change|adjust|fix|edit"),
    ("conclude", r"send|file|close|finish|share"),
)


class LexiconTagger:
    """Tags by cue words. A denied cue ("I was never worried") gives no tag."""

    def __init__(self, cues: Mapping[Tag, str] = _CUES) -> None:
        """
        Args:
            cues: A regular expression a tag; tags without one are never given.
        """
        self._cues = {tag: re.compile(rf"\b(?:{cues[tag]})\b", re.IGNORECASE) for tag in TAGS if tag in cues}

    def tag(self, transcript: Transcript, segments: Sequence[Segment]) -> tuple[Statement, ...]:
        """One statement a segment with a cue, sorted by place."""
        out = []
        for segment in sorted(segments, key=lambda s: (s.start, s.end)):
            turn = transcript.turns[segment.turn]
            scores = {tag: self._score(tag, segment.text) for tag in TAGS}
            tags = {tag: score for tag, score in scores.items() if score >= 0.5}
            if turn.role == "interviewer" or not tags:
                continue
            time = transcript.time_of(segment.start, segment.end)
            out.append(
                Statement(
                    id=statement_id(transcript.id, segment.start, segment.end),
                    transcript=transcript.id,
                    turn=segment.turn,
                    speaker=turn.speaker,
                    start=segment.start,
                    end=segment.end,
                    text=segment.text,
                    tags=tags,
                    scores=scores,
                    dimension=_dimension(segment.text) if any(tag in tags for tag in DIMENSIONED) else None,
                    stage=next((stage for stage, cue in _STAGES if re.search(rf"\b(?:{cue})\b", segment.text, re.IGNORECASE)), "none"),
                    phase=_phase(segment.text) if "step" in tags else None,
                    time=(time.start_s, time.end_s) if time else None,
                )
            )
        return tuple(out)

    def _score(self, tag: Tag, text: str) -> float:
        """0.05 without a cue, 0.6 with one, 0.7 with more; a denied cue does not count."""
        pattern = self._cues.get(tag)
        hits = sum(1 for m in pattern.finditer(text) if not _DENIED.search(text[: m.start()])) if pattern else 0
        return 0.05 if not hits else 0.6 if hits == 1 else 0.7


def _dimension(text: str) -> Dimension:
    return "emotional" if _EMOTIONAL.search(text) else "social" if _SOCIAL.search(text) else "functional"


def _phase(text: str) -> Phase:
    return next((phase for phase, cue in _PHASES if re.search(rf"\b(?:{cue})\b", text, re.IGNORECASE)), "execute")
