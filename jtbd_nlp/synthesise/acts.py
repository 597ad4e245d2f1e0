"""The slots of what is wished for: something that the speaker does or is (not), or something that is (not) so."""

from __future__ import annotations

from typing import Final

from jtbd_nlp.schema.parsed import TokenRange
from jtbd_nlp.synthesise.cutting import FAST, end_of, make, particle, verb_start
from jtbd_nlp.synthesise.feelings import FEELING, felt
from jtbd_nlp.synthesise.grammar import find_marker
from jtbd_nlp.synthesise.syntax import SUBJECTS, Syntax
from jtbd_nlp.synthesise.wording import NOWISH, Slot, Wish, gerund


def told_by_infinitive(
    syntax: Syntax, wanting: int, verb: int, cue: TokenRange, *, negative: bool, dimension: str | None, aside: TokenRange | None = None
) -> Wish | None:
    """A wish told with an infinitive: (not) to do something, or for somebody to do it. `aside` is a condition said in front."""
    to = particle(syntax, verb)
    if to is None:
        return None
    between = [c for c in (*syntax.children(verb, *SUBJECTS), *syntax.children(wanting, "dobj")) if wanting < c < to]
    if between:
        if negative or syntax.is_negated(verb) or syntax.lower(between[0]) == "you":
            return None  # "I want you to know" speaks to the interviewer
        return make(syntax, "Increase", "chance for", TokenRange(syntax.subtree(between[0])[0], end_of(syntax, verb)), cue, cue, aside)
    if to > cue.last + 2:
        return None
    return act(syntax, verb_start(syntax, verb), verb, cue, negative=negative, dimension=dimension, aside=aside)


def act(
    syntax: Syntax, start: int, verb: int, cue: TokenRange, *, negative: bool, dimension: str | None, aside: TokenRange | None = None
) -> Wish | None:
    """The slots of something that the speaker wants (not) to do or be; `start` is where its verb phrase begins."""
    end = end_of(syntax, verb)
    if any(c >= end and syntax.has_subject(c) for c in syntax.children(verb, "conj")):
        end = end_of(syntax, verb, conjuncts=True)  # "to cross the yard and nobody stops me": what is joined is part of the wish
        if negative:
            return None
    for neg in syntax.children(verb, "neg", "advmod"):
        if neg < verb and syntax.lower(neg) in ("not", "n't", "never"):
            negative, cue = (
                True,
                TokenRange(min(cue.first, neg), max(cue.last, neg + 1)) if abs(neg - cue.last) < 3 else TokenRange(neg, neg + 1),
            )
    feeling = felt(syntax, verb, end, cue, negative=negative, dimension=dimension)
    if feeling is not None:
        return None if feeling is NOWISH else feeling
    lemma = syntax.tokens[verb].lemma.lower()
    # what is to be done is not told as what is to be felt, unless the person speaks of feeling
    spoken = any(t.lemma.lower() in FEELING or t.text.lower() in FEELING for t in syntax.tokens[start:end])
    feels = dimension == "emotional" and not negative and spoken
    direction, metric_words = ("Feel able to", None) if feels else ("Minimize" if negative else "Increase", "ability to")
    if lemma in _KNOWING and not _says_what(syntax, verb, end):
        return None  # what is to be known was said elsewhere
    if lemma == "see" and any(syntax.has_subject(c) and syntax.tokens[c].tag in ("VB", "VBG") for c in syntax.children(verb, "ccomp")):
        return None  # "see it get better": a wish for something else to change, not for seeing
    inner = next((c for c in syntax.children(verb, "xcomp") if c > verb), None)
    if lemma == "be" or any(syntax.lower(c) == "able" for c in syntax.children(verb, "acomp")):
        able = next((c for c in syntax.children(verb, "acomp") if syntax.lower(c) == "able"), None)
        deeper = next(iter(syntax.children(able, "xcomp")), None) if able is not None else None
        if able is not None and deeper is not None:
            metric = TokenRange(start, able + 1)
            if _goes_on(syntax, deeper, end_of(syntax, deeper)):
                return None
            return make(syntax, direction, metric_words, TokenRange(_after_to(syntax, deeper), end_of(syntax, deeper)), cue, metric, aside)
    if lemma == "have" and inner is not None and particle(syntax, inner) is not None:
        if not negative:
            return None
        return make(
            syntax,
            "Minimize",
            "need to",
            TokenRange(verb_start(syntax, inner), end_of(syntax, inner)),
            cue,
            TokenRange(verb, verb_start(syntax, inner)),
        )
    if lemma in ("avoid", "stop", "prevent") and not negative:
        return stopped(syntax, verb, cue)
    spent = time_spent(syntax, verb, cue, negative=negative)
    if spent is not None:
        return spent
    if negative:
        return _being(syntax, "Minimize", start, verb, end, cue, aside)
    fast = next((c for c in syntax.children(verb, "advmod") if syntax.lower(c) in FAST), None)
    if fast is not None and fast in (start, end - 1):
        body = TokenRange(start + 1, end) if fast == start else TokenRange(start, end - 1)
        return make(syntax, "Minimize", "time it takes to", body, cue, TokenRange(fast, fast + 1))
    if lemma == "be" or any(
        syntax.tokens[c].lemma.lower() in ("be", "have") and c >= start for c in syntax.children(verb, "aux", "auxpass")
    ):
        return _being(syntax, "Increase", start, verb, end, cue, aside)
    return make(syntax, direction, metric_words, TokenRange(start, end), cue, cue, aside)


