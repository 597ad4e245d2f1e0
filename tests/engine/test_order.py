"""Results that come in any order are given on in the order in which they were begun."""

from __future__ import annotations

from engine_parts import transcript
from hypothesis import given, strategies as st

from jtbd_nlp.engine.order import InOrder
from jtbd_nlp.schema.processed import Processed

ITEM = transcript("t", "words")


@given(st.permutations(range(7)))
def test_whatever_comes_first_results_keep_their_order_and_are_told_of_at_once(order: list[int]) -> None:
    heard: list[str] = []
    results = InOrder(lambda item, result: heard.append(result.source))
    assert [results.begin() for _ in range(7)] == list(range(7))
    out: list[str] = []
    for place, index in enumerate(order):
        assert results.pending
        results.finish(index, ITEM, Processed(source=str(index)))
        out += [r.source for r in results.ready()]
        done = set(order[: place + 1])
        assert len(out) == next((n for n in range(7) if n not in done), 7)
    assert out == [str(n) for n in range(7)]
    assert heard == [str(n) for n in order]
    assert not results.pending


def test_work_runs_no_further_ahead_than_it_may() -> None:
    results = InOrder()
    assert not results.pending
    first, second = results.begin(), results.begin()
    results.finish(second, ITEM, Processed())
    assert list(results.ready()) == []
    assert results.blocked
    assert not results.has_room(2)  # one is finished, but waits for the one before
    assert results.has_room(3)
    results.finish(first, ITEM, Processed())
    assert len(list(results.ready())) == 2
    assert results.has_room(1)
