"""Cutting a clause into the slots of the grammar: where it begins and ends, what is its circumstance, whether a cut breaks the thought."""

from __future__ import annotations

from typing import Final

from jtbd_nlp.schema.parsed import TokenRange
from jtbd_nlp.synthesise.grammar import find_marker
from jtbd_nlp.synthesise.syntax import Syntax
from jtbd_nlp.synthesise.wording import Slot, Wish

#: adverbs that ask for less time; they are the metric, not part of the object
FAST: Final = frozenset({"quickly", "faster", "fast", "quicker", "sooner", "promptly", "immediately", "instantly"})
_MAX_WORDS: Final = 18
_MIN_WORDS: Final = 2


def range_of(indices: list[int]) -> TokenRange:
    return TokenRange(indices[0], indices[-1] + 1)


def particle(syntax: Syntax, verb: int) -> int | None:
    """The "to" of an infinitive."""
    return next((c for c in syntax.children(verb, "aux") if syntax.tokens[c].tag == "TO"), None)


def opening(syntax: Syntax) -> int | None:
    """The first token that is no joint or filler."""
    for i, token in enumerate(syntax.tokens):
        if token.pos in ("PUNCT", "INTJ", "CCONJ") or (
            syntax.lower(i) in ("well", "yeah", "and", "but", "just", "so", "also", "maybe")
            and not (syntax.lower(i) == "so" and token.dep == "mark")
        ):
            continue
        return i
    return None


def verb_start(syntax: Syntax, verb: int) -> int:
    """Where the verb phrase after "to" or a modal begins: its adverbs and auxiliaries count."""
    to = particle(syntax, verb)
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


def end_of(syntax: Syntax, verb: int, *, conjuncts: bool = False) -> int:
    """One past the last token of the clause of `verb`; clauses joined to it that have a subject are left out unless `conjuncts`."""
    keep, todo = {verb}, [verb]
    while todo:
        at = todo.pop()
        for child in syntax.children(at):
            joined = at == verb and syntax.tokens[child].dep in ("conj", "parataxis") and syntax.has_subject(child)
            aside = (syntax.tokens[child].dep == "parataxis" and not conjuncts) or _comments(syntax, child)
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


def _comments(syntax: Syntax, verb: int) -> bool:
    """Whether a clause looks back on what was said: ", that was number one"."""
    first = syntax.subtree(verb)[0]
    return (
        syntax.tokens[verb].lemma == "be"
        and syntax.lower(first) in ("that", "this", "it")
        and first > 0
        and syntax.tokens[first - 1].text == ","
    )


def make(
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
    if first < last and (
        syntax.tokens[last - 1].pos in ("CCONJ", "SCONJ", "DET") or syntax.lower(last - 1) in ("what", "which", "who", "whether")
    ):
        return None
    if metric is not None and metric.endswith(" to") and syntax.words(first, last) < _MIN_WORDS:
        return None
    if any(_hanging(syntax, i, body.last) for i in range(first, last)):
        return None
    size = syntax.words(tail.first, tail.last)
    if first >= last or not 1 <= syntax.words(first, last) <= _MAX_WORDS or size > _MAX_WORDS or (size < 2 and tail.first < tail.last):
        return None
    return Wish(
        Slot(direction, (cue,)),
        None if metric is None else Slot(metric, (said,)),
        Slot.of(syntax, TokenRange(first, last)).lowered(syntax),
        Slot.of(syntax, tail).lowered(syntax) if tail.first < tail.last else None,
    )


def _hanging(syntax: Syntax, i: int, end: int) -> bool:
    """Whether a verb of thinking or saying has lost what is thought or said to the cut."""
    if syntax.tokens[i].lemma.lower() not in ("think", "say", "wonder") or syntax.tokens[i].pos != "VERB":
        return False
    return any(c >= end and syntax.tokens[c].pos != "PUNCT" for c in syntax.children(i)) or not any(
        i < c < end and syntax.tokens[c].pos not in ("INTJ", "PUNCT") for c in syntax.children(i)
    )


def _broken(syntax: Syntax, end: int) -> bool:
    """Whether the words after `end` go on with the same thought."""
    if end >= len(syntax.tokens):
        return False
    token = syntax.tokens[end]
    if token.tag in ("WRB", "WP", "WDT") and token.dep != "mark" and syntax.lower(end) not in ("when", "where"):
        return True
    return not (
        token.pos in ("PUNCT", "CCONJ", "SCONJ", "INTJ") or token.dep in ("mark", "cc") or syntax.lower(end) in ("so", "then", "now", *FAST)
    )


def _circumstance(syntax: Syntax, first: int, marker: int) -> bool:
    """Whether a marker opens a circumstance of the wish itself: not inside a relative clause, and with something after it."""
    if syntax.tokens[marker].pos not in ("ADP", "SCONJ", "ADV") or marker + 1 >= len(syntax.tokens):
        return False
    if (syntax.tokens[marker].pos == "ADV" and syntax.tokens[marker].dep != "advmod") or syntax.tokens[marker + 1].pos == "PUNCT":
        return False
    at = marker
    while syntax.tokens[at].head != at and at >= first:
        if syntax.tokens[at].dep in ("relcl", "acl"):
            return False
        at = syntax.tokens[at].head
    return True
