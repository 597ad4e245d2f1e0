"""Which words of a study are characteristic: content lemmas and how rare they are in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from math import log
from typing import Final

from jtbd_nlp.schema import Statement, content_id
from jtbd_nlp.schema.parsed import ParsedToken
from jtbd_nlp.synthesise.syntax import Parse, read_ahead

#: texts of a study that are parsed to learn which words are rare in it
MOST: Final = 20_000
_CONTENT: Final = frozenset({"NOUN", "VERB", "ADJ", "PROPN", "NUM"})
#: interviews from which on a word that one person says is that person's
_SEVERAL: Final = 4
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
    """How words are spread over a study: `rarity(lemma)` is the inverse document frequency over statements (smoothed, natural logarithm),
    `rarity.spread(lemma)` the share of interviews, in [0, 1], whose coded statements say it. Identical texts count once. Of a study with
    more than `MOST` texts a sample of as many is counted, drawn by a hash of each text."""

    def __init__(self, statements: Iterable[Statement], parse: Parse) -> None:
        told = sorted({(s.text, s.transcript) for s in statements})
        texts = sorted({text for text, _ in told})
        if len(texts) > MOST:
            texts = sorted(sorted(texts, key=lambda text: (content_id("sample", (text,)), text))[:MOST])
            kept = frozenset(texts)
            told = [(text, story) for text, story in told if text in kept]
        read_ahead(parse, texts)
        said = {text: lemmas(text, parse) for text in texts}
        self._n = len(texts)
        self._stories = len({story for _, story in told})
        self._frequency: Mapping[str, int] = Counter(lemma for text in texts for lemma in said[text])
        self._spread: Mapping[str, int] = Counter(lemma for lemma, _ in {(lemma, story) for text, story in told for lemma in said[text]})

    def __call__(self, lemma: str) -> float:
        return log((1 + self._n) / (1 + self._frequency.get(lemma, 0))) + 1

    def alone(self, lemma: str) -> bool:
        """Whether, in a study of several interviews, one person alone says it."""
        return self._stories >= _SEVERAL and self._spread.get(lemma, 0) <= 1

    def spread(self, lemma: str) -> float:
        """Share of interviews that say it."""
        return self._spread.get(lemma, 0) / max(1, self._stories)
