"""Short phrases cut out of a statement: its clauses without fillers and joints, as exact slices."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from jtbd_nlp.schema import Quoted, Quoter, Statement
from jtbd_nlp.synthesise.standing import holds
from jtbd_nlp.synthesise.syntax import SUBJECTS, Syntax, verbs

#: words that open a clause without saying anything of it
LEADING: Final = frozenset(
    "and but or so because cause cos 'cause well like yeah yes no oh ah um uh er em mm okay ok right look see then also plus anyway actually basically "
    "honestly maybe just now that when which who where whereas though although since as".split()
)
#: those of them that say when, where or why where another clause follows
_SUBORDINATING: Final = frozenset("when where whereas though although since as because cause 'cause now".split())
#: introducers of two or more words, dropped in front
_PHRASES: Final[tuple[tuple[str, ...], ...]] = (
    ("you", "know"),
    ("i", "mean"),
    ("i", "think"),
    ("i", "suppose"),
    ("i", "guess"),
    ("the", "thing", "is"),
    ("to", "be", "honest"),
    ("sort", "of"),
    ("kind", "of"),
)
_TRAILING_PHRASES: Final[tuple[tuple[str, ...], ...]] = (
    ("you", "know"), ("put", "it", "that", "way"), ("to", "be", "honest"), ("i", "suppose"), ("i", "think"), ("i", "guess"), ("or", "something"),
    ("and", "all"), ("and", "so", "on"), ("i", "swear"), ("that", "'s", "the", "thing"), ("for", "example"), ("for", "instance"), ("of", "course"),
    ("right", "now"),
)  # fmt: skip
_TRAILING: Final = frozenset(
    "and but or so because like though really mind actually now then too anyway well the a an of to for with in on at my his her their our your that which who where when whether how as by from i he she it we they is was are were 's".split()
)
_CLOSING: Final = {")": "(", "”": "“", '"': '"'}
_PRUNED: Final = frozenset({"conj", "cc", "parataxis", "intj", "punct", "mark", "preconj", "meta"})
_CLAUSES: Final = frozenset({"advcl", "ccomp", "relcl", "acl"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """`statement.text[start:end]`, made of tokens `[first, last)` of its parse; `verb` is the token that governs it, None for a mere noun phrase.

    `syntax` is the parse of the whole statement, one for all its phrases.
    """

    statement: Statement
    start: int
    end: int
    first: int
    last: int
    verb: int | None
    syntax: Syntax = field(compare=False, repr=False)

    @property
    def text(self) -> str:
        """The words, on one line."""
        return " ".join(self.statement.text[self.start : self.end].split())

    def quoted(self, quoter: Quoter, text: str | None = None) -> Quoted:
        """As a Quoted: shown as `text` or as the words themselves, proved by the slice."""
        evidence = quoter.part(self.statement, self.start, self.end)
        if not self.statement.tags:  # a sentence that nobody coded: no statement of the analysis
            evidence = evidence.model_copy(update={"statement": None})
        return Quoted(text=self.text if text is None else text, evidence=(evidence,))


def sentence_case(text: str) -> str:
    """First letter upper-case, the rest as it was."""
    return text[:1].upper() + text[1:]


def phrase(statement: Statement, syntax: Syntax, first: int, last: int, verb: int | None = None) -> Phrase | None:
    """Tokens `[first, last)` trimmed of joints, fillers and punctuation, or None where nothing is left."""
    first, last = trim(syntax, first, last)
    if first >= last:
        return None
    closed = next((i for i in range(first, min(first + 4, last)) if syntax.tokens[i].text == "]"), None)
    if closed is not None and "[" not in syntax.text(first, closed):
        first, last = trim(syntax, closed + 1, last)  # the rest of "[laughs]"
        if first >= last:
            return None
    text = syntax.text(first, last)
    if last < len(syntax.tokens) and syntax.tokens[last].text in _CLOSING and _is_open(text, syntax.tokens[last].text):
        last, text = last + 1, syntax.text(first, last + 1)
    if any(_is_open(text, mark) for mark in _CLOSING):
        return None
    span = syntax.parsed.span(first, last)
    around = statement.text[max(0, span.start - 1) : span.start] + statement.text[span.end : span.end + 1]
    if any(mark.isalnum() or mark in "-‐‑" for mark in around):  # half of "lo-fi" is no phrase
        return None
    return Phrase(statement, span.start, span.end, first, last, verb, syntax)


def _is_stranded(syntax: Syntax, i: int) -> bool:
    """Whether a preposition ends a clause in its own right: "they would rather not be listened to"."""
    token = syntax.tokens[i]
    return token.dep == "prep" and token.pos == "ADP" and token.head < i and not syntax.children(i)


def _is_open(text: str, closing: str) -> bool:
    """Whether a bracket or quotation that `closing` closes is open, or closed without having been opened."""
    return text.count(closing) % 2 == 1 if closing == '"' else text.count(_CLOSING[closing]) != text.count(closing)


def trim(syntax: Syntax, first: int, last: int) -> tuple[int, int]:
    """The range without joints and fillers at its edges."""
    changed = True
    while changed and first < last:
        start = (first, last)
        while first < last and (_is_mark(syntax, first) or _opens_empty(syntax, first, last)):
            first += 1
        for words in _PHRASES:
            if _reads(syntax, first, words) and first + len(words) < last:
                first += len(words)
        while first < last and (
            _is_mark(syntax, last - 1)
            or (
                syntax.lower(last - 1) in _TRAILING
                and syntax.tokens[last - 1].pos != "VERB"
                and not syntax.has_subject(last - 1)
                and not _is_stranded(syntax, last - 1)
                and syntax.tokens[last - 1].dep not in ("prt", "attr", "dobj", "pobj", "acomp")
            )
        ):
            last -= 1
        for words in _TRAILING_PHRASES:
            if last - len(words) > first and _reads(syntax, last - len(words), words):
                last -= len(words)
        changed = (first, last) != start
    return first, last


def clauses(statement: Statement, syntax: Syntax, max_words: int) -> list[Phrase]:
    """The clauses of a statement of at most `max_words` words each, longer ones cut at their last joint that fits; in order of appearance."""
    found: dict[tuple[int, int], Phrase] = {}
    for verb in verbs(syntax):
        if not (syntax.is_finite(verb) or syntax.has_subject(verb)):
            continue
        first, last = clause_range(syntax, verb)
        fitted = _fit(syntax, verb, first, last, max_words)
        made = phrase(statement, syntax, *fitted, verb) if fitted else None
        if made is not None and syntax.words(made.first, made.last) >= 2:
            found.setdefault((made.first, made.last), made)
    return [found[key] for key in sorted(found)]


def sentences(statement: Statement, syntax: Syntax, max_words: int) -> list[Phrase]:
    """What can stand alone of a statement in at most `max_words` words: all of it, else its sentences, else its clauses; each trimmed."""
    whole = phrase(statement, syntax, 0, len(syntax.tokens), root(syntax, 0, len(syntax.tokens)))
    if whole is None:
        return []
    if syntax.words(whole.first, whole.last) <= max_words:
        return [whole]
    found = [phrase(statement, syntax, r.first, r.last, root(syntax, r.first, r.last)) for r in syntax.parsed.sentences]
    fitting = [p for p in found if p is not None and 4 <= syntax.words(p.first, p.last) <= max_words]
    cut = [*clauses(statement, syntax, max_words), *_beginnings(statement, syntax, max_words)]
    return [*fitting, *(p for p in cut if holds(syntax, p.first, p.last, p.verb))]


def _beginnings(statement: Statement, syntax: Syntax, max_words: int) -> list[Phrase]:
    """The statement up to, or from, a joint of two clauses, where that is short enough."""
    found = []
    joints = [
        i
        for i, t in enumerate(syntax.tokens)
        if t.text in (",", ";", ":", "—", "-") or (t.dep == "cc" and syntax.tokens[t.head].pos in ("VERB", "AUX"))
    ]
    for joint in joints:
        for first, last in ((0, joint), (joint, len(syntax.tokens))):
            made = phrase(statement, syntax, first, last, root(syntax, first, last))
            if made is not None and made.verb is not None and 5 <= syntax.words(made.first, made.last) <= max_words:
                found.append(made)
    return found


def root(syntax: Syntax, first: int, last: int) -> int | None:
    """The verb that governs a range: the first one whose own governor lies outside it, or that has none."""
    for i in range(first, last):
        token = syntax.tokens[i]
        if token.pos in ("VERB", "AUX") and token.dep not in ("aux", "auxpass") and (token.head == i or not first <= token.head < last):
            return i
    return next((i for i in range(first, last) if syntax.tokens[i].pos in ("VERB", "AUX") and syntax.has_subject(i)), None)


def clause_range(syntax: Syntax, verb: int) -> tuple[int, int]:
    """The unbroken run of tokens around `verb` that belongs to its clause: its subtree without joined clauses and asides."""
    keep = {verb}
    todo = [verb]
    while todo:
        head = todo.pop()
        for child in syntax.children(head):
            token = syntax.tokens[child]
            own_clause = head == verb and token.dep in _PRUNED and token.dep != "punct"
            before = head == verb and token.dep in _CLAUSES and child < verb and syntax.has_subject(child)
            if own_clause and token.dep == "conj" and not syntax.has_subject(child) and token.pos in ("VERB", "AUX"):
                own_clause = False  # "lost it and paid": one clause with two verbs
            if own_clause and token.dep == "cc":
                own_clause = not any(
                    c > child and syntax.tokens[c].dep == "conj" and not syntax.has_subject(c) for c in syntax.children(head)
                )
            if own_clause or before:
                continue
            keep.add(child)
            todo.append(child)
    return _unbroken(keep, verb)


def _unbroken(keep: set[int], at: int) -> tuple[int, int]:
    """The longest run of kept tokens around `at`, half open."""
    first = last = at
    while first - 1 in keep:
        first -= 1
    while last + 1 in keep:
        last += 1
    return first, last + 1


def noun_phrase(syntax: Syntax, head: int) -> tuple[int, int]:
    """The noun phrase of `head` with its prepositional phrases but without clauses and joined nouns."""
    keep, todo = {head}, [head]
    while todo:
        at = todo.pop()
        for child in syntax.children(at):
            dep = syntax.tokens[child].dep
            if dep in ("relcl", "acl", "advcl", "appos", "conj", "cc", "punct", "ccomp", "intj", "parataxis", "preconj", "predet") and not (
                dep == "punct" and syntax.lower(child) == "-"
            ):
                continue
            keep.add(child)
            todo.append(child)
    return _unbroken(keep, head)


def _fit(syntax: Syntax, verb: int, first: int, last: int, max_words: int) -> tuple[int, int] | None:
    """The longest beginning of the clause within `max_words` that ends before a joint of its verb phrase."""
    first, last = trim(syntax, first, last)
    if syntax.words(first, last) <= max_words:
        return first, last
    joints = sorted(
        (
            syntax.subtree(child)[0]
            for i in range(first, last)
            for child in syntax.children(i, "prep", "advcl", "relcl", "acl", "npadvmod", "cc", "ccomp", "punct")
            if child > verb
        ),
        reverse=True,
    )
    for joint in joints:
        if verb < joint < last and 4 <= syntax.words(first, joint) <= max_words and not _needs_more(syntax, verb, joint):
            return first, joint
    return None


def _needs_more(syntax: Syntax, verb: int, joint: int) -> bool:
    """Whether a cut at `joint` would take the verb's object, predicate or particle away."""
    return any(syntax.subtree(c)[0] >= joint for c in syntax.children(verb, "dobj", "attr", "acomp", "oprd", "prt", "xcomp", "ccomp"))


