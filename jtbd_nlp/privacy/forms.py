"""When two stretches name the same thing: forms for comparing, and groups of forms."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from jtbd_nlp.privacy.lexicon import NEVER
from jtbd_nlp.privacy.online import online_form
from jtbd_nlp.privacy.records import KINDS, NAMES, Kind
from jtbd_nlp.privacy.spoken import digits_said
from jtbd_nlp.privacy.words import folded, plain, words_of

_TITLES: Final = frozenset("mr mrs ms miss dr doctor prof professor sir the a and of mister missus".split())


@dataclass(frozen=True, slots=True, order=True)
class Form:
    """What is named, in a form for comparing: names as words parted by spaces, numbers as digits, addresses as written."""

    kind: Kind
    text: str


def form_of(text: str, kind: Kind, heard: Mapping[str, str]) -> Form:
    """The form of a stretch. `heard`: words that are another name misheard."""
    if kind in ("email", "online"):
        return Form(kind, online_form(text))
    if kind == "phone":
        return Form(kind, digits_said(text)[-9:])
    if kind == "account":
        return Form(kind, digits_said(text))
    words = [plain(w.text) for w in words_of(text)]
    if kind == "person" and len(words) > 2 and all(len(w) == 1 for w in words):
        words = ["".join(words)]
    if kind in NAMES:
        words = [heard.get(w, w) for w in words]
        while len(words) > 1 and words[0] in _TITLES:
            words = words[1:]
    return Form(kind, " ".join(words) or folded(text).strip())


def kinds_by_vote(forms: Mapping[Form, int], known: Mapping[str, Kind]) -> dict[str, Kind]:
    """The kind of every name that is found as several kinds: what the key says, else what it is most often."""
    votes: dict[str, Counter[Kind]] = defaultdict(Counter)
    for form, n in forms.items():
        if form.kind in NAMES:
            votes[form.text][form.kind] += n
    kinds = {text: min(counted, key=lambda k: (-counted[k], KINDS.index(k))) for text, counted in votes.items()}
    # "Weber" alone is the person of "Katrin Weber", unless it is known as something else.
    people = Counter(w for text, kind in kinds.items() if kind == "person" and " " in text for w in text.split())
    for text, kind in kinds.items():
        if kind == "organisation" and text in people:
            kinds[text] = "person"
    return {text: known.get(text, kind) for text, kind in kinds.items()}


def grouped(forms: Iterable[Form]) -> dict[Form, Form]:
    """The form that stands for each: a name whose words are all in just one longer name is that one."""
    head: dict[Form, Form] = {}
    longer: dict[tuple[Kind, str], list[Form]] = defaultdict(list)
    for form in sorted(set(forms), key=lambda f: (-len(f.text.split()), f)):
        head[form] = form
        if form.kind not in NAMES:
            continue
        words = [w for w in form.text.split() if w not in NEVER]
        if words:
            rarest = min(words, key=lambda w: (len(longer[form.kind, w]), w))
            fits = {head[f] for f in longer[form.kind, rarest][:50] if set(words) <= set(f.text.split())}
            if len(fits) == 1:
                head[form] = fits.pop()
        for word in set(words):
            longer[form.kind, word].append(form)
    return head
