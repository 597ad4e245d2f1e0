"""Passages of a statement that a heading may show: all of it where there is room, else whole sentences of it, else a cut that loses little."""

from __future__ import annotations

from typing import Final

from jtbd_nlp.schema import Statement
from jtbd_nlp.synthesise.phrases import Phrase, phrase, root, sentences, trim
from jtbd_nlp.synthesise.syntax import SUBJECTS, Syntax
from jtbd_nlp.synthesise.words import content

#: words of a passage that leaves room for others beside it
_BRIEF: Final = 10
_POINTING: Final = frozenset("it that this he she they them him her there those these one such so here same".split())
_TELLING: Final = frozenset({"NOUN", "VERB", "ADJ", "PROPN", "NUM"})
#: words after which a sentence takes back or answers what came before
_TURNING: Final = frozenset(
    {"but", "until", "except", "unless", "if", "though", "although", "what", "or", "without", "not", "and", "because"}
)
_TELLING_VERBS: Final = frozenset({"think", "say", "know", "ask", "tell", "mean", "see", "hear", "feel"})
_REPORTING: Final = frozenset({"say", "tell", "ask", "go", "think", "reckon", "mean", "answer"})
_SPEAKING: Final = frozenset({"say", "ask", "tell"})
_STOPS: Final = frozenset(".?!")
_DENYING: Final = frozenset("no nobody nothing never none neither nor n't not no-one".split())
#: words that join without saying anything, so that what follows them is lost without harm only where it is glue too
_JOINING: Final = frozenset({"and", "but", "or", "so", "then", "yet", "plus"})
#: content words that a passage needs to tell something
_ENOUGH: Final = 4


def passages(statement: Statement, syntax: Syntax, max_words: int, longest: int) -> list[Phrase]:
    """What a heading may show of a statement in at most `max_words` words and `longest` characters, no stretch twice: all of it, without joints
    and fillers at its ends, and all but an afterthought; where it is too long, runs of whole sentences and clauses."""
    size = len(syntax.tokens)
    whole = phrase(statement, syntax, 0, size, root(syntax, 0, size))
    if whole is None:
        return []
    fits = len(whole.text) <= longest and syntax.words(whole.first, whole.last) <= max_words
    found = [whole] if fits else _runs(statement, syntax)
    found += [p for one in [whole, *found] if (p := _without_afterthought(one)) is not None]
    if not fits:
        found += [p for words in sorted({max_words, min(max_words, _BRIEF)}) for p in sentences(statement, syntax, words)]
    fitting = [p for p in found if len(p.text) <= longest and syntax.words(p.first, p.last) <= max_words]
    return list({(p.start, p.end): p for p in fitting}.values())


def _runs(statement: Statement, syntax: Syntax) -> list[Phrase]:
    """One sentence or several in a row."""
    ranges = syntax.parsed.sentences
    made = (
        phrase(statement, syntax, ranges[i].first, ranges[j].last, root(syntax, ranges[i].first, ranges[j].last))
        for i in range(len(ranges))
        for j in range(i, len(ranges))
        if (i, j) != (0, len(ranges) - 1)
    )
    return [p for p in made if p is not None]


def _without_afterthought(whole: Phrase) -> Phrase | None:
    """A passage without the words behind its last comma, where these only describe what came before: ", four, strong ones"."""
    syntax = whole.syntax
    commas = [i for i in range(whole.first + 1, whole.last) if syntax.tokens[i].text == ","]
    for comma in commas:
        rest = range(comma + 1, whole.last)
        saying = any(syntax.tokens[i].pos in ("VERB", "AUX", "CCONJ") or syntax.lower(i) in _DENYING | _TURNING for i in rest)
        apart = all(syntax.tokens[i].dep != "conj" or syntax.tokens[i].head in rest for i in rest)
        if not saying and apart and _has_clause(syntax, whole.first, comma):
            return phrase(whole.statement, syntax, whole.first, comma, whole.verb)
    return None


def _has_clause(syntax: Syntax, first: int, last: int) -> bool:
    return any(
        syntax.tokens[i].pos in ("VERB", "AUX") and any(c in range(first, last) for c in syntax.children(i, *SUBJECTS))
        for i in range(first, last)
    )


def named(phrase_: Phrase) -> int:
    """How many content words a passage has."""
    return sum(1 for i in range(phrase_.first, phrase_.last) if content(phrase_.syntax.tokens[i]) is not None)


