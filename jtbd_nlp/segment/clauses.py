"""Where one turn's parsed text is cut: at sentences, and at clauses where a sentence says several things.

The cuts were chosen by counting, over coded interviews, how often a coder's statement starts or ends at a joint of each
kind against how often it runs across it (`benchmarks/segments.py` prints what they reach). Coders cut at sentence ends
nearly always, at semicolons, dashes, ellipses and comma splices mostly, at "but" about half the time; they hardly ever
cut off a subordinate or complement clause, so those are kept with their main clause unless the whole would be too long
to say one thing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

MIN_WORDS = 4
MIN_SENTENCE_WORDS = 2
LONG_WORDS = 24
MAX_WORDS = 40

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj", "csubjpass"})
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
_BREAKS = frozenset({";", ":", "—", "–", "-", "--", "...", "…"})
_JOINTS = frozenset({"and", "but", "so", "or", "yet", "then", "because", "cause", "'cause", "cos", "which", "although", "though", "whereas", "while"})
_CLOSING = frozenset(".,;:!?…)]}\"'”’") | {"...", "--"}


@dataclass(frozen=True, slots=True)
class Span2:
    """Character offsets [start, end) into the text of the parsed turn."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Cut:
    """A token before which the text may be cut, and how strongly (higher cuts first)."""

    at: int
    strength: float


def clause_spans(doc: Doc, *, min_words: int = MIN_WORDS, long_words: int = LONG_WORDS, max_words: int = MAX_WORDS) -> list[Span2]:
    """Segments of one parsed turn, in order, as exact slices of `doc.text` without surrounding white space.

    `doc` needs tags and dependencies. A segment has at least `min_words` words unless the whole turn is shorter
    or it is a punctuated sentence of two words or more. A sentence of more than `long_words` words is also cut at weaker joints, one of more than `max_words` at any clause
    joint there is. Nothing but white space lies between two segments.
    """
    if not len(doc):
        return []
    sure, weak = _sure(doc), _weak(doc)
    edges = [0, *sorted(cut for cut in sure if 0 < cut < len(doc)), len(doc)]
    bounds = [0]
    for start, end in zip(edges, edges[1:], strict=False):
        bounds.extend(_divide(doc, start, end, weak, min_words, long_words, max_words))
        bounds.append(end)
    return _slices(doc, _merge_short(doc, bounds, min_words))


def _sure(doc: Doc) -> set[int]:
    """Token indices before which the text is cut whatever the length."""
    cuts = {sent.start for sent in doc.sents}
    for token in doc:
        if token.text in _BREAKS and (token.text in ";…..." or _apart(token)):
            cuts.add(token.i + 1)
        elif token.dep_ == "ccomp" and token.i < token.head.i and _has_subject(token) and _has_subject(token.head):
            # A comma splice: the parser makes the first sentence a complement of the second.
            after = token.right_edge.i + 1
            if after < len(doc) and doc[after].text == "," and not _is_speech(token.head):
                cuts.add(after + 1)
        elif token.dep_ == "conj" and _has_subject(token):
            joint = _joint(token)
            if doc[joint].lower_ == "but" or doc[joint - 1].text == "," and doc[joint].lower_ not in _JOINTS:
                cuts.add(joint)
    return {_after_closing(doc, cut) for cut in cuts}


def _weak(doc: Doc) -> list[_Cut]:
    """Joints inside a sentence at which a long one may be cut."""
    cuts = []
    for token in doc:
        if token.pos_ not in ("VERB", "AUX"):
            continue
        left = token.left_edge.i
        comma = left > 0 and doc[left - 1].text == ","
        if token.dep_ == "conj":
            joint = _joint(token)
            comma = joint > 0 and doc[joint - 1].text == ","
            subject = _has_subject(token)
            cuts.append(_Cut(joint, 3 + comma if subject else 1.5 if _is_finite(token) else 0.5))
        elif token.dep_ in ("advcl", "parataxis", "ccomp", "csubj") and token.i < token.head.i:
            after = token.right_edge.i + 1
            if after < len(doc) and _has_subject(token):
                cuts.append(_Cut(after, 2))
        elif token.dep_ in ("advcl", "parataxis") and _has_subject(token):
            cuts.append(_Cut(left, 2.5 + comma))
        elif token.dep_ == "relcl" and comma:
            cuts.append(_Cut(left, 2.5))
        elif token.dep_ == "ccomp" and comma and _has_subject(token):
            cuts.append(_Cut(left, 1))
    return [_Cut(_after_closing(doc, cut.at), cut.strength) for cut in cuts]


