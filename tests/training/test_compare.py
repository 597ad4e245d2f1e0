"""Runs, taggers and coders beside each other."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import training_projects as projects
from typer.testing import CliRunner

from jtbd_nlp.cli.app import app
from jtbd_nlp.errors import ConfigError
from jtbd_nlp.training import compare, compare_coders
from jtbd_nlp.training.gold import read_gold, to_statements, to_transcript


def as_run(folder: Path, gold: Path, keep: int = 100) -> Path:
    """What `jtbd run` would write if it had said what people coded, but for all after the first `keep` statements of each interview."""
    (folder / "transcripts").mkdir(parents=True)
    lines = []
    for one in read_gold([gold], labels=None):
        (folder / "transcripts" / f"{one.name}.txt").write_text(to_transcript(one).text)
        lines += [s.model_dump_json() + "\n" for s in to_statements(one)[:keep]]
    (folder / "statements.jsonl").write_text("".join(lines))
    (folder / "analysis.json").write_text(json.dumps({"pathways": []}))
    return folder


def test_a_better_run_is_told_from_a_worse_one_with_an_interval(tmp_path: Path) -> None:
    gold = projects.corpus(tmp_path, "one") / "one"
    good, bad = as_run(tmp_path / "good", gold), as_run(tmp_path / "bad", gold, keep=1)
    done = CliRunner().invoke(app, ["evaluate", str(gold), "--run", str(good), "--against", str(bad)])
    assert done.exit_code == 0, done.output
    head, _, first, second = done.stdout.splitlines()[:4]
    assert "micro F1" in head and "speed" in head
    assert re.match(r"\| good +\| +1\.000 \| +1\.000 \| +1\.000 ", first)
    assert re.match(r"\| bad +\| +0\.500 \| +1\.000 \| +0\.333 ", second) and "+0.500 (+0.500 to +0.500)" in second
    assert "4 interviews" in done.stdout
    as_json = CliRunner().invoke(app, ["evaluate", str(gold), "--run", str(good), "--against", str(bad), "--json"])
    assert as_json.exit_code == 0, as_json.output
    assert json.loads(as_json.stdout)["rows"][1]["gain"] == {"value": 0.5, "low": 0.5, "high": 0.5}


def test_a_run_equal_to_itself_gains_nothing(tmp_path: Path) -> None:
    gold = projects.corpus(tmp_path, "one") / "one"
    run = as_run(tmp_path / "run", gold, keep=2)
    gain = compare([run, run], [gold]).rows[1].gain
    assert gain is not None and (gain.value, gain.low, gain.high) == (0, 0, 0)


def test_tiers_stand_in_one_table_with_size_and_speed(tmp_path: Path) -> None:
    gold = projects.corpus(tmp_path, "one") / "one"
    found = compare(["fast", "lexicon"], [gold])
    fast, lexicon = found.rows
    assert fast.size_mb is not None and 0 < fast.size_mb < 20 and fast.speed == 1.0
    assert lexicon.size_mb is None and lexicon.speed is not None and lexicon.gain is not None
    assert found.interviews == 4


def test_what_cannot_be_compared_is_named(tmp_path: Path) -> None:
    gold = projects.corpus(tmp_path, "one") / "one"
    with pytest.raises(ConfigError, match="default, fast, lexicon"):
        compare(["slow"], [gold])


def annotations(folder: Path, *rows: tuple[str, list[str]]) -> str:
    for name in ("docs", "ann"):
        (folder / name).mkdir(parents=True)
    (folder / "docs" / "p1.txt").write_text("[0] Q: And?\n[1] Ben: The old one broke. I love the new one. It was ninety pounds a month.\n")
    lines = [{"turn": 1, "quote": q, "tags": t, "dimension": "functional", "stage": None, "phase": None} for q, t in rows]
    (folder / "ann" / "p1.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return f"{folder / 'docs'}:{folder / 'ann'}"


def test_two_coders_agree_as_far_as_they_code_the_same_words(tmp_path: Path) -> None:
    mine = annotations(
        tmp_path / "a", ("The old one broke", ["push"]), ("I love the new one", ["pull"]), ("It was ninety pounds a month", ["price"])
    )
    yours = annotations(
        tmp_path / "b", ("The old one broke", ["push"]), ("I love the new one", ["habit"]), ("ninety pounds a month", ["price"])
    )
    found = compare_coders([mine], [yours])
    assert found.scores.tags["push"].f1 == 1.0 and found.scores.tags["pull"].f1 == 0.0
    assert found.scores.dimension_accuracy == 1.0
    assert found.own is not None and found.own.labels["price"].f1 == 1.0
    assert found.agreement["push"].kappa == 1.0 == found.agreement["push"].alpha
    assert found.agreement["push"].words == 15, "Ben's words, not the question"
    # 15 words; price: 6 by one, 4 by the other, 4 by both. Observed 13/15, by chance (6*4 + 9*11)/225
    chance = (6 * 4 + 9 * 11) / 225
    assert found.agreement["price"].kappa == pytest.approx((13 / 15 - chance) / (1 - chance))
    assert found.agreement["pull"].kappa == pytest.approx(0.0) and found.agreement["fire"].kappa is None
    swapped = compare_coders([yours], [mine])
    assert swapped.micro_f1.value == found.micro_f1.value
    assert swapped.agreement["price"] == found.agreement["price"]


def test_the_command_shows_coders_as_a_table_and_who_coded_alone(tmp_path: Path) -> None:
    first, second = projects.own_interviews(tmp_path / "a", 2), projects.own_interviews(tmp_path / "b", 3)
    done = CliRunner().invoke(app, ["evaluate", str(first), "--coder", str(second)])
    assert done.exit_code == 0, done.output
    assert re.search(r"\| push +\| +2 \| +2 \| 1\.000 \| 1\.000 \| 1\.000 \|", done.stdout)
    assert "2 interviews coded by both. Micro F1 1.000" in done.stdout and "Coded by one alone: p2." in done.stdout


def test_coders_without_an_interview_in_common_are_an_error(tmp_path: Path) -> None:
    mine = annotations(tmp_path / "a", ("The old one broke", ["push"]))
    with pytest.raises(ConfigError, match="none in both"):
        compare_coders([mine], [projects.own_interviews(tmp_path / "b", 1)])


def test_stories_of_two_codings_of_a_market_belong_together(tmp_path: Path) -> None:
    first, second = projects.corpus(tmp_path, "one", "two") / "one", tmp_path / "corpus" / "two"
    assert compare_coders([first], [second]).interviews == 4
