"""What a statement wishes for: the construction that carries the wish, cut into the slots of the outcome grammar.

Every slot is a slice of the statement, or a word of the grammar that stands for words of the statement (its `spans`). The only change made to
a verb is its ending after "of" ("not be late" gives "of being late").
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from jtbd_nlp.schema.parsed import TokenRange
from jtbd_nlp.synthesise.feelings import felt
from jtbd_nlp.synthesise.grammar import find_marker
from jtbd_nlp.synthesise.syntax import SUBJECTS, Syntax
from jtbd_nlp.synthesise.wording import NOWISH, Slot, Wish, gerund

WANTING: Final = frozenset({"want", "wanna", "like", "love", "hope", "need", "prefer", "try", "aim", "wish"})
_WOULD: Final = frozenset({"like", "love", "prefer"})
_FAST: Final = frozenset({"quickly", "faster", "fast", "quicker", "sooner", "promptly", "immediately", "instantly"})
_MAX_WORDS: Final = 18


def wish_of(syntax: Syntax, dimension: str | None, *, strict: bool = False) -> Wish | None:
    """The wish of a parsed statement, or None where no rule reads it faithfully.

    `strict` takes only what is marked as a wish or as a burden ("I want to", "so that", "had to", "took an hour to"): for statements that are
    no outcomes by themselves.
    """
    rules: list[Callable[[Syntax, str | None], Wish | None]] = [_time_taken, _wanted, _made_sure, _purpose, _burden]
    if not strict:
        rules = [_wanted, _made_sure, _that_clause, _purpose, _infinitive, _avoided, _time_taken, _burden, _condition, _plain]
    for rule in rules:
        found = rule(syntax, dimension)
        if found is not None:
            return found
    return None


def _wanted(syntax: Syntax, dimension: str | None) -> Wish | None:
    found = [wish for i in range(len(syntax.tokens)) if (wish := _wanted_at(syntax, i, dimension)) is not None]
    # "I never wanted to be X, I just want Y": what is wanted before what is not
    return next((w for w in found if w.direction.text != "Minimize"), found[0] if found else None)


def _wanted_at(syntax: Syntax, i: int, dimension: str | None) -> Wish | None:
    token = syntax.tokens[i]
    if token.lemma.lower() not in WANTING or token.pos != "VERB" or token.dep in ("relcl", "acl") or not _is_wish(syntax, i):
        return None
    cue = TokenRange(_cue_start(syntax, i), i + 1)
    negative = syntax.is_negated(i)
    front = next((c for c in syntax.children(i, "advcl") if c < i and find_marker(syntax.text(syntax.subtree(c)[0], c + 1)) == 0), None)
    aside = None if front is None else _range(syntax.subtree(front))
    for c in syntax.children(i, "xcomp", "ccomp", "advcl"):
        edge = syntax.subtree(c)[0]
        if c < i or edge > i + 3:
            continue
        if _to(syntax, c) is not None:
            return _to_verb(syntax, i, c, cue, negative=negative, dimension=dimension, aside=aside)
        if syntax.is_finite(c) and token.lemma.lower() != "wish" and edge == i + 1:
            return _finite(syntax, c, cue, dimension, negative=negative)
    return None


def _range(indices: list[int]) -> TokenRange:
    return TokenRange(indices[0], indices[-1] + 1)


def _is_wish(syntax: Syntax, i: int) -> bool:
    lemma = syntax.tokens[i].lemma.lower()
    subject, at = None, i
    while subject is None:
        subject = next(iter(syntax.children(at, "nsubj")), None)
        if subject is None and syntax.tokens[at].dep != "conj":
            break
        at = syntax.tokens[at].head
    if (
        subject is not None
        and syntax.lower(subject) not in ("i", "we", "she", "he", "they")
        and syntax.tokens[subject].pos not in ("NOUN", "PROPN")
    ):
        return False
    if lemma in _WOULD:
        return any(syntax.lower(c) in ("would", "'d", "should") for c in syntax.children(i, "aux"))
    return not (lemma == "need" and subject is not None and syntax.lower(subject) not in ("i", "we"))


def _cue_start(syntax: Syntax, i: int) -> int:
    first = i
    while first - 1 >= 0 and syntax.tokens[first - 1].head == i and syntax.tokens[first - 1].dep in (*SUBJECTS, "aux", "neg", "advmod"):
        first -= 1
    return first


def _to(syntax: Syntax, verb: int) -> int | None:
    """The "to" of an infinitive."""
    return next((c for c in syntax.children(verb, "aux") if syntax.tokens[c].tag == "TO"), None)


def _to_verb(
    syntax: Syntax, wanting: int, verb: int, cue: TokenRange, *, negative: bool, dimension: str | None, aside: TokenRange | None = None
) -> Wish | None:
    """A wish told with an infinitive: (not) to do something, or for somebody to do it. `aside` is a condition said in front."""
    to = _to(syntax, verb)
    if to is None:
        return None
    between = [c for c in (*syntax.children(verb, *SUBJECTS), *syntax.children(wanting, "dobj")) if wanting < c < to]
    if between:
        if negative or syntax.is_negated(verb):
            return None
        return _make(syntax, "Increase", "chance for", TokenRange(syntax.subtree(between[0])[0], _end(syntax, verb)), cue, cue, aside)
    if to > cue.last + 2:
        return None
    return _act(syntax, _verb_start(syntax, verb), verb, cue, negative=negative, dimension=dimension, aside=aside)


def _act(
    syntax: Syntax, start: int, verb: int, cue: TokenRange, *, negative: bool, dimension: str | None, aside: TokenRange | None = None
) -> Wish | None:
    """The slots of something that the speaker wants (not) to do or be; `start` is where its verb phrase begins."""
    end = _end(syntax, verb)
    for neg in syntax.children(verb, "neg", "advmod"):
        if syntax.lower(neg) in ("not", "n't", "never"):
            negative, cue = (
                True,
                TokenRange(min(cue.first, neg), max(cue.last, neg + 1)) if abs(neg - cue.last) < 3 else TokenRange(neg, neg + 1),
            )
    feeling = felt(syntax, verb, end, cue, negative=negative, dimension=dimension)
    if feeling is not None:
        return None if feeling is NOWISH else feeling
    lemma = syntax.tokens[verb].lemma.lower()
    can = ("Feel able to", None) if dimension == "emotional" and not negative else ("Minimize" if negative else "Increase", "ability to")
    if lemma in _KNOWING and not any(
        verb < c < end for c in syntax.children(verb, "dobj", "ccomp", "xcomp", "prep", "advcl", "prt", "dative")
    ):
        return None  # what is to be known was said elsewhere
    inner = next((c for c in syntax.children(verb, "xcomp") if c > verb), None)
    if lemma == "be" or any(syntax.lower(c) == "able" for c in syntax.children(verb, "acomp")):
        able = next((c for c in syntax.children(verb, "acomp") if syntax.lower(c) == "able"), None)
        deeper = next(iter(syntax.children(able, "xcomp")), None) if able is not None else None
        if able is not None and deeper is not None:
            metric = TokenRange(start, able + 1)
            return _make(syntax, *can, TokenRange(_verb_start(syntax, deeper), _end(syntax, deeper)), cue, metric, aside)
    if lemma == "have" and inner is not None and _to(syntax, inner) is not None:
        if not negative:
            return None
        return _make(
            syntax,
            "Minimize",
            "need to",
            TokenRange(_verb_start(syntax, inner), _end(syntax, inner)),
            cue,
            TokenRange(verb, _verb_start(syntax, inner)),
        )
    if lemma in ("avoid", "stop", "prevent") and not negative:
        return _stopped(syntax, verb, cue)
    spent = _time_spent(syntax, verb, cue, negative=negative)
    if spent is not None:
        return spent
    if negative:
        return _without(syntax, start, verb, end, cue)
    fast = next((c for c in syntax.children(verb, "advmod") if syntax.lower(c) in _FAST), None)
    if fast is not None and fast in (start, end - 1):
        body = TokenRange(start + 1, end) if fast == start else TokenRange(start, end - 1)
        return _make(syntax, "Minimize", "time it takes to", body, cue, TokenRange(fast, fast + 1))
    return _make(syntax, *can, TokenRange(start, end), cue, cue, aside)


_KNOWING: Final = frozenset({"know", "see", "tell", "say", "ask", "say", "decide", "understand", "find"})


def _without(syntax: Syntax, start: int, verb: int, end: int, cue: TokenRange) -> Wish | None:
    """Not doing it: "the likelihood of" + the verb with -ing."""
    heads = [c for c in syntax.children(verb, "aux", "auxpass") if c >= start and syntax.tokens[c].tag != "TO"]
    progressive = bool(heads) and syntax.tokens[verb].tag == "VBG"
    head = heads[0] if heads and not progressive else verb
    inflected = {head: syntax.tokens[head].text if progressive else gerund(syntax.tokens[head].lemma.lower(), syntax.tokens[head].tag)}
    for joined in syntax.children(verb, "conj"):
        if joined < end and syntax.tokens[joined].pos in ("VERB", "AUX"):
            inflected[joined] = gerund(syntax.tokens[joined].lemma.lower(), "VB") if syntax.tokens[joined].tag in ("VB", "VBP") else None
    if any(word is None for word in inflected.values()):
        return None
    made = _make(syntax, "Minimize", "likelihood of", TokenRange(head, end), cue, cue)
    if made is None:
        return None
    words: list[str] = []
    for i in range(made.object.ranges[0].first, made.object.ranges[0].last):
        space = i > head and syntax.tokens[i].start > syntax.tokens[i - 1].end
        words.append((" " if space else "") + (inflected.get(i) or syntax.tokens[i].text))
    return Wish(made.direction, made.metric, Slot("".join(words), made.object.ranges), made.clarifier)


def _stopped(syntax: Syntax, verb: int, cue: TokenRange) -> Wish | None:
    rest = next(iter(syntax.children(verb, "xcomp", "dobj", "pcomp", "ccomp")), None)
    if rest is None or rest < verb or (syntax.tokens[rest].pos in ("VERB", "AUX") and syntax.tokens[rest].tag != "VBG"):
        return None
    whole = TokenRange(min(cue.first, verb), verb + 1)
    return _make(syntax, "Minimize", "likelihood of", TokenRange(syntax.subtree(rest)[0], _end(syntax, rest)), whole, whole)


def _time_spent(syntax: Syntax, verb: int, cue: TokenRange, *, negative: bool) -> Wish | None:
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
    if after >= _end(syntax, verb):
        return None
    said = TokenRange(verb, time + 1)
    return _make(
        syntax, "Increase" if more and not negative else "Minimize", "time spent", TokenRange(after, _end(syntax, verb)), cue, said
    )


def _finite(syntax: Syntax, verb: int, cue: TokenRange, dimension: str | None, *, negative: bool = False) -> Wish | None:
    """A wish told with a clause: that something is so (or, `negative`, is not), or that the speaker can do something."""
    subject = next(iter(syntax.children(verb, *SUBJECTS)), None)
    if subject is None:
        return None
    first = syntax.subtree(subject)[0]
    aside: TokenRange | None = None
    left = [
        i
        for i in syntax.subtree(verb)
        if cue.last <= i < first and syntax.tokens[i].dep != "mark" and syntax.tokens[i].pos not in ("CCONJ", "PUNCT")
    ]
    while left and syntax.lower(left[0]) in ("that", "so"):
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
        return _act(syntax, start, verb, cue, negative=syntax.is_negated(verb), dimension=dimension, aside=aside)
    inner = next((c for c in syntax.children(verb, "xcomp") if _to(syntax, c) is not None), None)
    if own_words and not negative and syntax.is_negated(verb) and syntax.tokens[verb].lemma == "have" and inner is not None:
        said = TokenRange(subject, _verb_start(syntax, inner))
        return _make(syntax, "Minimize", "need to", TokenRange(_verb_start(syntax, inner), _end(syntax, inner)), cue, said, aside)
    if own_words and not negative:
        feeling = felt(syntax, verb, _end(syntax, verb), cue, negative=syntax.is_negated(verb), dimension=dimension)
        if feeling is not None and feeling is not NOWISH:
            return feeling
    direction = "Minimize" if negative else "Increase"
    return _make(syntax, direction, "likelihood that", TokenRange(first, _end(syntax, verb, conjuncts=True)), cue, cue, aside)


def _joined(syntax: Syntax, verb: int) -> bool:
    """Whether another clause with a subject of its own is joined to this one, as part of the same wish."""
    return any(syntax.has_subject(c) and syntax.tokens[c].dep == "conj" for c in syntax.children(verb))


def _made_sure(syntax: Syntax, dimension: str | None) -> Wish | None:
    for i, token in enumerate(syntax.tokens):
        lemma = token.lemma.lower()
        sure = next((c for c in syntax.children(i, "acomp", "ccomp", "oprd") if syntax.lower(c) in ("sure", "certain")), None)
        if lemma not in ("ensure", "guarantee") and not (lemma in ("make", "be") and sure is not None):
            continue
        for head in (i, sure):
            for c in syntax.children(head, "ccomp", "advcl") if head is not None else ():
                if c != sure and syntax.is_finite(c):
                    return _finite(syntax, c, TokenRange(i, (sure or i) + 1), dimension)
    return None


def _that_clause(syntax: Syntax, dimension: str | None) -> Wish | None:
    """A fragment that answers "what did you want": "that nobody knocks at my door"."""
    first = _opening(syntax)
    if first is None or syntax.lower(first) != "that" or first + 2 >= len(syntax.tokens):
        return None
    verb = syntax.tokens[first].head
    if syntax.tokens[first].dep != "mark":
        # the parser takes "That one gets thinner" for a sentence about "that one"
        verb = next(
            (i for i in range(first + 1, len(syntax.tokens)) if syntax.tokens[i].pos in ("VERB", "AUX") and syntax.has_subject(i)), first
        )
        if syntax.tokens[first + 1].pos not in ("PRON", "DET", "PROPN", "NUM") or not syntax.is_finite(verb):
            return None
        body = TokenRange(first + 1, _end(syntax, verb, conjuncts=True))
        return _make(syntax, "Increase", "likelihood that", body, TokenRange(first, first + 1), TokenRange(first, first + 1))
    return _finite(syntax, verb, TokenRange(first, first + 1), dimension) if syntax.is_finite(verb) else None


def _purpose(syntax: Syntax, dimension: str | None) -> Wish | None:
    """ "so (that) I can ...", "in order to ..."."""
    for i in range(len(syntax.tokens)):
        if syntax.lower(i) != "so" or syntax.tokens[i].dep not in ("mark", "advmod", "cc"):
            continue
        that = i + 1 < len(syntax.tokens) and syntax.lower(i + 1) == "that" and syntax.tokens[i + 1].dep == "mark"
        verb = syntax.tokens[i].head
        if not that and not any(
            syntax.lower(c) in ("can", "could", "wo", "do", "does", "will", "'ll", "would") for c in syntax.children(verb, "aux")
        ):
            continue
        subject = next(iter(syntax.children(verb, *SUBJECTS)), None)
        if verb > i and syntax.is_finite(verb) and subject is not None and subject > i:
            return _finite(syntax, verb, TokenRange(i, i + 1 + that), dimension)
    return None


def _infinitive(syntax: Syntax, dimension: str | None) -> Wish | None:
    """A fragment that answers "what did you want": "to stand my round"."""
    first = _opening(syntax)
    if (
        first is not None
        and syntax.lower(first) in ("in", "so")
        and first + 2 < len(syntax.tokens)
        and syntax.lower(first + 1) in ("order", "as")
    ):
        first += 2
    if first is None:
        return None
    negative = syntax.lower(first) in ("not", "never")
    to = first + 1 if negative and first + 1 < len(syntax.tokens) else first
    if syntax.tokens[to].tag != "TO":
        return None
    verb = syntax.tokens[to].head
    return (
        _act(syntax, _verb_start(syntax, verb), verb, TokenRange(first, to + 1), negative=negative, dimension=dimension)
        if verb > to
        else None
    )


def _avoided(syntax: Syntax, dimension: str | None) -> Wish | None:
    for i, token in enumerate(syntax.tokens):
        if token.lemma.lower() == "avoid" and token.pos == "VERB":
            return _stopped(syntax, i, TokenRange(i, i + 1))
    return None


def _time_taken(syntax: Syntax, dimension: str | None) -> Wish | None:
    """ "it took me three hours to close the month", "I spend an hour checking"."""
    for i, token in enumerate(syntax.tokens):
        if token.lemma.lower() == "take" and token.pos == "VERB":
            time = next((c for c in syntax.children(i, "dobj", "npadvmod", "nsubj") if syntax.tokens[c].lemma in _UNITS), None)
            verb = next((c for c in syntax.children(i, "xcomp", "advcl") if _to(syntax, c) is not None and c > i), None)
            if time is not None and verb is not None and time < verb:
                said = TokenRange(min(i, time), max(i, time) + 1)
                return _make(syntax, "Minimize", "time it takes to", TokenRange(_verb_start(syntax, verb), _end(syntax, verb)), said, said)
        if token.lemma.lower() == "spend" and token.pos == "VERB":
            spent = _time_spent(syntax, i, TokenRange(i, i + 1), negative=True)
            if spent is not None and any(syntax.tokens[c].tag == "VBG" for c in syntax.children(i, "xcomp", "advcl")):
                return spent
    return None


_UNITS: Final = frozenset(
    {"minute", "hour", "day", "week", "month", "evening", "night", "morning", "afternoon", "second", "time", "age", "while"}
)


def _burden(syntax: Syntax, dimension: str | None) -> Wish | None:
    """ "I had to type it in by hand": less need to."""
    for i, token in enumerate(syntax.tokens):
        inner = next((c for c in syntax.children(i, "xcomp") if _to(syntax, c) is not None and c > i), None)
        subject = next(iter(syntax.children(i, "nsubj")), None)
        if token.lemma.lower() != "have" or inner is None or subject is None or syntax.lower(subject) not in ("i", "we", "you"):
            continue
        if syntax.is_negated(i) or syntax.tokens[inner].lemma.lower() in ("say", "admit", "laugh", "be", "think", "confess"):
            continue
        start = _verb_start(syntax, inner)
        return _make(syntax, "Minimize", "need to", TokenRange(start, _end(syntax, inner)), TokenRange(i, start), TokenRange(i, start))
    return None


def _condition(syntax: Syntax, dimension: str | None) -> Wish | None:
    """A fragment that answers "how do you know it went well": "when I come home and there's nothing to chase"."""
    first = _opening(syntax)
    if first is None or syntax.lower(first) not in ("if", "when"):
        return None
    verb = syntax.tokens[first].head
    governor = syntax.tokens[verb].head
    alone = governor == verb or not syntax.has_subject(governor)
    if not alone or not syntax.is_finite(verb) or syntax.tokens[verb].tag == "VBD":
        return None
    subject = next(iter(syntax.children(verb, *SUBJECTS)), None)
    if subject is None:
        return None
    cue = TokenRange(first, first + 1)
    body = TokenRange(syntax.subtree(subject)[0], _end(syntax, verb, conjuncts=True))
    if any(syntax.tokens[i].pos != "PUNCT" for i in range(body.last, len(syntax.tokens))) or body.first != first + 1:
        return None
    return _make(syntax, "Increase", "likelihood that", body, cue, cue)


def _plain(syntax: Syntax, dimension: str | None) -> Wish | None:
    """A present-tense sentence that describes what it is like when it goes well: "nobody has to talk about it"."""
    root = next((i for i, t in enumerate(syntax.tokens) if t.head == i and t.pos in ("VERB", "AUX")), None)
    if root is None or not syntax.is_finite(root) or syntax.tokens[root].lemma.lower() in _MENTAL:
        return None
    subject = next(iter(syntax.children(root, *SUBJECTS)), None)
    aux = [syntax.lower(c) for c in syntax.children(root, "aux", "auxpass")]
    past = syntax.tokens[root].tag == "VBD" or any(
        a in ("had", "was", "were", "did", "would", "'d", "should", "might", "have", "'ve", "has", "may", "must") for a in aux
    )
    if subject is None or past:
        return None
    first = syntax.subtree(subject)[0]
    opening = _opening(syntax)
    pointing = syntax.lower(subject) in ("it", "that", "this", "what", "which", "who") and syntax.tokens[root].lemma == "be"
    if (
        opening is None
        or first != opening
        or pointing
        or syntax.lower(first) in ("that", "what", "who", "which", "all")
        or syntax.tokens[root].lemma == "have"
        and any(_to(syntax, c) is not None for c in syntax.children(root, "xcomp"))
    ):
        return None
    whole = TokenRange(first, _end(syntax, root, conjuncts=True))
    return _make(syntax, "Increase", "likelihood that", whole, whole, whole)


_MENTAL: Final = frozenset(
    {
        "think",
        "mean",
        "guess",
        "suppose",
        "say",
        "remember",
        "believe",
        "know",
        "want",
        "like",
        "love",
        "need",
        "wish",
        "hope",
        "be like",
        "look",
        "try",
        "use",
        "ask",
    }
)


def _opening(syntax: Syntax) -> int | None:
    """The first token that is no joint or filler."""
    for i, token in enumerate(syntax.tokens):
        if (
            token.pos in ("PUNCT", "INTJ", "CCONJ")
            or syntax.lower(i) in ("well", "yeah", "and", "but", "just", "so", "also", "maybe")
            and not (syntax.lower(i) == "so" and token.dep == "mark")
        ):
            continue
        return i
    return None


def _verb_start(syntax: Syntax, verb: int) -> int:
    """Where the verb phrase after "to" or a modal begins: its adverbs and auxiliaries count."""
    to = _to(syntax, verb)
    first = verb
    for child in syntax.children(verb, "aux", "auxpass", "advmod", "neg"):
        if (
            child < verb
            and (to is None or child > to)
            and syntax.tokens[child].tag not in ("TO", "MD")
            and syntax.tokens[child].dep != "neg"
        ):
            first = min(first, child)
    return first


def _end(syntax: Syntax, verb: int, *, conjuncts: bool = False) -> int:
    """One past the last token of the clause of `verb`; clauses joined to it that have a subject are left out unless `conjuncts`."""
    keep, todo = {verb}, [verb]
    while todo:
        at = todo.pop()
        for child in syntax.children(at):
            joined = at == verb and syntax.tokens[child].dep in ("conj", "parataxis") and syntax.has_subject(child)
            aside = syntax.tokens[child].dep == "parataxis" and not conjuncts
            if (joined and not conjuncts) or aside:
                continue
            keep.add(child)
            todo.append(child)
    last = verb
    while last + 1 in keep:
        last += 1
    while last > verb and syntax.tokens[last].pos == "PUNCT" and syntax.tokens[last].text not in ("%", ")"):
        last -= 1
    return last + 1


def _make(
    syntax: Syntax, direction: str, metric: str | None, body: TokenRange, cue: TokenRange, said: TokenRange, aside: TokenRange | None = None
) -> Wish | None:
    """Slots with the body cut into object and clarifier (or with `aside`, said in front, for the clarifier); None where that leaves no object,
    too long a one, or cuts a thought in two."""
    if body.first >= body.last or _broken(syntax, body.last):
        return None
    span = syntax.parsed.span(body.first, body.last)
    at = find_marker(syntax.parsed.text[span.start : span.end])
    cut = next((i for i in range(body.first, body.last) if at is not None and syntax.tokens[i].start >= span.start + at), body.last)
    if cut < body.last and (aside is not None or not _circumstance(syntax, body.first, cut)):
        return None
    tail = aside if aside is not None else TokenRange(cut, body.last)
    first, last = body.first, cut
    while first < last and syntax.tokens[last - 1].pos == "PUNCT" and syntax.tokens[last - 1].text not in ("%", ")"):
        last -= 1
    while tail.first < tail.last and syntax.tokens[tail.last - 1].pos == "PUNCT":
        tail = TokenRange(tail.first, tail.last - 1)
    size = syntax.words(tail.first, tail.last)
    if first >= last or not 1 <= syntax.words(first, last) <= _MAX_WORDS or size > _MAX_WORDS or (size < 2 and tail.first < tail.last):
        return None
    return Wish(
        Slot(direction, (cue,)),
        None if metric is None else Slot(metric, (said,)),
        Slot.of(syntax, TokenRange(first, last)).lowered(syntax),
        Slot.of(syntax, tail).lowered(syntax) if tail.first < tail.last else None,
    )


def _broken(syntax: Syntax, end: int) -> bool:
    """Whether the words after `end` go on with the same thought."""
    if end >= len(syntax.tokens):
        return False
    token = syntax.tokens[end]
    return not (
        token.pos in ("PUNCT", "CCONJ", "SCONJ", "INTJ") or token.dep in ("mark", "cc") or syntax.lower(end) in ("so", "then", "now")
    )


def _circumstance(syntax: Syntax, first: int, marker: int) -> bool:
    """Whether a marker opens a circumstance of the wish itself: not inside a relative clause, and with something after it."""
    if syntax.tokens[marker].pos not in ("ADP", "SCONJ", "ADV") or marker + 1 >= len(syntax.tokens):
        return False
    if syntax.tokens[marker].pos == "ADV" and syntax.tokens[marker].dep != "advmod" or syntax.tokens[marker + 1].pos == "PUNCT":
        return False
    at = marker
    while syntax.tokens[at].head != at and at >= first:
        if syntax.tokens[at].dep in ("relcl", "acl"):
            return False
        at = syntax.tokens[at].head
    return True
