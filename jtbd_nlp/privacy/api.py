"""Transcripts in, the same transcripts with stand-ins for whatever names somebody out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from jtbd_nlp.config import Config, PrivacyConfig
from jtbd_nlp.errors import InputError, JtbdError, place_of
from jtbd_nlp.privacy.forms import Form, form_of, grouped, kinds_by_vote
from jtbd_nlp.privacy.key import Key
from jtbd_nlp.privacy.known import Known
from jtbd_nlp.privacy.lexicon import FUNCTION, NEVER, Lexicon, Rank, load_lexicon
from jtbd_nlp.privacy.names import Casing
from jtbd_nlp.privacy.numbering import numbered, with_interviews
from jtbd_nlp.privacy.rebuild import Moved, Swap, rebuilt
from jtbd_nlp.privacy.records import NAMES, STAND_INS, Found, Kind, without_overlap
from jtbd_nlp.privacy.stretches import Stretch, found_alone, label_names, numbers_and_addresses, stretches_of
from jtbd_nlp.privacy.words import plain, words_of
from jtbd_nlp.schema import Note, Problem, Transcript


@dataclass(frozen=True, eq=False)
class Pseudonymised:
    """A study without names.

    Attributes:
        transcripts: in order of their new ids; problems: with ids instead of names of files.
        key: the key that was given, with what is new; to be kept before anything else is written.
    """

    transcripts: tuple[Transcript, ...]
    problems: tuple[Problem, ...]
    key: Key
    _study: _Study

    def text(self, text: str) -> str:
        """Another text about the study (a title, a speaker's label) with its names replaced."""
        return self._study.replaced(text)


def pseudonymise(
    transcripts: Sequence[Transcript],
    key: Key | None = None,
    config: PrivacyConfig | None = None,
    *,
    problems: Sequence[Problem] = (),
    speakers: Sequence[str] = (),
) -> Pseudonymised:
    """Replace names of people, organisations and places, addresses and numbers by stand-ins that are the same across the study.

    The result depends on the set of transcripts and the key. What the key knows keeps its stand-in, and its id.

    Args:
        transcripts: all interviews of the study.
        key: of an earlier run; None where there was none.
        config: settings.
        problems: inputs that could not be read; their names are replaced too.
        speakers: labels that settings name; the names in them are replaced like those of speakers.

    Raises:
        ModelError: the recogniser cannot be read.
        InputError: it failed. The reason holds no word of an interview.
    """
    try:
        return _pseudonymise(sorted(transcripts, key=lambda t: t.id), key or Key(), config or PrivacyConfig(), problems, speakers)
    except JtbdError:
        raise
    except Exception as error:
        # Its message and its frames may hold words of an interview: neither is passed on.
        what = f"{type(error).__name__} at {place_of(error)}"
    raise InputError("the study", f"could not be pseudonymised ({what}); please report this error with the two")


def without_names(config: Config, done: Pseudonymised) -> Config:
    """The settings of a run with their names replaced: they become part of what is written."""
    speakers = {name: tuple(map(done.text, getattr(config.read, name))) for name in ("interviewers", "participants")} | {"roles": ()}
    return config.model_copy(
        update={
            "read": config.read.model_copy(update=speakers),
            "privacy": config.privacy.model_copy(update={"hide": ()}),
            "report": config.report.model_copy(update={"title": done.text(config.report.title)}),
        }
    )


def _pseudonymise(
    transcripts: Sequence[Transcript], key: Key, config: PrivacyConfig, problems: Sequence[Problem], speakers: Sequence[str]
) -> Pseudonymised:
    lexicon = load_lexicon()
    cut = [stretches_of(t, lexicon) for t in transcripts]
    flat = [s for stretches in cut for s in stretches]
    casing = Casing.of(s.words for s in flat)
    alone = [
        [f for f in found if not _kept(s.text[f.start : f.end], config)]
        for s, found in zip(flat, found_alone(flat, casing, lexicon), strict=True)
    ]
    labels = sorted({*speakers, *(turn.speaker for t in transcripts for turn in t.turns)})
    files = sorted({*(t.id for t in transcripts), *(t.source for t in transcripts), *(p.source for p in problems)})
    study = _Study.of(labels, files, flat, alone, casing, key, config, lexicon)
    whole = [study.all_in(s, found) for s, found in zip(flat, alone, strict=True)]
    counted = Counter(study.form(s.text[f.start : f.end], f.kind) for s, found in zip(flat, whole, strict=True) for f in found)
    counted.update(study.form(label[f.start : f.end], f.kind) for label in labels for f in study.in_label(label))
    taken = {m.group() for t in transcripts for text in (t.text, *(u.speaker for u in t.turns)) for m in _LIKE_STAND_IN.finditer(text)}
    key = numbered(key, grouped(counted), study.heard_forms(counted), taken)
    key = with_interviews(key, transcripts, problems)
    study = study.with_key(key)
    ids = {i.name: id for id, i in key.interviews.items()}
    renamed = {label: study.replaced_label(label) for label in labels}
    done, at = [], 0
    for t, stretches in zip(transcripts, cut, strict=True):
        swaps = [
            swap
            for s, found in zip(stretches, whole[at : at + len(stretches)], strict=True)
            for swap in study.swaps(s.text, found, s.start)
        ]
        at += len(stretches)
        notes = [Note(code=n.code, message=study.replaced(n.message)) for n in t.notes]
        done.append(rebuilt(t, swaps, ids[t.id], renamed, notes))
    told = [Problem(source=ids[p.source], reason=study.replaced(p.reason)) for p in problems]
    return Pseudonymised(tuple(sorted(done, key=lambda t: t.id)), tuple(sorted(told, key=lambda p: (p.source, p.reason))), key, study)


#: Endings of files that are no word.
_ENDINGS: Final = frozenset({"docx", "xlsx", "xlsm", "html", "json", "jpeg", "mpeg", "webm", "flac", "heic", "tiff"})
_LIKE_STAND_IN = re.compile(r"(?<!\w)(?:" + "|".join(STAND_INS.values()) + r")\d{1,6}(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class _Study:
    """What is known of all interviews together."""

    known: Known
    kinds: Mapping[str, Kind]
    stand_ins: Mapping[Form, str]
    casing: Casing
    config: PrivacyConfig
    lexicon: Lexicon

    @classmethod
    def of(
        cls, labels: Sequence[str], files: Sequence[str], flat: Sequence[Stretch], alone: Sequence[list[Found]], casing: Casing, key: Key,
        config: PrivacyConfig, lexicon: Lexicon,
    ) -> _Study:  # fmt: skip
        """The names that are found anywhere, in the key or in the settings, and the words that are one of them misheard."""
        forms: Counter[Form] = Counter()
        for s, found in zip(flat, alone, strict=True):
            for f in without_overlap(found):
                forms[form_of(s.text[f.start : f.end], f.kind, {})] += f.votes
        told = {text: s.kind for s in key.stand_ins.values() if s.kind in NAMES for text in s.forms}
        forms.update(Form(kind, text) for text, kind in told.items())
        forms.update(form_of(name, "person", {}) for name in config.hide)
        for label in labels:
            for f in label_names(label, lexicon):
                forms[form_of(label[f.start : f.end], f.kind, {})] += f.votes
        for file in files:
            # Files are often named after people; a name that stands nowhere else does no harm.
            named = (w for w in words_of(file) if len(w.low) > 3 and w.low not in _ENDINGS)
            forms.update(form_of(w.text, "person", {}) for w in named if lexicon.rank(w.low) == Rank.NAME)
        kinds = kinds_by_vote(forms, told)
        forms = Counter({Form(kinds.get(f.text, f.kind) if f.kind in NAMES else f.kind, f.text): n for f, n in forms.items()})
        likely: Counter[str] = Counter()
        for s in flat:
            for i, w in enumerate(s.words):
                if w.low not in NEVER and w.low not in FUNCTION and len(w.low) < 40:
                    if _may_be_misheard(lexicon.rank(w.low), w.capital and not w.initial, casing.is_word(w.low)):
                        likely[plain(w.text)] += 1
                    if i and s.text[s.words[i - 1].end : w.start] in (" ", "-") and lexicon.rank(w.low) < Rank.ORDINARY:
                        likely[plain(s.words[i - 1].text) + plain(w.text)] += 1
        return cls(Known.of(forms, likely, lexicon, misheard=config.misheard), kinds, {}, casing, config, lexicon)

    def with_key(self, key: Key) -> _Study:
        """The same with the stand-ins of a key."""
        stand_ins = {Form(s.kind, text): name for name, s in key.stand_ins.items() for text in s.forms}
        return _Study(self.known, self.kinds, stand_ins, self.casing, self.config, self.lexicon)

    def form(self, text: str, kind: Kind) -> Form:
        """The form of a stretch that was found, with the kind that the study gives it."""
        form = form_of(text, kind, self.known.heard)
        return Form(self.kinds.get(form.text, form.kind), form.text) if form.kind in NAMES else form

    def heard_forms(self, forms: Collection[Form]) -> dict[Form, Form]:
        """Misheard names with the form that they are."""
        meant = {word: Form(self.kinds.get(name, "person"), name) for word, name in self.known.heard.items()}
        return {Form(form.kind, word): form for word, form in meant.items() if form in forms}

    def all_in(self, stretch: Stretch, alone: list[Found]) -> list[Found]:
        """What was found in a stretch alone, and every name of the study."""
        everywhere = self.known.find(stretch.text, stretch.words, self.casing, self.lexicon)
        return without_overlap([*alone, *(f for f in everywhere if not _kept(stretch.text[f.start : f.end], self.config))])

    def in_label(self, label: str) -> list[Found]:
        """What identifies somebody in a speaker's label."""
        found = [*label_names(label, self.lexicon), *numbers_and_addresses(label, self.lexicon)]
        found += self.known.find(label, words_of(label), self.casing, self.lexicon)
        return without_overlap([f for f in found if not _kept(label[f.start : f.end], self.config)])

    def swaps(self, text: str, found: Iterable[Found], start: int = 0) -> list[Swap]:
        """Stretches with their stand-ins."""
        return [Swap(start + f.start, start + f.end, self._stand_in(text[f.start : f.end], f.kind)) for f in found]

    def replaced_label(self, label: str) -> str:
        """A speaker's label with stand-ins."""
        return Moved(label, self.swaps(label, self.in_label(label))).text

    def replaced(self, text: str) -> str:
        """Any other text with stand-ins."""
        words = words_of(text)
        found = [*numbers_and_addresses(text, self.lexicon), *self.known.find(text, words, self.casing, self.lexicon)]
        return Moved(text, self.swaps(text, without_overlap(found))).text

    def _stand_in(self, text: str, kind: Kind) -> str:
        form = self.form(text, kind)
        return self.stand_ins.get(form) or STAND_INS[form.kind].rstrip("_")


def _may_be_misheard(rank: Rank, capital: bool, is_word: bool) -> bool:
    return not is_word and (rank == Rank.NAME or (capital and rank == Rank.DOUBTFUL))


def _kept(text: str, config: PrivacyConfig) -> bool:
    return plain(text) in {plain(name) for name in config.keep}
