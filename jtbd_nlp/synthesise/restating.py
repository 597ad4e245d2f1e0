"""Steps that are tied to a product: which words name it, and what remains of the step without them where the words allow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from jtbd_nlp.schema import Quoted, Quoter, Story
from jtbd_nlp.schema.parsed import TokenRange
from jtbd_nlp.synthesise.naming import is_human, is_name
from jtbd_nlp.synthesise.phrases import Phrase, trim
from jtbd_nlp.synthesise.syntax import Parse, Syntax

#: programs and what they run on: a step that names one may be taken otherwise, whether or not the story turns on it
TOOLS: Final = frozenset(
    "app application software program platform spreadsheet website portal database dashboard chatbot tablet ipad laptop computer smartphone tool workbook "
    "excel whatsapp google outlook powerpoint quickbooks gmail dropbox trello slack sharepoint onedrive airtable".split()
)
#: how something is done with a product
_BY: Final = frozenset("in on with through via inside within by".split())
#: verbs that say too little, or something else, without the place or the means that follows
_NEEDING: Final = frozenset(
    "put place set stick lay leave keep throw chuck pop drop shove load hang pin prop store fire be go come live sit stand have hold fill compare replace combine match share connect link sync help provide "
    "spend waste base pass open paste copy feed import upload move start begin try test run sleep do get use work deal agree stay carry charge end".split()
)
#: verbs that reach for a product, before what is done with it
_REACHING: Final = frozenset("open launch start load log go pull use".split())
#: what tells more of a deed than that it reaches for a product
_TELLING: Final = ("dobj", "prep", "npadvmod", "advcl", "ccomp", "xcomp", "conj", "dative", "attr")
#: what is done to a product itself
_HANDLING: Final = frozenset("click press tap scroll swipe log type select charge close install update look go wait".split())
#: words that set one way against another, or deny
_AGAINST: Final = frozenset(
    "not n't no never without instead rather than only just even both either neither except unless hardly barely nor or versus vs different same stop quit avoid".split()
)
#: words that may stand for one product, for several
_BACK: Final = frozenset("it its there one itself this that".split())
_BACK_MANY: Final = frozenset("they them their there".split())
#: parts of a product: what they are of cannot be left out
_PARTS: Final = frozenset(
    "column tab cell button field row box page screen thing form seat setting menu feature view icon file map print".split()
)
#: what a time begins with that the parser may hang on a product
_WHEN: Final = frozenset("at before after until during night day morning evening afternoon week month year".split())
_OBJECTS: Final = ("dobj", "ccomp", "xcomp", "nsubjpass", "attr", "oprd")
_MOST: Final = 6
_LEAST: Final = 3


def naming(text: str, parse: Parse) -> frozenset[str]:
    """The words by which a product is known: the names in it, else the noun that it ends on; lower case."""
    syntax = Syntax(parse(text))
    names = frozenset(t.text.lower() for i, t in enumerate(syntax.tokens) if is_name(syntax, i))
    heads = frozenset(t.lemma.lower() for i, t in enumerate(syntax.tokens) if t.pos == "NOUN" and t.head == i)
    return names or heads


def product_words(stories: Sequence[Story], parse: Parse) -> Mapping[str, frozenset[str]]:
    """Per transcript, the words by which what it hired, fired or considered is known, and the names that two or more of `stories` have for theirs."""
    own: dict[str, frozenset[str]] = {}
    names: Counter[str] = Counter()
    for story in stories:
        texts = [q.text for q in (*story.hired, *story.fired, *story.considered)]
        own[story.transcript] = frozenset(word for text in texts for word in naming(text, parse))
        names.update({word.lower() for text in texts for word in text.split() if word[:1].isupper()} & own[story.transcript])
    shared = frozenset(name for name, count in names.items() if count > 1)
    return {transcript: words | shared for transcript, words in own.items()}


def named(syntax: Syntax, products: Collection[str], first: int = 0, last: int | None = None) -> list[int]:
    """Tokens of `[first, last)` that name one of `products` or a tool of any kind."""
    words = TOOLS | frozenset(products)
    return [
        i
        for i in range(first, len(syntax.tokens) if last is None else last)
        if syntax.tokens[i].pos in ("NOUN", "PROPN")
        and {syntax.lower(i), syntax.tokens[i].lemma.lower()} & words
        and not is_human(syntax, i)
        and syntax.lower(i) != "tablets"  # pills
    ]


def restated(step: Phrase, products: Collection[str], quoter: Quoter) -> Quoted | None:
    """A step without its product: the other words as they were said, or None where they do not stand without it.

    The product must be named beside what is done ("in the app", "using a spreadsheet"), or before it ("I use the app to ...", "I open the app and ..."). A verb
    with its object has to remain. Where words are left out between others the text has "…", and each part is an evidence of its own.
    """
    syntax = step.syntax
    at = named(syntax, products, step.first, step.last)
    if not at or any(syntax.lower(i) in _AGAINST for i in range(step.first, step.last)):
        return None
    cuts: list[TokenRange] = []
    for i in at:
        if any(cut.first <= i < cut.last for cut in cuts):
            continue
        found = _beside(syntax, i, step) or _using(syntax, i, step) or _before(syntax, i, step)
        if found is None:
            return None
        cuts.append(found)
    if any(_looks_back(syntax, i, at) for i in range(min(cut.first for cut in cuts), step.last)):
        return None
    left = [i for i in range(step.first, step.last) if not any(cut.first <= i < cut.last for cut in cuts)]
    parts = _parts(step, left)
    if not parts or sum(syntax.words(p.first, p.last) for p in parts) < _LEAST or any(_goes_on(syntax, p.first) for p in parts[1:]):
        return None
    if any(_is_means(syntax, i) for i in left) or any(cut.last in left and syntax.tokens[cut.last].pos == "PROPN" for cut in cuts):
        return None
    evidence = tuple(e for part in parts for e in part.quoted(quoter).evidence)
    return Quoted(text=" … ".join(p.text for p in parts), evidence=evidence)


def _beside(syntax: Syntax, noun: int, step: Phrase) -> TokenRange | None:
    """The prepositional phrase that names a product beside a verb that has its object: "I write the invoices in Excel"."""
    prep = syntax.tokens[_top(syntax, noun)].head
    if syntax.tokens[prep].dep != "prep" or syntax.lower(prep) not in _BY:
        return None
    verb = syntax.tokens[prep].head
    while syntax.tokens[verb].dep in ("dobj", "pobj", "prep") and syntax.tokens[verb].lemma.lower() not in _PARTS:
        verb = syntax.tokens[verb].head  # "the list on the tablet": the parser may hang it on the noun
    cut = _whole(syntax, prep, step)
    return cut if cut is not None and _stands(syntax, verb, cut, step) else None


def _using(syntax: Syntax, noun: int, step: Phrase) -> TokenRange | None:
    """ "using a spreadsheet", beside a verb that has its object."""
    verb = syntax.tokens[noun].head
    token = syntax.tokens[verb]
    if token.lemma.lower() != "use" or token.tag != "VBG" or token.dep not in ("advcl", "acl") or syntax.has_subject(verb):
        return None
    above = token.head if syntax.tokens[token.head].dep != "dobj" else syntax.tokens[token.head].head  # it may hang on the noun before it
    cut = _whole(syntax, verb, step)
    return cut if cut is not None and _stands(syntax, above, cut, step) else None


def _before(syntax: Syntax, noun: int, step: Phrase) -> TokenRange | None:
    """From the first word of the step to the verb that says what a product is used or opened for."""
    over = syntax.tokens[noun].head
    verb = syntax.tokens[over].head if syntax.tokens[over].dep == "prep" else over
    if syntax.tokens[verb].pos != "VERB" or syntax.tokens[verb].lemma.lower() not in _REACHING or verb not in range(step.first, step.last):
        return None
    if syntax.tokens[verb].dep not in ("ROOT", "conj") or not any(syntax.lower(c) in ("i", "we") for c in syntax.children(verb, "nsubj")):
        return None
    if syntax.tokens[verb].lemma.lower() == "use":
        if syntax.tokens[noun].dep != "dobj":
            return None
        aims = [c for c in syntax.children(verb, "xcomp", "advcl") if any(syntax.tokens[k].tag == "TO" for k in syntax.children(c, "aux"))]
    else:
        aims = [c for c in syntax.children(verb, "conj") if not syntax.has_subject(c)]
    aim = next((c for c in aims if noun < c < step.last), None)
    if aim is None or syntax.tokens[aim].pos != "VERB" or syntax.tokens[aim].lemma.lower() in _HANDLING | {"have", "be", "do", "get"}:
        return None
    if any(syntax.tokens[c].dep in _TELLING and c != aim and noun not in syntax.subtree(c) for c in syntax.children(verb)):
        return None  # more is done there than reached for
    start = min((c for c in syntax.children(aim, "advmod") if c > noun), default=aim)
    return TokenRange(step.first, start) if syntax.children(aim, "dobj", "ccomp") else None


def _top(syntax: Syntax, noun: int) -> int:
    """The noun that governs a name: "the Kontora app"."""
    while syntax.tokens[noun].dep in ("compound", "appos", "nmod", "oprd") and syntax.tokens[noun].head != noun:
        noun = syntax.tokens[noun].head
    return noun


def _whole(syntax: Syntax, head: int, step: Phrase) -> TokenRange | None:
    """All that hangs on `head`, but for a time behind it, where that is one short run inside the step that tells nothing else; None otherwise."""
    below = syntax.subtree(head)
    when = next(
        (b for b in below if b > head + 1 and syntax.lower(b) in _WHEN and syntax.tokens[b].dep in ("prep", "npadvmod", "advmod")), None
    )
    if when is not None:
        below = [b for b in below if b < syntax.subtree(when)[0]]
    first, last = below[0], below[-1] + 1
    if len(below) != last - first or first < step.first or last > step.last or syntax.words(first, last) > _MOST:
        return None
    inside = [b for b in below if b != head]
    tells = any(syntax.tokens[b].pos in ("VERB", "AUX") and syntax.lower(b) not in ("called", "named") for b in inside)
    joined = any(syntax.tokens[b].dep in ("conj", "cc", "relcl", "advcl") for b in inside)
    told_apart = any(syntax.lower(b) in ("old", "new", "previous", "current", "first", "second", "last", "next") for b in inside)
    return None if tells or joined or told_apart else TokenRange(first, last)


def _stands(syntax: Syntax, verb: int, cut: TokenRange, step: Phrase) -> bool:
    """Whether a verb says enough without what is cut: it has an object of its own, and needs no place or means."""
    token = syntax.tokens[verb]
    if token.pos != "VERB" or verb not in range(step.first, step.last) or cut.first <= verb < cut.last or token.lemma.lower() in _NEEDING:
        return False
    found = list(syntax.children(verb, *_OBJECTS))
    if token.lemma.lower() in ("look", "search"):
        found += [p for p in syntax.children(verb, "prep") if syntax.lower(p) in ("at", "for")]
    if token.lemma.lower() == "clock":
        found += syntax.children(verb, "prt")
    return any(step.first <= c < step.last and not cut.first <= c < cut.last for c in found)


def _looks_back(syntax: Syntax, i: int, products: Iterable[int]) -> bool:
    """Whether a word may stand for a product named before it."""
    before = [k for k in products if k < i]
    if syntax.tokens[i].pos not in ("PRON", "ADV", "NUM", "DET") or syntax.tokens[i].dep in ("det", "mark", "expl") or not before:
        return False
    many = any(syntax.tokens[k].tag in ("NNS", "NNPS") for k in before)
    return syntax.lower(i) in (_BACK_MANY if many else _BACK)


def _goes_on(syntax: Syntax, i: int) -> bool:
    """Whether what follows a cut is still said of what was cut: "a spreadsheet [that] a customer made me"."""
    token = syntax.tokens[i]
    set_apart = i > 0 and syntax.tokens[i - 1].text in (",", ";", ".", ":", "-")
    return token.pos in ("DET", "PRON", "NOUN", "PROPN", "VERB") and not set_apart and not _is_time(syntax, i)


def _is_means(syntax: Syntax, i: int) -> bool:
    """Whether a name that nobody knows for a product may be one all the same: "in Pebble"."""
    token = syntax.tokens[i]
    return token.dep == "pobj" and syntax.lower(token.head) in _BY and is_name(syntax, i)


def _is_time(syntax: Syntax, i: int) -> bool:
    at = i
    while syntax.tokens[at].dep in ("det", "amod", "nummod", "compound", "predet") and syntax.tokens[at].head > at:
        at = syntax.tokens[at].head
    return syntax.tokens[at].dep == "npadvmod"


def _parts(step: Phrase, left: Iterable[int]) -> list[Phrase]:
    """The unbroken runs of what is left, without punctuation at the cuts."""
    syntax, runs = step.syntax, list[list[int]]()
    for i in left:
        if runs and runs[-1][-1] == i - 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    found = []
    for run in runs:
        first, last = run[0], run[-1] + 1
        while first < last and not any(mark.isalnum() for mark in syntax.tokens[first].text):
            first += 1
        while first < last and not any(mark.isalnum() for mark in syntax.tokens[last - 1].text):
            last -= 1
        if len(runs) == 1:
            first, last = trim(syntax, first, last)
        if first < last:
            span = syntax.parsed.span(first, last)
            found.append(Phrase(step.statement, span.start, span.end, first, last, step.verb, syntax))
    return found
