"""A transcript cut into stretches that names do not cross, and what is found in each by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from jtbd_nlp.privacy.addresses import addresses_of
from jtbd_nlp.privacy.entities import entities_of
from jtbd_nlp.privacy.lexicon import FUNCTION, NEVER, Lexicon, Rank
from jtbd_nlp.privacy.names import Casing, cased_for_recogniser, names_of
from jtbd_nlp.privacy.numbers import numbers_of
from jtbd_nlp.privacy.online import online_of
from jtbd_nlp.privacy.records import Found
from jtbd_nlp.privacy.spoken import spoken_of, tokens_of
from jtbd_nlp.privacy.words import Word, words_of
from jtbd_nlp.schema import Transcript

#: who is named as a speaker is a person, whatever else the name looks like
LABEL_VOTES: Final = 1_000


@dataclass(frozen=True, eq=False)
class Stretch:
    """A turn, or what is between two turns (labels, time codes, headers): where it begins, its text and its words."""

    start: int
    text: str
    words: list[Word]
    labels: tuple[Found, ...] = ()


def stretches_of(transcript: Transcript, lexicon: Lexicon) -> list[Stretch]:
    """All of a transcript's text, in order."""
    cut: list[Stretch] = []
    at = 0
    for turn in transcript.turns:
        if at < turn.start:
            cut.append(_between(transcript.text[at : turn.start], at, turn.speaker, lexicon))
        cut.append(Stretch(turn.start, transcript.turn_text(turn), words_of(transcript.turn_text(turn))))
        at = turn.end
    if at < len(transcript.text):
        cut.append(_between(transcript.text[at:], at, "", lexicon))
    return [s for s in cut if s.text]


def label_names(label: str, lexicon: Lexicon) -> list[Found]:
    """Names in a speaker's label; none in labels such as `Interviewer`, `Speaker 1` or `Sales rep`."""
    found: list[Found] = []
    run: list[Word] = []
    for word in [*words_of(label), None]:
        if (
            word is not None
            and word.low not in NEVER
            and word.low not in FUNCTION
            and (not run or not label[run[-1].end : word.start].strip(" .'’"))
        ):
            run.append(word)
            continue
        if any(lexicon.rank(w.low) < Rank.ORDINARY or w.low in lexicon.given for w in run):
            found.append(Found(run[0].start, run[-1].end, "person", LABEL_VOTES))
        run = [word] if word is not None and word.low not in NEVER and word.low not in FUNCTION else []
    return found


def numbers_and_addresses(text: str, lexicon: Lexicon) -> list[Found]:
    """What follows a pattern: numbers, postal, web and e-mail addresses, written or said."""
    return [*numbers_of(text), *spoken_of(text, tokens_of(text)), *online_of(text, lexicon), *addresses_of(text, lexicon)]


def found_alone(stretches: Sequence[Stretch], casing: Casing, lexicon: Lexicon) -> list[list[Found]]:
    """What is found in each stretch without knowing the others, except for how words are cased in the study.

    Raises:
        ModelError: the recogniser cannot be read.
    """
    speech = [i for i, s in enumerate(stretches) if len(s.words) > 1]
    entities: list[list[Found]] = [[] for _ in stretches]
    cased = [cased_for_recogniser(stretches[i].text, stretches[i].words, lexicon) for i in speech]
    for i, found in zip(speech, entities_of(cased), strict=True):
        entities[i] = found
    return [
        [*s.labels, *numbers_and_addresses(s.text, lexicon), *names_of(s.text, s.words, e, casing, lexicon)]
        for s, e in zip(stretches, entities, strict=True)
    ]


def _between(text: str, start: int, speaker: str, lexicon: Lexicon) -> Stretch:
    at = text.rfind(speaker) if speaker else -1
    labels = tuple(Found(at + f.start, at + f.end, f.kind, f.votes) for f in label_names(speaker, lexicon)) if at >= 0 else ()
    # The label alone is no speech: its words tell nothing about capitals.
    return Stretch(start, text, words_of(text), labels)
