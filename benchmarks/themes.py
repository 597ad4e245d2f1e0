"""Themes and pathways against the planted ones, on statements coded by people.

usage: python -m benchmarks.themes MARKET_FOLDER... [--drop 0.3] [--noise 0.3] [--seed 0] [--config FILE]
       python -m benchmarks.themes TRAINING_MARKET_FOLDER... --rivals [--shown MARKET_FOLDER...]

For every market: B-cubed F1 of themes (weighed over the tags by coded spans), adjusted Rand of pathways, verdict and number of groups,
the share of a tag's statements in its largest theme and the share in none. `--drop` leaves out statements at random; `--noise`
adds, at random, passages of the participant that nobody coded (a share of the coded ones), with a random tag.
`--rivals`: the same figures of other ways, their settings chosen on the markets named first, with those of `--shown` beside
(BERTopic where it is installed).
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from jtbd_nlp.cluster import cluster_statements, group_stories
from jtbd_nlp.config import Config, EmbedConfig
from jtbd_nlp.embed import Embedder, load_embedder
from jtbd_nlp.schema import DIMENSIONED, Statement, Transcript, statement_id
from jtbd_nlp.schema.arrays import Clustering, Embeddings, StoryGroups
from jtbd_nlp.training.gold import Gold, read_market, to_statements, to_transcript
from jtbd_nlp.training.scoring import adjusted_rand, b_cubed


@dataclass(frozen=True)
class Study:
    """One market, coded by people: statements of all its stories, their vectors, planted themes and pathways."""

    name: str
    gold: tuple[Gold, ...]
    transcripts: tuple[Transcript, ...]
    statements: tuple[Statement, ...]
    embeddings: Embeddings

    @property
    def planted(self) -> dict[str, str]:
        """Theme of each statement that has one."""
        spans = {(g.name, s.start): s.theme for g in self.gold for s in g.spans if s.theme}
        return {s.id: spans[s.transcript, s.start] for s in self.statements if (s.transcript, s.start) in spans}

    @property
    def pathways(self) -> dict[str, str]:
        """Planted pathway of each story."""
        return {g.name: str(g.story["pathway"]) for g in self.gold}


@dataclass(frozen=True)
class Result:
    """Figures of one market."""

    themes: float
    pathways: float
    verdict: str
    k: int
    p_value: float
    largest: float
    alone: float


@cache
def opened(config: EmbedConfig) -> Embedder:
    """An embedder, opened once."""
    return load_embedder(config)


def read_study(folder: Path, drop: float = 0.0, noise: float = 0.0, seed: int = 0, embed: EmbedConfig | None = None) -> Study:
    """Read a market and embed its statements; None embeds with the defaults."""
    embedder = opened(embed or EmbedConfig())
    rng = random.Random(seed)
    gold = tuple(read_market(folder))
    transcripts = tuple(to_transcript(g) for g in gold)
    statements: list[Statement] = []
    for g, t in zip(gold, transcripts, strict=True):
        coded = to_statements(g)
        statements += [s for s in coded if rng.random() >= drop]
        statements += _uncoded(t, coded, round(noise * len(coded)), rng)
    statements.sort(key=lambda s: (s.transcript, s.start))
    parts = [embedder.embed(t, [s for s in statements if s.transcript == t.id]) for t in transcripts]
    joined = Embeddings(ids=tuple(name for p in parts for name in p.ids), vectors=np.concatenate([p.vectors for p in parts]))
    return Study(folder.name, gold, transcripts, tuple(statements), joined)


def _uncoded(transcript: Transcript, coded: tuple[Statement, ...], wanted: int, rng: random.Random) -> list[Statement]:
    free: list[tuple[int, int, int, str]] = []
    for turn in transcript.turns:
        if turn.role != "participant":
            continue
        edges = sorted([(s.start, s.end) for s in coded if s.turn == turn.index] + [(turn.end, turn.end)])
        at = turn.start
        for start, end in edges:
            text = transcript.text[at:start]
            left = len(text) - len(text.lstrip(" .,;:!?"))
            trimmed = text.strip(" .,;:!?")
            if len(trimmed.split()) >= 4:
                free.append((turn.index, at + left, at + left + len(trimmed), turn.speaker))
            at = end
    rng.shuffle(free)
    return [
        Statement(
            id=statement_id(transcript.id, start, end),
            transcript=transcript.id,
            turn=index,
            speaker=speaker,
            start=start,
            end=end,
            text=transcript.text[start:end],
            tags={rng.choice(DIMENSIONED): 0.6},
        )
        for index, start, end, speaker in free[:wanted]
    ]


def score_themes(study: Study, clusterings: tuple[Clustering, ...]) -> float:
    """B-cubed F1 over the coded statements of each tag that have a planted theme, weighed by their number; one that was dropped is alone."""
    total = weight = 0.0
    for tag in DIMENSIONED:
        found = {name: label for c in clusterings if c.tag == tag for name, label in zip(c.ids, c.labels, strict=True) if label >= 0}
        spans = [(g.name, s.start, s.theme) for g in study.gold for s in g.spans if s.theme and tag in s.tags]
        at = {(s.transcript, s.start): s.id for s in study.statements}
        guess = [found.get(at.get((name, start), ""), ("alone", name, start)) for name, start, _ in spans]
        if spans:
            total += b_cubed([theme for _, _, theme in spans], guess) * len(spans)
            weight += len(spans)
    return total / max(1.0, weight)


def score_pathways(study: Study, groups: StoryGroups) -> float:
    """Adjusted Rand of the groups and the planted pathways; a story in no group is one of its own."""
    planted = study.pathways
    found = {s: label if label >= 0 else s for s, label in zip(groups.stories, groups.labels, strict=True)}
    return adjusted_rand([planted[s] for s in sorted(planted)], [found[s] for s in sorted(planted)])


def evaluate(study: Study, config: Config) -> Result:
    """Cluster one study and score it."""
    clusterings = cluster_statements(study.statements, study.embeddings, config.cluster)
    groups = group_stories(sorted(study.pathways), study.statements, study.embeddings, cluster=config.cluster, synthesise=config.synthesise)
    forces = [c for c in clusterings if c.tag in DIMENSIONED and c.labels]
    return Result(
        themes=score_themes(study, clusterings),
        pathways=score_pathways(study, groups),
        verdict=groups.structure.verdict,
        k=groups.structure.k,
        p_value=groups.structure.p_value or 0.0,
        largest=float(
            np.mean([max(Counter(label for label in c.labels if label >= 0).values(), default=0) / len(c.labels) for c in forces])
        ),
        alone=float(np.mean([sum(label < 0 for label in c.labels) / len(c.labels) for c in forces])),
    )


def print_rivals(training: Sequence[Path], shown: Sequence[Path], config: Config) -> None:
    """Tables of other ways to make themes and to group stories."""
    from benchmarks import story_rivals, theme_rivals

    markets = [read_study(folder, embed=config.embed) for folder in (*training, *shown)]
    alone = config.embed.model_copy(update={"question_weight": 0.0, "turn_weight": 0.0})
    texts = {folder.name: read_study(folder, embed=alone).embeddings for folder in (*training, *shown)}
    n = len(training)
    theme_rivals.compare(markets[:n], markets[n:], texts, config.cluster)
    story_rivals.compare(markets[:n], markets[n:], texts, config)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("markets", nargs="+", type=Path)
    parser.add_argument("--drop", type=float, default=0.0)
    parser.add_argument("--noise", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--config", type=Path)
    parser.add_argument("--rivals", action="store_true")
    parser.add_argument("--shown", nargs="*", type=Path, default=())
    arguments = parser.parse_args()
    config = Config.from_toml(arguments.config) if arguments.config else Config()
    if arguments.rivals:
        print_rivals(arguments.markets, arguments.shown, config)
        return
    print(f"{'market':16}{'themes':>8}{'pathways':>10}  {'verdict':14}{'k':>3}{'p':>7}{'largest':>9}{'alone':>7}")
    results = []
    for folder in arguments.markets:
        r = evaluate(read_study(folder, arguments.drop, arguments.noise, arguments.seed, config.embed), config)
        results.append(r)
        print(f"{folder.name:16}{r.themes:8.3f}{r.pathways:10.3f}  {r.verdict:14}{r.k:3}{r.p_value:7.3f}{r.largest:9.2f}{r.alone:7.2f}")
    print(f"{'mean':16}{np.mean([r.themes for r in results]):8.3f}{np.mean([r.pathways for r in results]):10.3f}")


if __name__ == "__main__":
    main()