def _divide(doc: Doc, start: int, end: int, weak: list[_Cut], min_words: int, long_words: int, max_words: int) -> list[int]:
    """Cuts of tokens [start, end), the strongest joint nearest to the middle first, until no part is too long."""
    total = _words(doc, start, end)
    if total <= long_words:
        return []
    best, best_score = -1, 0.0
    for cut in weak:
        if not start < cut.at < end:
            continue
        left = _words(doc, start, cut.at)
        shorter = min(left, total - left)
        if shorter < min_words or (cut.strength < 2 and total <= max_words):
            continue
        score = cut.strength * shorter / total
        if score > best_score:
            best, best_score = cut.at, score
    if best < 0:
        return []
    divide = lambda a, b: _divide(doc, a, b, weak, min_words, long_words, max_words)  # noqa: E731
    return [*divide(start, best), best, *divide(best, end)]


def _merge_short(doc: Doc, bounds: list[int], min_words: int) -> list[int]:
    """Bounds with pieces below `min_words` that are no sentence joined to the right neighbour, the last one to the left."""
    kept = [bounds[0]]
    for bound in bounds[1:]:
        words = _words(doc, kept[-1], bound)
        if words >= min_words or (words >= MIN_SENTENCE_WORDS and _is_sentence(doc, kept[-1], bound)):
            kept.append(bound)
    if kept[-1] != bounds[-1]:
        if len(kept) > 1:
            kept.pop()
        kept.append(bounds[-1])
    return kept


def _is_sentence(doc: Doc, start: int, end: int) -> bool:
    """Whether tokens [start, end) are a sentence that the speaker's punctuation closes, with nothing left over at its start."""
    last = end - 1
    while last > start and (doc[last].is_quote or doc[last].is_space):
        last -= 1
    return bool(doc[start].is_sent_start) and doc[last].text[-1:] in ".!?…"


def _slices(doc: Doc, bounds: list[int]) -> list[Span2]:
    spans = []
    text = doc.text
    for start, end in zip(bounds, bounds[1:], strict=False):
        a = doc[start].idx
        b = doc[end].idx if end < len(doc) else len(text)
        piece = text[a:b]
        a += len(piece) - len(piece.lstrip())
        b -= len(piece) - len(piece.rstrip())
        if a < b:
            spans.append(Span2(a, b))
    return spans


def _joint(token: Token) -> int:
    """The index at which a conjoined clause starts: its conjunction if it has one, else its first word."""
    doc, left = token.doc, token.left_edge.i
    while left > 0 and doc[left - 1].lower_ in _JOINTS:
        left -= 1
    return left


def _after_closing(doc: Doc, cut: int) -> int:
    """Move a cut behind punctuation that closes what is on its left."""
    while 0 < cut < len(doc) and doc[cut].text in _CLOSING and not doc[cut - 1].whitespace_:
        cut += 1
    while 0 < cut < len(doc) and doc[cut].text in (",", ";", ":"):
        cut += 1
    return cut


def _apart(token: Token) -> bool:
    """Whether a dash or colon stands between words, not inside one ("non-profit", "10:30")."""
    before = token.nbor(-1).whitespace_ if token.i else " "
    return bool(token.whitespace_) or bool(before)


def _is_speech(token: Token) -> bool:
    return token.lemma_ in ("say", "think", "guess", "suppose", "mean", "know", "reckon", "tell", "feel", "believe")


def _has_subject(token: Token) -> bool:
    return any(child.dep_ in _SUBJECTS for child in token.children)


def _is_finite(token: Token) -> bool:
    return token.tag_ in _FINITE or any(child.tag_ in _FINITE for child in token.children if child.dep_ in ("aux", "auxpass"))


def _words(doc: Doc, start: int, end: int) -> int:
    return sum(1 for i in range(start, end) if doc[i].text[:1].isalnum())
