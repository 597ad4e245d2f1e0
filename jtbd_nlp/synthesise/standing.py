"""Whether words cut out of a statement still say what they said in their place: no condition, denial or second half is lost by the cut."""

from __future__ import annotations

from typing import Final

from jtbd_nlp.synthesise.syntax import Syntax

#: joints that make a clause a supposition; without them it would read as a fact
_SUPPOSING: Final = frozenset({"if", "unless", "whether", "lest", "though", "although", "until", "till", "than"})
#: verbs whose clause is not said to be so
_UNREAL: Final = frozenset({"doubt", "deny", "pretend", "imagine", "wish", "suppose", "forget"})
_CLAUSAL: Final = frozenset({"ccomp", "xcomp", "pcomp", "csubj", "advcl", "conj", "acl", "relcl"})


def holds(syntax: Syntax, first: int, last: int, verb: int | None) -> bool:
    """Whether tokens `[first, last)`, governed by `verb`, can be read alone without saying something else than in their place."""
    span = range(first, last)
    return (
        _is_one(syntax, span) and (verb is None or _is_meant(syntax, span, verb)) and not _halves(syntax, span) and not _stops(syntax, span)
    )


def _is_one(syntax: Syntax, span: range) -> bool:
    """Whether the words hang together: one of them governs all others."""
    tops = [
        i
        for i in span
        if (syntax.tokens[i].head == i or syntax.tokens[i].head not in span)
        and syntax.tokens[i].pos not in ("PUNCT", "CCONJ", "INTJ", "SCONJ")
        and syntax.tokens[i].dep not in ("mark", "cc", "advmod", "npadvmod", "parataxis")
    ]
    return len(tops) <= 1 or all(syntax.tokens[i].head == i for i in tops)


def _is_meant(syntax: Syntax, span: range, verb: int) -> bool:
    """Whether the clause stands in no supposition or denial that the cut leaves out, on the way up to the sentence."""
    for i in span:
        below = syntax.children(i)
        if any(c not in span and (syntax.tokens[c].dep == "neg" or _supposes(syntax, c)) for c in below):
            return False
        if any(c not in span and syntax.tokens[c].dep == "advcl" and any(_supposes(syntax, m) for m in syntax.children(c)) for c in below):
            return False
    if (
        syntax.tokens[verb].dep == "advcl"
        and syntax.tokens[verb].head not in span
        and any(_supposes(syntax, c) for c in syntax.children(verb))
    ):
        return False  # a condition without what follows from it
    at = verb
    while syntax.tokens[at].head != at and syntax.tokens[at].dep in _CLAUSAL:
        dep, at = syntax.tokens[at].dep, syntax.tokens[at].head
        if at in span:
            continue
        stated = dep in ("ccomp", "xcomp", "pcomp", "csubj")
        if stated and (syntax.is_negated(at) or syntax.tokens[at].lemma.lower() in _UNREAL):
            return False
        if any(_supposes(syntax, c) and c not in span for c in syntax.children(at)):
            return False
    return True


def _supposes(syntax: Syntax, i: int) -> bool:
    return syntax.lower(i) in _SUPPOSING and syntax.tokens[i].dep in ("mark", "advmod", "prep")


def _stops(syntax: Syntax, span: range) -> bool:
    """Whether the cut takes away what the last word needs: "I thought", "what can"."""
    end = span[-1]
    if syntax.tokens[end].dep in ("aux", "auxpass", "det", "poss", "mark", "cc", "nummod") or syntax.tokens[end].dep == "amod":
        return syntax.tokens[end].head > end
    needs = ("ccomp", "xcomp", "dobj", "attr", "acomp", "prep", "pcomp", "pobj", "prt", "parataxis")
    return syntax.tokens[end].pos in ("VERB", "AUX", "ADJ", "ADP") and any(c > end for c in syntax.children(end, *needs))


def _halves(syntax: Syntax, span: range) -> bool:
    """Whether something is denied of two things joined and the cut keeps one: "I don't want it to come late and find it broken"."""
    if not any(syntax.tokens[i].dep == "neg" or syntax.lower(i) in ("never", "nobody", "nothing", "no") for i in span):
        return False
    return any(c not in span and not syntax.has_subject(c) for i in span for c in syntax.children(i, "conj"))
