"""Wishes about feelings ("feel safe", "not be afraid") and about how one is seen ("look like a proper firm")."""

from __future__ import annotations

from typing import Final

from jtbd_nlp.schema.parsed import TokenRange
from jtbd_nlp.synthesise.grammar import find_marker
from jtbd_nlp.synthesise.syntax import Syntax
from jtbd_nlp.synthesise.wording import NOWISH, Slot, Wish

_FEELINGS: Final = frozenset(
    "safe secure calm happy sad afraid scared frightened worried anxious nervous ashamed embarrassed proud guilty relaxed confident sure certain comfortable alone lonely angry "
    "upset stressed tired overwhelmed free sorry content peaceful bored helpless stupid foolish silly small useless cross jealous hopeful relieved okay ok fine normal".split()
)
#: words with which somebody speaks of feeling
FEELING: Final = frozenset(
    "feel feeling fear afraid scared frightened feart worry worried anxious anxiety nervous nerve dread panic ashamed shame embarrassed guilty guilt proud pride calm relaxed "
    "stomach gut heart cry tear shake sick sweat lonely happy sad angry stress stressed upset safe confident comfortable relief relieved peace mood".split()
)
_SEEN: Final = frozenset({"see", "perceive", "view", "regard", "know", "remember", "treat", "think"})
_SHORT: Final = 12


def felt(syntax: Syntax, verb: int, end: int, cue: TokenRange, *, negative: bool, dimension: str | None) -> Wish | None:
    """The wish of a verb phrase about a feeling or a perception; None where it is about neither, NOWISH where it is but cannot be cut out."""
    lemma = syntax.tokens[verb].lemma.lower()
    if lemma == "feel" and verb + 1 < end and syntax.tokens[verb + 1].pos in ("ADJ", "ADV", "ADP", "SCONJ", "VERB", "DET"):
        return _slots(syntax, "Avoid feeling" if negative else "Feel", TokenRange(verb + 1, end), cue, TokenRange(verb, verb + 1))
    adjective = next((c for c in syntax.children(verb, "acomp") if syntax.lower(c) in _FEELINGS), None)
    if lemma in ("be", "stay", "keep", "get") and adjective is not None and dimension != "social":
        first = syntax.subtree(adjective)[0]
        return _slots(
            syntax, "Avoid feeling" if negative else "Feel", TokenRange(max(first, verb + 1), end), cue, TokenRange(verb, verb + 1)
        )
    if dimension == "functional":
        return None
    direction = "Avoid being perceived as" if negative else "Be perceived as"
    if lemma in ("look", "sound", "seem", "appear") and verb + 1 < end:
        like = syntax.lower(verb + 1) == "like"
        if like or any(c > verb for c in syntax.children(verb, "acomp", "oprd")):
            return _slots(syntax, direction, TokenRange(verb + 1 + like, end), cue, TokenRange(verb, verb + 1 + like))
        return None
    passive = bool(syntax.children(verb, "auxpass"))
    if (lemma in _SEEN and passive) or (lemma == "take" and passive):
        as_ = next((i for i in range(verb + 1, min(end, verb + 4)) if syntax.lower(i) in ("as", "like", "for")), None)
        if as_ is not None and as_ + 1 < end:
            return _slots(syntax, direction, TokenRange(as_ + 1, end), cue, TokenRange(verb, as_ + 1))
        seriously = next((i for i in range(verb + 1, end) if syntax.lower(i) == "seriously"), None)
        return NOWISH if seriously is None else None
    return None


def _slots(syntax: Syntax, direction: str, body: TokenRange, cue: TokenRange, said: TokenRange) -> Wish:
    if body.first >= body.last:
        return NOWISH
    text = syntax.text(body.first, body.last)
    at = find_marker(text)
    if at == 0:
        return NOWISH
    start = syntax.tokens[body.first].start
    cut = next((i for i in range(body.first, body.last) if at is not None and syntax.tokens[i].start >= start + at), body.last)
    last = cut
    while last > body.first and syntax.tokens[last - 1].pos == "PUNCT":
        last -= 1
    if last <= body.first or syntax.words(body.first, last) > _SHORT:
        return NOWISH
    clarifier = Slot.of(syntax, TokenRange(cut, body.last)) if cut + 1 < body.last else None
    if clarifier is None and cut < body.last:
        return NOWISH
    return Wish(Slot(direction, (cue, said)), None, Slot.of(syntax, TokenRange(body.first, last)), clarifier)
