from __future__ import annotations

from hypothesis import given, settings, strategies as st

from jtbd_nlp.training.gold import Gold, GoldSpan, words
from jtbd_nlp.training.mishear import mishear

TEXT = "Q: Would you hire it again?\nAna: I would hire it for their price, and then two weeks of waiting. There is no way to know.\n"


def gold(*quotes: str, text: str = TEXT, name: str = "one") -> Gold:
    index, out = words(text), []
    for quote in quotes:
        start = text.index(quote)
        inside = [i for i, w in enumerate(index) if w.start >= start and w.end <= start + len(quote)]
        out.append(GoldSpan(inside[0], inside[-1] + 1, start, start + len(quote), frozenset({"hire"})))
    return Gold(name, text, tuple(out))


def test_words_are_misheard_and_codes_stay_on_them() -> None:
    heard = mishear(gold("hire it for their price", "There is no way to know"), share=1.0)
    first, second = (heard.text[s.start : s.end] for s in heard.spans)
    assert first.startswith("higher it four the") and first.endswith("prize")
    assert second[0].isupper() and second.endswith("now") is False and second.endswith(" no")
    assert heard.text.startswith("Q: Wood you higher it again?\nAna: ")


def test_without_a_share_nothing_changes() -> None:
    coded = gold("hire it for their price")
    assert mishear(coded, share=0.0) == coded


@settings(deadline=None)
@given(st.integers(0, 200), st.floats(0, 1))
def test_spans_hold_what_stands_between_the_same_neighbours(seed: int, share: float) -> None:
    """A coded stretch keeps the words that sound like nothing else, in their order, and takes none from outside."""
    coded = gold("hire it for their price", "two weeks of waiting")
    heard = mishear(coded, seed, share)
    assert heard == mishear(coded, seed, share)
    first, second = (heard.text[s.start : s.end] for s in heard.spans)
    assert first.split()[1] == "it" and first.split()[-1] in ("price", "prize") and len(first.split()) == 5
    assert second.split()[0] in ("two", "to", "too") and second.endswith("weeks of waiting")
    index = words(heard.text)
    for s in heard.spans:
        assert (index[s.first].start, index[s.last - 1].end) == (s.start, s.end)
    assert len(heard.text.split("\n")) == len(coded.text.split("\n"))