def _goes_on(syntax: Syntax, verb: int, end: int) -> bool:
    """Whether what was said of a bare verb ("leave") goes on after the cut."""
    return end - verb_start(syntax, verb) < _MIN_SAID and any(t.pos != "PUNCT" for t in syntax.tokens[end:])


_MIN_SAID: Final = 2


def _after_to(syntax: Syntax, verb: int) -> int:
    """Where an infinitive begins after its "to", "not" included."""
    to = particle(syntax, verb)
    return verb_start(syntax, verb) if to is None else to + 1


def _says_what(syntax: Syntax, verb: int, end: int) -> bool:
    """Whether it is said inside the clause what is to be known, seen or told."""
    preps = [c for c in syntax.children(verb, "prep") if syntax.lower(c) in ("about", "of", "if", "to")]
    return any(verb < c < end for c in (*preps, *syntax.children(verb, "dobj", "ccomp", "xcomp", "prt", "dative")))


_KNOWING: Final = frozenset({"know", "see", "tell", "say", "ask", "decide", "understand", "find"})


def _being(syntax: Syntax, direction: str, start: int, verb: int, end: int, cue: TokenRange, aside: TokenRange | None) -> Wish | None:
    """ "the likelihood of" + the verb with -ing: for what is not to be done, and for what is to be the case."""
    heads = [c for c in syntax.children(verb, "aux", "auxpass") if c >= start and syntax.tokens[c].tag != "TO"]
    progressive = bool(heads) and syntax.tokens[verb].tag == "VBG"
    head = heads[0] if heads and not progressive else verb
    inflected = {head: syntax.tokens[head].text if progressive else gerund(syntax.tokens[head].lemma.lower(), syntax.tokens[head].tag)}
    for joined in syntax.children(verb, "conj"):
        if joined < end and syntax.tokens[joined].pos in ("VERB", "AUX"):
            inflected[joined] = gerund(syntax.tokens[joined].lemma.lower(), "VB") if syntax.tokens[joined].tag in ("VB", "VBP") else None
    if any(word is None for word in inflected.values()):
        return None
    made = make(syntax, direction, "likelihood of", TokenRange(head, end), cue, cue, aside)
    if made is None:
        return None
    words: list[str] = []
    for i in range(made.object.ranges[0].first, made.object.ranges[0].last):
        space = i > head and syntax.tokens[i].start > syntax.tokens[i - 1].end
        words.append((" " if space else "") + (inflected.get(i) or syntax.tokens[i].text))
    return Wish(made.direction, made.metric, Slot("".join(words), made.object.ranges), made.clarifier)


