"""Wishes told without a verb of wanting, as answers are: "that nobody calls", "to stand my round", "when I come home and it is done"."""

from __future__ import annotations

from typing import Final

from jtbd_nlp.schema.parsed import TokenRange
from jtbd_nlp.synthesise.acts import act, told_by_clause
from jtbd_nlp.synthesise.cutting import end_of, make, opening, particle, verb_start
from jtbd_nlp.synthesise.syntax import SUBJECTS, Syntax
from jtbd_nlp.synthesise.wording import Wish


def that_clause(syntax: Syntax, dimension: str | None) -> Wish | None:
    """A fragment that answers "what did you want": "that nobody knocks at my door"."""
    first = opening(syntax)
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
        body = TokenRange(first + 1, end_of(syntax, verb, conjuncts=True))
        return make(syntax, "Increase", "likelihood that", body, TokenRange(first, first + 1), TokenRange(first, first + 1))
    subject = next(iter(syntax.children(verb, *SUBJECTS)), None)
    pronoun = subject is not None and syntax.lower(subject).endswith(("body", "one", "thing"))
    if subject is not None and not pronoun and syntax.tokens[subject].tag == "NN" and not syntax.children(subject, "det", "poss", "nummod"):
        return None  # "that little number": "that" points, it joins nothing
    return told_by_clause(syntax, verb, TokenRange(first, first + 1), dimension) if syntax.is_finite(verb) else None


def infinitive(syntax: Syntax, dimension: str | None) -> Wish | None:
    """A fragment that answers "what did you want": "to stand my round"."""
    first = opening(syntax)
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
    if syntax.tokens[to].tag == "VB" and syntax.tokens[to].dep in ("ROOT", "aux", "auxpass"):
        # a bare verb answers too: "get down the stairs without the rail"
        verb = syntax.tokens[to].head
        alone = syntax.tokens[verb].head == verb and not syntax.has_subject(verb) and syntax.tokens[verb].lemma.lower() not in _MENTAL
        return act(syntax, to, verb, TokenRange(first, to + 1), negative=negative, dimension=dimension) if alone else None
    if syntax.tokens[to].tag != "TO":
        return None
    verb = syntax.tokens[to].head
    return (
        act(syntax, verb_start(syntax, verb), verb, TokenRange(first, to + 1), negative=negative, dimension=dimension)
        if verb > to
        else None
    )


def condition(syntax: Syntax, dimension: str | None) -> Wish | None:
    """A fragment that answers "how do you know it went well": "when I come home and there's nothing to chase"."""
    del dimension  # clauses are told alike in all dimensions
    first = opening(syntax)
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
    body = TokenRange(syntax.subtree(subject)[0], end_of(syntax, verb, conjuncts=True))
    again = any(syntax.lower(i) in ("if", "when") and syntax.tokens[i].dep in ("mark", "advmod") for i in range(body.first, body.last))
    if again or any(syntax.tokens[i].pos != "PUNCT" for i in range(body.last, len(syntax.tokens))) or body.first != first + 1:
        return None
    return make(syntax, "Increase", "likelihood that", body, cue, cue)


def plain(syntax: Syntax, dimension: str | None) -> Wish | None:
    """A present-tense sentence that describes what it is like when it goes well: "nobody has to talk about it"."""
    del dimension  # clauses are told alike in all dimensions
    root = next((i for i, t in enumerate(syntax.tokens) if t.head == i and t.pos in ("VERB", "AUX")), None)
    if root is None or not syntax.is_finite(root) or syntax.tokens[root].lemma.lower() in _MENTAL:
        return None
    subject = next(iter(syntax.children(root, *SUBJECTS)), None)
    aux = [syntax.lower(c) for c in syntax.children(root, "aux", "auxpass")]
    past = syntax.tokens[root].tag == "VBD" or any(
        a in ("had", "was", "were", "did", "would", "'d", "should", "might", "have", "'ve", "has", "may", "must") for a in aux
    )
    if subject is None or past or syntax.lower(subject) in ("i", "we"):
        return None  # what "I" do is a fact, not a wish, where nothing marks it as one
    if any(t.lemma.lower() == "want" for t in syntax.tokens):
        return None  # told as a wish of somebody: no rule for wishes could read it
    if any(
        syntax.tokens[c].lemma.lower() in ("goal", "aim", "priority", "point", "key", "thing", "important")
        for c in syntax.children(root, "attr", "acomp")
    ):
        return None
    first = syntax.subtree(subject)[0]
    begin = opening(syntax)
    pointing = syntax.lower(subject) in ("it", "that", "this", "what", "which", "who") and syntax.tokens[root].lemma == "be"
    if (
        begin is None
        or first != begin
        or pointing
        or syntax.lower(first) in ("that", "what", "who", "which", "all")
        or (syntax.tokens[root].lemma == "have" and any(particle(syntax, c) is not None for c in syntax.children(root, "xcomp")))
    ):
        return None
    whole = TokenRange(first, end_of(syntax, root, conjuncts=True))
    return make(syntax, "Increase", "likelihood that", whole, whole, whole)


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
