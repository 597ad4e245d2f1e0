"""The words by which labels, roles and headers are known. Closed lists, compared without regard to case."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Final

from jtbd_nlp.schema import Role


def closed(words: str) -> frozenset[str]:
    """A closed list from words with spaces between."""
    return frozenset(words.split())


_INTERVIEWER: Final = closed(
    "interviewer moderator host cohost co-host researcher facilitator interviewers q question int iv ir i mod m consultant coach "
    "observer notetaker note-taker ux uxr pm examiner asker inquirer presenter"
)
_PARTICIPANT: Final = closed(
    "interviewee participant respondent guest customer client user subject informant answer a ans p r ie iee part resp pt buyer "
    "patient tester shopper consumer caller expert speaker-guest volunteer interviewees participants respondents"
)
_ROLE_WORDS: Final = _INTERVIEWER | _PARTICIPANT
#: Words that are a label even where they stand once; the other words above may begin a line of talk ("Customer: ...").
_SURE: Final = closed(
    "interviewer moderator host cohost co-host researcher facilitator interviewee participant respondent informant int iv mod resp p r q a i "
    "speaker spk spkr"
)
_NUMBERED = re.compile(r"^(?P<word>[^\W\d_]+(?:-[^\W\d_]+)?)[\s_#.-]*(?P<number>\d{1,3}|[a-z])?$", re.IGNORECASE)
#: Single letters that only mean a role beside the letter or word that they pair with ("Q:" and "A:").
_LETTERS: Final = closed("q a i p r m s")
_BRACKETED = re.compile(r"\(([^\W\d_]{4,20})\)$")
_FUZZY: Final = ("interviewer", "moderator", "researcher", "facilitator", "interviewee", "participant", "respondent")

#: Keys of a header, headings, editors' remarks: they stand before a colon and are nobody.
NOT_SPEAKERS: Final = closed(
    "note notes date time location place title subject interview duration length topic project company product transcript recording file "
    "participants attendees interviewers speakers example summary tip warning ps http https ftp mailto file re fwd fw to from cc bcc url link "
    "source version author copyright study session language country role age gender occupation industry job email phone agenda background "
    "introduction conclusion overview key action todo update edit editor's transcribed translated page chapter section part step figure table "
    "recorded id ref reference disclaimer keywords tags themes theme quote quotes highlights highlight insight insights abstract method "
    "methods results discussion objective objectives goal goals task tasks scenario important remember caution hint see also vs"
)
#: Labels of stretches in which nobody of the interview speaks.
NOT_SPEECH: Final = closed(
    "break music advert advertisement ad jingle sponsor silence pause laughter applause sound noise intro outro inaudible crosstalk"
)


def folded(label: str) -> str:
    """A label as it is compared: one space between words, no case."""
    return " ".join(label.split()).casefold()


def _head(label: str) -> str | None:
    """The word of a label that is one word with or without a number ("Speaker 2", "P07", "SPK_0", "Interviewer")."""
    match = _NUMBERED.match(folded(label))
    return match["word"] if match else None


def role_of_label(label: str) -> Role | None:
    """The role that a label names; None for a name or a machine's label.

    Bare letters count (`Q`, `P3`); a word in brackets or beside a name counts (`Anna (Moderator)`, `Interviewer Anna`); a slip of the
    keyboard in a long word counts (`Particpant`).
    """
    head = _head(label)
    for words, role in ((_INTERVIEWER, "interviewer"), (_PARTICIPANT, "participant")):
        if head in words:
            return role  # type: ignore[return-value]
    found = {role_of_word(w) for w in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", folded(label)) if len(w) > 3} - {None}
    return found.pop() if len(found) == 1 else None


def role_of_word(word: str) -> Role | None:
    """The role that a word of more than three letters names."""
    if word in _INTERVIEWER:
        return "interviewer"
    if word in _PARTICIPANT:
        return "participant"
    if word[:4] in {w[:4] for w in _FUZZY}:
        near = max(_FUZZY, key=lambda w: SequenceMatcher(None, w, word).ratio())
        # "interviewee" and "interviewer" differ in one letter: only a slip inside the word may count.
        if SequenceMatcher(None, near, word).ratio() >= 0.9 and word[-2:] == near[-2:]:
            return "interviewer" if near in _INTERVIEWER else "participant"
    return None


def is_known_label(label: str) -> bool:
    """Whether a label is one by its words alone, however often it stands there; bare letters are not."""
    if folded(label) in _LETTERS:
        return False
    head, bracket = _head(label), _BRACKETED.search(folded(label))
    return (
        head in _SURE
        or (head is not None and role_of_word(head) is not None and head not in _ROLE_WORDS)
        or bool(bracket and role_of_word(bracket[1]))
    )


def is_letter_label(label: str) -> bool:
    """Whether a label is one of the bare letters of question and answer."""
    return folded(label) in _LETTERS


def is_interpreter(label: str) -> bool:
    """Whether a label names an interpreter, who speaks for both sides."""
    return any(w in {"interpreter", "translator"} for w in re.findall(r"\w+", folded(label)))
