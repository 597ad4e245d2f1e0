from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from sklearn.metrics import adjusted_rand_score

from jtbd_nlp.schema import Statement, statement_id
from jtbd_nlp.training.dataset import rough
from jtbd_nlp.training.gold import Gold, GoldSpan, read_gold, to_statements, to_transcript, words
from jtbd_nlp.training.scoring import adjusted_rand, b_cubed, place, tag_scores

TEXT = "Interviewer: What happened?\nAna: The old one kept breaking and I was tired of it. So I bought the new one. It had to be quiet.\n"


def gold(*spans: tuple[str, str]) -> Gold:
    index, out = words(TEXT), []
    for quote, tags in spans:
        start = TEXT.index(quote)
        inside = [i for i, w in enumerate(index) if w.start >= start and w.end <= start + len(quote)]
        out.append(GoldSpan(inside[0], inside[-1] + 1, start, start + len(quote), frozenset(tags.split("+"))))  # type: ignore[arg-type]
    return Gold("one", TEXT, tuple(out))


def statement(quote: str, *tags: str) -> Statement:
    start = TEXT.index(quote)
    return Statement(
        id=statement_id("one", start, start + len(quote)), transcript="one", turn=1, speaker="Ana", start=start, end=start + len(quote),
        text=quote, tags=dict.fromkeys(tags, 0.9),
    )  # fmt: skip


def test_people_s_own_codes_score_one() -> None:
    coded = gold(("The old one kept breaking", "push"), ("It had to be quiet", "hire+outcome"))
    figures = tag_scores([place(coded, to_statements(coded))])
    assert figures.micro_f1 == 1.0
    assert figures.length_ratio == 1.0
    assert to_transcript(coded).turns[0].role == "interviewer"


def test_a_part_of_a_coded_span_meets_it_and_a_stranger_does_not() -> None:
    coded = gold(("The old one kept breaking and I was tired of it", "push"))
    figures = tag_scores([place(coded, [statement("The old one kept breaking", "push"), statement("It had to be quiet", "push")])])
    assert figures.tags["push"].precision == 0.5
    assert figures.tags["push"].recall == 1.0


def test_words_that_are_not_in_the_transcript_are_wrong_predictions() -> None:
    coded = gold(("The old one kept breaking", "push"))
    stranger = Statement(id="s", transcript="one", turn=1, speaker="Ana", start=0, end=9, text="invented!", tags={"push": 0.9})
    figures = tag_scores([place(coded, [stranger])])
    assert figures.not_in_transcript == 1
    assert figures.micro_f1 == 0.0


def test_rough_keeps_the_words_of_every_span() -> None:
    coded = gold(("The old one kept breaking and I was tired of it", "push"), ("It had to be quiet", "hire"))
    other = rough(coded)
    pick = lambda g: [[w.text for w in words(g.text[s.start : s.end])] for s in g.spans]  # noqa: E731
    assert pick(other) == pick(coded)
    assert "." not in other.text and other.text.startswith("Interviewer: what happened\nAna: the old")


@given(st.lists(st.integers(0, 4), min_size=2, max_size=30), st.randoms())
def test_adjusted_rand_is_scikit_learn_s(labels: list[int], rng: object) -> None:
    other = list(labels)
    rng.shuffle(other)  # type: ignore[attr-defined]
    assert adjusted_rand(labels, other) == pytest.approx(adjusted_rand_score(labels, other))
    assert b_cubed(labels, labels) == pytest.approx(1.0)


@pytest.mark.shared
def test_figures_are_those_of_the_reference_scorer(shared: Path, tmp_path: Path) -> None:
    """Half of the codes, some shifted, as a run's output: both scorers print the same."""
    spec = str(shared / "corpus" / "sleep")
    items, rows, everything = read_gold([spec])[:4], [], []
    for item in items:
        picked = [
            s.model_copy(update={"tags": {**s.tags, "push": 0.5}} if i % 5 == 0 else {})
            for i, s in enumerate(to_statements(item))
            if i % 2 == 0
        ]
        everything.append(place(item, picked))
        rows += [json.loads(s.model_dump_json()) for s in picked]
    (tmp_path / "statements.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows))
    module = importlib.util.spec_from_file_location("score", shared / "eval" / "score.py")
    assert module and module.loader
    code = (
        "import sys, json; from pathlib import Path; sys.path.insert(0, sys.argv[1]); import score\n"
        "gold = [g for g in score.load(sys.argv[3])][:4]; by = score.statements_of(Path(sys.argv[2]))\n"
        "print(json.dumps(score.tag_scores([(g, score.locate(g, by.get(g.name, []), g.text)) for g in gold])))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(shared / "eval"), str(tmp_path), spec], capture_output=True, text=True, check=True
    )
    want, got = json.loads(run.stdout), tag_scores(everything).model_dump()
    for name, value in want.items():
        if name != "tags":
            assert got[name] == pytest.approx(value), name
    assert got["tags"] == {tag: pytest.approx(v) for tag, v in want["tags"].items()}