def lost(part: Phrase) -> float:
    """What a passage loses of its statement: 0 where nothing, about 0.5 for a detail, 1 and more where the point may be in what is left out."""
    syntax, span = part.syntax, range(part.first, part.last)
    telling = [i for i, t in enumerate(syntax.tokens) if t.pos in _TELLING or t.dep == "neg"]
    first, last = trim(syntax, 0, len(syntax.tokens))
    if part.first <= first and part.last >= last:
        return 0.0
    share = sum(1 for i in telling if i in span) / max(1, len(telling))
    value = 0.2 + 0.8 * (1 - share) + 0.2 * (part.first > first)
    sentence = next((r for r in syntax.parsed.sentences if r.first <= part.last - 1 < r.last), None)
    rest = range(part.last, sentence.last if sentence is not None else len(syntax.tokens))
    after = next((i for i in rest if syntax.tokens[i].pos != "PUNCT"), None)
    if _joins_on(syntax, span, rest) or _goes_before(syntax, span):
        value += 1.0
    if after is not None and syntax.lower(after) in _TURNING:
        value += 0.4
    if after is not None and after == part.last:
        value += 0.4  # cut where nobody would stop
    if after is not None and syntax.tokens[span[-1]].lemma.lower() in _TELLING_VERBS:
        value += 0.6  # what is thought or said is the point
    outside = [i for i in range(len(syntax.tokens)) if i not in span]
    if any(syntax.lower(i) in _DENYING for i in outside) and not any(syntax.lower(i) in _DENYING for i in span):
        value += 0.3  # what is not so is the point
    if any(syntax.tokens[i].text in _STOPS for i in span) and not _ends_sentences(syntax, span):
        value += 0.5  # the end of one sentence and the beginning of another
    if part.verb is not None and not syntax.is_finite(part.verb) and any(c in span for c in syntax.children(part.verb, *SUBJECTS)):
        value += 1.0  # "me to set up an account" without who wanted it
    return value


def _joins_on(syntax: Syntax, span: range, rest: range) -> bool:
    """Whether a second half that says something follows: "and I'm running the money off a ruler", "and no be feart of it"."""
    says = sum(1 for i in rest if syntax.tokens[i].pos in _TELLING or syntax.lower(i) in _DENYING)
    after = next((i for i in rest if syntax.tokens[i].pos != "PUNCT"), None)
    if after is None or not says:
        return False
    joined = syntax.lower(after) in _JOINING or syntax.tokens[after].pos == "CCONJ"
    return joined or any(c in rest and syntax.tokens[c].dep == "conj" for i in span for c in syntax.children(i))


def _goes_before(syntax: Syntax, span: range) -> bool:
    """Whether the passage is itself the second half of a sentence whose first one is left out."""
    before = span.start - 1
    while before >= 0 and syntax.tokens[before].pos == "PUNCT" and syntax.tokens[before].text not in _STOPS:
        before -= 1
    begins = any(r.first <= span.start <= r.first + 1 for r in syntax.parsed.sentences)
    return not begins and before > 0 and (syntax.lower(before) in _JOINING or syntax.tokens[before].pos == "CCONJ")


def _ends_sentences(syntax: Syntax, span: range) -> bool:
    return any(r.last - 2 <= span[-1] < r.last for r in syntax.parsed.sentences)


def unclear(part: Phrase) -> float:
    """How little a passage says to somebody who reads it alone, 0 and up: without a subject of its own, told without a teller, pointing at what
    was named elsewhere, broken off."""
    syntax, span = part.syntax, range(part.first, part.last)
    value = 0.3 * max(0, _ENOUGH - named(part))
    value += 0.15 * sum(1 for i in span if syntax.lower(i) in _POINTING and syntax.tokens[i].pos in ("PRON", "DET"))
    opening = syntax.tokens[part.first]
    wishing = opening.tag in ("VB", "TO") or (syntax.lower(part.first) in ("not", "never") and part.first + 1 < part.last)
    subject = next((c for c in syntax.children(part.verb, *SUBJECTS) if c in span), None) if part.verb is not None else None
    if not _has_clause(syntax, part.first, part.last):
        value += 0.0 if wishing else 1.0
    elif subject is not None and syntax.lower(subject) in _POINTING and syntax.tokens[subject].dep != "expl":
        value += 0.5
    if opening.pos == "VERB" and opening.tag in ("VBZ", "VBD", "VBN", "VBG") and opening.lemma.lower() in _REPORTING:
        value += 1.5
    elif opening.tag in ("VBZ", "VBD") and opening.pos in ("VERB", "AUX"):
        value += 0.8  # "Had the sheet on the fridge": who had?
    if opening.pos == "PROPN" and part.first + 1 < part.last and syntax.tokens[part.first + 1].text == ",":
        value += 0.8  # "Ray, I need somebody I can call": words of one to another
    elif subject is not None and syntax.tokens[subject].pos == "PROPN":
        value += 0.25  # who is it?
    if _breaks_off(part):
        value += 0.8
    elif any(syntax.tokens[i].lemma.lower() in _SPEAKING and syntax.has_subject(i) for i in span):
        value += 0.3  # what somebody said needs to be known with who and why
    if any(syntax.tokens[i].text in '?"“”' for i in span) or syntax.parsed.text[part.end : part.end + 1] == "?":
        value += 0.4
    if syntax.lower(part.first) in ("how", "what", "why", "which", "who", "whose", "where", "whether", "than"):
        value += 0.6
    return value


def _breaks_off(part: Phrase) -> bool:
    """Whether the words announce a saying and stop: "he says, Doc"."""
    syntax = part.syntax
    closing = range(max(part.first, part.last - 4), part.last)
    speaking = [
        i for i in closing if syntax.tokens[i].lemma.lower() in ("say", "go", "ask", "tell", "think") and syntax.tokens[i].pos == "VERB"
    ]
    return any(
        syntax.has_subject(at)
        and syntax.tokens[at].tag in ("VBZ", "VBD")
        and not any(syntax.tokens[i].pos in ("VERB", "AUX") for i in range(at + 1, part.last))
        and not syntax.children(at, "dobj")
        for at in speaking
    )
