"""Enough interviews: what is counted, what is estimated, where the study is thin."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from cluster_builders import said
from hypothesis import given, settings, strategies as st

from jtbd_nlp.cluster import saturation
from jtbd_nlp.cluster.saturation import brought_by, chao, heard_in
from jtbd_nlp.schema import Balance, Evidence, Pathway, Quoted, Saturation, Statement, Story, Support, Tag
from jtbd_nlp.schema.arrays import Clustering


def clustering(statements: Sequence[Statement], labels: Sequence[int], tag: Tag = "push") -> Clustering:
    return Clustering(tag, tuple(s.id for s in statements), tuple(labels), (1.0,) * len(labels))


def names_of(n: int) -> tuple[str, ...]:
    return tuple(f"s{i:02}" for i in range(n))


def everybody_says(n: int, themes: int, alone: int = 0) -> Saturation:
    """`themes` that all n interviews say, and in each of them `alone` statements of no theme."""
    rows = [(said(name, t, f"theme {t} in {name}", "push"), t) for name in names_of(n) for t in range(themes)]
    rows += [(said(name, 50 + i, f"{i} of {name} alone", "push"), -1) for name in names_of(n) for i in range(alone)]
    statements = [s for s, _ in rows]
    return saturation(names_of(n), statements, [clustering(statements, [label for _, label in rows])])


def test_themes_that_all_say_leave_nothing_unheard() -> None:
    full = everybody_says(10, themes=2)
    assert [p.themes for p in full.curve] == [2.0] * 10
    assert (full.heard, full.alone, full.unheard) == (2, 0, 0)
    assert "unlikely" in full.advice


def test_what_is_in_no_theme_counts_as_heard_once() -> None:
    fresh = everybody_says(10, themes=2, alone=3)
    assert (fresh.heard, fresh.alone) == (32, 30)
    assert fresh.curve[-1].themes == 32
    assert fresh.unheard_low <= fresh.unheard <= fresh.unheard_high
    assert fresh.unheard > 30
    assert "unlikely" not in fresh.advice
    assert "30 of 32 themes were heard in one interview alone (30 of them in one statement that is in no theme)" in fresh.advice
    assert "the next interview is likely to bring about 3" in fresh.advice


def test_equal_texts_in_no_theme_count_once_and_each_tag_for_itself() -> None:
    rows = [said("a", 0, "the same words", "push", "habit"), said("b", 0, "the same words", "push", "habit")]
    heard = heard_in(rows, [clustering(rows, (-1, -1)), clustering(rows, (0, 0), "habit")])
    assert [(h.tag, h.alone, sorted(h.stories)) for h in heard] == [("push", True, ["a", "b"]), ("habit", False, ["a", "b"])]


@pytest.mark.parametrize("n", [0, 1, 2])
def test_of_fewer_than_three_interviews_nothing_is_estimated(n: int) -> None:
    few = everybody_says(n, themes=1, alone=4)
    assert (few.unheard, few.unheard_low, few.unheard_high) == (0, 0, 0)
    assert len(few.curve) == n
    assert "nothing can be said" in few.advice
    assert "unlikely" not in few.advice


def test_of_five_interviews_the_estimate_is_told_with_its_interval() -> None:
    five = everybody_says(5, themes=3, alone=2)
    assert five.unheard_high > five.unheard > five.unheard_low > 0
    assert f"At least about {five.unheard:.0f} themes are still unheard (up to {five.unheard_high:.0f})" in five.advice


def test_no_theme_at_all_is_told() -> None:
    nothing = saturation(names_of(4), [], [])
    assert nothing.heard == 0
    assert "No theme" in nothing.advice


def _path(title: str, k: int) -> Pathway:
    return Pathway(id=title, title=title, job="j", stories=("s00",), support=Support(k=k, n=6))


def _told(name: str, who: str) -> Story:
    evidence = Evidence(transcript=name, sha256="", start=0, end=len(who), quote=who)
    balance = Balance(push=0, pull=0, anxiety=0, habit=0, score=0)
    return Story(transcript=name, title=name, executor=Quoted(text=who, evidence=(evidence,)), balance=balance)


def test_the_thin_places_are_named_with_their_figures() -> None:
    tags: tuple[Tag, ...] = ("push", "pull", "anxiety", "habit", "outcome")
    stages = ("first_thought", "passive_looking", "active_looking", "deciding", "first_use", "ongoing_use")
    rows = [
        said(name, 10 * i + j, f"{tag} of {name} {stage}", tag).model_copy(update={"stage": stage})
        for name in names_of(6)
        for i, stage in enumerate(stages)
        for j, tag in enumerate(tags)
        if (stage != "passive_looking" or name in ("s01", "s04")) and (tag != "habit" or name != "s05")
    ]
    told = [_told(name, "a nurse" if name != "s03" else "A baker") for name in names_of(6)]
    advice = saturation(names_of(6), rows, [], told, [_path("By the back door", 2), _path("By the front door", 4)]).advice
    assert advice.endswith(
        "Thinnest so far: passive looking (spoken of in 2 of 6 interviews); habit (spoken of in 5 of 6 interviews); "
        "the pathway “By the back door” (2 of 6 interviews); “a baker” (heard in one interview). Look for people who can tell of that."
    )


def test_where_all_speak_of_every_force_the_one_most_often_heard_once_is_named() -> None:
    tags: tuple[Tag, ...] = ("push", "pull", "anxiety", "habit", "outcome")
    rows = {tag: [said(name, j, f"{tag} of {name}", tag) for name in names_of(4)] for j, tag in enumerate(tags)}
    found = [clustering(rows[tag], [-1] * 4 if tag == "anxiety" else [0] * 4, tag) for tag in tags]
    assert (
        "anxiety (4 of its 4 themes heard in one interview)"
        in saturation(names_of(4), [s for group in rows.values() for s in group], found).advice
    )


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 30), st.integers(0, 40), st.integers(0, 40), st.integers(0, 50))
def test_more_interviews_bring_more_and_never_more_than_is_unheard(n: int, once: int, twice: int, more: int) -> None:
    unheard, low, high = chao(n, once, twice)
    assert low <= unheard <= high
    brings = brought_by(more, n, once, unheard)
    assert 0 <= brings <= brought_by(more + 1, n, once, unheard) <= unheard + 1e-9


@settings(max_examples=20, deadline=None)
@given(st.integers(3, 8), st.integers(0, 3), st.randoms(use_true_random=False))
def test_order_of_statements_and_interviews_changes_nothing(n: int, alone: int, rng: np.random.RandomState) -> None:
    rows = [(said(name, t, f"{t} of {name}", "push"), 0 if t == 0 else -1) for name in names_of(n) for t in range(1 + alone)]
    shuffled, names = list(rows), list(names_of(n))
    rng.shuffle(shuffled)
    rng.shuffle(names)
    one = saturation(names_of(n), [s for s, _ in rows], [clustering([s for s, _ in rows], [x for _, x in rows])])
    assert one == saturation(names, [s for s, _ in shuffled], [clustering([s for s, _ in shuffled], [x for _, x in shuffled])])