def _is_mark(syntax: Syntax, i: int) -> bool:
    text = syntax.tokens[i].text
    return not any(mark.isalnum() for mark in text) and text not in ("$", "£", "€", "%", "#")


def _opens_empty(syntax: Syntax, i: int, last: int) -> bool:
    token = syntax.tokens[i]
    if syntax.lower(i) not in LEADING or (syntax.tokens[i].tag in ("WRB", "WP") and i + 1 < last and syntax.tokens[i + 1].pos == "AUX"):
        return False  # "where do you put it" stays a question
    if _subordinates(syntax, i, last):
        return False
    # "that" and "no" and "which" may be the subject or a determiner, "like" and "right" and "look" verbs
    return token.dep not in (*SUBJECTS, "det", "ROOT", "amod", "attr", "dobj", "pobj", "poss") or (
        token.dep == "ROOT" and token.pos in ("INTJ", "CCONJ", "SCONJ") and i + 1 < last
    )


def _subordinates(syntax: Syntax, i: int, last: int) -> bool:
    """Whether a joint opens a circumstance of what follows: "when you see the money you don't spend it", "since the blue one I missed none"."""
    if syntax.lower(i) not in _SUBORDINATING:
        return False
    clause = syntax.tokens[i].head
    return syntax.tokens[i].dep == "prep" or (syntax.tokens[clause].dep == "advcl" and i < syntax.tokens[clause].head < last)


def _reads(syntax: Syntax, at: int, words: tuple[str, ...]) -> bool:
    return at >= 0 and at + len(words) <= len(syntax.tokens) and all(syntax.lower(at + k) == w for k, w in enumerate(words))
