"""Bins of probabilities, as the card and the diagram count them."""

from __future__ import annotations

from hypothesis import given, strategies as st

from benchmarks.reliability import bins, calibration_error

rows = st.lists(st.tuples(st.one_of(st.floats(0, 1), st.integers(0, 100).map(lambda n: n / 100)), st.booleans()), max_size=40)


@given(rows, st.sampled_from([1, 5, 10]))
def test_every_decision_is_in_one_bin_that_its_probability_belongs_to(given: list[tuple[float, bool]], number: int) -> None:
    found = bins(given, number)
    assert [b.low for b in found] == sorted({b.low for b in found}) and all(b.count for b in found)
    assert sum(b.count for b in found) == len(given)
    for b in found:
        inside = [hit for p, hit in given if b.low <= p < b.high or (b.high == 1 and p == 1)]
        assert b.count == len(inside) and b.right == sum(inside) / len(inside)
        assert b.low - 1e-9 <= b.mean <= b.high + 1e-9
    assert 0 <= calibration_error(given) <= 1


def test_an_edge_is_the_beginning_of_its_bin() -> None:
    assert [(b.low, b.count) for b in bins([(n / 10, True) for n in range(11)], 10)] == [*((n / 10, 1) for n in range(9)), (0.9, 2)]
    assert [b.low for b in bins([(0.6, True), (0.59, True)], 5)] == [0.4, 0.6]
