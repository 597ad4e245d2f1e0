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
    if aside is not None and any(syntax.tokens[i].text == "," for i in range(body.first, body.last)):
        return None  # said in front of two clauses, it would read as part of the second
    tail = aside if aside is not None else TokenRange(cut, body.last)
    if tail.first == tail.last:
        tail = _added(syntax, body.last)
    first, last = body.first, _trimmed(syntax, body.first, cut)
    tail = TokenRange(tail.first, _trimmed(syntax, tail.first, tail.last))
    if first < last and (
        syntax.tokens[last - 1].pos in ("CCONJ", "SCONJ", "DET") or syntax.lower(last - 1) in ("what", "which", "who", "whether")
    ):
        return None
    if metric is not None and metric.endswith(" to") and syntax.words(first, last) < _MIN_WORDS:
        return None
    if any(_hanging(syntax, i, body.last) for i in range(first, last)):
        return None
    size = syntax.words(tail.first, tail.last)
    if any(_unbalanced(syntax.text(a, b)) for a, b in ((first, last), (tail.first, tail.last)) if a < b):
        return None
    if first >= last or not 1 <= syntax.words(first, last) <= _MAX_WORDS or size > _MAX_WORDS or (size < 2 and tail.first < tail.last):
        return None
    return Wish(
        Slot(direction, (cue,)),
        None if metric is None else Slot(metric, (said,)),
        Slot.of(syntax, TokenRange(first, last)).lowered(syntax),
        Slot.of(syntax, tail).lowered(syntax) if tail.first < tail.last else None,
    )


def _trimmed(syntax: Syntax, first: int, last: int) -> int:
    """`last` without the punctuation in front of it, and with the mark that closes a bracket or a quotation opened inside."""
    while first < last and syntax.tokens[last - 1].pos == "PUNCT" and syntax.tokens[last - 1].text not in ("%", ")"):
        last -= 1
    text = syntax.text(first, last) if first < last else ""
    closing = {")": text.count("(") > text.count(")"), '"': text.count('"') % 2 == 1, "”": text.count("“") > text.count("”")}
    following = syntax.tokens[last].text if last < len(syntax.tokens) else ""
    return last + 1 if closing.get(following) else last


def _unbalanced(text: str) -> bool:
    """Whether a bracket or a quotation opens without closing, or the other way round."""
    return text.count("(") != text.count(")") or text.count("“") != text.count("”") or text.count('"') % 2 == 1


def _added(syntax: Syntax, end: int) -> TokenRange:
    """A circumstance that follows a wish, after a comma or not: ", without requiring help"; empty where there is none."""
    none = TokenRange(end, end)
    at = end + (end < len(syntax.tokens) and syntax.tokens[end].text == ",")
    if at + 1 >= len(syntax.tokens) or find_marker(syntax.text(at, len(syntax.tokens))) != 0:
        return none
    head = at if syntax.tokens[at].dep == "prep" else syntax.tokens[at].head
    below = syntax.subtree(head)
    return TokenRange(at, below[-1] + 1) if below[0] == at and syntax.tokens[head].dep in ("prep", "advcl") else none


def _hanging(syntax: Syntax, i: int, end: int) -> bool:
    """Whether a verb has lost to the cut what it needs: what is thought, said or found, its object, its predicate."""
    if syntax.tokens[i].pos in ("VERB", "AUX") and any(c >= end for c in syntax.children(i, "ccomp", "xcomp", "dobj", "attr", "acomp")):
        return True
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
