"""Which words of a study are characteristic: content lemmas and how rare they are in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from math import log
from typing import Final

from jtbd_nlp.schema import Statement
from jtbd_nlp.schema.parsed import ParsedToken
from jtbd_nlp.synthesise.syntax import Parse

_CONTENT: Final = frozenset({"NOUN", "VERB", "ADJ", "PROPN", "NUM"})
_EMPTY: Final = frozenset(
    "be have do go get say think know see want make come take thing lot bit way one two kind sort people person time other same own more much many such good like just really first last day year "
    "something anything nothing everything someone somebody nobody anyone tell look let put give use need try keep mean feel find start end happen guess would could should".split()
)


def content(token: ParsedToken) -> str | None:
    """The lemma of a word that carries meaning, else None."""
    lemma = token.lemma.lower()
    if token.pos not in _CONTENT or lemma in _EMPTY or len(lemma) < 3 or not lemma[0].isalpha():
        return None
    return lemma


def lemmas(text: str, parse: Parse) -> frozenset[str]:
    """The content lemmas of a text."""
    return frozenset(lemma for token in parse(text).tokens if (lemma := content(token)) is not None)


class Rarity:
    """Inverse document frequency of lemmas over the statements of a study (smoothed, natural logarithm)."""

    def __init__(self, texts: Iterable[str], parse: Parse) -> None:
        seen = sorted(set(texts))
        self._frequency: Mapping[str, int] = Counter(lemma for text in seen for lemma in lemmas(text, parse))
        self._n = len(seen)

    @classmethod
    def over(cls, statements: Iterable[Statement], parse: Parse) -> Rarity:
        """Over statements; identical texts count once."""
        return cls((s.text for s in statements), parse)

    def __call__(self, lemma: str) -> float:
        return log((1 + self._n) / (1 + self._frequency.get(lemma, 0))) + 1