def stopped(syntax: Syntax, verb: int, cue: TokenRange) -> Wish | None:
    rest = next(iter(syntax.children(verb, "xcomp", "dobj", "pcomp", "ccomp")), None)
    if rest is None or rest < verb or (syntax.tokens[rest].pos in ("VERB", "AUX") and syntax.tokens[rest].tag != "VBG"):
        return None
    whole = TokenRange(min(cue.first, verb), verb + 1)
    return make(syntax, "Minimize", "likelihood of", TokenRange(syntax.subtree(rest)[0], end_of(syntax, rest)), whole, whole)


def time_spent(syntax: Syntax, verb: int, cue: TokenRange, *, negative: bool) -> Wish | None:
    """ "spend less time checking", "not spend so much time on it"."""
    if syntax.tokens[verb].lemma.lower() != "spend":
        return None
    time = next(
        (
            c
            for c in syntax.children(verb, "dobj", "npadvmod")
            if syntax.lower(c) in ("time", "hours", "days", "nights", "evenings", "weeks")
        ),
        None,
    )
    if time is None:
        return None
    amount = [i for i in syntax.subtree(time) if i < time]
    more = any(syntax.lower(i) == "more" for i in amount)
    after = time + 1
    if after >= end_of(syntax, verb):
        return None
    said = TokenRange(verb, time + 1)
    return make(
        syntax, "Increase" if more and not negative else "Minimize", "time spent", TokenRange(after, end_of(syntax, verb)), cue, said
    )


def told_by_clause(syntax: Syntax, verb: int, cue: TokenRange, dimension: str | None, *, negative: bool = False) -> Wish | None:
    """A wish told with a clause: that something is so (or, `negative`, is not), or that the speaker can do something."""
    subject = next(iter(syntax.children(verb, *SUBJECTS)), None)
    if subject is None:
        return None
    first = syntax.subtree(subject)[0]
    aside: TokenRange | None = None
    left = [
        i
        for i in syntax.subtree(verb)
        if cue.last <= i < first
        and not (syntax.tokens[i].dep == "mark" and syntax.tokens[i].head == verb)
        and syntax.tokens[i].pos not in ("CCONJ", "PUNCT")
    ]
    while left and syntax.lower(left[0]) in ("that", "so", "hopefully", "maybe", "then"):
        left.pop(0)
    if left:
        if left[-1] - left[0] + 1 != len(left) and find_marker(syntax.text(left[0], first)) != 0:
            first = left[0]
        elif find_marker(syntax.text(left[0], first)) == 0:
            aside = TokenRange(left[0], first)
        else:
            first = left[0]
    own_words = syntax.lower(subject) in ("i", "we")
    modal = next((c for c in syntax.children(verb, "aux") if syntax.lower(c) in ("can", "could", "ca")), None)
    if own_words and not negative and modal is not None and modal > subject and first == subject and not _joined(syntax, verb):
        start = next((i for i in range(modal + 1, verb + 1) if syntax.tokens[i].dep != "neg"), verb)
        return act(syntax, start, verb, cue, negative=syntax.is_negated(verb), dimension=dimension, aside=aside)
    inner = next((c for c in syntax.children(verb, "xcomp") if particle(syntax, c) is not None), None)
    if own_words and not negative and syntax.is_negated(verb) and syntax.tokens[verb].lemma == "have" and inner is not None:
        said = TokenRange(subject, verb_start(syntax, inner))
        return make(syntax, "Minimize", "need to", TokenRange(verb_start(syntax, inner), end_of(syntax, inner)), cue, said, aside)
    if own_words and not negative:
        feeling = felt(syntax, verb, end_of(syntax, verb), cue, negative=syntax.is_negated(verb), dimension=dimension)
        if feeling is not None and feeling is not NOWISH:
            return feeling
    direction = "Minimize" if negative else "Increase"
    return make(syntax, direction, "likelihood that", TokenRange(first, end_of(syntax, verb, conjuncts=True)), cue, cue, aside)


def _joined(syntax: Syntax, verb: int) -> bool:
    """Whether another clause with a subject of its own is joined to this one, as part of the same wish."""
    return any(syntax.has_subject(c) and syntax.tokens[c].dep == "conj" for c in syntax.children(verb))
